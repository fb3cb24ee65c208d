"""The socket of the calendar for what is no slot: rooms further right show posts made outside this house."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class OutsideEntry:
    """One thing on the calendar that nobody planned here: when, what, on which channel, and where it can be seen."""

    at: datetime
    title: str
    where: str
    address: str = ""
    is_outside: bool = True


#: Given a person, a first and a last moment, a kind of channel and a body's id ("" for all): what that person may see.
Ask = Callable[[Any, datetime, datetime, str, str], Iterable[OutsideEntry]]

sources: list[Ask] = []
