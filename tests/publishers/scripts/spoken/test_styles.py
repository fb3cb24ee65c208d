"""Each switch of a station's style, alone: other words, the same facts."""

from dataclasses import fields

import pytest

from publishers.scripts.reading_styles import style_of
from publishers.scripts.spoken import NORTHERN, Style, speak
from publishers.scripts.spoken.readback import said_values
from publishers.stations.reading_choices import READING_CHOICES

TEXT = (
    "Ngày 04/5/2024, 1.005 hộ gọi 18001096 về Nghị định 49/2024/NĐ-CP, điểm b khoản 24, vào dichvucong.gov.vn"
)
HEARD = {
    ("thousand", "ngàn"): "một ngàn không trăm linh năm hộ",
    ("odd", "lẻ"): "một nghìn không trăm lẻ năm hộ",
    ("four", "bốn"): "năm hai nghìn không trăm hai mươi bốn",
    ("early_day", "mồng"): "Ngày mồng bốn tháng năm",
    ("early_day", "none"): "Ngày bốn tháng năm",
    ("year", "digits"): "tháng năm năm hai không hai tư",
    ("letters", "sounds"): "điểm bờ khoản",
    ("documents", "number"): "Nghị định bốn mươi chín, năm hai nghìn không trăm hai mươi tư, điểm",
    ("addresses", "letters"): "dê i xê hát vê u xê o en giê, chấm gốp, chấm vi en",
    ("phones", "digits"): "một tám không không một không chín sáu",
}


@pytest.mark.parametrize("switch", sorted(READING_CHOICES))
def test_every_switch_can_be_chosen_on_the_form_and_is_heard(switch: str) -> None:
    for value in READING_CHOICES[switch][1]:
        told = speak(TEXT, style=style_of("bac", {switch: value})).text
        if (switch, value) in HEARD:
            assert HEARD[switch, value] in told
            assert told != speak(TEXT).text
        else:
            assert told == speak(TEXT).text, "the first choice is the northern norm"


def test_the_form_has_every_switch_of_the_engine_and_no_other() -> None:
    assert set(READING_CHOICES) == {field.name for field in fields(Style)}


def test_no_switch_changes_a_value() -> None:
    text = "Lúc 7h30 ngày 24/4/2024, 1.005 hộ, 24,5%, 2/3 số phiếu, 15.000 đồng"
    for switch in READING_CHOICES:
        for value in READING_CHOICES[switch][1]:
            if switch != "year":
                told = speak(text, style=style_of("bac", {switch: value})).text
                assert said_values(told) == said_values(speak(text).text)


def test_an_unknown_choice_is_left_out() -> None:
    assert style_of("bac", {"thousand": "ngìn", "colour": "xanh"}) == NORTHERN
    assert style_of("nơi khác") == NORTHERN
