"""The sheet on paper: whole sentences, whole numbers, both voices told apart in black and white."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt
from hypothesis import given, settings
from hypothesis import strategies as st

from publishers.scripts.blocks import Block, BlockKind, Part, Voice
from publishers.scripts.renderers.announcer_sheet import make_sheet
from publishers.scripts.renderers.sheet_layout import NO_BREAK_SPACE, SheetHead, unbroken, with_whole_names
from publishers.scripts.renderers.sheet_press import press_sheet
from tests.publishers.scripts.renderers.golden import same_as_golden
from tests.publishers.scripts.renderers.sample import BLOCKS, HEAD

KHMER = "សួស្តី"


def sheet(head: SheetHead = HEAD, blocks=BLOCKS):
    return Document(io.BytesIO(press_sheet(head, blocks)))


def paragraph(document, beginning: str):
    return next(row for row in document.paragraphs if row.text.startswith(beginning))


def test_page_is_a4_in_times_new_roman_sixteen():
    document = sheet()
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert document.styles["Normal"].font.size == Pt(16)
    fonts = document.styles["Normal"].element.rPr.rFonts
    assert {fonts.get(qn(f"w:{part}")) for part in ("ascii", "hAnsi", "cs", "eastAsia")} == {
        "Times New Roman"
    }


def test_head_says_body_number_hour_kind_and_length():
    document = sheet()
    head = document.tables[0].rows[0].cells
    assert head[0].text == "ỦY BAN NHÂN DÂN XÃ IA GRAI\nĐÀI TRUYỀN THANH XÃ IA GRAI"
    assert head[1].text.strip() == "Quét để kiểm tra"
    text = "\n".join(row.text for row in document.paragraphs).replace(NO_BREAK_SPACE, " ")
    for line in (
        "BẢN TIN PHÁT THANH số 7KXMPQRTWA, bản 1",
        "Phát: 05 giờ 30, thứ hai 23/11/2026",
        "Khung giờ của đài: 05:30–06:00; 17:00–17:30",
        "Loại: thông thường · Thời lượng dự kiến: 1 phút 10 giây",
        "Cơ quan ban hành: Sở Mẫu · 05:12, 23/11/2026",
    ):
        assert line in text
    assert "giọng máy" not in text


def test_a_machine_made_voice_is_said_on_the_sheet():
    text = "\n".join(
        row.text for row in sheet(replace(HEAD, voice_note="Bản âm thanh do giọng máy đọc.")).paragraphs
    )
    assert "Bản âm thanh do giọng máy đọc." in text


def test_every_page_says_where_it_is_verified():
    section = sheet().sections[0]
    for footer in (section.first_page_footer, section.footer):
        text = "\n".join(row.text for row in footer.paragraphs)
        assert "Kiểm tra bản tin này tại: https://lantoa.example/xac-minh/7KXMPQRTWA" in text
        assert HEAD.sha256 in text


def test_each_sentence_is_kept_on_one_page_and_headings_stay_with_it():
    document = sheet()
    for beginning in ("Đây là", "Kính chào", "Từ nay, nhiều thủ tục"):
        assert paragraph(document, beginning).paragraph_format.keep_together
    assert paragraph(document, "PTV nam – nhắc lại:").paragraph_format.keep_with_next


def test_number_does_not_break_and_its_written_form_is_small_in_brackets():
    runs = paragraph(sheet(), "Xin nhắc lại: cần").runs
    spoken = "một tám không không, một không chín sáu".replace(" ", NO_BREAK_SPACE)
    assert [run.text for run in runs[1:]] == [spoken, f"{NO_BREAK_SPACE}(18001096)", "."]
    assert runs[2].font.size == Pt(11)


def test_a_number_too_long_for_one_line_breaks_behind_a_comma_only():
    long = "không chín tám bảy, sáu năm bốn, ba hai một, không không một"
    assert len(long) > 45
    assert unbroken(long).replace(NO_BREAK_SPACE, "_") == (
        "không_chín_tám_bảy, sáu_năm_bốn, ba_hai_một, không_không_một"
    )


def test_names_stay_on_one_line_and_ordinary_words_do_not():
    told = with_whole_names("bà con đến xã Ia Grai gặp Ủy ban nhân dân, đi Cao Bằng").replace(
        NO_BREAK_SPACE, "_"
    )
    assert told == "bà con đến xã Ia_Grai gặp Ủy ban nhân dân, đi Cao_Bằng"


def test_voices_differ_without_colour():
    document = sheet()
    assert not paragraph(document, "Từ nay").runs[0].italic
    assert paragraph(document, "Kính chào").runs[0].italic
    assert paragraph(document, "PTV nam").runs[0].bold


def test_three_people_sign():
    table = sheet().tables[-1]
    assert [cell.text for cell in table.rows[0].cells] == [
        "Người biên tập\n(ký, ghi rõ họ tên)",
        "Người đọc\n(ký, ghi rõ họ tên)",
        "Người duyệt\n(ký, ghi rõ họ tên)",
    ]


def test_letters_of_another_script_name_the_font_that_carries_them():
    block = Block(BlockKind.CONTENT, Voice.FEMALE, (((Part(f"Xin chào {KHMER} bà con."),),),))
    runs = paragraph(sheet(HEAD, (block,)), "Xin chào").runs
    assert [(run.text, run.font.name) for run in runs] == [
        ("Xin chào ", None), (KHMER, "Noto Serif Khmer"), (" bà con.", None),
    ]  # fmt: skip
    assert runs[1]._r.rPr.rFonts.get(qn("w:cs")) == "Noto Serif Khmer"


def test_same_sheet_is_the_same_bytes_and_the_text_is_as_kept():
    content = press_sheet(HEAD, BLOCKS)
    assert content == press_sheet(HEAD, BLOCKS)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert parts.testzip() is None
        assert {info.date_time for info in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        same_as_golden("phieu-doc.document.xml", parts.read("word/document.xml"))


def test_pressed_sheet_is_byte_for_byte_the_one_that_python_docx_builds():
    assert press_sheet(HEAD, BLOCKS) == make_sheet(HEAD, BLOCKS)


words = st.text(max_size=60)


@settings(max_examples=15, deadline=None)
@given(words, words, words, st.sampled_from(["", f" {KHMER} ", "ꨀꨁ ꪀꪁ", "<w:p/> & “ ”"]))
def test_any_text_gives_a_file_that_opens_and_both_ways_of_making_it_agree(title, spoken, issuer, other):
    head = replace(HEAD, title=title + other, issuer=issuer)
    block = Block(BlockKind.CONTENT, Voice.MALE, (((Part(spoken + other, title), Part(other)),),))
    assert sheet(head, (block,)).tables
    assert press_sheet(head, (block,)) == make_sheet(head, (block,))
