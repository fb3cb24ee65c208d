"""The sheet on paper: whole sentences, whole numbers, both voices told apart in black and white."""

from __future__ import annotations

import io

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt
from hypothesis import given, settings
from hypothesis import strategies as st

from publishers.scripts.blocks import Block, BlockKind, Part, Voice
from publishers.scripts.renderers.announcer_sheet import NO_BREAK_SPACE, SheetHead, make_sheet

HEAD = SheetHead(
    body="Ủy ban nhân dân xã Mẫu",
    station="Đài truyền thanh xã Mẫu",
    title="Nộp hồ sơ tại nhà",
    number="ABC, bản 1",
    on_air="05 giờ 30, thứ hai 23/11/2026",
    windows="05:30–06:00",
    priority="Thông thường",
    length="1 phút 10 giây",
    issuer="Sở Mẫu",
    issued="05:12, 23/11/2026",
    verify_address="https://lantoa.example/xac-minh/ABC",
    sha256="0" * 64,
)
PHONE = (Part("Gọi tổng đài "), Part("một tám không không, một không chín sáu", "18001096"), Part("."))
BLOCKS = (
    Block(BlockKind.CUE, cue="Nhạc hiệu, 10 giây"),
    Block(BlockKind.OPENING, Voice.FEMALE, (((Part("Đây là đài."),),),)),
    Block(BlockKind.CONTENT, Voice.MALE, ((PHONE,), ((Part("Xin cảm ơn,"),), (Part("và hẹn gặp lại."),)))),
)


def sheet(head: SheetHead = HEAD, blocks=BLOCKS):
    return Document(io.BytesIO(make_sheet(head, blocks)))


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
    text = "\n".join(row.text for row in sheet().paragraphs)
    for line in (
        "ỦY BAN NHÂN DÂN XÃ MẪU",
        "BẢN TIN PHÁT THANH",
        "Số: ABC, bản 1",
        "Phát: 05 giờ 30, thứ hai 23/11/2026",
        "Khung giờ của đài: 05:30–06:00",
        "Loại: thông thường · Thời lượng dự kiến: 1 phút 10 giây",
    ):
        assert line in text


def test_each_sentence_is_kept_on_one_page_and_headings_stay_with_it():
    document = sheet()
    for beginning in ("Đây là đài.", "Gọi tổng đài", "Xin cảm ơn, và hẹn gặp lại."):
        assert paragraph(document, beginning).paragraph_format.keep_together
    assert paragraph(document, "PTV nam – nội dung:").paragraph_format.keep_with_next


def test_number_does_not_break_and_its_written_form_is_small_in_brackets():
    runs = paragraph(sheet(), "Gọi tổng đài").runs
    spoken = "một tám không không, một không chín sáu".replace(" ", NO_BREAK_SPACE)
    assert [run.text for run in runs] == ["Gọi tổng đài ", spoken, f"{NO_BREAK_SPACE}(18001096)", "."]
    assert runs[2].font.size == Pt(11)


def test_voices_differ_without_colour():
    document = sheet()
    assert not paragraph(document, "Đây là đài.").runs[0].italic
    assert paragraph(document, "Gọi tổng đài").runs[0].italic


def test_three_people_sign():
    (table,) = sheet().tables
    assert [cell.text for cell in table.rows[0].cells] == [
        "Người biên tập\n(ký, ghi rõ họ tên)",
        "Người đọc\n(ký, ghi rõ họ tên)",
        "Người duyệt\n(ký, ghi rõ họ tên)",
    ]


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_gives_a_file_that_opens(title, spoken):
    head = SheetHead(
        **{field: getattr(HEAD, field) for field in HEAD.__slots__ if field != "title"}, title=title
    )
    block = Block(BlockKind.CONTENT, Voice.FEMALE, (((Part(spoken, title),),),))
    assert sheet(head, (block,)).tables
