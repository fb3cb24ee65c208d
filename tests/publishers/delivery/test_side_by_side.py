"""Workers side by side: every row to one of them, channels that never wait for each other, the wire outside of
transactions."""

from __future__ import annotations

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection, connections

from cms.core import clock
from publishers.adapters.facebook.adapter import FacebookAdapter
from publishers.delivery import lanes, pace
from publishers.delivery.errand import Claim
from publishers.delivery.keeper import Keeper
from publishers.delivery.models import Attempt, Delivery
from publishers.delivery.services import attempting
from publishers.delivery.services.claiming import claim
from publishers.delivery.states import Lane, State
from tests.publishers.delivery.scene import again, die

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


def side_by_side(count: int, work) -> list:
    """Run `work(number)` in `count` threads that start together; return what they returned."""
    results: list = [None] * count
    start = threading.Barrier(count)

    def run(number: int) -> None:
        try:
            start.wait(10)
            results[number] = work(number)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def test_claimers_at_the_same_moment_share_the_rows_without_overlap(scene):
    wanted = {scene.booked(scene.page()).pk for _ in range(8)}

    taken = side_by_side(4, lambda number: claim(Lane.PUBLISH, f"thợ-{number}", 3))

    ids = [each.delivery_id for part in taken for each in part]
    assert len(ids) == len(set(ids))
    # Whoever came too early for what another had locked comes again.
    ids += [each.delivery_id for each in claim(Lane.PUBLISH, "thợ-cuối", 10)]
    assert sorted(ids) == sorted(wanted)


def test_of_many_due_on_one_channel_one_is_sent_at_a_time(scene):
    page = scene.page()
    for _ in range(3):
        scene.booked(page)

    taken = side_by_side(3, lambda number: claim(Lane.PUBLISH, f"thợ-{number}", 5))

    assert sum(len(part) for part in taken) == 1
    assert Delivery.objects.filter(state=State.SENDING).count() == 1


def test_a_run_sends_everything_due_once_and_keeps_no_lease(scene):
    pages = [scene.page() for _ in range(3)]
    for page in pages:
        scene.booked(page)
        scene.booked(page)

    assert lanes.run(Lane.PUBLISH) == 6

    assert [len(scene.visible(page)) for page in pages] == [2, 2, 2]
    assert not Delivery.objects.filter(lease_until__isnull=False).exists()
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.LIVE}


def test_two_runs_at_once_in_one_process_are_one(scene):
    scene.booked(scene.page())
    carried = side_by_side(3, lambda number: lanes.run(Lane.PUBLISH))
    assert sum(carried) == 1
    assert len(scene.platforms.ever(platform="facebook")) == 1


def test_a_slow_channel_makes_no_other_wait(scene):
    slow, quick = scene.page(), [scene.page() for _ in range(3)]
    scene.platforms.rule(
        platform="facebook", op="feed.create", account=slow.external_id, action="delay", seconds=1.5
    )
    scene.booked(slow)
    fast = [scene.booked(page) for page in quick]
    began = time.monotonic()

    lanes.run(Lane.PUBLISH)

    assert time.monotonic() - began < 4
    ends = [again(each).ended_at for each in fast]
    slow_end = Delivery.objects.get(channel=slow).ended_at
    assert max(ends) + timedelta(seconds=0.5) < slow_end


def test_no_transaction_is_open_while_the_wire_is_in_use(scene, monkeypatch):
    seen = []
    for name in ("perform", "look"):
        real = getattr(FacebookAdapter, name)

        def watched(self, *parts, real=real, **named):
            seen.append(connection.in_atomic_block)
            return real(self, *parts, **named)

        monkeypatch.setattr(FacebookAdapter, name, watched)
    scene.platforms.rule(platform="facebook", op="feed.create", action="drop_after", nth=1, times=1)
    delivery = scene.booked(scene.page())

    lanes.run(Lane.PUBLISH)

    assert again(delivery).state == State.LIVE
    assert seen == [False, False]


def test_the_attempt_row_is_committed_before_the_wire_is_touched(scene, monkeypatch):
    real, seen = FacebookAdapter.perform, []

    def watched(self, *parts, **named):
        def ask(number: int) -> int:
            return Attempt.objects.filter(finished_at__isnull=True).count()

        seen.extend(side_by_side(1, ask))
        return real(self, *parts, **named)

    monkeypatch.setattr(FacebookAdapter, "perform", watched)
    scene.booked(scene.page())
    lanes.run(Lane.PUBLISH)
    assert seen == [1]


def test_a_dead_workers_row_is_picked_up_when_its_lease_ends(scene):
    delivery = scene.booked(scene.page())
    (lost,) = claim(Lane.PUBLISH, "sắp chết", 1)
    assert claim(Lane.PUBLISH, "kế tiếp", 1) == []
    assert pace.LEASE + 15 <= 60

    die(delivery)

    (taken,) = claim(Lane.PUBLISH, "kế tiếp", 1)
    assert taken == Claim(delivery.pk, lost.fence + 1, "kế tiếp")


def test_a_living_thread_keeps_its_lease_and_a_silent_one_loses_it(scene):
    delivery = scene.booked(scene.page())
    (mine,) = claim(Lane.PUBLISH, "thợ", 1)
    keeper = Keeper("thợ")
    keeper.hold(mine)
    die(delivery)
    assert keeper.renew() == 1
    assert again(delivery).lease_until > clock.now() + timedelta(seconds=30)

    keeper._held[mine] = time.monotonic() - pace.LONGEST_SILENCE - 1
    assert keeper.renew() == 0
    keeper.saw_progress(mine)
    assert keeper.renew() == 1
    keeper.drop(mine)
    assert keeper.renew() == 0


def test_a_row_taken_over_is_not_renewed_for_its_old_worker(scene):
    delivery = scene.booked(scene.page())
    (old,) = claim(Lane.PUBLISH, "cũ", 1)
    keeper = Keeper("cũ")
    keeper.hold(old)
    die(delivery)
    claim(Lane.PUBLISH, "mới", 1)
    assert keeper.renew() == 0


def test_while_an_answer_is_written_down_another_call_is_made_and_never_two_at_once(scene, monkeypatch):
    first, second = (scene.booked(scene.page()) for _ in range(2))
    called, calling, most = [], [], []
    perform, apply = FacebookAdapter.perform, attempting._apply
    second_called = threading.Event()

    def watched(self, *parts, **named):
        calling.append(1)
        most.append(len(calling))
        called.append(1)
        if len(called) == 2:
            second_called.set()
        time.sleep(0.1)
        answer = perform(self, *parts, **named)
        calling.pop()
        return answer

    def slow(errand, *parts):
        # The first answer is not written down before the second call has begun.
        assert second_called.wait(5)
        return apply(errand, *parts)

    monkeypatch.setattr(FacebookAdapter, "perform", watched)
    monkeypatch.setattr(attempting, "_apply", slow)
    monkeypatch.setattr(lanes, "threads_of", lambda lane: 1)

    lanes.run(Lane.PUBLISH)

    assert (again(first).state, again(second).state) == (State.LIVE, State.LIVE)
    assert most == [1, 1]
