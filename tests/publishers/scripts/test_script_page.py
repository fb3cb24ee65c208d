"""The page of one text: every doubt in words beside its colour, marks and priority, and who may touch them."""

from __future__ import annotations

import pytest
from django.test import Client

from cms.accounts.models import Role
from cms.approvals import services as approvals
from cms.core.errors import InputRefused
from publishers.scripts.plans import plan_of
from tests.factories.campaigns import PostFactory, SlotFactory, VariantFactory, editor_of
from tests.factories.cms import MembershipFactory, OrganisationFactory, PlaceFactory

pytestmark = pytest.mark.django_db
TEXT = "Hồ sơ XKQZT nộp tại UBND huyện.\nGọi tổng đài 18001096 (trong giờ)."


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.TRAINING_MODE = True


@pytest.fixture
def variant():
    body = OrganisationFactory(place=PlaceFactory(province=True), leads=True)
    PlaceFactory(commune=True, parent=body.place)
    variant = VariantFactory(
        loudspeaker=True, post=PostFactory(organisation=body), title="Nộp hồ sơ", text=TEXT
    )
    SlotFactory(variant=variant, channel=None, stations_of=body.place)
    return variant


def client_of(user) -> Client:
    client = Client()
    client.force_login(user, backend="cms.access.backends.MembershipBackend")
    return client


def test_page_shows_doubts_marks_staleness_and_remarks_and_keeps_the_plan(variant):
    editor = editor_of(variant.post.organisation)
    client = client_of(editor)
    address = f"/admin/ban-tin/{variant.post.public_id}/ban-doc/"
    text = client.get(address).content.decode()
    assert 'script-span--red">XKQZT <small>[chưa biết đọc' in text
    assert "1 chỗ chưa biết đọc: bài chưa duyệt được." in text
    assert "“huyện” đã bỏ" in text
    assert "Người nghe không thấy dấu ngoặc" in text
    assert "một tám không không, một không chín sáu <small>(18001096)</small>" in text
    assert client.post(address, {"priority": "khan-cap", "keep-1": "1", "keep-0": "9"}).status_code == 302
    plan = plan_of(variant.pk)
    assert (plan.priority, list(plan.keeps.values())) == ("khan-cap", [1])
    assert "KHẨN CẤP" in client.get(address).content.decode()
    with pytest.raises(InputRefused, match="XKQZT"):
        approvals.submit(variant.post, editor)


def test_readers_see_the_page_but_change_nothing_and_strangers_see_nothing(variant):
    address = f"/admin/ban-tin/{variant.post.public_id}/ban-doc/"
    reader = MembershipFactory(organisation=variant.post.organisation, role=Role.APPROVER).user
    page = client_of(reader).get(address)
    assert page.status_code == 200
    assert 'name="priority"' not in page.content.decode()
    client_of(reader).post(address, {"priority": "khan-cap"})
    assert plan_of(variant.pk) is None
    stranger = MembershipFactory(organisation__place=PlaceFactory(province=True)).user
    assert client_of(stranger).get(address).status_code == 404
