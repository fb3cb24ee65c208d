"""Who is calling Zalo: the ``access_token`` header, the app's call rate, the OA's standing."""

from typing import Any

from publishers.sandbox.accounts import Token
from publishers.sandbox.request import Request
from publishers.sandbox.routing import ZALO
from publishers.sandbox.world import World
from publishers.sandbox.zalo.envelope import refuse


def caller(world: World, request: Request) -> Token:
    """The living token of the call; refuses -216 and -220 otherwise."""
    value = request.headers.get("access_token") or ""
    loose = request.query.get("access_token") or (request.headers.get("Authorization") or "")
    if not value and loose and world.options.lenient_token:
        value = loose.removeprefix("Bearer ").strip()
    if not value:
        refuse(-216, finding="Mã truy cập phải nằm ở tiêu đề access_token." if loose else "")
    token = world.register.token(ZALO, value, "access")
    if token is None:
        refuse(-216)
    if not token.lives(world.now()):
        refuse(-220)
    return token


def article_caller(world: World, request: Request) -> tuple[Token, dict[str, Any]]:
    """The caller and its OA, which must be verified (-221) and on a package with articles (-224)."""
    token = caller(world, request)
    oa = world.register.settings(ZALO, "oa", token.account)
    if not oa["is_verified"]:
        refuse(-221)
    if not oa["package_allows_articles"]:
        refuse(-224)
    return token, oa


def check_query(world: World, request: Request, *allowed: str) -> None:
    """Refuse a query parameter the call does not have."""
    known = {*allowed} | ({"access_token"} if world.options.lenient_token else set())
    for name in request.query:
        if name not in known:
            refuse(-201, f"{name} is invalid", finding=f"Tham số lạ: {name}.")


def json_body(request: Request) -> dict[str, Any]:
    """The JSON object in the body, sent as JSON."""
    if request.content_type != "application/json":
        refuse(-201, "Content-Type must be application/json", finding="Sai Content-Type.")
    if not isinstance(request.json, dict):
        refuse(-201, "Body data is invalid", finding="Thân yêu cầu không phải JSON.")
    return request.json


def account_of(world: World, request: Request) -> str:
    """The OA a call is about: by its token or its grant."""
    if token := world.register.token(ZALO, request.headers.get("access_token") or "", "access"):
        return token.account
    if grant := world.register.token(ZALO, request.params.get("refresh_token", ""), "refresh"):
        return grant.account
    return ""


def gate(world: World, request: Request) -> None:
    """Count the call against the app's minute, tell the rest in headers, refuse above it (-32); likewise against the
    OA's own minute, when it has a limit. The two refusals differ only in their words."""
    if not request.path.startswith("/zalo/") or not request.account:
        return
    app = str(world.register.settings(ZALO, "oa", request.account)["app_id"])
    limit = int(world.register.settings(ZALO, "app", app)["calls_per_minute"])
    minute = int(world.now() // 60)
    used = world.store.count(f"zalo:calls:{app}:{minute}")
    request.reply_headers["X-RateLimit-Limit"] = str(limit)
    request.reply_headers["X-RateLimit-Remain"] = str(max(0, limit - used))
    if used > limit:
        refuse(-32)
    own = int(world.register.settings(ZALO, "oa", request.account)["calls_per_minute"])
    if own and world.store.count(f"zalo:oa-calls:{request.account}:{minute}") > own:
        refuse(-32, "Your OA reached limit call api")
