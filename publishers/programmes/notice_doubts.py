"""Places of a commune's own notice that the engine is not sure of, and putting a chosen reading into the text.

A notice is short and its writer sits before it: the words chosen stand in the text itself from then on, so that the
leader approves what everybody can see, and no lexicon is needed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from publishers.scripts.spoken import Span, Spoken, assess, speak
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
    found: dict[str, Doubt] = {}
    for span in _read(station, text).flags:
        found.setdefault(
            span.written,
            Doubt(span.written, span.confidence.colour, span.reason, _choices(span)[:MOST_CHOICES]),
        )
    return sorted(found.values(), key=lambda doubt: doubt.colour != "red")[:MOST_DOUBTS]


def with_reading(station: Station, text: str, written: str, choice: str) -> str:
    """Return `text` with `choice` where the engine asks about `written` and offers it; capital at the head of a
    sentence. What it reads without a doubt stays: "1/2 số hộ" beside "hẹn 1/2", "3.5.2026" beside "đạt 3.5"."""
    told = _read(station, text)
    places = [span for span in told.flags if span.written == written and choice in _choices(span)]
    if not places:
        return text
    said = told.written
    for span in reversed(places):
        heads = re.search(r"(?:\A|[.!?…:]\s+|\n\s*)\Z", said[: span.start])
        words = choice[:1].upper() + choice[1:] if heads else choice
        said = said[: span.start] + words + said[span.end :]
    return said


def _read(station: Station, text: str) -> Spoken:
    own = voices_of([station])[station.pk]
    return speak(text, style=own.style, lexicon=own.lexicon)


def _choices(span: Span) -> tuple[str, ...]:
    # "Trung tâm" and "trung tâm" are one choice, as it stands inside a sentence.
    readings: dict[str, str] = {}
    for reading in (span.spoken, *span.alternatives):
        readings[reading.lower()] = min(readings.get(reading.lower(), reading), reading, key=_capitals)
    return tuple(choice for choice in readings.values() if choice != span.written and _is_words(choice))


def _capitals(reading: str) -> int:
    return sum(sign.isupper() for sign in reading)


def _is_words(choice: str) -> bool:
    return any(sign.isalpha() for sign in choice) and not any(sign.isdigit() for sign in choice)
