import json
import sqlite3
import zipfile
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from cms.places import mapfile
from cms.places.mapfile import DATA_DIR
from cms.places.wheel_source import CONVERTER, DATASET

NOVEMBER = "2026-11-22T09:00:00+07:00"


@pytest.fixture
def wheel(tmp_path):
    """A wheel of one province with one commune that was one commune before."""
    connection = sqlite3.connect(":memory:")
    connection.executescript(
        """
        CREATE TABLE admin_units (province, provinceKey, provinceCode, provinceLat, provinceLon,
                                  ward, wardKey, wardCode, wardLat, wardLon);
        INSERT INTO admin_units VALUES ('Tỉnh Thử', 'tinhthu', '75', 11.1, 107.1, 'Xã Mới', 'xamoi', '26188', NULL, NULL);
        CREATE TABLE admin_units_legacy (province, provinceKey, provinceCode, district, districtKey, districtCode,
                                         ward, wardKey, wardCode);
        INSERT INTO admin_units_legacy VALUES
            ('Tỉnh Thử', 'tinhthu', '70', 'Huyện Cũ', 'huyencu', '700', 'Xã Cũ', 'xacu', '25000');
        """
    )
    successors = {
        "DICT_PROVINCE": {"tinhthu": ["tinhthu"]},
        "DICT_PROVINCE_WARD_NO_DIVIDED": {"tinhthu": {"xamoi": ["tinhthu_huyencu_xacu"]}},
        "DICT_PROVINCE_WARD_DIVIDED": {},
    }
    path = tmp_path / "vietnamadminunits-0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(DATASET, connection.serialize())
        archive.writestr(CONVERTER, json.dumps(successors))
        archive.writestr("vietnamadminunits-0.dist-info/licenses/LICENSE", "MIT License\n")
    connection.close()
    return path


@pytest.fixture
def folder(tmp_path):
    target = tmp_path / "data"
    target.mkdir()
    for name in (mapfile.VERSIONS_FILE, mapfile.TOTALS_FILE):
        (target / name).write_bytes((DATA_DIR / name).read_bytes())
    return target


def _run(*arguments):
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


@time_machine.travel(NOVEMBER, tick=False)
def test_import_writes_files_and_licence_and_says_what_is_missing(wheel, folder):
    said = _run("import_map_source", f"--wheel={wheel}", f"--to={folder}")
    assert (folder / mapfile.UNITS_FILE).read_text(encoding="utf-8") == (
        "code\ttype\tname\tparent\tvalid_from\tvalid_to\tlatitude\tlongitude\n"
        "75\ttỉnh\tThử\t00\t2025-07-01\t\t11.1000\t107.1000\n"
        "26188\txã\tMới\t75\t2025-07-01\t\t\t\n"
    )
    assert (folder / mapfile.FORMER_FILE).read_text(encoding="utf-8") == (
        "tier\tcode\ttype\tname\tparent\tvalid_to\tsuccessors\n"
        "tỉnh\t70\ttỉnh\tThử\t00\t2025-06-30\t75\n"
        "huyện\t700\thuyện\tCũ\t70\t2025-06-30\t26188\n"
        "xã\t25000\txã\tCũ\t700\t2025-06-30\t26188\n"
    )
    assert (folder / "LICENSE.vietnamadminunits").read_text(encoding="utf-8") == "MIT License\n"
    assert f"Đã ghi 2 địa bàn và 3 đơn vị cũ vào {folder}." in said
    assert "Lưu ý: Số phường trong dữ liệu là 0, số chính thức từ 30/04/2026 là 697" in said


def test_import_of_a_file_that_is_no_wheel_leaves_the_folder_alone(tmp_path, folder):
    stranger = tmp_path / "map.whl"
    stranger.write_text("không phải gói dữ liệu", encoding="utf-8")
    with pytest.raises(CommandError, match=r"Tệp map\.whl không phải gói dữ liệu vietnamadminunits"):
        _run("import_map_source", f"--wheel={stranger}", f"--to={folder}")
    assert sorted(path.name for path in folder.iterdir()) == [mapfile.TOTALS_FILE, mapfile.VERSIONS_FILE]


def test_import_into_a_folder_that_is_not_there_says_so(wheel, tmp_path):
    with pytest.raises(CommandError, match="Không ghi được vào thư mục"):
        _run("import_map_source", f"--wheel={wheel}", f"--to={tmp_path / 'nowhere'}")


@time_machine.travel(NOVEMBER, tick=False)
def test_load_map_says_its_counts_and_the_gap(loaded_map, db):
    assert _run("load_map").splitlines() == [
        "Đã nạp bản đồ: 34 tỉnh, thành phố; 3321 xã, phường, đặc khu; 10794 đơn vị cũ.",
        "Địa bàn: thêm 0, sửa 0, bỏ 0, giữ nguyên 3356.",
        "Tên gọi cũ: thêm 0, sửa 0, bỏ 0, giữ nguyên 14339.",
        "Giai đoạn: thêm 0, sửa 0, bỏ 0, giữ nguyên 2.",
        f"Lưu ý: {loaded_map.gaps[0]}",
        f"Lưu ý: {loaded_map.gaps[1]}",
    ]
