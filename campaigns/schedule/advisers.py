"""The socket for what rooms further right would say about planned times (a platform's day that is full). It forbids none."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from campaigns.schedule.models import Slot

#: Given slots of any kind, with their channels: slot id → a polite Vietnamese sentence. Asked in bulk, a constant number
#: of queries; a slot nothing can be said about is missing.
Ask = Callable[[Collection[Slot]], Mapping[int, str]]

advisers: list[Ask] = []


def said_about(slots: Collection[Slot]) -> dict[int, list[str]]:
    """Return slot id → every sentence the advisers have about it; empty where nobody has any."""
    found: dict[int, list[str]] = {}
    for ask in advisers if slots else ():
        for slot_id, sentence in ask(slots).items():
            found.setdefault(slot_id, []).append(str(sentence))
    return found
