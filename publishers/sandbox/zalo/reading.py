"""Reading articles back: getdetail and getslice, with plain query parameters."""

from typing import Any

from publishers.sandbox.replies import Reply
from publishers.sandbox.request import Request
from publishers.sandbox.routing import ZALO, operation
from publishers.sandbox.store import Thing
from publishers.sandbox.world import World
from publishers.sandbox.zalo.articles import own_article
from publishers.sandbox.zalo.callers import article_caller, check_query
from publishers.sandbox.zalo.envelope import refuse, success

MOST = 10


@operation(ZALO, "article.getdetail", "GET", "/zalo/v2.0/article/getdetail")
def detail(world: World, request: Request) -> Reply:
    """One article with its body."""
    token, _ = article_caller(world, request)
    check_query(world, request, "id")
    article = own_article(world, token.account, request.query.get("id"))
    return success({**article.data["article"], **_summary(world, article, request.base)})


@operation(ZALO, "article.getslice", "GET", "/zalo/v2.0/article/getslice")
def slice_(world: World, request: Request) -> Reply:
    """Up to ten articles of a type, newest first; a new one may be missing for the list lag."""
    token, _ = article_caller(world, request)
    kind = request.query.get("type")
    if kind not in ("normal", "video"):
        refuse(-201, "type accept only 2 value normal and video.",
               finding="getslice nhận tham số thường, không nhận data=." if "data" in request.query else "")  # fmt: skip
    check_query(world, request, "offset", "limit", "type")
    offset, limit = request.query.get("offset", ""), request.query.get("limit", "")
    if not offset.isdigit() or not limit.isdigit() or int(limit) < 1:
        refuse(-201, "offset or limit is invalid")
    if int(limit) > MOST:
        refuse(-201, f"maximum limit is {MOST}")
    now = world.now()
    rows = [
        article
        for article in world.store.find(ZALO, "article", token.account)
        if article.data["article"]["type"] == kind and article.data["listed_from"] <= now
    ]
    chosen = rows[int(offset) : int(offset) + int(limit)]
    return success({"medias": [_summary(world, row, request.base) for row in chosen], "total": len(rows)})


def _summary(world: World, article: Thing, base: str) -> dict[str, Any]:
    written, pictures = article.data["article"], list(article.data["pictures"].values())
    shown = world.ledger.is_live(article.id)
    views = int((world.now() - article.created) / 600 * (2 + int(article.id[:2], 16) % 9)) if shown else 0
    return {
        "id": article.id, "type": written["type"], "title": written["title"], "status": written["status"],
        "total_view": views, "total_share": views // 25, "create_date": int(article.created * 1000),
        "update_date": int(article.data["updated"] * 1000), "link_view": f"{base}/zalo-www/article/{article.id}",
        "thumb": f"{base}/__sandbox/media/{pictures[0]}" if pictures else "",
    }  # fmt: skip
