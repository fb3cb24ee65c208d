"""What a look may believe: duplicates as evidence, lists that lag, twins that only a person can tell apart."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from publishers.adapters.seam import Credential, Look, Outcome, Step
from tests.contracts.platforms import Platforms
from tests.contracts.samples import Samples
from tests.contracts.walker import Walker, walker


@pytest.mark.parametrize("form", ["text", "link", "picture"])
def test_duplicate_error_after_a_lost_answer_is_taken_as_evidence(
    form: str, platforms: Platforms, samples: Samples
) -> None:
    one = walker(platforms, samples, form)
    samples.page(duplicate_window_seconds=3600, list_lag_seconds=300)
    platforms.rule(platform="facebook", op="feed.create", action="drop_after", times=1)
    walk = one.run()
    assert walk.outcomes("feed") == [Outcome.UNKNOWN, Outcome.CONTENT]
    assert walk.live
    assert len(platforms.ever()) == 1


def test_list_that_lags_behind_the_first_look_is_asked_a_second_time(
    platforms: Platforms, samples: Samples
) -> None:
    one = walker(platforms, samples, "text")
    samples.page(list_lag_seconds=60)
    platforms.rule(platform="facebook", op="feed.create", action="drop_after", times=1)
    walk = one.run()
    assert [seen.look for _, seen in walk.sightings] == [Look.NOT_DONE, Look.DONE]
    assert len(platforms.ever()) == 1


def test_video_of_a_forgotten_session_is_found_in_the_lagging_list(
    platforms: Platforms, samples: Samples
) -> None:
    one = walker(platforms, samples, "youtube")
    samples.channel(uploads_lag_seconds=60)
    platforms.rule(platform="youtube", op="videos.insert.chunk", action="drop_after", times=1)
    platforms.rule(
        platform="youtube", op="videos.insert.status", nth=2, action="fate", fate={"session": "gone"}, times=0
    )
    walk = one.run()
    assert [seen.look for step, seen in walk.sightings if step == "upload"] == [Look.NOT_DONE, Look.DONE]
    assert walk.live
    assert len(platforms.requests(op="videos.insert.start")) == 1


def test_hidden_article_of_a_lost_answer_is_adopted_when_the_list_shows_it(
    platforms: Platforms, samples: Samples
) -> None:
    first = walker(platforms, samples, "zalo")
    first.run(stop_before="show")
    samples.oa(list_lag_seconds=0)
    lost = Walker(samples.adapter("zalo"), first.request, first.credential, platforms.advance)
    create = lost.adapter.plan(lost.request)[0]
    since = datetime.now(UTC) - timedelta(seconds=60)
    seen = lost.adapter.look(create, lost.request, {}, lost.credential, since)
    assert seen.look is Look.DONE
    assert seen.answer.handles["article_id"] == first.walk.handles["article_id"]
    taken = {"taken": [first.walk.handles["article_id"]]}
    assert lost.adapter.look(create, lost.request, taken, lost.credential, since).look is Look.NOT_DONE


def test_two_equal_texts_without_a_handle_are_left_to_a_person(
    platforms: Platforms, samples: Samples
) -> None:
    for _ in range(2):
        assert walker(platforms, samples, "text").run().live
    one = walker(platforms, samples, "text")
    seen = one.adapter.look(
        Step("feed"), one.request, {}, one.credential, datetime.now(UTC) - timedelta(seconds=5)
    )
    assert seen.look is Look.UNSURE
    assert "chưa lên" in seen.sentence
    ids = [effect["object_id"] for effect in platforms.ever()]
    known = one.adapter.look(
        Step("feed"),
        one.request,
        {"taken": ids[:1]},
        one.credential,
        datetime.now(UTC) - timedelta(seconds=5),
    )
    assert known.answer.receipt.remote_id == ids[1]
    assert len(platforms.ever()) == 2


def test_text_of_another_app_is_not_taken_for_ours(platforms: Platforms, samples: Samples) -> None:
    one = walker(platforms, samples, "text")
    assert one.run().live
    since = datetime.now(UTC) - timedelta(seconds=5)
    stranger = Credential(one.credential.access_token, app_id="100000000000009")
    assert one.adapter.look(Step("feed"), one.request, {}, stranger, since).look is Look.NOT_DONE
    unnamed = Credential(one.credential.access_token)
    assert one.adapter.look(Step("feed"), one.request, {}, unnamed, since).look is Look.UNSURE
