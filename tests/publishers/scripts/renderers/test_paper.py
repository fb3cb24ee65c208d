"""PDF: what is on the page, that nothing is cut, and that no letter is printed as an empty box."""

from __future__ import annotations

import io
import os
from dataclasses import replace

import pytest
import typst
from docx import Document
from docx.oxml.ns import qn
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from cms.core import paper
from cms.core.paper import LettersMissing, page_count
from publishers.scripts.blocks import Block, BlockKind, Part, Voice
from publishers.scripts.renderers.announcer_pdf import sheet_pdf
from publishers.scripts.renderers.leader_page import leader_page
from publishers.scripts.renderers.sheet_press import press_sheet
from tests.publishers.scripts.renderers.empty_boxes import pages_with_boxes
from tests.publishers.scripts.renderers.golden import same_as_golden
from tests.publishers.scripts.renderers.languages import SAMPLES
from tests.publishers.scripts.renderers.sample import BLOCKS, HEAD

#: The last private letter of Unicode: no font draws it.
NOBODYS_LETTER = "\U0010fffd"


def pages(pdf: bytes) -> list[str]:
    return [page.extract_text().replace("\u00a0", " ") for page in PdfReader(io.BytesIO(pdf)).pages]


def one_line(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def need_fonts(family: str) -> None:
    """Skip where the fonts are not installed; where everything must be tried, that is a failure."""
    if family and family not in paper.families():
        told = f"phông {family} chưa có: cài gói fonts-noto-core"
        pytest.fail(told) if os.environ.get("LANTOA_TEST_ALL") else pytest.skip(told)


def saying(words: str, times: int = 1) -> tuple[Block, ...]:
    return (Block(BlockKind.CONTENT, Voice.FEMALE, ((((Part(words),)),),) * times),)


def test_sheet_says_everything_and_is_as_kept():
    made = sheet_pdf(HEAD, BLOCKS)
    assert made == sheet_pdf(HEAD, BLOCKS)
    text = pages(made)
    same_as_golden("phieu-doc.pdf.txt", "\n\f\n".join(text))
    first = one_line(text[0])
    for words in (
        "ỦY BAN NHÂN DÂN XÃ IA GRAI",
        "BẢN TIN PHÁT THANH số 7KXMPQRTWA, bản 1",
        "Quét để kiểm tra",
        "PTV nam – nhắc lại:",
        "một tám không không, một không chín sáu (18001096)",
    ):
        assert words in first
    assert all(HEAD.verify_address in page and HEAD.sha256 in page for page in text)
    reader = PdfReader(io.BytesIO(made))
    assert (reader.metadata.title, reader.metadata.author) == ("Nộp hồ sơ tại nhà", "Sở Mẫu")
    assert {round(float(page.mediabox.width)) for page in reader.pages} == {595}


def test_breath_groups_are_marked_lightly_and_the_mark_is_explained():
    for made in (sheet_pdf(HEAD, BLOCKS), leader_page(HEAD, BLOCKS)):
        text = one_line(" ".join(pages(made)))
        assert text.count(" / ") == 3
        assert "có thể làm ngay tại nhà, / không phải đi lại nhiều lần." in text
        assert "Dấu / nhạt trong bài: chỗ ngắt hơi, không đọc." in text
    document = Document(io.BytesIO(press_sheet(HEAD, BLOCKS)))
    marks = [run for row in document.paragraphs for run in row.runs if run.text == "\u00a0/ "]
    assert [str(run.font.color.rgb) for run in marks] == ["8C8C8C", "8C8C8C"]
    # Where nobody has to be told, nothing is said.
    assert "ngắt hơi" not in one_line(pages(sheet_pdf(HEAD, saying("Kính chào bà con.")))[0])


def test_no_sentence_is_cut_by_the_end_of_a_page():
    # Twelve lines each: on no page is there room for a whole number of them.
    sentence = " ".join(f"câu {number} tiếng" for number in range(60)) + "."
    text = [one_line(page) for page in pages(sheet_pdf(HEAD, saying(sentence, 7)))]
    assert len(text) >= 4
    assert sum(page.count("câu 0 tiếng") for page in text) == 7
    assert all(page.count("câu 0 tiếng") == page.count("câu 59 tiếng.") for page in text)


def test_text_goes_in_as_data_and_never_as_source():
    words = '#panic("x") #read("/etc/passwd") $x$ *đậm* <nhãn> \\ "'
    text = one_line(pages(sheet_pdf(replace(HEAD, title=words), saying(words)))[0])
    assert text.count(one_line(words)) == 2


def test_leader_page_is_one_page_as_large_as_fits():
    made = leader_page(HEAD, BLOCKS)
    assert page_count(made) == 1
    text = one_line(pages(made)[0])
    same_as_golden("ban-doc-truong-thon.pdf.txt", pages(made)[0])
    assert "Bản này dài" not in text
    assert "bà con gọi tổng đài một tám không không, một không chín sáu (18001096)" in text
    # What only the station says is not for a village.
    assert "Đây là Đài" not in text
    assert "đến đây là hết" not in text
    assert "PTV" not in text


def test_leader_page_moves_its_lines_closer_before_it_takes_a_second_page():
    (text,) = pages(leader_page(HEAD, BLOCKS[3:4] * 8))
    assert "Bản này dài" not in one_line(text)


@pytest.mark.parametrize("paragraphs", [0, 1, 4, 7])
def test_places_to_sign_never_stand_on_a_page_without_a_word_of_the_text(paragraphs):
    blocks = (*BLOCKS[:3], *BLOCKS[3:4] * paragraphs, *BLOCKS[4:])
    last = one_line(pages(sheet_pdf(HEAD, blocks))[-1])
    assert "Người duyệt" in last
    assert "Bản tin do Sở Mẫu cung cấp đến đây là hết." in last


def test_leader_page_that_cannot_be_one_page_says_so():
    text = pages(leader_page(HEAD, BLOCKS[3:4] * 14))
    assert len(text) == 2
    assert "Bản này dài 2 trang, vui lòng in và đọc đủ 2 trang." in one_line(text[0])


@pytest.mark.parametrize(("name", "words", "family"), SAMPLES, ids=[row[0] for row in SAMPLES])
def test_every_language_comes_out_without_an_empty_box(name, words, family):
    need_fonts(family)
    made = sheet_pdf(HEAD, saying(f"{words}."))
    assert pages_with_boxes(made) == []
    reader = PdfReader(io.BytesIO(made))
    used = {str(font.get_object()["/BaseFont"]) for font in reader.pages[0]["/Resources"]["/Font"].values()}
    wanted = family.replace(" ", "")
    assert not family or any(wanted in font for font in used)


@pytest.mark.parametrize(("name", "words", "family"), [row for row in SAMPLES if row[2]], ids=lambda row: "")
def test_word_is_told_a_font_that_has_every_letter(name, words, family):
    need_fonts(family)
    document = Document(io.BytesIO(press_sheet(HEAD, saying(f"{words}."))))
    runs = [run for row in document.paragraphs for run in row.runs if run.font.name == family]
    assert "".join(run.text for run in runs) == words
    for run in runs:
        assert run._r.rPr.rFonts.get(qn("w:cs")) == family
    (file, *_) = [font.path for font in typst.Fonts().fonts() if font.family == family]
    letters = TTFont(file).getBestCmap()
    assert [letter for letter in words if ord(letter) not in letters] == []


def test_an_empty_box_would_be_seen():
    boxed = typst.compile(b'#set text(font: "Libertinus Serif", fallback: false)\nB\u{1780}')
    assert pages_with_boxes(boxed) == [1]


def test_a_letter_nobody_has_is_refused_and_not_printed_as_a_box():
    with pytest.raises(LettersMissing) as refused:
        sheet_pdf(HEAD, saying(f"Bà con {NOBODYS_LETTER}."))
    assert f"Ký hiệu “{NOBODYS_LETTER}” không có hình" in refused.value.sentence
    assert "fonts-noto-core" in refused.value.sentence


def test_a_machine_without_the_fonts_says_which_are_missing(monkeypatch):
    monkeypatch.setattr(paper, "families", lambda: frozenset({paper.TEXT_FONT}))
    with pytest.raises(LettersMissing, match=r"phông chữ Khmer, Chăm .*gói fonts-noto-core"):
        sheet_pdf(HEAD, saying(f"{SAMPLES[0][1]} {SAMPLES[1][1]}"))
    assert page_count(sheet_pdf(HEAD, BLOCKS)) >= 1
