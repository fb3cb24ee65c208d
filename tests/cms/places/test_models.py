import unicodedata
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from cms.places.models import AdministrativeUnit, UnitAlias, UnitKind, UnitVersion

pytestmark = pytest.mark.database


@pytest.fixture
def province(no_map):
    centre = AdministrativeUnit.objects.create(code="00", name="Trung ương", kind=UnitKind.CENTRE)
    return AdministrativeUnit.objects.create(code="52", name="Gia Lai", kind=UnitKind.PROVINCE, parent=centre)


def test_saving_derives_everything_that_follows_from_name_kind_and_parent(province):
    commune = AdministrativeUnit.objects.create(
        code="23638", name="Chư Păh", kind=UnitKind.COMMUNE, parent=province
    )
    commune.refresh_from_db()
    assert commune.full_name == str(commune) == "Xã Chư Păh"
    assert commune.address == "Xã Chư Păh, Tỉnh Gia Lai"
    assert commune.level == 2
    assert commune.path == "00/52/23638/"
    assert commune.path_codes() == ["00", "52", "23638"]
    assert (commune.folded, commune.folded_full, commune.joined) == ("chu pah", "xa chu pah", "chupah")
    assert commune.search_text == " xa chu pah chupah tinh gia lai gialai "


def test_names_are_kept_composed(province):
    province.name = unicodedata.normalize("NFD", "Đắk Lắk")
    province.save()
    province.refresh_from_db()
    assert province.name == "Đắk Lắk"
    assert province.full_name == "Tỉnh Đắk Lắk"


def test_address_of_province_and_centre_is_their_own_name(province):
    assert province.address == "Tỉnh Gia Lai"
    assert province.parent.address == "Trung ương"


def test_two_units_cannot_share_a_code(province):
    with pytest.raises(IntegrityError), transaction.atomic():
        AdministrativeUnit.objects.create(
            code="52", name="Khác", kind=UnitKind.PROVINCE, parent=province.parent
        )


def test_unit_with_units_below_cannot_be_deleted(province):
    with pytest.raises(ProtectedError):
        province.parent.delete()


def test_no_code_is_repeated_and_every_path_ends_in_the_own_code(vietnam):
    rows = list(vietnam.values_list("code", "path"))
    assert len({code for code, _path in rows}) == len(rows) == 3356
    assert all(path.endswith(f"/{code}/") for code, path in rows if code != "00")


def test_every_stored_name_is_composed(vietnam):
    stored = [
        *vietnam.values_list("full_name", flat=True),
        *UnitAlias.objects.values_list("former_full_name", flat=True),
        *UnitAlias.objects.values_list("former_parents", flat=True),
        *UnitVersion.objects.values_list("full_name", flat=True),
    ]
    assert [text for text in stored if not unicodedata.is_normalized("NFC", text)] == []


def test_dong_nai_was_a_province_until_29_4_2026_and_is_a_city_since(vietnam):
    unit = vietnam.get(code="75")
    assert unit.full_name == "Thành phố Đồng Nai"
    assert unit.kind == UnitKind.CITY
    assert unit.full_name_on(date(2026, 4, 29)) == "Tỉnh Đồng Nai"
    assert unit.full_name_on(date(2026, 4, 30)) == "Thành phố Đồng Nai"
    assert [(row.kind, row.valid_from, row.valid_to) for row in unit.versions.all()] == [
        (UnitKind.PROVINCE, date(2025, 7, 1), date(2026, 4, 29)),
        (UnitKind.CITY, date(2026, 4, 30), None),
    ]


def test_unit_without_versions_is_called_by_its_present_name_on_any_day(vietnam):
    assert vietnam.get(code="52").full_name_on(date(2025, 7, 1)) == "Tỉnh Gia Lai"


def test_seven_cities_and_twenty_seven_provinces(vietnam):
    provinces = vietnam.provinces()
    assert provinces.filter(kind=UnitKind.CITY).count() == 7
    assert provinces.filter(kind=UnitKind.PROVINCE).count() == 27


def test_contains_answers_from_paths_alone(vietnam, django_assert_num_queries):
    centre, province = vietnam.get(code="00"), vietnam.get(code="52")
    commune = vietnam.communes().within(province).first()
    stranger = vietnam.get(code="51")
    with django_assert_num_queries(0):
        assert centre.contains(commune)
        assert province.contains(province)
        assert province.contains(commune)
        assert not commune.contains(province)
        assert not stranger.contains(commune)
