"""Native scheduling, the fallback while our own scheduler is away: laid down once, shown at its hour, taken back before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from publishers.adapters.registry import adapter_for
from publishers.adapters.seam import Look, Outcome, Purpose
from tests.contracts.platforms import Platforms
from tests.contracts.samples import Samples
from tests.contracts.walker import Walker

FORMS = ["text", "link", "pictures", "video", "reel", "youtube"]
WRITE = {"video": "videos.finish", "reel": "reels.finish", "youtube": "videos.update"}


def handing_over(platforms: Platforms, samples: Samples, form: str, hours: float = 6) -> Walker:
    request, credential = samples.of(form)
    one = Walker(
        samples.adapter(request.kind), request, credential, platforms.advance, purpose=Purpose.HAND_OVER
    )
    one.walk.handles["publish_at"] = (datetime.now(UTC) + timedelta(hours=hours)).isoformat()
    return one


@pytest.mark.parametrize("form", FORMS)
def test_post_appears_at_its_hour_and_not_before(form: str, platforms: Platforms, samples: Samples) -> None:
    one = handing_over(platforms, samples, form)
    walk = one.run()
    assert (walk.ended, walk.receipt) == (None, None)
    assert platforms.ever() == []
    assert one.adapter.read(one.request, walk.handles, one.credential).look is Look.NOT_DONE
    platforms.advance(6.1 * 3600)
    credential = {"facebook": samples.page, "youtube": samples.channel}[one.request.kind](
        access_token="the-sau-gio-hen"
    )
    [effect] = platforms.effects()
    seen = one.adapter.read(one.request, walk.handles, credential)
    assert seen.look is Look.DONE
    assert seen.answer.receipt.permalink
    assert effect["text"].startswith(one.request.text[:20])
    assert platforms.findings() == []


@pytest.mark.parametrize("form", FORMS)
def test_what_was_handed_over_is_taken_back_before_its_hour(
    form: str, platforms: Platforms, samples: Samples
) -> None:
    one = handing_over(platforms, samples, form)
    handles = one.run().handles
    back = Walker(one.adapter, one.request, one.credential, platforms.advance, purpose=Purpose.TAKE_BACK)
    back.walk.handles = dict(handles)
    assert back.run().ended is None
    platforms.advance(7 * 3600)
    assert platforms.ever() == []


@pytest.mark.parametrize("fault", ["drop_after", "cut_body", "html_502_after", "drop_before"])
@pytest.mark.parametrize("form", FORMS)
def test_lost_answer_of_a_handing_over_leaves_one_post(
    form: str, fault: str, platforms: Platforms, samples: Samples
) -> None:
    one = handing_over(platforms, samples, form)
    op = WRITE.get(form, "feed.create")
    platforms.rule(platform=one.request.kind, op=op, action=fault, nth=1, times=1)
    assert one.run().ended is None
    platforms.advance(7 * 3600)
    assert len(platforms.ever()) == 1


@pytest.mark.parametrize("hours", [0.1, 29.5 * 24])
@pytest.mark.parametrize("form", ["text", "youtube"])
def test_hour_outside_the_window_is_refused_with_a_sentence(
    form: str, hours: float, platforms: Platforms, samples: Samples
) -> None:
    ended = handing_over(platforms, samples, form, hours).run().ended
    assert ended is not None
    assert (ended.outcome, ended.code) == (Outcome.CONTENT, "outside-window")
    assert "từ 10 phút đến 29 ngày" in ended.sentence
    assert platforms.requests(op="feed.create") == []
    assert platforms.requests(op="videos.update") == []


@pytest.mark.parametrize("kind", ["zalo", "loudspeaker", "press"])
def test_platform_without_scheduling_offers_none(kind: str, samples: Samples) -> None:
    adapter = adapter_for(kind)
    request = samples.zalo()
    assert adapter.plan_for(Purpose.HAND_OVER, request) == ()
    assert adapter.plan_for(Purpose.TAKE_BACK, request) == ()
