"""What a text says that is no longer so, and what only looks like it."""

from __future__ import annotations

from datetime import date

import pytest

from cms.facts.former_places import FORMER_CITIES, FORMER_PROVINCES, NAMES_NOBODY_HAS, PROVINCES
from cms.facts.staleness import find_stale, stale_sentences
from cms.places.mapfile import read_map

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("Nộp tại UBND cấp huyện.", "unit", "cấp huyện"),
        ("Công an quận Ba Đình tiếp nhận.", "unit", "quận"),
        ("Bà con thị trấn chú ý.", "unit", "thị trấn"),
        ("Theo hướng dẫn của Sở TT&TT.", "body", "Sở TT&TT"),
        ("Sở Thông tin và Truyền thông trả lời.", "body", "Sở Thông tin và Truyền thông"),
        ("Bộ TTTT hướng dẫn.", "body", "Bộ TTTT"),
        ("Bộ Lao động – Thương binh và Xã hội chi trả.", "body", "Bộ Lao động – Thương binh và Xã hội"),
        ("Sở Kế hoạch và Đầu tư cấp đăng ký.", "body", "Sở Kế hoạch và Đầu tư"),
        ("Tổng cục Thuế nhắc bà con.", "body", "Tổng cục Thuế"),
        ("Mang theo CMND.", "paper", "CMND"),
        ("Mang theo sổ hộ khẩu bản gốc.", "paper", "sổ hộ khẩu"),
        ("Vào dichvucong.gialai.gov.vn để nộp.", "portal", "dichvucong.gialai.gov.vn"),
        ("Vào https://dvc.bocongan.gov.vn nhé.", "portal", "dvc.bocongan.gov.vn"),
        ("Vào Cổng Dịch vụ công của tỉnh.", "body", "Cổng Dịch vụ công của tỉnh"),
        ("Bà con tỉnh Bình Định lưu ý.", "province", "tỉnh Bình Định"),
        ("UBND tỉnh Bà Rịa – Vũng Tàu ban hành.", "province", "UBND tỉnh Bà Rịa – Vũng Tàu"),
        ("Người dân tỉnh Đồng Nai.", "province", "tỉnh Đồng Nai"),
        ("Cả 63 tỉnh, thành phố đã làm.", "province", "63 tỉnh, thành phố"),
        ("Bà con Quảng Nam lưu ý.", "province", "Quảng Nam"),
        ("Tại Hậu Giang đã làm.", "province", "Hậu Giang"),
        ("Về thành phố Thanh Hóa nộp hồ sơ.", "unit", "thành phố Thanh Hóa"),
        ("Công an TP. Vinh tiếp nhận.", "unit", "TP. Vinh"),
        ("Người dân TX. Sơn Tây.", "unit", "TX. Sơn Tây"),
        ("Theo kết luận của Thanh tra sở.", "body", "Thanh tra sở"),
        ("Chánh Thanh tra Sở Y tế ký.", "body", "Chánh Thanh tra Sở"),
        ("Thanh tra Bộ Y tế kiểm tra.", "body", "Thanh tra Bộ"),
        ("Tổng cục Du lịch cho biết.", "body", "Tổng cục Du lịch"),
        ("Đến Phòng Giáo dục và Đào tạo.", "body", "Phòng Giáo dục và Đào tạo"),
        ("Kháng cáo lên Tòa án nhân dân cấp cao.", "body", "Tòa án nhân dân cấp cao"),
        ("VKSND cấp cao kháng nghị.", "body", "VKSND cấp cao"),
        ("Chi cục Thi hành án dân sự mời bà con.", "body", "Chi cục Thi hành án dân sự"),
        ("Cục Thuế tỉnh nhắc bà con.", "body", "Cục Thuế tỉnh"),
        ("Nghe trên Đài Phát thanh - Truyền hình tỉnh.", "body", "Đài Phát thanh - Truyền hình tỉnh"),
        ("Nghe Đài PT-TH tỉnh.", "body", "Đài PT-TH tỉnh"),
        ("Nghe Đài Phát thanh và Truyền hình tỉnh.", "body", "Đài Phát thanh và Truyền hình tỉnh"),
        ("Ban Kinh tế Trung ương cho biết.", "body", "Ban Kinh tế Trung ương"),
        ("Đảng ủy khối doanh nghiệp họp.", "body", "Đảng ủy khối"),
        ("Theo Luật An toàn thông tin mạng.", "law", "Luật An toàn thông tin mạng"),
        ("Theo Luật An ninh mạng số 24/2018/QH14.", "law", "Luật An ninh mạng số 24/2018/QH14"),
        ("Dịch vụ công mức độ 4.", "wording", "Dịch vụ công mức độ 4"),
        ("Theo Nghị định số 13/2023/NĐ-CP.", "law", "Nghị định số 13/2023/NĐ-CP"),
        ("Theo TCVN 11930:2017.", "law", "TCVN 11930:2017"),
    ],
)
def test_what_is_out_of_date_is_found_with_what_holds_now(text, kind, found):
    (stale,) = find_stale(text, DAY)
    assert (stale.kind, stale.found, text[stale.start : stale.end]) == (kind, found, found)
    assert stale.sentence.startswith(f"“{found}” ")
    assert stale.sentence.endswith(".")


@pytest.mark.parametrize(
    "text",
    [
        "Vào dichvucong.gov.vn để nộp hồ sơ.",
        "Quân đội và công an hỗ trợ bà con.",
        "Thông tư số 39/2020/TT-BTTTT ngày 24/11/2020 của Bộ Thông tin và Truyền thông.",
        "Công văn số 506/BTTTT-CĐSQG.",
        "Trụ sở huyện Phú Hòa cũ nay là Trung tâm Phục vụ hành chính công.",
        "Người dân tỉnh Bình Định trước đây nộp hồ sơ như thường.",
        "Từ 01/7/2025 không còn cấp huyện.",
        "Bà con không cần mang sổ hộ khẩu giấy.",
        "Bình Định là quê hương của nhiều lễ hội.",
        "Thái Bình, Hòa Bình và hạnh phúc.",
        "Sở Khoa học và Công nghệ, Bộ Tài chính, Ban Tuyên giáo và Dân vận.",
        "Tài khoản định danh mức độ 2.",
        "Ông Nguyễn Thái Bình và bà Hà Nam ở phường Nam Định, đường Quảng Nam.",
        "Trung tâm Phục vụ hành chính công phường Bình Dương, cầu Bến Tre, sông Hậu Giang.",
        "Thành phố Hồ Chí Minh, TP. Huế, thành phố Đồng Nai, TP Cần Thơ.",
        "Thanh tra Chính phủ, Thanh tra tỉnh, Thanh tra Bộ Công an; thanh tra bộ máy, sở hữu trí tuệ.",
        "Tổng cục Chính trị, Tổng cục Hậu cần.",
        "Tòa án nhân dân tối cao, Tòa án nhân dân khu vực, Cục Thuế thuộc Bộ Tài chính, Luật An ninh mạng.",
        "Báo và phát thanh, truyền hình Gia Lai; Đài Tiếng nói Việt Nam, đài truyền thanh xã.",
        "Người dân Hà Nam trước đây nộp hồ sơ như thường.",
        "Người dân thành phố Thanh Hóa cũ.",
        "",
    ],
)
def test_what_still_holds_or_is_called_former_is_left_alone(text):
    assert find_stale(text, DAY) == ()


def test_a_rule_counts_only_from_its_day_on():
    text = "Người dân tỉnh Đồng Nai mang theo CMND đến UBND huyện."
    assert [stale.found for stale in find_stale(text, date(2024, 6, 1))] == []
    assert [stale.found for stale in find_stale(text, date(2025, 8, 1))] == ["CMND", "huyện"]
    assert [stale.found for stale in find_stale(text, date(2026, 4, 30))] == [
        "tỉnh Đồng Nai",
        "CMND",
        "huyện",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Bà con Hà Nam lưu ý.", ["Hà Nam"]),
        ("Sở Y tế Bến Tre và Công an Phú Yên.", ["Bến Tre", "Phú Yên"]),
        ("Kế hoạch của An Giang; Bạc Liêu; Gia Lai; Long An; Vĩnh Long.", ["Bạc Liêu", "Long An"]),
        ("Các tỉnh Bình Phước, Nam Định và Ninh Bình.", ["tỉnh Bình Phước", "Nam Định"]),
    ],
)
def test_former_province_named_alone_is_a_hint_where_a_commune_has_its_name(text, found):
    stale = find_stale(text, DAY)
    assert [each.found for each in stale] == found
    assert [each.is_hint for each in stale] == [not each.found.startswith("tỉnh") for each in stale]
    assert all("có thể là tên tỉnh cũ" in each.sentence for each in stale if each.is_hint)
    assert find_stale(text, date(2025, 6, 30)) == ()


def test_names_of_former_places_agree_with_the_map():
    data = read_map()
    communes = {unit.name for unit in data.units if len(unit.code) > 2}
    bare = {name for name in FORMER_PROVINCES if name not in communes}
    assert bare == NAMES_NOBODY_HAS
    assert {unit.name for unit in data.units if len(unit.code) == 2} == set(PROVINCES)
    cities = {unit.name for unit in data.former if (unit.tier, unit.word) == ("huyện", "thành phố")}
    assert cities == set(FORMER_CITIES)


def test_each_sentence_is_told_once():
    assert len(stale_sentences("Sở TT&TT. Sở TT&TT. Nộp ở Sở TT&TT.", DAY)) == 1


def test_former_provinces_agree_with_the_map():
    data = read_map()
    now = {unit.code: unit.name for unit in data.units}
    now |= {row.code: row.name for row in data.versions if row.valid_to is None or row.valid_to >= DAY}
    known = {
        name.replace(" - ", " ").replace(" ", "").lower(): heir for name, heir in FORMER_PROVINCES.items()
    }
    agreed = 0
    for former in data.former:
        heir = known.get(former.name.replace("-", "").replace("–", "").replace(" ", "").lower())
        if former.tier == "tỉnh" and heir:
            assert heir.endswith(tuple(now[code] for code in former.successors)), former
            agreed += 1
    assert agreed == len(FORMER_PROVINCES) == 29


def test_a_long_text_is_searched_quickly():
    import time

    text = "Bà con nộp hồ sơ tại trung tâm của xã. " * 3000
    started = time.perf_counter()
    find_stale(text, DAY)
    assert time.perf_counter() - started < 3
