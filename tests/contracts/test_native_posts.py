"""What people posted by hand on our own accounts is listed beside what we made, and told apart where it can be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from publishers.adapters.registry import adapter_for
from publishers.adapters.seam import Credential, Outcome, Purpose
from tests.contracts.platforms import Platforms
from tests.contracts.samples import CHANNEL, OA, PAGE, Samples
from tests.contracts.walker import Walker

BEGAN = timedelta(seconds=5)


@pytest.mark.parametrize(
    ("form", "platform", "account", "told"),
    [
        ("pictures", "facebook", PAGE, (True, False)),
        ("youtube", "youtube", CHANNEL, (None, None)),
        ("zalo", "zalo", OA, (None, None)),
    ],
)
def test_post_made_by_hand_is_listed_beside_ours(
    form: str, platform: str, account: str, told: tuple[bool | None, bool | None], platforms: Platforms, samples: Samples
) -> None:  # fmt: skip
    since = datetime.now(UTC) - BEGAN
    request, credential = samples.of(form)
    adapter = samples.adapter(platform)
    walk = Walker(adapter, request, credential, platforms.advance).run()
    platforms.advance(60)
    by_hand = {
        "platform": platform,
        "account": account,
        "title": "Đăng tay",
        "text": "Lịch tiếp dân tuần này",
    }
    native = platforms.control("POST", "native", by_hand)["id"]
    seen = adapter.recent(account, credential, since)
    assert (seen.answer.outcome, seen.complete) == (Outcome.OK, True)
    assert [one.remote_id for one in seen.posts] == [native, walk.receipt.remote_id]
    theirs, ours = seen.posts
    assert "Lịch tiếp dân tuần này" in theirs.text or theirs.title == "Đăng tay"
    assert theirs.permalink
    assert (ours.by_our_app, theirs.by_our_app) == told
    assert ours.published_at < theirs.published_at
    # Whatever handle a delivery kept of a post, the list names it.
    kept = {value for value in walk.handles.values() if isinstance(value, str)}
    assert ours.ids & kept
    assert not theirs.ids & kept
    assert adapter.recent(account, credential, datetime.now(UTC) + timedelta(days=1)).posts == ()
    assert platforms.findings() == []


def test_what_citizens_cannot_see_is_not_listed(platforms: Platforms, samples: Samples) -> None:
    since = datetime.now(UTC) - BEGAN
    for form, last in (("youtube", "publish"), ("zalo", "show"), ("pictures", "feed")):
        request, credential = samples.of(form)
        adapter = samples.adapter(request.kind)
        Walker(adapter, request, credential, platforms.advance).run(stop_before=last)
        assert adapter.recent(request.account, credential, since).posts == ()


@pytest.mark.parametrize("form", ["text", "youtube", "zalo"])
def test_post_that_was_hidden_is_listed_no_longer(form: str, platforms: Platforms, samples: Samples) -> None:
    since = datetime.now(UTC) - BEGAN
    request, credential = samples.of(form)
    adapter = samples.adapter(request.kind)
    out = Walker(adapter, request, credential, platforms.advance)
    out.run()
    assert len(adapter.recent(request.account, credential, since).posts) == 1
    hiding = Walker(adapter, request, credential, platforms.advance, purpose=Purpose.HIDE)
    hiding.walk.handles = dict(out.walk.handles)
    assert hiding.run().live
    assert adapter.recent(request.account, credential, since).posts == ()


def test_list_of_more_than_one_page_is_read_to_its_end(platforms: Platforms, samples: Samples) -> None:
    since = datetime.now(UTC) - BEGAN
    for platform, account, credential, count in (
        ("facebook", PAGE, samples.page(), 103),
        ("youtube", CHANNEL, samples.channel(), 53),
        ("zalo", OA, samples.oa(), 23),
    ):
        for number in range(count):
            by_hand = {"platform": platform, "account": account, "title": f"Bài tay số {number}"}
            platforms.control("POST", "native", by_hand)
        seen = samples.adapter(platform).recent(account, credential, since)
        assert seen.complete
        assert len({one.remote_id for one in seen.posts}) == count


def test_video_uploaded_long_ago_and_shown_by_hand_today_is_listed(
    platforms: Platforms, samples: Samples
) -> None:
    request, credential = samples.of("youtube")
    walker = Walker(samples.adapter("youtube"), request, credential, platforms.advance)
    walker.run(stop_before="publish")
    platforms.advance(5 * 86400)
    credential = walker.credential = samples.channel(access_token="the-cua-nam-ngay-sau")
    since = datetime.now(UTC) + timedelta(days=4)
    assert walker.adapter.recent(CHANNEL, credential, since).posts == ()
    walker.run(start_at="publish")
    [post] = walker.adapter.recent(CHANNEL, credential, since).posts
    assert post.remote_id == walker.walk.handles["video_id"]


@pytest.mark.parametrize(
    ("platform", "op", "error", "outcome"),
    [
        ("facebook", "feed.list", {"code": 190, "subcode": 463}, Outcome.TOKEN),
        ("youtube", "playlistItems.list", {"reason": "quotaExceeded", "http": 403}, Outcome.RATE),
        (
            "zalo",
            "article.getslice",
            {"error": -32, "message": "Your OA reached limit call api"},
            Outcome.RATE,
        ),
    ],
)
def test_list_that_cannot_be_read_says_why_and_is_not_taken_for_empty(
    platform: str, op: str, error: dict[str, object], outcome: Outcome, platforms: Platforms, samples: Samples
) -> None:
    request, credential = samples.of({"facebook": "text"}.get(platform, platform))
    platforms.rule(platform=platform, op=op, action="error", error=error, times=0)
    seen = samples.adapter(platform).recent(request.account, credential, datetime.now(UTC) - BEGAN)
    assert (seen.answer.outcome, seen.posts, seen.complete) == (outcome, (), False)
    assert seen.answer.sentence.endswith(".")


def test_kinds_that_no_machine_can_list_say_so() -> None:
    now = datetime.now(UTC)
    assert adapter_for("press").recent("", Credential(""), now).complete is False
    assert adapter_for("loudspeaker").recent("", Credential(""), now).posts == ()
