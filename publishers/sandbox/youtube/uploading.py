"""Uploads: the resumable protocol, and small bodies in one go (media or multipart)."""

import json
import re
from typing import Any

from publishers.sandbox.multipart import BrokenMultipart, Part
from publishers.sandbox.replies import Reply
from publishers.sandbox.request import Request
from publishers.sandbox.routing import YOUTUBE, operation
from publishers.sandbox.store import Thing
from publishers.sandbox.world import World
from publishers.sandbox.youtube import targets
from publishers.sandbox.youtube.callers import bearer, caller
from publishers.sandbox.youtube.envelope import refuse

GRAIN = 256 * 1024
SESSION_SECONDS = 7 * 24 * 3600
_RANGE = re.compile(r"bytes (?:(\d+)-(\d+)|\*)/(\d+|\*)")
_PATHS = ("/youtube/upload/youtube/v3/videos", "/youtube/upload/youtube/v3/thumbnails/set",
          "/youtube/upload/youtube/v3/captions")  # fmt: skip


def _resource(request: Request) -> str:
    return {"videos": "videos.insert", "set": "thumbnails.set", "captions": "captions.insert"}[
        request.path.rsplit("/", 1)[1]
    ]


def _op_of_open(request: Request) -> str:
    return _resource(request) + (".start" if request.query.get("uploadType") == "resumable" else "")


def _op_of_chunk(request: Request) -> str:
    asks = (request.headers.get("Content-Range") or "").startswith("bytes */")
    return _resource(request) + (".status" if asks else ".chunk")


@operation(YOUTUBE, "videos.insert", "POST", *_PATHS, refine=_op_of_open)
def begin(world: World, request: Request) -> Reply:
    """Open a resumable session, or take metadata and bytes at once."""
    target = targets.target_of(_resource(request))
    token = caller(world, request, *target.scopes)
    kind = request.query.get("uploadType")
    if kind == "resumable":
        return _open_session(world, request, target, token.account)
    if kind == "multipart":
        metadata, content = _related(request)
    elif kind == "media":
        metadata, content = {}, request.body.whole()
    else:
        refuse(
            "badRequest",
            "Upload requests must include an uploadType parameter.",
            domain="global",
            finding="Thiếu uploadType.",
        )
    target.check(world, request, token.account, metadata)
    target.check_size(content.size)
    media = world.ids.number("media", token.account)
    world.media.write_at(media, 0, content)
    return Reply.json(
        target.finish(world, token.account, metadata, dict(request.query), media, request.fate, request.base)
    )


def _related(request: Request) -> tuple[Any, Part]:
    if request.content_type != "multipart/related":
        refuse(
            "badContent",
            "Content-Type must be multipart/related.",
            domain="global",
            finding="Sai Content-Type.",
        )
    try:
        first, second = request.parts
        return json.loads(first.read()), second
    except (BrokenMultipart, ValueError):
        refuse("parseError", "Failed to parse multipart body.", domain="global")


def _open_session(world: World, request: Request, target: targets.Target, channel: str) -> Reply:
    metadata = request.json if request.body.size else {}
    if request.body.size and request.content_type != "application/json":
        refuse(
            "badContent",
            "Content-Type must be application/json.",
            domain="global",
            finding="Sai Content-Type.",
        )
    target.check(world, request, channel, metadata)
    length = request.headers.get("X-Upload-Content-Length")
    if length is None or not length.isdigit() or int(length) == 0:
        refuse(
            "mediaBodyRequired",
            "The request does not include the media content.",
            finding="Thiếu hoặc sai X-Upload-Content-Length.",
        )
    target.check_size(int(length))
    mime = request.headers.get("X-Upload-Content-Type") or ""
    if mime and not target.takes(mime):
        refuse("badRequest", f"Media type '{mime}' is not supported.", domain="global")
    data = {
        "target": target.op, "metadata": metadata, "query": {k: v for k, v in request.query.items() if k != "upload_id"},
        "media": world.ids.number("media", channel), "total": int(length), "stored": 0, "done": "",
        "fate": request.fate,
    }  # fmt: skip
    session = world.store.put(
        Thing(world.ids.secret("session", channel), YOUTUBE, "session", channel, world.now(), data)
    )
    return Reply(
        200,
        b"",
        "text/plain; charset=utf-8",
        {"Location": _address(request, session), "X-GUploader-UploadID": session.id},
    )


def _address(request: Request, session: Thing) -> str:
    part = session.data["query"].get("part")
    named = f"&part={part}" if part else ""
    return f"{request.base}{request.path}?uploadType=resumable{named}&upload_id={session.id}"


@operation(YOUTUBE, "videos.insert.chunk", "PUT", *_PATHS, refine=_op_of_chunk, partial=True)
def continue_(world: World, request: Request) -> Reply:
    """A chunk, or the question ``bytes */N`` how far the session has come."""
    session = world.store.get(YOUTUBE, request.query.get("upload_id", ""), "session")
    gone = session is not None and (
        request.fate.get("session") == "gone" or world.now() - session.created > SESSION_SECONDS
    )
    if session is None or gone:
        if session is not None:
            world.store.remove(session.id)
        refuse("notFound", "Upload session not found.", int(request.fate.get("http", 404)), domain="global")
    if bearer(request):
        caller(world, request)
    if session.data["done"]:
        return _finished(world, session, request)
    found = _RANGE.fullmatch(
        request.headers.get("Content-Range") or f"bytes 0-{request.body.size - 1}/{request.body.size}"
    )
    if not found:
        refuse(
            "badRequest",
            "Failed to parse Content-Range header.",
            domain="global",
            finding="Content-Range sai dạng.",
        )
    start, end, total = found.groups()
    if total != "*":
        _check_total(session, int(total))
    if start is None:
        return _progress(world, request, session)
    _store_chunk(world, request, session, int(start), int(end))
    if session.data["total"] and session.data["stored"] == session.data["total"]:
        return _complete(world, request, session)
    return _progress(world, request, session)


def _check_total(session: Thing, total: int) -> None:
    if session.data["total"] and session.data["total"] != total:
        refuse(
            "badRequest",
            "The total size does not match X-Upload-Content-Length.",
            domain="global",
            finding="Sai tổng độ dài.",
        )
    session.data["total"] = total


def _store_chunk(world: World, request: Request, session: Thing, start: int, end: int) -> None:
    data, body = session.data, request.body
    if not body.truncated and body.size != end - start + 1:
        refuse(
            "badRequest",
            "Content-Range does not match the body's length.",
            domain="global",
            finding="Sai độ dài đoạn.",
        )
    last = data["total"] and end + 1 == data["total"]
    if start > data["stored"] or (data["total"] and end >= data["total"]):
        refuse(
            "badRequest",
            f"Invalid offset: {data['stored']} bytes are stored.",
            domain="global",
            finding="Sai vị trí đoạn.",
        )
    if not last and (end - start + 1) % GRAIN:
        refuse("badRequest", f"Chunks other than the last must be a multiple of {GRAIN} bytes.", domain="global",
               finding="Đoạn không là bội của 256 KiB.")  # fmt: skip
    kept = body.size
    if "store_bytes" in request.fate:
        kept = min(kept, int(request.fate["store_bytes"]))
    if body.truncated or "store_bytes" in request.fate:
        kept -= (start + kept) % GRAIN
    stop = start + kept
    if stop <= data["stored"]:
        return
    whole = body.whole()
    fresh = Part(whole.headers, whole.source, data["stored"] - start, stop - start)
    spool = body.spool if start == data["stored"] == 0 and kept == body.size else None
    world.media.write_at(data["media"], data["stored"], fresh, spool=spool)
    data["stored"] = stop
    world.store.put(session)


def _progress(world: World, request: Request, session: Thing) -> Reply:
    world.store.put(session)
    headers = {"Range": f"bytes=0-{session.data['stored'] - 1}"} if session.data["stored"] else {}
    if request.fate.get("move_session"):
        world.store.remove(session.id)
        session.id = world.ids.secret("session", session.account)
        world.store.put(session)
        headers["Location"] = _address(request, session)
    return Reply(308, b"", "text/plain; charset=utf-8", headers)


def _complete(world: World, request: Request, session: Thing) -> Reply:
    data = session.data
    target = targets.target_of(data["target"])
    fate = {**data["fate"], **request.fate}
    document = target.finish(
        world, session.account, data["metadata"], data["query"], data["media"], fate, request.base
    )
    data["done"] = document.get("id") or "done"
    data["document"] = document
    world.store.put(session)
    return Reply.json(document)


def _finished(world: World, session: Thing, request: Request) -> Reply:
    target = targets.target_of(session.data["target"])
    return Reply.json(
        target.again(
            world, session.data["done"], session.data["document"], session.data["query"], request.base
        )
    )
