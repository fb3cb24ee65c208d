"""A clip on its way to YouTube, private until its hour (PLATFORMS §2.3): open a session, keep its address, send."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from publishers.adapters import missing_files
from publishers.adapters.bases import Bases, is_under
from publishers.adapters.seam import Answer, Beat, Look, Media, Outcome, Request, Sighting
from publishers.adapters.shapes import at, word
from publishers.adapters.times import moment_of
from publishers.adapters.transport import FOREIGN_ADDRESS
from publishers.adapters.wording import same_text
from publishers.adapters.youtube import resource
from publishers.adapters.youtube.answers import answer, failed, judged
from publishers.adapters.youtube.client import TubeReply, YouTubeClient
from publishers.adapters.youtube.listing import uploads_playlist

OPEN = "open"
SESSION_GONE = "Phiên tải lên YouTube không còn. Phần mềm sẽ xem video đã có trên kênh chưa rồi mới tải lại."
# Seconds between two tries at the same place of an upload; after the last the task gives way to a later one.
PAUSES = (0.5, 1.0, 2.0)
# YouTube's clock and ours may differ by this much.
CLOCK_SLACK = timedelta(seconds=120)
FORGOTTEN = (404, 410)


def open_session(client: YouTubeClient, request: Request, clip: Media, bases: Bases) -> Answer:
    """Announce the video. The session address is a capability and is kept sealed before the first byte goes."""
    if refused := missing_files.refusal(clip):
        return refused
    body = resource.video(request, resource.PRIVATE, bases.own_hosts)
    reply = client.open_session(
        client.insertion(body, clip.path, clip.media_type), clip.size, clip.media_type
    )
    found = answer(reply, "", request.account)
    if found.outcome is not Outcome.OK:
        return found
    address = str(reply.headers.get("Location") or "")
    if not address:
        return replace(found, outcome=Outcome.RETRY, sentence=SESSION_GONE, code="no-session")
    if not is_under(address, bases.youtube):
        sentence = FOREIGN_ADDRESS.format(platform="YouTube")
        return replace(found, outcome=Outcome.CONFIG, sentence=sentence, code="foreign-address")
    return replace(found, sealed={"session": address}, handles={"session_gone": False})


def send(
    client: YouTubeClient, request: Request, clip: Media, handles: Mapping[str, Any], bases: Bases, beat: Beat,
    sleep: Callable[[float], None] = time.sleep,
) -> Answer:  # fmt: skip
    """Send what is still missing. Begins by asking the session, so performing it again is always safe."""
    if refused := missing_files.refusal(clip):
        return refused
    address = str(handles.get("session") or "")
    if handles.get("session_gone") or not is_under(address, bases.youtube):
        # Two looks have found no video: begin again.
        forgotten: dict[str, Any] = {"sealed": {"session": ""}, "handles": {"session_gone": False}}
        return Answer(Outcome.RETRY, SESSION_GONE, "session-gone", restart_from=OPEN, **forgotten)
    insertion = client.insertion(
        resource.video(request, resource.PRIVATE, bases.own_hosts), clip.path, clip.media_type
    )
    insertion.resumable_uri = address
    insertion._in_error_state = True  # the only way to make the library ask before it sends
    stumbles, progress = 0, -1
    while True:
        beat()
        reply = client.next_chunk(insertion)
        if not failed(reply, "id"):
            return arrived(reply, request.account)
        if reply.status == 308 and is_under(insertion.resumable_uri, bases.youtube):
            if insertion.resumable_progress > progress:
                stumbles, progress = 0, insertion.resumable_progress
                if progress < clip.size:
                    continue
        elif reply.status in FORGOTTEN:
            gone = answer(reply, "id", request.account)
            return replace(
                gone, outcome=Outcome.UNKNOWN, sentence=SESSION_GONE, handles={"session_gone": True}
            )
        elif reply.status is not None and judged(reply, writes=True).outcome is not Outcome.UNKNOWN:
            return answer(reply, "id", request.account)
        insertion._in_error_state = True
        if stumbles == len(PAUSES):
            # Nothing of a private upload is visible, and the next try asks the session first.
            return replace(answer(reply, "id", request.account), outcome=Outcome.RETRY)
        sleep(PAUSES[stumbles])
        stumbles += 1


def arrived(reply: TubeReply, account: str) -> Answer:
    """The whole clip is there: keep its id."""
    return answer(reply, "id", account, handles={"video_id": str(reply.body["id"])})


def look(
    client: YouTubeClient,
    request: Request,
    clip: Media,
    handles: Mapping[str, Any],
    since: datetime,
    bases: Bases,
) -> Sighting:
    """Ask the session itself, exactly; only when it is forgotten search the channel's own uploads."""
    address = str(handles.get("session") or "")
    if not is_under(address, bases.youtube):
        return Sighting(Look.NOT_DONE, certain=True)
    if not handles.get("session_gone"):
        reply = client.session_state(address, clip.size)
        if not failed(reply, "id"):
            return Sighting(Look.DONE, arrived(reply, request.account))
        if reply.status == 308:
            return Sighting(Look.NOT_DONE, certain=True)
        if reply.status not in FORGOTTEN:
            return _again(reply, request.account)
    return find_in_uploads(client, request, clip, handles, since, bases.own_hosts)


def find_in_uploads(
    client: YouTubeClient, request: Request, clip: Media, handles: Mapping[str, Any], since: datetime,
    own_hosts: Collection[str],
) -> Sighting:  # fmt: skip
    """Match byte count, title, description and time among the newest uploads of the channel."""
    channel, uploads = uploads_playlist(client)
    if not uploads:
        return _again(channel, request.account)
    listed = client.playlist_items(uploads)
    if failed(listed, "items"):
        return _again(listed, request.account)
    taken = {str(one) for one in handles.get("taken", ())}
    ids = [word(at(item, "contentDetails", "videoId")) for item in listed.items]
    ids = [one for one in ids if one and one not in taken]
    if not ids:
        return Sighting(Look.NOT_DONE, answer=_gone())
    seen = client.videos(",".join(ids), "snippet,status,fileDetails,contentDetails")
    if failed(seen, "items"):
        return _again(seen, request.account)
    ours = [video for video in seen.items if _is_ours(video, request, clip, since, own_hosts)]
    if not ours:
        return Sighting(Look.NOT_DONE, answer=_gone())
    return Sighting(
        Look.DONE, answer(seen, "items", request.account, handles={"video_id": str(ours[0]["id"])})
    )


def _gone() -> Answer:
    return Answer(Outcome.UNKNOWN, SESSION_GONE, "session-gone", handles={"session_gone": True})


def _is_ours(
    video: Mapping[str, Any], request: Request, clip: Media, since: datetime, own_hosts: Collection[str]
) -> bool:
    made = moment_of(at(video, "snippet", "publishedAt"))
    title, description = word(at(video, "snippet", "title")), word(at(video, "snippet", "description"))
    return (
        bool(video.get("id"))
        and word(at(video, "fileDetails", "fileSize")) == str(clip.size)
        and same_text(title, request.title)
        and same_text(description, resource.description_of(request, own_hosts))
        and (made is None or made >= since - CLOCK_SLACK)
    )


def _again(reply: TubeReply, account: str) -> Sighting:
    found = answer(reply, "items", account, writes=False)
    return Sighting(Look.AGAIN, found, found.sentence)
