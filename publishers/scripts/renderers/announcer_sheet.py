"""The announcer's sheet on paper (DOCX): A4, large spoken text, written forms small in brackets, places to sign.

Layout: body and station above, then number, day and hour, kind, length; text in 16 pt at 1.5 lines; each sentence is a
paragraph of its own that Word keeps on one page, numbers do not break at a line's end; the woman's lines are upright,
the man's italic, both labelled in bold, so that a print without colour keeps them apart. Knows no database."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.shared import OxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from publishers.scripts.blocks import Block, BlockKind, Part, Sentence, Voice

#: Raised when the layout changes, so that kept files are made anew.
SHEET_LAYOUT = "2"
FONT = "Times New Roman"
TEXT_SIZE = Pt(16)
SMALL_SIZE = Pt(11)
HEAD_SIZE = Pt(13)
#: A spoken number of at most this many characters is kept on one line; a longer one would leave holes.
UNBROKEN = 45
NO_BREAK_SPACE = "\u00a0"
NO_BREAK_HYPHEN = "\u2011"
_UNBROKEN = str.maketrans({" ": NO_BREAK_SPACE, "-": NO_BREAK_HYPHEN})
GREY = RGBColor(0x44, 0x44, 0x44)
SIGNERS = ("Người biên tập", "Người đọc", "Người duyệt")
# What XML cannot carry; everything people write otherwise is text.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


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
    verify_address: str
    sha256: str


def make_sheet(head: SheetHead, blocks: Iterable[Block]) -> bytes:
    """Return the sheet as the bytes of a DOCX file."""
    document = Document()
    _page(document)
    _write_head(document, head)
    for block in blocks:
        if block.kind is BlockKind.CUE:
            _cue(document, block.cue)
        else:
            _turn(document, block)
    _write_foot(document)
    _write_proof(document, head)
    document.core_properties.title = _clean(head.title)
    document.core_properties.author = _clean(head.issuer)
    document.core_properties.language = "vi-VN"
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _page(document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    style = document.styles["Normal"]
    style.font.name = FONT
    style.font.size = TEXT_SIZE
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    style.element.get_or_add_rPr().append(language)
    _number_pages(section)


def _number_pages(section) -> None:
    """Page numbers at the top, none on the first page, as official papers have them."""
    section.different_first_page_header_footer = True
    line = section.header.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = line.add_run()
    run.font.size = HEAD_SIZE
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.set(qn("xml:space"), "preserve")
            mark.text = text
        run._r.append(mark)


def _write_head(document, head: SheetHead) -> None:
    _line(document, head.body.upper(), size=HEAD_SIZE)
    _line(document, head.station.upper(), size=HEAD_SIZE, bold=True)
    _line(document, "BẢN TIN PHÁT THANH", size=Pt(16), bold=True, centre=True, before=12)
    _line(document, head.title, size=Pt(15), bold=True, centre=True, after=6)
    facts = [
        f"Số: {head.number}",
        f"Phát: {head.on_air}",
        f"Khung giờ của đài: {head.windows}" if head.windows else "",
        f"Loại: {head.priority.lower()} · Thời lượng dự kiến: {head.length}",
        f"Cơ quan ban hành: {head.issuer} · {head.issued}",
    ]
    for fact in filter(None, facts):
        _line(document, fact, size=HEAD_SIZE, after=2)


def _cue(document, text: str) -> None:
    _line(document, f"[{text}]", size=HEAD_SIZE, bold=True, before=8, after=4, keep_with_next=True)


def _turn(document, block: Block) -> None:
    heading = f"{block.voice_label} – {block.label.lower()}:"
    _line(document, heading, size=HEAD_SIZE, bold=True, before=10, after=2, keep_with_next=True)
    for sentence in block.sentences:
        _sentence(document, sentence, italic=block.voice is Voice.MALE)


def _sentence(document, sentence: Sentence, italic: bool) -> None:
    paragraph = document.add_paragraph()
    form = paragraph.paragraph_format
    form.line_spacing = 1.5
    form.space_after = Pt(3)
    form.space_before = Pt(0)
    # No sentence is broken across pages.
    form.keep_together = True
    form.widow_control = True
    for number, breath in enumerate(sentence):
        if number:
            paragraph.add_run(" ")
        for part in breath:
            _part(paragraph, part, italic)


def _part(paragraph: Paragraph, part: Part, italic: bool) -> None:
    spoken = _clean(part.spoken)
    if part.written and len(spoken) <= UNBROKEN:
        spoken = spoken.translate(_UNBROKEN)
    if spoken:
        paragraph.add_run(spoken).italic = italic
    if part.written:
        written = _clean(part.written).strip("()").translate(_UNBROKEN)
        run = paragraph.add_run(f"{NO_BREAK_SPACE if spoken else ''}({written})")
        run.font.size = SMALL_SIZE
        run.font.color.rgb = GREY


def _write_proof(document, head: SheetHead) -> None:
    """At the foot of every page: where the sheet is verified, so that a loose page can be checked too."""
    section = document.sections[0]
    for footer in (section.first_page_footer, section.footer):
        line = footer.paragraphs[0]
        for text, size in (
            (f"Kiểm tra bản tin này tại: {head.verify_address}", SMALL_SIZE),
            (f"\nMã băm nội dung (SHA-256): {head.sha256}", Pt(8)),
        ):
            line.add_run(_clean(text)).font.size = size


def _write_foot(document) -> None:
    table = document.add_table(rows=1, cols=len(SIGNERS))
    table.autofit = True
    row = table.rows[0]
    _keep_row_whole(row)
    for cell, signer in zip(row.cells, SIGNERS, strict=True):
        first = cell.paragraphs[0]
        first.alignment = WD_ALIGN_PARAGRAPH.CENTER
        first.paragraph_format.space_before = Pt(14)
        run = first.add_run(signer)
        run.bold = True
        run.font.size = HEAD_SIZE
        below = cell.add_paragraph()
        below.alignment = WD_ALIGN_PARAGRAPH.CENTER
        below.paragraph_format.space_after = Pt(56)
        note = below.add_run("(ký, ghi rõ họ tên)")
        note.italic = True
        note.font.size = SMALL_SIZE


def _keep_row_whole(row) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))


def _line(
    document,
    text: str,
    *,
    size,
    bold: bool = False,
    centre: bool = False,
    before: int = 0,
    after: int = 0,
    keep_with_next: bool = False,
) -> None:
    paragraph = document.add_paragraph()
    form = paragraph.paragraph_format
    form.space_before, form.space_after = Pt(before), Pt(after)
    form.line_spacing = 1.0
    form.keep_with_next = keep_with_next
    form.keep_together = True
    if centre:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(_clean(text))
    run.bold = bold
    run.font.size = size


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub("", text)
