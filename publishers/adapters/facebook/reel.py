"""A reel (PLATFORMS §1.4): open, send the bytes to the upload host, finish. Nothing is visible before finish."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from publishers.adapters import missing_files
from publishers.adapters.bases import Bases, is_under
from publishers.adapters.facebook.answers import answer, failed, judged
from publishers.adapters.facebook.client import GraphClient
from publishers.adapters.facebook.message import reel_fields, videos
from publishers.adapters.facebook.video import finished, restarted
from publishers.adapters.facebook.video_status import Stage, bytes_received, stage_of
from publishers.adapters.outgoing_file import OutgoingFile
from publishers.adapters.seam import Answer, Beat, Outcome, Request
from publishers.adapters.transport import FOREIGN_ADDRESS


def open_reel(client: GraphClient, request: Request, bases: Bases) -> Answer:
    """Ask for a video id and the address that takes the bytes."""
    if refused := missing_files.refusal(videos(request)[0]):
        return refused
    reply = client.put(request.account, "video_reels", upload_phase="start")
    found = answer(reply, "video_id")
    if found.outcome is not Outcome.OK:
        return found
    address = str(reply.body.get("upload_url") or "")
    if not is_under(address, bases.rupload):
        return replace(
            found,
            outcome=Outcome.CONFIG,
            sentence=FOREIGN_ADDRESS.format(platform="Facebook"),
            code="foreign-address",
        )
    return answer(
        reply, "video_id", handles={"video_id": str(reply.body["video_id"])}, sealed={"upload_url": address}
    )


def send(client: GraphClient, request: Request, handles: Mapping[str, Any], beat: Beat) -> Answer:
    """Send the bytes that are still missing; the video itself says how many arrived."""
    clip = videos(request)[0]
    if refused := missing_files.refusal(clip):
        return refused
    seen = client.read(str(handles.get("video_id") or ""), fields="status")
    if failed(seen, "status"):
        found = answer(seen, "status", writes=False)
        return restarted(found) if judged(seen, writes=False).gone else found
    if stage_of(seen.body) in (Stage.EXPIRED, Stage.FAILED):
        return restarted(answer(seen, "status", writes=False))
    offset = min(bytes_received(seen.body), clip.size)
    if offset == clip.size:
        return Answer(Outcome.OK, handles={"bytes_sent": offset})
    beat()
    try:
        with OutgoingFile(clip.path, beat, offset) as body:
            reply = client.send_reel(str(handles.get("upload_url") or ""), body, offset, clip.size)
    except OSError:
        return missing_files.refusal(clip) or Answer(Outcome.RETRY, code="file-unreadable")
    found = answer(reply, "success", handles={"bytes_sent": clip.size})
    if found.outcome is Outcome.OK:
        return found
    if judged(reply, writes=True).session_ended or (found.outcome is Outcome.CONTENT and offset):
        # A refused continuation: begin again from the first byte with a new session.
        return restarted(found)
    return replace(found, outcome=Outcome.RETRY) if found.outcome is Outcome.UNKNOWN else found


def finish(
    client: GraphClient, request: Request, handles: Mapping[str, Any], own_hosts: Collection[str]
) -> Answer:
    """Make the one visible call."""
    if handles.get("session_ended"):
        return restarted(Answer(Outcome.RETRY, code="session-ended"))
    video = str(handles.get("video_id") or "")
    reply = client.put(
        request.account,
        "video_reels",
        upload_phase="finish",
        video_id=video,
        **reel_fields(request, own_hosts),
    )
    return finished(client, reply, handles)
