"""Sending kept pictures and clips to a browser, whole or by range."""

import re

from publishers.sandbox.replies import Reply
from publishers.sandbox.request import Request
from publishers.sandbox.world import World

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def media(world: World, request: Request, id_: str) -> Reply:
    """The file kept under a media id; 404 when there is none, 416 for a range outside it."""
    with world.transaction():
        row = world.media.row(id_)
    if row is None:
        return Reply.json({"error": "Không có tệp này."}, status=404)
    size, mime = int(row.data["size"]), row.data["mime"] or "application/octet-stream"
    headers = {"Accept-Ranges": "bytes", "X-Content-Type-Options": "nosniff", "Cache-Control": "max-age=3600"}
    start, end, status = 0, size, 200
    if asked := _RANGE.fullmatch(request.headers.get("Range") or ""):
        first, last = asked.groups()
        if first:
            start, end = int(first), min(int(last) + 1, size) if last else size
        elif last:
            start = max(0, size - int(last))
        if start >= size or start >= end:
            return Reply(416, b"", None, {"Content-Range": f"bytes */{size}"})
        status, headers["Content-Range"] = 206, f"bytes {start}-{end - 1}/{size}"
    return Reply(status, b"", mime, headers, world.media.path(id_), (start, end))
