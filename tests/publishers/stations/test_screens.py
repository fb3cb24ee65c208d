"""The screens of stations: found by any name, kept within scope, windows said clearly."""

from __future__ import annotations

from datetime import time

import pytest

from cms.accounts.models import Role
from publishers.stations.forms import free_slug
from publishers.stations.models import Station
from tests.factories.cms import MembershipFactory, OrganisationFactory, PlaceFactory
from tests.factories.publishers import StationFactory

pytestmark = pytest.mark.django_db

LIST = "/admin/dai-truyen-thanh/"


@pytest.fixture(autouse=True)
def _training(settings):
    settings.TRAINING_MODE = True


@pytest.fixture
def province():
    return PlaceFactory(province=True, code="52", name="Gia Lai")


@pytest.fixture
def body(province):
    return OrganisationFactory(place=province, leads=True)


@pytest.fixture
def communicator(client, body):
    user = MembershipFactory(organisation=body, role=Role.PROVINCIAL_COMMUNICATOR).user
    client.force_login(user, backend="cms.access.backends.MembershipBackend")
    return user


@pytest.fixture
def station(province, body):
    place = PlaceFactory(commune=True, parent=province, name="Ia Grai")
    return StationFactory(place=place, organisation=body, slug="xa-ia-grai")


def filled(body, commune, **more) -> dict[str, str]:
    return {
        "organisation": str(body.pk),
        "place": commune.address,
        "name": "Đài truyền thanh xã Ia Grai",
        "slug": "",
        "technology": "fm",
        "clusters": "5",
        "reading_style": "bac",
        "reading_rate": "190",
        "is_active": "on",
        "window_0_starts": "05:30",
        "window_0_ends": "06:00",
        **more,
    }


def test_list_shows_stations_with_windows_and_public_page(client, communicator, station):
    station.windows.create(starts=time(5, 30), ends=time(6, 0))
    text = client.get(LIST).content.decode()
    assert "Đài truyền thanh xã Ia Grai" in text
    assert "05:30–06:00" in text
    assert 'href="/dai/xa-ia-grai/"' in text


@pytest.mark.parametrize("typed", ["ia grai", "Đài truyền thanh xã Ia Grai", "gia lai", "IA GRAI"])
def test_search_takes_any_name_of_the_place(client, communicator, station, typed):
    other = StationFactory(organisation=station.organisation, place=PlaceFactory(commune=True, name="Đức Cơ"))
    text = client.get(LIST, {"q": typed}).content.decode()
    assert "Đài truyền thanh xã Ia Grai" in text
    assert other.name not in text


def test_filters_by_province_and_technology(client, communicator, station):
    StationFactory(
        organisation=station.organisation,
        place=PlaceFactory(commune=True, parent=station.place.parent, name="Đức Cơ"),
        technology="ip",
    )
    text = client.get(LIST, {"technology": "ip", "province": str(station.place.parent_id)}).content.decode()
    assert "Đức Cơ" in text
    assert "Đài truyền thanh xã Ia Grai" not in text


def test_list_costs_the_same_for_many_stations(client, communicator, station, django_assert_max_num_queries):
    client.get(LIST)
    for number in range(12):
        StationFactory(
            organisation=station.organisation,
            place=PlaceFactory(commune=True, parent=station.place.parent, name=f"Mẫu {number}"),
        )
    with django_assert_max_num_queries(25):
        client.get(LIST)


def test_station_is_added_with_windows_and_an_address_of_its_own(client, communicator, body, province):
    place = PlaceFactory(commune=True, parent=province, name="Ia Grai")
    response = client.post(f"{LIST}add/", filled(body, place, window_1_starts="17:00", window_1_ends="17:30"))
    assert response.status_code == 302
    station = Station.objects.get()
    assert station.slug == "xa-ia-grai"
    assert [str(window) for window in station.windows.all()] == ["05:30–06:00", "17:00–17:30"]


def test_name_is_kept_without_signs_nobody_sees(client, communicator, body, province):
    place = PlaceFactory(commune=True, parent=province, name="Ia Grai")
    client.post(f"{LIST}add/", filled(body, place, name="Đài \u202etruyền\u200b thanh  “Ia Grai”"))
    assert Station.objects.get().name == "Đài truyền thanh “Ia Grai”"


def test_early_or_long_window_is_kept_only_when_confirmed(client, communicator, body, station):
    data = filled(body, station.place, slug="xa-ia-grai", window_0_starts="04:45", window_0_ends="06:00")
    text = client.post(f"{LIST}edit/{station.pk}/", data).content.decode()
    assert "bắt đầu trước 05:30" in text
    assert "dài hơn 60 phút" in text
    assert station.windows.count() == 0
    response = client.post(f"{LIST}edit/{station.pk}/", {**data, "confirm_windows": "on"})
    assert response.status_code == 302
    assert str(station.windows.get()) == "04:45–06:00"


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"window_0_ends": ""}, "Vui lòng ghi đủ giờ bắt đầu và giờ kết thúc."),
        ({"window_0_ends": "05:00"}, "kết thúc trước khi bắt đầu"),
        ({"window_1_starts": "05:45", "window_1_ends": "06:15"}, "chồng lên nhau"),
        ({"place": "Xã Không Có"}, "Không tìm thấy địa bàn"),
    ],
)
def test_mistake_is_said_where_it_stands_and_nothing_is_saved(
    client, communicator, body, station, more, sentence
):
    before = Station.objects.values().get()
    response = client.post(f"{LIST}edit/{station.pk}/", filled(body, station.place, **more))
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert Station.objects.values().get() == before
    assert station.windows.count() == 0


def test_second_station_of_a_commune_gets_another_address(station):
    assert free_slug(station.place) == "xa-ia-grai-2"
    assert free_slug(station.place, station.pk) == "xa-ia-grai"


def test_neighbouring_province_does_not_see_the_station(client, station):
    other = OrganisationFactory(place=PlaceFactory(province=True, code="66", name="Đắk Lắk"), leads=True)
    user = MembershipFactory(organisation=other, role=Role.PROVINCIAL_COMMUNICATOR).user
    client.force_login(user, backend="cms.access.backends.MembershipBackend")
    assert "Ia Grai" not in client.get(LIST).content.decode()
    assert client.get(f"{LIST}edit/{station.pk}/").status_code == 404
    assert client.post(f"{LIST}delete/{station.pk}/").status_code == 404
    assert Station.objects.filter(pk=station.pk).exists()


def test_page_has_nothing_inline_that_the_content_policy_would_stop(client, communicator, station):
    text = client.get(f"{LIST}edit/{station.pk}/").content.decode()
    assert 'type="time"' in text
    form = text[text.index("<form") :]
    assert "<script>" not in form


def test_station_says_in_which_languages_it_broadcasts(client, communicator, body, station):
    edit = f"{LIST}edit/{station.pk}/"
    given = filled(body, station.place, slug=station.slug, languages=["km", "cjm"])
    assert client.post(edit, given).status_code == 302
    station.refresh_from_db()
    assert station.languages == ["km", "cjm"]
    assert 'value="km"' in client.get(edit).content.decode()
    wrong = client.post(edit, {**given, "languages": ["xx"]})
    assert wrong.status_code == 200
    station.refresh_from_db()
    assert station.languages == ["km", "cjm"]


def test_station_says_some_things_otherwise_than_its_region(client, communicator, body, station):
    edit = f"{LIST}edit/{station.pk}/"
    switches = {
        "reading_thousand": "ngàn",
        "reading_early_day": "none",
        "reading_phones": "digits",
        "reading_year": "",
    }
    assert client.post(edit, filled(body, station.place, slug=station.slug, **switches)).status_code == 302
    station.refresh_from_db()
    assert station.reading_choices == {"thousand": "ngàn", "early_day": "none", "phones": "digits"}
    assert '<option value="ngàn" selected>' in client.get(edit).content.decode()
    assert (
        client.post(edit, filled(body, station.place, slug=station.slug, reading_thousand="ngìn")).status_code
        == 200
    )
    station.refresh_from_db()
    assert station.reading_choices["thousand"] == "ngàn"
