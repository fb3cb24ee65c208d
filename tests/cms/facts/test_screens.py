"""The screens of facts, with the place typed by name."""

import pytest
from django.urls import reverse

from cms.accounts.models import Role
from cms.facts.models import Fact
from tests.factories.cms import FactFactory, MembershipFactory, OrganisationFactory, PlaceFactory

pytestmark = pytest.mark.django_db
ADD = reverse("wagtailsnippets_facts_fact:add")


@pytest.fixture
def body(client, settings):
    settings.TRAINING_MODE = True
    body = OrganisationFactory(place=PlaceFactory(province=True, name="Gia Lai"), leads=True)
    client.force_login(MembershipFactory(organisation=body, role=Role.PROVINCIAL_COMMUNICATOR).user)
    return body


def sent(body, **more) -> dict:
    return {
        "organisation": body.pk,
        "place": "gia lai",
        "key": "duong-day-nong",
        "value": "0900.000.000",
        "valid_from": "2026-11-01",
        "source": "Văn bản mẫu",
        **more,
    }


def test_place_is_found_by_its_name_without_accents(body, client):
    client.post(ADD, sent(body))
    assert Fact.objects.get().place == body.place


def test_saved_fact_shows_its_place_and_day_again(body, client):
    fact = FactFactory(organisation=body)
    page = client.get(reverse("wagtailsnippets_facts_fact:edit", args=[fact.pk])).content.decode()
    assert 'value="Tỉnh Gia Lai"' in page
    assert 'value="2026-01-01"' in page or 'value="01/01/2026"' in page


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"place": "Nơi không có"}, "Không tìm thấy địa bàn “Nơi không có”"),
        ({"valid_to": "2026-10-01"}, "Ngày hết hiệu lực phải sau ngày bắt đầu."),
    ],
)
def test_refused_fact_says_why_and_is_not_kept(body, client, change, sentence):
    page = client.post(ADD, sent(body, **change)).content.decode()
    assert sentence in page
    assert not Fact.objects.exists()


def test_name_that_several_places_bear_asks_for_the_province(body, client):
    for _ in range(2):
        PlaceFactory(commune=True, name="Tân Lập", parent=body.place)
    page = client.post(ADD, sent(body, place="Tân Lập")).content.decode()
    assert "Có nhiều địa bàn tên “Tân Lập”" in page
    assert not Fact.objects.exists()


def test_place_of_a_neighbour_is_not_found(body, client):
    PlaceFactory(province=True, name="Đắk Lắk")
    client.post(ADD, sent(body, place="Đắk Lắk"))
    assert not Fact.objects.exists()


def test_fact_of_a_neighbour_does_not_exist_here(body, client):
    fact = FactFactory(
        organisation=OrganisationFactory(place=PlaceFactory(province=True)), value="Số của nơi khác"
    )
    assert client.get(reverse("wagtailsnippets_facts_fact:edit", args=[fact.pk])).status_code == 404
    assert "Số của nơi khác" not in client.get(reverse("wagtailsnippets_facts_fact:list")).content.decode()
