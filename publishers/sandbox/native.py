"""A post that a person made on the platform itself, past every API: what adapters must find and leave alone."""

from typing import Any

from publishers.sandbox.facebook import posts
from publishers.sandbox.multipart import Part
from publishers.sandbox.request import Body
from publishers.sandbox.routing import FACEBOOK, YOUTUBE
from publishers.sandbox.world import World
from publishers.sandbox.youtube import films

_CLIP = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"


class BadNative(ValueError):
    """A native post that makes no sense; the text is a Vietnamese sentence."""


def publish(world: World, document: dict[str, Any]) -> dict[str, str]:
    """Put a post on a Page or a video on a channel as if by hand; gives its id. Raises BadNative."""
    platform, account = str(document.get("platform", "")), str(document.get("account", ""))
    text, title = str(document.get("text", "")), str(document.get("title", ""))
    kind = {FACEBOOK: "page", YOUTUBE: "channel"}.get(platform)
    if kind is None or world.register.get(platform, kind, account) is None:
        raise BadNative("Cần platform là facebook hoặc youtube và account đã đăng ký.")
    if not (text or title):
        raise BadNative("Bài đăng tay cần có chữ.")
    if platform == FACEBOOK:
        return {"id": posts.new_post(world, account, "", message=text or title).id}
    media = world.ids.number("media", account)
    clip: Part = Body(_CLIP).whole()
    world.media.write_at(media, 0, clip)
    body = {
        "snippet": {"title": title or text[:100], "description": text},
        "status": {"privacyStatus": "public"},
    }
    return {"id": films.new_film(world, account, body, media, {}).id}
