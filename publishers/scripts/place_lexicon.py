"""Names of places on the map are read as they are written: whoever reads in Ia Pnôn knows how Ia Pnôn is said.

Without this layer the name of a commune in the Central Highlands would count as a word nobody can read and hold every
script of its station. Pure: no Django."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from cms.places.mapfile import read_map
from publishers.scripts.spoken import SYSTEM, Entry, Lexicon, speak


@cache
def with_names_of_the_map() -> Lexicon:
    """Return the shipped lexicon with a layer for the names of today's communes that it does not know by itself."""
    return with_names(unit.name for unit in read_map().units)


def with_names(names: Iterable[str], base: Lexicon = SYSTEM) -> Lexicon:
    """Return `base` with an entry for every word of `names` that it would flag."""
    unsure: dict[str, None] = {}
    for name in names:
        for flag in speak(f"ở xã {name}.", lexicon=base).flags:
            # A word with a digit or a sign is not a name; the lexicon would refuse it.
            if flag.written.replace("’", "").replace("'", "").replace("-", "").replace(" ", "").isalpha():
                unsure[flag.written] = None
    return base.over([Entry(word, word, kind="place", note="Tên trên bản đồ") for word in unsure], "province")
