"""Text, link and picture posts: stage the photos unseen, then one /feed call (PLATFORMS §1.2, §1.7)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from publishers.adapters import missing_files
from publishers.adapters.facebook.answers import answer
from publishers.adapters.facebook.client import GraphClient, GraphReply
from publishers.adapters.facebook.message import feed_fields, full_post_id, photo_fields, pictures
from publishers.adapters.facebook.video_status import permalink
from publishers.adapters.seam import Answer, Outcome, Receipt, Request
from publishers.adapters.times import moment_of, now

PHOTO = "photo-"
STAGING_LOST = "Ảnh đã tải lên Facebook không còn dùng được; phần mềm sẽ tải lại từ đầu."


def photo_handle(index: int) -> str:
    """Return the name under which the id of the staged photo `index` (from 1) is kept."""
    return f"photo_{index}"


def staged(request: Request, handles: Mapping[str, Any]) -> list[str]:
    """Return the ids of the staged photos in order; missing ones are left out."""
    names = [photo_handle(index) for index in range(1, len(pictures(request)) + 1)]
    return [str(handles[name]) for name in names if handles.get(name)]


def stage_photo(client: GraphClient, request: Request, index: int) -> Answer:
    """Put picture `index` (from 1) on the Page where only its managers can find it."""
    media = pictures(request)[index - 1]
    if refused := missing_files.refusal(media):
        return refused
    name = f"anh-{index}.{'png' if media.media_type == 'image/png' else 'jpg'}"
    reply = client.put_photo(request.account, Path(media.path).read_bytes(), name, **photo_fields(media))
    found = answer(reply, "id")
    if found.outcome is not Outcome.OK:
        return found
    return answer(reply, "id", handles={photo_handle(index): str(reply.body["id"])})


def publish(
    client: GraphClient, request: Request, handles: Mapping[str, Any], own_hosts: Collection[str]
) -> Answer:
    """Make the one visible call."""
    photos = staged(request, handles)
    if len(photos) < len(pictures(request)):
        return Answer(Outcome.RETRY, STAGING_LOST, "staging-lost", restart_from=f"{PHOTO}1")
    fields = feed_fields(request, photos, own_hosts)
    reply = client.put_and_read(request.account, "feed", "id,permalink_url", **fields)
    return published(reply, request.account)


def published(reply: GraphReply, page: str) -> Answer:
    """Judge a reply that should carry the id of a post."""
    found = answer(reply, "id")
    return found if found.outcome is not Outcome.OK else answer(reply, "id", **kept(reply.body, page))


def kept(post: Mapping[str, Any], page: str) -> dict[str, Any]:
    """Return handles and receipt for a post that citizens can see."""
    post_id = full_post_id(page, str(post["id"]))
    seen = moment_of(post.get("created_time")) or now()
    return {"handles": {"post_id": post_id}, "receipt": Receipt(post_id, permalink(post), seen)}


def comment(client: GraphClient, request: Request, post_id: str) -> Answer:
    """Put the first comment under the post."""
    reply = client.put(post_id, "comments", message=request.first_comment)
    found = answer(reply, "id")
    return (
        found
        if found.outcome is not Outcome.OK
        else answer(reply, "id", handles={"comment_id": str(reply.body["id"])})
    )
