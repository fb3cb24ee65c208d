"""Who reads what: own body, branch, everybody, public; drafts nobody else's."""

from __future__ import annotations

import pytest
from wagtail.permissions import policy_registry

from cms.accounts.models import Role
from media.library.models import Asset, Sharing
from tests.factories.cms import MembershipFactory, OrganisationFactory, PlaceFactory
from tests.factories.media import AssetFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def readable(user, action="view") -> set[str]:
    rows = policy_registry.get_by_type(Asset).instances_user_has_permission_for(user, action)
    return set(rows.values_list("title", flat=True))


@pytest.fixture
def shelf(centre, province, other_province):
    for owner, name in ((centre, "TW"), (province, "A"), (other_province, "B")):
        for sharing in Sharing:
            AssetFactory(organisation=owner, title=f"{name} {sharing.value}", sharing=sharing)
        AssetFactory(organisation=owner, title=f"{name} nháp", sharing=Sharing.PUBLIC, live=False)


def test_province_reads_its_own_its_branch_above_and_what_is_for_all(shelf, communicator):
    assert readable(communicator) == {
        "TW nhanh",
        "TW toan-he-thong",
        "TW cong-khai",
        "A rieng",
        "A nhanh",
        "A toan-he-thong",
        "A cong-khai",
        "A nháp",
        "B toan-he-thong",
        "B cong-khai",
    }
    assert readable(communicator, "choose") == readable(communicator)


def test_reading_what_is_shared_is_not_changing_it(shelf, communicator):
    for action in ("change", "delete", "publish"):
        assert readable(communicator, action) == {
            "A rieng",
            "A nhanh",
            "A toan-he-thong",
            "A cong-khai",
            "A nháp",
        }


def test_commune_reads_the_branches_above_it(shelf, province):
    commune = OrganisationFactory(place=PlaceFactory(commune=True, parent=province.place))
    user = MembershipFactory(organisation=commune, role=Role.COMMUNE_OFFICER).user
    assert readable(user) == {
        "TW nhanh",
        "TW toan-he-thong",
        "TW cong-khai",
        "A nhanh",
        "A toan-he-thong",
        "A cong-khai",
        "B toan-he-thong",
        "B cong-khai",
    }
    assert readable(user, "change") == set()


def test_branch_of_a_place_whose_code_begins_alike_stays_apart(centre):
    near = PlaceFactory(province=True, code="3", parent=centre.place)
    far = PlaceFactory(province=True, code="38", parent=centre.place)
    AssetFactory(organisation=OrganisationFactory(place=near), title="Nhánh 3", sharing=Sharing.BRANCH)
    user = MembershipFactory(
        organisation=OrganisationFactory(place=far), role=Role.PROVINCIAL_COMMUNICATOR
    ).user
    assert readable(user) == set()


def test_person_without_a_membership_reads_nothing(shelf, django_user_model):
    nobody = django_user_model.objects.create_superuser(
        "quan-tri", password="x" * 12, full_name="Không vai trò"
    )
    assert readable(nobody) == set()
