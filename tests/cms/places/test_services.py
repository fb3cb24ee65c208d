import shutil
from datetime import date

import pytest

from cms.places import mapfile
from cms.places.mapfile import DATA_DIR, MapFileError
from cms.places.models import AdministrativeUnit, UnitAlias, UnitKind, UnitVersion
from cms.places.services import Changes, load_map
from tests.cms.places.conftest import TODAY

pytestmark = pytest.mark.database


@pytest.fixture
def folder(tmp_path):
    """A small map: two provinces, three communes, one former province with a district and a commune."""
    (tmp_path / mapfile.UNITS_FILE).write_text(
        "code\ttype\tname\tparent\tvalid_from\tvalid_to\tlatitude\tlongitude\n"
        "52\ttỉnh\tGia Lai\t00\t2025-07-01\t\t13.8902\t108.4380\n"
        "75\ttỉnh\tĐồng Nai\t00\t2025-07-01\t\t\t\n"
        "21583\tphường\tQuy Nhơn\t52\t2025-07-01\t\t13.7700\t109.2200\n"
        "21952\txã\tTuy Phước\t52\t2025-07-01\t\t\t\n"
        "26188\txã\tXuân Quế\t75\t2025-07-01\t\t\t\n",
        encoding="utf-8",
    )
    (tmp_path / mapfile.FORMER_FILE).write_text(
        "tier\tcode\ttype\tname\tparent\tvalid_to\tsuccessors\n"
        "tỉnh\t52\ttỉnh\tBình Định\t00\t2025-06-30\t52\n"
        "huyện\t550\thuyện\tTuy Phước\t52\t2025-06-30\t21583,21952\n"
        "xã\t21970\txã\tPhước Mỹ\t550\t2025-06-30\t21583\n",
        encoding="utf-8",
    )
    for name in (mapfile.VERSIONS_FILE, mapfile.TOTALS_FILE):
        shutil.copy(DATA_DIR / name, tmp_path / name)
    return tmp_path


def _edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_shipped_map_is_loaded_whole(loaded_map, db):
    assert (loaded_map.provinces, loaded_map.communes, loaded_map.former_units) == (34, 3321, 10794)
    assert AdministrativeUnit.objects.count() == 3356
    assert UnitAlias.objects.count() == 14339
    assert UnitVersion.objects.count() == 2
    assert len(loaded_map.gaps) == 2


def test_loading_the_shipped_map_again_changes_nothing(loaded_map, db, django_assert_max_num_queries):
    before = list(AdministrativeUnit.objects.order_by("code").values_list("pk", "code", "path"))
    with django_assert_max_num_queries(8):
        again = load_map(on=TODAY)
    assert again.units == Changes(made=0, altered=0, removed=0, kept=3356)
    assert again.aliases == Changes(made=0, altered=0, removed=0, kept=14339)
    assert again.versions == Changes(made=0, altered=0, removed=0, kept=2)
    assert list(AdministrativeUnit.objects.order_by("code").values_list("pk", "code", "path")) == before


def test_kind_of_the_day_is_loaded(folder, no_map):
    load_map(folder, on=date(2026, 4, 29))
    unit = AdministrativeUnit.objects.get(code="75")
    assert (unit.kind, unit.full_name) == (UnitKind.PROVINCE, "Tỉnh Đồng Nai")
    report = load_map(folder, on=date(2026, 4, 30))
    unit.refresh_from_db()
    assert (unit.kind, unit.full_name) == (UnitKind.CITY, "Thành phố Đồng Nai")
    # The commune changes with it, because it is also found by what it lies in.
    assert report.units == Changes(made=0, altered=2, removed=0, kept=4)


def test_each_successor_of_a_former_unit_has_a_row(folder, no_map):
    load_map(folder, on=TODAY)
    rows = UnitAlias.objects.order_by("tier", "unit__code").values_list(
        "former_full_name", "former_parents", "unit__full_name", "note", "valid_from", "valid_to"
    )
    last_day = date(2025, 6, 30)
    divided = "Đơn vị cũ nay thuộc 2 địa bàn."
    assert set(rows) == {
        ("Tỉnh Bình Định", "", "Tỉnh Gia Lai", "", None, last_day),
        ("Huyện Tuy Phước", "Tỉnh Bình Định", "Phường Quy Nhơn", divided, None, last_day),
        ("Huyện Tuy Phước", "Tỉnh Bình Định", "Xã Tuy Phước", divided, None, last_day),
        ("Xã Phước Mỹ", "Huyện Tuy Phước, Tỉnh Bình Định", "Phường Quy Nhơn", "", None, last_day),
    }


def test_renamed_unit_keeps_its_key_and_is_found_by_the_new_name(folder, no_map):
    load_map(folder, on=TODAY)
    unit = AdministrativeUnit.objects.get(code="21952")
    _edit(folder / mapfile.UNITS_FILE, "21952\txã\tTuy Phước", "21952\tphường\tTuy Phước Mới")
    report = load_map(folder, on=TODAY)
    renamed = AdministrativeUnit.objects.get(code="21952")
    assert report.units == Changes(made=0, altered=1, removed=0, kept=5)
    assert renamed.pk == unit.pk
    assert renamed.full_name == "Phường Tuy Phước Mới"
    assert AdministrativeUnit.objects.search("phường tuy phước mới")[0].unit == renamed


def test_alias_the_map_no_longer_names_is_removed_and_a_unit_is_not(folder, no_map):
    load_map(folder, on=TODAY)
    _edit(folder / mapfile.UNITS_FILE, "26188\txã\tXuân Quế\t75\t2025-07-01\t\t\t\n", "")
    _edit(folder / mapfile.FORMER_FILE, "21583,21952", "21952")
    report = load_map(folder, on=TODAY)
    assert report.units == Changes(made=0, altered=0, removed=0, kept=5)
    assert report.aliases == Changes(made=0, altered=1, removed=1, kept=2)
    assert AdministrativeUnit.objects.filter(code="26188").exists()


def test_faulty_map_leaves_the_database_as_it_was(folder, no_map):
    load_map(folder, on=TODAY)
    _edit(folder / mapfile.UNITS_FILE, "Quy Nhơn\t52", "Quy Nhơn Mới\t52")
    _edit(folder / mapfile.FORMER_FILE, "21583,21952", "21583,99999")
    with pytest.raises(MapFileError, match="đơn vị 550 không có đơn vị kế thừa hợp lệ"):
        load_map(folder, on=TODAY)
    assert AdministrativeUnit.objects.get(code="21583").name == "Quy Nhơn"
