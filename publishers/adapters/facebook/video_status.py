"""Where a Page's video stands, read from its status fields (PLATFORMS §1.3, §1.4). Pure."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

FIELDS = "status,published,post_id,permalink_url"
WWW = "https://www.facebook.com"


class Stage(StrEnum):
    """How far a video has come. From FINISHED on, the finish call is known to have been heard."""

    OPEN = "open"  # bytes may be missing, or all are there and nothing was finished
    EXPIRED = "expired"
    FINISHED = "finished"  # heard; still processing or publishing
    LIVE = "live"
    FAILED = "failed"


def stage_of(body: Mapping[str, Any]) -> Stage:
    """Return the stage. `ready` alone is not published: the publishing phase or `published` must say so."""
    status = _mapping(body.get("status"))
    word = status.get("video_status")
    processing = _mapping(status.get("processing_phase")).get("status")
    publishing = _mapping(status.get("publishing_phase"))
    if word in ("error", "upload_failed") or "error" in (
        processing, publishing.get("status"), publishing.get("publish_status")
    ):  # fmt: skip
        return Stage.FAILED
    if word == "expired":
        return Stage.EXPIRED
    ready = word == "ready" or processing == "complete"
    shown = publishing.get("status") == "complete" and publishing.get("publish_status") in (None, "published")
    if ready and (body.get("published") is True or shown):
        return Stage.LIVE
    if (
        ready
        or word == "processing"
        or processing == "in_progress"
        or publishing.get("status") == "in_progress"
    ):
        return Stage.FINISHED
    return Stage.OPEN


def bytes_received(body: Mapping[str, Any]) -> int:
    """Return how many bytes of a reel have arrived; both spellings of the key are in use."""
    phase = _mapping(_mapping(body.get("status")).get("uploading_phase"))
    for name in ("bytes_transferred", "bytes_transfered"):
        try:
            return int(phase[name])
        except (KeyError, TypeError, ValueError):
            continue
    return 0


def permalink(body: Mapping[str, Any]) -> str:
    """Return the address of a post or video; videos give only a path."""
    address = str(body.get("permalink_url") or "")
    return WWW + address if address.startswith("/") else address


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
