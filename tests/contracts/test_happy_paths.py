"""Every form of post on every platform: one visible effect, one receipt, nothing the platform found to complain about."""

from __future__ import annotations

import pytest

from publishers.adapters.facebook.adapter import FacebookAdapter
from publishers.adapters.seam import Look, Outcome
from publishers.adapters.youtube.adapter import YouTubeAdapter
from publishers.adapters.zalo.adapter import ZaloAdapter
from tests.contracts.platforms import Platforms
from tests.contracts.samples import CHANNEL, OA, PAGE, TEXT, Samples
from tests.contracts.walker import Walker


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("text", "post"), ("link", "post"), ("picture", "photo_post"), ("pictures", "photo_post"), ("video", "video"),
        ("reel", "reel"),
    ],
)  # fmt: skip
def test_page_post_of_every_form_is_seen_once(
    form: str, kind: str, platforms: Platforms, samples: Samples
) -> None:
    credential, request = samples.page(), samples.facebook(form)
    adapter = FacebookAdapter(platforms.bases())
    assert adapter.refuse(request) == []
    walk = Walker(adapter, request, credential, platforms.advance).run()
    assert walk.live, walk.ended
    [effect] = platforms.effects()
    assert (effect["account"], effect["kind"]) == (PAGE, kind)
    assert effect["text"].startswith(TEXT.split("\n")[0])
    assert walk.receipt.remote_id == effect["object_id"]
    assert walk.receipt.permalink
    assert platforms.findings() == []
    assert adapter.read(request, walk.handles, credential).look is Look.DONE


def test_nothing_of_a_page_post_is_seen_before_its_visible_step(
    platforms: Platforms, samples: Samples
) -> None:
    for form, visible in (("pictures", "feed"), ("video", "finish"), ("reel", "finish")):
        Walker(
            FacebookAdapter(platforms.bases()), samples.facebook(form), samples.page(), platforms.advance
        ).run(stop_before=visible)  # fmt: skip
    platforms.advance(3600)
    assert platforms.ever() == []


def test_first_comment_stands_under_its_post(platforms: Platforms, samples: Samples) -> None:
    from dataclasses import replace

    request = replace(samples.facebook("picture"), first_comment="Xem hướng dẫn tại lantoa.example")
    walk = Walker(FacebookAdapter(platforms.bases()), request, samples.page(), platforms.advance).run()
    assert walk.live
    comments = platforms.effects(secondary="true", kind="comment")
    assert [comment["text"] for comment in comments] == [request.first_comment]


def test_video_is_private_until_its_hour_then_public_once(platforms: Platforms, samples: Samples) -> None:
    credential = samples.channel(playlists=["PLthunghiem"])
    request = samples.youtube(
        media=(samples.clip(captions=True), samples.picture("anh-bia")), playlist="PLthunghiem"
    )
    adapter = YouTubeAdapter(platforms.bases())
    assert adapter.refuse(request) == []
    walker = Walker(adapter, request, credential, platforms.advance)
    walker.run(stop_before="publish")
    assert platforms.ever() == []
    [publish] = [step for step in adapter.plan(request) if step.visible]
    assert walker.attempt(publish).outcome is Outcome.OK
    walk = walker.walk
    assert walk.failed_options == []
    [effect] = platforms.effects()
    assert (effect["account"], effect["object_id"]) == (CHANNEL, walk.handles["video_id"])
    assert effect["title"] == request.title
    assert walk.receipt.permalink.endswith(walk.handles["video_id"])
    assert platforms.findings() == []
    assert adapter.read(request, walk.handles, credential).look is Look.DONE


@pytest.mark.parametrize("form", ["normal", "normal with clip", "clip as cover", "video"])
def test_article_is_hidden_until_its_hour_then_shown_once(
    form: str, platforms: Platforms, samples: Samples
) -> None:
    credential, request = samples.oa(), samples.zalo()
    if form == "normal with clip":
        request = samples.zalo(
            media=(samples.picture("bia"), samples.clip(200_000), samples.picture("hai", "teal"))
        )
    if form == "clip as cover":
        request = samples.zalo(media=(samples.clip(200_000),))
    if form == "video":
        request = samples.zalo(form="video", media=(samples.clip(200_000), samples.picture("bia")))
    adapter = ZaloAdapter(platforms.bases())
    assert adapter.refuse(request) == []
    walker = Walker(adapter, request, credential, platforms.advance)
    walker.run(stop_before="show")
    assert platforms.ever() == []
    for step in adapter.plan(request)[-2:]:
        while (answer := walker.attempt(step)).outcome is Outcome.PENDING:
            platforms.advance(step.poll_every)
        assert answer.outcome is Outcome.OK
    [effect] = platforms.effects()
    assert (effect["account"], effect["object_id"], effect["title"]) == (
        OA,
        walker.walk.receipt.remote_id,
        request.title,
    )
    assert walker.walk.receipt.permalink
    assert platforms.findings() == []
