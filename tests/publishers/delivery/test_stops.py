"""Dừng đăng toàn bộ on screen: who may, what it covers, what it holds, and how that is let out."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from campaigns.posts.models import Post
from campaigns.schedule.models import Slot
from cms.accounts.models import Role
from cms.core import clock
from cms.core.errors import ConflictingState
from cms.notices.models import Notice
from publishers.delivery.models import Batch, Delivery, Freeze
from publishers.delivery.services import booking, speaking, stopping
from publishers.delivery.services.stopping import Fate, Release
from publishers.delivery.states import Reason, State
from tests.factories.campaigns import PostFactory, SlotFactory, VariantFactory, approve_post
from tests.factories.cms import MembershipFactory, OrganisationFactory, PlaceFactory
from tests.factories.publishers import StationFactory
from tests.publishers.delivery.scene import again, carried

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _training(settings):
    settings.TRAINING_MODE = True


@pytest.fixture
def country(scene):
    """The lead body of the country with somebody who stops, and a Page in a province."""
    lead = OrganisationFactory(leads=True)
    boss = MembershipFactory(organisation=lead, role=Role.APPROVER).user
    province = PlaceFactory(province=True, parent=lead.place)
    page = scene.page(organisation=OrganisationFactory(place=province))
    return lead, boss, page


def signed_in(client, user):
    client.force_login(user)
    return client


def test_stopping_asks_first_then_covers_the_country_and_everybody_sees_it(client, scene, country):
    lead, boss, page = country
    local = MembershipFactory(organisation=page.organisation, role=Role.PROVINCIAL_COMMUNICATOR).user
    due, later = scene.booked(page), scene.booked(page, due=False)
    address = reverse("delivery_stops")
    signed_in(client, boss)
    empty = client.post(address, {"reason": "", "place": lead.place.full_name})
    assert empty.status_code == 422
    assert "Vui lòng ghi lý do dừng đăng" in empty.content.decode()
    asked = client.post(address, {"reason": "Quốc tang", "place": lead.place.full_name})
    text = asked.content.decode()
    assert "Dừng mọi bài đăng và bản tin của" in text
    assert "2 lượt đăng hẹn trong 24 giờ tới" in text
    assert not Freeze.objects.exists()

    client.post(address, {"reason": "Quốc tang", "place": lead.place.full_name, "confirmed": "1"})
    freeze = Freeze.objects.get()
    assert (freeze.place, freeze.started_by) == (lead.place, boss)
    with pytest.raises(ConflictingState):
        stopping.stop(boss, "Lần nữa", place=lead.place)
    due = carried(due)
    assert (due.state, due.reason, due.freeze) == (State.HELD, Reason.FROZEN, freeze)
    assert scene.visible(page) == []
    assert again(later).state == State.READY
    assert Notice.objects.of(local).get().sentence.endswith("Quốc tang")
    # Above every page of whoever is concerned; nothing for somebody elsewhere who sees no deliveries.
    seen = signed_in(client, local).get(reverse("wagtailadmin_home")).content.decode()
    assert "Đang dừng đăng toàn bộ" in seen
    assert client.get(reverse("delivery_stop", args=[freeze.pk])).status_code == 200
    refused = client.post(reverse("delivery_stop", args=[freeze.pk]), {"confirmed": "1", "spacing": "0"})
    assert refused.status_code == 302
    assert Freeze.objects.get().lifted_at is None


def test_lifting_lets_out_in_the_chosen_order_and_spacing_keeps_some_and_drops_some(client, scene, country):
    lead, boss, page = country
    rows = [scene.booked(page, f"Bài {number}") for number in range(4)]
    freeze = stopping.stop(boss, "Bão", place=lead.place)
    for row in rows:
        carried(row)
    first, second, kept, dropped = (again(row) for row in rows)
    # By now the first is late; a person lets it out all the same.
    Delivery.objects.filter(pk=first.pk).update(due_at=clock.now() - timedelta(hours=5))
    signed_in(client, boss)
    address = reverse("delivery_stop", args=[freeze.pk])
    page_text = client.get(address).content.decode()
    assert "đã trễ giờ" in page_text
    form = {
        "spacing": "10", "per": "channel",
        f"fate-d{first.pk}": "release", f"order-d{first.pk}": "2",
        f"fate-d{second.pk}": "release", f"order-d{second.pk}": "1",
        f"fate-d{kept.pk}": "keep", f"fate-d{dropped.pk}": "drop",
    }  # fmt: skip
    unconfirmed = client.post(address, form)
    assert unconfirmed.status_code == 422
    odd = client.post(address, form | {"confirmed": "1", "spacing": "mười"})
    assert odd.status_code == 422
    assert Freeze.objects.get().lifted_at is None

    client.post(address, form | {"confirmed": "1"})
    now = clock.now()
    first, second, kept, dropped = (again(row) for row in rows)
    assert (first.state, second.state) == (State.READY, State.READY)
    assert second.wake_at <= now
    assert timedelta(minutes=9) < first.wake_at - second.wake_at <= timedelta(minutes=11)
    assert (kept.state, kept.reason) == (State.HELD, Reason.BY_PERSON)
    assert dropped.state == State.CANCELLED
    assert carried(second).state == State.LIVE
    assert carried(first).state == State.LIVE
    assert [effect["text"][:5] for effect in scene.visible(page)] == ["Bài 1", "Bài 0"]
    assert len(client.get(address).content.decode().split("queue-row__time")) > 4


def test_what_another_stop_still_covers_stays_with_that_one(scene, country):
    lead, boss, page = country
    row = scene.booked(page)
    wide = stopping.stop(boss, "Cả nước", place=lead.place)
    narrow = stopping.stop(boss, "Một cơ quan", organisation=page.organisation)
    held = carried(row)
    other = narrow if held.freeze == wide else wide
    assert stopping.lift(held.freeze, boss, Release(fates={f"d{row.pk}": Fate.RELEASE})) == 0
    assert again(row).freeze == other
    assert again(row).reason == Reason.FROZEN


def test_a_stop_elsewhere_is_not_shown_and_not_opened(client, scene, country):
    lead, boss, page = country
    elsewhere = OrganisationFactory(place=PlaceFactory(province=True, parent=lead.place))
    freeze = stopping.stop(boss, "Riêng tỉnh", place=page.organisation.place)
    signed_in(client, MembershipFactory(organisation=elsewhere, role=Role.PROVINCIAL_COMMUNICATOR).user)
    assert "Riêng tỉnh" not in client.get(reverse("delivery_stops")).content.decode()
    assert "Riêng tỉnh" not in json.loads(
        json.dumps(client.get(reverse("wagtailadmin_home")).content.decode())
    )
    assert client.get(reverse("delivery_stop", args=[freeze.pk])).status_code == 404


def test_a_child_body_three_levels_down_is_covered(scene):
    top = OrganisationFactory()
    middle = OrganisationFactory(parent=top, place=top.place)
    low = OrganisationFactory(parent=middle, place=top.place)
    boss = MembershipFactory(organisation=top, role=Role.ADMINISTRATOR).user
    row = scene.booked(scene.page(organisation=low))
    stopping.stop(boss, "Kiểm tra", organisation=top)
    assert carried(row).reason == Reason.FROZEN


@pytest.mark.django_db(transaction=True)
def test_stations_are_held_in_one_line_and_let_out_together(live_server, settings):
    settings.STATION_READBACK_BASE = live_server.url
    lead = OrganisationFactory(leads=True)
    boss = MembershipFactory(organisation=lead, role=Role.CENTRAL_EDITOR).user
    province = PlaceFactory(province=True, parent=lead.place)
    for _ in range(3):
        StationFactory(place=PlaceFactory(commune=True, parent=province))
    variant = VariantFactory(
        post=PostFactory(organisation=lead), loudspeaker=True, title="Tin", text="Bà con chú ý."
    )
    slot = SlotFactory(variant=variant, channel=None, stations_of=province)
    approve_post(Post.objects.get(pk=variant.post_id))
    (approved,) = Slot.objects.filter(pk=slot.pk).approved()
    booking.book(approved, approved.approval)
    past = clock.now() - timedelta(seconds=1)
    Delivery.objects.update(due_at=past, wake_at=past)
    freeze = stopping.stop(boss, "Bão", place=province)

    batch = Batch.objects.get()
    speaking.run_batch(batch.pk, "thợ")
    assert set(Delivery.objects.values_list("state", "reason", "freeze")) == {
        (State.HELD, Reason.FROZEN, freeze.pk)
    }
    (line,) = stopping.held_items(freeze)
    assert (line.key, line.number, line.suggested) == (f"s{slot.pk}", 3, Fate.RELEASE)
    assert stopping.lift(freeze, boss) == 3
    assert speaking.run_batch(batch.pk, "thợ") == 3
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.LIVE}

    other = stopping.stop(boss, "Bão nữa", place=province)
    Delivery.objects.update(state=State.READY, wake_at=past, ended_at=None, accepted_at=None, due_at=past)
    Batch.objects.update(state="running")
    Slot.objects.update(state="booked")
    speaking.run_batch(batch.pk, "thợ")
    assert stopping.lift(other, boss, Release(fates={f"s{slot.pk}": Fate.DROP})) == 0
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.CANCELLED}
