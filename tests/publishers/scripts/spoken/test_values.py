"""Every class of token carries a typed value: what it means, whatever words are said for it."""

from decimal import Decimal

import pytest

from publishers.scripts.spoken import SOUTHERN, speak
from publishers.scripts.spoken.values import (
    Amount,
    Clock,
    Code,
    Date,
    Digits,
    DocumentNumber,
    Interval,
    Number,
    Ratio,
    Series,
    Value,
)


def number(amount: str) -> Number:
    return Number(Decimal(amount))


VALUES = [
    ("3.321 xã", "number", number("3321")),
    ("0,05%", "percent", Amount(Decimal("0.05"), "phần trăm")),
    ("38°C", "measure", Amount(Decimal(38), "độ xê")),
    ("15.000đ", "money", Amount(Decimal(15000), "đồng")),
    ("7h30", "clock", Clock(7, 30)),
    ("03'30\"", "clock", Clock(None, 3, 30)),
    ("11h30-13h30", "clock", Interval(Clock(11, 30), Clock(13, 30))),
    ("01/7/2025", "date", Date(1, 7, 2025)),
    ("tháng 9/2023", "date", Date(None, 9, 2023)),
    ("25-26/12", "date-range", Interval(Date(25, 12), Date(26, 12))),
    ("2/3 số hộ", "ratio", Ratio(Decimal(2), Decimal(3))),
    ("tỷ lệ 1:5.000", "ratio", Ratio(Decimal(1), Decimal(5000))),
    ("5-7 ngày", "range", Interval(number("5"), number("7"))),
    ("tổ 1,2", "number", Series((number("1"), number("2")))),
    ("0912.345.678", "phone", Digits("0912345678")),
    ("số định danh 001234567890", "identity", Digits("001234567890")),
    ("Quyết định số 1588/QĐ-TTg", "document", DocumentNumber("1588", None, "Quyết định", "Thủ tướng Chính phủ")),
    ("Nghị định số 49/2024/NĐ-CP", "document", DocumentNumber("49", 2024, "Nghị định", "Chính phủ")),
    ("Quý IV", "roman", number("4")),
    ("xe 51F-678.90", "code", Code("51F-678.90")),
    ("phiên bản 2.1", "section", Code("2.1")),
    ("UBND", "abbreviation", Code("UBND")),
    ("dichvucong.gov.vn", "url", Code("dichvucong.gov.vn")),
]  # fmt: skip


@pytest.mark.parametrize(("written", "kind", "value"), VALUES, ids=[row[0] for row in VALUES])
def test_token_has_its_class_and_its_value(written: str, kind: str, value: Value) -> None:
    (span,) = speak(written).spans
    assert (span.kind, span.value) == (kind, value)


@pytest.mark.parametrize(("written", "kind", "value"), VALUES, ids=[row[0] for row in VALUES])
def test_style_of_the_station_changes_no_value(written: str, kind: str, value: Value) -> None:
    (span,) = speak(written, style=SOUTHERN).spans
    assert (span.kind, span.value) == (kind, value)
