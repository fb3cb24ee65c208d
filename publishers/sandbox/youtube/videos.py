"""videos.list, update, delete and batchGetStats."""

from typing import Any

from publishers.sandbox.replies import Reply
from publishers.sandbox.request import Request
from publishers.sandbox.routing import YOUTUBE, operation
from publishers.sandbox.store import Thing
from publishers.sandbox.world import World
from publishers.sandbox.youtube import films, quota
from publishers.sandbox.youtube.callers import ANY_WRITE, caller, check_params, parts
from publishers.sandbox.youtube.envelope import refuse
from publishers.sandbox.youtube.metadata import check_video
from publishers.sandbox.youtube.selection import selected
from publishers.sandbox.youtube.targets import own_film

MOST_IDS = 50
_PATH = "/youtube/youtube/v3/videos"


@operation(YOUTUBE, "videos.list", "GET", _PATH)
def listing(world: World, request: Request) -> Reply:
    """The named parts of up to 50 videos; others' private ones are simply absent."""
    token = caller(world, request)
    quota.spend(world, token.account)
    check_params(request, "part", "id", "hl", "maxResults", "onBehalfOfContentOwner", "pageToken")
    named = parts(request, films.PARTS)
    ids = [id_ for id_ in request.query.get("id", "").split(",") if id_]
    if not ids:
        refuse(
            "missingRequiredParameter", "No filter selected. Expected one of: id", domain="youtube.parameter"
        )
    if len(ids) > MOST_IDS:
        refuse("invalidParameter", f"At most {MOST_IDS} ids can be given.", domain="youtube.parameter")
    found = [film for id_ in dict.fromkeys(ids) if (film := world.store.get(YOUTUBE, id_, "video"))]
    shown = [
        film
        for film in found
        if film.account == token.account or film.data["status"]["privacyStatus"] != "private"
    ]
    if any(film.account != token.account for film in shown) and set(named) & set(films.OWNER_PARTS):
        refuse("forbidden", "The request cannot access the video's file or processing details.", 403)
    return _answer(
        request, "youtube#videoListResponse", [films.resource(world, f, named, request.base) for f in shown]
    )


@operation(YOUTUBE, "videos.stats", "GET", "/youtube/youtube/v3/videos:batchGetStats")
def stats(world: World, request: Request) -> Reply:
    """Numbers of several videos in one call."""
    token = caller(world, request)
    quota.spend(world, token.account)
    check_params(request, "part", "id", "onBehalfOfContentOwner")
    named = parts(request, frozenset({"id", "statistics", "snippet", "contentDetails"}))
    ids = dict.fromkeys(request.query.get("id", "").split(","))
    found = [
        film
        for id_ in ids
        if (film := world.store.get(YOUTUBE, id_, "video")) and film.account == token.account
    ]
    return _answer(
        request,
        "youtube#batchGetStatsResponse",
        [films.resource(world, f, named, request.base) for f in found],
    )


@operation(YOUTUBE, "videos.update", "PUT", _PATH)
def update(world: World, request: Request) -> Reply:
    """Replace each named part whole; setting ``public`` is what makes a video visible."""
    token = caller(world, request, *ANY_WRITE)
    quota.spend(world, token.account, 50)
    check_params(request, "part", "onBehalfOfContentOwner")
    named = parts(request, films.PARTS)
    body = request.json
    if not isinstance(body, dict) or not body.get("id"):
        refuse(
            "videoIdRequired",
            "The request must identify the video to update.",
            finding="Thiếu id trong thân.",
        )
    film = own_film(world, token.account, str(body["id"]))
    check_video(body, named, world.now(), was_public=film.data["was_public"], updating=True)
    _replace(film, named, body)
    if world.register.settings(YOUTUBE, "channel", token.account)["force_private"]:
        film.data["status"]["privacyStatus"] = "private"
    films.refresh(world, film)
    return Reply.json(selected(films.resource(world, film, named, request.base), request.query.get("fields")))


def _replace(film: Thing, named: list[str], body: dict[str, Any]) -> None:
    if "snippet" in named:
        read_only = (
            "publishedAt",
            "channelId",
            "channelTitle",
            "thumbnails",
            "liveBroadcastContent",
            "localized",
        )
        film.data["snippet"] = {
            "description": "",
            **{k: v for k, v in body["snippet"].items() if k not in read_only},
        }
    if "status" in named:
        status = body.get("status") or {}
        film.data["status"] = {
            "privacyStatus": "public",
            **{k: v for k, v in status.items() if k not in ("uploadStatus", "madeForKids")},
        }
    for part in ("recordingDetails", "localizations"):
        if part in named:
            film.data[part] = body.get(part) or {}


@operation(YOUTUBE, "videos.delete", "DELETE", _PATH)
def delete(world: World, request: Request) -> Reply:
    """Delete a video: 204; a second time 404 videoNotFound."""
    token = caller(world, request, *ANY_WRITE)
    quota.spend(world, token.account, 50)
    check_params(request, "id", "onBehalfOfContentOwner")
    film = own_film(world, token.account, request.query.get("id", ""))
    world.store.remove(film.id)
    world.store.forget_reminder(film.id)
    world.ledger.hide(film.id)
    for track in world.store.find(YOUTUBE, "caption", film.id):
        world.store.remove(track.id)
    return Reply(204, b"", None)


def _answer(request: Request, kind: str, items: list[dict[str, Any]]) -> Reply:
    document = {
        "kind": kind,
        "etag": "e0",
        "items": items,
        "pageInfo": {"totalResults": len(items), "resultsPerPage": len(items)},
    }
    return Reply.json(selected(document, request.query.get("fields")))
