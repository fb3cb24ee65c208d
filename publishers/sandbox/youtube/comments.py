"""commentThreads: a comment of the channel under a video."""

from typing import Any

from publishers.sandbox.clock import rfc3339
from publishers.sandbox.ledger import Effect
from publishers.sandbox.replies import Reply
from publishers.sandbox.request import Request
from publishers.sandbox.routing import YOUTUBE, operation
from publishers.sandbox.store import Thing
from publishers.sandbox.world import World
from publishers.sandbox.youtube import quota
from publishers.sandbox.youtube.callers import caller, check_params, parts, shape
from publishers.sandbox.youtube.envelope import refuse

_PATH = "/youtube/youtube/v3/commentThreads"
_PARTS = frozenset({"id", "snippet", "replies"})
_BODY = {
    "snippet": {"channelId": None, "videoId": None, "topLevelComment": {"snippet": {"textOriginal": None}}}
}


@operation(YOUTUBE, "commentThreads.insert", "POST", _PATH)
def insert(world: World, request: Request) -> Reply:
    """Write a comment; the video must be one citizens can see."""
    token = caller(world, request, "youtube.force-ssl")
    quota.spend(world, token.account, 50)
    check_params(request, "part")
    parts(request, _PARTS)
    snippet = shape(request.json, _BODY).get("snippet") or {}
    text = ((snippet.get("topLevelComment") or {}).get("snippet") or {}).get("textOriginal")
    film = world.store.get(YOUTUBE, str(snippet.get("videoId", "")), "video")
    if film is None:
        refuse("videoNotFound", "The video identified by the videoId parameter could not be found.", 404,
               domain="youtube.commentThread")  # fmt: skip
    if not isinstance(text, str) or not text.strip():
        refuse("commentTextRequired", "The comment must have text.", domain="youtube.comment")
    if film.data["status"]["privacyStatus"] == "private":
        refuse(
            "forbidden",
            "The comment thread cannot be created for a private video.",
            403,
            domain="youtube.commentThread",
        )
    data = {"text": text, "channel": token.account}
    thread = Thing(world.ids.secret("thread", film.id), YOUTUBE, "thread", film.id, world.now(), data)
    world.store.put(thread)
    effect = Effect(YOUTUBE, token.account, "comment", thread.id, f"/youtube-www/watch/{film.id}", thread.created, text,
                    parent=film.id)  # fmt: skip
    world.ledger.show(effect, world.now())
    return Reply.json(_resource(thread))


@operation(YOUTUBE, "commentThreads.list", "GET", _PATH)
def listing(world: World, request: Request) -> Reply:
    """Comments under a video, newest first."""
    token = caller(world, request, "youtube.force-ssl")
    quota.spend(world, token.account)
    check_params(request, "part", "videoId", "maxResults", "order", "pageToken", "textFormat")
    parts(request, _PARTS)
    threads = world.store.find(YOUTUBE, "thread", request.query.get("videoId", ""), limit=100)
    return Reply.json(
        {"kind": "youtube#commentThreadListResponse", "etag": "e0", "items": [_resource(t) for t in threads]}
    )


def _resource(thread: Thing) -> dict[str, Any]:
    inner = {"textOriginal": thread.data["text"], "textDisplay": thread.data["text"], "videoId": thread.account,
             "authorChannelId": {"value": thread.data["channel"]}, "publishedAt": rfc3339(thread.created)}  # fmt: skip
    return {"kind": "youtube#commentThread", "etag": "e0", "id": thread.id,
            "snippet": {"videoId": thread.account, "channelId": thread.data["channel"],
                        "topLevelComment": {"kind": "youtube#comment", "id": thread.id, "snippet": inner}}}  # fmt: skip
