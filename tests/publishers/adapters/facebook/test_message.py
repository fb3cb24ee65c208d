"""What a request becomes on a Page."""

import json
import unicodedata
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishers.adapters.facebook.message import (
    Form,
    encoded,
    feed_fields,
    finish_fields,
    form_of,
    full_post_id,
    message_of,
    photo_fields,
    reel_fields,
)
from publishers.adapters.seam import Media, Request

OURS = frozenset({"lantoa.example"})
PICTURE = Media("1" * 64, "/a.jpg", "image/jpeg", 10, alt_text="Sơ đồ")
CLIP = Media("0" * 64, "/a.mp4", "video/mp4", 10)
POST = Request("facebook", "1", " Nội dung ", marker="luot-1")


@pytest.mark.parametrize(
    ("changes", "form"),
    [
        ({}, Form.TEXT), ({"link": "https://a.example"}, Form.LINK), ({"media": (PICTURE,)}, Form.PICTURES),
        ({"media": (CLIP,)}, Form.VIDEO), ({"media": (CLIP,), "form": "reel"}, Form.REEL), ({"form": "reel"}, Form.TEXT),
        ({"media": (PICTURE,), "link": "https://a.example"}, Form.PICTURES),
    ],
)  # fmt: skip
def test_form_is_read_from_the_media(changes: dict[str, Any], form: Form) -> None:
    assert form_of(replace(POST, **changes)) is form


def test_link_post_carries_the_marked_link_beside_the_text() -> None:
    fields = feed_fields(replace(POST, link="https://lantoa.example/a"), [], OURS)
    assert fields == {"message": "Nội dung", "link": "https://lantoa.example/a?utm_content=luot-1"}


def test_picture_post_attaches_the_staged_photos_in_order_and_ends_with_its_link() -> None:
    fields = feed_fields(
        replace(POST, media=(PICTURE, PICTURE), link="https://vidu.gov.vn"), ["11", "12"], OURS
    )
    assert fields["attached_media"] == [{"media_fbid": "11"}, {"media_fbid": "12"}]
    assert fields["message"] == "Nội dung\n\nhttps://vidu.gov.vn"
    assert "link" not in fields


def test_lists_and_booleans_are_spelt_as_facebook_reads_them() -> None:
    sent = encoded(
        {"attached_media": [{"media_fbid": "11"}], "published": False, "title": None, "file_size": 5}
    )
    assert sent == {"attached_media": '[{"media_fbid":"11"}]', "published": "false", "file_size": "5"}
    assert json.loads(sent["attached_media"]) == [{"media_fbid": "11"}]


def test_staged_photo_is_unpublished_and_described() -> None:
    assert encoded(photo_fields(PICTURE)) == {"published": "false", "alt_text_custom": "Sơ đồ"}
    assert encoded(photo_fields(replace(PICTURE, alt_text=""))) == {"published": "false"}


def test_video_and_reel_are_finished_as_published() -> None:
    request = replace(POST, title="Tiêu đề", media=(CLIP,))
    assert encoded(finish_fields(request, OURS)) == {
        "title": "Tiêu đề",
        "description": "Nội dung",
        "published": "true",
    }
    assert reel_fields(request, OURS)["video_state"] == "PUBLISHED"


@given(st.text())
def test_message_is_always_composed(text: str) -> None:
    decomposed = replace(POST, text=unicodedata.normalize("NFD", text))
    assert message_of(decomposed, OURS) == unicodedata.normalize("NFC", text).strip()


def test_bare_post_number_gets_its_page() -> None:
    assert full_post_id("9", "5") == "9_5"
    assert full_post_id("9", "9_5") == "9_5"
