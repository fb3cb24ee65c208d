"""Which slots are due, and which of them may go out."""

from __future__ import annotations

from datetime import timedelta

import pytest

from campaigns.schedule.models import Slot, SlotState
from campaigns.schedule.services import settle
from cms.approvals import services as approvals
from cms.approvals.approvable import present_hash
from cms.core import clock
from tests.campaigns.conftest import noon

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def approved_post(house):
    post = house.planned_post()
    approvals.submit(post, house.editor)
    approvals.approve(post, house.approver, present_hash(post))
    return post


def test_due_are_planned_and_booked_slots_whose_time_has_come(province):
    for _ in range(4):
        province.planned_post()
    _planned, booked, held, done = Slot.objects.order_by("pk")
    settle(booked, SlotState.BOOKED, clock.now())
    settle(held, SlotState.HELD, clock.now())
    settle(done, SlotState.DONE, clock.now())
    assert set(Slot.objects.due(noon(2))) == {_planned, booked}
    assert not Slot.objects.due(noon(2) - timedelta(seconds=1)).exists()


def test_only_slots_of_posts_that_stand_approved_are_approved(province):
    good = approved_post(province)
    province.planned_post()
    changed = approved_post(province)
    changed.variants.update(text="Sửa sau khi duyệt.")
    (slot,) = Slot.objects.planned().approved()
    assert slot.variant.post == good
    assert slot.approval == approvals.standing(good)


def test_approved_costs_the_same_number_of_queries_for_one_and_for_many(province, django_assert_num_queries):
    approved_post(province)
    Slot.objects.planned().approved()
    with django_assert_num_queries(8):
        assert len(Slot.objects.planned().approved()) == 1
    for _ in range(4):
        approved_post(province)
    with django_assert_num_queries(8):
        assert len(Slot.objects.planned().approved()) == 5
