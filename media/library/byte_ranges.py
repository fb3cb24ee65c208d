"""Serving a stored file in parts, as players ask for it. Knows nothing of assets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from django.core.files import File
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

_RANGE = re.compile(r"^bytes=(\d*)-(\d*)$")
_CHUNK = 256 * 1024


def served(request: HttpRequest, file: File | BinaryIO, size: int, media_type: str) -> HttpResponseBase:
    """Return the whole file, or the part that the request's Range header asks for (RFC 9110, one range).

    A range that lies outside the file is answered with 416; several ranges at once with the whole file."""
    wanted = request.headers.get("Range", "")
    found = _RANGE.match(wanted.replace(" ", ""))
    if not found or found.groups() == ("", ""):
        response: HttpResponseBase = FileResponse(file, content_type=media_type)
        response["Content-Length"] = str(size)
        response["Accept-Ranges"] = "bytes"
        return response
    begin, end = _part(found[1], found[2], size)
    if begin > end:
        file.close()
        refused = HttpResponse(status=416)
        refused["Content-Range"] = f"bytes */{size}"
        return refused
    file.seek(begin)
    response = StreamingHttpResponse(_read(file, end - begin + 1), status=206, content_type=media_type)
    response["Content-Length"] = str(end - begin + 1)
    response["Content-Range"] = f"bytes {begin}-{end}/{size}"
    response["Accept-Ranges"] = "bytes"
    return response


def _part(first: str, last: str, size: int) -> tuple[int, int]:
    """Return the first and last byte, both included; the first is past the last when nothing can be served."""
    if not first:
        length = min(int(last), size)
        return size - length, size - 1 if length else -1
    begin = int(first)
    end = min(int(last), size - 1) if last else size - 1
    return (begin, end) if begin < size else (1, 0)


def _read(file: File | BinaryIO, left: int) -> Iterator[bytes]:
    with file:
        while left > 0:
            chunk = file.read(min(_CHUNK, left))
            if not chunk:
                return
            left -= len(chunk)
            yield chunk
