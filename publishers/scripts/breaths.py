"""Cuts a spoken paragraph into sentences and breath groups, never inside a number, a date or an address. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from publishers.scripts.blocks import Breath, Part, Sentence
from publishers.scripts.spoken import syllables

#: An announcer outdoors says about this many syllables on one breath.
COMFORTABLE: Final = 14
#: A stretch without punctuation longer than this is cut before a connecting word.
LONGEST: Final = 20
#: The fewest syllables worth a breath of their own when a long stretch is cut.
FEWEST: Final = 6

#: Start and end in the spoken text, and the written form it stands for.
Mark = tuple[int, int, str]

_SENTENCE_END = re.compile(r"[.!?…]+[\"”’»)\]]*(?=\s|$)")
_CLAUSE_END = re.compile(r"[,;:][\"”’»)\]]*(?=\s)|\s[–—](?=\s)")
_CONNECTIVE = re.compile(
    r"(?<!\svà)(?<!\shoặc)(?<!\shay)(?<!\snhưng)"  # what joins goes with what it joins: "… và / từ" is no place to breathe
    r"\s(?=(?:và|hoặc|hay|để|nhưng|khi|nếu|vì|do|bằng|tại|trên|với|theo|mà|thì|rồi|cho|từ|đến|về)\s)"
)
#: "thứ 2 – thứ 6" is read from the digit on; on paper it stands in brackets as a whole.
_WEEKDAY: Final = "thứ "


def cut(spoken: str, marks: Sequence[Mark]) -> tuple[Sentence, ...]:
    """Return the sentences of one spoken paragraph, each cut into breath groups.

    `marks` are the stretches that stand for a written form, in order; no cut falls inside one. Joining all parts
    gives the words of `spoken` in order, none lost."""
    sentences: list[Sentence] = []
    marks = [with_its_weekday(spoken, mark) for mark in marks]
    for start, end in _pieces(_SENTENCE_END, spoken, 0, len(spoken), marks):
        breaths = tuple(
            breath
            for first, last in _breath_bounds(spoken, start, end, marks)
            if (breath := _parts(spoken, first, last, marks))
        )
        if breaths:
            sentences.append(_capitalised(breaths))
    return tuple(sentences)


def _capitalised(sentence: Sentence) -> Sentence:
    """A sentence that began with a number or an abbreviation begins with a capital all the same ("HTX có 65 thành viên")."""
    first, *rest = sentence[0]
    if not first.written or not first.spoken[:1].islower():
        return sentence
    return ((Part(first.spoken[0].upper() + first.spoken[1:], first.written), *rest), *sentence[1:])


def with_its_weekday(spoken: str, mark: Mark) -> Mark:
    """Return the mark of "2 – thứ 6" together with the "thứ" before it, any other as it is."""
    start, end, written = mark
    word = spoken[max(0, start - len(_WEEKDAY)) : start]
    if _WEEKDAY in written.lower() and word.lower() == _WEEKDAY:
        return start - len(_WEEKDAY), end, word + written
    return mark


def _inside(position: int, marks: Sequence[Mark]) -> bool:
    for start, end, _written in marks:
        if start >= position:
            return False  # in order: no later one can hold it
        if position < end:
            return True
    return False


def _pieces(
    pattern: re.Pattern[str], text: str, start: int, end: int, marks: Sequence[Mark]
) -> list[tuple[int, int]]:
    pieces: list[tuple[int, int]] = []
    first = start
    for found in pattern.finditer(text, start, end):
        at = found.end()
        if at < end and not _inside(at, marks):
            if not text[first:at].isspace() and at > first:
                pieces.append((first, at))
            first = at
    if first < end and not text[first:end].isspace():
        pieces.append((first, end))
    return pieces


def _breath_bounds(text: str, start: int, end: int, marks: Sequence[Mark]) -> list[tuple[int, int]]:
    """Clauses are gathered while they fit on one breath; a clause too long for one is cut further."""
    gathered: list[tuple[int, int]] = []
    room = 0
    for first, last in _pieces(_CLAUSE_END, text, start, end, marks):
        for begin, finish, size in _shortened(text, first, last, marks):
            if gathered and room + size <= COMFORTABLE:
                gathered[-1] = (gathered[-1][0], finish)
                room += size
            else:
                gathered.append((begin, finish))
                room = size
    return gathered


def _shortened(text: str, start: int, end: int, marks: Sequence[Mark]) -> list[tuple[int, int, int]]:
    """A stretch too long for one breath is cut before the connecting word nearest its middle, again if need be; each
    with its syllables."""
    size = syllables(text[start:end])
    if size <= LONGEST:
        return [(start, end, size)]
    best, distance = 0, size
    for first, _ in _pieces(_CONNECTIVE, text, start, end, marks)[1:]:
        before = syllables(text[start:first])
        if min(before, size - before) >= FEWEST and abs(2 * before - size) < distance:
            best, distance = first, abs(2 * before - size)
    if not best:
        return [(start, end, size)]
    return _shortened(text, start, best, marks) + _shortened(text, best, end, marks)


def _parts(text: str, start: int, end: int, marks: Sequence[Mark]) -> Breath:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    parts: list[Part] = []
    at = start
    for first, last, written in marks:
        if first < start or last > end or first >= end:
            continue
        if first > at:
            parts.append(Part(text[at:first]))
        parts.append(Part(text[first:last], written if written != text[first:last] else ""))
        at = last
    if at < end:
        parts.append(Part(text[at:end]))
    return tuple(part for part in parts if part.spoken or part.written)
