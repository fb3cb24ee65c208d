"""The table of states, the guarded move and what the database itself refuses."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from cms.core import clock
from cms.core.errors import ConflictingState
from publishers.delivery import states
from publishers.delivery.models import Attempt, Delivery
from publishers.delivery.moves import IllegalMove, move
from publishers.delivery.state_words import LABELS, REASON_LABELS
from publishers.delivery.states import Lane, Reason, State


@given(st.sampled_from(sorted(states.TERMINAL)), st.sampled_from(sorted(State)))
def test_nothing_leaves_an_ended_state(source, target):
    assert not states.may_move(source, target)


@given(st.sampled_from(sorted(State)))
def test_every_open_state_can_reach_an_end(state):
    seen, frontier = set(), {state}
    while frontier:
        seen |= frontier
        frontier = {target for each in frontier for target in states.TRANSITIONS[each]} - seen
    assert state in states.TERMINAL or seen & states.TERMINAL


def test_a_possibly_visible_delivery_is_never_cancelled_while_in_doubt():
    assert not states.may_move(State.UNCLEAR, State.CANCELLED)
    assert not states.may_move(State.CONFIRMING, State.CANCELLED)


def test_every_state_and_reason_has_words_on_the_screen():
    assert set(LABELS) == set(State)
    assert set(REASON_LABELS) == set(Reason)
    assert all(LABELS.values())


def test_the_page_about_delivery_shows_every_way_of_the_table_and_no_other():
    page = (Path(settings.BASE_DIR) / "docs" / "delivery.md").read_text(encoding="utf-8")
    table = page.split("| From | To |")[1].split("\n\n")[0]
    rows = dict(re.findall(r"^\| `([a-z]+)` \| (.+) \|$", table, re.M))
    shown = {
        State(source): {State(name) for name in re.findall(r"`([a-z]+)`", ways)}
        for source, ways in rows.items()
    }
    assert shown == {state: set(targets) - {state} for state, targets in states.TRANSITIONS.items()}


def test_only_media_work_is_on_the_upload_lane():
    on_upload = {state for state in State if states.lane_of(state, is_station=False) is Lane.UPLOAD}
    assert on_upload == {State.BOOKED, State.STAGING}
    assert {states.lane_of(state, is_station=True) for state in State} == {Lane.SPEAK}


@pytest.mark.django_db
class TestMoves:
    def test_a_way_the_table_does_not_have_is_refused_before_the_database_is_asked(self, scene):
        delivery = scene.booked(scene.page())
        with pytest.raises(IllegalMove):
            move(delivery, State.LIVE, sources=[State.READY], fence=None)
        assert Delivery.objects.get(pk=delivery.pk).state == State.READY

    def test_a_row_that_has_moved_on_is_left_alone(self, scene):
        delivery = scene.booked(scene.page())
        Delivery.objects.filter(pk=delivery.pk).update(
            state=State.CANCELLED, wake_at=None, ended_at=clock.now()
        )
        with pytest.raises(ConflictingState):
            move(
                delivery,
                State.HELD,
                sources=[State.READY],
                fence=None,
                reason="by-person",
                sentence="Tạm giữ.",
            )
        assert Delivery.objects.get(pk=delivery.pk).state == State.CANCELLED

    def test_a_person_cannot_move_what_a_worker_has_leased(self, scene):
        delivery = scene.booked(scene.page())
        end = clock.now() + timedelta(seconds=45)
        Delivery.objects.filter(pk=delivery.pk).update(state=State.SENDING, lease_until=end, wake_at=end)
        with pytest.raises(ConflictingState):
            move(delivery, State.HELD, sources=[State.SENDING], fence=None, reason="late", sentence="Trễ.")

    def test_an_old_fence_writes_nothing(self, scene):
        delivery = scene.booked(scene.page())
        Delivery.objects.filter(pk=delivery.pk).update(fence=7)
        with pytest.raises(ConflictingState):
            move(delivery, State.HELD, sources=[State.READY], fence=6, reason="late", sentence="Trễ.")


@pytest.mark.django_db
@pytest.mark.database
class TestWhatTheDatabaseRefuses:
    def refused(self, delivery: Delivery, **values) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            Delivery.objects.filter(pk=delivery.pk).update(**values)

    def test_two_sending_rows_on_one_channel(self, scene):
        page = scene.page()
        first, second = scene.booked(page), scene.booked(page)
        end = clock.now() + timedelta(seconds=45)
        Delivery.objects.filter(pk=first.pk).update(state=State.SENDING, lease_until=end, wake_at=end)
        self.refused(second, state=State.SENDING, lease_until=end, wake_at=end)

    def test_sending_without_a_lease_and_waiting_with_one(self, scene):
        delivery = scene.booked(scene.page())
        self.refused(delivery, state=State.SENDING)
        self.refused(delivery, lease_until=clock.now())

    def test_held_without_a_reason(self, scene):
        self.refused(scene.booked(scene.page()), state=State.HELD, wake_at=None)

    def test_a_waiting_row_that_nobody_would_wake(self, scene):
        self.refused(scene.booked(scene.page()), wake_at=None)

    def test_an_ended_row_without_its_end(self, scene):
        self.refused(scene.booked(scene.page()), state=State.LIVE, wake_at=None)

    def test_an_unknown_state(self, scene):
        self.refused(scene.booked(scene.page()), state="gửi-bừa")

    def test_a_second_delivery_for_the_same_slot_and_channel(self, scene):
        delivery = scene.booked(scene.page())
        with pytest.raises(IntegrityError), transaction.atomic():
            Delivery.objects.create(
                slot=delivery.slot, channel=delivery.channel, kind=delivery.kind, due_at=delivery.due_at,
                organisation=delivery.organisation, state=State.READY, wake_at=delivery.due_at, request_sha256="0" * 64,
            )  # fmt: skip

    def test_a_second_open_attempt_of_one_delivery(self, scene):
        delivery = scene.booked(scene.page())
        Attempt.objects.create(delivery=delivery, number=1, step="feed", fence=1, started_at=clock.now())
        with pytest.raises(IntegrityError), transaction.atomic():
            Attempt.objects.create(delivery=delivery, number=2, step="feed", fence=1, started_at=clock.now())
