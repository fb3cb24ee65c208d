"""Facebook Login: the dialog, token exchange, the user's Pages, and the token's health."""

import hmac
from typing import Any

from publishers.sandbox import consent
from publishers.sandbox.accounts import Token
from publishers.sandbox.facebook.callers import USER, app_of, caller, check_params, token_value
from publishers.sandbox.facebook.envelope import refuse
from publishers.sandbox.facebook.fields import project
from publishers.sandbox.replies import Reply
from publishers.sandbox.request import Request
from publishers.sandbox.routing import FACEBOOK, operation
from publishers.sandbox.world import World

SHORT_SECONDS = 3600
LONG_SECONDS = 59 * 24 * 3600


@operation(FACEBOOK, "login.dialog", "GET", "/facebook-www/dialog/oauth")
def dialog(world: World, request: Request) -> Reply:
    """Ask the person; send the browser back with ``code`` and ``state``."""
    query = request.query
    app = world.register.get(FACEBOOK, "app", query.get("client_id", ""))
    if app is None or not consent.redirect_allowed(query.get("redirect_uri", ""), app["redirect_uris"]):
        return consent.problem("Ứng dụng hoặc địa chỉ quay lại không hợp lệ.")
    state = {"state": query["state"]} if "state" in query else {}
    match query.get("chon"):
        case None:
            return consent.page(
                request, f"Cho phép “{app['name']}” quản lý các Trang", [(USER, "Quản trị viên kênh")]
            )
        case "tu-choi":
            refused = {"error": "access_denied", "error_reason": "user_denied"}
            return consent.send_back(query["redirect_uri"], {**refused, **state})
    code = consent.grant_code(world, FACEBOOK, USER, app=app["id"], redirect=query["redirect_uri"])
    return consent.send_back(query["redirect_uri"], {"code": code, **state})


def _exchange_op(request: Request) -> str:
    return "token.extend" if request.params.get("grant_type") == "fb_exchange_token" else "token.exchange"


@operation(FACEBOOK, "token.exchange", "GET", "/graph/oauth/access_token", refine=_exchange_op)
@operation(FACEBOOK, "token.exchange", "POST", "/graph/oauth/access_token", refine=_exchange_op)
def exchange(world: World, request: Request) -> Reply:
    """A code, or a short user token, for a user token."""
    params = request.params
    app = params.get("client_id", "")
    secret = world.register.secret_of(FACEBOOK, app)
    if secret is None:
        refuse(world, 101, "Error validating application. Cannot get application info due to a system error.")
    if not hmac.compare_digest(params.get("client_secret", "").encode(), secret.encode()):
        refuse(world, 1, "Error validating client secret.", http=400)
    if params.get("grant_type") == "fb_exchange_token":
        check_params(world, request, "grant_type", "client_id", "client_secret", "fb_exchange_token")
        old = world.register.token(FACEBOOK, params.get("fb_exchange_token", ""), "user")
        if old is None or not old.lives(world.now()):
            refuse(world, 190, "Error validating access token: Session has expired.", subcode=463)
        return _user_token(world, app, LONG_SECONDS)
    if params.get("grant_type") == "client_credentials":
        return Reply.json({"access_token": f"{app}|{secret}", "token_type": "bearer"})
    check_params(world, request, "client_id", "client_secret", "redirect_uri", "code", "grant_type")
    code = world.register.token(FACEBOOK, params.get("code", ""), "code")
    if code is None or not code.lives(world.now()) or code.extra.get("app") != app:
        refuse(world, 100, "This authorization code has been used or has expired.", subcode=36009)
    if code.extra.get("redirect") != params.get("redirect_uri"):
        refuse(
            world,
            100,
            "Error validating verification code. The redirect_uri must be identical.",
            subcode=36008,
        )
    world.register.kill(code, "used")
    return _user_token(world, app, SHORT_SECONDS)


def _user_token(world: World, app: str, seconds: int) -> Reply:
    value = world.ids.secret("user-token", app)
    world.register.issue(Token(FACEBOOK, value, "user", USER, world.now() + seconds, extra={"app": app}))
    return Reply.json({"access_token": value, "token_type": "bearer", "expires_in": seconds})


@operation(FACEBOOK, "accounts.list", "GET", "/graph/me/accounts")
def accounts(world: World, request: Request) -> Reply:
    """The Pages a person may act for, with a living token for each."""
    token = caller(world, request)
    check_params(world, request, "limit", "after")
    pages = [
        p
        for p in world.register.of_kind(FACEBOOK, "page")
        if token.kind == "user" or p["id"] == token.account
    ]
    limit, after = request.params.get("limit", "25"), request.params.get("after", "0")
    if not limit.isdigit() or not 0 < int(limit) <= 100 or not after.isdigit():
        refuse(world, 100, "(#100) Param limit must be between 1 and 100")
    chosen = pages[int(after) : int(after) + int(limit)]
    nodes = [_page_node(world, page, page["app_id"] == app_of(world, token)) for page in chosen]
    default = "access_token,category,name,id,tasks"
    body: dict[str, Any] = {
        "data": [project(world, n, request.params.get("fields"), default, "Page") for n in nodes]
    }
    body["paging"] = {"cursors": {"before": after, "after": str(int(after) + len(chosen))}}
    if int(after) + len(chosen) < len(pages):
        body["paging"]["next"] = (
            f"{request.base}{request.path}?limit={limit}&after={int(after) + len(chosen)}"
        )
    return Reply.json(body)


def _page_node(world: World, page: dict[str, Any], same_app: bool) -> dict[str, Any]:
    living = [t for t in world.register.tokens_of(FACEBOOK, page["id"], "access") if t.lives(world.now())]
    if not living and same_app:
        value = world.ids.secret("page-token", page["id"])
        living = [world.register.issue(Token(FACEBOOK, value, "access", page["id"]))]
    return {"id": page["id"], "name": page["name"], "category": page["category"], "tasks": page["tasks"],
            "access_token": living[-1].value if living else None, "username": page["username"] or None,
            "link": None}  # fmt: skip


@operation(FACEBOOK, "token.debug", "POST", "/graph/debug_token")
def debug_by_form(world: World, request: Request) -> Reply:
    """The same reading with its token in the body: a POST that says which method it stands for."""
    if request.params.get("method", "").lower() != "get":
        refuse(world, 100, "Unsupported post request.", kind="GraphMethodException", subcode=33)
    return debug(world, request)


@operation(FACEBOOK, "token.debug", "GET", "/graph/debug_token")
def debug(world: World, request: Request) -> Reply:
    """Whether ``input_token`` works, for how long, for whom; asked with the app's own token."""
    app, _, secret = token_value(world, request).partition("|")
    known = world.register.secret_of(FACEBOOK, app)
    if known is None or not hmac.compare_digest(secret.encode(), known.encode()):
        refuse(world, 190, "Invalid OAuth access token signature.")
    check_params(world, request, "input_token", *(["method"] if request.method == "POST" else []))
    token = world.register.token(FACEBOOK, request.params.get("input_token", ""), "access", "user")
    if token is None or app_of(world, token) != app:
        wrong = {"code": 190, "message": "The access token could not be decrypted"}
        return Reply.json({"data": {"is_valid": False, "scopes": [], "error": wrong}})
    page = world.register.settings(FACEBOOK, "page", token.account)
    data: dict[str, Any] = {
        "app_id": app, "type": "PAGE" if token.kind == "access" else "USER", "is_valid": token.lives(world.now()),
        "application": world.register.settings(FACEBOOK, "app", app)["name"], "expires_at": int(token.expires_at),
        "data_access_expires_at": int(page["data_access_expires_at"]), "scopes": page["scopes"], "user_id": USER,
        "issued_at": 0,
    }  # fmt: skip
    if token.kind == "access":
        data["profile_id"] = token.account
    if not data["is_valid"]:
        subcode = int(token.dead) if token.dead.isdigit() else 463
        data["error"] = {"code": 190, "subcode": subcode, "message": "Error validating access token"}
    return Reply.json({"data": data})
