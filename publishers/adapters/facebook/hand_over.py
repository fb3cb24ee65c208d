"""A post that Facebook is to publish by itself: laid down with its hour, found again, taken back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from publishers.adapters.facebook import feed, listing, sightings, video
from publishers.adapters.facebook.answers import answer, failed, judged
from publishers.adapters.facebook.client import GraphClient, GraphReply
from publishers.adapters.facebook.message import (
    Form,
    feed_fields,
    finish_fields,
    form_of,
    full_post_id,
    message_of,
    pictures,
    reel_fields,
)
from publishers.adapters.hand_over import STILL_PLANNED, hour_of, hour_or_refusal
from publishers.adapters.seam import Answer, Look, Outcome, Request, Sighting
from publishers.adapters.shapes import rows, whole
from publishers.adapters.times import now
from publishers.adapters.wording import same_text

CLIPS = (Form.VIDEO, Form.REEL)
_FIELDS = f"{listing.POST_FIELDS},scheduled_publish_time"


def schedule(
    client: GraphClient, request: Request, handles: Mapping[str, Any], own_hosts: Collection[str]
) -> Answer:
    """Lay the post down with its hour. Nothing is visible before."""
    hour = hour_or_refusal(handles, now())
    if isinstance(hour, Answer):
        return hour
    seconds, form = int(hour.timestamp()), form_of(request)
    later: dict[str, Any] = {"published": False, "scheduled_publish_time": seconds}
    if form in CLIPS:
        return _schedule_clip(client, request, handles, later, form, own_hosts)
    photos = feed.staged(request, handles)
    if len(photos) < len(pictures(request)):
        return Answer(Outcome.RETRY, feed.STAGING_LOST, "staging-lost", restart_from=f"{feed.PHOTO}1")
    reply = client.put_and_read(
        request.account, "feed", "id", **feed_fields(request, photos, own_hosts), **later
    )
    found = answer(reply, "id")
    if found.outcome is not Outcome.OK:
        return found
    return replace(found, handles={"post_id": full_post_id(request.account, str(reply.body["id"]))})


def _schedule_clip(
    client: GraphClient, request: Request, handles: Mapping[str, Any], later: Mapping[str, Any], form: Form,
    own_hosts: Collection[str],
) -> Answer:  # fmt: skip
    if handles.get("session_ended"):
        return video.restarted(Answer(Outcome.RETRY, code="session-ended"))
    clip = str(handles.get("video_id") or "")
    if form is Form.REEL:
        fields = reel_fields(request, own_hosts) | {
            "video_state": "SCHEDULED", "scheduled_publish_time": later["scheduled_publish_time"]
        }  # fmt: skip
        reply = client.put(request.account, "video_reels", upload_phase="finish", video_id=clip, **fields)
    else:
        session = str(handles.get("upload_session_id") or "")
        fields = finish_fields(request, own_hosts) | dict(later)
        reply = client.post_video(request.account, upload_phase="finish", upload_session_id=session, **fields)
    return video.finished(client, reply, handles)


def look(
    client: GraphClient, request: Request, handles: Mapping[str, Any], own_hosts: Collection[str]
) -> Sighting:
    """Read back whether the post lies there: a clip by its id, any other in the Page's list of scheduled posts."""
    hour = hour_of(handles)
    if form_of(request) in CLIPS:
        return sightings.look_for_clip(client, handles)
    reply = client.read_edge(request.account, "scheduled_posts", fields=_FIELDS, limit=100)
    if failed(reply, "data"):
        return Sighting(Look.AGAIN, answer(reply, "data", writes=False))
    photos = set(feed.staged(request, handles))
    for post in rows(reply.body["data"]):
        if photos and not photos & listing.targets(post):
            continue
        if not photos and not _says_the_same(post, request, hour, own_hosts):
            continue
        kept = {"post_id": full_post_id(request.account, str(post.get("id") or ""))}
        return Sighting(Look.DONE, answer(reply, "data", writes=False, handles=kept))
    return Sighting(Look.NOT_DONE)


def _says_the_same(
    post: Mapping[str, Any], request: Request, hour: datetime | None, own_hosts: Collection[str]
) -> bool:
    same = same_text(str(post.get("message") or ""), message_of(request, own_hosts))
    return same and hour is not None and whole(post.get("scheduled_publish_time")) == int(hour.timestamp())


def take_back(client: GraphClient, handles: Mapping[str, Any]) -> Answer:
    """Remove what was laid down; already gone is fine."""
    reply = client.delete(_name(handles))
    found = answer(reply, "success")
    gone = found.outcome is not Outcome.OK and _is_gone(reply)
    return replace(found, outcome=Outcome.OK, sentence="") if gone else found


def taken_back(client: GraphClient, handles: Mapping[str, Any]) -> Answer:
    """Say whether nothing lies there any more."""
    reply = client.read(_name(handles), fields="id")
    found = answer(reply, "id", writes=False)
    if found.outcome is Outcome.OK:
        return replace(found, outcome=Outcome.PENDING, sentence=STILL_PLANNED, code="still-planned")
    return replace(found, outcome=Outcome.OK, sentence="") if _is_gone(reply) else found


def _name(handles: Mapping[str, Any]) -> str:
    return str(handles.get("post_id") or handles.get("video_id") or "")


def _is_gone(reply: GraphReply) -> bool:
    return reply.status is not None and judged(reply, writes=False).gone
