"""Sound files for everybody: whole or in the pieces a player asks for, and the wish to have one made.

A sound has its content for a name, so its address answers 304 and 206 without anything being read twice."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from pathlib import PurePath
from typing import IO, Any, Final

from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from cms.core.errors import ConflictingState

MP3: Final = "audio/mpeg"
NOT_SATISFIABLE, PARTIAL = 416, 206
_CHUNK: Final = 64 * 1024
#: One range, as players ask; several at once are answered with the whole, which the protocol allows (RFC 9110 §14.2).
_RANGE: Final = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


def sound_answer(request: HttpRequest, file: str, name: str, *, is_machine: bool) -> HttpResponseBase:
    """Return the stored sound `file` as a download called `name`: 200, 206 for a range, 304, or 416."""
    size = default_storage.size(file)
    etag = f'"{PurePath(file).stem[:40]}"'
    first, last = 0, size - 1
    wanted = request.headers.get("Range", "")
    if request.headers.get("If-Range", etag) != etag:
        wanted = ""
    found = _RANGE.fullmatch(wanted.strip())
    response: HttpResponseBase
    if found and any(found.groups()):
        first, last = _bounds(*found.groups(), size=size)
        if first > last:
            response = HttpResponse(status=NOT_SATISFIABLE)
            response.headers["Content-Range"] = f"bytes */{size}"
            return response
        response = StreamingHttpResponse(
            _bytes(default_storage.open(file), first, last), status=PARTIAL, content_type=MP3
        )
        response.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    else:
        response = StreamingHttpResponse(_bytes(default_storage.open(file), 0, last), content_type=MP3)
    response.headers["Content-Length"] = str(last - first + 1)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["ETag"] = etag
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Voice"] = "machine" if is_machine else "person"
    return get_conditional_response(request, etag=etag, response=response) or response  # type: ignore[arg-type]


def wish(view: Callable[..., str]) -> Callable[..., HttpResponseBase]:
    """Wrap a button anybody may press: `view` asks for a sound and returns the address to go back to.

    No cookie and no token: the act rests on nobody's authority, does the same for everybody, and twice as once."""

    @csrf_exempt
    @require_POST
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with translation.override("vi"):
            try:
                return redirect(view(request, *args, **kwargs))
            except ConflictingState as refusal:
                return HttpResponse(refusal.sentence, status=503, content_type="text/plain; charset=utf-8")

    return wrapped


def _bounds(start: str, end: str, *, size: int) -> tuple[int, int]:
    """The first and last byte of a range; a first behind the last when there is none."""
    if not start:
        return (max(0, size - int(end)), size - 1) if int(end) else (size, size - 1)
    return int(start), min(int(end), size - 1) if end else size - 1


def _bytes(content: IO[bytes], first: int, last: int):
    with content:
        content.seek(first)
        left = last - first + 1
        while left > 0 and (piece := content.read(min(_CHUNK, left))):
            left -= len(piece)
            yield piece
