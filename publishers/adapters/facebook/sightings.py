"""Reading back whether a call without an answer has happened (PLATFORMS §1.7). Changes nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from publishers.adapters.facebook import feed, listing
from publishers.adapters.facebook.answers import answer, failed, judged
from publishers.adapters.facebook.client import GraphClient, GraphReply
from publishers.adapters.facebook.message import Form, form_of, link_of, message_of
from publishers.adapters.facebook.video_status import FIELDS, Stage, stage_of
from publishers.adapters.seam import Answer, Look, Outcome, Request, Sighting
from publishers.adapters.shapes import at, rows
from publishers.adapters.times import moment_of
from publishers.adapters.wording import same_text

# Facebook's clock and ours may differ by this many seconds.
CLOCK_SLACK = 120
PAGES = 3
TWINS = "Trên Trang có bài giống hệt nên phần mềm không tự phân biệt được. Xin mở Trang xem rồi chọn “đã lên” hoặc “chưa lên”."


def again(reply: GraphReply, needs: str) -> Sighting:
    """Facebook could not be asked now; the answer says why."""
    found = answer(reply, needs, writes=False)
    return Sighting(Look.AGAIN, found, found.sentence)


def look_for_post(
    client: GraphClient, request: Request, handles: Mapping[str, Any], app_id: str, since: datetime,
    own_hosts: Collection[str],
) -> Sighting:  # fmt: skip
    """Search the newest posts of the Page: by staged photo or marked link exactly, else by text, time and app."""
    earliest = int(since.timestamp()) - CLOCK_SLACK
    reply, posts, _ = listing.posts_since(client, request.account, earliest, PAGES)
    if failed(reply, "data"):
        return again(reply, "data")
    seen = _choose(posts, request, handles, app_id, earliest, own_hosts)
    if seen.answer is None:
        return seen
    found = answer(reply, "data", writes=False, handles=seen.answer.handles, receipt=seen.answer.receipt)
    return replace(seen, answer=found)


def _choose(
    posts: Iterable[Mapping[str, Any]], request: Request, handles: Mapping[str, Any], app_id: str, earliest: int,
    own_hosts: Collection[str],
) -> Sighting:  # fmt: skip
    taken = {str(one) for one in handles.get("taken", ())}
    free = [post for post in posts if str(post.get("id")) not in taken]
    photos = set(feed.staged(request, handles))
    if photos:
        return _one([post for post in free if photos & listing.targets(post)], request)
    link = link_of(request, own_hosts)
    if link != request.link:  # it carries our marker
        return _one([post for post in free if link in listing.addresses(post)], request)
    alike = [
        post
        for post in free
        if same_text(str(post.get("message") or ""), message_of(request, own_hosts))
        and (form_of(request) is not Form.LINK or link in listing.addresses(post))
        and _recent(post, earliest)
    ]
    ours = [post for post in alike if app_id and str(at(post, "application", "id")) == app_id]
    if not ours and any(not app_id or not at(post, "application", "id") for post in alike):
        return Sighting(Look.UNSURE, sentence=TWINS)
    return _one(ours, request)


def _one(found: list[Mapping[str, Any]], request: Request) -> Sighting:
    if len(found) > 1:
        return Sighting(Look.UNSURE, sentence=TWINS)
    if not found:
        return Sighting(Look.NOT_DONE)
    return Sighting(Look.DONE, Answer(Outcome.OK, **feed.kept(found[0], request.account)))


def _recent(post: Mapping[str, Any], earliest: int) -> bool:
    made = moment_of(post.get("created_time"))
    return made is None or made.timestamp() >= earliest


def look_for_clip(client: GraphClient, handles: Mapping[str, Any]) -> Sighting:
    """Ask the stored video whether its finish was heard. The video is exact, but what it tells of itself may be behind:
    a second look decides."""
    video = str(handles.get("video_id") or "")
    if not video:
        return Sighting(Look.NOT_DONE, certain=True)
    reply = client.read(video, fields=FIELDS)
    if failed(reply, "status"):
        if reply.status is not None and judged(reply, writes=False).gone:
            return Sighting(Look.NOT_DONE)
        return again(reply, "status")
    if stage_of(reply.body) in (Stage.OPEN, Stage.EXPIRED):
        return Sighting(Look.NOT_DONE)
    return Sighting(Look.DONE, answer(reply, "status", writes=False, handles={"finished": True}))


def look_for_comment(
    client: GraphClient, request: Request, post_id: str, handles: Mapping[str, Any], since: datetime
) -> Sighting:
    """Search the comments of the Page itself under its post."""
    reply = client.read_edge(
        post_id,
        "comments",
        fields="id,message,from,created_time",
        filter="stream",
        order="reverse_chronological",
        limit=100,
    )
    if failed(reply, "data"):
        return again(reply, "data")
    earliest = int(since.timestamp()) - CLOCK_SLACK
    taken = {str(one) for one in handles.get("taken", ())}
    for row in rows(reply.body["data"]):
        own = str(at(row, "from", "id")) == request.account and str(row.get("id", "")) not in taken | {""}
        if own and _recent(row, earliest) and same_text(str(row.get("message") or ""), request.first_comment):
            found = answer(reply, "data", writes=False, handles={"comment_id": str(row["id"])})
            return Sighting(Look.DONE, found)
    return Sighting(Look.NOT_DONE)
