"""Composes a bulletin: the approved text becomes, for one station on one day, a running order of blocks. Pure.

The order is that of a commune station's session: music, the station's opening with its name, a greeting with the
date, the content with two announcers taking turns, a reminder that says every hotline twice, the closing, music.
Composition has two halves so that many stations can share the work between them: `write_out` gives the written
pieces, `voice` turns them into blocks once every piece has been spoken.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import cycle
from typing import Any, Final

from publishers.scripts.blocks import (
    Block,
    BlockKind,
    Keep,
    Sentence,
    Voice,
    cue_row,
    sentence_rows,
    spoken_row,
)
from publishers.scripts.breaths import Mark, cut
from publishers.scripts.hotlines import digits_of, hotlines_in, lines_of_a_fact, with_its_word
from publishers.scripts.local_wording import LocalValues, Place, fill_in, paragraphs_of, unfillable

WEEKDAYS: Final = ("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật")
OPENING_CUE: Final = "Nhạc hiệu, 10 giây"
CLOSING_CUE: Final = "Nhạc kết"
#: Asked for every station: with no number in the text, the reminder still names a line to call.
HELP_LINES: Final = ("tong_dai", "duong_day_nong")
#: How a sentence begins that may only address its listeners, and the words it may be made of.
_ADDRESSING: Final = re.compile(r"(?:xin )?(?:kính )?(?:thưa|chào(?! mừng| đón))\b|kính gửi\b", re.IGNORECASE)
_LISTENERS: Final = frozenset(
    word
    for words in (
        "xin kính thưa chào gửi, cùng, và, các, toàn thể, thân mến, yêu quý, nghe đài, thính giả",
        "bà con, cô bác, chú, anh chị em, quý vị, ông cụ, đồng chí, đồng bào, nhân dân",
    )
    for word in words.replace(",", "").split()
)
_LONGEST_SALUTATION: Final = 14
#: A listener keeps three points in mind; more are no reminder.
MOST_POINTS: Final = 3


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was approved: the same for every station. `issuer` is the name of the body that signs; `keeps` are the
    editor's marks, paragraph by paragraph of `text`: what stays when the bulletin is cut short."""

    title: str
    text: str
    issuer: str = ""
    keeps: tuple[Keep, ...] = ()

    def keep_of(self, paragraph: int) -> Keep:
        """Return the mark of a paragraph; one nobody has marked is usual."""
        return self.keeps[paragraph] if paragraph < len(self.keeps) else Keep.USUAL


@dataclass(frozen=True, slots=True)
class OnAir:
    """The station that reads, and the day it reads on."""

    name: str
    place: Place
    day: date


@dataclass(frozen=True, slots=True)
class Piece:
    """One paragraph of the bulletin as it is written, with its place in the running order."""

    kind: BlockKind
    written: str
    keep: Keep = Keep.USUAL


@dataclass(frozen=True, slots=True)
class WrittenScript:
    """The bulletin of one station before it is spoken, or the sentence that says why it is held."""

    pieces: tuple[Piece, ...] = ()
    notes: tuple[str, ...] = ()
    held: str = ""
    # The title as it is filled for this station; empty when the text has none.
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """One written paragraph as it is said: cut into sentences and breaths, with its count of syllables.

    The same object serves every station that reads the paragraph; `rows` is the JSON form of `sentences`."""

    sentences: tuple[Sentence, ...]
    rows: tuple[Any, ...]
    syllables: int


def reading_of(spoken: str, marks: Sequence[Mark], syllables: int) -> Reading:
    """Return the reading of one paragraph; `marks` tell which words stand for which written form."""
    sentences = cut(spoken, marks)
    return Reading(sentences, tuple(sentence_rows(sentences)), syllables)


def write_out(sheet: Sheet, station: OnAir, local: LocalValues) -> WrittenScript:
    """Return the written pieces of `sheet` for one station on its day.

    `held` is set instead when the text cannot be filled for this station; it never raises for what people wrote."""
    held = unfillable(f"{sheet.title}\n{sheet.text}")
    if held:
        return WrittenScript(held=held)
    own = {"ten_dai": station.name, "dia_ban": station.place.name}
    local = LocalValues({**local.values, **own}, local.expired)
    title = fill_in(paragraphs_of(sheet.title), station.place, local) if sheet.title.strip() else None
    content = fill_in(paragraphs_of(sheet.text), station.place, local)
    if content.held or (title and title.held):
        return WrittenScript(held=content.held or (title.held if title else ""))
    paragraphs = [" ".join(sentences) for sentences in content.paragraphs]
    heading = " ".join(sentence for row in title.paragraphs for sentence in row) if title else ""
    people = address_of(f"{heading}\n{sheet.text}")
    greeted = opens_with_salutation(paragraphs[0]) if paragraphs else False
    keeps = [sheet.keep_of(source) for source in content.sources]
    points = [
        _first_told(sentences)
        for sentences, keep in zip(content.paragraphs, keeps, strict=True)
        if keep is Keep.ALWAYS
    ]
    points = [point for point in points if point and not hotlines_in(point)]
    pieces = [
        Piece(BlockKind.OPENING, opening(station)),
        Piece(BlockKind.GREETING, greeting(people, station.day, heading, greeted=greeted)),
        *(
            Piece(BlockKind.CONTENT, paragraph, keep)
            for paragraph, keep in zip(paragraphs, keeps, strict=True)
        ),
        Piece(BlockKind.REMINDER, reminder(people, paragraphs, heading, local, points)),
        Piece(BlockKind.CLOSING, closing(people, sheet.issuer)),
    ]
    notes = (*content.notes, *(title.notes if title else ()))
    return WrittenScript(tuple(pieces), notes, heading=heading)


def voice(pieces: tuple[Piece, ...], readings: Mapping[str, Reading]) -> tuple[Block, ...]:
    """Return the blocks of a bulletin; `readings` must hold every written piece. Two announcers take turns block by
    block, the woman's voice first; music stands before and after."""
    turns = cycle((Voice.FEMALE, Voice.MALE))
    spoken = [
        Block(piece.kind, next(turns), readings[piece.written].sentences, keep=piece.keep) for piece in pieces
    ]
    return (Block(BlockKind.CUE, cue=OPENING_CUE), *spoken, Block(BlockKind.CUE, cue=CLOSING_CUE))


def stored_order(pieces: tuple[Piece, ...], readings: Mapping[str, Reading]) -> list[dict[str, Any]]:
    """Return the JSON form of `voice(pieces, readings)`, sharing between stations what they have in common."""
    turns = cycle((Voice.FEMALE, Voice.MALE))
    spoken = [
        spoken_row(piece.kind, next(turns), readings[piece.written].rows, piece.keep) for piece in pieces
    ]
    return [cue_row(OPENING_CUE), *spoken, cue_row(CLOSING_CUE)]


def address_of(text: str) -> str:
    """Return how listeners are addressed from beginning to end: as the text does, else "bà con"."""
    lowered = text.lower()
    return "quý vị" if "quý vị" in lowered and "bà con" not in lowered else "bà con"


def is_salutation(sentence: str) -> bool:
    """Say whether a sentence only addresses its listeners ("Kính thưa bà con, cô bác!"): nothing to be reminded of."""
    words = [word.strip('.,!:;…–-“”"').lower() for word in sentence.split()]
    if not _ADDRESSING.match(" ".join(words)) or len(words) > _LONGEST_SALUTATION:
        return False
    called = "," not in sentence and sentence.rstrip().endswith(("!", ":"))
    return called or all(word in _LISTENERS for word in words if word)


def opens_with_salutation(sentence: str) -> bool:
    """Say whether a sentence begins by addressing its listeners, whatever follows ("Kính thưa bà con, từ ngày mai …"):
    a text that opens so has greeted by itself."""
    words = " ".join(sentence.split()).strip('-–“”" ')
    found = _ADDRESSING.match(words)
    if found is None:
        return False
    following = words[found.end() :].split()
    return bool(following) and following[0].strip(".,!:;…–").lower() in _LISTENERS


def opening(station: OnAir) -> str:
    return f"Đây là {_sentence_part(station.name)}, phát thanh trên hệ thống loa của {station.place.kind}."


def greeting(people: str, day: date, heading: str, *, greeted: bool = False) -> str:
    """Greet, say the day, and announce what follows; a text that greets by itself (`greeted`) is not greeted twice."""
    told = f"Hôm nay là {weekday(day)}, ngày {day.day}/{day.month}/{day.year}."
    if not greeted:
        told = f"Kính chào {people}! {told}"
    return f"{told} Sau đây là bản tin: {_stopped(heading)}" if heading else told


def reminder(
    people: str, paragraphs: list[str], heading: str, local: LocalValues, points: Sequence[str] = ()
) -> str:
    """Repeat the points the editor marked (at most three), then where to get help, every number twice; without any
    number, repeat what the bulletin was about."""
    numbers = list(hotlines_in("\n".join([heading, *paragraphs])))
    if not numbers:
        for name in HELP_LINES:
            known = {digits_of(number) for number in numbers}
            if name not in local.expired:
                numbers += [
                    line
                    for line in lines_of_a_fact(local.values.get(name, ""))
                    if digits_of(line) not in known
                ]
    main = " ".join(_stopped(point) for point in points[:MOST_POINTS])
    if not numbers:
        return f"Xin nhắc lại nội dung chính: {main or _stopped(heading or paragraphs[0])}"
    first, *others = [with_its_word(number) for number in numbers]
    told = (
        [f"Xin nhắc lại nội dung chính: {main}", f"Cần giúp đỡ, {people} gọi {first}. Xin nhắc lại, {first}."]
        if main
        else [f"Xin nhắc lại: cần giúp đỡ, {people} gọi {first}. Xin nhắc lại, {first}."]
    )
    told += [f"Hoặc gọi {number}. Xin nhắc lại, {number}." for number in others]
    return " ".join(told)


def closing(people: str, issuer: str) -> str:
    by = f" do {_sentence_part(issuer)} cung cấp" if issuer else ""
    return f"Bản tin{by} đến đây là hết. Cảm ơn {people} đã chú ý lắng nghe."


def weekday(day: date) -> str:
    """Return the day of the week as it is said: "thứ hai" … "chủ nhật"."""
    return WEEKDAYS[day.weekday()]


def _first_told(sentences: Sequence[str]) -> str:
    return next((sentence for sentence in sentences if not is_salutation(sentence)), "")


def _sentence_part(name: str) -> str:
    return " ".join(name.split()).rstrip(" .,;")


def _stopped(text: str) -> str:
    text = text.rstrip(" ,;:")
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
