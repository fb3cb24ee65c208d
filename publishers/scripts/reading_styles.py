"""The engine's switches for the reading style a station has chosen. Pure: no database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any, Final

from publishers.scripts.spoken import NORTHERN, SOUTHERN, Style
from publishers.stations.reading_choices import READING_CHOICES

#: Values of ReadingStyle (publishers/stations/models.py). Stations in the centre say "ngàn" and "lẻ", but keep "tư".
STYLE_OF: Final[dict[str, Style]] = {
    "bac": NORTHERN,
    "trung": Style(thousand="ngàn", odd="lẻ"),
    "nam": SOUTHERN,
}


def style_of(reading_style: str, choices: Mapping[str, Any] | None = None) -> Style:
    """Return the switches for a station's reading style, its own `choices` over those of the region.

    An unknown region is the northern norm; a choice that the engine does not know is left out."""
    style = STYLE_OF.get(reading_style, NORTHERN)
    own = {
        name: "" if value == "none" else value
        for name, value in (choices or {}).items()
        if name in READING_CHOICES and value in READING_CHOICES[name][1]
    }
    return _with(style, tuple(sorted(own.items()))) if own else style


@cache
def _with(style: Style, own: tuple[tuple[str, str], ...]) -> Style:
    return replace(style, **dict(own))  # type: ignore[arg-type]
