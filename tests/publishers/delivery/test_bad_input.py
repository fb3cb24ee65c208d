"""Rows that others have spoilt: each ends visibly, with a sentence, and nothing wrong goes out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from campaigns.schedule.models import LateRule, Slot
from cms.core import clock
from publishers.delivery.models import Attempt, Delivery
from publishers.delivery.services import booking
from publishers.delivery.services.claiming import claim
from publishers.delivery.states import Lane, Reason, State
from tests.publishers.delivery.scene import Scene, again, carried, die

pytestmark = pytest.mark.django_db


def nothing_out(scene: Scene) -> bool:
    return scene.platforms.ever(platform="facebook") == []


def test_a_channel_with_deliveries_cannot_be_deleted_only_switched_off(scene: Scene):
    page = scene.page()
    delivery = scene.booked(page)
    with pytest.raises(ProtectedError):
        page.delete()
    page.is_active = False
    page.save()

    delivery = carried(delivery)

    assert (delivery.state, delivery.reason) == (State.HELD, Reason.CHANGED)
    assert "ngừng sử dụng" in delivery.sentence
    assert nothing_out(scene)


def test_a_channel_whose_account_id_was_edited_by_hand(scene: Scene):
    page = scene.page()
    delivery = scene.booked(page)
    page.external_id = "999999999"
    page.save()

    delivery = carried(delivery)

    assert (delivery.state, delivery.reason) == (State.HELD, Reason.CHANGED)
    assert "Mã tài khoản" in delivery.sentence
    assert nothing_out(scene)


@pytest.mark.parametrize(
    "edited",
    [
        {"next_step": "bước lạ"},
        {"request": {}},
        {"request": {"kind": "facebook"}},
        {"request": []},
        {"kind": "không có loại này"},
        {"request_sha256": "0" * 64},
    ],
    ids=lambda edited: "-".join(edited),
)
def test_a_row_edited_by_hand_is_held_and_not_sent(scene: Scene, edited: dict):
    delivery = scene.booked(scene.page())
    Delivery.objects.filter(pk=delivery.pk).update(**edited)

    delivery = carried(delivery)

    assert delivery.state == State.HELD
    assert delivery.reason in (Reason.CHANGED, Reason.BY_HAND, Reason.FAULT)
    assert delivery.sentence.endswith(".")
    assert nothing_out(scene)


@pytest.mark.parametrize(
    "edited",
    [
        {"state": "lạ"},
        {"state": State.SENDING},
        {"state": State.LIVE},
        {"state": State.HELD, "wake_at": None},
        {"wake_at": None},
        {"ended_at": clock.now()},
    ],
    ids=["unknown", "sending", "live", "held", "never-waking", "ended-while-open"],
)
def test_the_database_refuses_a_state_that_cannot_be_whoever_writes_it(scene: Scene, edited: dict):
    delivery = scene.booked(scene.page())
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).update(**edited)


@pytest.mark.parametrize(
    ("rule", "state", "posts"),
    [(LateRule.HOLD, State.HELD, 0), (LateRule.DROP, State.DROPPED, 0), (LateRule.SEND, State.LIVE, 1)],
)
def test_a_time_in_the_past_follows_the_rule_that_was_chosen_for_it(scene: Scene, rule, state, posts):
    page = scene.page()
    slot = scene.post_for(page)
    Slot.objects.filter(pk=slot.pk).update(at=clock.now() - timedelta(days=3), late_rule=rule)
    slot = Slot.objects.get(pk=slot.pk)
    approval = _approve_as_it_stands(slot)
    booking.book(slot, approval)

    delivery = carried(Delivery.objects.get(slot=slot))

    assert delivery.state == state
    assert (delivery.reason == Reason.LATE) == (posts == 0)
    assert len(scene.visible(page)) == posts


@pytest.mark.parametrize(
    "moment",
    ["2026-11-25T09:00:00", "2026-11-25T09:00:00 Asia/Sai_Gon", "2026-11-25T09:00:00[Mars/Phobos]"],
    ids=["none", "misspelt", "unknown"],
)
def test_a_moment_without_a_known_time_zone_is_never_guessed(scene: Scene, moment: str):
    """What is unclear keeps the moment it was tried; without its zone nobody can say what came after it."""
    page = scene.page()
    scene.platforms.rule(platform="facebook", op="feed.create", action="drop_before", nth=1, times=1)
    delivery = carried(scene.booked(page))
    assert delivery.state == State.UNCLEAR
    Delivery.objects.filter(pk=delivery.pk).update(doubt={**delivery.doubt, "since": moment, "first": moment})

    delivery = carried(delivery)

    assert (delivery.state, delivery.reason) == (State.HELD, Reason.NEEDS_LOOK)
    assert "mở kênh để xem" in delivery.sentence
    assert not Attempt.objects.filter(delivery=delivery, finished_at=None).exists()
    assert nothing_out(scene)


def test_a_moment_in_an_unknown_time_zone_is_refused_by_the_clock():
    with pytest.raises(ValueError, match="naive"):
        clock.in_vietnam(clock.now().replace(tzinfo=None))


def test_an_attempt_of_a_step_this_release_does_not_know_is_looked_at_by_a_person(scene: Scene):
    delivery = scene.booked(scene.page())
    (lost,) = claim(Lane.PUBLISH, "bản phần mềm cũ", 1)
    Attempt.objects.create(
        delivery=delivery, number=1, step="bước của bản cũ", visible=True, fence=lost.fence,
        started_at=clock.now(),
    )  # fmt: skip
    die(delivery)

    delivery = carried(delivery)

    assert (delivery.state, delivery.reason) == (State.HELD, Reason.NEEDS_LOOK)
    assert nothing_out(scene)
    assert again(delivery).wake_at is None


def _approve_as_it_stands(slot: Slot):
    from cms.approvals.approvable import present_hash
    from cms.approvals.models import Approval
    from tests.factories.cms import UserFactory

    post = slot.variant.post
    Approval.objects.filter(object_id=post.pk).update(voided_at=clock.now(), void_reason="Đổi giờ.")
    return Approval.objects.create(
        item=post, organisation=post.organisation, content_hash=present_hash(post), payload={},
        approver=UserFactory(), approver_name="Người duyệt thử nghiệm", approved_at=clock.now(),
    )  # fmt: skip
