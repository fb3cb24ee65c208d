"""What the engine must stop at and ask: every form alone is red, stays as written, and offers what it may mean."""

import pytest

from publishers.scripts.spoken import Confidence, speak


@pytest.mark.parametrize(
    ("written", "offered"),
    [
        ("3.5", ("ba phẩy năm", "ba chấm năm", "ngày mùng ba tháng năm")),
        ("7.30", ("bảy phẩy ba mươi", "bảy chấm ba mươi", "bảy giờ ba mươi phút")),
        ("10/10", ("ngày mùng mười tháng mười", "mười phần mười", "mười trên mười")),
        ("1/5", ("ngày mùng một tháng năm", "một phần năm", "một trên năm")),
        ("1/2", ("ngày mùng một tháng hai", "một phần hai", "một trên hai")),
        ("2-1", ("hai một", "ngày mùng hai tháng một")),
        ("5-6", ("năm đến sáu", "năm sáu")),
        ("1022", ("một không hai hai", "một nghìn không trăm hai mươi hai")),
        ("I", ("một", "i")),
        ("x2", ("nhân hai", "gấp hai lần", "ích hai")),
        ("B2a", ("bê hai a",)),
        ("CT3", ("xê tê ba",)),
        ("1,500", ("một nghìn năm trăm", "một phẩy năm không không")),
    ],
)
def test_a_form_of_several_readings_is_red_and_offers_them(written: str, offered: tuple[str, ...]) -> None:
    spoken = speak(written)
    (flag,) = spoken.flags
    assert spoken.text == written
    assert (flag.written, flag.confidence) == (written, Confidence.UNKNOWN)
    assert flag.alternatives == offered
    assert flag.reason.endswith(".")


@pytest.mark.parametrize("written", ["TT", "CN", "TP", "GCN", "KH", "BC", "TB"])
def test_an_abbreviation_of_several_meanings_is_red_and_offers_them(written: str) -> None:
    (flag,) = speak(written).flags
    assert flag.confidence is Confidence.UNKNOWN
    assert len(flag.alternatives) >= 2
    assert speak(written).text == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("tại tọa độ 1.200", "1.200"),
        ("Tọa độ: 10.7769, 106.7009.", "10.7769"),
        ("Quyét dinh s6", "Quyét"),
        ("xã q\u0301uê ta", "q\u0301uê"),
        ("gọi 0912.xxx.678", "0912.xxx.678"),
        ("hẹn ngày 3-4 tới", "3-4"),
        ("cột nước cao 5m2", "5m2"),
        ("thẻ mã HN", "HN"),
        ("lúc 25h30 tập trung", "25h30"),
        ("ngày 31/02/2026", "31/02/2026"),
        ("Kính gửi ông [họ và tên]", "[họ và tên]"),
        ("Số tiền: ………… đồng", "…………"),
    ],
)
def test_what_nobody_can_tell_is_red_where_it_stands(text: str, written: str) -> None:
    spoken = speak(text)
    assert written in [flag.written.strip() for flag in spoken.flags if flag.confidence is Confidence.UNKNOWN]
    assert written in spoken.text


@pytest.mark.parametrize(
    ("written", "spoken", "other"),
    [
        ("ngày 05/9/26", "ngày mùng năm tháng chín năm hai nghìn không trăm hai mươi sáu", "ngày mùng năm tháng chín năm một nghìn chín trăm hai mươi sáu"),
        ("đường dài 3.5 km", "đường dài ba phẩy năm ki-lô-mét", "ba chấm năm ki-lô-mét"),
        ("tăng 12.25%", "tăng mười hai phẩy hai mươi lăm phần trăm", "mười hai chấm hai mươi lăm phần trăm"),
        ("giá 3.5 triệu", "giá ba phẩy năm triệu", "ba chấm năm"),
        ("dày 2.5-3 cm", "dày hai phẩy năm đến ba xăng-ti-mét", "hai chấm năm đến ba xăng-ti-mét"),
        ("1.5 lít", "một chấm năm lít", "một phẩy năm"),
        ("đội 3/2 tập trung", "đội ba tháng hai tập trung", "ba trên hai"),
        ("Chỉ thị 12-CT/TU", "Chỉ thị mười hai của Tỉnh ủy", "mười hai của Thành ủy"),
    ],
)  # fmt: skip
def test_a_likely_reading_that_somebody_must_confirm_is_amber(written: str, spoken: str, other: str) -> None:
    told = speak(written)
    (flag,) = told.flags
    assert (told.text, flag.confidence, flag.alternatives) == (spoken, Confidence.UNCERTAIN, (other,))


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("dài 0.5 km", "dài không phẩy năm ki-lô-mét"),
        ("dài 3,5 km", "dài ba phẩy năm ki-lô-mét"),
        ("dài 3.500 km", "dài ba nghìn năm trăm ki-lô-mét"),
        ("nông trường 3/2", "nông trường ba tháng hai"),
        ("đội có 3/2 hộ", "đội có ba trên hai hộ"),
    ],
)
def test_what_can_be_read_in_one_way_carries_no_flag(written: str, spoken: str) -> None:
    assert (speak(written).text, speak(written).colour) == (spoken, "")


def test_words_that_contradict_the_number_before_them_are_amber() -> None:
    assert speak("trong 15 (mười lăm) ngày").text == "trong mười lăm ngày"
    assert speak("phạt 5.000.000 đồng (năm triệu đồng)").text == "phạt năm triệu đồng"
    told = speak("trong 15 (mười sáu) ngày")
    assert told.colour == "amber"
    assert "mười lăm, mười sáu" in told.text


def test_a_quotation_typed_without_marks_is_amber() -> None:
    assert speak('Tin nhắn: "Ma OTP cua ban la 593204" là giả.').colour == "amber"
    assert speak('Tin nhắn: "Mã OTP của bạn là 593204" là giả.').colour == ""


@pytest.mark.parametrize(
    ("text", "written"), [("Có 1/2 số hộ, hẹn nhau 1/2", "1/2"), ("trực 24/24h, kể cả PM", "PM")]
)
def test_what_stood_before_lends_no_meaning_to_what_is_another_thing(text: str, written: str) -> None:
    (flag,) = speak(text).flags
    assert (flag.written, flag.confidence) == (written, Confidence.UNKNOWN)
