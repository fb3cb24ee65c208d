"""What a text says that is no longer so, and what only looks like it."""

from __future__ import annotations

from datetime import date

import pytest

from cms.facts.staleness import find_stale, stale_sentences
from cms.facts.staleness_rules import FORMER_PROVINCES
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
