import shutil
import unicodedata
from collections import Counter
from datetime import date

import pytest

from cms.places import kinds, mapfile
from cms.places.mapfile import DATA_DIR, MapFileError, gaps, read_map, write_units

COMMUNES_OF = {
    "Hà Nội": 126, "Hải Phòng": 114, "Huế": 40, "Đà Nẵng": 94, "Đồng Nai": 95, "Hồ Chí Minh": 168, "Cần Thơ": 103,
    "Cao Bằng": 56, "Tuyên Quang": 124, "Điện Biên": 45, "Lai Châu": 38, "Sơn La": 75, "Lào Cai": 99,
    "Thái Nguyên": 92, "Lạng Sơn": 65, "Quảng Ninh": 54, "Bắc Ninh": 99, "Phú Thọ": 148, "Hưng Yên": 104,
    "Ninh Bình": 129, "Thanh Hóa": 166, "Nghệ An": 130, "Hà Tĩnh": 69, "Quảng Trị": 78, "Quảng Ngãi": 96,
    "Gia Lai": 135, "Khánh Hòa": 65, "Đắk Lắk": 102, "Lâm Đồng": 124, "Tây Ninh": 96, "Đồng Tháp": 102,
    "Vĩnh Long": 124, "An Giang": 102, "Cà Mau": 64,
}  # fmt: skip

SPECIAL_ZONES = {
    "Vân Đồn", "Cô Tô", "Cát Hải", "Bạch Long Vĩ", "Cồn Cỏ", "Hoàng Sa", "Lý Sơn", "Trường Sa", "Phú Quý",
    "Côn Đảo", "Phú Quốc", "Thổ Châu", "Kiên Hải",
}  # fmt: skip


@pytest.fixture(scope="module")
def shipped():
    return read_map()


@pytest.fixture
def folder(tmp_path):
    for name in (mapfile.UNITS_FILE, mapfile.FORMER_FILE, mapfile.VERSIONS_FILE, mapfile.TOTALS_FILE):
        shutil.copy(DATA_DIR / name, tmp_path / name)
    return tmp_path


def _append(path, *cells):
    with path.open("a", encoding="utf-8") as file:
        file.write("\t".join(cells) + "\n")


def test_every_province_has_its_number_of_communes(shipped):
    name_of = {unit.code: unit.name for unit in shipped.units if unit.parent_code == "00"}
    counted = Counter(name_of[unit.parent_code] for unit in shipped.units if unit.parent_code != "00")
    assert dict(counted) == COMMUNES_OF
    assert counted.total() == 3321


def test_units_by_kind_are_those_of_the_first_of_july_2025(shipped):
    assert Counter(unit.kind for unit in shipped.units) == {
        kinds.PROVINCE: 28, kinds.CITY: 6, kinds.COMMUNE: 2621, kinds.WARD: 687, kinds.SPECIAL_ZONE: 13,
    }  # fmt: skip
    assert {unit.valid_from for unit in shipped.units} == {date(2025, 7, 1)}


def test_thirteen_special_zones_by_name(shipped):
    assert {unit.name for unit in shipped.units if unit.kind == kinds.SPECIAL_ZONE} == SPECIAL_ZONES


def test_former_units_by_tier(shipped):
    assert Counter(row.tier for row in shipped.former) == {"tỉnh": 63, "huyện": 696, "xã": 10035}
    parents = {row.parent_code for row in shipped.former if row.tier == "xã"}
    without_communes = {row.name for row in shipped.former if row.tier == "huyện" and row.code not in parents}
    assert without_communes == {"Bạch Long Vĩ", "Cồn Cỏ", "Hoàng Sa", "Lý Sơn", "Côn Đảo"}


def test_former_provinces_lead_to_all_present_ones(shipped):
    code_of = {unit.name: unit.code for unit in shipped.units if unit.parent_code == "00"}
    successors = {row.name: row.successors for row in shipped.former if row.tier == "tỉnh"}
    assert successors["Bình Định"] == successors["Gia Lai"] == (code_of["Gia Lai"],)
    assert successors["Bạc Liêu"] == (code_of["Cà Mau"],)
    assert successors["Long An"] == (code_of["Tây Ninh"],)
    assert successors["Nam Định"] == (code_of["Ninh Bình"],)
    assert {code for codes in successors.values() for code in codes} == set(code_of.values())


def test_every_commune_continues_at_least_one_former_unit(shipped):
    continued = {code for row in shipped.former for code in row.successors}
    assert continued == {unit.code for unit in shipped.units}


def test_files_are_composed_sorted_and_without_stray_blanks():
    for name in (mapfile.UNITS_FILE, mapfile.FORMER_FILE, mapfile.VERSIONS_FILE, mapfile.TOTALS_FILE):
        text = (DATA_DIR / name).read_text(encoding="utf-8")
        assert text == unicodedata.normalize("NFC", text)
        assert text.endswith("\n")
        assert "\r" not in text
        assert "  " not in text
    codes = [unit.code for unit in read_map().units]
    assert codes == sorted(codes, key=lambda code: (len(code), code))


def test_coordinates_lie_in_viet_nam(shipped):
    assert all(8 <= unit.latitude <= 23.5 and 102 <= unit.longitude <= 115 for unit in shipped.units)


def test_licence_of_the_source_is_kept():
    text = (DATA_DIR / "LICENSE.vietnamadminunits").read_text(encoding="utf-8")
    assert text.startswith("MIT License\n\nCopyright (c) 2025 Tran Ngoc Minh Hieu\n")


def test_writing_what_was_read_gives_the_same_files(shipped, tmp_path):
    write_units(reversed(shipped.units), reversed(shipped.former), tmp_path)
    for name in (mapfile.UNITS_FILE, mapfile.FORMER_FILE):
        assert (tmp_path / name).read_bytes() == (DATA_DIR / name).read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == [mapfile.FORMER_FILE, mapfile.UNITS_FILE]


def test_no_gap_is_known_on_the_first_day_of_the_map(shipped):
    assert gaps(shipped, date(2025, 7, 1)) == []
    assert gaps(shipped, date(2020, 1, 1)) == []


def test_ten_unnamed_wards_of_dong_nai_are_said_to_be_missing(shipped):
    assert gaps(shipped, date(2026, 4, 30)) == [
        "Số xã trong dữ liệu là 2621, số chính thức từ 30/04/2026 là 2611 (Nghị quyết 237/NQ-UBTVQH16); "
        "dữ liệu thừa 10.",
        "Số phường trong dữ liệu là 687, số chính thức từ 30/04/2026 là 697 (Nghị quyết 237/NQ-UBTVQH16); "
        "dữ liệu thiếu 10.",
    ]


def test_gap_shrinks_when_a_ward_is_named_in_the_versions(folder):
    commune = next(
        unit for unit in read_map().units if unit.parent_code == "75" and unit.kind == kinds.COMMUNE
    )
    row = (commune.code, "phường", commune.name, "2026-04-30", "", "Nghị quyết 237/NQ-UBTVQH16")
    _append(folder / mapfile.VERSIONS_FILE, *row)
    found = [sentence.rsplit("; ")[-1] for sentence in gaps(read_map(folder), date(2026, 11, 22))]
    assert found == ["dữ liệu thừa 9.", "dữ liệu thiếu 9."]


@pytest.mark.parametrize(
    ("file", "cells", "sentence"),
    [
        (
            mapfile.UNITS_FILE,
            ("52", "tỉnh", "Gia Lai", "00", "2025-07-01", "", "", ""),
            "Tệp units.tsv: mã bị lặp lại: 52.",
        ),
        (
            mapfile.UNITS_FILE,
            ("99999", "xã", "Thử", "98", "2025-07-01", "", "", ""),
            "Tệp units.tsv: đơn vị 99999 có cấp trên 98 không hợp lệ.",
        ),
        (
            mapfile.UNITS_FILE,
            ("99999", "xã", "Thử", "00", "2025-07-01", "", "", ""),
            "Tệp units.tsv: đơn vị 99999 có cấp trên 00 không hợp lệ.",
        ),
        (
            mapfile.UNITS_FILE,
            ("99/99", "xã", "Thử", "52", "2025-07-01", "", "", ""),
            "Tệp units.tsv, dòng 3357: giá trị không hợp lệ (99/99).",
        ),
        (
            mapfile.UNITS_FILE,
            ("99999", "xã", "Thử"),
            "Tệp units.tsv, dòng 3357: cần 8 cột nhưng có 3.",
        ),
        (
            mapfile.FORMER_FILE,
            ("xã", "99999", "xã", "Thử", "001", "2025-06-30", "98765"),
            "Tệp former_units.tsv: đơn vị 99999 không có đơn vị kế thừa hợp lệ (98765).",
        ),
        (
            mapfile.FORMER_FILE,
            ("xã", "99999", "xã", "Thử", "998", "2025-06-30", "00004"),
            "Tệp former_units.tsv: đơn vị 99999 có cấp trên 998 không hợp lệ.",
        ),
        (
            mapfile.VERSIONS_FILE,
            ("75", "thành phố", "Đồng Nai", "2026-05-01", "", "Thử"),
            "Tệp versions.tsv: hai giai đoạn của mã 75 chồng lên nhau.",
        ),
        (
            mapfile.VERSIONS_FILE,
            ("75", "xã", "Đồng Nai", "2027-05-01", "", "Thử"),
            "Tệp versions.tsv: mã 75 không có trong bản đồ hoặc sai cấp.",
        ),
    ],
)
def test_faulty_row_is_refused_with_a_sentence(folder, file, cells, sentence):
    _append(folder / file, *cells)
    with pytest.raises(MapFileError) as refusal:
        read_map(folder)
    assert str(refusal.value) == sentence


def test_missing_file_is_named(folder):
    (folder / mapfile.TOTALS_FILE).unlink()
    with pytest.raises(MapFileError, match=r"Không đọc được tệp bản đồ official_totals\.tsv\."):
        read_map(folder)


def test_file_with_other_columns_is_refused(folder):
    (folder / mapfile.VERSIONS_FILE).write_text("mã\ttên\n", encoding="utf-8")
    with pytest.raises(MapFileError, match=r"Tệp versions\.tsv: dòng đầu phải là tên các cột"):
        read_map(folder)
