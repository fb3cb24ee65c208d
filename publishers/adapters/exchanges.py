"""The record of one call that may be shown and kept: no query, no secret, nothing long. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from cms.core.log_masking import mask
from publishers.adapters.wording import shortened

SECRET_NAMES = frozenset(
    {
        "access_token",
        "appsecret_proof",
        "authorization",
        "client_secret",
        "refresh_token",
        "secret_key",
        "token",
        "upload_id",
    }  # fmt: skip
)
# Addresses inside answers may be capabilities: their query is dropped.
_QUERY = re.compile(r"(https?://[^\s\"'?<>]+)\?[^\s\"'<>]*")


def exchange(
    method: str, address: str, fields: Mapping[str, Any] | None = None, *, status: int | None = None, code: str = "",
    said: str = "", trace: str = "",
) -> dict[str, Any]:  # fmt: skip
    """Return the record: method, path without query, fields without secrets and shortened, status, code, what the
    platform `said` (masked) and its trace id."""
    record: dict[str, Any] = {"method": method, "path": urlsplit(address).path}
    shown = {
        name: _shown(value) for name, value in (fields or {}).items() if name.lower() not in SECRET_NAMES
    }
    if shown:
        record["fields"] = shown
    if status is not None:
        record["status"] = status
    words = {"code": code, "said": shortened(_without_secrets(said), 300), "trace": trace}
    return record | {name: text for name, text in words.items() if text}


def _shown(value: Any) -> Any:
    if isinstance(value, bool | int | float) or value is None:
        return value
    if isinstance(value, Mapping):
        return {
            str(name): _shown(inner) for name, inner in value.items() if str(name).lower() not in SECRET_NAMES
        }
    if isinstance(value, list | tuple):
        return [_shown(inner) for inner in value[:20]]
    if isinstance(value, bytes):
        return f"{len(value)} byte"
    return shortened(_without_secrets(str(value)))


def _without_secrets(text: str) -> str:
    return mask(_QUERY.sub(r"\1", text))
