"""What only one platform takes, carried to it: the sandbox has it, once, and has nothing to complain about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from publishers.adapters.facebook.adapter import FacebookAdapter
from publishers.adapters.youtube.adapter import YouTubeAdapter
from publishers.adapters.zalo.adapter import ZaloAdapter
from tests.contracts.platforms import Platforms
from tests.contracts.samples import Samples
from tests.contracts.walker import Walker


def sent_bodies(platforms: Platforms, op: str) -> str:
    return str(platforms.requests(op=op))


def test_youtube_video_goes_up_with_tags_and_category_and_keeps_them_when_shown(
    platforms: Platforms, samples: Samples
) -> None:
    request = samples.youtube(tags=("dịch vụ công", "hồ sơ"), category="27")
    adapter = YouTubeAdapter(platforms.bases())
    assert adapter.refuse(request) == []
    credential = samples.channel()
    walk = Walker(adapter, request, credential, platforms.advance).run()
    assert walk.live, walk.ended
    (film,) = adapter._client.use(credential).videos(str(walk.handles["video_id"]), "snippet").items
    assert film["snippet"]["tags"] == ["dịch vụ công", "hồ sơ"]
    assert film["snippet"]["categoryId"] == "27"
    assert platforms.findings() == []


def test_tags_one_over_the_limit_are_refused_before_anything_is_sent(
    platforms: Platforms, samples: Samples
) -> None:
    adapter = YouTubeAdapter(platforms.bases())
    assert adapter.refuse(samples.youtube(tags=("a b", "c" * 494))) == []
    (sentence,) = adapter.refuse(samples.youtube(tags=("a b", "c" * 495)))
    assert "501 ký tự, quá giới hạn 500" in sentence


def test_comment_one_over_the_limit_is_refused(platforms: Platforms, samples: Samples) -> None:
    adapter = FacebookAdapter(platforms.bases())
    assert adapter.refuse(replace(samples.facebook(), first_comment="ữ" * 8000)) == []
    (sentence,) = adapter.refuse(replace(samples.facebook(), first_comment="ữ" * 8001))
    assert "Bình luận đầu tiên dài 8001 ký tự" in sentence


@pytest.mark.parametrize("frame", ["horizontal", "vertical", "square"])
def test_zalo_article_may_have_its_clip_as_cover(frame: str, platforms: Platforms, samples: Samples) -> None:
    request = samples.zalo(media=(samples.clip(90_000), samples.picture("trong-bai")), cover=frame)
    adapter = ZaloAdapter(platforms.bases())
    assert adapter.refuse(request) == []
    credential = samples.oa()
    walk = Walker(adapter, request, credential, platforms.advance).run()
    assert walk.live, walk.ended
    detail = adapter._client(credential).get("v2.0/article/getdetail", id=walk.receipt.remote_id).data
    assert (detail["cover"]["cover_type"], detail["cover"]["cover_view"]) == ("video", frame)
    assert [part["type"] for part in detail["body"]] == ["text", "image"]
    assert len(platforms.ever()) == 1
    assert platforms.findings() == []


def test_zalo_article_names_the_author_it_was_given(platforms: Platforms, samples: Samples) -> None:
    request = samples.zalo(author="Tổ công nghệ số cộng đồng")
    adapter, credential = ZaloAdapter(platforms.bases()), samples.oa()
    walk = Walker(adapter, request, credential, platforms.advance).run()
    detail = adapter._client(credential).get("v2.0/article/getdetail", id=walk.receipt.remote_id).data
    assert detail["author"] == "Tổ công nghệ số cộng đồng"


def test_zalo_video_article_is_seen_once(platforms: Platforms, samples: Samples) -> None:
    request = samples.zalo(form="video", media=(samples.picture("bia"), samples.clip(90_000)))
    adapter = ZaloAdapter(platforms.bases())
    assert adapter.refuse(request) == []
    walk = Walker(adapter, request, samples.oa(), platforms.advance).run()
    assert walk.live, walk.ended
    (effect,) = platforms.effects()
    assert effect["title"] == request.title
    assert platforms.findings() == []
