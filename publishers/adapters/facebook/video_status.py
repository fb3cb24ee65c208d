"""Where a Page's video stands, read from its status fields (PLATFORMS §1.3, §1.4). Pure."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from publishers.adapters.shapes import at, whole

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
    status = body.get("status")
    word = at(status, "video_status")
    processing = at(status, "processing_phase", "status")
    publishing, shown_as = (
        at(status, "publishing_phase", "status"),
        at(status, "publishing_phase", "publish_status"),
    )
    if word in ("error", "upload_failed") or "error" in (
        processing, publishing, shown_as
    ):  # fmt: skip
        return Stage.FAILED
    if word == "expired":
        return Stage.EXPIRED
    ready = word == "ready" or processing == "complete"
    shown = publishing == "complete" and shown_as in (None, "published")
    if ready and (body.get("published") is True or shown):
        return Stage.LIVE
    if ready or word == "processing" or processing == "in_progress" or publishing == "in_progress":
        return Stage.FINISHED
    return Stage.OPEN


def bytes_received(body: Mapping[str, Any]) -> int:
    """Return how many bytes of a reel have arrived; both spellings of the key are in use."""
    phase = at(body, "status", "uploading_phase")
    return max(whole(at(phase, name)) for name in ("bytes_transferred", "bytes_transfered"))


def permalink(body: Mapping[str, Any]) -> str:
    """Return the address of a post or video; videos give only a path."""
    address = str(body.get("permalink_url") or "")
    return WWW + address if address.startswith("/") else address
