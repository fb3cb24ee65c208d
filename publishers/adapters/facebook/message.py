"""What a request becomes on a Page: its form, its texts, its form fields. Pure."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from typing import Any

from publishers.adapters.seam import Media, Request
from publishers.adapters.wording import nfc, text_with_link, with_marker


class Form(StrEnum):
    """The shapes a Page post can take."""

    TEXT = "text"
    LINK = "link"
    PICTURES = "pictures"
    VIDEO = "video"
    REEL = "reel"


def form_of(request: Request) -> Form:
    """Return the form of `request`: asked for (reel) or read from its media."""
    if videos(request):
        return Form.REEL if request.form == "reel" else Form.VIDEO
    if pictures(request):
        return Form.PICTURES
    return Form.LINK if request.link else Form.TEXT


def pictures(request: Request) -> tuple[Media, ...]:
    """Return the pictures of `request` in order."""
    return tuple(media for media in request.media if media.media_type.startswith("image/"))


def videos(request: Request) -> tuple[Media, ...]:
    """Return the clips of `request` in order."""
    return tuple(media for media in request.media if media.media_type.startswith("video/"))


def link_of(request: Request, own_hosts: Collection[str]) -> str:
    """Return the link as it goes out: with our marker when it leads to us."""
    return with_marker(nfc(request.link), request.marker, own_hosts)


def message_of(request: Request, own_hosts: Collection[str]) -> str:
    """Return the text a citizen reads. Beside pictures or a clip a link has no place of its own and ends the text."""
    if form_of(request) in (Form.TEXT, Form.LINK):
        return nfc(request.text).strip()
    return text_with_link(request.text, link_of(request, own_hosts))


def feed_fields(request: Request, photo_ids: Sequence[str], own_hosts: Collection[str]) -> dict[str, Any]:
    """Return the fields of the one visible /feed call of a text, link or picture post."""
    fields: dict[str, Any] = {"message": message_of(request, own_hosts)}
    form = form_of(request)
    if form is Form.LINK:
        fields["link"] = link_of(request, own_hosts)
    if form is Form.PICTURES:
        fields["attached_media"] = [{"media_fbid": photo} for photo in photo_ids]
    return fields


def photo_fields(media: Media) -> dict[str, Any]:
    """Return the fields that stage one picture unseen."""
    return {
        "published": False,
        "alt_text_custom": nfc(media.alt_text) or None,
    }


def finish_fields(request: Request, own_hosts: Collection[str]) -> dict[str, Any]:
    """Return what a chunked video is finished with."""
    return {
        "title": nfc(request.title) or None,
        "description": message_of(request, own_hosts),
        "published": True,
    }


def reel_fields(request: Request, own_hosts: Collection[str]) -> dict[str, Any]:
    """Return what a reel is finished with."""
    return {
        "video_state": "PUBLISHED",
        "title": nfc(request.title) or None,
        "description": message_of(request, own_hosts),
    }


def encoded(fields: Mapping[str, Any]) -> dict[str, str]:
    """Return form fields as Facebook reads them: objects and lists as JSON text, booleans in lower case, None left out.

    facebook-sdk would send a list as its first key and a boolean as Python spells it."""
    return {name: _encoded(value) for name, value in fields.items() if value is not None}


def _encoded(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return str(value)


def full_post_id(page: str, post: str) -> str:
    """Return `<page>_<post>`: a bare post number is refused by every edge of a post."""
    return post if "_" in post else f"{page}_{post}"
