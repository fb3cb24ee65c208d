"""What citizens see: which addresses are pages of the wall, and which effects stand on each."""

import json
import re
from dataclasses import dataclass
from typing import Any

from publishers.sandbox import wall_page
from publishers.sandbox.replies import Reply
from publishers.sandbox.request import Request
from publishers.sandbox.training import named_rules
from publishers.sandbox.world import World

PER_PAGE = 20
_ITEM = re.compile(r"/facebook-www/\d+/posts/(?P<post>\d+)|/facebook-www/reel/(?P<reel>\d+)"
                   r"|/youtube-www/watch/(?P<video>[\w-]+)|/zalo-www/article/(?P<article>\w+)")  # fmt: skip
_PHOTO = re.compile(r"/facebook-www/photo/(\d+)")
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'self'; base-uri 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_SHOWN = (
    "FROM effects WHERE live = 1 AND kind NOT IN ('comment', 'playlist_item')"
    " AND (? = '' OR platform = ?) AND (? = '' OR account = ?)"
)


@dataclass
class Card:
    """One thing on the wall, ready to be drawn."""

    effect: dict[str, Any]
    account_name: str
    media: list[tuple[str, str]]
    article: dict[str, Any] | None
    comments: list[str]
    alt_texts: list[str]
    poster: str = ""


def serves(path: str) -> bool:
    """True for the addresses of the wall."""
    return path in ("/", "/tuong", "/tuong/", "/tuong/kieu.css", "/favicon.ico") or bool(
        _ITEM.fullmatch(path) or _PHOTO.fullmatch(path)
    )


def answer(world: World, request: Request) -> Reply:
    """A page of the wall."""
    if request.method not in ("GET", "HEAD"):
        return Reply.json({"error": "Tường chỉ để xem."}, status=405)
    if request.path == "/tuong/kieu.css":
        return Reply(
            200, wall_page.STYLE.encode(), "text/css; charset=utf-8", {"Cache-Control": "max-age=60"}
        )
    if request.path == "/favicon.ico":
        return Reply(204, b"", None)
    if request.path == "/":
        return Reply.redirect("/tuong")
    with world.transaction():
        reply = _item(world, request) if request.path.rstrip("/") != "/tuong" else _listing(world, request)
    reply.headers.update(_HEADERS)
    return reply


def _listing(world: World, request: Request) -> Reply:
    platform, account = request.query.get("nen-tang", ""), request.query.get("tai-khoan", "")
    number = request.query.get("trang", "1")
    chosen = (platform, platform, account, account)
    total = int(world.store.rows(f"SELECT count(*) {_SHOWN}", *chosen)[0][0])
    pages = max(1, -(-total // PER_PAGE))
    page = min(max(1, int(number)) if number.isdigit() else 1, pages)
    newest = f"SELECT object_id {_SHOWN} ORDER BY made_visible_at DESC, seq DESC LIMIT ? OFFSET ?"
    rows = world.store.rows(newest, *chosen, PER_PAGE, (page - 1) * PER_PAGE)
    cards = [card for (object_id,) in rows if (card := _card(world, object_id))]
    per_account = (
        f"SELECT platform, account, count(*) {_SHOWN} GROUP BY platform, account ORDER BY platform, account"
    )
    tabs = [
        (p, a, _name(world, p, a), count) for p, a, count in world.store.rows(per_account, "", "", "", "")
    ]
    return Reply.html(
        wall_page.listing(cards, tabs, platform, account, page, pages, total, named_rules(world), world.now())
    )


def _item(world: World, request: Request) -> Reply:
    if photo := _PHOTO.fullmatch(request.path):
        return Reply.redirect(f"/__sandbox/media/{photo.group(1)}")
    found = _ITEM.fullmatch(request.path)
    groups = found.groupdict() if found else {}
    object_id = groups.get("video") or groups.get("article") or ""
    if groups.get("post"):
        object_id = f"{request.path.split('/')[2]}_{groups['post']}"
    if groups.get("reel"):
        reel = world.store.get("facebook", groups["reel"], "video")
        object_id = reel.data["post_id"] if reel else ""
    card = _card(world, object_id)
    if card is None:
        return Reply.html(wall_page.missing(), status=404)
    return Reply.html(wall_page.single(card))


def _card(world: World, object_id: str) -> Card | None:
    rows = world.store.rows(
        "SELECT platform, account, kind, made_visible_at, data FROM effects WHERE object_id = ? AND live = 1",
        object_id,
    )
    if not rows:
        return None
    platform, account, kind, moment, data = rows[0]
    effect = {"platform": platform, "account": account, "kind": kind, "object_id": object_id, "made_visible_at": moment,
              **json.loads(data)}  # fmt: skip
    thing = world.store.get(platform, object_id)
    content = thing.data if thing else {}
    ids, alts = _media(world, platform, content)
    media = [(id_, str(row.data["mime"])) for id_ in ids if (row := world.media.row(id_))]
    comments = [
        json.loads(row[0])["text"]
        for row in world.store.rows(
            "SELECT data FROM effects WHERE platform = ? AND account = ? AND kind = 'comment' AND live = 1"
            " AND json_extract(data, '$.parent') = ? ORDER BY seq",
            platform, account, object_id,
        )
    ]  # fmt: skip
    return Card(
        effect,
        _name(world, platform, account),
        media,
        _article(content),
        comments,
        alts,
        content.get("thumbnail", ""),
    )


def _media(world: World, platform: str, content: dict[str, Any]) -> tuple[list[str], list[str]]:
    if platform == "youtube":
        return [content["media"]] if content else [], []
    if platform == "zalo":
        return list((content.get("pictures") or {}).values())[:1], []
    photos = [p for id_ in content.get("photos", []) if (p := world.store.get(platform, id_, "photo"))]
    clip = [content["video"]] if content.get("video") else []
    return [p.data["media"] for p in photos] + clip, [p.data["alt_text"] for p in photos]


def _article(content: dict[str, Any]) -> dict[str, Any] | None:
    return {**content["article"], "pictures": content["pictures"]} if "article" in content else None


def _name(world: World, platform: str, account: str) -> str:
    kind = {"facebook": "page", "youtube": "channel", "zalo": "oa"}[platform]
    found = world.register.get(platform, kind, account)
    return str(found["name"] or account) if found else account
