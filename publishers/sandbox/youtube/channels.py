"""channels.list for the caller's own channel, or by id."""

from typing import Any

from publishers.sandbox.replies import Reply
from publishers.sandbox.request import Request
from publishers.sandbox.routing import YOUTUBE, operation
from publishers.sandbox.world import World
from publishers.sandbox.youtube import quota
from publishers.sandbox.youtube.callers import caller, check_params, parts
from publishers.sandbox.youtube.envelope import refuse
from publishers.sandbox.youtube.playlists import uploads_of
from publishers.sandbox.youtube.selection import selected

PARTS = frozenset({"id", "snippet", "contentDetails", "status", "statistics", "brandingSettings"})


@operation(YOUTUBE, "channels.list", "GET", "/youtube/youtube/v3/channels")
def listing(world: World, request: Request) -> Reply:
    """No items when the account has no channel."""
    token = caller(world, request)
    quota.spend(world, token.account)
    check_params(request, "part", "mine", "id", "maxResults", "hl", "onBehalfOfContentOwner")
    named = parts(request, PARTS)
    if request.query.get("mine") == "true":
        ids = [token.account]
    elif request.query.get("id"):
        ids = request.query["id"].split(",")
    else:
        refuse(
            "missingRequiredParameter",
            "No filter selected. Expected one of: id, mine",
            domain="youtube.parameter",
        )
    found = [c for id_ in ids if (c := world.register.get(YOUTUBE, "channel", id_)) and c["has_channel"]]
    document: dict[str, Any] = {"kind": "youtube#channelListResponse", "etag": "e0",
                                "pageInfo": {"totalResults": len(found), "resultsPerPage": 5}}  # fmt: skip
    if found:
        document["items"] = [_resource(world, channel, named) for channel in found]
    return Reply.json(selected(document, request.query.get("fields")))


def _resource(world: World, channel: dict[str, Any], named: list[str]) -> dict[str, Any]:
    films = world.store.find(YOUTUBE, "video", channel["id"])
    full: dict[str, Any] = {
        "snippet": {"title": channel["name"], "description": "", "customUrl": channel["handle"], "country": "VN"},
        "contentDetails": {"relatedPlaylists": {"likes": "", "uploads": uploads_of(channel["id"])}},
        "status": {"privacyStatus": "public", "isLinked": True,
                   "longUploadsStatus": "allowed" if channel["phone_verified"] else "eligible", "madeForKids": False},
        "statistics": {"subscriberCount": str(channel["subscribers"]), "hiddenSubscriberCount": False,
                       "videoCount": str(sum(f.data["status"]["privacyStatus"] == "public" for f in films)), "viewCount": "0"},
        "brandingSettings": {"channel": {"title": channel["name"]}},
    }  # fmt: skip
    head = {"kind": "youtube#channel", "etag": "e0", "id": channel["id"]}
    return {**head, **{part: full[part] for part in named if part in full}}
