"""What a request becomes on YouTube."""

from dataclasses import replace

from publishers.adapters.seam import Media, Request
from publishers.adapters.youtube import resource

OURS = frozenset({"lantoa.example"})
VIDEO = Request(
    "youtube", "UC1", "Mô tả", title=" Tiêu đề ", link="https://lantoa.example/a", marker="luot-1",
    media=(Media("1" * 64, "/a.jpg", "image/jpeg", 1), Media("0" * 64, "/a.mp4", "video/mp4", 1)),
)  # fmt: skip


def test_privacy_is_always_sent_because_absent_would_mean_public() -> None:
    assert resource.video(VIDEO, resource.PRIVATE, OURS)["status"]["privacyStatus"] == "private"
    assert resource.video(VIDEO, resource.PUBLIC, OURS, "abc")["id"] == "abc"


def test_update_carries_title_and_category_again() -> None:
    first = resource.video(VIDEO, resource.PRIVATE, OURS)["snippet"]
    assert resource.video(VIDEO, resource.PUBLIC, OURS, "abc")["snippet"] == first
    assert (first["title"], first["categoryId"], first["defaultLanguage"]) == ("Tiêu đề", "25", "vi")
    assert first["description"] == "Mô tả\n\nhttps://lantoa.example/a?utm_content=luot-1"


def test_machine_made_clip_is_labelled() -> None:
    assert not resource.status(VIDEO, "private")["containsSyntheticMedia"]
    assert resource.status(replace(VIDEO, machine_made=True), "private")["containsSyntheticMedia"]


def test_clip_and_thumbnail_are_told_apart() -> None:
    assert resource.clip_of(VIDEO).path == "/a.mp4"
    assert resource.thumbnail_of(VIDEO).path == "/a.jpg"
    assert resource.clip_of(replace(VIDEO, media=())) is None
