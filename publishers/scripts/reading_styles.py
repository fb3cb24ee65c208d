"""The engine's switches for the reading style a station has chosen. Pure: no Django."""

from __future__ import annotations

from typing import Final

from publishers.scripts.spoken import NORTHERN, SOUTHERN, Style

#: Values of ReadingStyle (publishers/stations/models.py). Stations in the centre say "ngàn" and "lẻ", but keep "tư".
STYLE_OF: Final[dict[str, Style]] = {
    "bac": NORTHERN,
    "trung": Style(thousand="ngàn", odd="lẻ"),
    "nam": SOUTHERN,
}


def style_of(reading_style: str) -> Style:
    """Return the switches for a station's reading style; the northern norm for an unknown one."""
    return STYLE_OF.get(reading_style, NORTHERN)
