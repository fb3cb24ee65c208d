"""A clip in chunks that the server chooses (PLATFORMS §1.3). All bytes go up unseen; `finish` is the visible call.

Why not an unpublished video that is shown by an edit: the contract documents `published` at finish and an exact
read-back by video id, but no call that turns an unpublished video of a Page into a post. `finish` is small, made once,
and its lost reply is settled by reading the stored id."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from publishers.adapters import missing_files
from publishers.adapters.facebook.answers import answer, failed, judged
from publishers.adapters.facebook.client import GraphClient, GraphReply
from publishers.adapters.facebook.message import finish_fields, full_post_id, videos
from publishers.adapters.facebook.verdicts import SESSION_ENDED, offsets_in
from publishers.adapters.facebook.video_status import FIELDS, Stage, permalink, stage_of
from publishers.adapters.outgoing_file import piece_of
from publishers.adapters.seam import Answer, Beat, Outcome, Receipt, Request
from publishers.adapters.shapes import whole
from publishers.adapters.times import now

OPEN = "open"
_FAILED = "Facebook không xử lý được video này, bài không hiện ra. Xin kiểm tra tệp video rồi tạo bài khác."
# An upload that does not get on after this many chunks is left for a later task.
STUBBORN = 3


def open_upload(client: GraphClient, request: Request) -> Answer:
    """Ask for a session; nothing is visible, a lost reply is abandoned."""
    clip = videos(request)[0]
    if refused := missing_files.refusal(clip):
        return refused
    reply = client.post_video(request.account, upload_phase="start", file_size=clip.size)
    found = answer(reply, "upload_session_id")
    if found.outcome is not Outcome.OK:
        return found
    handles = {
        "video_id": str(reply.body.get("video_id") or ""),
        "upload_session_id": str(reply.body["upload_session_id"]),
        "start_offset": whole(reply.body.get("start_offset")),
        "end_offset": whole(reply.body.get("end_offset")),
    }
    return answer(reply, "upload_session_id", handles=handles)


def transfer(client: GraphClient, request: Request, handles: Mapping[str, Any], beat: Beat) -> Answer:
    """Send every chunk the server asks for. A chunk sent twice is harmless: the server answers with the right place."""
    clip = videos(request)[0]
    if refused := missing_files.refusal(clip):
        return refused
    session = str(handles.get("upload_session_id") or "")
    start, end = int(handles.get("start_offset") or 0), int(handles.get("end_offset") or 0)
    done, standstill = Answer(Outcome.OK), 0
    while start < end:
        beat()
        try:
            chunk = piece_of(clip.path, start, end)
        except (OSError, ValueError):
            return missing_files.refusal(clip) or restarted(Answer(Outcome.RETRY, code="bad-offset"))
        reply = client.post_video(
            request.account, chunk, upload_phase="transfer", upload_session_id=session, start_offset=start
        )
        reached = {"start_offset": start, "end_offset": end}
        offsets = next_offsets(reply)
        standstill = 0 if offsets and offsets[0] > start else standstill + 1
        if offsets is None or standstill >= STUBBORN:
            return _stopped(reply, reached)
        start, end = offsets
        done = answer(reply, "start_offset")
    return replace(done, outcome=Outcome.OK, sentence="", handles={"start_offset": start, "end_offset": end})


def next_offsets(reply: GraphReply) -> tuple[int, int] | None:
    """Return where the server wants to go on, after a chunk it took or one it corrects; None when it does not say."""
    if failed(reply, "start_offset"):
        return judged(reply, writes=True).offsets
    return offsets_in(reply.body)


def _stopped(reply: GraphReply, reached: Mapping[str, Any]) -> Answer:
    found = answer(reply, "start_offset", handles=reached)
    if failed(reply, "start_offset") and judged(reply, writes=True).session_ended:
        return restarted(found)
    # Chunks are not visible and may be sent again, so a doubtful one needs no reading back.
    outcome = Outcome.RETRY if found.outcome in (Outcome.UNKNOWN, Outcome.OK) else found.outcome
    return Answer(
        outcome, found.sentence, found.code, handles=reached, not_before=found.not_before, park=found.park,
        http_status=found.http_status, exchange=found.exchange,
    )  # fmt: skip


def restarted(found: Answer) -> Answer:
    """Turn a refusal into: begin again, what was uploaded is gone and was never visible."""
    forgotten = {
        "video_id": "", "upload_session_id": "", "start_offset": 0, "end_offset": 0, "session_ended": False
    }  # fmt: skip
    return Answer(
        Outcome.RETRY, SESSION_ENDED, found.code, handles=forgotten, http_status=found.http_status,
        exchange=found.exchange, restart_from=OPEN,
    )  # fmt: skip


def finish(
    client: GraphClient, request: Request, handles: Mapping[str, Any], own_hosts: Collection[str]
) -> Answer:
    """Make the one visible call."""
    if handles.get("session_ended"):
        return restarted(Answer(Outcome.RETRY, code="session-ended"))
    session = str(handles.get("upload_session_id") or "")
    reply = client.post_video(
        request.account, upload_phase="finish", upload_session_id=session, **finish_fields(request, own_hosts)
    )
    return finished(client, reply, handles)


def finished(client: GraphClient, reply: GraphReply, handles: Mapping[str, Any]) -> Answer:
    """Judge the reply to a finish. `session ended` may mean that an earlier finish was heard: the video knows.

    What it says at once may be behind, so that an unfinished video is doubted: only when the looks that follow agree
    does the next `finish` begin again from the first byte."""
    found = answer(reply, "success", handles={"finished": True})
    if found.outcome is Outcome.OK or not judged(reply, writes=True).session_ended:
        return found
    seen = client.read(str(handles.get("video_id") or ""), fields=FIELDS)
    heard = not failed(seen, "status") and stage_of(seen.body) not in (Stage.OPEN, Stage.EXPIRED)
    if heard:
        return replace(found, outcome=Outcome.OK, sentence="", handles={"finished": True})
    return replace(found, outcome=Outcome.UNKNOWN, handles={"session_ended": True})


def confirm(client: GraphClient, request: Request, handles: Mapping[str, Any]) -> Answer:
    """Ask whether citizens can see the clip: processing complete and published, not merely ready."""
    reply = client.read(str(handles.get("video_id") or ""), fields=FIELDS)
    if failed(reply, "status"):
        return answer(reply, "status", writes=False)
    match stage_of(reply.body):
        case Stage.LIVE:
            return answer(reply, "status", writes=False, **kept(reply.body, request.account, handles))
        case Stage.FAILED | Stage.EXPIRED:
            return Answer(
                Outcome.CONTENT, _FAILED, "processing-failed", http_status=reply.status,
                exchange=answer(reply, "status", writes=False).exchange,
            )  # fmt: skip
    return replace(answer(reply, "status", writes=False), outcome=Outcome.PENDING, code="processing")


def kept(body: Mapping[str, Any], page: str, handles: Mapping[str, Any]) -> dict[str, Any]:
    """Return handles and receipt of a clip that is live; its post id may come later than the clip."""
    video = str(handles.get("video_id") or "")
    post = full_post_id(page, str(body["post_id"])) if body.get("post_id") else ""
    return {"handles": {"post_id": post}, "receipt": Receipt(post or video, permalink(body), now())}
