"""What stands on a channel, read from its own playlist of uploads (a unit a page; never `search.list`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from publishers.adapters.seam import PostedThere, Recent
from publishers.adapters.shapes import at, word
from publishers.adapters.times import moment_of
from publishers.adapters.youtube.answers import answer, failed
from publishers.adapters.youtube.client import TubeReply, YouTubeClient
from publishers.adapters.youtube.resource import PUBLIC, WATCH

# Pages of fifty. The list is in the order of uploading: a clip uploaded long ago and made public by hand today lies
# further down, so it is read on beyond the first entry that is too old, up to here.
PAGES = 4


def uploads_playlist(client: YouTubeClient) -> tuple[TubeReply, str]:
    """Return the answer about the token's own channel, and the id of its uploads ("" when there is no channel)."""
    channel = client.own_channel()
    if failed(channel, "items") or not channel.items:
        return channel, ""
    return channel, word(at(channel.items[0], "contentDetails", "relatedPlaylists", "uploads"))


def recent(client: YouTubeClient, account: str, since: datetime) -> Recent:
    """See `Adapter.recent`. YouTube does not tell which program uploaded a video."""
    reply, uploads = uploads_playlist(client)
    if not uploads:
        return Recent(answer(reply, "items", account, writes=False), complete=False)
    posts: list[PostedThere] = []
    page = ""
    for _ in range(PAGES):
        reply = client.playlist_items(uploads, part="snippet,contentDetails,status", page=page)
        found = answer(reply, "items", account, writes=False)
        if failed(reply, "items"):
            return Recent(found, tuple(posts), complete=False)
        shown = [_posted(item) for item in reply.items if at(item, "status", "privacyStatus") == PUBLIC]
        posts += [one for one in shown if one.remote_id and (one.published_at or since) >= since]
        page = word(at(reply.body, "nextPageToken"))
        if not page:
            break
    posts.sort(key=lambda one: one.published_at or since, reverse=True)
    return Recent(found, tuple(posts), complete=not page)


def _posted(item: Mapping[str, Any]) -> PostedThere:
    video = word(at(item, "contentDetails", "videoId"))
    return PostedThere(
        remote_id=video,
        text=word(at(item, "snippet", "description")),
        published_at=moment_of(at(item, "contentDetails", "videoPublishedAt")),
        permalink=WATCH + video,
        title=word(at(item, "snippet", "title")),
        ids=frozenset({video}),
    )
