"""Moments as the platforms write them, as aware UTC datetimes. Pure, but for `now`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

# A number above this counts milliseconds: as seconds it would lie in the year 5138.
_SECONDS_END = 100_000_000_000


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return datetime.now(UTC)


def moment_of(value: Any) -> datetime | None:
    """Read an ISO 8601 text (`2026-11-23T05:30:00+0000`, `…Z`) or a count of seconds or milliseconds since 1970.

    Returns None for anything else: a platform's date is information, never a reason to fail."""
    if value is None or isinstance(value, bool):
        return None
    text = str(value).strip()
    try:
        number = float(text)
    except ValueError:
        return _iso(text)
    try:
        return datetime.fromtimestamp(number / 1000 if number > _SECONDS_END else number, UTC)
    except (OverflowError, OSError, ValueError):
        return None


def _iso(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
