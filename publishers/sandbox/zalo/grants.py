"""OAuth v4 of Zalo: exchange and refresh, where every new pair kills the old one."""

import base64
import hashlib
import hmac

from publishers.sandbox.accounts import Token
from publishers.sandbox.replies import Reply
from publishers.sandbox.request import Request
from publishers.sandbox.routing import ZALO, operation
from publishers.sandbox.world import World
from publishers.sandbox.zalo.envelope import refuse_grant

ACCESS_SECONDS = 90_000
REFRESH_SECONDS = 90 * 24 * 3600


def _op_of(request: Request) -> str:
    return "token.refresh" if request.fields.get("grant_type") == "refresh_token" else "token.exchange"


@operation(ZALO, "token.refresh", "POST", "/zalo-oauth/v4/oa/access_token", refine=_op_of)
def token(world: World, request: Request) -> Reply:
    """Exchange a code or a refresh token for a new pair."""
    form = request.fields
    app = form.get("app_id", "")
    if request.content_type != "application/x-www-form-urlencoded":
        refuse_grant(-14001, "Invalid request", "Content-Type must be application/x-www-form-urlencoded")
    secret = world.register.secret_of(ZALO, app)
    if secret is None:
        refuse_grant(-14002, "Invalid app", "Application is inactive or app_id is invalid")
    if not hmac.compare_digest((request.headers.get("secret_key") or "").encode(), secret.encode()):
        refuse_grant(-14004, "Invalid secret key", "secret_key is invalid")
    match form.get("grant_type"):
        case "refresh_token":
            _only(form, "refresh_token", "app_id", "grant_type")
            return _refresh(world, form.get("refresh_token", ""), app)
        case "authorization_code":
            _only(form, "code", "app_id", "grant_type", "code_verifier")
            return _exchange(world, form, app)
    refuse_grant(-14005, "Invalid grant type", "grant_type is invalid")


def _only(form: dict[str, str], *allowed: str) -> None:
    for name in form:
        if name not in allowed:
            refuse_grant(-14001, "Invalid request", f"{name} is invalid")


def _refresh(world: World, value: str, app: str) -> Reply:
    grant = world.register.token(ZALO, value, "refresh")
    if grant is None:
        refuse_grant(-14014, "Invalid refresh token", "Refresh token is invalid")
    if grant.dead:
        refuse_grant(-14020, "Refresh token used", "Refresh token has been used or is expired")
    if not grant.lives(world.now()):
        refuse_grant(-14014, "Expired refresh token", "Refresh token is expired")
    if _app_of(world, grant.account) != app:
        refuse_grant(-14012, "Ownership", "Refresh token does not belong to this application")
    return _new_pair(world, grant.account)


def _exchange(world: World, form: dict[str, str], app: str) -> Reply:
    code = world.register.token(ZALO, form.get("code", ""), "code")
    if code is None or not code.lives(world.now()):
        refuse_grant(-14015, "Invalid code", "Authorization code is invalid, used or expired")
    if code.extra.get("app") != app:
        refuse_grant(-14012, "Ownership", "Authorization code does not belong to this application")
    challenge = code.extra.get("challenge")
    if challenge and challenge != challenge_of(form.get("code_verifier", "")):
        refuse_grant(-14016, "Invalid code verifier", "code_verifier does not match code_challenge")
    world.register.kill(code, "used")
    return _new_pair(world, code.account)


def _new_pair(world: World, oa: str) -> Reply:
    for old in world.register.tokens_of(ZALO, oa, "access", "refresh"):
        if not old.dead:
            world.register.kill(old, "rotated")
    now = world.now()
    access = Token(ZALO, world.ids.secret("access", oa), "access", oa, now + ACCESS_SECONDS)
    refresh = Token(ZALO, world.ids.secret("refresh", oa), "refresh", oa, now + REFRESH_SECONDS)
    world.register.issue(access)
    world.register.issue(refresh)
    return Reply.json(
        {"access_token": access.value, "refresh_token": refresh.value, "expires_in": str(ACCESS_SECONDS)}
    )


def challenge_of(verifier: str) -> str:
    """base64url(SHA-256(verifier)) without padding."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def _app_of(world: World, oa: str) -> str:
    return str(world.register.settings(ZALO, "oa", oa)["app_id"])
