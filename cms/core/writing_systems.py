"""Which font carries which writing: Vietnamese and the languages of the map in Latin letters need none of their own;
Khmer, Chăm, Thái (Tai Viet) and the two Mông scripts each have one. Pure: no Django."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final


@dataclass(frozen=True, slots=True)
class WritingSystem:
    """One script: its name as people say it, the font that carries it, where its letters stand in Unicode."""

    name: str
    family: str
    ranges: tuple[tuple[int, int], ...]


#: The Debian package that brings the fonts below.
FONT_PACKAGE: Final = "fonts-noto-core"
SYSTEMS: Final = (
    WritingSystem("Khmer", "Noto Serif Khmer", ((0x1780, 0x17FF), (0x19E0, 0x19FF))),
    WritingSystem("Chăm", "Noto Sans Cham", ((0xAA00, 0xAA5F),)),
    WritingSystem("Thái", "Noto Sans Tai Viet", ((0xAA80, 0xAADF),)),
    WritingSystem("Mông (Pahawh)", "Noto Sans Pahawh Hmong", ((0x16B00, 0x16B8F),)),
    WritingSystem("Mông (Nyiakeng Puachue)", "Noto Serif Hmong Nyiakeng", ((0x1E100, 0x1E14F),)),
)
_JOINERS: Final = "\u200b\u200c\u200d"


def _letters(system: WritingSystem) -> str:
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in system.ranges)


# A stretch of one script keeps the blanks and joiners between its own letters.
_STRETCH = re.compile(
    "|".join(
        f"(?P<s{number}>[{_letters(system)}](?:[{_letters(system)}{_JOINERS}]| (?=[{_letters(system)}]))*)"
        for number, system in enumerate(SYSTEMS)
    )
)


@lru_cache(maxsize=4096)
def stretches(text: str) -> tuple[tuple[str, str], ...]:
    """Return `text` cut into (stretch, font family); the family is empty for what the usual font carries."""
    return tuple(_stretches(text))


def _stretches(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    for found in _STRETCH.finditer(text):
        if found.start() > at:
            yield text[at : found.start()], ""
        yield found[0], SYSTEMS[int((found.lastgroup or "s0")[1:])].family
        at = found.end()
    if at < len(text):
        yield text[at:], ""


def systems_in(text: str) -> tuple[WritingSystem, ...]:
    """Return the scripts of `text` that need a font of their own, in the order of SYSTEMS."""
    families = {family for _, family in stretches(text) if family}
    return tuple(system for system in SYSTEMS if system.family in families)
