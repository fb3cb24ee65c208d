"""Prints many announcer's sheets: what `announcer_sheet` builds, byte for byte, without building it each time.

python-docx takes some 25 ms for one sheet, a commune's sheet differs from the next in a few lines only, and there are
3,321 of them. So one sheet is built by `announcer_sheet` with marks where a sheet's own words stand; its parts are kept,
packed; and a sheet of its own is those parts with the words put in. Lines are set from templates that python-docx has
drawn itself, one for each kind of line and style of run, so the layout stands in one place only.

Knows no database."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from xml.sax.saxutils import escape

from docx import Document
from lxml import etree

from cms.core.steady_zip import Packed, SteadyZip, pack
from cms.core.verify_mark import verify_mark
from publishers.scripts.blocks import Block
from publishers.scripts.renderers.announcer_sheet import build_sheet, write_line
from publishers.scripts.renderers.sheet_layout import (
    Line,
    LineKind,
    Run,
    RunStyle,
    SheetHead,
    sheet_lines,
    tidy,
)

# Marks: capitals and digits only, so that nothing on the way changes them.
_BODY, _STATION, _TITLE, _ISSUER, _VERIFY, _DIGEST, _LINES, _TEXT = (
    f"Q{number}WORDSGOHERE{number}Q" for number in range(8)
)
_MOMENT = datetime(1999, 9, 9, 9, 9, 9, tzinfo=UTC)
_MOMENT_TEXT = "1999-09-09T09:09:09Z"
_DOCUMENT = "word/document.xml"
_PICTURE = re.compile(r"word/media/image\d+\.png")
_NAMESPACES = re.compile(r' xmlns:\w+="[^"]*"')


def press_sheet(head: SheetHead, blocks: Iterable[Block]) -> bytes:
    """Return the sheet as the bytes of a DOCX file, those that `announcer_sheet.make_sheet` returns."""
    words = {
        _BODY: tidy(head.body).upper(),
        _STATION: tidy(head.station).upper(),
        _TITLE: tidy(head.title),
        _ISSUER: tidy(head.issuer),
        _VERIFY: tidy(head.verify_address),
        _DIGEST: tidy(head.sha256),
        _MOMENT_TEXT: f"{head.issued_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
    }
    body = "".join(_line_xml(line) for line in sheet_lines(head, blocks))
    target = io.BytesIO()
    with SteadyZip(target) as steady:
        for name, part in _parts():
            if isinstance(part, Packed):
                steady.add(name, part)
            elif name == _DOCUMENT:
                steady.add(name, _filled(part, {**words, _LINES: body}, {_LINES}))
            elif _PICTURE.fullmatch(name):
                steady.add(name, verify_mark(words[_VERIFY]))
            else:
                steady.add(name, _filled(part, words))
    return target.getvalue()


@cache
def _parts() -> tuple[tuple[str, Packed | str], ...]:
    """The parts of a sheet in order: packed where they are the same for every sheet, text with marks where not."""
    line = Line(LineKind.FACT, (Run(_LINES),))
    head = SheetHead(
        body=_BODY, station=_STATION, title=_TITLE, number="", on_air="", windows="", priority="", length="",
        issuer=_ISSUER, issued="", issued_at=_MOMENT, verify_address=_VERIFY, sha256=_DIGEST,
    )  # fmt: skip
    made = io.BytesIO()
    build_sheet(head, [line]).save(made)
    found: list[tuple[str, Packed | str]] = []
    marks = (_BODY, _STATION, _TITLE, _ISSUER, _VERIFY, _DIGEST, _MOMENT_TEXT)
    with zipfile.ZipFile(made) as parts:
        for name in parts.namelist():
            content = parts.read(name)
            if _PICTURE.fullmatch(name):
                found.append((name, ""))
            elif any(mark.encode() in content for mark in marks):
                found.append((name, content.decode().replace(_line_xml(line), _LINES)))
            else:
                found.append((name, pack(content)))
    return tuple(found)


def _filled(part: str, words: dict[str, str], markup: Iterable[str] = ()) -> bytes:
    """Put `words` in place of their marks, as text; those of `markup` as they are. No word is searched for marks."""
    pattern = _marks(tuple(words))
    raw = frozenset(markup)
    return pattern.sub(
        lambda found: words[found[0]] if found[0] in raw else escape(words[found[0]]), part
    ).encode()


@cache
def _marks(marks: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, marks)))


def _line_xml(line: Line) -> str:
    head, tail = _paragraph_template(line.kind)
    return head + "".join(_run_xml(line.kind, run) for run in line.runs) + tail


def _run_xml(kind: LineKind, run: Run) -> str:
    plain, keeping = _run_template(kind, run.style, run.family)
    before, after = plain if run.text == run.text.strip() else keeping
    return before + escape(run.text) + after


@cache
def _paragraph_template(kind: LineKind) -> tuple[str, str]:
    tail = "</w:p>"
    return _drawn(Line(kind, ())).removesuffix(tail), tail


@cache
def _run_template(kind: LineKind, style: RunStyle, family: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """What stands before and after a text; the second pair is for one with blanks at its ends."""
    head, tail = _paragraph_template(kind)
    found = []
    for text in (_TEXT, f" {_TEXT}"):
        drawn = _drawn(Line(kind, (Run(text, style, family),)))
        before, _, after = drawn.removeprefix(head).removesuffix(tail).partition(text)
        found.append((before, after))
    return found[0], found[1]


def _drawn(line: Line) -> str:
    """The XML python-docx writes for a line, as it stands inside a document."""
    paragraph = write_line(_scratch(), line)
    drawn = etree.tostring(paragraph._p, encoding="unicode")
    paragraph._p.getparent().remove(paragraph._p)
    return _NAMESPACES.sub("", drawn)


@cache
def _scratch():
    return Document()
