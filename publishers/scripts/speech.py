"""Speaks written paragraphs, each distinct one once: within a call, and ever again from the table of spoken texts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from cms.core.models import nfc
from publishers.scripts.composition import Reading, reading_of
from publishers.scripts.models import SpokenText
from publishers.scripts.place_lexicon import with_names_of_the_map
from publishers.scripts.spoken import Span, speak, syllables
from publishers.scripts.station_voices import StationVoice, plain_voice
from publishers.scripts.timing import reading_seconds

_KEYS_PER_QUERY = 500


@cache
def engine_version() -> str:
    """Return 16 hex digits over the engine, its lexicon and the names of places: other digits, other readings
    possible."""
    digest = hashlib.sha256()

    def feed(folder: Any) -> None:
        for entry in sorted(folder.iterdir(), key=lambda item: item.name):
            if entry.is_dir():
                if entry.name != "__pycache__":
                    feed(entry)
            elif entry.name.endswith((".py", ".tsv")):
                digest.update(entry.name.encode() + b"\0" + entry.read_bytes())

    feed(files("publishers.scripts.spoken"))
    for entry in with_names_of_the_map().entries:
        digest.update(f"{entry.written}\0{entry.spoken}\0".encode())
    return digest.hexdigest()[:16]


@lru_cache(maxsize=20_000)
def key_of(written: str, voice: StationVoice | str) -> str:
    """Return the content address of `written` read by this voice (or in this region's style) and the present engine."""
    key = voice if isinstance(voice, str) else voice.key
    return hashlib.sha256(f"{engine_version()}\0{key}\0{nfc(written)}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Said:
    """One paragraph as it is said: the row to keep (not saved), and its reading."""

    row: SpokenText
    reading: Reading


def say(written: str, voice: StationVoice | str) -> Said:
    """Return `written` as this voice (or a region's plain voice) says it; asks the engine, not the database."""
    if isinstance(voice, str):
        voice = plain_voice(voice)
    told = speak(written, style=voice.style, lexicon=voice.lexicon)
    marks = [
        (span.spoken_start, span.spoken_end, span.written) for span in told.spans if _tells_something(span)
    ]
    reading = reading_of(told.text, marks, syllables(told.text))
    row = SpokenText(
        key=key_of(written, voice),
        style=voice.region,
        lexicon=engine_version(),
        written=nfc(written),
        spoken=told.text,
        marks=marks,
        flags=[flag_row(span) for span in told.flags],
        # A paragraph of which nothing can be said (emoji only) is as unreadable as a red one.
        blocked=told.blocked or not reading.syllables,
        syllables=reading.syllables,
        sentences=len(reading.sentences),
        seconds=reading_seconds(reading.syllables, len(reading.sentences), 1),
    )
    return Said(row, reading)


def _tells_something(span: Span) -> bool:
    """Whether an approver learns anything from seeing the written form: a colon said as a stop is not worth it."""
    return any(sign.isalnum() for sign in span.written + span.spoken)


def flag_row(span: Span) -> dict[str, Any]:
    """Return a flagged span as JSON: what stands there, what is proposed, why somebody must look."""
    return {
        "written": span.written,
        "spoken": span.spoken,
        "colour": span.confidence.colour,
        "reason": span.reason,
        "alternatives": list(span.alternatives),
    }


def as_reading(row: SpokenText) -> Reading:
    return reading_of(row.spoken, [(start, end, written) for start, end, written in row.marks], row.syllables)


class Speech:
    """The spoken forms met in one run: asks the table before the engine, and the engine once per distinct text."""

    def __init__(self) -> None:
        self._rows: dict[str, SpokenText] = {}
        self._readings: dict[str, Reading] = {}
        self.spoken_now = 0

    def learn(self, wanted: Iterable[tuple[str, StationVoice | str]]) -> None:
        """Make every (written text, voice) known. Two queries for each 500 distinct new texts; rows that
        another run wrote in the meantime are left as they are."""
        missing: dict[str, tuple[str, StationVoice | str]] = {}
        for written, voice in wanted:
            key = key_of(written, voice)
            if key not in self._rows:
                missing[key] = (written, voice)
        keys = list(missing)
        for start in range(0, len(keys), _KEYS_PER_QUERY):
            part = keys[start : start + _KEYS_PER_QUERY]
            self._rows.update(SpokenText.objects.in_bulk(part))
            fresh = [say(*missing[key]) for key in part if key not in self._rows]
            # What cannot be said is not kept: the table holds readings only.
            SpokenText.objects.bulk_create(
                [said.row for said in fresh if said.row.spoken and said.row.written], ignore_conflicts=True
            )
            self._rows.update({said.row.key: said.row for said in fresh})
            self._readings.update({said.row.key: said.reading for said in fresh})
            self.spoken_now += len(fresh)

    def row(self, written: str, voice: StationVoice | str) -> SpokenText:
        """Return what `learn` has made known. Raises KeyError for anything else."""
        return self._rows[key_of(written, voice)]

    def reading(self, written: str, voice: StationVoice | str) -> Reading:
        """Return the same, cut into sentences and breaths; the same object each time."""
        key = key_of(written, voice)
        if key not in self._readings:
            self._readings[key] = as_reading(self._rows[key])
        return self._readings[key]
