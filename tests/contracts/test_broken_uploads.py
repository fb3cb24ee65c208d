"""Chunks, sessions and bytes that get lost on the way up: taken up where they broke off, one visible effect."""

from __future__ import annotations

from dataclasses import replace

import pytest

from publishers.adapters.seam import Look, Outcome
from tests.contracts.platforms import Platforms
from tests.contracts.samples import Samples
from tests.contracts.walker import walker


def test_token_that_dies_during_an_upload_keeps_the_bytes_that_arrived(
    platforms: Platforms, samples: Samples
) -> None:
    one = walker(platforms, samples, "youtube", refreshed=samples.channel)
    one.request = replace(one.request, media=(samples.clip(20 * 1024 * 1024),))
    platforms.rule(
        platform="youtube",
        op="videos.insert.chunk",
        nth=2,
        action="error",
        error={"reason": "authError", "http": 401},
    )
    walk = one.run()
    assert walk.outcomes("upload") == [Outcome.TOKEN, Outcome.OK]
    assert walk.live
    sent = [call for call in platforms.requests(op="videos.insert.chunk") if not call.get("fault")]
    assert len(sent) == 3  # 8 + 8 + 4 MiB, none of them twice


def test_second_offset_after_lost_chunk_is_corrected_by_server(
    platforms: Platforms, samples: Samples
) -> None:
    platforms.rule(platform="facebook", op="videos.transfer", nth=2, action="fate", fate={"chunk": "lost"})
    walk = walker(platforms, samples, "video").run()
    assert walk.live
    assert len(platforms.ever()) == 1


def test_page_upload_session_lost_near_the_end_begins_again_unseen(
    platforms: Platforms, samples: Samples
) -> None:
    platforms.rule(platform="facebook", op="videos.transfer", nth=3, action="fate", fate={"session": "gone"})
    walk = walker(platforms, samples, "video").run()
    assert [answer.restart_from for _, answer in walk.answers if answer.restart_from] == ["open"]
    assert walk.live
    assert len(platforms.ever()) == 1


def test_youtube_session_lost_near_the_end_is_replaced_after_two_looks(
    platforms: Platforms, samples: Samples
) -> None:
    one = walker(platforms, samples, "youtube")
    one.request = replace(one.request, media=(samples.clip(20 * 1024 * 1024),))
    platforms.rule(
        platform="youtube", op="videos.insert.chunk", nth=3, action="fate", fate={"session": "gone"}
    )
    walk = one.run()
    assert [seen.look for step, seen in walk.sightings if step == "upload"] == [Look.NOT_DONE, Look.NOT_DONE]
    assert walk.live
    assert len(platforms.ever()) == 1


def test_youtube_takes_up_where_a_shorter_range_says(platforms: Platforms, samples: Samples) -> None:
    one = walker(platforms, samples, "youtube")
    one.request = replace(one.request, media=(samples.clip(20 * 1024 * 1024),))
    platforms.rule(
        platform="youtube", op="videos.insert.chunk", nth=1, action="fate", fate={"store_bytes": 262144}
    )
    platforms.rule(
        platform="youtube", op="videos.insert.chunk", nth=2, action="fate", fate={"move_session": True}
    )
    walk = one.run()
    assert walk.live
    assert platforms.findings() == []


def test_reel_goes_on_at_the_byte_that_arrived(platforms: Platforms, samples: Samples) -> None:
    platforms.rule(
        platform="facebook",
        op="reels.upload",
        action="error",
        error={"http": 500, "transient": True, "type": "Retriable"},
    )
    walk = walker(platforms, samples, "reel").run()
    assert walk.outcomes("transfer")[0] is Outcome.RETRY
    assert walk.live
    assert len(platforms.ever()) == 1


@pytest.mark.parametrize("form", ["video", "reel"])
def test_finish_refused_because_it_was_heard_before_shows_one_clip(
    form: str, platforms: Platforms, samples: Samples
) -> None:
    one = walker(platforms, samples, form)
    one.run(stop_before="finish")
    finish = next(step for step in one.adapter.plan(one.request) if step.visible)
    assert one.perform(finish).outcome is Outcome.OK
    again = one.perform(finish)
    assert again.outcome is Outcome.OK
    assert "1363041" in again.code
    assert one.run(start_at="confirm").live
    assert len(platforms.ever()) == 1


@pytest.mark.parametrize("form", ["video", "reel"])
def test_session_that_ended_before_finish_is_begun_again_only_after_two_looks(
    form: str, platforms: Platforms, samples: Samples
) -> None:
    one = walker(platforms, samples, form)
    phase = "videos.finish" if form == "video" else "reels.finish"
    platforms.rule(
        platform="facebook", op=phase, action="error", error={"code": 6000, "subcode": 1363030}, times=1
    )
    walk = one.run()
    assert [seen.look for step, seen in walk.sightings if step == "finish"] == [Look.NOT_DONE, Look.NOT_DONE]
    assert [answer.restart_from for _, answer in walk.answers if answer.restart_from] == ["open"]
    assert walk.live
    assert len(platforms.ever()) == 1
