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
    """Return the patterns that stand before the packages' own; `reverse` still finds their names."""
    rooms = "images|documents|media|pages|reports|api|workflows|collections|sites|users|groups|redirects|bulk-upload"
    # Names of every body's tags; a tree of pages that this house does not have; Wagtail's doors for testing errors.
    corners = "tag-autocomplete|choose-page|failwhale|test404|password_reset"
    # Accounts are made by administrators: nobody signs up, and no letter is ever sent.
    mail = "signup|email|confirm-email|password/set|password/reset|login/code"
    return [
        re_path(rf"^admin/(?:{rooms}|{corners})/", closed),
        re_path(r"^admin/snippets/$", closed),
        re_path(rf"^tai-khoan/(?:{mail})/", closed),
    ]
