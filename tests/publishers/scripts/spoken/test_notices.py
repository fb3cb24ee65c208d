"""Forms that notices, plans and posts of provinces and communes are full of, one rule at a time."""

import pytest

from publishers.scripts.spoken import Confidence, speak
from tests.publishers.scripts.spoken.unflagged import said


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("lúc 23h59'59\"", "lúc hai mươi ba giờ năm mươi chín phút năm mươi chín giây"),
        ("thành tích 4'52\"3", "thành tích bốn phút năm mươi hai giây ba"),
        ("chạy 100m: 11\"07", "chạy một trăm mét: mười một giây không bảy"),
        ("từ 12h 27/11 đến 12h 28/11", "từ mười hai giờ ngày hai mươi bảy tháng mười một đến mười hai giờ ngày hai mươi tám tháng mười một"),
        ("sáng mai (29/11), 8g, họp", "sáng mai, ngày hai mươi chín tháng mười một, tám giờ, họp"),
        ("cân 8g, 10g đường", "cân tám gam, mười gam đường"),
        ("nước lên lúc 3-5h", "nước lên lúc ba giờ đến năm giờ"),
        ("08:00 01/12/2026 - 17:00 02/12/2026", "tám giờ ngày mùng một tháng mười hai năm hai nghìn không trăm hai mươi sáu đến mười bảy giờ ngày mùng hai tháng mười hai năm hai nghìn không trăm hai mươi sáu"),
    ],
)  # fmt: skip
def test_no_part_of_a_time_is_lost_or_joined_to_a_day(written: str, spoken: str) -> None:
    assert said(written) == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("gà 15.000đ/con, vé 40.000đ/vé", "gà mười lăm nghìn đồng một con, vé bốn mươi nghìn đồng một vé"),
        ("điện 3k5/số", "điện ba nghìn năm trăm một số"),
        ("được 37tr450 nghìn đồng", "được ba mươi bảy triệu bốn trăm năm mươi nghìn đồng"),
        ("vay 4 triệu đồng/tháng/HSSV", "vay bốn triệu đồng một tháng một học sinh, sinh viên"),
        ("USD/VND 25.450", "tỷ giá đô la Mỹ trên đồng Việt Nam hai mươi lăm nghìn bốn trăm năm mươi"),
        ("RON95-III 20.420", "rôn chín mươi lăm, ba, hai mươi nghìn bốn trăm hai mươi"),
        ("E5RON92: 19.870 đ/lít", "e năm rôn chín mươi hai, mười chín nghìn tám trăm bảy mươi đồng một lít"),
        ("dầu DO 0,05S-II", "dầu đi-ê-den không phẩy không năm ét, hai"),
    ],
)  # fmt: skip
def test_prices_in_short_are_said_whole(written: str, spoken: str) -> None:
    assert said(written) == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("cấm xe tải > 5T, xe 10T", "cấm xe tải trên năm tấn, xe mười tấn"),
        ("kỳ hạn 6T 4,5%", "kỳ hạn sáu tháng bốn phẩy năm phần trăm"),
        ("giá nước ≤10m3", "giá nước không quá mười mét khối"),
        ("trẻ em <1m3", "trẻ em dưới một mét ba"),
        ("huyết áp ≥ 140/90 mmHg", "huyết áp từ một trăm bốn mươi trên chín mươi mi-li-mét thủy ngân trở lên"),
        ("mực nước 482,5/485,0m", "mực nước bốn trăm tám mươi hai phẩy năm trên bốn trăm tám mươi lăm phẩy không mét"),
        ("lưới 22/0,4kV, 220V/50Hz", "lưới hai mươi hai trên không phẩy bốn ki-lô-vôn, hai trăm hai mươi vôn, năm mươi héc"),
        ("tần số 8,125 MHz", "tần số tám phẩy một hai năm mê-ga-héc"),
        ("ở 14,832 độ vĩ Bắc", "ở mười bốn phẩy tám ba hai độ vĩ Bắc"),
        ("ống Φ90, ống Ø 60", "ống phi chín mươi, ống phi sáu mươi"),
        ("bê tông M250, mác M300", "bê tông mác hai trăm năm mươi, mác ba trăm"),
    ],
)  # fmt: skip
def test_measures_take_the_unit_their_neighbours_tell(written: str, spoken: str) -> None:
    assert said(written) == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("NPK 16-16-8", "en pê ca mười sáu, mười sáu, tám"),
        ("tỷ lệ phối trộn 1:3:2", "tỷ lệ phối trộn một, ba, hai"),
        ("pha loãng 1:10 hoặc 1:20", "pha loãng một trên mười hoặc một trên hai mươi"),
        ("pha 1/2 gói/10 lít nước", "pha một phần hai gói cho mười lít nước"),
        ("1 viên/90kg thể trọng, 215 hộ/876 khẩu", "một viên cho chín mươi ki-lô-gam thể trọng, hai trăm mười lăm hộ, tám trăm bảy mươi sáu khẩu"),
        ("trả 3 đợt: 30%-40%-30%", "trả ba đợt: ba mươi phần trăm, bốn mươi phần trăm, ba mươi phần trăm"),
        ("giảm từ 1/3 đến 1/2", "giảm từ một phần ba đến một phần hai"),
        ("thị lực 10/10", "thị lực mười trên mười"),
        ("xét nghiệm HIV (-), cúm (+)", "xét nghiệm hát i vê âm tính, cúm dương tính"),
        ("nhóm máu O Rh+", "nhóm máu O e-rờ hát dương"),
    ],
)  # fmt: skip
def test_mixtures_doses_and_results_keep_their_parts(written: str, spoken: str) -> None:
    assert said(written) == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("họp thứ 3-5-7", "họp thứ ba, thứ năm, thứ bảy"),
        ("từ ngày 3-5 hằng tháng", "từ ngày mùng ba đến ngày mùng năm hằng tháng"),
        ("trong tháng 4 tại xã, trong tháng 4 lần", "trong tháng tư tại xã, trong tháng bốn lần"),
        ("ngày 10.12.2026, hạn chót 20.12", "ngày mùng mười tháng mười hai năm hai nghìn không trăm hai mươi sáu, hạn chót ngày hai mươi tháng mười hai"),
        ("chị Lan (SN 12/3/1990)", "chị Lan, sinh ngày mười hai tháng ba năm một nghìn chín trăm chín mươi"),
        ("trường mầm non 19/5", "trường mầm non mười chín tháng năm"),
        ("tỷ số 3-1 (25-21, 22-25), luân lưu 4-3", "tỷ số ba một, hai mươi lăm hai mươi mốt, hai mươi hai hai mươi lăm, luân lưu bốn ba"),
        ("hiệu số (+4/-2)", "hiệu số, cộng bốn, trừ hai"),
    ],
)  # fmt: skip
def test_days_and_scores_beside_their_words(written: str, spoken: str) -> None:
    assert said(written) == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("xe đầu kéo 77C-045.67", "xe đầu kéo bảy bảy xê, không bốn năm, sáu bảy"),
        ("đoạn Km 4+300 - Km 7+850", "đoạn ki-lô-mét bốn cộng ba trăm đến ki-lô-mét bảy cộng tám trăm năm mươi"),
        ("tại K0+850 ĐT.662B", "tại ki-lô-mét không cộng tám trăm năm mươi đường tỉnh sáu trăm sáu mươi hai bê"),
        ("cao tốc (CT.20)", "cao tốc, xê tê hai mươi"),
        ("tại 45/12/3 Lê Duẩn", "tại bốn mươi lăm xuyệt mười hai xuyệt ba Lê Duẩn"),
        ("chuyến bay VN1423", "chuyến bay vê en một bốn hai ba"),
        ("ISBN 978-604-57-8123-4", "i ét bê en chín bảy tám, sáu không bốn, năm bảy, tám một hai ba, bốn"),
        ("TK 3741.0.9058345 tại KBNN", "tài khoản ba bảy bốn một, không, chín không năm tám ba bốn năm tại Kho bạc Nhà nước"),
        ("bưu gửi EB123456789VN", "bưu gửi e bê, một hai ba, bốn năm sáu, bảy tám chín, vê en"),
        ("thẻ mã HN2", "thẻ mã hát en hai"),
        ("GCN QSDĐ số BX 123456", "giấy chứng nhận quyền sử dụng đất số bê ích, một hai ba, bốn năm sáu"),
        ("mục IV.2", "mục bốn chấm hai"),
        ("tổng đài trẻ em 111; mua bán người: 111.", "tổng đài trẻ em một một một; mua bán người: một một một."),
        ("soạn TNMT <dấu cách> CCCD gửi 8088", "soạn tê en em tê, dấu cách, căn cước công dân gửi tám không tám tám"),
        ("thuốc Regent 800WG, Validacin 5SL", None),
    ],
)  # fmt: skip
def test_codes_are_read_sign_by_sign_where_a_word_announces_them(written: str, spoken: str | None) -> None:
    if spoken is None:
        told = speak(written)
        assert "tám trăm vê kép giê" in told.text
        assert "năm ét e-lờ" in told.text
        assert not told.blocked
        return
    assert said(written) == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("COD 65 mg/l, giao hàng COD", "xê ô đê sáu mươi lăm mi-li-gam trên lít, giao hàng thu tiền khi nhận hàng"),
        ("LH: A. Hùng", "liên hệ: anh Hùng"),
        ("đạt 103% DT, tăng 12% CK", "đạt một trăm linh ba phần trăm dự toán, tăng mười hai phần trăm cùng kỳ"),
        ("hợp đồng số 15/2026/HĐMB", "hợp đồng số mười lăm, năm hai nghìn không trăm hai mươi sáu"),
        ("Kế hoạch 25/KH-BCĐ138", "Kế hoạch hai mươi lăm của Ban Chỉ đạo một ba tám"),
        ("#DVCTT #xã_Ia_Pa", "dịch vụ công trực tuyến xã I-a Pa"),
        ("tăng +5,2 điểm", "tăng năm phẩy hai điểm"),
        ("khu vực Ia Hrú", "khu vực I-a Hrú"),
    ],
)  # fmt: skip
def test_words_in_short_by_their_neighbours(written: str, spoken: str) -> None:
    assert said(written) == spoken
    assert speak(spoken).text == spoken


@pytest.mark.parametrize(
    "written",
    ["mở cửa từ 1/3 đến 1/2", "thưởng 5T", "> 5X", "số đơn 2026/GM-01", "mã hồ sơ H21.45-261120-0007", "1:3:2", "phạt 01 CS", "loại 4-4-2"],
)  # fmt: skip
def test_what_no_neighbour_settles_is_asked(written: str) -> None:
    assert speak(written).blocked


def test_groups_of_an_account_are_no_amount_and_a_day_before_a_comma_is_no_share() -> None:
    assert said("TK 12 345 678 910") == "tài khoản một hai, ba bốn năm, sáu bảy tám, chín một không"
    assert said("tài khoản có 12 345 678 đồng").endswith(
        "mười hai triệu ba trăm bốn mươi lăm nghìn sáu trăm bảy mươi tám đồng"
    )
    assert speak("Họp ngày 5/11,6 giờ sáng").colour == "amber"


def test_a_dash_in_a_sum_is_a_minus_and_amber() -> None:
    told = speak("Còn lại = Tổng thu - Tổng chi = 3.450.000 đồng")
    assert told.text == "Còn lại bằng Tổng thu trừ Tổng chi bằng ba triệu bốn trăm năm mươi nghìn đồng"
    assert [flag.confidence for flag in told.flags] == [Confidence.UNCERTAIN]
    assert speak("Hệ số = 1,2 - áp dụng từ nay").text == "Hệ số bằng một phẩy hai, áp dụng từ nay"


def test_the_name_of_a_storm_is_amber_and_no_abbreviation() -> None:
    told = speak("bão số 14, tên quốc tế KOTO")
    assert (told.text, told.colour) == ("bão số mười bốn, tên quốc tế Koto", "amber")


def test_names_of_goods_and_people_do_not_ruin_a_sound_line() -> None:
    told = speak("Buôn Ako Dhong thuộc phường Buôn Ma Thuột, gọi 113.")
    assert told.text == "Buôn Ako Dhong thuộc phường Buôn Ma Thuột, gọi một một ba."
    assert told.colour == "amber"


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("14 giờ 30 - 16 giờ", "từ mười bốn giờ ba mươi phút đến mười sáu giờ"),
        ("sáng 7 giờ - 11 giờ", "sáng từ bảy giờ đến mười một giờ"),
        ("từ 7 giờ – 11 giờ 30 phút", "từ bảy giờ đến mười một giờ ba mươi phút"),
        ("cách nhau 4 giờ - 6 giờ", "cách nhau bốn đến sáu giờ"),
        ("từ 25/12-05/01/2027", "từ ngày hai mươi lăm tháng mười hai đến ngày mùng năm tháng một năm hai nghìn không trăm hai mươi bảy"),
        ("trẻ từ 6-<18 tuổi", "trẻ từ sáu đến dưới mười tám tuổi"),
        ("pH 6,5-8,5", "pê hát sáu phẩy năm đến tám phẩy năm"),
        ("giảm 1-2 giá", "giảm một đến hai giá"),
    ],
)  # fmt: skip
def test_both_ends_of_a_span_are_joined(written: str, spoken: str) -> None:
    assert said(written) == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("OCOP 4*", "ô cốp bốn sao"),
        ("khách sạn 5*", "khách sạn năm sao"),
        ("5*3=15", "năm nhân ba bằng mười lăm"),
        ("giá 15.000* đồng", "giá mười lăm nghìn đồng"),
        ("pha 20ml/16 lít", "pha hai mươi mi-li-lít cho mười sáu lít"),
        ("clo dư 0,5 mg/L", "clo dư không phẩy năm mi-li-gam trên lít"),
        ("tại Km1.035", "tại ki-lô-mét một nghìn không trăm ba mươi lăm"),
        ("lớp 9/2 và các lớp 6A, 9/1", "lớp chín xuyệt hai và các lớp sáu a, chín xuyệt một"),
        ("lớp học ngày 9/2", "lớp học ngày mùng chín tháng hai"),
        ("tổ hợp A00, D07", "tổ hợp a không không, dê không bảy"),
        ("số BHXH 5120123456", "số bảo hiểm xã hội năm một hai không, một hai ba, bốn năm sáu"),
        ("xe 81A-123.45 và 81-B1 456.78", "xe tám một a, một hai ba, bốn năm và tám một bê một, bốn năm sáu, bảy tám"),
        ("xem daknong.gov.vn", "xem Đắk Nông viết liền không dấu, chấm gốp, chấm vi en"),
        ("#DakLak xanh", "Đắc Lắc xanh"),
    ],
)  # fmt: skip
def test_no_sign_is_lost_and_no_name_becomes_a_date(written: str, spoken: str) -> None:
    assert said(written) == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("dự HN tại HN", "dự hội nghị tại Hà Nội"),
        ("phát biểu tại HN, ông nói", "phát biểu tại hội nghị, ông nói"),
        ("từ HN về", "từ Hà Nội về"),
        ("nộp HS, nhận đủ HS", "nộp hồ sơ, nhận đủ hồ sơ"),
        ("có 45 HS", "có bốn mươi lăm học sinh"),
        ("trả KQ qua bưu điện", "trả kết quả qua bưu điện"),
    ],
)
def test_short_forms_of_two_meanings_are_told_apart_by_their_verbs(written: str, spoken: str) -> None:
    assert said(written) == spoken


def test_name_of_a_value_is_no_roman_numeral() -> None:
    assert speak("tọa độ X=1548320").text == "tọa độ X=1548320"


def test_address_that_was_read_is_read_again_without_a_change() -> None:
    once = speak("Xem daklak.gov.vn và #DakLak").text
    assert once == "Xem Đắk Lắk viết liền không dấu, chấm gốp, chấm vi en và Đắc Lắc"
    assert speak(once).text == once


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("tiêm mũi 1/mũi 2", "tiêm mũi một, mũi hai"),
        ("phí 50k/mũi", "phí năm mươi nghìn một mũi"),
        ("từ 12,0-16,0N; 109,5-114,0E", "từ mười hai phẩy không đến mười sáu phẩy không độ vĩ bắc; một trăm linh chín phẩy năm đến một trăm mười bốn phẩy không độ kinh đông"),
        ("15-20p/chuyến", "mười lăm đến hai mươi phút một chuyến"),
        ("sắn KM94 tại Km94", "sắn ca em chín mươi tư tại ki-lô-mét chín mươi tư"),
        ("tàu QNg 95123 TS", "tàu quy en giê, chín năm một hai ba, tê ét"),
        ("họp CN 29-11", "họp Chủ nhật ngày hai mươi chín tháng mười một"),
        ("nghỉ T7: 7h-11h", "nghỉ thứ bảy, từ bảy giờ đến mười một giờ"),
        ("tháng 11 và 12-2026", "tháng mười một và mười hai năm hai nghìn không trăm hai mươi sáu"),
        ("19/12/1946-2026", "từ ngày mười chín tháng mười hai năm một nghìn chín trăm bốn mươi sáu đến năm hai nghìn không trăm hai mươi sáu"),
        ("bậc 2 (51-100)", "bậc hai, năm mươi mốt đến một trăm"),
        ("LS 6,6%/năm", "lãi suất sáu phẩy sáu phần trăm một năm"),
        ("mục 3.1.a, phụ lục I.A", "mục ba chấm một chấm a, phụ lục một chấm a"),
        ("CCCD 02 bản", "căn cước công dân hai bản"),
        ("theo NĐ45/2022", "theo nghị định bốn mươi lăm, năm hai nghìn không trăm hai mươi hai"),
        ("vĩ tuyến 11,5-16,5", "vĩ tuyến mười một phẩy năm đến mười sáu phẩy năm"),
        ("đi học lại T2 (1/12)", "đi học lại thứ hai, ngày mùng một tháng mười hai"),
        ("12 CV; tàu 90CV, máy 24 CV", "mười hai công văn; tàu chín mươi mã lực, máy hai mươi tư mã lực"),
        ("học các tối 2-4-6", "học các tối thứ hai, thứ tư, thứ sáu"),
        ("200.000UI, 150.000VND", "hai trăm nghìn đơn vị quốc tế, một trăm năm mươi nghìn đồng"),
        ("XD NTM, thuế đất PNN", "xây dựng nông thôn mới, thuế đất phi nông nghiệp"),
        ("KP1-3 họp, TDP2-5 nghỉ", "khu phố một đến ba họp, tổ dân phố hai đến năm nghỉ"),
        ("đo t° trước tiêm", "đo nhiệt độ trước tiêm"),
        ("lúc 19h30 T7 tại sân", "lúc mười chín giờ ba mươi phút thứ bảy tại sân"),
        ("ĐH-CĐ, trường CĐ nghề", "đại học, cao đẳng, trường cao đẳng nghề"),
    ],
)  # fmt: skip
def test_short_forms_of_bulletins_are_said_whole(written: str, spoken: str) -> None:
    assert said(written) == spoken


def test_names_of_highland_people_are_kept_and_looked_at_but_block_nothing() -> None:
    spoken = speak("anh Siu Thơm, chị Ksor H'Nuêr, em Rah Lan Chuih, ông Rơ Mah Thưih")
    assert spoken.text == "anh Siu Thơm, chị Ksor H'Nuêr, em Rah Lan Chuih, ông Rơ Mah Thưih"
    assert {flag.confidence for flag in spoken.flags} == {Confidence.UNCERTAIN}


def test_name_ruined_by_a_scanner_stays_red() -> None:
    assert speak("theo đề nghị của ông Nguyén Vãn Tuàn").blocked
