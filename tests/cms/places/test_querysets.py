import unicodedata
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms.places.models import AdministrativeUnit, UnitAlias, UnitKind
from cms.places.querysets import BEGINS, CONTAINS, EXACT, NAMED, lies_within

pytestmark = pytest.mark.database


def _addresses(matches):
    return [match.unit.address for match in matches]


def test_map_has_34_provinces_and_3321_communes(vietnam):
    assert vietnam.provinces().count() == 34
    assert vietnam.communes().count() == 3321
    assert vietnam.filter(level=0).get().full_name == "Trung ương"


def test_provinces_come_in_vietnamese_order(vietnam):
    names = list(vietnam.provinces().values_list("name", flat=True))
    assert names[:6] == ["An Giang", "Bắc Ninh", "Cà Mau", "Cao Bằng", "Cần Thơ", "Đà Nẵng"]
    assert names[-3:] == ["Thanh Hóa", "Tuyên Quang", "Vĩnh Long"]


def test_within_holds_the_unit_and_what_lies_in_it(vietnam):
    province = vietnam.get(code="52")
    inside = vietnam.within(province)
    assert inside.count() == 136
    assert inside.provinces().get() == province
    assert vietnam.within(vietnam.get(code="00")).count() == 3356


def test_within_does_not_take_a_sibling_whose_code_begins_alike(no_map):
    centre = AdministrativeUnit.objects.create(code="00", name="Trung ương", kind=UnitKind.CENTRE)
    short = AdministrativeUnit.objects.create(code="5", name="Một", kind=UnitKind.PROVINCE, parent=centre)
    longer = AdministrativeUnit.objects.create(code="52", name="Hai", kind=UnitKind.PROVINCE, parent=centre)
    AdministrativeUnit.objects.create(code="521", name="Ba", kind=UnitKind.COMMUNE, parent=longer)
    assert list(AdministrativeUnit.objects.within(short)) == [short]
    assert AdministrativeUnit.objects.within(longer).count() == 2


def test_scope_over_another_model_goes_through_the_field_that_points_to_the_place(vietnam):
    province = vietnam.get(code="96")
    former = UnitAlias.objects.filter(lies_within(province, "unit"), tier="tỉnh")
    assert {alias.former_name for alias in former} == {"Bạc Liêu", "Cà Mau"}


def test_ancestors_come_from_the_centre_down(vietnam, django_assert_num_queries):
    commune = vietnam.communes().within(vietnam.get(code="52")).first()
    with django_assert_num_queries(1):
        assert [unit.full_name for unit in commune.ancestors()] == ["Trung ương", "Tỉnh Gia Lai"]


def test_map_is_in_force_from_its_first_day(vietnam):
    assert vietnam.valid_on(date(2025, 6, 30)).count() == 1
    assert vietnam.valid_on(date(2025, 7, 1)).count() == 3356


def test_closed_unit_is_valid_to_the_end_of_its_last_day(vietnam):
    vietnam.filter(code="00004").update(valid_to=date(2027, 1, 31))
    assert vietnam.valid_on(date(2027, 1, 31)).filter(code="00004").exists()
    assert not vietnam.valid_on(date(2027, 2, 1)).filter(code="00004").exists()


@pytest.mark.parametrize("typed", ["binh dinh", "Bình Định", "BÌNH ĐỊNH", "tỉnh Bình Định", "binhdinh"])
def test_vanished_province_finds_the_one_it_went_into(vietnam, typed):
    for text in (typed, unicodedata.normalize("NFD", typed)):
        best = vietnam.search(text)[0]
        assert best.unit.full_name == "Tỉnh Gia Lai"
        assert best.explanation == "Tỉnh Bình Định trước đây nay thuộc địa bàn này."


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("gia lai", "Tỉnh Gia Lai"),
        ("Khánh Hoà", "Tỉnh Khánh Hòa"),
        ("thanh hoá", "Tỉnh Thanh Hóa"),
        ("daklak", "Tỉnh Đắk Lắk"),
        ("TP. HCM", "Thành phố Hồ Chí Minh"),
        ("hochiminh", "Thành phố Hồ Chí Minh"),
        ("dong nai", "Thành phố Đồng Nai"),
        ("mdrak", "Xã M'Drắk, Tỉnh Đắk Lắk"),
        ("phuong quy nhon", "Phường Quy Nhơn, Tỉnh Gia Lai"),
        ("dac khu phu quoc", "Đặc khu Phú Quốc, Tỉnh An Giang"),
        ("Quy Nhơn, Gia Lai", "Phường Quy Nhơn, Tỉnh Gia Lai"),
        ("cẩm giang", "Xã Cẩm Giang, Thành phố Hải Phòng"),
    ],
)
def test_present_unit_is_found_first_by_what_people_type(vietnam, typed, address):
    best = vietnam.search(typed)[0]
    assert best.unit.address == address
    assert best.explanation == ""


def test_abolished_ward_finds_its_successor(vietnam):
    best = vietnam.search("phuc xa")[0]
    assert best.unit.address == "Phường Hồng Hà, Thành phố Hà Nội"
    assert best.grade == EXACT
    assert best.alias.former_full_name == "Phường Phúc Xá"
    assert best.explanation == (
        "Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội trước đây nay thuộc địa bàn này."
    )


def test_divided_ward_finds_all_its_successors_and_says_so(vietnam):
    matches = vietnam.search("phường Quảng An, quận Tây Hồ")
    assert _addresses(matches[:2]) == ["Phường Hồng Hà, Thành phố Hà Nội", "Phường Tây Hồ, Thành phố Hà Nội"]
    assert {match.grade for match in matches[:2]} == {NAMED}
    assert matches[0].alias.note == "Đơn vị cũ nay thuộc 2 địa bàn."
    assert matches[0].explanation == (
        "Một phần của Phường Quảng An, Quận Tây Hồ, Thành phố Hà Nội trước đây nay thuộc địa bàn này."
    )


def test_abolished_district_finds_what_it_was_divided_into(vietnam):
    matches = [match for match in vietnam.search("huyện Tuy Phước") if match.grade == EXACT]
    assert {match.unit.parent.name for match in matches} == {"Gia Lai"}
    assert "Xã Tuy Phước Bắc, Tỉnh Gia Lai" in _addresses(matches)


def test_common_ward_number_is_told_apart_by_the_former_city(vietnam):
    best = vietnam.search("phường 1 đà lạt")[0]
    assert best.unit.address == "Phường Xuân Hương - Đà Lạt, Tỉnh Lâm Đồng"
    assert best.alias.former_name == "1"


def test_exact_names_stand_before_beginnings_and_beginnings_before_the_rest(vietnam):
    grades = [match.grade for match in vietnam.search("tân an", limit=40)]
    assert grades == sorted(grades)
    assert set(grades) == {EXACT, BEGINS, CONTAINS}


def test_typed_accents_decide_between_names_that_fold_alike(vietnam):
    assert vietnam.search("cẩm giàng")[0].unit.name == "Cẩm Giàng"
    assert vietnam.search("cẩm giang")[0].unit.name == "Cẩm Giang"


def test_each_unit_comes_once_and_no_more_than_asked_for(vietnam):
    matches = vietnam.search("phường 1", limit=15)
    assert len(matches) == len({match.unit.pk for match in matches}) == 15
    assert vietnam.search("phường 1", limit=0) == []


def test_search_stays_inside_the_places_it_is_asked_on(vietnam):
    province = vietnam.get(code="52")
    matches = vietnam.within(province).communes().search("bình định")
    assert matches[0].unit.full_name == "Phường Bình Định"
    assert all(province.contains(match.unit) and match.unit.level == 2 for match in matches)


@pytest.mark.parametrize("typed", ["", "   ", '"', "%", "_", "'", "\x00", "-/-"])
def test_text_without_a_word_finds_nothing(vietnam, typed, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert vietnam.search(typed) == []


@pytest.mark.parametrize("typed", ["xã", "bình định", "không có nơi nào tên thế này", "phường 1", "x" * 5000])
def test_search_takes_two_queries_whatever_it_finds(vietnam, typed, django_assert_num_queries):
    with django_assert_num_queries(2):
        for match in vietnam.search(typed):
            assert match.unit.address
            assert match.explanation == "" or match.alias is not None


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=40))
def test_no_text_breaks_the_search(vietnam, text):
    assert len(vietnam.search(text, limit=5)) <= 5
