"""Places of a commune's own notice that the engine is not sure of, and putting a chosen reading into the text.

A notice is short and its writer sits before it: the words chosen stand in the text itself from then on, so that the
leader approves what everybody can see, and no lexicon is needed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from publishers.scripts.spoken import assess, speak
from publishers.scripts.station_voices import voices_of
from publishers.stations.models import Station

#: More doubts than these help nobody on one page; choices per doubt.
MOST_DOUBTS = 12
MOST_CHOICES = 6


@dataclass(frozen=True)
class Doubt:
    """One form somebody must look at: as it stands, why, and the readings it may have."""

    written: str
    colour: str
    reason: str
    choices: tuple[str, ...]


def doubts_of(station: Station, text: str) -> list[Doubt]:
    """Return what is doubtful in `text` for this station, red before amber, each form once; nothing for a text that
    cannot be read at all. One query."""
    if not assess(text).readable:
        return []
    own = voices_of([station])[station.pk]
    found: dict[str, Doubt] = {}
    for span in speak(text, style=own.style, lexicon=own.lexicon).flags:
        # "Trung tâm" and "trung tâm" are one choice, as it stands inside a sentence.
        readings: dict[str, str] = {}
        for reading in (span.spoken, *span.alternatives):
            readings[reading.lower()] = min(readings.get(reading.lower(), reading), reading, key=_capitals)
        choices = tuple(
            choice for choice in readings.values() if choice != span.written and _is_words(choice)
        )
        found.setdefault(
            span.written, Doubt(span.written, span.confidence.colour, span.reason, choices[:MOST_CHOICES])
        )
    return sorted(found.values(), key=lambda doubt: doubt.colour != "red")[:MOST_DOUBTS]


def with_reading(text: str, written: str, choice: str) -> str:
    """Return `text` with every `written` that stands by itself said as `choice`; capital at the head of a sentence."""

    def said(found: re.Match[str]) -> str:
        heads = re.search(r"(?:\A|[.!?…:]\s+|\n\s*)\Z", text[: found.start()])
        return choice[:1].upper() + choice[1:] if heads else choice

    return re.sub(rf"(?<!\w){re.escape(written)}(?!\w)", said, text)


def _capitals(reading: str) -> int:
    return sum(sign.isupper() for sign in reading)


def _is_words(choice: str) -> bool:
    return any(sign.isalpha() for sign in choice) and not any(sign.isdigit() for sign in choice)
