"""The readings shipped with the engine, for people to look up: they hold everywhere and are nobody's rows. Pure: no
database."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from cms.core.folding import fold
from publishers.scripts.spoken import SYSTEM, Entry

#: More than so many are no answer to somebody who looks for one.
MOST_SHOWN: Final = 12


@dataclass(frozen=True, slots=True)
class Found:
    """What is shipped for some words: the nearest readings, and how many more there are."""

    entries: tuple[Entry, ...] = ()
    more: int = 0


def shipped_count() -> int:
    """Return how many readings are shipped."""
    return len(SYSTEM.entries)


def shipped_as_tsv() -> str:
    """Return every shipped reading in the columns of a lexicon file."""
    return SYSTEM.to_tsv()


def shipped_like(words: str) -> Found:
    """Return the shipped readings whose written form or reading holds `words`, whatever their accents and case: the
    very form first, then forms that begin so, then the rest."""
    wanted = fold(words).strip()
    if not wanted:
        return Found()
    ranked = [
        (written != wanted, not written.startswith(wanted), wanted not in written, len(written), number)
        for number, (written, spoken) in enumerate(_folded())
        if wanted in written or wanted in spoken
    ]
    nearest = sorted(ranked)[:MOST_SHOWN]
    return Found(tuple(SYSTEM.entries[rank[-1]] for rank in nearest), len(ranked) - len(nearest))


@cache
def _folded() -> tuple[tuple[str, str], ...]:
    return tuple((fold(entry.written), fold(entry.spoken)) for entry in SYSTEM.entries)
