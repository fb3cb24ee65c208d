"""captions.list and delete; insert is an upload."""

from publishers.sandbox.replies import Reply
from publishers.sandbox.request import Request
from publishers.sandbox.routing import YOUTUBE, operation
from publishers.sandbox.world import World
from publishers.sandbox.youtube import quota
from publishers.sandbox.youtube.callers import caller, check_params, parts
from publishers.sandbox.youtube.envelope import refuse
from publishers.sandbox.youtube.selection import selected
from publishers.sandbox.youtube.targets import caption_resource, own_film

_PATH = "/youtube/youtube/v3/captions"


@operation(YOUTUBE, "captions.list", "GET", _PATH)
def listing(world: World, request: Request) -> Reply:
    """The caption tracks of a video."""
    token = caller(world, request, "youtube.force-ssl")
    quota.spend(world, token.account, 50)
    check_params(request, "part", "videoId", "id", "onBehalfOf", "onBehalfOfContentOwner")
    parts(request, frozenset({"id", "snippet"}))
    film = own_film(world, token.account, request.query.get("videoId", ""))
    tracks = world.store.find(YOUTUBE, "caption", film.id)
    document = {
        "kind": "youtube#captionListResponse",
        "etag": "e0",
        "items": [caption_resource(t) for t in tracks],
    }
    return Reply.json(selected(document, request.query.get("fields")))


@operation(YOUTUBE, "captions.delete", "DELETE", _PATH)
def delete(world: World, request: Request) -> Reply:
    """Delete a track: 204."""
    token = caller(world, request, "youtube.force-ssl")
    quota.spend(world, token.account, 50)
    check_params(request, "id", "onBehalfOf", "onBehalfOfContentOwner")
    track = world.store.get(YOUTUBE, request.query.get("id", ""), "caption")
    if track is None or track.data["channel"] != token.account:
        refuse("captionNotFound", "The caption track could not be found.", 404, domain="youtube.caption")
    world.store.remove(track.id)
    return Reply(204, b"", None)
