"""The post object: creation, when citizens see it, and how the Graph API shows it."""

from typing import Any
from urllib.parse import quote

from publishers.sandbox.clock import graph_time
from publishers.sandbox.ledger import Effect
from publishers.sandbox.routing import FACEBOOK
from publishers.sandbox.store import Thing
from publishers.sandbox.world import World


def new_post(
    world: World, page: str, app: str, *, serial: str = "", fate: dict[str, Any] | None = None, **content: Any
) -> Thing:
    """Write a post of a page; ``content`` overrides message, link, photos, video, kind, published, scheduled_at."""
    now = world.now()
    lag = float((fate or {}).get("lag", world.register.settings(FACEBOOK, "page", page)["list_lag_seconds"]))
    data = {
        "message": "", "link": "", "photos": [], "video": "", "kind": "post", "published": True, "scheduled_at": 0.0,
        "hidden": False, "pinned": False, "updated": now, "listed_from": now + lag, "app": app, **content,
    }  # fmt: skip
    serial = serial or world.ids.number("post", page)
    post = world.store.put(Thing(f"{page}_{serial}", FACEBOOK, "post", page, now, data))
    refresh(world, post)
    return post


def refresh(world: World, post: Thing) -> None:
    """Bring the ledger and the reminders in line with the post's state, and store it."""
    data = post.data
    if not data["published"] and data["scheduled_at"]:
        world.store.remind(post.id, FACEBOOK, data["scheduled_at"])
    else:
        world.store.forget_reminder(post.id)
    world.store.put(post)
    if data["published"] and not data["hidden"]:
        world.ledger.show(effect_of(world, post), world.now())
    else:
        world.ledger.hide(post.id)


def ripen_post(world: World, post: Thing) -> None:
    """A natively scheduled post whose time has come goes live."""
    if not post.data["published"]:
        post.data.update(published=True)
        refresh(world, post)


def effect_of(world: World, post: Thing) -> Effect:
    """The ledger row of a post."""
    media = [world.media.digest(media) for media in media_ids(world, post)]
    return Effect(
        FACEBOOK, post.account, post.data["kind"], post.id, path_of(post), post.created, post.data["message"],
        post.data.get("title", ""), media, link=post.data["link"],
    )  # fmt: skip


def media_ids(world: World, post: Thing) -> list[str]:
    """The media ids of the pictures or the clip of a post."""
    ids = [*post.data["photos"], post.data["video"]]
    things = [world.store.get(FACEBOOK, id_) for id_ in ids if id_]
    return [str(thing.data["media"]) for thing in things if thing]


def path_of(post: Thing) -> str:
    """Where the post is shown on the sandbox's own pages."""
    if post.data["kind"] == "reel":
        return f"/facebook-www/reel/{post.data['video']}"
    return f"/facebook-www/{post.account}/posts/{post.id.split('_')[1]}"


def node(world: World, post: Thing, base: str) -> dict[str, Any]:
    """Every field of a post that the Graph API would give."""
    data = post.data
    page = world.register.settings(FACEBOOK, "page", post.account)
    app = world.register.settings(FACEBOOK, "app", data["app"])
    comments = world.store.find(FACEBOOK, "comment", post.id)
    return {
        "id": post.id,
        "message": data["message"] or None,
        "created_time": graph_time(post.created),
        "updated_time": graph_time(data["updated"]),
        "permalink_url": base + path_of(post),
        "from": {"id": post.account, "name": page["name"]},
        "application": {"id": data["app"], "name": app["name"]} if data["app"] else None,
        "is_published": data["published"],
        "is_hidden": data["hidden"],
        "is_pinned": data["pinned"],
        "scheduled_publish_time": int(data["scheduled_at"])
        if data["scheduled_at"] and not data["published"]
        else None,
        "status_type": _status_type(data),
        "story": None,
        "full_picture": _picture(world, post, base),
        "attachments": {"data": _attachments(world, post, base)} if _has_attachment(data) else None,
        "shares": None,
        "reactions": {"data": [], "summary": {"total_count": 0}},
        "likes": {"data": [], "summary": {"total_count": 0}},
        "comments": {
            "data": [
                {"id": c.id, "message": c.data["message"], "created_time": graph_time(c.created)}
                for c in comments
            ],
            "summary": {"total_count": len(comments), "order": "ranked", "can_comment": True},
        },
    }


def _status_type(data: dict[str, Any]) -> str:
    if data["video"]:
        return "added_video"
    if data["photos"]:
        return "added_photos"
    return "shared_story" if data["link"] else "mobile_status_update"


def _has_attachment(data: dict[str, Any]) -> bool:
    return bool(data["photos"] or data["video"] or data["link"])


def _picture(world: World, post: Thing, base: str) -> str | None:
    if not post.data["photos"]:
        return None
    return f"{base}/__sandbox/media/{media_ids(world, post)[0]}"


def _attachments(world: World, post: Thing, base: str) -> list[dict[str, Any]]:
    data = post.data
    if data["video"]:
        return [{"media_type": "video", "type": "video_inline", "target": {"id": data["video"]},
                 "url": base + path_of(post), "unshimmed_url": base + path_of(post)}]  # fmt: skip
    if data["photos"]:
        photos = [_photo_attachment(id_, media, post, base)
                  for id_, media in zip(data["photos"], media_ids(world, post), strict=True)]  # fmt: skip
        if len(photos) == 1:
            return photos
        return [{"media_type": "album", "type": "album", "target": {"id": post.id.split("_")[1]},
                 "url": base + path_of(post), "subattachments": {"data": photos}}]  # fmt: skip
    link = data["link"]
    return [{"media_type": "link", "type": "share", "title": link, "unshimmed_url": link, "target": {"url": link},
             "url": f"https://l.facebook.com/l.php?u={quote(link, safe='')}"}]  # fmt: skip


def _photo_attachment(id_: str, media: str, post: Thing, base: str) -> dict[str, Any]:
    url = f"{base}/facebook-www/photo/{id_}"
    return {"media_type": "photo", "type": "photo", "target": {"id": id_, "url": url}, "url": url, "unshimmed_url": url,
            "media": {"image": {"src": f"{base}/__sandbox/media/{media}"}}}  # fmt: skip
