"""Scenarios 1 and 2: whatever happens to an answer, or to the worker that waits for it, citizens see one post."""

from __future__ import annotations

import pytest

from publishers.adapters.youtube import upload
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
    "drop_before", "drop_after", "timeout_after", "cut_body", "html_502", "html_502_after", "empty_200",
    "no_content_type", "slow_body",
]  # fmt: skip
TRANSIENT = {
    "facebook": {"code": 2, "http": 500, "transient": True, "message": "An unexpected error has occurred."},
    "youtube": {"reason": "backendError", "http": 503, "message": "Backend Error"},
    "zalo": {"error": -1, "http": 502, "message": "Bad gateway"},
}
STEPS = [
    *[
        ("text", "feed"),
        ("link", "feed"),
        ("pictures", "photo-1"),
        ("pictures", "photo-2"),
        ("pictures", "feed"),
    ],
    *[(form, step) for form in ("video", "reel") for step in ("open", "transfer", "finish", "confirm")],
    *[("youtube", step) for step in ("open", "upload", "processed", "publish")],
    *[("zalo", step) for step in ("create", "verify-hidden", "show", "verify-shown")],
    *[("zalo-clip", step) for step in ("prepare-video", "video-ready")],
]


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload, "PAUSES", (0.0, 0.0, 0.0))


def kind_of(form: str) -> str:
    return form.split("-")[0] if form.startswith(("youtube", "zalo")) else "facebook"


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
        seconds=0.8 if fault == "timeout_after" else 0.2,
    )
    adapter = samples.adapter(platform, read_timeout=0.35 if fault == "timeout_after" else 5.0)
    walk = Walker(adapter, request, credential, platforms.advance).run()
    assert walk.live, walk.ended
    assert len(platforms.ever()) == 1
    assert platforms.effects()[0]["object_id"] == walk.receipt.remote_id


@pytest.mark.parametrize(("form", "platform", "op"), WRITES)
def test_transient_error_after_the_commit_leaves_one_visible_post(
    form: str, platform: str, op: str, platforms: Platforms, samples: Samples
) -> None:
    request, credential = samples.of(form)
    platforms.rule(platform=platform, op=op, action="error_after", error=TRANSIENT[platform], nth=1, times=1)
    walk = Walker(samples.adapter(platform), request, credential, platforms.advance).run()
    assert walk.live, walk.ended
    assert len(platforms.ever()) == 1


@pytest.mark.parametrize(("form", "step"), STEPS)
def test_worker_killed_with_the_answer_in_hand_leaves_one_visible_post(
    form: str, step: str, platforms: Platforms, samples: Samples
) -> None:
    request, credential = samples.of(form)
    walker = Walker(samples.adapter(kind_of(form)), request, credential, platforms.advance, killed_in=step)
    walk = walker.run()
    assert walk.live, walk.ended
    assert [answer.code for name, answer in walk.answers if name == step][0] == "killed"
    assert len(platforms.ever()) == 1


@pytest.mark.parametrize(("form", "step"), STEPS)
def test_worker_killed_between_two_steps_leaves_one_visible_post(
    form: str, step: str, platforms: Platforms, samples: Samples
) -> None:
    request, credential = samples.of(form)
    first = Walker(samples.adapter(kind_of(form)), request, credential, platforms.advance)
    first.run(stop_before=step)
    second = Walker(samples.adapter(kind_of(form)), request, credential, platforms.advance)
    second.walk.handles = dict(first.walk.handles)
    walk = second.run(start_at=step)
    assert walk.live, walk.ended
    assert len(platforms.ever()) == 1
