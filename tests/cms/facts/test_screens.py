"""The screens of facts, with the place typed by name."""

from datetime import date

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
        ({"value": "0900.000.000 {{le_phi}}"}, "Có ký tự không dùng được"),
        ({"key": "gio-lam-viec", "value": "7h30 " * 80}, "Dài quá 300 ký tự"),
        ({"hands_over": "on"}, "Vui lòng ghi ngày hết hiệu lực: từ hôm sau dữ kiện của cấp trên được dùng."),
    ],
)
def test_refused_fact_says_why_and_is_not_kept(body, client, change, sentence):
    page = client.post(ADD, sent(body, **change)).content.decode()
    assert sentence in page
    assert not Fact.objects.exists()


def test_value_is_kept_on_one_line_without_signs_nobody_sees(body, client):
    client.post(ADD, sent(body, key="gio-lam-viec", value="7h30\u202e đến\r\n 17\u200bh00"))
    assert Fact.objects.get().value == "7h30 đến 17h00"


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


def test_list_is_searched_by_place_and_narrowed_by_what_holds_today(body, client):
    commune = PlaceFactory(commune=True, parent=body.place, name="Ia Grai")
    here = FactFactory(organisation=body, place=commune, value="7h30 – 17h00", key="gio-lam-viec")
    over = FactFactory(
        organisation=body, place=commune, value="1900.0001", key="duong-day-nong", valid_to=date(2026, 1, 2)
    )
    elsewhere = FactFactory(organisation=body, value="1900.0002", key="duong-day-nong")
    listing = reverse("wagtailsnippets_facts_fact:list")

    def shown(**asked) -> set[str]:
        page = client.get(listing, asked).content.decode()
        return {fact.value for fact in (here, over, elsewhere) if fact.value in page}

    assert shown(q="ia grai") == {"7h30 – 17h00", "1900.0001"}
    assert shown(q="1900.0002") == {"1900.0002"}
    assert shown(q="nơi không có") == set()
    assert shown(standing="het") == {"1900.0001"}
    assert shown(key="duong-day-nong", standing="con") == {"1900.0002"}
    assert shown(province=body.place.pk) == {"7h30 – 17h00", "1900.0001", "1900.0002"}
