"""Addresses of Wagtail that this house does not open: they ask the model, not the row, and show every body's things.

Pictures, clips and files are reached through the library, what was done through the audit log."""

from __future__ import annotations

from typing import NoReturn

from django.http import Http404, HttpRequest
from django.urls import URLPattern, re_path


def closed(request: HttpRequest, **kwargs: str) -> NoReturn:
    """Answer as if nothing were here."""
    raise Http404


def closed_addresses() -> list[URLPattern]:
    """Return the patterns that stand before Wagtail's own; `reverse` still finds Wagtail's names."""
    rooms = "images|documents|media|pages|reports|api|workflows|collections|sites|users|groups|redirects|bulk-upload"
    return [
        re_path(rf"^admin/(?:{rooms})/", closed),
        re_path(r"^admin/snippets/$", closed),
    ]
