"""A batch taken at once: checked together, its attempts committed together, and still nothing out that should not be."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.schedule.models import SlotState
from campaigns.schedule.services import settle
from cms.approvals.services import void
from cms.core import clock
from publishers.adapters.seam import ParkScope
from publishers.delivery import lanes
from publishers.delivery.crew import LIES_FOR, Crew
from publishers.delivery.keeper import Keeper
from publishers.delivery.models import Attempt, Delivery
from publishers.delivery.services import dispatching
from publishers.delivery.services.carrying import carry, put_down
from publishers.delivery.services.dispatching import Job, take
from publishers.delivery.services.parking import park
from publishers.delivery.states import Lane, Reason, State
from tests.publishers.delivery.scene import WORKER, Scene, again, carried, die, wake


def taken(count: int = 20) -> list[Job]:
    return take(Lane.PUBLISH, WORKER, count)


def grow_old(job: Job) -> None:
    """As if the job had been lying ready for longer than its brief is believed."""
    assert job.brief is not None
    job.brief.read_at = time.monotonic() - dispatching.FRESH_FOR - 0.1


@pytest.mark.django_db
class TestABatch:
    def test_is_asked_about_in_a_constant_number_of_queries(self, scene: Scene):
        for page in [scene.page() for _ in range(2)]:
            scene.booked(page)
        take(Lane.PUBLISH, "làm nóng", 20)
        scene.booked(scene.page())
        with CaptureQueriesContext(connection) as one:
            assert len(taken()) == 1
        for page in [scene.page() for _ in range(6)]:
            scene.booked(page)

        with CaptureQueriesContext(connection) as six:
            jobs = taken()

        assert [job.brief is not None for job in jobs] == [True] * 6
        assert len(six) == len(one)

    def test_has_its_attempts_before_any_call(self, scene: Scene):
        rows = [scene.booked(scene.page()) for _ in range(3)]
        jobs = taken()
        assert {attempt.delivery_id for attempt in Attempt.objects.filter(finished_at=None)} == {
            row.pk for row in rows
        }
        assert scene.platforms.ever(platform="facebook") == []

        for job in jobs:
            carry(job.claim, lambda: None, job.brief)

        assert [again(row).state for row in rows] == [State.LIVE] * 3
        assert Attempt.objects.count() == 3
        assert len(scene.platforms.ever(platform="facebook")) == 3

    def test_leaves_out_whom_it_may_not_send(self, scene: Scene):
        fine, voided, resting = (scene.booked(scene.page()) for _ in range(3))
        void(voided.slot.variant.post, "Thử thu hồi phê duyệt.")
        park(resting.channel, ParkScope.CHANNEL, clock.now() + timedelta(minutes=5), "Thử tạm nghỉ.")

        jobs = {job.claim.delivery_id: job for job in taken()}

        assert jobs[fine.pk].brief is not None
        assert jobs[voided.pk].brief is None
        assert resting.pk not in jobs
        for job in jobs.values():
            carry(job.claim, lambda: None, job.brief)
        assert (again(voided).state, again(voided).reason) == (State.HELD, Reason.APPROVAL)
        assert not Attempt.objects.filter(delivery=voided).exists()
        assert len(scene.platforms.ever(platform="facebook")) == 1

    def test_with_one_unreadable_row_sends_the_others(self, scene: Scene):
        broken, fine = scene.booked(scene.page()), scene.booked(scene.page())
        Delivery.objects.filter(pk=broken.pk).update(request={"lạ": 1})

        for job in taken():
            carry(job.claim, lambda: None, job.brief)

        assert (again(broken).state, again(broken).reason) == (State.HELD, Reason.CHANGED)
        assert again(fine).state == State.LIVE

    def test_that_cannot_be_prepared_at_all_is_carried_row_by_row(self, scene: Scene, monkeypatch):
        rows = [scene.booked(scene.page()) for _ in range(2)]

        def broken(*parts: object) -> None:
            raise ValueError("a fault of our own")

        monkeypatch.setattr(dispatching, "fresh_credentials", broken)

        jobs = taken()

        assert [job.brief for job in jobs] == [None, None]
        for job in jobs:
            carry(job.claim, lambda: None, job.brief)
        assert [again(row).state for row in rows] == [State.LIVE] * 2


@pytest.mark.django_db
class TestWhatLayReadyForTooLong:
    def test_is_not_sent_once_its_slot_was_cancelled(self, scene: Scene):
        delivery = scene.booked(scene.page())
        (job,) = taken()
        settle(delivery.slot, SlotState.CANCELLED, clock.now())
        grow_old(job)

        carry(job.claim, lambda: None, job.brief)

        assert again(delivery).state == State.CANCELLED
        assert Attempt.objects.get(delivery=delivery).code == "never-sent"
        assert scene.platforms.ever(platform="facebook") == []

    def test_waits_while_its_channel_rests(self, scene: Scene):
        delivery = scene.booked(scene.page())
        (job,) = taken()
        park(delivery.channel, ParkScope.CHANNEL, clock.now() + timedelta(minutes=5), "Thử tạm nghỉ.")
        grow_old(job)

        carry(job.claim, lambda: None, job.brief)

        assert again(delivery).state == State.READY
        assert again(delivery).wake_at > clock.now() + timedelta(minutes=4)
        assert scene.platforms.ever(platform="facebook") == []

    def test_is_sent_when_nothing_has_changed(self, scene: Scene):
        delivery = scene.booked(scene.page())
        (job,) = taken()
        grow_old(job)
        carry(job.claim, lambda: None, job.brief)
        assert again(delivery).state == State.LIVE
        assert Attempt.objects.filter(delivery=delivery).count() == 1

    def test_is_left_alone_when_another_worker_has_it_by_now(self, scene: Scene):
        delivery = scene.booked(scene.page())
        (job,) = taken()
        die(delivery)
        (other,) = take(Lane.PUBLISH, "thợ khác", 5)
        assert other.brief is None  # its attempt is open: somebody may have called
        grow_old(job)

        carry(job.claim, lambda: None, job.brief)

        assert scene.platforms.ever(platform="facebook") == []
        assert Attempt.objects.get(delivery=delivery).finished_at is None


@pytest.mark.django_db
def test_a_worker_killed_between_its_commit_and_its_call_leads_to_one_post(scene: Scene):
    delivery = scene.booked(scene.page())
    taken()
    die(delivery)

    assert carried(delivery).state == State.UNCLEAR
    for _ in range(3):
        carried(delivery)

    assert again(delivery).state == State.LIVE
    assert len(scene.platforms.ever(platform="facebook")) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("briefed", [True, False])
def test_a_job_given_back_is_anybodys_at_once_and_nothing_was_sent(scene: Scene, briefed: bool):
    delivery = scene.booked(scene.page())
    (job,) = taken()
    if not briefed:
        Attempt.objects.all().delete()

    put_down(job.claim, job.brief if briefed else None)

    assert (again(delivery).state, again(delivery).lease_until) == (State.READY, None)
    assert scene.platforms.ever(platform="facebook") == []
    assert carried(delivery).state == State.LIVE
    assert len(scene.platforms.ever(platform="facebook")) == 1


@pytest.mark.django_db(transaction=True)
def test_threads_stuck_in_slow_calls_give_back_what_lies_ready(scene: Scene, monkeypatch):
    slow, waiting = scene.page(), scene.page()
    scene.platforms.rule(
        platform="facebook", op="feed.create", account=slow.external_id, action="delay", seconds=1.5
    )
    stuck, lying = scene.booked(slow), scene.booked(waiting)
    monkeypatch.setattr("publishers.delivery.crew.LIES_FOR", 0.2)
    assert LIES_FOR > 0.2
    keeper = Keeper(WORKER)
    with Crew(1, keeper) as crew:
        for job in sorted(taken(), key=lambda each: each.claim.delivery_id != stuck.pk):
            crew.give(job)
        assert crew.room <= 0
        time.sleep(0.4)
        crew.give_back()
        wake(lying)
        assert again(lying).state == State.READY
    assert again(stuck).state == State.LIVE

    lanes.run(Lane.PUBLISH)

    assert again(lying).state == State.LIVE
    assert len(scene.platforms.ever(platform="facebook")) == 2
