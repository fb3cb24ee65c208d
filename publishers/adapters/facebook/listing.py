"""What stands on a Page, as Facebook lists it: for finding our own posts again, and those made by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from publishers.adapters.facebook.answers import answer, failed
from publishers.adapters.facebook.client import GraphClient, GraphReply
from publishers.adapters.facebook.verdicts import reads_may_wait, usage
from publishers.adapters.facebook.video_status import permalink
from publishers.adapters.seam import PostedThere, Recent
from publishers.adapters.shapes import at, rows, word
from publishers.adapters.times import moment_of

POST_FIELDS = (
    "id,message,created_time,permalink_url,application,is_hidden,"
    "attachments{media_type,target{id},unshimmed_url,subattachments{target{id}}}"
)
# A page of the list holds a hundred posts; nobody posts a thousand in the time that is asked for.
PAGES = 10


def posts_since(
    client: GraphClient, page: str, earliest: int, pages: int, *, may_wait: bool = False
) -> tuple[GraphReply, list[Mapping[str, Any]], bool]:
    """Read the published posts since `earliest` (seconds since 1970), newest first, at most `pages` pages.

    A read that `may_wait` ends early when the Page's call budget is nearly spent. Returns the last reply (which may have
    failed), the posts until there, and whether the list ended."""
    posts: list[Mapping[str, Any]] = []
    after: dict[str, str] = {}
    for _ in range(pages):
        reply = client.read_edge(
            page, "published_posts", fields=POST_FIELDS, since=earliest, limit=100, **after
        )
        if failed(reply, "data"):
            return reply, posts, False
        posts.extend(post for post in rows(reply.body["data"]) if post.get("id"))
        if may_wait and reads_may_wait(usage(reply.headers)):
            return reply, posts, False
        cursor = at(reply.body, "paging", "cursors", "after")
        if not cursor or not at(reply.body, "paging", "next"):
            return reply, posts, True
        after = {"after": str(cursor)}
    return reply, posts, False


def recent(client: GraphClient, page: str, app_id: str, since: datetime) -> Recent:
    """See `Adapter.recent`. Facebook names the app behind a post; a post made on the Page itself has none."""
    reply, posts, whole = posts_since(client, page, int(since.timestamp()), PAGES, may_wait=True)
    seen = tuple(_posted(post, app_id) for post in posts if post.get("is_hidden") is not True)
    return Recent(answer(reply, "data", writes=False), seen, complete=whole)


def _posted(post: Mapping[str, Any], app_id: str) -> PostedThere:
    name = str(post["id"])
    return PostedThere(
        remote_id=name,
        text=word(post.get("message")),
        published_at=moment_of(post.get("created_time")),
        permalink=permalink(post),
        ids=frozenset({name, *targets(post)}),
        by_our_app=word(at(post, "application", "id")) == app_id if app_id else None,
    )


def targets(post: Mapping[str, Any]) -> set[str]:
    """Return the ids of the pictures or the clip a post shows."""
    found = set()
    for attachment in rows(at(post, "attachments", "data")):
        for part in (attachment, *rows(at(attachment, "subattachments", "data"))):
            if target := at(part, "target", "id"):
                found.add(str(target))
    return found


def addresses(post: Mapping[str, Any]) -> set[str]:
    """Return the links a post shows, without Facebook's own wrapping."""
    return {
        str(part["unshimmed_url"])
        for part in rows(at(post, "attachments", "data"))
        if part.get("unshimmed_url")
    }
