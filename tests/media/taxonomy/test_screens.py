"""The vocabularies: the centre's for all, a province's own inside its branch."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.permissions import policy_registry

from cms.accounts.models import Role
from media.taxonomy.models import Audience, Topic
from tests.factories.cms import MembershipFactory, OrganisationFactory, PlaceFactory

pytestmark = [pytest.mark.django_db]


@pytest.fixture(autouse=True)
def without_second_factor(settings):
    settings.TRAINING_MODE = True


@pytest.fixture
def people():
    centre = OrganisationFactory(leads=True)
    province = OrganisationFactory(place=PlaceFactory(province=True), leads=True)
    other = OrganisationFactory(place=PlaceFactory(province=True), leads=True)
    commune = OrganisationFactory(place=PlaceFactory(commune=True, parent=province.place))
    return {
        "centre": MembershipFactory(organisation=centre, role=Role.CENTRAL_EDITOR).user,
        "province": MembershipFactory(organisation=province, role=Role.PROVINCIAL_COMMUNICATOR).user,
        "other": MembershipFactory(organisation=other, role=Role.PROVINCIAL_COMMUNICATOR).user,
        "commune": MembershipFactory(organisation=commune, role=Role.COMMUNE_OFFICER).user,
    }


def words(user, action="view"):
    rows = policy_registry.get_by_type(Topic).instances_user_has_permission_for(user, action)
    return set(rows.values_list("name", flat=True))


def test_the_centres_words_are_for_all_and_a_provinces_for_its_branch(people):
    province = people["province"].memberships.get().organisation
    Topic.objects.create(name="Chung")
    Topic.objects.create(name="Của tỉnh", organisation=province)
    assert words(people["centre"]) == {"Chung", "Của tỉnh"}
    assert words(people["province"]) == words(people["commune"]) == {"Chung", "Của tỉnh"}
    assert words(people["other"]) == {"Chung"}
    assert words(people["centre"], "change") == {"Chung", "Của tỉnh"}
    assert words(people["province"], "change") == {"Của tỉnh"}
    assert words(people["commune"], "change") == words(people["other"], "change") == set()


def test_a_province_adds_its_own_word_and_can_make_none_for_all(client, people):
    client.force_login(people["province"])
    province = people["province"].memberships.get().organisation
    Topic.objects.create(name="Thanh toán trực tuyến")
    address = reverse("wagtailsnippets_taxonomy_topic:add")
    answer = client.post(address, {"name": "Lễ hội địa phương", "order": 5, "organisation": ""})
    assert answer.status_code == 200
    assert not Topic.objects.filter(name="Lễ hội địa phương").exists()
    twin = client.post(address, {"name": "thanh toán trực tuyến", "order": 5, "organisation": province.pk})
    assert "Đã có mục này trong danh mục dùng chung." in twin.content.decode()
    client.post(address, {"name": "Lễ hội địa phương", "order": 5, "organisation": province.pk})
    assert Topic.objects.get(name="Lễ hội địa phương").organisation == province
    assert client.get(reverse("wagtailsnippets_taxonomy_topic:list")).status_code == 200


def test_the_centre_adds_words_for_all_and_retires_but_never_deletes(client, people):
    client.force_login(people["centre"])
    client.post(
        reverse("wagtailsnippets_taxonomy_audience:add"), {"name": "Ngư dân", "order": 3, "organisation": ""}
    )
    row = Audience.objects.get(name="Ngư dân")
    assert row.organisation is None
    client.post(
        reverse("wagtailsnippets_taxonomy_audience:edit", args=[row.pk]),
        {"name": "Ngư dân", "order": 3, "retired": "on"},
    )
    assert list(Audience.objects.in_use()) == []
    assert client.post(reverse("wagtailsnippets_taxonomy_audience:delete", args=[row.pk])).status_code in (
        302,
        403,
    )
    assert Audience.objects.filter(pk=row.pk).exists()
