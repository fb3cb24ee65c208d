"""What a request becomes on YouTube: the video resource, its thumbnail, its captions. Pure."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from publishers.adapters.seam import Media, Request
from publishers.adapters.wording import nfc, text_with_link, with_marker

PRIVATE, PUBLIC = "private", "public"
CAPTIONS_NAME = "Tiếng Việt"
# Largest thumbnail that every project is sure to be allowed, in bytes.
LARGEST_THUMBNAIL = 2 * 1024 * 1024
WATCH = "https://www.youtube.com/watch?v="


def clip_of(request: Request) -> Media | None:
    """Return the clip that goes out, None when there is none."""
    return next((media for media in request.media if media.media_type.startswith("video/")), None)


def thumbnail_of(request: Request) -> Media | None:
    """Return the picture that becomes the thumbnail, None when there is none."""
    return next((media for media in request.media if media.media_type.startswith("image/")), None)


def description_of(request: Request, own_hosts: Collection[str]) -> str:
    """Return the description a citizen reads: the text, then the link."""
    return text_with_link(request.text, with_marker(nfc(request.link), request.marker, own_hosts))


def snippet(request: Request, own_hosts: Collection[str]) -> dict[str, Any]:
    """Return the snippet part. An update replaces it whole: title and category go along every time."""
    part: dict[str, Any] = {
        "title": nfc(request.title).strip(),
        "description": description_of(request, own_hosts),
        "categoryId": request.category,
        "defaultLanguage": request.language,
    }
    if request.tags:
        part["tags"] = [nfc(tag) for tag in request.tags]
    return part


def status(request: Request, privacy: str) -> dict[str, Any]:
    """Return the status part. Privacy is always sent: absent, it would mean public."""
    return {
        "privacyStatus": privacy,
        "selfDeclaredMadeForKids": False,
        "containsSyntheticMedia": request.machine_made,
        "embeddable": True,
    }


def video(request: Request, privacy: str, own_hosts: Collection[str], video_id: str = "") -> dict[str, Any]:
    """Return the whole video resource; `video_id` for an update."""
    resource = {"snippet": snippet(request, own_hosts), "status": status(request, privacy)}
    return {"id": video_id, **resource} if video_id else resource
