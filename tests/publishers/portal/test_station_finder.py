"""Finding a station by any name people still use."""

from __future__ import annotations

from datetime import date

import pytest

from cms.core.folding import fold
from cms.places.models import UnitAlias
from cms.places.search_text import haystack, joined
from tests.factories.cms import PlaceFactory
from tests.factories.publishers import StationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def station():
    province = PlaceFactory(province=True, code="52", name="Gia Lai")
    place = PlaceFactory(commune=True, name="Ia Grai", parent=province)
    return StationFactory(place=place, slug="xa-ia-grai")


@pytest.mark.parametrize(
    "typed", ["Ia Grai", "ia grai", "xã Ia Grai", "Đài truyền thanh xã Ia Grai", "dai truyen thanh ia grai"]
)
def test_station_is_found_by_the_name_of_its_commune(client, station, typed):
    text = client.get("/dai/", {"q": typed}).content.decode()
    assert 'href="/dai/xa-ia-grai/"' in text


def test_station_is_found_by_a_former_name_with_the_reason(client, station):
    alias = UnitAlias(
        unit=station.place,
        tier="xã",
        former_code="99999",
        former_kind="thị trấn",
        former_name="Ia Kha",
        former_full_name="Thị trấn Ia Kha",
        valid_to=date(2025, 6, 30),
    )
    alias.folded, alias.folded_full, alias.joined = fold("Ia Kha"), fold("Thị trấn Ia Kha"), joined("Ia Kha")
    alias.search_text = haystack([("Thị trấn Ia Kha", "Ia Kha")])
    alias.save()
    text = client.get("/dai/", {"q": "thi tran ia kha"}).content.decode()
    assert "Thị trấn Ia Kha trước đây nay thuộc địa bàn này." in text
    assert 'href="/dai/xa-ia-grai/"' in text


def test_province_leads_to_the_list_of_its_stations(client, station):
    found = client.get("/dai/", {"q": "gia lai"}).content.decode()
    assert 'href="/dai/?tinh=52"' in found
    listed = client.get("/dai/", {"tinh": "52"}).content.decode()
    assert 'href="/dai/xa-ia-grai/"' in listed
    assert "Đài truyền thanh ở Tỉnh Gia Lai" in listed


def test_provinces_are_listed_with_their_active_stations(client, station):
    StationFactory(place=station.place, name="Đài cũ", slug="dai-cu", is_active=False)
    text = client.get("/dai/").content.decode()
    assert 'Tỉnh Gia Lai</a> <span class="small">1 đài</span>' in text


def test_unknown_name_gets_a_kind_sentence_and_is_escaped(client, station):
    text = client.get("/dai/", {"q": "<b>xyzt</b>"}).content.decode()
    assert "Không tìm thấy địa bàn nào có tên “&lt;b&gt;xyzt&lt;/b&gt;”." in text


@pytest.mark.parametrize(
    "query", [{"q": "'"}, {"q": "%"}, {"q": "\x00"}, {"q": "a" * 5000}, {"tinh": "52", "trang": "x"}]
)
def test_odd_input_is_answered_calmly(client, station, query):
    assert client.get("/dai/", query).status_code == 200


def test_unknown_province_is_not_found(client, station):
    assert client.get("/dai/", {"tinh": "00"}).status_code == 404


def test_switched_off_station_is_neither_listed_nor_open(client, station):
    station.is_active = False
    station.save()
    assert "/dai/xa-ia-grai/" not in client.get("/dai/", {"tinh": "52"}).content.decode()
    assert client.get("/dai/xa-ia-grai/").status_code == 404
