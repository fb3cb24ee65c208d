"""Filling what differs per station: nothing is ever an empty string."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishers.scripts.local_wording import (
    LocalValues,
    Place,
    fill_in,
    paragraphs_of,
    place_in_text,
    sentences_of,
    unfillable,
)

IA_GRAI = Place("xã Ia Grai", "xã")


@pytest.mark.parametrize(
    ("full", "name", "kind"),
    [
        ("Xã Ia Grai", "xã Ia Grai", "xã"),
        ("Phường Quy Nhơn", "phường Quy Nhơn", "phường"),
        ("Đặc khu Phú Quốc", "đặc khu Phú Quốc", "đặc khu"),
        ("Đảo", "Đảo", "địa phương"),
    ],
)
def test_place_is_named_as_inside_a_sentence(full, name, kind):
    assert place_in_text(full) == Place(name, kind)


def test_centre_without_a_fact_is_named_from_the_map():
    filled = fill_in(paragraphs_of("Mời đến {{ten_trung_tam}}."), IA_GRAI, LocalValues())
    assert filled.paragraphs == (("Mời đến Trung tâm Phục vụ hành chính công xã Ia Grai.",),)
    assert filled.notes == ()


def test_fact_covers_the_generic_wording():
    filled = fill_in(
        paragraphs_of("Mời đến {{ten_trung_tam}}."),
        IA_GRAI,
        LocalValues({"ten_trung_tam": "Trung tâm số 2."}),
    )
    assert filled.paragraphs == (("Mời đến Trung tâm số 2.",),)


def test_missing_optional_value_takes_its_sentence_only():
    text = "Nộp tại nhà. Giờ làm việc: {{gio_lam_viec}}. Không thu tiền.\nĐịa chỉ: {{dia_chi_trung_tam}}."
    filled = fill_in(paragraphs_of(text), IA_GRAI, LocalValues())
    assert filled.paragraphs == (("Nộp tại nhà.", "Không thu tiền."),)
    assert filled.notes == (
        "Đã bỏ câu “Giờ làm việc: (giờ làm việc).” vì xã Ia Grai chưa có dữ kiện: giờ làm việc.",
        "Đã bỏ câu “Địa chỉ: (địa chỉ Trung tâm Phục vụ hành chính công).” vì xã Ia Grai chưa có dữ kiện: "
        "địa chỉ Trung tâm Phục vụ hành chính công.",
    )


def test_missing_required_value_holds_the_station():
    filled = fill_in(paragraphs_of("Nộp tại nhà. Gọi {{tong_dai}}."), IA_GRAI, LocalValues())
    assert filled.paragraphs == ()
    assert filled.held == (
        "Thiếu dữ kiện bắt buộc cho xã Ia Grai: tổng đài hỗ trợ dịch vụ công. Vui lòng bổ sung dữ kiện."
    )


def test_expired_value_holds_even_where_it_is_optional():
    local = LocalValues(expired=frozenset({"gio_lam_viec"}))
    filled = fill_in(paragraphs_of("Giờ làm việc: {{gio_lam_viec}}."), IA_GRAI, local)
    assert filled.held.startswith("Dữ kiện đã hết hiệu lực ở xã Ia Grai: giờ làm việc.")


def test_text_of_which_nothing_is_left_is_held():
    filled = fill_in(paragraphs_of("Giờ làm việc: {{gio_lam_viec}}."), IA_GRAI, LocalValues())
    assert filled.held == "Không còn câu nào để đọc ở xã Ia Grai vì thiếu dữ kiện địa phương."


def test_blank_value_is_no_value():
    filled = fill_in(
        paragraphs_of("Xin chào. Giờ: {{gio_lam_viec}}."), IA_GRAI, LocalValues({"gio_lam_viec": " . "})
    )
    assert filled.paragraphs == (("Xin chào.",),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Xin gọi {{tong_dai}}.", ""),
        ("Xin {{chao}}.", "Bản tin có chỗ cần điền mà hệ thống không biết: {{chao}}."),
        ("Xin {{ten_dai.", "Bản tin có dấu ngoặc nhọn bị lẻ, không rõ chỗ cần điền là gì."),
    ],
)
def test_place_nobody_can_fill_is_said(text, expected):
    assert unfillable(text) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Một. Hai! Ba? Bốn", ("Một.", "Hai!", "Ba?", "Bốn")),
        ("Ở TP. Hồ Chí Minh có. Ở Q. 1 cũng có.", ("Ở TP. Hồ Chí Minh có.", "Ở Q. 1 cũng có.")),
        (
            "Phí 1.200.000 đồng. Xem dichvucong.gov.vn nhé.",
            ("Phí 1.200.000 đồng.", "Xem dichvucong.gov.vn nhé."),
        ),
        ("Hết. {{ten_dai}} xin chào.", ("Hết.", "{{ten_dai}} xin chào.")),
        ("Ông nói: “Tốt.” Bà cười.", ("Ông nói: “Tốt.”", "Bà cười.")),
    ],
)
def test_sentences_end_where_they_end(line, expected):
    assert sentences_of(line) == expected


@given(st.text(max_size=200))
def test_cutting_into_sentences_loses_no_word(text):
    words = [word for row in paragraphs_of(text) for sentence in row for word in sentence.split()]
    assert words == text.split()
