"""Whose wrong passwords are counted together."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from cms.core.models import nfc


def name_tried(request: HttpRequest | None, credentials: dict[str, Any] | None = None) -> str:
    """Return the account name that was tried, as the counter of failures keeps it.

    The form calls it `login`, the back ends `username`: asked for either alone, the counter would find no name and
    count nothing."""
    tried = (credentials or {}).get("username") or (credentials or {}).get("login")
    if not tried and request is not None:
        tried = request.POST.get("login")
    return nfc(str(tried or "")).strip().lower()
