"""Google's OAuth: the dialog, the token endpoint, revocation."""

import base64
import hashlib
import hmac
from typing import NoReturn

from publishers.sandbox import consent
from publishers.sandbox.accounts import Token
from publishers.sandbox.replies import Refusal, Reply
from publishers.sandbox.request import Request
from publishers.sandbox.routing import YOUTUBE, operation
from publishers.sandbox.world import World

ACCESS_SECONDS = 3599


@operation(
    YOUTUBE, "login.dialog", "GET", "/google-accounts/o/oauth2/v2/auth", "/google-accounts/o/oauth2/auth"
)
def dialog(world: World, request: Request) -> Reply:
    """Ask which channel; send the browser back with ``code`` and ``state``."""
    query = request.query
    client = world.register.get(YOUTUBE, "client", query.get("client_id", ""))
    if client is None or not consent.redirect_allowed(query.get("redirect_uri", ""), client["redirect_uris"]):
        return consent.problem("Ứng dụng hoặc địa chỉ quay lại không hợp lệ.")
    if query.get("response_type") != "code" or not query.get("scope"):
        return consent.problem("Thiếu response_type=code hoặc scope.")
    if query.get("code_challenge") and query.get("code_challenge_method") != "S256":
        return consent.problem("code_challenge_method phải là S256.")
    state = {"state": query["state"]} if "state" in query else {}
    match query.get("chon"):
        case None:
            channels = [(c["id"], c["name"] or c["id"]) for c in world.register.of_kind(YOUTUBE, "channel")]
            return consent.page(request, f"Cho phép “{client['name']}” quản lý kênh", channels)
        case "tu-choi":
            return consent.send_back(query["redirect_uri"], {"error": "access_denied", **state})
    if world.register.get(YOUTUBE, "channel", query["chon"]) is None:
        return consent.problem("Kênh này chưa được đăng ký.")
    code = consent.grant_code(
        world, YOUTUBE, query["chon"], client=client["id"], redirect=query["redirect_uri"], scope=query["scope"],
        challenge=query.get("code_challenge", ""), offline=query.get("access_type", ""), prompt=query.get("prompt", ""),
    )  # fmt: skip
    return consent.send_back(query["redirect_uri"], {"code": code, "scope": query["scope"], **state})


def _op_of(request: Request) -> str:
    return "token.refresh" if request.fields.get("grant_type") == "refresh_token" else "token.exchange"


@operation(YOUTUBE, "token.refresh", "POST", "/google-token", "/google-token/token", refine=_op_of)
def token(world: World, request: Request) -> Reply:
    """A refresh token, or a code, for an access token."""
    form = request.fields
    secret = world.register.secret_of(YOUTUBE, form.get("client_id", ""))
    if secret is None or not hmac.compare_digest(form.get("client_secret", "").encode(), secret.encode()):
        _refuse("invalid_client", "The OAuth client was not found or the secret is wrong.", 401)
    if form.get("grant_type") == "refresh_token":
        grant = world.register.token(YOUTUBE, form.get("refresh_token", ""), "refresh")
        if grant is None or not grant.lives(world.now()) or not _same_client(world, grant, form["client_id"]):
            _refuse("invalid_grant", "Token has been expired or revoked.")
        return _access(world, grant.account)
    if form.get("grant_type") != "authorization_code":
        _refuse("unsupported_grant_type", "Invalid grant_type.")
    return _exchange(world, form)


def _same_client(world: World, grant: Token, client: str) -> bool:
    bound = (
        grant.extra.get("client") or world.register.settings(YOUTUBE, "channel", grant.account)["client_id"]
    )
    return bound == client


def _exchange(world: World, form: dict[str, str]) -> Reply:
    code = world.register.token(YOUTUBE, form.get("code", ""), "code")
    if code is None or not code.lives(world.now()) or code.extra.get("client") != form["client_id"]:
        _refuse("invalid_grant", "Malformed auth code.")
    if code.extra.get("redirect") != form.get("redirect_uri"):
        _refuse("redirect_uri_mismatch", "Bad Request")
    challenge = code.extra.get("challenge")
    digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
    if challenge and challenge != base64.urlsafe_b64encode(digest).decode().rstrip("="):
        _refuse("invalid_grant", "Invalid code verifier.")
    world.register.kill(code, "used")
    first = not any(
        t.extra.get("consented") for t in world.register.tokens_of(YOUTUBE, code.account, "refresh")
    )
    wants = code.extra.get("offline") == "offline" and (first or code.extra.get("prompt") == "consent")
    return _access(world, code.account, refresh_for=form["client_id"] if wants else "")


def _access(world: World, channel: str, *, refresh_for: str = "") -> Reply:
    value = world.ids.secret("access", channel)
    world.register.issue(Token(YOUTUBE, value, "access", channel, world.now() + ACCESS_SECONDS))
    scope = " ".join(world.register.settings(YOUTUBE, "channel", channel)["scopes"])
    answer = {"access_token": value, "expires_in": ACCESS_SECONDS, "scope": scope, "token_type": "Bearer"}
    if refresh_for:
        fresh = world.ids.secret("refresh", channel)
        world.register.issue(
            Token(YOUTUBE, fresh, "refresh", channel, extra={"client": refresh_for, "consented": True})
        )
        answer["refresh_token"] = fresh
    return Reply.json(answer)


@operation(YOUTUBE, "token.revoke", "POST", "/google-token/revoke")
def revoke(world: World, request: Request) -> Reply:
    """End a grant; an access token takes its channel's refresh tokens with it."""
    value = request.params.get("token", "")
    found = world.register.token(YOUTUBE, value, "access", "refresh")
    if found is None or found.dead:
        _refuse("invalid_token", "Token expired or revoked")
    for other in world.register.tokens_of(YOUTUBE, found.account, "access", "refresh"):
        world.register.kill(other, "revoked")
    return Reply.json({})


def _refuse(error: str, description: str, http: int = 400) -> NoReturn:
    raise Refusal(Reply.json({"error": error, "error_description": description}, status=http))
