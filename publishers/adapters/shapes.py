"""Reading JSON whose shape is only hoped for: what is not as expected is absent, never an error. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def at(value: Any, *names: str) -> Any:
    """Return what stands under `names`, one inside the other; None where the way ends."""
    for name in names:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def rows(value: Any) -> list[Mapping[str, Any]]:
    """Return the objects in a list; anything else is no list."""
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []


def word(value: Any) -> str:
    """Return a text or a number as text; "" for anything else."""
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def whole(value: Any, default: int = 0) -> int:
    """Return a whole number, also one that is spelt as text; `default` for anything else."""
    try:
        return int(value) if not isinstance(value, bool) else default
    except (TypeError, ValueError, OverflowError):
        return default
