import json
import sqlite3
import unicodedata
import zipfile
from datetime import date

import pytest

from cms.places import kinds
from cms.places.mapfile import FormerUnitRow, MapFileError, UnitRow
from cms.places.wheel_source import CONVERTER, DATASET, read_wheel

PRESENT = [
    ("Tỉnh Gia Lai", "tinhgialai", "52", 13.8902, 108.438, "Phường Quy Nhơn", "phuongquynhon", "Xã", "21583", 13.77, 109.2),
    ("Tỉnh Gia Lai", "tinhgialai", "52", 13.8902, 108.438, "Xã Tuy Phước", "xatuyphuoc", "Xã", "21952", 13.83, 109.16),
]  # fmt: skip
FORMER = [
    ("Tỉnh Bình Định", "tinhbinhdinh", "52", "Thành Phố Quy Nhơn", "thanhphoquynhon", "540", "Phường Trần Phú", "phuongtranphu", "21571"),
    ("Tỉnh Bình Định", "tinhbinhdinh", "52", "Huyện Tuy Phước", "huyentuyphuoc", "550", "Thị Trấn Tuy Phước", "thitrantuyphuoc", "21952"),
    ("Tỉnh Bình Định", "tinhbinhdinh", "52", "Huyện Cù Lao", "huyenculao", "559", None, None, None),
]  # fmt: skip
SUCCESSORS = {
    "DICT_PROVINCE": {"tinhgialai": ["tinhbinhdinh"]},
    "DICT_PROVINCE_WARD_NO_DIVIDED": {
        "tinhgialai": {
            "phuongquynhon": ["tinhbinhdinh_thanhphoquynhon_phuongtranphu", "tinhbinhdinh_huyenculao_"]
        }
    },
    "DICT_PROVINCE_WARD_DIVIDED": {
        "tinhgialai": {
            "tinhbinhdinh_huyentuyphuoc_thitrantuyphuoc": [
                {"newWardKey": "xatuyphuoc", "isDefaultNewWard": True},
                {"newWardKey": "phuongquynhon", "isDefaultNewWard": False},
            ]
        }
    },
}


def _build(path, successors, present=PRESENT):
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "CREATE TABLE admin_units (province, provinceKey, provinceCode, provinceLat, provinceLon, ward, wardKey,"
        " wardType, wardCode, wardLat, wardLon)"
    )
    connection.execute(
        "CREATE TABLE admin_units_legacy (province, provinceKey, provinceCode, district, districtKey,"
        " districtCode, ward, wardKey, wardCode)"
    )
    decomposed = [
        [unicodedata.normalize("NFD", cell) if isinstance(cell, str) else cell for cell in row]
        for row in present
    ]
    connection.executemany(f"INSERT INTO admin_units VALUES ({','.join('?' * 11)})", decomposed)
    connection.executemany(f"INSERT INTO admin_units_legacy VALUES ({','.join('?' * 9)})", FORMER)
    connection.commit()
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr(DATASET, connection.serialize())
        wheel.writestr(CONVERTER, json.dumps(successors))
        wheel.writestr("vietnamadminunits-1.dist-info/licenses/LICENSE", "MIT License\n")
    connection.close()
    return path


@pytest.fixture
def wheel(tmp_path):
    return _build(tmp_path / "map.whl", SUCCESSORS)


def test_present_units_are_read_composed_with_the_kind_of_their_full_name(wheel):
    day = date(2025, 7, 1)
    assert read_wheel(wheel).units == (
        UnitRow("52", kinds.PROVINCE, "Gia Lai", "00", day, None, 13.8902, 108.438),
        UnitRow("21583", kinds.WARD, "Quy Nhơn", "52", day, None, 13.77, 109.2),
        UnitRow("21952", kinds.COMMUNE, "Tuy Phước", "52", day, None, 13.83, 109.16),
    )


def test_former_units_of_all_tiers_are_read_with_their_successors(wheel):
    day = date(2025, 6, 30)
    assert set(read_wheel(wheel).former) == {
        FormerUnitRow("xã", "21571", "phường", "Trần Phú", "540", day, ("21583",)),
        FormerUnitRow("xã", "21952", "thị trấn", "Tuy Phước", "550", day, ("21583", "21952")),
        FormerUnitRow("huyện", "540", "thành phố", "Quy Nhơn", "52", day, ("21583",)),
        FormerUnitRow("huyện", "550", "huyện", "Tuy Phước", "52", day, ("21583", "21952")),
        FormerUnitRow("huyện", "559", "huyện", "Cù Lao", "52", day, ("21583",)),
        FormerUnitRow("tỉnh", "52", "tỉnh", "Bình Định", "00", day, ("52",)),
    }


def test_licence_is_read_word_for_word(wheel):
    assert read_wheel(wheel).licence == "MIT License\n"


def test_former_unit_without_successor_is_refused(tmp_path):
    path = _build(tmp_path / "map.whl", {**SUCCESSORS, "DICT_PROVINCE_WARD_DIVIDED": {}})
    with pytest.raises(MapFileError, match="không nêu đơn vị kế thừa của Thị Trấn Tuy Phước"):
        read_wheel(path)


def test_unit_of_unknown_kind_is_refused(tmp_path):
    strange = [(*PRESENT[0][:5], "Làng Thử", "langthu", "Làng", "21583", 13.77, 109.2), *PRESENT[1:]]
    with pytest.raises(MapFileError, match=r"map\.whl không phải gói dữ liệu .* tên “Làng Thử”"):
        read_wheel(_build(tmp_path / "map.whl", SUCCESSORS, strange))


@pytest.mark.parametrize("content", [b"", b"no wheel at all"])
def test_file_that_is_no_wheel_is_refused(tmp_path, content):
    path = tmp_path / "map.whl"
    path.write_bytes(content)
    with pytest.raises(MapFileError, match=r"Tệp map\.whl không phải gói dữ liệu vietnamadminunits đọc được"):
        read_wheel(path)


def test_wheel_of_another_package_is_refused(tmp_path):
    path = tmp_path / "other.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr("other/__init__.py", "")
    with pytest.raises(MapFileError, match=r"Tệp other\.whl không phải gói dữ liệu"):
        read_wheel(path)
