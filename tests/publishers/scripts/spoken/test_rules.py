"""The reading rules of an announcer, one by one."""

import pytest

from publishers.scripts.spoken import SOUTHERN, Confidence, Style, speak


def said(text: str, **options: object) -> str:
    return speak(text, **options).text  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("gọi 115", "gọi một một năm"),
        ("115 người", "một trăm mười lăm người"),
        ("18001096", "một tám không không, một không chín sáu"),
        ("+84 912 345 678", "cộng tám bốn, chín một hai, ba bốn năm, sáu bảy tám"),
        ("lệ phí cấp hộ chiếu: 160.000 đồng", "lệ phí cấp hộ chiếu: một trăm sáu mươi nghìn đồng"),
        ("phí căn cước 50.000đ", "phí căn cước năm mươi nghìn đồng"),
        ("mã số 160.321", "mã số một sáu không, ba hai một"),
        ("trên BĐ3 0,02 m", "trên báo động ba, không phẩy không hai mét"),
        ("đường ĐH.12", "đường huyện mười hai"),
        ("mã OTP 482915", "mã ô tê pê bốn tám hai, chín một năm"),
        ("tổng đài 198 (Viettel), 9090 (MobiFone)", "tổng đài một chín tám, viét-teo, chín không chín không, mô-bi-phôn"),
        ("Điện thoại bàn: 0236 3.800.000", "Điện thoại bàn: không hai ba sáu, ba, tám không không, không không không"),
    ],
)  # fmt: skip
def test_rule_1_hotlines_and_codes_are_digits_and_quantities_are_numbers(written: str, spoken: str) -> None:
    assert said(written) == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("11, 21, 101, 1.001", "mười một, hai mươi mốt, một trăm linh một, một nghìn không trăm linh một"),
        ("15, 25, 105", "mười lăm, hai mươi lăm, một trăm linh năm"),
        ("24", "hai mươi tư"),
        ("tháng 4, thứ 4, 1/4 số hộ, lần thứ 4", "tháng tư, thứ tư, một phần tư số hộ, lần thứ tư"),
        ("cấp độ 4, lớp 4, thôn 4, quý IV", "cấp độ bốn, lớp bốn, thôn bốn, quý bốn"),
    ],
)
def test_rule_2_mot_lam_tu_and_linh_stand_where_the_language_wants_them(written: str, spoken: str) -> None:
    assert said(written) == spoken


def test_rule_3_dot_parts_thousands_and_comma_decimals() -> None:
    assert (
        said("1.250.000 đồng, 0,05%")
        == "một triệu hai trăm năm mươi nghìn đồng, không phẩy không năm phần trăm"
    )


@pytest.mark.parametrize(
    "written", ["3.5", "7.30", "10/10", "1/5", "2-1", "5-6", "1022", "tọa độ 1.200", "ngày 3-4"]
)
def test_rule_3_numbers_in_doubt_are_red_and_stay_written(written: str) -> None:
    spoken = speak(written)
    assert spoken.blocked
    assert spoken.text == written
    assert all(span.reason.endswith(".") for span in spoken.flags)


def test_rule_3_five_strokes_are_five_different_things() -> None:
    assert said("1/2 số hộ") == "một phần hai số hộ"
    assert said("ngày 15/12") == "ngày mười lăm tháng mười hai"
    assert said("6/6 thôn") == "sáu trên sáu thôn"
    assert said("70/100 điểm") == "bảy mươi trên một trăm điểm"
    assert said("trực 24/7") == "trực hai mươi tư giờ trong ngày, bảy ngày trong tuần"


def test_rule_4_early_days_take_mung_and_nothing_is_doubled() -> None:
    assert said("ngày 05/5") == "ngày mùng năm tháng năm"
    assert said("05/5/2026") == "ngày mùng năm tháng năm năm hai nghìn không trăm hai mươi sáu"
    assert said("ngày 17/12 năm 2024") == "ngày mười bảy tháng mười hai năm hai nghìn không trăm hai mươi tư"
    issued = said("Quyết định số 1588/QĐ-TTg ngày 17/12/2024 của Thủ tướng Chính phủ")
    assert issued.count("Thủ tướng Chính phủ") == 1
    assert said("Thủ tướng Chính phủ ban hành Chỉ thị 24/CT-TTg").count("Thủ tướng Chính phủ") == 1


def test_rule_4_a_day_that_counts_times_is_no_date() -> None:
    assert said("mỗi ngày 2 lần") == "mỗi ngày hai lần"
    assert said("mỗi tháng 4 buổi") == "mỗi tháng bốn buổi"


def test_rule_5_document_symbols_become_their_issuer_and_the_year_is_set_off() -> None:
    assert said("Nghị định số 49/2024/NĐ-CP") == (
        "Nghị định số bốn mươi chín, năm hai nghìn không trăm hai mươi tư, của Chính phủ"
    )
    assert said("Tờ trình số 33/TTr-SVHTTDL") == "Tờ trình số ba mươi ba của Sở Văn hóa, Thể thao và Du lịch"
    assert (
        said("Nghị định 05/2023 quy định") == "Nghị định năm, năm hai nghìn không trăm hai mươi ba, quy định"
    )


def test_rule_5_an_issuer_nobody_knows_is_red() -> None:
    spoken = speak("Quyết định 99/QĐ-XYZ của công ty")
    assert [span.written for span in spoken.flags] == ["99/QĐ-XYZ"]
    assert spoken.blocked


def test_rule_6_spelled_letters_have_their_names_or_sounds_by_style() -> None:
    assert said("điểm b, d, đ, g, h khoản 1") == "điểm bê, dê, đê, giê, hát khoản một"
    assert said("điểm đ", style=Style(letters="sounds")) == "điểm đờ"


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("dịch vụ công trực tuyến (DVCTT)", "dịch vụ công trực tuyến"),
        ("DVCTT (dịch vụ công trực tuyến) toàn trình", "dịch vụ công trực tuyến toàn trình"),
        ("trí tuệ nhân tạo (AI)", "trí tuệ nhân tạo"),
        ("Tổ nuôi ong (TNO) họp. TNO có 5 người.", "Tổ nuôi ong họp. Tổ nuôi ong có năm người."),
    ],
)
def test_rule_7_a_bracket_that_repeats_is_dropped_and_remembered(written: str, spoken: str) -> None:
    assert said(written) == spoken


@pytest.mark.parametrize("written", ["TT", "CN", "TP", "GCN", "KH", "BC", "TB"])
def test_rule_7_an_abbreviation_of_several_meanings_is_asked_with_its_choices(written: str) -> None:
    (flag,) = speak(written).flags
    assert flag.confidence is Confidence.UNKNOWN
    assert len(flag.alternatives) >= 2


def test_rule_7_the_neighbours_settle_an_abbreviation_of_several_meanings() -> None:
    assert said("TT 39/2020/TT-BTTTT").startswith("thông tư ba mươi chín")
    assert said("TT Phục vụ hành chính công") == "Trung tâm Phục vụ hành chính công"
    assert said("thứ 7, CN") == "thứ bảy, Chủ nhật"
    assert said("TP. Huế") == "thành phố Huế"


def test_rule_8_leading_zeros_are_silent_except_in_fixed_names() -> None:
    assert said("02 bộ hồ sơ, 08 giờ") == "hai bộ hồ sơ, tám giờ"
    assert said("Đề án 06, Mẫu số 01") == "Đề án không sáu, Mẫu số không một"


@pytest.mark.parametrize("written", ["B2a", "CT3", "ABXZ", "x2", "Quyét", "s6", "VN1234"])
def test_rule_9_unknown_capitals_and_codes_are_flagged_never_spelled(written: str) -> None:
    spoken = speak(f"Đơn vị {written} phối hợp")
    assert spoken.blocked
    assert written in spoken.text


def test_rule_10_every_difference_is_a_span_with_offsets_on_both_sides() -> None:
    spoken = speak("Từ 7h30 ngày 01/7/2025, UBND xã tiếp dân.")
    for span in spoken.spans:
        assert spoken.written[span.start : span.end] == span.written
        assert spoken.text[span.spoken_start : span.spoken_end] == span.spoken
    assert [span.kind for span in spoken.spans] == ["clock", "date", "abbreviation"]
    assert speak(spoken.text).text == spoken.text


def test_station_styles_change_words_and_never_values() -> None:
    assert said("1.005 hộ, 24%", style=SOUTHERN) == "một ngàn không trăm lẻ năm hộ, hai mươi bốn phần trăm"
    assert said("ngày 05/4", style=Style(early_day="")) == "ngày năm tháng tư"
    assert said("năm 2025", style=Style(year="digits")) == "năm hai không hai lăm"
    assert said("Nghị định số 49/2024/NĐ-CP", style=Style(documents="number")) == (
        "Nghị định số bốn mươi chín, năm hai nghìn không trăm hai mươi tư"
    )
    assert said("gọi 18001096", style=Style(phones="digits")) == "gọi một tám không không một không chín sáu"


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("25/15 hộ", "hai mươi lăm trên mười lăm hộ"),
        ("≥ 80%", "từ tám mươi phần trăm trở lên"),
        ("tỷ số 2-1", "tỷ số hai một"),
        ("20k/người", "hai mươi nghìn một người"),
        ("mưa 50-100mm/24h", "mưa năm mươi đến một trăm mi-li-mét trong hai mươi tư giờ"),
        ("T2-T6", "từ thứ hai đến thứ sáu"),
        ("QL1A", "quốc lộ một a"),
        ("- 2 ảnh 3x4;", "hai ảnh ba nhân bốn;"),
        ("Trân trọng./.", "Trân trọng."),
        ("-5 độ, có nơi -2°C", "âm năm độ, có nơi âm hai độ xê"),
        ("**I. QUAN ĐIỂM**", "một. QUAN ĐIỂM"),
        ("thương binh 1/4", "thương binh một trên bốn"),
        ("khám tổ 1 - tổ 5", "khám tổ một đến tổ năm"),
        ("100.000 đồng - 200.000 đồng", "một trăm nghìn đồng đến hai trăm nghìn đồng"),
        ("từ năm 2021 - nay", "từ năm hai nghìn không trăm hai mươi mốt đến nay"),
        ("mức 0-50 kWh", "mức từ không đến năm mươi ki-lô-oát giờ"),
        ("Tầng 3 - P.302, P. 5", "Tầng ba, phòng ba trăm linh hai, phường năm"),
        ("ở 14,8°N", "ở mười bốn phẩy tám độ vĩ bắc"),
        ("13-16h30 mở cửa", "từ mười ba giờ đến mười sáu giờ ba mươi phút mở cửa"),
        ("nhóm máu A+, B-", "nhóm máu A dương, bê âm"),
        ("bấm *101# gọi", "bấm sao một không một thăng gọi"),
        ("biển số 51F-678.90", "biển số năm một ép, sáu bảy tám, chín không"),
        ("tại Km12+300", "tại ki-lô-mét mười hai cộng ba trăm"),
        ("Khu CN Hoàng Mai, nghỉ CN.", "Khu công nghiệp Hoàng Mai, nghỉ Chủ nhật."),
        ("đường 3/2, ngày 3/2", "đường ba tháng hai, ngày mùng ba tháng hai"),
        ("cách nhau 4-6 giờ, mở cửa 4-6 giờ", "cách nhau bốn đến sáu giờ, mở cửa từ bốn giờ đến sáu giờ"),
        ("vòng 1/8, 1/2 ngày", "vòng một phần tám, một phần hai ngày"),
        ("4 đ/c, 4 đ", "bốn đồng chí, bốn đồng"),
        ("soạn TC gửi 1414", "soạn tê xê gửi một bốn một bốn"),
        ("mã OTP trong vòng 120 giây", "mã ô tê pê trong vòng một trăm hai mươi giây"),
        ("Cứ 15p có 1 chuyến", "Cứ mười lăm phút có một chuyến"),
        ("thửa rộng 60m2, nước lên 1m5", "thửa rộng sáu mươi mét vuông, nước lên một mét năm"),
    ],
)
def test_context_decides_between_readings(written: str, spoken: str) -> None:
    assert said(written) == spoken


@pytest.mark.parametrize("written", ["ngày 31/02/2026", "25:70", "ngày 15/13/2026", "7h75"])
def test_dates_and_times_that_do_not_exist_are_red(written: str) -> None:
    assert speak(written).blocked


def test_paragraphs_and_sentence_punctuation_stay() -> None:
    assert (
        said("Thưa bà con!\n\nHôm nay có 2 tin. Mời nghe?") == "Thưa bà con!\n\nHôm nay có hai tin. Mời nghe?"
    )


def test_a_minus_is_never_lost_silently() -> None:
    spoken = speak("từ -3 đến 5 độ")
    assert "âm ba" in spoken.text
    assert spoken.needs_editor
