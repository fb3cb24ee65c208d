"""Limits and budgets of calls: who rests, until when, and what may still be read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from publishers.adapters.seam import Outcome, ParkScope
from tests.contracts.platforms import Platforms
from tests.contracts.samples import PAGE, Samples
from tests.contracts.walker import Walker, walker


@pytest.mark.parametrize(
    ("platform", "op", "error", "park"),
    [
        ("facebook", "feed.create", {"code": 80001, "subcode": 2446079}, ParkScope.CHANNEL),
        ("facebook", "feed.create", {"code": 4, "transient": True}, ParkScope.APP),
        ("youtube", "videos.update", {"reason": "quotaExceeded", "http": 403}, ParkScope.PROJECT),
        (
            "zalo",
            "article.update",
            {"error": -32, "message": "Your OA reached limit call api"},
            ParkScope.CHANNEL,
        ),
        (
            "zalo",
            "article.update",
            {"error": -32, "message": "Your application reached limit call api"},
            ParkScope.APP,
        ),
    ],
)
def test_limited_channel_rests_and_is_sent_once_afterwards(
    platform: str, op: str, error: dict[str, object], park: ParkScope, platforms: Platforms, samples: Samples
) -> None:
    one = walker(platforms, samples, {"facebook": "text"}.get(platform, platform))
    platforms.rule(
        platform=platform, op=op, account=one.request.account, action="error", error=error, times=1
    )
    limited = one.run()
    assert limited.ended.outcome is Outcome.RATE
    assert limited.ended.park is park
    assert limited.ended.not_before > datetime.now(UTC)
    assert limited.ended.sentence
    assert platforms.ever() == []
    visible = next(step.name for step in one.adapter.plan(one.request) if step.visible)
    assert one.run(start_at=visible).ended is limited.ended or one.walk.receipt
    assert len(platforms.ever()) == 1


def test_limit_of_one_page_leaves_another_page_running(platforms: Platforms, samples: Samples) -> None:
    one = walker(platforms, samples, "text")
    platforms.rule(
        platform="facebook", op="feed.create", account=PAGE, action="error", error={"code": 32}, times=0
    )
    assert one.run().ended.outcome is Outcome.RATE
    other = "900000000000002"
    credential = samples.page(id=other, access_token="the-trang-thu-hai")
    walk = Walker(one.adapter, replace(one.request, account=other), credential, platforms.advance).run()
    assert walk.live
    assert [effect["account"] for effect in platforms.ever()] == [other]


def test_post_that_stands_although_facebook_answered_with_a_limit_is_not_sent_again(
    platforms: Platforms, samples: Samples
) -> None:
    one = walker(platforms, samples, "text")
    platforms.rule(platform="facebook", op="feed.create", action="error_after", error={"code": 368}, times=0)
    walk = one.run()
    assert walk.outcomes("feed") == [Outcome.RATE]
    assert walk.live
    assert len(platforms.ever()) == 1


def test_spent_call_budget_parks_the_page_although_the_post_went_up(
    platforms: Platforms, samples: Samples
) -> None:
    one = walker(platforms, samples, "text")
    samples.page(calls_per_day=1)
    walk = one.run()
    assert walk.live
    [(_, answer)] = walk.answers
    assert answer.exchange["usage"] == 100
    assert answer.park is ParkScope.CHANNEL
    assert answer.not_before >= datetime.now(UTC) + timedelta(minutes=4)


@pytest.mark.parametrize(
    ("calls_per_day", "rests"),
    [(1000, 0.0), (13, 30.0), (10, 300.0)],
    ids=["plenty", "three-quarters", "spent"],
)
def test_page_slows_down_before_its_budget_is_spent(
    calls_per_day: int, rests: float, platforms: Platforms, samples: Samples
) -> None:
    one = walker(platforms, samples, "text")
    samples.page(calls_per_day=calls_per_day)
    for _ in range(9):
        one.adapter.read(one.request, {"post_id": "1_2"}, one.credential)
    began = datetime.now(UTC)
    [(_, answer)] = one.run().answers
    assert answer.outcome is Outcome.OK
    if not rests:
        assert answer.not_before is None
        return
    assert answer.not_before is not None
    assert rests - 1 <= (answer.not_before - began).total_seconds() <= rests + 3600
    assert answer.park is ParkScope.CHANNEL


def test_list_that_can_wait_ends_when_the_budget_runs_out(platforms: Platforms, samples: Samples) -> None:
    credential = samples.page()
    for number in range(120):
        platforms.control(
            "POST", "native", {"platform": "facebook", "account": PAGE, "text": f"Tay {number}"}
        )
    samples.page(calls_per_day=1)
    seen = samples.adapter("facebook").recent(PAGE, credential, datetime.now(UTC) - timedelta(hours=1))
    assert (seen.answer.outcome, len(seen.posts), seen.complete) == (Outcome.OK, 100, False)
