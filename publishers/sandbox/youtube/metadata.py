"""What a video resource may say of itself, checked as YouTube checks it."""

from typing import Any

from publishers.sandbox.clock import parse_moment
from publishers.sandbox.youtube.callers import shape
from publishers.sandbox.youtube.envelope import refuse

TITLE_CHARACTERS = 100
DESCRIPTION_BYTES = 5000
TAG_CHARACTERS = 500
CATEGORIES = frozenset(str(number) for number in (1, 2, 10, 15, 17, *range(19, 30)) if number != 21)
PRIVACY = ("private", "public", "unlisted")

WRITABLE: dict[str, Any] = {
    "id": None, "kind": None, "etag": None,
    "snippet": dict.fromkeys(
        ["title", "description", "tags", "categoryId", "defaultLanguage", "defaultAudioLanguage", "publishedAt", "channelId",
         "channelTitle", "thumbnails", "liveBroadcastContent", "localized"]
    ),
    "status": dict.fromkeys(
        ["privacyStatus", "publishAt", "selfDeclaredMadeForKids", "containsSyntheticMedia", "embeddable", "license",
         "publicStatsViewable", "madeForKids", "uploadStatus"]
    ),
    "recordingDetails": None, "localizations": None,
}  # fmt: skip


def check_video(
    body: Any, parts: list[str], now: float, *, was_public: bool = False, updating: bool = False
) -> None:
    """Refuse a video body with an unknown field, a text over its limit, or a wrong status."""
    shape(body, WRITABLE)
    for part in WRITABLE:
        if isinstance(WRITABLE[part], dict) and part in body and part not in parts:
            refuse("unexpectedPart", f"The body has part '{part}' which is not named in the part parameter.",
                   domain="youtube.part", finding=f"Thân có {part} nhưng tham số part không có.")  # fmt: skip
    if "snippet" in parts:
        _check_snippet(body.get("snippet") or {}, updating=updating)
    if "status" in parts:
        _check_status(body.get("status") or {}, now, was_public=was_public)


def _check_snippet(snippet: dict[str, Any], *, updating: bool) -> None:
    title = snippet.get("title")
    if not isinstance(title, str) or not title.strip() or len(title) > TITLE_CHARACTERS or _has_angle(title):
        refuse("invalidTitle", "The request metadata specifies an invalid or empty video title.")
    description = snippet.get("description", "")
    if (
        not isinstance(description, str)
        or len(description.encode()) > DESCRIPTION_BYTES
        or _has_angle(description)
    ):
        refuse("invalidDescription", "The request metadata specifies an invalid video description.")
    tags = snippet.get("tags", [])
    if not isinstance(tags, list) or not all(
        isinstance(tag, str) and tag and not _has_angle(tag) for tag in tags
    ):
        refuse("invalidTags", "The request metadata specifies invalid video keywords.")
    if sum(len(tag) + (2 if " " in tag else 0) for tag in tags) + max(0, len(tags) - 1) > TAG_CHARACTERS:
        refuse("invalidTags", "The request metadata specifies invalid video keywords.")
    if (updating or "categoryId" in snippet) and str(snippet.get("categoryId")) not in CATEGORIES:
        refuse("invalidCategoryId", "The snippet.categoryId property specifies an invalid category ID.")


def _check_status(status: dict[str, Any], now: float, *, was_public: bool) -> None:
    privacy = status.get("privacyStatus", "public")
    if privacy not in PRIVACY:
        refuse("invalidVideoMetadata", "The request metadata is invalid: privacyStatus.")
    for name in ("selfDeclaredMadeForKids", "containsSyntheticMedia", "embeddable", "publicStatsViewable"):
        if name in status and not isinstance(status[name], bool):
            refuse(
                "invalidVideoMetadata",
                f"The request metadata is invalid: {name}.",
                finding=f"{name} phải là true/false.",
            )
    if status.get("publishAt") is None:
        return
    try:
        parse_moment(status["publishAt"])
    except ValueError:
        refuse("invalidPublishAt", "The request metadata specifies an invalid scheduled publishing time.")
    if privacy != "private" or was_public:
        refuse("invalidPublishAt", "publishAt can only be set if the privacy status of the video is private.")


def _has_angle(text: str) -> bool:
    return "<" in text or ">" in text
