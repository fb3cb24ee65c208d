"""Playlists: the automatic one of uploads, and the channel's own."""

from typing import Any

from publishers.sandbox.clock import rfc3339
from publishers.sandbox.ledger import Effect
from publishers.sandbox.replies import Reply
from publishers.sandbox.request import Request
from publishers.sandbox.routing import YOUTUBE, operation
from publishers.sandbox.store import Thing
from publishers.sandbox.world import World
from publishers.sandbox.youtube import quota
from publishers.sandbox.youtube.callers import ANY_WRITE, caller, check_params, parts, shape
from publishers.sandbox.youtube.envelope import refuse
from publishers.sandbox.youtube.selection import selected

PARTS = frozenset({"id", "snippet", "contentDetails", "status"})
MOST = 50
_PATH = "/youtube/youtube/v3/playlistItems"
_BODY: dict[str, Any] = {
    "id": None, "kind": None, "etag": None, "contentDetails": None, "status": None,
    "snippet": {**dict.fromkeys(["playlistId", "position", "title", "description", "channelId", "channelTitle", "publishedAt",
                                 "thumbnails"]), "resourceId": {"kind": None, "videoId": None}},
}  # fmt: skip


def uploads_of(channel: str) -> str:
    """The id of a channel's uploads playlist."""
    return "UU" + channel.removeprefix("UC")


@operation(YOUTUBE, "playlistItems.list", "GET", _PATH)
def listing(world: World, request: Request) -> Reply:
    """Entries of a playlist; new uploads may be missing from theirs for the channel's lag."""
    token = caller(world, request)
    quota.spend(world, token.account)
    check_params(
        request, "part", "playlistId", "maxResults", "pageToken", "videoId", "id", "onBehalfOfContentOwner"
    )
    named = parts(request, PARTS)
    playlist = request.query.get("playlistId", "")
    entries = _entries(world, token.account, playlist)
    if wanted := request.query.get("videoId"):
        entries = [entry for entry in entries if entry.data["video"] == wanted]
    size, start = request.query.get("maxResults", "5"), request.query.get("pageToken", "0")
    if not size.isdigit() or not 0 <= int(size) <= MOST:
        refuse("invalidValue", f"maxResults must be within 0 and {MOST}.", domain="youtube.parameter")
    if not start.isdigit():
        refuse("invalidPageToken", "The request specifies an invalid page token.", domain="youtube.parameter")
    chosen = entries[int(start) : int(start) + int(size)]
    document: dict[str, Any] = {
        "kind": "youtube#playlistItemListResponse", "etag": "e0",
        "items": [_resource(world, entry, named) for entry in chosen],
        "pageInfo": {"totalResults": len(entries), "resultsPerPage": int(size)},
    }  # fmt: skip
    if int(start) + len(chosen) < len(entries):
        document["nextPageToken"] = str(int(start) + len(chosen))
    return Reply.json(selected(document, request.query.get("fields")))


def _entries(world: World, channel: str, playlist: str) -> list[Thing]:
    if playlist == uploads_of(channel):
        now = world.now()
        return [
            Thing(
                f"UL{film.id}", YOUTUBE, "entry", playlist, film.created, {"video": film.id, "position": at}
            )
            for at, film in enumerate(world.store.find(YOUTUBE, "video", channel))
            if film.data["listed_from"] <= now
        ]
    _own_playlist(world, channel, playlist)
    return sorted(
        world.store.find(YOUTUBE, "entry", playlist),
        key=lambda entry: (entry.data["position"], entry.created),
    )


def _own_playlist(world: World, channel: str, playlist: str) -> None:
    known = world.register.settings(YOUTUBE, "channel", channel)["playlists"]
    if playlist not in {str(item["id"]) if isinstance(item, dict) else str(item) for item in known}:
        refuse("playlistNotFound", "The playlist identified with the request's playlistId parameter cannot be found.", 404,
               domain="youtube.playlistItem")  # fmt: skip


@operation(YOUTUBE, "playlistItems.insert", "POST", _PATH)
def insert(world: World, request: Request) -> Reply:
    """Add a video; adding it again makes a second entry."""
    token = caller(world, request, *ANY_WRITE)
    quota.spend(world, token.account, 50)
    check_params(request, "part", "onBehalfOfContentOwner")
    named = parts(request, PARTS)
    snippet = shape(request.json, _BODY).get("snippet") or {}
    resource = snippet.get("resourceId") or {}
    playlist, video = str(snippet.get("playlistId", "")), str(resource.get("videoId", ""))
    if not playlist:
        refuse(
            "playlistIdRequired",
            "The playlist item resource must specify the playlistId.",
            domain="youtube.playlistItem",
        )
    _own_playlist(world, token.account, playlist)
    film = world.store.get(YOUTUBE, video, "video")
    if resource.get("kind") != "youtube#video" or film is None:
        refuse("videoNotFound", "The video that you are trying to add to the playlist cannot be found.", 404,
               domain="youtube.playlistItem")  # fmt: skip
    existing = world.store.find(YOUTUBE, "entry", playlist)
    position = snippet.get("position", len(existing))
    if isinstance(position, bool) or not isinstance(position, int) or not 0 <= position <= len(existing):
        refuse(
            "invalidPlaylistItemPosition",
            "The request specifies an invalid position.",
            domain="youtube.playlistItem",
        )
    entry = Thing(world.ids.secret("entry", playlist), YOUTUBE, "entry", playlist, world.now(),
                  {"video": video, "position": position, "channel": token.account})  # fmt: skip
    world.store.put(entry)
    title = film.data["snippet"]["title"]
    effect = Effect(YOUTUBE, token.account, "playlist_item", entry.id, f"/youtube-www/watch/{video}", entry.created, video, title,
                    parent=playlist)  # fmt: skip
    world.ledger.show(effect, world.now())
    return Reply.json(selected(_resource(world, entry, named), request.query.get("fields")))


@operation(YOUTUBE, "playlistItems.delete", "DELETE", _PATH)
def delete(world: World, request: Request) -> Reply:
    """Take an entry out: 204."""
    token = caller(world, request, *ANY_WRITE)
    quota.spend(world, token.account, 50)
    check_params(request, "id", "onBehalfOfContentOwner")
    entry = world.store.get(YOUTUBE, request.query.get("id", ""), "entry")
    if entry is None or entry.data["channel"] != token.account:
        refuse(
            "playlistItemNotFound", "The playlist item cannot be found.", 404, domain="youtube.playlistItem"
        )
    world.store.remove(entry.id)
    world.ledger.hide(entry.id)
    return Reply(204, b"", None)


def _resource(world: World, entry: Thing, named: list[str]) -> dict[str, Any]:
    film = world.store.get(YOUTUBE, entry.data["video"], "video")
    privacy = film.data["status"]["privacyStatus"] if film else "privacyStatusUnspecified"
    title = film.data["snippet"]["title"] if film else "Deleted video"
    full: dict[str, Any] = {
        "snippet": {"publishedAt": rfc3339(entry.created), "title": title, "playlistId": entry.account,
                    "description": film.data["snippet"].get("description", "") if film else "",
                    "channelId": film.account if film else "", "position": entry.data["position"],
                    "resourceId": {"kind": "youtube#video", "videoId": entry.data["video"]}},
        "contentDetails": {"videoId": entry.data["video"], "videoPublishedAt": _public_since(film)},
        "status": {"privacyStatus": privacy},
    }  # fmt: skip
    head = {"kind": "youtube#playlistItem", "etag": f"e{entry.id[:8]}", "id": entry.id}
    return {**head, **{part: full[part] for part in named if part in full}}


def _public_since(film: Thing | None) -> str:
    """When the video was made public; while it is not, when it was uploaded."""
    return rfc3339((film.data["made_public_at"] or film.created) if film else 0)
