"""What would be refused, or must wait, is found by the same words at booking, before staging and before the visible call."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from cms.channels.specs import REEL
from cms.core import clock
from publishers.delivery import frozen_request
from publishers.delivery.models import Delivery
from publishers.delivery.services.dispatching import take
from publishers.delivery.states import Lane, Reason, State
from tests.contracts.stage import Stage

pytestmark = pytest.mark.django_db


def frozen_anew(delivery: Delivery, **changes: object) -> None:
    """The delivery as an older release might have frozen it: its hash fits, its content breaks today's limits."""
    request = frozen_request.sketch(delivery.request)
    frozen = frozen_request.as_json(replace(request, **changes))  # type: ignore[arg-type]
    Delivery.objects.filter(pk=delivery.pk).update(
        request=frozen, request_sha256=frozen_request.hash_of(frozen)
    )


@pytest.mark.parametrize(
    ("form", "changes", "said"),
    [
        ("text", {"text": "ă" * 63_207}, "quá giới hạn 63206 ký tự"),
        ("youtube", {"title": "ă" * 101}, "quá giới hạn 100 ký tự"),
        ("zalo", {"summary": "ă" * 281}, "quá giới hạn 280 ký tự"),
    ],
)
def test_text_beyond_the_limit_is_held_before_any_call_however_it_came_into_the_row(
    form: str, changes: dict[str, object], said: str, stage: Stage
) -> None:
    delivery = stage.booked(stage.request(form))
    frozen_anew(delivery, **changes)
    row = stage.play(delivery)
    assert (row.state, row.reason) == (State.HELD, Reason.REFUSED)
    assert said in row.sentence
    assert stage.history(row) == []
    assert stage.ever(row) == []


def reels_of_today(stage: Stage, number: int) -> Delivery:
    """A reel that is due on a Page which has published `number` reels in the last day, the first 23 hours ago."""
    delivery = stage.booked(stage.request("reel"))
    now = clock.now()
    for index in range(number):
        other = stage.booked(stage.request("reel"), channel=delivery.channel)
        at = now - timedelta(hours=23) + timedelta(minutes=index)
        Delivery.objects.filter(pk=other.pk).update(
            state=State.LIVE, accepted_at=at, ended_at=at, wake_at=None, lease_until=None
        )
        stage.made.remove(other)
    return delivery


def test_thirty_first_reel_of_a_day_waits_until_the_first_is_a_day_old(stage: Stage) -> None:
    delivery = reels_of_today(stage, REEL.per_day)
    row = stage.play(delivery, until=lambda each: bool(each.sentence))
    free = clock.now() + timedelta(hours=1)
    assert row.state == State.READY
    assert row.wake_at is not None
    assert timedelta(seconds=-30) < row.wake_at - free < timedelta(seconds=30)
    assert row.sentence.startswith("Trang đã đăng 30 Reel trong 24 giờ qua")
    # Its bytes are up; nothing was finished, and Facebook never had to refuse.
    assert [step for step, _, _ in stage.history(row)] == ["open", "transfer"]
    assert stage.ever(row) == []

    Delivery.objects.filter(state=State.LIVE).update(accepted_at=clock.now() - timedelta(hours=25))
    assert stage.play(row).state == State.LIVE
    assert len(stage.ever(row)) == 1


def test_thirtieth_reel_goes_out_and_other_posts_never_wait_for_reels(stage: Stage) -> None:
    delivery = reels_of_today(stage, REEL.per_day - 1)
    text = stage.booked(stage.request("text"), channel=delivery.channel)
    assert stage.play(delivery).state == State.LIVE
    # That was the thirtieth: a text on the same Page goes out all the same.
    assert stage.play(text).state == State.LIVE


def test_batch_prepares_nothing_that_the_gate_objects_to(stage: Stage) -> None:
    waiting = reels_of_today(stage, REEL.per_day)
    stage.play(waiting, until=lambda each: each.next_step == "finish")
    refused, good = stage.booked(stage.request("text")), stage.booked(stage.request("text"))
    frozen_anew(refused, text="ă" * 63_207)
    past = clock.now() - timedelta(seconds=1)
    Delivery.objects.filter(pk__in=[waiting.pk, refused.pk, good.pk]).update(due_at=past, wake_at=past)
    jobs = take(Lane.PUBLISH, "bo-xu-ly", 10)
    assert {job.claim.delivery_id: bool(job.brief) for job in jobs} == {
        waiting.pk: False, refused.pk: False, good.pk: True,
    }  # fmt: skip
