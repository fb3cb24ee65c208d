"""The screens of bodies."""

import pytest
from django.urls import reverse

from cms.accounts.models import Role
from cms.organisations.models import Organisation
from tests.factories.cms import MembershipFactory, OrganisationFactory, PlaceFactory

pytestmark = pytest.mark.django_db
ADD = reverse("wagtailsnippets_organisations_organisation:add")


@pytest.fixture
def body(client, settings):
    settings.TRAINING_MODE = True
    body = OrganisationFactory(place=PlaceFactory(province=True, name="Gia Lai"), leads=True)
    client.force_login(MembershipFactory(organisation=body, role=Role.ADMINISTRATOR).user)
    return body


def sent(**more) -> dict:
    return {"name": "Trung tâm Mẫu", "short_name": "TT Mẫu", "kind": "tt-pvhcc", "is_active": "on", **more}


def test_administrator_of_a_province_adds_a_body_in_a_commune(body, client):
    commune = PlaceFactory(commune=True, name="Ia Grai", parent=body.place)
    client.post(ADD, sent(place="xã ia grai"))
    assert Organisation.objects.get(name="Trung tâm Mẫu").place == commune


def test_body_is_not_added_in_another_province(body, client):
    PlaceFactory(province=True, name="Đắk Lắk")
    page = client.post(ADD, sent(place="Đắk Lắk")).content.decode()
    assert "Không tìm thấy địa bàn" in page
    assert not Organisation.objects.filter(name="Trung tâm Mẫu").exists()


def test_body_of_another_province_does_not_exist_here(body, client):
    other = OrganisationFactory(place=PlaceFactory(province=True))
    address = reverse("wagtailsnippets_organisations_organisation:edit", args=[other.pk])
    assert client.get(address).status_code == 404
    assert client.post(address, sent(place="Gia Lai")).status_code == 404
    other.refresh_from_db()
    assert other.name != "Trung tâm Mẫu"


def test_editor_reads_the_list_and_changes_nothing(body, client):
    client.force_login(MembershipFactory(organisation=body, role=Role.CENTRAL_EDITOR).user)
    assert (
        body.name in client.get(reverse("wagtailsnippets_organisations_organisation:list")).content.decode()
    )
    client.post(
        reverse("wagtailsnippets_organisations_organisation:edit", args=[body.pk]), sent(place="Gia Lai")
    )
    body.refresh_from_db()
    assert body.name != "Trung tâm Mẫu"


def test_list_is_searched_by_name_and_place_and_narrowed_by_kind(body, client):
    commune = PlaceFactory(commune=True, name="Ia Grai", parent=body.place)
    OrganisationFactory(place=commune, kind="ubnd", name="Ủy ban nhân dân xã mẫu")
    OrganisationFactory(place=body.place, kind="so", name="Sở mẫu của tỉnh")
    listing = reverse("wagtailsnippets_organisations_organisation:list")

    def shown(**asked) -> list[str]:
        page = client.get(listing, asked).content.decode()
        return [name for name in ("Ủy ban nhân dân xã mẫu", "Sở mẫu của tỉnh") if name in page]

    assert shown(q="ia grai") == ["Ủy ban nhân dân xã mẫu"]
    assert shown(q="Sở mẫu") == ["Sở mẫu của tỉnh"]
    assert shown(kind="so") == ["Sở mẫu của tỉnh"]
    assert shown(province=body.place.pk) == ["Ủy ban nhân dân xã mẫu", "Sở mẫu của tỉnh"]
