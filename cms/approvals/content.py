"""The hash over what is approved. Pure: no Django."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def canonical(payload: Any) -> bytes:
    """Return the one JSON form of `payload`: keys sorted, no spaces, UTF-8.

    Two payloads that hold the same values give the same bytes, in whatever order they were put together. Lists keep
    their order: whoever builds a payload sorts what has no order of its own. Raises TypeError or ValueError for
    anything that is not plain JSON (dates, NaN, objects)."""
    return json.dumps(
        payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode("utf-8")


def content_hash(payload: Any) -> str:
    """Return the SHA-256 (64 hex digits) of the canonical form of `payload`."""
    return hashlib.sha256(canonical(payload)).hexdigest()
