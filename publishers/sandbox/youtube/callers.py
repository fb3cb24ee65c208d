"""Who is calling YouTube: the bearer token, its scopes, and the parameters a call may have."""

from typing import Any

from publishers.sandbox.accounts import Token
from publishers.sandbox.request import Request
from publishers.sandbox.routing import YOUTUBE
from publishers.sandbox.world import World
from publishers.sandbox.youtube.envelope import refuse

SCOPE = "https://www.googleapis.com/auth/"
ANY_WRITE = ("youtube", "youtube.force-ssl")
STANDARD_PARAMS = frozenset({"alt", "fields", "prettyPrint", "quotaUser", "key", "$.xgafv", "callback"})


def bearer(request: Request) -> str:
    """The value of the bearer header; empty when there is none."""
    scheme, _, value = (request.headers.get("Authorization") or "").partition(" ")
    return value.strip() if scheme.lower() == "bearer" else ""


def caller(world: World, request: Request, *scopes: str) -> Token:
    """The living token of the call with one of ``scopes``; refuses 401 and 403 otherwise."""
    value = bearer(request)
    loose = request.query.get("access_token") or request.query.get("oauth_token")
    if loose and world.options.lenient_token:
        value = value or loose
    elif loose or not value:
        refuse("required", "Login Required.", 401, domain="global",
               finding="Mã truy cập phải nằm ở tiêu đề Authorization: Bearer." if loose else "")  # fmt: skip
    token = world.register.token(YOUTUBE, value, "access")
    if token is None or not token.lives(world.now()):
        refuse("authError", "Request had invalid authentication credentials. Expected OAuth 2 access token.", 401,
               domain="global", headers={"WWW-Authenticate": 'Bearer realm="https://accounts.google.com/", error="invalid_token"'})  # fmt: skip
    granted = world.register.settings(YOUTUBE, "channel", token.account)["scopes"]
    if scopes and not any(SCOPE + scope in granted for scope in scopes):
        refuse(
            "insufficientPermissions", "Request had insufficient authentication scopes.", 403, domain="global"
        )
    if (
        not world.register.settings(YOUTUBE, "channel", token.account)["has_channel"]
        and "channels" not in request.op
    ):
        refuse("youtubeSignupRequired", "Unauthorized", 401, domain="youtube.header")
    return token


def check_params(request: Request, *allowed: str) -> None:
    """Refuse a query parameter the method does not have."""
    for name in request.query:
        if (
            name not in STANDARD_PARAMS
            and name not in allowed
            and name not in ("access_token", "oauth_token")
        ):
            refuse("badRequest", f'Invalid JSON payload received. Unknown name "{name}": Cannot bind query parameter.',
                   domain="global", finding=f"Tham số lạ: {name}.")  # fmt: skip


def parts(request: Request, known: frozenset[str]) -> list[str]:
    """The parts named in ``part``; refuses none and an unknown one."""
    text = request.query.get("part", "")
    if not text:
        refuse(
            "missingRequiredParameter",
            "No filter selected. Required parameter: part",
            domain="youtube.parameter",
        )
    chosen = [part.strip() for part in text.split(",")]
    for part in chosen:
        if part not in known:
            refuse("unknownPart", f"'{part}'", domain="youtube.part", finding=f"part lạ: {part}.")
    return chosen


def shape(value: Any, allowed: dict[str, Any], where: str = "") -> dict[str, Any]:
    """Check a JSON body against the names it may have, at every depth; refuses an unknown name."""
    if not isinstance(value, dict):
        refuse(
            "parseError",
            "Invalid JSON payload received.",
            domain="global",
            finding="Thân yêu cầu không phải JSON.",
        )
    for name, item in value.items():
        if name not in allowed:
            at = f" at '{where}'" if where else ""
            refuse("badRequest", f'Invalid JSON payload received. Unknown name "{name}"{at}: Cannot find field.',
                   domain="global", finding=f"Trường lạ: {name}.")  # fmt: skip
        if isinstance(allowed[name], dict):
            shape(item, allowed[name], name)
    return value


def account_of(world: World, request: Request) -> str:
    """The channel a call is about: by its token, its upload session, or its grant."""
    if token := world.register.token(YOUTUBE, bearer(request), "access"):
        return token.account
    if session := world.store.get(YOUTUBE, request.query.get("upload_id", ""), "session"):
        return session.account
    if request.op.startswith("token."):
        value = request.fields.get("refresh_token") or request.fields.get("token") or ""
        if grant := world.register.token(YOUTUBE, value, "refresh", "access"):
            return grant.account
    return ""


def gate(world: World, request: Request) -> None:
    """Google has no limit of its own before quota; see quota.spend."""
