"""The day of a Google project: our count is Google's count, and what no longer fits waits for the next day.

Counted against the sandbox's own books, over HTTP, by the real engine."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cms.channels.models import Channel
from cms.core import clock
from cms.notices.models import Notice
from publishers.adapters.waits import next_pacific_midnight, pacific_day
from publishers.adapters.youtube.costs import Bucket
from publishers.connections.models import Connection, PlatformApp, QuotaUse
from publishers.connections.quota import budget_of
from publishers.delivery.models import Delivery
from publishers.delivery.states import Reason, State
from tests.contracts.stage import Stage
from tests.factories.cms import UserFactory

pytestmark = pytest.mark.django_db
PROJECT = "du-an-1"
UNITS, INSERTS = Bucket.UNITS, Bucket.INSERTS


def project_of(delivery: Delivery) -> PlatformApp:
    assert delivery.channel is not None
    return PlatformApp.objects.get(connections__channel=delivery.channel)


def allow(delivery: Delivery, **limits: int) -> None:
    PlatformApp.objects.filter(connections__channel=delivery.channel).update(**limits)


def tomorrow_at_google() -> None:
    """What was counted today was counted yesterday."""
    QuotaUse.objects.update(day=clock.now().date() - timedelta(days=3))


def asleep(delivery: Delivery) -> Delivery:
    """The delivery leaves the first turn to others."""
    Delivery.objects.filter(pk=delivery.pk).update(wake_at=clock.now() + timedelta(hours=1))
    return delivery


def waits_for_google(stage: Stage, delivery: Delivery) -> Delivery:
    row = stage.play(delivery, until=lambda each: bool(each.sentence))
    assert (row.state, row.next_step, row.reason) == (State.BOOKED, "open", "")
    reset = next_pacific_midnight(clock.now())
    assert row.wake_at is not None
    assert reset <= row.wake_at <= reset + timedelta(seconds=60)
    return row


@pytest.mark.parametrize(("form", "inserts"), [("youtube", 1), ("youtube-all", 1)])
def test_our_count_is_what_google_counts(stage: Stage, form: str, inserts: int) -> None:
    delivery = stage.booked(stage.request(form))
    assert stage.play(delivery).state == State.LIVE
    theirs = stage.platforms.control("GET", "quota")[PROJECT]
    ours = budget_of(project_of(delivery))
    assert (ours.spent(INSERTS), ours.spent(UNITS)) == (theirs["inserts"], theirs["units"])
    assert ours.spent(INSERTS) == inserts
    assert ours.left(UNITS) == 10_000 - theirs["units"] > 0


def test_calls_that_failed_are_counted_too(stage: Stage) -> None:
    delivery = stage.booked(stage.request("youtube"))
    stage.platforms.rule(platform="youtube", op="videos.update", action="drop_before", times=1)
    assert stage.play(delivery).state == State.LIVE
    theirs = stage.platforms.control("GET", "quota")[PROJECT]
    assert len(stage.platforms.requests(op="videos.update")) == 2
    # What never reached Google is counted as well: rather 50 too many than one too few.
    assert budget_of(project_of(delivery)).spent(UNITS) == theirs["units"] + 50


def test_video_that_no_longer_fits_waits_for_the_reset_and_says_so(stage: Stage) -> None:
    first = stage.booked(stage.request("youtube"))
    second = asleep(stage.booked(stage.request("youtube"), channel=first.channel))
    allow(first, daily_inserts=1)
    assert stage.play(first).state == State.LIVE
    officer = UserFactory()
    Channel.objects.filter(pk=second.channel_id).update(responsible=officer)

    row = waits_for_google(stage, second)
    [notice] = Notice.objects.filter(user=officer)
    assert row.sentence[:60] in notice.sentence
    Delivery.objects.filter(pk=row.pk).update(wake_at=clock.now(), sentence="")
    waits_for_google(stage, second)
    assert Notice.objects.filter(user=officer).count() == 1, "told once a day"
    assert "còn 0 lượt tải video trong hôm nay, bài này cần khoảng 1" in row.sentence
    assert "Hệ thống sẽ tự tiếp tục lúc" in row.sentence
    assert "sẽ qua trước lúc đó" in row.sentence
    assert stage.history(row) == []
    assert len(stage.platforms.requests(op="videos.insert.start")) == 1

    tomorrow_at_google()
    assert stage.play(second).state == State.LIVE
    assert len(stage.ever(stage.again(second))) == 2


def test_what_was_begun_keeps_what_its_visible_call_needs(stage: Stage) -> None:
    first = stage.booked(stage.request("youtube"))
    second = asleep(stage.booked(stage.request("youtube")))
    Connection.objects.filter(channel=second.channel).update(app=project_of(first))
    allow(first, daily_units=115)  # two bare videos need 60 each
    Delivery.objects.filter(pk=first.pk).update(due_at=clock.now() + timedelta(seconds=30))
    begun = stage.play(first, until=lambda each: each.next_step == "publish")
    assert begun.state == State.READY
    row = waits_for_google(stage, second)
    assert "đơn vị trong hôm nay, bài này cần khoảng 60" in row.sentence
    assert stage.play(first).state == State.LIVE
    assert len(stage.ever(stage.again(first))) == 1


def test_visible_call_of_a_begun_video_is_tried_however_much_others_have_spent(stage: Stage) -> None:
    delivery = stage.booked(stage.request("youtube"))
    Delivery.objects.filter(pk=delivery.pk).update(due_at=clock.now() + timedelta(seconds=30))
    assert stage.play(delivery, until=lambda each: each.next_step == "publish").state == State.READY
    QuotaUse.objects.filter(bucket="units").update(used=10_000)
    assert stage.play(delivery).state == State.LIVE


def test_visible_call_of_a_later_day_is_paid_by_that_day(stage: Stage) -> None:
    delivery = stage.booked(stage.request("youtube"))
    QuotaUse.objects.create(
        app=project_of(delivery), day=pacific_day(clock.now()), bucket="units", used=9_980
    )
    Delivery.objects.filter(pk=delivery.pk).update(
        due_at=next_pacific_midnight(clock.now()) + timedelta(hours=1)
    )
    # 20 units are left: enough for what is unseen (10), not for the visible call (50), which is due tomorrow.
    row = stage.play(delivery, until=lambda each: each.next_step == "publish")
    assert (row.state, row.sentence) == (State.READY, "")


def test_plan_that_fits_into_no_day_is_held_with_what_to_do(stage: Stage) -> None:
    delivery = stage.booked(stage.request("youtube-all"))
    allow(delivery, daily_units=500)
    row = stage.play(delivery)
    assert (row.state, row.reason) == (State.HELD, Reason.SETTINGS)
    assert "Bài này cần khoảng 611 đơn vị, nhiều hơn hạn mức cả ngày (500)" in row.sentence
    assert stage.platforms.requests(op="videos.insert.start") == []


def test_quota_spent_by_others_parks_the_project_whatever_we_counted(stage: Stage) -> None:
    stage.platforms.account(platform="youtube", kind="project", id=PROJECT, inserts_per_day=0)
    delivery = stage.booked(stage.request("youtube"))
    row = stage.play(delivery, until=lambda each: bool(stage.history(each)))
    assert (row.state, stage.history(row)[-1][2]) == (State.BOOKED, "quotaExceeded")
    assert row.wake_at is not None
    assert row.wake_at >= next_pacific_midnight(clock.now())
