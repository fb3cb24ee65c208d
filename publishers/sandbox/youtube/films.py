"""The video object: what state it is in, whether citizens see it, and its resource document."""

from typing import Any

from publishers.sandbox.clock import parse_moment, rfc3339
from publishers.sandbox.ledger import Effect
from publishers.sandbox.media import recognise
from publishers.sandbox.routing import YOUTUBE
from publishers.sandbox.store import Thing
from publishers.sandbox.world import World

PARTS = frozenset(
    {"id", "snippet", "status", "processingDetails", "contentDetails", "fileDetails", "statistics", "player", "suggestions",
     "recordingDetails", "localizations", "topicDetails"}
)  # fmt: skip
OWNER_PARTS = ("fileDetails", "processingDetails", "suggestions")


def new_film(world: World, channel: str, body: dict[str, Any], media: str, fate: dict[str, Any]) -> Thing:
    """All bytes of an upload have arrived: the video exists now, visible if it is public."""
    now = world.now()
    settings = world.register.settings(YOUTUBE, "channel", channel)
    snippet, status = body.get("snippet") or {}, dict(body.get("status") or {})
    status.setdefault("privacyStatus", "public")
    if settings["force_private"]:
        status["privacyStatus"] = "private"
    with world.media.path(media).open("rb") as source:
        head = source.read(64)
    file = world.media.describe(media, YOUTUBE, channel, now)
    failure = str(fate.get("failureReason", ""))
    if not failure and not recognise(head).startswith("video/"):
        failure = "invalidFile" if file.data["size"] else "emptyFile"
    data = {
        "snippet": {"categoryId": "22", "description": "", **snippet}, "status": status, "media": media,
        "size": file.data["size"], "digest": file.data["digest"], "thumbnail": "", "was_public": False,
        "ready_at": now + float(fate.get("processing_seconds", settings["processing_seconds"])),
        "failure": failure, "rejection": str(fate.get("rejectionReason", "")), "made_public_at": 0.0,
        "listed_from": now + float(fate.get("lag", settings["uploads_lag_seconds"])),
    }  # fmt: skip
    film = Thing(world.ids.video(channel), YOUTUBE, "video", channel, now, data)
    refresh(world, film)
    return film


def refresh(world: World, film: Thing) -> None:
    """Bring ledger and reminders in line with the video's status, and store it."""
    data, now = film.data, world.now()
    publish_at = data["status"].get("publishAt")
    moment = parse_moment(publish_at) if publish_at else 0.0
    if publish_at and moment <= now:
        data["status"].pop("publishAt")
        data["status"]["privacyStatus"] = "public"
    broken_now = now >= data["ready_at"] and (data["failure"] or data["rejection"])
    waits = [
        m for m in (moment, data["ready_at"] if data["failure"] or data["rejection"] else 0.0) if m > now
    ]
    if waits:
        world.store.remind(film.id, YOUTUBE, min(waits))
    else:
        world.store.forget_reminder(film.id)
    if data["status"]["privacyStatus"] == "public" and not broken_now:
        data["was_public"], data["made_public_at"] = True, data["made_public_at"] or now
        world.ledger.show(effect_of(film), now)
    else:
        world.ledger.hide(film.id)
    world.store.put(film)


def effect_of(film: Thing) -> Effect:
    """The ledger row of a video."""
    snippet = film.data["snippet"]
    return Effect(YOUTUBE, film.account, "video", film.id, f"/youtube-www/watch/{film.id}", film.created,
                  snippet.get("description", ""), snippet["title"], [film.data["digest"]])  # fmt: skip


def upload_status(film: Thing, now: float) -> str:
    """uploaded, processed, failed or rejected, as of ``now``."""
    if now < film.data["ready_at"]:
        return "uploaded"
    if film.data["failure"]:
        return "failed"
    return "rejected" if film.data["rejection"] else "processed"


def resource(world: World, film: Thing, parts: list[str], base: str) -> dict[str, Any]:
    """The named parts of a video resource."""
    makers = {"snippet": _snippet, "status": _status, "processingDetails": _processing, "contentDetails": _content,
              "fileDetails": _file, "statistics": _statistics}  # fmt: skip
    document: dict[str, Any] = {
        "kind": "youtube#video",
        "etag": f"e{film.id}{int(film.data['ready_at'])}",
        "id": film.id,
    }
    for part in parts:
        if part in makers:
            document[part] = makers[part](world, film, base)
        elif part == "player":
            document[part] = {"embedHtml": f'<iframe src="{base}/youtube-www/watch/{film.id}"></iframe>'}
        elif part not in ("id", "snippet"):
            document[part] = film.data.get(part, {})
    return document


def _snippet(world: World, film: Thing, base: str) -> dict[str, Any]:
    picture = f"{base}/__sandbox/media/{film.data['thumbnail']}" if film.data["thumbnail"] else ""
    snippet = film.data["snippet"]
    return {
        **snippet,
        "publishedAt": rfc3339(film.data["made_public_at"] or film.created), "channelId": film.account,
        "channelTitle": world.register.settings(YOUTUBE, "channel", film.account)["name"],
        "thumbnails": {"default": {"url": picture, "width": 120, "height": 90}} if picture else {},
        "liveBroadcastContent": "none",
        "localized": {"title": snippet["title"], "description": snippet.get("description", "")},
    }  # fmt: skip


def _status(world: World, film: Thing, base: str) -> dict[str, Any]:
    status = {
        "license": "youtube",
        "embeddable": True,
        "publicStatsViewable": True,
        "madeForKids": False,
        **film.data["status"],
    }
    status["uploadStatus"] = upload_status(film, world.now())
    status["madeForKids"] = bool(status.get("selfDeclaredMadeForKids"))
    if status["uploadStatus"] == "failed":
        status["failureReason"] = film.data["failure"]
    if status["uploadStatus"] == "rejected":
        status["rejectionReason"] = film.data["rejection"]
    return status


def _processing(world: World, film: Thing, base: str) -> dict[str, Any]:
    now = world.now()
    word = {"uploaded": "processing", "processed": "succeeded"}.get(upload_status(film, now), "failed")
    details: dict[str, Any] = {"processingStatus": word, "fileDetailsAvailability": "available",
                               "thumbnailsAvailability": "available"}  # fmt: skip
    if word == "processing":
        whole = max(1e-6, film.data["ready_at"] - film.created)
        done = int(100 * (now - film.created) / whole)
        details["processingProgress"] = {"partsTotal": "100", "partsProcessed": str(done),
                                         "timeLeftMs": str(int(1000 * (film.data["ready_at"] - now)))}  # fmt: skip
    if word == "failed":
        details["processingFailureReason"] = "transcodeFailed"
    return details


def _content(world: World, film: Thing, base: str) -> dict[str, Any]:
    has_caption = bool(world.store.find(YOUTUBE, "caption", film.id, limit=1))
    return {"duration": "PT0S", "dimension": "2d", "definition": "hd", "caption": str(has_caption).lower(),
            "licensedContent": False, "projection": "rectangular"}  # fmt: skip


def _file(world: World, film: Thing, base: str) -> dict[str, Any]:
    return {
        "fileName": "upload.mp4",
        "fileSize": str(film.data["size"]),
        "fileType": "video",
        "container": "mp4",
    }


def _statistics(world: World, film: Thing, base: str) -> dict[str, Any]:
    hours = max(0.0, world.now() - film.data["made_public_at"]) / 3600 if film.data["made_public_at"] else 0.0
    pace = 3 + int(film.data["digest"][:2] or "0", 16) % 40
    views = int(hours * pace)
    return {"viewCount": str(views), "likeCount": str(views // 20), "favoriteCount": "0", "commentCount": "0"}
