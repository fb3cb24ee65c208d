"""What stands on an announcer's sheet, line by line, whatever it is printed with (DOCX, PDF). Pure: no Django.

The spoken form stands large, the written form small in brackets behind it, so that the approver can check each number.
Nothing a listener must hear whole is cut at a line's end: the words of a spoken number, of a name and of a written form
are joined by blanks and hyphens that do not break. Between two breath groups stands a light stroke, as announcers mark their
sheets: breathe here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from cms.core.writing_systems import stretches
from publishers.scripts.blocks import Block, BlockKind, Part, Sentence, Voice

#: Raised when the layout changes, so that kept files are made anew.
SHEET_LAYOUT: Final = "6"
#: Said at the head of a sheet that has breath marks: nobody reads them aloud.
BREATHE: Final = "Dấu / nhạt trong bài: chỗ ngắt hơi, không đọc."
HEADING: Final = "BẢN TIN PHÁT THANH"
SIGNERS: Final = ("Người biên tập", "Người đọc", "Người duyệt")
#: Sentences that stay on the page of the places to sign.
MOST_LAST: Final = 3
SIGN_HERE: Final = "(ký, ghi rõ họ tên)"
SCAN: Final = "Quét để kiểm tra"
#: Stands at the end of a breath group inside a sentence; a line may end behind it, never before it.
BREATH: Final = "\u00a0/ "
NO_BREAK_SPACE: Final = "\u00a0"
NO_BREAK_HYPHEN: Final = "\u2011"
#: A stretch of at most this many characters is kept on one line; a longer one would leave holes.
UNBROKEN: Final = 45
_UNBROKEN_SIGNS = str.maketrans({" ": NO_BREAK_SPACE, "-": NO_BREAK_HYPHEN})
# What XML cannot carry, or paper cannot show; everything people write otherwise is text.
# Marks of direction would turn the rest of a line: every script read here runs from left to right.
_NOT_ON_PAPER = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_BLANKS = re.compile(r"[\s\u2028\u2029]+")
_CAPITALS = "".join(filter(str.isupper, map(chr, range(0x41, 0x1EFA))))
_SMALL = "".join(filter(str.islower, map(chr, range(0x61, 0x1EFA))))
# Two or more words that begin with a capital, in a row: a name of a person, a place, a body.
_NAME = re.compile(f"\\b[{_CAPITALS}][{_SMALL}]*(?: [{_CAPITALS}][{_SMALL}]*)+\\b")


@dataclass(frozen=True, slots=True)
class SheetHead:
    """What stands above and below the text, as it is printed."""

    body: str
    station: str
    title: str
    number: str
    on_air: str
    windows: str
    priority: str
    length: str
    issuer: str
    issued: str
    issued_at: datetime
    verify_address: str
    sha256: str
    #: Who approved what is read: position, body and time; empty where that is not known.
    approved: str = ""
    #: Said when the bulletin's sound is made by a machine; empty otherwise.
    voice_note: str = ""


class LineKind(StrEnum):
    """What a line is; how it looks is for whoever prints it."""

    HEADING = "heading"
    TITLE = "title"
    FACT = "fact"
    CUE = "cue"
    TURN = "turn"
    SENTENCE = "sentence"
    # One of the last sentences: never on another page than the places to sign, which must not stand alone.
    LAST_SENTENCE = "last-sentence"


class RunStyle(StrEnum):
    """How a stretch of a line is set apart."""

    PLAIN = "plain"
    ITALIC = "italic"
    WRITTEN = "written"
    BREATH = "breath"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style and, where the usual font cannot carry it, a font of its own."""

    text: str
    style: RunStyle = RunStyle.PLAIN
    family: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of the sheet."""

    kind: LineKind
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


def sheet_lines(head: SheetHead, blocks: Iterable[Block]) -> list[Line]:
    """Return the lines between the head with its QR code and the places to sign."""
    lines = [
        _line(LineKind.HEADING, f"{HEADING} số {head.number}"),
        _line(LineKind.TITLE, head.title),
        _line(LineKind.FACT, f"Phát: {head.on_air}"),
    ]
    if head.windows:
        lines.append(_line(LineKind.FACT, f"Khung giờ của đài: {head.windows}"))
    length = f" · Thời lượng dự kiến: {head.length}" if head.length else ""
    lines.append(_line(LineKind.FACT, f"Loại: {head.priority.lower()}{length}"))
    lines.append(_line(LineKind.FACT, f"Cơ quan ban hành: {head.issuer} · {head.issued}"))
    if head.approved:
        lines.append(_line(LineKind.FACT, f"Duyệt nội dung: {head.approved}"))
    if head.voice_note:
        lines.append(_line(LineKind.FACT, head.voice_note))
    read = list(reading_lines(blocks))
    if has_breath_marks(read):
        lines.append(_line(LineKind.FACT, BREATHE))
    return [line for line in lines if line.runs] + _with_last_sentences(read)


def _with_last_sentences(lines: list[Line]) -> list[Line]:
    """The sentences of the last turn, at most three, as ones that stay with the places to sign."""
    found = list(lines)
    left = MOST_LAST
    for number in range(len(found) - 1, -1, -1):
        line = found[number]
        if line.kind is LineKind.CUE:
            continue
        if line.kind is not LineKind.SENTENCE or not left:
            break
        found[number] = Line(LineKind.LAST_SENTENCE, line.runs)
        left -= 1
    return found


def has_breath_marks(lines: Iterable[Line]) -> bool:
    """Say whether any of `lines` has a breath mark in it."""
    return any(run.style is RunStyle.BREATH for line in lines for run in line.runs)


def reading_lines(blocks: Iterable[Block]) -> Iterator[Line]:
    """Yield what is read: cues, whose turn it is, and each sentence as a line of its own."""
    for block in blocks:
        if block.kind is BlockKind.CUE:
            yield _line(LineKind.CUE, f"[{block.cue}]")
            continue
        if block.voice is not Voice.NOBODY:
            yield _line(LineKind.TURN, f"{block.voice_label} – {block.label.lower()}:")
        style = RunStyle.ITALIC if block.voice is Voice.MALE else RunStyle.PLAIN
        for sentence in block.sentences:
            line = _sentence(sentence, style)
            if line.runs:
                yield line


def foot_texts(head: SheetHead) -> tuple[str, str]:
    """Return what stands at the foot of every page, so that a loose page can be checked too."""
    return (
        f"Kiểm tra bản tin này tại: {tidy(head.verify_address)}",
        f"Mã băm nội dung (SHA-256): {tidy(head.sha256)}",
    )


def tidy(text: str) -> str:
    """Return `text` as one line of paper can carry it: NFC, no control characters, single blanks at most."""
    text = unicodedata.normalize("NFC", _NOT_ON_PAPER.sub("", text))
    return _BLANKS.sub(" ", text).strip()


def unbroken(text: str) -> str:
    """Return `text` so that no line ends inside it; what is too long for that breaks only behind a comma."""
    if len(text) <= UNBROKEN:
        return text.translate(_UNBROKEN_SIGNS)
    groups = text.split(", ")
    return ", ".join(
        group.translate(_UNBROKEN_SIGNS) if len(group) <= UNBROKEN else group for group in groups
    )


def with_whole_names(text: str) -> str:
    """Return `text` with its names kept on one line."""
    return _NAME.sub(
        lambda found: found[0].translate(_UNBROKEN_SIGNS) if len(found[0]) <= UNBROKEN else found[0], text
    )


def _line(kind: LineKind, text: str) -> Line:
    return Line(kind, tuple(_runs(with_whole_names(tidy(text)), RunStyle.PLAIN)))


def _sentence(sentence: Sentence, style: RunStyle) -> Line:
    runs: list[Run] = []
    for number, breath in enumerate(sentence):
        if number:
            runs.append(Run(BREATH, RunStyle.BREATH))
        for part in breath:
            runs += _part(part, style)
    return Line(LineKind.SENTENCE, tuple(runs))


def _part(part: Part, style: RunStyle) -> Iterator[Run]:
    spoken = _BLANKS.sub(" ", unicodedata.normalize("NFC", _NOT_ON_PAPER.sub("", part.spoken)))
    written = tidy(part.shown)
    if not written:
        yield from _runs(with_whole_names(spoken), style)
        return
    yield from _runs(unbroken(spoken), style)
    yield from _runs(f"{NO_BREAK_SPACE if spoken else ''}({unbroken(written.strip('()'))})", RunStyle.WRITTEN)


def _runs(text: str, style: RunStyle) -> Iterator[Run]:
    for stretch, family in stretches(text):
        yield Run(stretch, style, family)
