"""What calls and plans take of a Google project's day."""

from __future__ import annotations

import pytest

from publishers.adapters.registry import adapter_for
from publishers.adapters.seam import Media, Request
from publishers.adapters.youtube.costs import Bucket, Cost, cost_of, planned

UNITS, INSERTS, SEARCHES = Bucket.UNITS, Bucket.INSERTS, Bucket.SEARCHES
GOOGLE = "https://youtube.googleapis.com"
SANDBOX = "http://127.0.0.1:8100/youtube"


@pytest.mark.parametrize("base", [GOOGLE, SANDBOX])
@pytest.mark.parametrize(
    ("method", "path", "cost"),
    [
        ("POST", "/upload/youtube/v3/videos?uploadType=resumable&part=snippet,status", Cost(INSERTS, 1)),
        ("PUT", "/upload/youtube/v3/videos?uploadType=resumable&upload_id=abc", None),
        ("POST", "/upload/youtube/v3/thumbnails/set?videoId=x", Cost(UNITS, 50)),
        ("GET", "/youtube/v3/captions?part=snippet&videoId=x", Cost(UNITS, 50)),
        ("POST", "/upload/youtube/v3/captions?uploadType=resumable", Cost(UNITS, 400)),
        ("PUT", "/upload/youtube/v3/captions?upload_id=abc", None),
        ("PUT", "/upload/youtube/v3/captions?part=snippet", Cost(UNITS, 450)),
        ("DELETE", "/youtube/v3/captions?id=x", Cost(UNITS, 50)),
        ("GET", "/youtube/v3/playlistItems?part=snippet", Cost(UNITS, 1)),
        ("POST", "/youtube/v3/playlistItems?part=snippet", Cost(UNITS, 50)),
        ("PUT", "/youtube/v3/videos?part=snippet,status", Cost(UNITS, 50)),
        ("DELETE", "/youtube/v3/videos?id=x", Cost(UNITS, 50)),
        ("GET", "/youtube/v3/videos?part=status&id=x", Cost(UNITS, 1)),
        ("GET", "/youtube/v3/channels?part=id&mine=true", Cost(UNITS, 1)),
        ("GET", "/youtube/v3/search?q=x", Cost(SEARCHES, 1)),
        ("POST", "/youtube/v3/commentThreads?part=snippet", Cost(UNITS, 50)),
    ],
)
def test_each_call_has_its_price_wherever_youtube_is(base, method, path, cost):
    assert cost_of(method, base + path) == cost


def test_what_is_no_part_of_the_data_api_is_free():
    assert cost_of("POST", "https://oauth2.googleapis.com/token") is None
    assert cost_of("GET", "https://youtubeanalytics.googleapis.com/v2/reports") is None


def a_plan(*, captions: bool, playlist: str, picture: bool):
    clip = Media("a" * 64, "clip.mp4", "video/mp4", 10, captions_path="clip.srt" if captions else "")
    media = (clip, Media("b" * 64, "bia.jpg", "image/jpeg", 10)) if picture else (clip,)
    return adapter_for("youtube").plan(
        Request("youtube", "UC1", "Lời", title="Tên", media=media, playlist=playlist)
    )


def test_whole_publication_and_a_bare_one_are_priced_before_they_begin():
    assert planned(a_plan(captions=True, playlist="PL1", picture=True)) == {INSERTS: 1, UNITS: 611}
    assert planned(a_plan(captions=False, playlist="", picture=False)) == {INSERTS: 1, UNITS: 60}


def test_what_is_done_already_costs_nothing_more_and_the_visible_call_can_be_left_for_tomorrow():
    plan = a_plan(captions=True, playlist="PL1", picture=True)
    assert planned(plan, "captions") == {UNITS: 450 + 51 + 50}
    assert planned(plan, "captions", without="publish") == {UNITS: 450 + 51}
