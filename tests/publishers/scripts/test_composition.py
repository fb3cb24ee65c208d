"""A bulletin as an announcer gets it: running order, voices, breaths, every number said as it is written."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishers.scripts.blocks import Block, BlockKind, Keep, Part, Voice, from_json, spoken_text, to_json
from publishers.scripts.breaths import LONGEST, cut
from publishers.scripts.composition import (
    OnAir,
    Reading,
    Sheet,
    address_of,
    reading_of,
    stored_order,
    voice,
    weekday,
    write_out,
)
from publishers.scripts.hotlines import digits_of, hotlines_in, with_its_word
from publishers.scripts.local_wording import LocalValues, Place
from publishers.scripts.spoken import NORTHERN, SOUTHERN, Style, speak, syllables

STATION = OnAir("Đài truyền thanh xã Ia Grai", Place("xã Ia Grai", "xã"), date(2026, 11, 23))
TEXT = """Từ nay, nhiều thủ tục hành chính có thể làm ngay tại nhà.
Ai chưa quen, xin đến {{ten_trung_tam}}, từ {{gio_lam_viec}}.
Cần giúp đỡ, bà con gọi tổng đài {{tong_dai}}."""
LOCAL = LocalValues({"gio_lam_viec": "7h30 đến 17h00", "tong_dai": "18001096"})


def read(written: str) -> Reading:
    told = speak(written)
    marks = tuple((span.spoken_start, span.spoken_end, span.written) for span in told.spans)
    return reading_of(told.text, marks, syllables(told.text))


def compose(
    text: str = TEXT, title: str = "Nộp hồ sơ tại nhà", local: LocalValues = LOCAL, issuer: str = "Sở Mẫu"
):
    script = write_out(Sheet(title, text, issuer), STATION, local)
    assert script.held == ""
    return voice(script.pieces, {piece.written: read(piece.written) for piece in script.pieces})


GOLDEN = """Đây là Đài truyền thanh xã I-a Gờ-rai, phát thanh trên hệ thống loa của xã.

Kính chào bà con! Hôm nay là thứ hai, ngày hai mươi ba tháng mười một năm hai nghìn không trăm hai mươi sáu. \
Sau đây là bản tin: Nộp hồ sơ tại nhà.

Từ nay, nhiều thủ tục hành chính có thể làm ngay tại nhà.

Ai chưa quen, xin đến Trung tâm Phục vụ hành chính công xã I-a Gờ-rai, \
từ bảy giờ ba mươi phút đến mười bảy giờ.

Cần giúp đỡ, bà con gọi tổng đài một tám không không, một không chín sáu.

Xin nhắc lại: cần giúp đỡ, bà con gọi tổng đài một tám không không, một không chín sáu. \
Xin nhắc lại, tổng đài một tám không không, một không chín sáu.

Bản tin do Sở Mẫu cung cấp đến đây là hết. Cảm ơn bà con đã chú ý lắng nghe."""


def test_whole_bulletin_reads_as_it_should():
    assert spoken_text(compose()) == GOLDEN


def test_running_order_is_that_of_a_session():
    assert [block.kind for block in compose()] == [
        BlockKind.CUE,
        BlockKind.OPENING,
        BlockKind.GREETING,
        *[BlockKind.CONTENT] * 3,
        BlockKind.REMINDER,
        BlockKind.CLOSING,
        BlockKind.CUE,
    ]


def test_two_voices_take_turns_and_nobody_reads_the_music():
    voices = [block.voice for block in compose()]
    assert voices[0] == voices[-1] == Voice.NOBODY
    assert voices[1:-1] == [Voice.FEMALE, Voice.MALE] * 3 + [Voice.FEMALE]


def test_block_knows_written_and_spoken():
    block = compose()[4]
    assert block.written == (
        "Ai chưa quen, xin đến Trung tâm Phục vụ hành chính công xã Ia Grai, từ 7h30 đến 17h00."
    )
    assert block.spoken.endswith("từ bảy giờ ba mươi phút đến mười bảy giờ.")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Gọi 18001096.", ["một tám không không, một không chín sáu"]),
        (
            "Gọi 18001096 hoặc 0900.000.000.",
            [
                "một tám không không, một không chín sáu",
                "không chín không không, không không không, không không không",
            ],
        ),
    ],
)
def test_reminder_says_every_hotline_twice(text, numbers):
    reminder = next(block for block in compose(text) if block.kind is BlockKind.REMINDER)
    for number in numbers:
        assert reminder.spoken.count(number) == 2


def test_text_without_a_number_is_reminded_of_the_national_line():
    reminder = next(block for block in compose("Nộp hồ sơ tại nhà.") if block.kind is BlockKind.REMINDER)
    assert reminder.written.count("18001096") == 2


def test_without_any_number_the_subject_is_repeated():
    reminder = next(
        block for block in compose("Nộp tại nhà.", local=LocalValues()) if block.kind is BlockKind.REMINDER
    )
    assert reminder.spoken == "Xin nhắc lại nội dung chính: Nộp hồ sơ tại nhà."


def test_points_an_editor_marked_are_repeated_before_the_number():
    sheet = Sheet("Nộp hồ sơ tại nhà", TEXT, keeps=(Keep.ALWAYS, Keep.FIRST_TO_GO, Keep.ALWAYS))
    script = write_out(sheet, STATION, LOCAL)
    assert [piece.keep for piece in script.pieces if piece.kind is BlockKind.CONTENT] == [1, 5, 1]
    (reminder,) = [piece.written for piece in script.pieces if piece.kind is BlockKind.REMINDER]
    assert reminder == (
        "Xin nhắc lại nội dung chính: Từ nay, nhiều thủ tục hành chính có thể làm ngay tại nhà. "
        "Cần giúp đỡ, bà con gọi tổng đài 18001096. Xin nhắc lại, tổng đài 18001096."
    )


def test_marks_follow_their_paragraphs_when_one_before_them_falls_out():
    text = "Trung tâm mở cửa từ {{gio_lam_viec}}.\nNộp hồ sơ tại nhà.\nMiễn phí."
    script = write_out(Sheet("", text, keeps=(Keep.FIRST_TO_GO, Keep.ALWAYS)), STATION, LocalValues())
    content = [(piece.written, piece.keep) for piece in script.pieces if piece.kind is BlockKind.CONTENT]
    assert content == [("Nộp hồ sơ tại nhà.", Keep.ALWAYS), ("Miễn phí.", Keep.USUAL)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Có cháy, gọi 114.", ("114",)),
        ("Bà con gọi ngay số 113 hoặc tổng đài 1022.", ("113", "1022")),
        ("Đã có 115 người đăng ký.", ()),
        ("Bà con gọi 115 hộ lên họp.", ()),
        ("Gọi 18001096, khi cấp cứu gọi 115.", ("18001096", "115")),
        ("Gọi 1022 hoặc 113.", ("1022", "113")),
        ("Gọi 18001096 hoặc 1022.", ("18001096", "1022")),
        ("Đường dây nóng: 113. Hotline: 1022. Liên hệ 111.", ("113", "1022", "111")),
        ("Tổng đài 198, gọi 116.", ("198", "116")),
        ("Tổng đài nhận 150 cuộc, gọi 150 người.", ()),
    ],
)
def test_short_lines_count_where_the_text_says_they_are_lines(text, found):
    assert hotlines_in(text) == found


def test_short_line_is_named_by_what_it_is():
    assert [with_its_word(number) for number in ("113", "1022")] == [
        "số điện thoại 113",
        "tổng đài 1022",
    ]


DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
LINES = [
    *(str(number) for number in range(111, 120)),
    "101",
    "198",
    "1022",
    "1080",
    "1900 1234",
    "0269 382 4000",
]


@pytest.mark.parametrize("number", LINES)
@pytest.mark.parametrize("style", [NORTHERN, SOUTHERN, Style(phones="digits")])
def test_every_line_is_said_digit_by_digit_both_times(number, style):
    written = write_out(Sheet("Tin", f"Khi cần, bà con gọi tổng đài {number}."), STATION, LocalValues())
    (reminder,) = [piece.written for piece in written.pieces if piece.kind is BlockKind.REMINDER]
    said = speak(reminder, style=style)
    digits = " ".join(DIGITS[int(sign)] for sign in number if sign.isdigit())
    assert said.text.replace(",", "").count(digits) == 2, said.text
    assert not said.needs_editor


@pytest.mark.parametrize(
    ("value", "line"), [("1022", "1022"), (" 113 ", "113"), ("Tổng đài 1022, nhánh 2", "1022")]
)
def test_help_line_that_stands_alone_in_its_fact_is_read(value, line):
    script = write_out(Sheet("Tin", "Nộp tại nhà."), STATION, LocalValues({"tong_dai": value}))
    (reminder,) = [piece.written for piece in script.pieces if piece.kind is BlockKind.REMINDER]
    assert reminder.count(line) == 2


def test_expired_help_line_is_not_read():
    local = LocalValues({}, frozenset({"tong_dai"}))
    reminder = next(
        block for block in compose("Nộp tại nhà.", local=local) if block.kind is BlockKind.REMINDER
    )
    assert "tổng đài" not in reminder.spoken


def test_listeners_are_addressed_one_way_from_beginning_to_end():
    assert address_of("Mời quý vị nghe") == "quý vị"
    assert address_of("Mời quý vị và bà con nghe") == "bà con"
    spoken = spoken_text(compose("Mời quý vị gọi 18001096."))
    assert "bà con" not in spoken
    assert spoken.count("quý vị") == 4


def test_bulletin_without_title_or_issuer_is_still_whole():
    blocks = compose(title="", issuer="")
    assert blocks[2].spoken.endswith("hai nghìn không trăm hai mươi sáu.")
    assert blocks[-2].spoken == "Bản tin đến đây là hết. Cảm ơn bà con đã chú ý lắng nghe."


def test_place_nobody_can_fill_holds_everything():
    script = write_out(Sheet("", "Xin {{chao}}.", ""), STATION, LOCAL)
    assert (script.pieces, script.held[:41]) == ((), "Bản tin có chỗ cần điền mà hệ thống không")


@pytest.mark.parametrize(
    ("day", "name"),
    [(date(2026, 11, 23), "thứ hai"), (date(2026, 11, 28), "thứ bảy"), (date(2026, 11, 29), "chủ nhật")],
)
def test_weekday_is_named(day, name):
    assert weekday(day) == name


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Gọi 1800 1096 hoặc 18001096.", ("1800 1096",)),
        ("Gọi 19001010.", ("19001010",)),
        ("Gọi (0269) 3824 000.", ("(0269) 3824 000",)),
        ("Gọi 0900.000.000.", ("0900.000.000",)),
        ("Quyết định số 1588/QĐ-TTg ngày 17/12/2024", ()),
        ("Lệ phí 1.800.000 đồng, CCCD 001085012345", ()),
        ("Cần giúp, gọi 1900.55.88.92.", ("1900.55.88.92",)),
        ("Gọi 1900 55 88 92, 1800.59.99.20.", ("1900 55 88 92", "1800.59.99.20")),
        (
            "Gọi 0987.65.43.21, 0905 12 34 56, 09 8765 4322.",
            ("0987.65.43.21", "0905 12 34 56", "09 8765 4322"),
        ),
        ("Gọi +84 987 654 321 (0987654321).", ("+84 987 654 321",)),
        ("Gọi 02693.824.000 hoặc 0269 382 4001.", ("02693.824.000", "0269 382 4001")),
        ("Gọi 1900 1234 24 giờ mỗi ngày, 1800.1097 24/7.", ("1900 1234", "1800.1097")),
        ("Gọi 18001096 8 giờ đến 17 giờ.", ("18001096",)),
        ("Gọi 1800 1096 0900.000.000.", ("1800 1096", "0900.000.000")),
        ("Mã số thuế 0312345678-001, số 0312 345 678 901.", ()),
        ("Ngày 02.09.2026 08.30.", ()),
    ],
)
def test_telephone_numbers_are_told_from_other_numbers(text, found):
    assert hotlines_in(text) == found


def test_a_line_of_nothing_but_digits_is_searched_in_linear_time():
    for unit in ("090 ", "09.", "1800 ", "0 "):
        start = time.process_time()
        hotlines_in(unit * (200_000 // len(unit)))
        # A square would take minutes.
        assert time.process_time() - start < 10, unit


def test_number_is_said_after_its_word():
    assert with_its_word("18001096") == "tổng đài 18001096"
    assert with_its_word("0900.000.000") == "số điện thoại 0900.000.000"


def test_json_form_keeps_everything():
    blocks = compose()
    assert from_json(to_json(blocks)) == blocks


def test_stored_order_is_the_json_form_of_the_blocks():
    script = write_out(Sheet("Nộp hồ sơ", TEXT, "Sở Mẫu"), STATION, LOCAL)
    readings = {piece.written: read(piece.written) for piece in script.pieces}
    assert from_json(stored_order(script.pieces, readings)) == voice(script.pieces, readings)


def test_long_stretch_is_cut_before_a_connecting_word():
    text = (
        "Bà con có thể nộp hồ sơ đăng ký khai sinh liên thông cấp thẻ bảo hiểm y tế cho trẻ dưới sáu tuổi "
        "và theo dõi kết quả trên điện thoại."
    )
    (sentence,) = cut(text, ())
    breaths = ["".join(part.spoken for part in breath) for breath in sentence]
    assert [breath.split()[0] for breath in breaths] == ["Bà", "cho"]
    assert all(syllables(breath) <= LONGEST for breath in breaths)
    assert " ".join(breaths) == text


def test_number_is_never_cut_between_breaths():
    told = speak(
        "Bà con ở xa xin gọi số điện thoại đường dây nóng của tỉnh là 0900.000.000 trong giờ làm việc."
    )
    marks = tuple((span.spoken_start, span.spoken_end, span.written) for span in told.spans)
    parts = [part for sentence in cut(told.text, marks) for breath in sentence for part in breath]
    assert Part("không chín không không, không không không, không không không", "0900.000.000") in parts


@given(
    st.lists(
        st.sampled_from(
            ["bà con", "và", "nộp", "hồ sơ,", "tại nhà.", "Xin", "gọi;", "để", "biết!", "…", "thêm:"]
        ),
        min_size=1,
        max_size=60,
    ).map(" ".join)
)
def test_cutting_into_breaths_loses_and_adds_nothing(text):
    pieces = [part.spoken for sentence in cut(text, ()) for breath in sentence for part in breath]
    assert " ".join(" ".join(pieces).split()) == " ".join(text.split())


@given(
    st.lists(st.sampled_from(["bà con", "nộp hồ sơ", "tại nhà", "xin"]), min_size=1, max_size=30).map(
        ", ".join
    )
)
def test_breath_at_a_comma_is_short_enough(text):
    for sentence in cut(text + ".", ()):
        for breath in sentence:
            assert syllables("".join(part.spoken for part in breath)) <= LONGEST


def test_cue_is_written_but_not_spoken():
    cue = Block(BlockKind.CUE, cue="Nhạc kết")
    assert (cue.spoken, cue.written) == ("", "Nhạc kết")


@given(
    st.lists(st.text("0123456789", min_size=1, max_size=4), min_size=1, max_size=5), st.sampled_from(" .-")
)
def test_half_a_telephone_number_is_never_taken_for_a_whole_one(groups, separator):
    number = separator.join(["1900", *groups])
    found = hotlines_in(f"Bà con gọi {number}.")
    assert found in ((), (number,)) or separator == " "
    assert all(8 <= len(digits_of(each)) <= 10 for each in found)


def test_number_that_stands_in_the_title_only_is_said_twice_at_the_end_too():
    sheet = Sheet("Gọi tổng đài 18001096", "Nộp hồ sơ tại nhà.")
    pieces = write_out(
        sheet, OnAir("Đài", Place("xã Ia Grai", "xã"), date(2026, 11, 23)), LocalValues()
    ).pieces
    (told,) = [piece.written for piece in pieces if piece.kind is BlockKind.REMINDER]
    assert told.count("18001096") == 2


def reminded(first_paragraph: str) -> str:
    sheet = Sheet("Nộp hồ sơ tại nhà", f"{first_paragraph}\nGọi tổng đài 1022.", "Sở Mẫu", (Keep.ALWAYS,))
    pieces = write_out(sheet, STATION, LOCAL).pieces
    return next(piece.written for piece in pieces if piece.kind is BlockKind.REMINDER)


@pytest.mark.parametrize(
    "salutation",
    ["Kính thưa bà con!", "Kính thưa bà con, cô bác!", "Thưa toàn thể nhân dân trên địa bàn xã Ia Grai!"],
)
def test_reminder_begins_with_what_is_told_not_with_how_listeners_are_addressed(salutation):
    told = reminded(f"{salutation} Từ mai mất nước ở thôn Đoài. Bà con trữ nước.")
    assert told.startswith("Xin nhắc lại nội dung chính: Từ mai mất nước ở thôn Đoài.")


@pytest.mark.parametrize(
    "sentence",
    [
        "Thưa bà con, mai mất điện.",
        "Xin bà con trữ nước!",
        "Kính mời bà con đến họp thôn!",
        "Chào mừng Ngày Chuyển đổi số!",
    ],
)
def test_a_sentence_that_addresses_and_tells_is_reminded_whole(sentence):
    told = reminded(f"{sentence} Cán bộ thôn sẽ báo lại.")
    assert told.startswith(f"Xin nhắc lại nội dung chính: {sentence}")


def test_a_joining_word_goes_with_what_it_joins():
    told = speak("Giờ làm việc: 7h00–11h30 và 13h30–17h00, thứ 2 – thứ 6.")
    marks = [(span.spoken_start, span.spoken_end, span.written) for span in told.spans]
    ends = [breath[-1].spoken.split()[-1] for sentence in cut(told.text, marks) for breath in sentence]
    assert "và" not in ends


def test_days_of_the_week_stand_in_brackets_as_they_were_written():
    told = speak("Làm việc thứ 2 – thứ 6.")
    marks = [(span.spoken_start, span.spoken_end, span.written) for span in told.spans]
    parts = [part for sentence in cut(told.text, marks) for breath in sentence for part in breath]
    assert Part("thứ hai đến thứ sáu", "thứ 2 – thứ 6") in parts


@pytest.mark.parametrize(
    ("part", "shown"),
    [
        (Part("hai", "2"), ""),
        (Part("một", "/"), ""),
        (Part("mười hai", "12"), "12"),
        (Part("ô tê pê", "OTP"), "OTP"),
        (Part("bà con"), ""),
    ],
)
def test_brackets_hold_only_what_an_approver_has_to_check(part, shown):
    assert part.shown == shown


@pytest.mark.parametrize(
    "beginning",
    [
        "Kính thưa bà con, cô bác! Từ mai mất nước.",
        "Kính thưa bà con, từ mai mất nước.",
        "Xin chào các bác. Mai mất nước.",
    ],
)
def test_text_that_greets_by_itself_is_not_greeted_twice_but_the_day_and_the_subject_are_said(beginning):
    (greeting,) = [block for block in compose(f"{beginning}\nGọi 1022.") if block.kind is BlockKind.GREETING]
    assert greeting.spoken == (
        "Hôm nay là thứ hai, ngày hai mươi ba tháng mười một năm hai nghìn không trăm hai mươi sáu. "
        "Sau đây là bản tin: Nộp hồ sơ tại nhà."
    )


@pytest.mark.parametrize(
    "beginning",
    [
        "Chào mừng Ngày Chuyển đổi số, xã mở hội.",
        "Chào cờ đầu tuần ở trường học.",
        "Bà con chú ý!",
        "Kính gửi Ủy ban nhân dân xã.",
        "Thưa",
    ],
)
def test_text_that_greets_nobody_is_greeted(beginning):
    (greeting,) = [block for block in compose(f"{beginning}\nGọi 1022.") if block.kind is BlockKind.GREETING]
    assert greeting.spoken.startswith("Kính chào bà con! Hôm nay là")
