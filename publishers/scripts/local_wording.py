"""Fills the places of a written text that differ per station. Pure: no Django.

A value comes from the station, from a fact, or from a safe generic wording made from the map. What cannot be filled
never becomes an empty string: an optional value takes its whole sentence with it and leaves a note, a required or
expired one holds this station's script.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from cms.facts.placeholders import (
    LABELS,
    REQUIRED,
    fill,
    find_placeholders,
    has_loose_braces,
    unknown_placeholders,
)

_SENTENCE_END = re.compile(r"[.!?…]+[\"”’»)\]]*\s+(?=[\"“‘«(\[]*(?:[^\W\d_]|\d|\{\{))")
# A full stop after these does not end a sentence.
_SHORTENED = re.compile(
    r"(?:\b(?:TP|Tp|TX|TT|Q|P|H|X|KP|ThS|TS|PGS|GS|BS|CN|Ông|Đ/c|đ/c|v\.v)|\b[A-ZĐ])\.\s+$"
)
_TRAILING_STOP = re.compile(r"[\s.;,]+$")


@dataclass(frozen=True, slots=True)
class Place:
    """The commune of a station as it is named in running text: "xã Ia Grai", and its kind: "xã"."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class LocalValues:
    """What is known for one station: placeholder → value; `expired` names those whose facts have all run out."""

    values: Mapping[str, str] = field(default_factory=dict)
    expired: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Filled:
    """A text with its places filled: paragraphs of sentences.

    `sources` tells for each paragraph which of the given ones it was; `notes` say what was left out; `held` says why
    this station cannot have the text at all (then no paragraphs)."""

    paragraphs: tuple[tuple[str, ...], ...] = ()
    sources: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    held: str = ""


def place_in_text(full_name: str) -> Place:
    """Return "Xã Ia Grai" as it stands inside a sentence: "xã Ia Grai" with its kind "xã"."""
    kind, _, rest = full_name.partition(" ")
    if full_name.lower().startswith("đặc khu "):
        kind, rest = "đặc khu", full_name[len("đặc khu ") :]
    return Place(f"{kind.lower()} {rest}", kind.lower()) if rest else Place(full_name, "địa phương")


def generic_wording(place: Place) -> dict[str, str]:
    """Return what may be said safely of any place, made from the map alone."""
    return {"ten_trung_tam": f"Trung tâm Phục vụ hành chính công {place.name}"}


@lru_cache(maxsize=32)
def paragraphs_of(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the sentences of each non-empty line of `text`, blanks tidied."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return tuple(sentences_of(line) for line in lines if line)


def sentences_of(line: str) -> tuple[str, ...]:
    """Return the sentences of one line; abbreviations with a full stop do not end one."""
    sentences: list[str] = []
    start = 0
    for found in _SENTENCE_END.finditer(line):
        if _SHORTENED.search(line, start, found.end()):
            continue
        sentences.append(line[start : found.end()].strip())
        start = found.end()
    sentences.append(line[start:].strip())
    return tuple(sentence for sentence in sentences if sentence)


@lru_cache(maxsize=32)
def unfillable(text: str) -> str:
    """Return why nobody can fill the places of `text`, as a sentence; empty when every place can be filled."""
    unknown = unknown_placeholders(text)
    if unknown:
        names = ", ".join(f"{{{{{name}}}}}" for name in unknown)
        return f"Bản tin có chỗ cần điền mà hệ thống không biết: {names}."
    if has_loose_braces(text):
        return "Bản tin có dấu ngoặc nhọn bị lẻ, không rõ chỗ cần điền là gì."
    return ""


def fill_in(
    paragraphs: tuple[tuple[str, ...], ...],
    place: Place,
    local: LocalValues,
    required: frozenset[str] = REQUIRED,
) -> Filled:
    """Return `paragraphs` filled for one station, or why they cannot be."""
    values = {**generic_wording(place), **{name: _tidy(value) for name, value in local.values.items()}}
    values = {name: value for name, value in values.items() if value}
    kept: list[tuple[str, ...]] = []
    sources: list[int] = []
    notes: list[str] = []
    for number, sentences in enumerate(paragraphs):
        filled: list[str] = []
        for sentence in sentences:
            names = _names_in(sentence)
            if not names:
                filled.append(sentence)
                continue
            held = _held(names, values, local.expired, required, place)
            if held:
                return Filled(held=held)
            missing = [LABELS[name] for name in names if name not in values]
            if missing:
                notes.append(
                    f"Đã bỏ câu “{_shown(sentence)}” vì {place.name} chưa có dữ kiện: {', '.join(missing)}."
                )
            else:
                filled.append(fill(sentence, values))
        if filled:
            kept.append(tuple(filled))
            sources.append(number)
    if not kept:
        return Filled(held=f"Không còn câu nào để đọc ở {place.name} vì thiếu dữ kiện địa phương.")
    return Filled(tuple(kept), tuple(sources), tuple(notes))


@lru_cache(maxsize=1024)
def _names_in(sentence: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found.name for found in find_placeholders(sentence)))


def _held(
    names: tuple[str, ...],
    values: Mapping[str, str],
    expired: frozenset[str],
    required: frozenset[str],
    place: Place,
) -> str:
    run_out = [LABELS[name] for name in names if name in expired]
    if run_out:
        return f"Dữ kiện đã hết hiệu lực ở {place.name}: {', '.join(run_out)}. Vui lòng cập nhật dữ kiện."
    lacking = [LABELS[name] for name in names if name in required and name not in values]
    if lacking:
        return f"Thiếu dữ kiện bắt buộc cho {place.name}: {', '.join(lacking)}. Vui lòng bổ sung dữ kiện."
    return ""


def _tidy(value: str) -> str:
    # A value stands inside a sentence: its own line breaks and closing stop would cut that sentence in two.
    return _TRAILING_STOP.sub("", " ".join(value.split()))


def _shown(sentence: str) -> str:
    return fill(sentence, {name: f"({label})" for name, label in LABELS.items()})
