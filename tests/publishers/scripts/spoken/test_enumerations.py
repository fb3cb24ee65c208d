"""Numbers written one after the other without a blank: a list where a name or a second comma says so, else a decimal."""

import pytest

from publishers.scripts.spoken import speak
from publishers.scripts.spoken.values import Date, Series
from tests.publishers.scripts.spoken.unflagged import said


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("tiêm thứ 2,4,6 hằng tuần", "tiêm thứ hai, tư, sáu hằng tuần"),
        ("mở cửa thứ 3,5", "mở cửa thứ ba, năm"),
        ("tổ 1,2,3 nộp ngày 5; tổ 4,5 nộp ngày 6,7", "tổ một, hai, ba nộp ngày mùng năm; tổ bốn, năm nộp ngày mùng sáu, mùng bảy"),
        ("dịch vụ công mức độ 3,4", "dịch vụ công mức độ ba, bốn"),
        ("gió cấp 6,7, giật cấp 8,9", "gió cấp sáu, bảy, giật cấp tám, chín"),
        ("ngày 6,7 tháng 12", "ngày mùng sáu, mùng bảy tháng mười hai"),
        ("tháng 3,4 năm 2026", "tháng ba, tư năm hai nghìn không trăm hai mươi sáu"),
        ("các tổ 1,2 và 4,5 họp", "các tổ một, hai và bốn, năm họp"),
        ("khối 10,11,12 nghỉ", "khối mười, mười một, mười hai nghỉ"),
        ("phòng 101,102 đóng cửa", "phòng một trăm linh một, một trăm linh hai đóng cửa"),
        ("phát lúc 5,11,17h", "phát lúc năm giờ, mười một giờ, mười bảy giờ"),
    ],
)  # fmt: skip
def test_what_is_named_by_its_number_has_no_tenths(written: str, spoken: str) -> None:
    assert said(written) == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("mỗi tháng 4,5 kg", "mỗi tháng bốn phẩy năm ki-lô-gam"),
        ("câu 2,5 điểm", "câu hai phẩy năm điểm"),
        ("cấp 1,2 tỷ đồng", "cấp một phẩy hai tỷ đồng"),
        ("đợt 1,2 triệu liều", "đợt một phẩy hai triệu liều"),
        ("lớp 1,5cm", "lớp một phẩy năm xăng-ti-mét"),
        ("nhóm 0,5 kg", "nhóm không phẩy năm ki-lô-gam"),
        ("điểm 8,5", "điểm tám phẩy năm"),
        ("làm 5,5h mỗi ngày", "làm năm phẩy năm giờ mỗi ngày"),
        ("giá 12,500,000 đồng", "giá mười hai triệu năm trăm nghìn đồng"),
        ("dân số 1,234,567 người", "dân số một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy người"),
    ],
)  # fmt: skip
def test_a_quantity_keeps_its_decimal_comma(written: str, spoken: str) -> None:
    assert said(written) == spoken


def test_several_commas_before_something_unexplained_are_asked_about() -> None:
    spoken = speak("tổ 1,2,3A họp")
    assert (spoken.text, [flag.written for flag in spoken.flags]) == ("tổ 1,2,3A họp", ["1,2,3A"])


def test_list_of_days_has_the_value_of_every_day() -> None:
    (span,) = speak("ngày 6,7 họp").spans
    assert (span.value, span.rule) == (Series((Date(day=6), Date(day=7))), "enumeration")
