"""What an upload may become: a video, a thumbnail, a caption track."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from publishers.sandbox.media import GIF, JPEG, PNG, recognise
from publishers.sandbox.request import Request
from publishers.sandbox.routing import YOUTUBE
from publishers.sandbox.store import Thing
from publishers.sandbox.world import World
from publishers.sandbox.youtube import films, quota
from publishers.sandbox.youtube.callers import check_params, parts, shape
from publishers.sandbox.youtube.envelope import refuse
from publishers.sandbox.youtube.metadata import check_video

UPLOAD_PARAMS = ("uploadType", "upload_id", "upload_protocol")


@dataclass(frozen=True)
class Target:
    """One kind of upload: who may, how large, how it is checked before and made after the bytes."""

    op: str
    scopes: tuple[str, ...]
    largest: int
    mimes: tuple[str, ...]
    check: Callable[[World, Request, str, Any], None]
    finish: Callable[[World, str, Any, dict[str, str], str, dict[str, Any], str], dict[str, Any]]

    def takes(self, mime: str) -> bool:
        """True when the media type is one the method accepts."""
        return any(
            mime == known or (known.endswith("/*") and mime.startswith(known[:-1])) for known in self.mimes
        )

    def check_size(self, size: int) -> None:
        """Refuse an empty body and one above the method's limit."""
        if size == 0:
            refuse("mediaBodyRequired", "The request does not include the media content.")
        if size > self.largest:
            refuse("failedPrecondition" if "thumb" in self.op else "uploadTooLarge", "The media file is too large.",
                   domain="youtube.thumbnail" if "thumb" in self.op else "global")  # fmt: skip

    def again(
        self, world: World, id_: str, document: dict[str, Any], query: dict[str, str], base: str
    ) -> dict[str, Any]:
        """The answer to a question about an upload that is already complete."""
        film = world.store.get(YOUTUBE, id_, "video") if self.op == "videos.insert" else None
        return films.resource(world, film, ["id", *query["part"].split(",")], base) if film else document


def target_of(op: str) -> Target:
    """The target for ``videos.insert``, ``thumbnails.set`` or ``captions.insert``."""
    return _TARGETS[op]


# -- videos -----------------------------------------------------------------------------------


def _check_video(world: World, request: Request, channel: str, body: Any) -> None:
    quota.spend(world, channel, 1, "inserts")
    check_params(request, "part", "notifySubscribers", "autoLevels", "stabilize", "onBehalfOfContentOwner",
                 "onBehalfOfContentOwnerChannel", *UPLOAD_PARAMS)  # fmt: skip
    named = parts(request, films.PARTS)
    if request.query.get("notifySubscribers", "true") not in ("true", "false"):
        refuse(
            "invalidParameter",
            "notifySubscribers must be true or false.",
            finding="Tham số phải là true hoặc false.",
        )
    if isinstance(body, dict) and "id" in body:
        refuse("badRequest", "The id of a new video cannot be set.")
    check_video(body, named, world.now())
    limit = world.register.settings(YOUTUBE, "channel", channel)["uploads_per_day"]
    if limit and len(world.store.find(YOUTUBE, "video", channel, since=world.now() - 86400)) >= limit:
        refuse("uploadLimitExceeded", "The user has exceeded the number of videos they may upload.", 400)


def _finish_video(
    world: World, channel: str, body: Any, query: dict[str, str], media: str, fate: dict[str, Any], base: str
) -> dict[str, Any]:
    film = films.new_film(world, channel, body, media, fate)
    return films.resource(world, film, ["id", *query["part"].split(",")], base)


# -- thumbnails -------------------------------------------------------------------------------


def _check_thumbnail(world: World, request: Request, channel: str, body: Any) -> None:
    quota.spend(world, channel, 50)
    check_params(request, "videoId", "onBehalfOfContentOwner", *UPLOAD_PARAMS)
    film = own_film(world, channel, request.query.get("videoId", ""))
    settings = world.register.settings(YOUTUBE, "channel", channel)
    if settings["thumbnail_waits_for_processing"] and films.upload_status(film, world.now()) == "uploaded":
        refuse("failedPrecondition", "The video is still being processed.", domain="youtube.thumbnail")
    if not settings["phone_verified"]:
        refuse("forbidden", "The authenticated user doesn't have permissions to upload and set custom video thumbnails.", 403,
               domain="youtube.thumbnail")  # fmt: skip


def _finish_thumbnail(
    world: World, channel: str, body: Any, query: dict[str, str], media: str, fate: dict[str, Any], base: str
) -> dict[str, Any]:
    with world.media.path(media).open("rb") as source:
        if recognise(source.read(64)) not in (JPEG, PNG, GIF):
            refuse(
                "imageFormatUnsupported", "The provided image content is invalid.", domain="youtube.thumbnail"
            )
    world.media.describe(media, YOUTUBE, channel, world.now())
    film = own_film(world, channel, query.get("videoId", ""))
    film.data["thumbnail"] = media
    world.store.put(film)
    picture = {"url": f"{base}/__sandbox/media/{media}", "width": 1280, "height": 720}
    return {
        "kind": "youtube#thumbnailSetResponse",
        "etag": f"e{media}",
        "items": [{"default": picture, "high": picture}],
    }


def own_film(world: World, channel: str, id_: str, *, http: int = 404) -> Thing:
    """A video of the channel; refuses 404 when there is none and 403 when it is somebody else's."""
    film = world.store.get(YOUTUBE, id_, "video")
    if film is None:
        refuse("videoNotFound", "The video that you are trying to use cannot be found.", http)
    if film.account != channel:
        refuse("forbidden", "The request is not properly authorized for this video.", 403)
    return film


# -- captions ---------------------------------------------------------------------------------

_CAPTION = {
    "id": None, "kind": None, "etag": None,
    "snippet": dict.fromkeys(["videoId", "language", "name", "isDraft", "lastUpdated", "trackKind", "audioTrackType", "isCC",
                              "isLarge", "isEasyReader", "isAutoSynced", "status", "failureReason"]),
}  # fmt: skip


def _check_caption(world: World, request: Request, channel: str, body: Any) -> None:
    quota.spend(world, channel, 400)
    check_params(request, "part", "onBehalfOf", "onBehalfOfContentOwner", *UPLOAD_PARAMS)
    parts(request, frozenset({"id", "snippet"}))
    snippet = shape(body, _CAPTION).get("snippet") or {}
    if (
        not isinstance(snippet.get("language"), str)
        or not snippet["language"]
        or not isinstance(snippet.get("name", ""), str)
    ):
        refuse("invalidMetadata", "The request contains invalid metadata values.", domain="youtube.caption")
    if len(snippet.get("name", "")) > 150:
        refuse("nameTooLong", "The caption track's name is too long.", domain="youtube.caption")
    own_film(world, channel, str(snippet.get("videoId", "")))
    for track in world.store.find(YOUTUBE, "caption", snippet["videoId"]):
        if (track.data["language"], track.data["name"]) == (snippet["language"], snippet.get("name", "")):
            refuse("captionExists", "The specified video already has a caption track with the given language and name.", 409,
                   domain="youtube.caption")  # fmt: skip


def _finish_caption(
    world: World, channel: str, body: Any, query: dict[str, str], media: str, fate: dict[str, Any], base: str
) -> dict[str, Any]:
    if b"-->" not in world.media.path(media).read_bytes():
        refuse(
            "invalidFile",
            "The caption file carries no timing and sync is not supported.",
            domain="youtube.caption",
        )
    snippet = body["snippet"]
    data = {"language": snippet["language"], "name": snippet.get("name", ""), "draft": bool(snippet.get("isDraft")),
            "media": media, "channel": channel}  # fmt: skip
    id_ = world.ids.secret("caption", channel)
    return caption_resource(
        world.store.put(Thing(id_, YOUTUBE, "caption", snippet["videoId"], world.now(), data))
    )


def caption_resource(track: Thing) -> dict[str, Any]:
    """The document of a caption track."""
    return {"kind": "youtube#caption", "etag": f"e{track.id[:8]}", "id": track.id,
            "snippet": {"videoId": track.account, "language": track.data["language"], "name": track.data["name"],
                        "isDraft": track.data["draft"], "trackKind": "standard", "status": "serving"}}  # fmt: skip


_TARGETS = {
    "videos.insert": Target("videos.insert", ("youtube.upload", "youtube", "youtube.force-ssl"), 274_877_906_944,
                            ("video/*", "application/octet-stream"), _check_video, _finish_video),
    "thumbnails.set": Target("thumbnails.set", ("youtube.upload", "youtube", "youtube.force-ssl"), 52_428_800,
                             ("image/jpeg", "image/png", "application/octet-stream"), _check_thumbnail, _finish_thumbnail),
    "captions.insert": Target("captions.insert", ("youtube.force-ssl",), 104_857_600,
                              ("text/xml", "application/octet-stream", "*/*", "text/*", "application/*"), _check_caption, _finish_caption),
}  # fmt: skip
