"""A clip for an article (PLATFORMS §3.4): hand it over, wait until Zalo has converted it."""

from __future__ import annotations

import os
from dataclasses import replace

from publishers.adapters import missing_files
from publishers.adapters.seam import Answer, Media, Outcome
from publishers.adapters.shapes import whole
from publishers.adapters.zalo.client import ZaloClient, answer, failed, pending
from publishers.adapters.zalo.verdicts import BAD_VIDEO, VIDEO_ENDED, VIDEO_READY

PREPARE = "prepare-video"


def prepare(client: ZaloClient, account: str, clip: Media) -> Answer:
    """Send the file. Nothing is visible; a lost reply is abandoned."""
    if refused := missing_files.refusal(clip):
        return refused
    try:
        with open(clip.path, "rb") as content:
            name = f"video{os.path.splitext(clip.path)[1] or '.mp4'}"
            reply = client.send_file("v2.0/article/upload_video/preparevideo", name, content, clip.media_type)
    except OSError:
        return missing_files.refusal(clip) or Answer(Outcome.RETRY, code="file-unreadable")
    found = answer(reply, "token", account)
    return (
        found
        if found.outcome is not Outcome.OK
        else replace(found, sealed={"video_token": str(reply.data["token"])})
    )


def converted(client: ZaloClient, account: str, token: str) -> Answer:
    """Ask whether the clip may be used. Its id can be there earlier; only status 1 makes it good."""
    if not token:
        return Answer(Outcome.RETRY, BAD_VIDEO, "no-token", restart_from=PREPARE)
    reply = client.video_state(token)
    found = answer(reply, "status", account, writes=False)
    if failed(reply, "status"):
        return found
    status = whole(reply.data["status"])
    if status == VIDEO_READY and reply.data.get("video_id"):
        return replace(found, handles={"video_id": str(reply.data["video_id"])})
    if status in VIDEO_ENDED:
        return replace(found, outcome=Outcome.CONTENT, sentence=BAD_VIDEO, code=f"video-{status}")
    return pending(found, f"video-{status}")
