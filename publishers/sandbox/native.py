"""A post that a person made on the platform itself, past every API: what adapters must find and leave alone."""

import html
from typing import Any

from publishers.sandbox.facebook import posts
from publishers.sandbox.multipart import Part
from publishers.sandbox.request import Body
from publishers.sandbox.routing import FACEBOOK, YOUTUBE, ZALO
from publishers.sandbox.store import Thing
from publishers.sandbox.world import World
from publishers.sandbox.youtube import films
from publishers.sandbox.zalo import articles

_CLIP = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"


class BadNative(ValueError):
    """A native post that makes no sense; the text is a Vietnamese sentence."""


def publish(world: World, document: dict[str, Any]) -> dict[str, str]:
    """Put a post on a Page, a video on a channel or an article on an OA as if by hand; gives its id. Raises BadNative."""
    platform, account = str(document.get("platform", "")), str(document.get("account", ""))
    text, title = str(document.get("text", "")), str(document.get("title", ""))
    kind = {FACEBOOK: "page", YOUTUBE: "channel", ZALO: "oa"}.get(platform)
    if kind is None or world.register.get(platform, kind, account) is None:
        raise BadNative("Cần platform là facebook, youtube hoặc zalo và account đã đăng ký.")
    if not (text or title):
        raise BadNative("Bài đăng tay cần có chữ.")
    if platform == FACEBOOK:
        return {"id": posts.new_post(world, account, "", message=text or title).id}
    if platform == ZALO:
        return {"id": _article(world, account, title or text[:140], text or title)}
    media = world.ids.number("media", account)
    clip: Part = Body(_CLIP).whole()
    world.media.write_at(media, 0, clip)
    body = {
        "snippet": {"title": title or text[:100], "description": text},
        "status": {"privacyStatus": "public"},
    }
    return {"id": films.new_film(world, account, body, media, {}).id}


def _article(world: World, account: str, title: str, text: str) -> str:
    """An article written in the OA's own manager."""
    written = {
        "type": "normal", "title": title, "author": "", "description": text[:280], "status": "show", "comment": "show",
        "cover": {"cover_type": "photo", "photo_url": "", "status": "show"},
        "body": [{"type": "text", "content": f"<p>{html.escape(text, quote=False)}</p>"}],
    }  # fmt: skip
    now = world.now()
    data = {"views": 0, "listed_from": now, "article": written, "pictures": {}, "updated": now}
    article = world.store.put(
        Thing(world.ids.opaque("article", account), ZALO, "article", account, now, data)
    )
    world.ledger.show(articles.effect_of(world, article), now)
    return article.id
