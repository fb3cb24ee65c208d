"""Thumbnail, captions, playlist: steps of their own, whose failure never fails the video (PLATFORMS §2.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from publishers.adapters.missing_files import refusal
from publishers.adapters.seam import Answer, Look, Media, Outcome, Request, Sighting
from publishers.adapters.shapes import at, word
from publishers.adapters.wording import nfc
from publishers.adapters.youtube.answers import answer, failed, judged
from publishers.adapters.youtube.client import YouTubeClient
from publishers.adapters.youtube.resource import CAPTIONS_NAME, LARGEST_THUMBNAIL
from publishers.adapters.youtube.verdicts import BAD_PICTURE

_NO_CAPTIONS = "Tệp phụ đề không còn trong kho nên video lên không có phụ đề. Xin kiểm tra tài liệu."


def set_thumbnail(client: YouTubeClient, request: Request, picture: Media, video_id: str) -> Answer:
    """Set the picture; doing it twice changes nothing."""
    if refused := refusal(picture):
        return refused
    if picture.size > LARGEST_THUMBNAIL:
        return Answer(Outcome.CONTENT, BAD_PICTURE, "too-large")
    found = answer(client.set_thumbnail(video_id, picture.path, picture.media_type), "items", request.account)
    return replace(found, outcome=Outcome.RETRY) if found.outcome is Outcome.UNKNOWN else found


def add_captions(client: YouTubeClient, request: Request, path: str, video_id: str) -> Answer:
    """Add captions unless the same language and name are there already."""
    seen = find_captions(client, request, video_id)
    if seen.look is not Look.NOT_DONE:
        return seen.answer or Answer(Outcome.RETRY)
    body = {
        "snippet": {
            "videoId": video_id,
            "language": request.language,
            "name": nfc(CAPTIONS_NAME),
            "isDraft": False,
        }
    }
    try:
        reply = client.add_captions(body, path)
    except OSError:
        return Answer(Outcome.CONTENT, _NO_CAPTIONS, "file-missing")
    found = answer(reply, "id", request.account)
    if found.outcome is Outcome.OK:
        return replace(found, handles={"caption_id": str(reply.body["id"])})
    exists = reply.status is not None and judged(reply, writes=True).exists
    return Answer(Outcome.OK, code=found.code, exchange=found.exchange) if exists else found


def find_captions(client: YouTubeClient, request: Request, video_id: str) -> Sighting:
    """Look for our captions by language and name."""
    reply = client.captions(video_id)
    found = answer(reply, "items", request.account, writes=False)
    if failed(reply, "items"):
        return Sighting(Look.AGAIN, found, found.sentence)
    for item in reply.items:
        language, name = at(item, "snippet", "language"), nfc(word(at(item, "snippet", "name")))
        if (language, name) == (request.language, nfc(CAPTIONS_NAME)):
            return Sighting(Look.DONE, replace(found, handles={"caption_id": str(item.get("id") or "")}))
    return Sighting(Look.NOT_DONE)


def add_to_playlist(client: YouTubeClient, request: Request, video_id: str) -> Answer:
    """Add the video unless the list has it: a second insert would make a second entry."""
    seen = find_in_playlist(client, request, video_id)
    if seen.look is not Look.NOT_DONE:
        return seen.answer or Answer(Outcome.RETRY)
    reply = client.add_to_playlist(request.playlist, video_id)
    found = answer(reply, "id", request.account)
    return found if found.outcome is not Outcome.OK else replace(found, handles=_entry(reply.body))


def find_in_playlist(client: YouTubeClient, request: Request, video_id: str) -> Sighting:
    """Look for the video in the playlist."""
    reply = client.playlist_items(request.playlist, video_id=video_id, part="snippet")
    found = answer(reply, "items", request.account, writes=False)
    if failed(reply, "items"):
        return Sighting(Look.AGAIN, found, found.sentence)
    if not reply.items:
        return Sighting(Look.NOT_DONE)
    return Sighting(Look.DONE, replace(found, handles=_entry(reply.items[0])))


def _entry(item: Mapping[str, Any]) -> dict[str, Any]:
    return {"playlist_item_id": str(item.get("id") or "")}
