"""Extras on their way: from the variant into the frozen request, and which files go along."""

from __future__ import annotations

import pytest

from publishers.adapters.seam import Media
from publishers.delivery import frozen_request
from publishers.delivery.package import sheet_of
from publishers.delivery.states import State
from publishers.delivery.variant_extras import fields_of, files_of
from tests.publishers.delivery.doomed import dress
from tests.publishers.delivery.scene import carried

CLIP = Media("0" * 64, "a.mp4", "video/mp4", 1, captions_path="a.srt")
POSTER = Media("1" * 64, "bia-video.jpg", "image/jpeg", 1)
PICTURE = Media("2" * 64, "hinh.jpg", "image/jpeg", 1)


def paths(kind: str, extras: dict[str, str], *assets: list[Media]) -> list[str]:
    return [each.path for each in files_of(kind, extras, assets)]


def test_youtube_gets_the_clip_and_the_chosen_picture_before_the_clips_own():
    assert paths("youtube", {}, [CLIP, POSTER], [PICTURE]) == ["a.mp4", "hinh.jpg"]
    assert paths("youtube", {}, [CLIP, POSTER]) == ["a.mp4", "bia-video.jpg"]
    assert paths("youtube", {"thumbnail": "none"}, [CLIP, POSTER], [PICTURE]) == ["a.mp4"]


def test_youtube_gets_captions_unless_they_were_left_out():
    assert files_of("youtube", {}, [[CLIP]])[0].captions_path == "a.srt"
    assert files_of("youtube", {"captions": "none"}, [[CLIP]])[0].captions_path == ""


def test_clips_own_picture_stays_away_from_zalo_where_the_clip_is_the_cover():
    assert paths("zalo", {"cover": "vertical"}, [CLIP, POSTER], [PICTURE]) == ["a.mp4", "hinh.jpg"]
    assert paths("zalo", {}, [CLIP, POSTER], [PICTURE]) == ["a.mp4", "bia-video.jpg", "hinh.jpg"]


def test_usual_extras_set_no_field():
    assert fields_of({}) == {}
    assert fields_of({"tags": "a, b c", "category": "27", "form": "reel", "thumbnail": "none"}) == {
        "tags": ("a", "b c"),
        "category": "27",
        "form": "reel",
    }


@pytest.mark.django_db
def test_first_comment_is_frozen_with_the_approval_and_stands_under_the_post(scene):
    page = scene.page()
    delivery = scene.booked(page, extras={"first_comment": "Xem hướng dẫn tại cổng."})
    assert frozen_request.thaw(delivery.request).first_comment == "Xem hướng dẫn tại cổng."
    for _ in range(4):
        delivery = carried(delivery)
    assert delivery.state == State.LIVE
    comments = scene.platforms.effects(secondary="true", kind="comment")
    assert [comment["text"] for comment in comments] == ["Xem hướng dẫn tại cổng."]


@pytest.mark.django_db
def test_request_without_extras_is_what_it_always_was(scene):
    request = frozen_request.thaw(scene.booked(scene.page()).request)
    assert (request.form, request.first_comment, request.tags, request.category) == ("", "", (), "25")


@pytest.mark.django_db
def test_sheet_for_posting_by_hand_says_what_to_choose(scene):
    delivery = dress(scene.booked(scene.page()), form="reel")
    assert "Chọn thêm trên kênh: Dạng video: Reel (video dọc ngắn)" in sheet_of(delivery, [])
