"""The announcer's sheet on paper (DOCX): A4, large spoken text, written forms small in brackets, places to sign.

Layout: body and station above with a QR code beside them, then number, day and hour, kind, length; text in 16 pt at
1.5 lines; each sentence is a paragraph of its own that Word keeps on one page; the woman's lines are upright, the man's
italic, both labelled in bold, so that a print without colour keeps them apart. Says what a sheet looks like;
`sheet_press` prints many of them. Knows no database."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import UTC

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.shared import OxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from cms.core.steady_zip import SteadyZip, pack
from cms.core.verify_mark import ALTERNATIVE, verify_mark
from publishers.scripts.blocks import Block
from publishers.scripts.renderers.sheet_layout import (
    SCAN,
    SIGN_HERE,
    SIGNERS,
    Line,
    LineKind,
    Run,
    RunStyle,
    SheetHead,
    foot_texts,
    sheet_lines,
    tidy,
)

FONT = "Times New Roman"
TEXT_SIZE = Pt(16)
SMALL_SIZE = Pt(11)
HEAD_SIZE = Pt(13)
MARK_WIDTH = Mm(24)
_UNREAD = frozenset({"thumbnail", "stylesWithEffects", "customXml"})
GREY = RGBColor(0x44, 0x44, 0x44)
#: Breath marks are seen by who looks for them and read by nobody.
LIGHT = RGBColor(0x8C, 0x8C, 0x8C)
#: Size, bold, centred, points before and after; sentences are set apart from all of them.
_LOOK = {
    LineKind.HEADING: (Pt(16), True, True, 10, 2),
    LineKind.TITLE: (Pt(15), True, True, 0, 6),
    LineKind.FACT: (HEAD_SIZE, False, False, 0, 2),
    LineKind.CUE: (HEAD_SIZE, True, False, 8, 4),
    LineKind.TURN: (HEAD_SIZE, True, False, 10, 2),
}


def make_sheet(head: SheetHead, blocks: Iterable[Block]) -> bytes:
    """Return the sheet as the bytes of a DOCX file: the same bytes for the same sheet."""
    return saved(build_sheet(head, sheet_lines(head, blocks)))


def build_sheet(head: SheetHead, lines: Iterable[Line]):
    """Return the sheet as a python-docx document."""
    document = Document()
    _drop_what_nobody_reads(document)
    _page(document)
    _write_head(document, head)
    for line in lines:
        write_line(document, line)
    _write_foot(document)
    _write_proof(document, head)
    properties = document.core_properties
    properties.title, properties.author = tidy(head.title), tidy(head.issuer)
    properties.language = "vi-VN"
    properties.comments = ""
    properties.created = properties.modified = head.issued_at.astimezone(UTC).replace(tzinfo=None)
    return document


def _drop_what_nobody_reads(document) -> None:
    """python-docx starts from a file with a picture of itself, a second style table and an empty bibliography: 16 KB."""
    for holder in (document.part.package, document.part):
        for key, relation in list(holder.rels.items()):
            if relation.reltype.rsplit("/", 1)[-1] in _UNREAD:
                del holder.rels[key]


def saved(document) -> bytes:
    """Return the file of a document with the times of packing taken out."""
    made = io.BytesIO()
    document.save(made)
    target = io.BytesIO()
    with zipfile.ZipFile(made) as parts, SteadyZip(target) as steady:
        for name in parts.namelist():
            steady.add(name, pack(parts.read(name)))
    return target.getvalue()


def write_line(container, line: Line) -> Paragraph:
    """Write one line at the end of a document or cell."""
    paragraph = container.add_paragraph()
    form = paragraph.paragraph_format
    # No sentence is broken across pages.
    form.keep_together = True
    if line.kind in (LineKind.SENTENCE, LineKind.LAST_SENTENCE):
        form.keep_with_next = line.kind is LineKind.LAST_SENTENCE or None
        form.line_spacing = 1.5
        form.space_before, form.space_after = Pt(0), Pt(3)
        form.widow_control = True
        for run in line.runs:
            _write_run(paragraph, run, None, None)
        return paragraph
    size, bold, centred, before, after = _LOOK[line.kind]
    form.line_spacing = 1.0
    form.space_before, form.space_after = Pt(before), Pt(after)
    form.keep_with_next = line.kind in (LineKind.CUE, LineKind.TURN)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for run in line.runs:
        _write_run(paragraph, run, size, bold)
    return paragraph


def _write_run(paragraph: Paragraph, run: Run, size, bold) -> None:
    made = paragraph.add_run(run.text)
    if bold is not None:
        made.bold = bold
    if run.style is RunStyle.ITALIC:
        made.italic = True
    if run.style is RunStyle.WRITTEN:
        made.font.size, made.font.color.rgb = SMALL_SIZE, GREY
    elif run.style is RunStyle.BREATH:
        made.font.color.rgb = LIGHT
    elif size is not None:
        made.font.size = size
    if run.family:
        properties = made._r.get_or_add_rPr()
        _name_font(properties.get_or_add_rFonts(), run.family)
        _size_other_scripts(properties)


def _name_font(fonts, family: str) -> None:
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), family)


def _size_other_scripts(properties) -> None:
    """Word keeps a size of its own for scripts like Khmer: give it the size of the letters around."""
    size = properties.find(qn("w:sz"))
    if size is not None:
        other = OxmlElement("w:szCs")
        other.set(qn("w:val"), size.get(qn("w:val")))
        size.addnext(other)


def _page(document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    section.header_distance = section.footer_distance = Mm(9)
    style = document.styles["Normal"]
    style.font.name = FONT
    style.font.size = TEXT_SIZE
    style.font.color.rgb = RGBColor(0, 0, 0)
    _name_font(style.element.get_or_add_rPr().get_or_add_rFonts(), FONT)
    _size_other_scripts(style.element.get_or_add_rPr())
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
    """Body and station at the left; at the right the QR code that leads to the verify page."""
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    _keep_row_whole(table.rows[0])
    names, proof = table.rows[0].cells
    for number, width in enumerate((Mm(122), Mm(38))):
        # Word looks at the cells, LibreOffice at the grid.
        table.columns[number].width = table.rows[0].cells[number].width = width
    _small_line(names.paragraphs[0], tidy(head.body).upper(), HEAD_SIZE)
    _small_line(names.add_paragraph(), tidy(head.station).upper(), HEAD_SIZE, bold=True)
    picture = _small_line(proof.paragraphs[0], "", HEAD_SIZE, centre=True)
    drawn = picture.add_run().add_picture(
        io.BytesIO(verify_mark(tidy(head.verify_address))), width=MARK_WIDTH
    )
    drawn._inline.docPr.set("descr", ALTERNATIVE)
    _small_line(proof.add_paragraph(), SCAN, Pt(9), centre=True)


def _write_foot(document) -> None:
    table = document.add_table(rows=1, cols=len(SIGNERS))
    table.autofit = True
    row = table.rows[0]
    _keep_row_whole(row)
    for cell, signer in zip(row.cells, SIGNERS, strict=True):
        first = _small_line(cell.paragraphs[0], signer, HEAD_SIZE, bold=True, centre=True)
        first.paragraph_format.space_before = Pt(14)
        below = _small_line(cell.add_paragraph(), SIGN_HERE, SMALL_SIZE, centre=True)
        below.runs[0].italic = True
        below.paragraph_format.space_after = Pt(56)


def _write_proof(document, head: SheetHead) -> None:
    section = document.sections[0]
    for footer in (section.first_page_footer, section.footer):
        line = footer.paragraphs[0]
        where, digest = foot_texts(head)
        line.add_run(where).font.size = SMALL_SIZE
        line.add_run().add_break()
        line.add_run(digest).font.size = Pt(8)


def _keep_row_whole(row) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _small_line(
    paragraph: Paragraph, text: str, size, *, bold: bool = False, centre: bool = False
) -> Paragraph:
    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing = 1.0
    if centre:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if text:
        run = paragraph.add_run(text)
        run.bold, run.font.size = bold, size
    return paragraph
