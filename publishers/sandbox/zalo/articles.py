"""Articles: create, verify, update, remove. Nothing is made before verify says so."""

from collections.abc import Mapping
from typing import Any

from publishers.sandbox.clock import vietnam
from publishers.sandbox.fetching import Fetched
from publishers.sandbox.ledger import Effect
from publishers.sandbox.media import JPEG, PNG, recognise
from publishers.sandbox.replies import Reply
from publishers.sandbox.request import Body, Request
from publishers.sandbox.routing import ZALO, operation
from publishers.sandbox.store import Thing
from publishers.sandbox.world import World
from publishers.sandbox.zalo.callers import article_caller, check_query, json_body
from publishers.sandbox.zalo.envelope import refuse, success
from publishers.sandbox.zalo.payload import addresses, check_article

LARGEST_PICTURE = 1 << 20
MOST_FAILED_FETCHES = 5


@operation(ZALO, "article.create", "POST", "/zalo/v2.0/article/create")
def create(world: World, request: Request) -> Reply:
    """Hand in an article; gives the token to verify it with."""
    token, oa = article_caller(world, request)
    check_query(world, request)
    body = json_body(request)
    if "id" in body:
        refuse(-201, "id is invalid", finding="Bài mới không có id.")
    article = check_article(world, token.account, body)
    _spend_article(world, token.account, oa)
    draft = _hand_in(world, request, token.account, article, "")
    if request.fate.get("made_at_once"):
        _make_unverified(world, draft)
    return success({"token": draft})


@operation(ZALO, "article.update", "POST", "/zalo/v2.0/article/update")
def update(world: World, request: Request) -> Reply:
    """Hand in the whole article again under its id; gives a new token to verify."""
    token, _ = article_caller(world, request)
    check_query(world, request)
    article = check_article(world, token.account, json_body(request))
    existing = own_article(world, token.account, article.pop("id", None))
    if existing.data["article"]["type"] != article["type"]:
        refuse(-201, "type is invalid")
    return success({"token": _hand_in(world, request, token.account, article, existing.id)})


def _spend_article(world: World, oa_id: str, oa: dict[str, Any]) -> None:
    used = world.store.count(f"zalo:articles:{oa_id}:{vietnam(world.now()):%Y-%m-%d}")
    if oa["articles_per_day"] and used > oa["articles_per_day"]:
        refuse(-223)


def _hand_in(world: World, request: Request, oa: str, article: dict[str, Any], id_: str) -> str:
    token = world.ids.secret("token", oa)
    polls = int(
        request.fate.get("processing_polls", world.register.settings(ZALO, "oa", oa)["processing_polls"])
    )
    data = {"article": article, "id": id_, "polls": polls, "outcome": "", "result": "", "fate": request.fate}
    world.store.put(Thing(token, ZALO, "draft", oa, world.now(), data))
    return token


def _make_unverified(world: World, token: str) -> None:
    """What an OA may find after a lost answer: the article is there although nobody has verified it."""
    draft = world.store.get(ZALO, token, "draft")
    if draft is not None:
        draft.data.update(outcome="done", result=_write(world, draft, {}).id)
        world.store.put(draft)


def fetch_pictures(world: World, request: Request) -> Mapping[str, Fetched]:
    """Get the pictures of the article to be verified, as Zalo's own servers do."""
    body = request.json if isinstance(request.json, dict) else {}
    with world.store.lock:
        draft = world.store.get(ZALO, str(body.get("token", "")), "draft")
    if draft is None or draft.data["outcome"] or draft.data["polls"] > 0:
        return {}
    return {address: world.fetcher.fetch(address) for address in addresses(draft.data["article"])}


@operation(ZALO, "article.verify", "POST", "/zalo/v2.0/article/verify", prepare=fetch_pictures)
def verify(world: World, request: Request) -> Reply:
    """-214 while in progress, then the id, or -200 when a picture could not be fetched; repeatable."""
    token, _ = article_caller(world, request)
    check_query(world, request)
    body = json_body(request)
    if set(body) != {"token"}:
        refuse(-201, "token is invalid", finding="verify chỉ nhận token.")
    draft = world.store.get(ZALO, str(body["token"]), "draft")
    if draft is None or draft.account != token.account:
        refuse(-201, "token is invalid")
    if draft.data["polls"] > 0:
        draft.data["polls"] -= 1
        world.store.put(draft)
        refuse(-214)
    if not draft.data["outcome"]:
        _process(world, request, draft)
    if draft.data["outcome"] != "done":
        refuse(-200, draft.data["outcome"])
    return success({"id": draft.data["result"]})


def _process(world: World, request: Request, draft: Thing) -> None:
    article = draft.data["article"]
    pictures: dict[str, str] = {}
    if not set(addresses(article)) <= set(request.fetched):
        refuse(-214)
    for address in addresses(article):
        problem = _problem_with(world, address, request.fetched.get(address), draft)
        if problem:
            draft.data["outcome"] = problem
            world.store.put(draft)
            return
        media = world.ids.number("media", draft.account)
        world.media.add(media, ZALO, draft.account, Body(request.fetched[address].body).whole(), world.now())
        pictures[address] = media
    draft.data["outcome"] = "done"
    draft.data["result"] = _write(world, draft, pictures).id
    world.store.put(draft)


def _problem_with(world: World, address: str, fetched: Fetched | None, draft: Thing) -> str:
    if reason := draft.data["fate"].get("media_failure"):
        return f"Upload media failed: {reason}"
    failures = f"zalo:fetch-failures:{address}"
    if world.store.counted(failures) >= MOST_FAILED_FETCHES:
        return f"Upload media failed: Too many failed attempts {address}"
    if (
        fetched
        and fetched.status == 200
        and len(fetched.body) <= LARGEST_PICTURE
        and recognise(fetched.body) in (JPEG, PNG)
    ):
        return ""
    world.store.count(failures)
    if fetched and fetched.status == 200:
        why = (
            "file size is larger than 1MB"
            if len(fetched.body) > LARGEST_PICTURE
            else "file type is not supported"
        )
    else:
        why = (
            f"HTTP {fetched.status}"
            if fetched and fetched.status
            else (fetched.reason if fetched else "not fetched")
        )
    return f"Upload media failed: {address} ({why})"


def _write(world: World, draft: Thing, pictures: dict[str, str]) -> Thing:
    now, existing = world.now(), None
    if draft.data["id"]:
        existing = world.store.get(ZALO, draft.data["id"], "article")
        if existing is None:
            refuse(-201, "id is invalid")
    lag = float(
        draft.data["fate"].get("lag", world.register.settings(ZALO, "oa", draft.account)["list_lag_seconds"])
    )
    data: dict[str, Any] = existing.data if existing else {"views": 0, "listed_from": now + lag}
    data = {**data, "article": draft.data["article"], "pictures": pictures, "updated": now}
    id_ = existing.id if existing else world.ids.opaque("article", draft.account)
    article = world.store.put(
        Thing(id_, ZALO, "article", draft.account, existing.created if existing else now, data)
    )
    if data["article"]["status"] == "show":
        world.ledger.show(effect_of(world, article), now)
    else:
        world.ledger.hide(article.id)
    return article


def effect_of(world: World, article: Thing) -> Effect:
    """The ledger row of an article."""
    written = article.data["article"]
    texts = [
        written["description"],
        *(item["content"] for item in written.get("body", []) if item["type"] == "text"),
    ]
    media = [world.media.digest(media) for media in article.data["pictures"].values()]
    return Effect(ZALO, article.account, "article", article.id, f"/zalo-www/article/{article.id}", article.created,
                  "\n".join(texts), written["title"], media)  # fmt: skip


def own_article(world: World, oa: str, id_: Any) -> Thing:
    """An article of the OA; refuses -201 otherwise."""
    found = world.store.get(ZALO, str(id_ or ""), "article")
    if found is None or found.account != oa:
        refuse(-201, "id is invalid")
    return found


@operation(ZALO, "article.remove", "POST", "/zalo/v2.0/article/remove")
def remove(world: World, request: Request) -> Reply:
    """Delete an article; a second time its id is invalid (-201)."""
    token, _ = article_caller(world, request)
    check_query(world, request)
    body = json_body(request)
    if set(body) != {"id"}:
        refuse(-201, "id is invalid", finding="remove chỉ nhận id.")
    article = own_article(world, token.account, body["id"])
    world.store.remove(article.id)
    world.ledger.hide(article.id)
    return Reply.json({"error": 0, "message": "Success"})
