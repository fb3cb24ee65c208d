"""The other ways in which an answer to a write can be spoilt: whatever it is, citizens see one post.

Dropped, late, cut and false answers, and workers killed at every step, are played with the engine in test_scenarios."""

from __future__ import annotations

import pytest

from tests.contracts.platforms import Platforms
from tests.contracts.samples import Samples
from tests.contracts.walker import Walker

# Every write of every form, by the sandbox's name for it.
WRITES = [
    ("text", "facebook", "feed.create"),
    ("link", "facebook", "feed.create"),
    ("picture", "facebook", "photos.create"),
    ("picture", "facebook", "feed.create"),
    ("video", "facebook", "videos.start"),
    ("video", "facebook", "videos.transfer"),
    ("video", "facebook", "videos.finish"),
    ("reel", "facebook", "reels.start"),
    ("reel", "facebook", "reels.upload"),
    ("reel", "facebook", "reels.finish"),
    ("youtube", "youtube", "videos.insert.start"),
    ("youtube", "youtube", "videos.insert.chunk"),
    ("youtube", "youtube", "videos.update"),
    ("zalo", "zalo", "article.create"),
    ("zalo", "zalo", "article.update"),
    ("zalo", "zalo", "article.verify"),
    ("zalo-clip", "zalo", "video.prepare"),
]
FAULTS = [
    "drop_before", "html_502", "html_502_after", "empty_200", "no_content_type", "slow_body",
]  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize(("form", "platform", "op"), WRITES)
def test_spoilt_answer_to_a_write_leaves_one_visible_post(
    form: str, platform: str, op: str, fault: str, platforms: Platforms, samples: Samples
) -> None:
    request, credential = samples.of(form)
    platforms.rule(
        platform=platform,
        op=op,
        action=fault,
        nth=1,
        times=1,
        seconds=0.2,
    )
    walk = Walker(samples.adapter(platform), request, credential, platforms.advance).run()
    assert walk.live, walk.ended
    assert len(platforms.ever()) == 1
    assert platforms.effects()[0]["object_id"] == walk.receipt.remote_id
