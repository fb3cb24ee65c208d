"""Fonts for letters that a cheap phone may not have: those of the Debian package on this server, one file per script.

The stylesheet names each with its range of letters, so a phone fetches one only for a page that has such letters; a
page in Vietnamese stays as small as it was. Where the package is not installed the address answers 404 and the phone uses
what it has."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from cms.core.paper import font_file
from cms.core.writing_systems import SYSTEMS

_YEAR: Final = 365 * 24 * 3600
NAMES: Final = {system.family.lower().replace(" ", "-"): system.family for system in SYSTEMS}


@require_safe
def font(request: HttpRequest, name: str) -> HttpResponse:
    """Return the font `name`, one of NAMES."""
    content = _content(NAMES[name]) if name in NAMES else b""
    if not content:
        raise Http404
    response = HttpResponse(content, content_type="font/ttf")
    response.headers["Cache-Control"] = f"public, max-age={_YEAR}"
    return response


@cache
def _content(family: str) -> bytes:
    path = font_file(family)
    return Path(path).read_bytes() if path else b""
