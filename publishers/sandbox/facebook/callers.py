"""Who is calling Facebook: the token in the header, its rights, and the limits on calls."""

import hashlib
import hmac
import json
from typing import NoReturn

from publishers.sandbox.accounts import Token
from publishers.sandbox.facebook.envelope import refuse, rupload_reply
from publishers.sandbox.replies import Refusal
from publishers.sandbox.request import Request
from publishers.sandbox.routing import FACEBOOK
from publishers.sandbox.world import World

USER = "100000000000900"
_LOOSE = "Mã truy cập phải nằm ở tiêu đề Authorization, không nằm trong địa chỉ hay biểu mẫu."
_DEATHS = {
    "458": "The user has not authorized application.",
    "460": "The session has been invalidated because the user changed the password.",
    "463": "Session has expired.",
    "467": "The access token is invalid since the user has logged out.",
    "492": "The user is no longer an admin of the Page.",
}


def token_value(world: World, request: Request) -> str:
    """The bearer token of the call; refuses one in the address or the form unless told to be lenient."""
    scheme, _, value = (request.headers.get("Authorization") or "").partition(" ")
    loose = request.params.get("access_token")
    if loose is not None and not request.op.startswith("reels.upload"):
        if not world.options.lenient_token:
            refuse(world, 104, "An access token is required to request this resource.", finding=_LOOSE)
        return value or loose
    wanted = "oauth" if request.op == "reels.upload" else "bearer"
    if not value or scheme.lower() != wanted:
        finding = (
            f"Cần tiêu đề Authorization: {wanted.title() if wanted == 'bearer' else 'OAuth'}."
            if value
            else ""
        )
        if request.op == "reels.upload":
            raise Refusal(
                rupload_reply("NotAuthorizedError", "Missing or malformed OAuth token", status=401), finding
            )
        refuse(world, 104, "An access token is required to request this resource.", http=400, finding=finding)
    return value.strip()


def caller(world: World, request: Request) -> Token:
    """The living token of the call. Refuses with 190 and the subcode of its death otherwise."""
    value = token_value(world, request)
    token = world.register.token(FACEBOOK, value, "access", "user")
    if token is None:
        refuse_token(world, request, "", "Invalid OAuth access token - Cannot parse access token")
    if not token.lives(world.now()):
        reason = token.dead or "463"
        refuse_token(
            world,
            request,
            reason,
            f"Error validating access token: {_DEATHS.get(reason, 'The session is invalid.')}",
        )
    check_proof(world, request, token)
    return token


def refuse_token(world: World, request: Request, subcode: str, message: str) -> NoReturn:
    """Code 190 in the envelope of the host that was asked."""
    if request.op == "reels.upload":
        raise Refusal(rupload_reply("NotAuthorizedError", message, status=401))
    refuse(world, 190, message, subcode=int(subcode) if subcode.isdigit() else None)


def check_proof(world: World, request: Request, token: Token) -> None:
    """Check ``appsecret_proof`` when it is sent, and refuse its absence when the app demands it."""
    app = app_of(world, token)
    proof = request.params.get("appsecret_proof")
    secret = world.register.secret_of(FACEBOOK, app)
    if proof is None:
        if (
            world.register.settings(FACEBOOK, "app", app)["require_appsecret_proof"]
            and request.op != "reels.upload"
        ):
            refuse(
                world,
                100,
                "API calls from the server require an appsecret_proof argument",
                kind="GraphMethodException",
            )
        return
    wanted = hmac.new((secret or "").encode(), token.value.encode(), hashlib.sha256).hexdigest()
    if secret is None or not hmac.compare_digest(proof, wanted):
        refuse(
            world, 100, "Invalid appsecret_proof provided in the API argument", kind="GraphMethodException"
        )


def app_of(world: World, token: Token) -> str:
    """The id of the app a token was issued to."""
    if token.kind == "user":
        return str(token.extra.get("app", ""))
    return str(world.register.settings(FACEBOOK, "page", token.account)["app_id"])


def page_caller(world: World, request: Request, page: str, *scopes: str) -> Token:
    """The token of ``page`` itself with every scope asked for; refuses 100/33 and 200 otherwise."""
    token = caller(world, request)
    if world.register.get(FACEBOOK, "page", page) is None:
        from_message = f"Object with ID '{page}' does not exist, cannot be loaded due to missing permissions"
        refuse(world, 100, f"Unsupported post request. {from_message}, or does not support this operation.", subcode=33,
               kind="GraphMethodException")  # fmt: skip
    if token.kind != "access" or token.account != page:
        refuse(world, 200, "(#200) The token does not belong to this Page.", http=403)
    check_scopes(world, page, *scopes)
    return token


def check_scopes(world: World, page: str, *scopes: str) -> None:
    """Refuse with code 200 when the page's grant lacks one of ``scopes``."""
    granted = world.register.settings(FACEBOOK, "page", page)["scopes"]
    for scope in scopes:
        if scope not in granted:
            refuse(world, 200, f"(#200) Requires {scope} permission to manage the object.", http=403)
    if "pages_manage_posts" in scopes:
        _check_standing(world, page)


def _check_standing(world: World, page: str) -> None:
    """Refuse to publish for a person without the task (10), and on a Page that has not been authorised (1404078)."""
    settings = world.register.settings(FACEBOOK, "page", page)
    if "CREATE_CONTENT" not in settings["tasks"]:
        refuse(world, 10, "(#10) This endpoint requires the CREATE_CONTENT task on the Page.", http=403)
    if not settings["publishing_authorised"]:
        refuse(
            world,
            200,
            "(#200) The Page must complete Page Publishing Authorization.",
            subcode=1404078,
            http=403,
        )


def check_params(world: World, request: Request, *allowed: str) -> None:
    """Refuse any parameter the contract does not know for this call, and one that is given twice."""
    known = {*allowed, "fields", "appsecret_proof"} | (
        {"access_token"} if world.options.lenient_token else set()
    )
    for name in [*request.params, *request.files]:
        if name not in known:
            refuse(world, 100, f"(#100) Unexpected parameter: {name}", finding=f"Tham số lạ: {name}.")
    if request.repeated:
        refuse(
            world, 100, f"(#100) Parameter {request.repeated[0]} given twice", finding="Tham số gửi hai lần."
        )


# -- the frame's hooks ------------------------------------------------------------------------


def account_of(world: World, request: Request) -> str:
    """The page a call is about, for rules that name an account."""
    if request.args and world.register.get(FACEBOOK, "page", request.args[0]):
        return request.args[0]
    value = (request.headers.get("Authorization") or "").partition(" ")[2].strip()
    token = world.register.token(FACEBOOK, value, "access")
    return token.account if token else ""


def gate(world: World, request: Request) -> None:
    """Count the call against the page's daily budget, write the usage header, refuse above it (80001)."""
    page = world.register.get(FACEBOOK, "page", request.account)
    if page is None or not request.path.startswith(("/graph/", "/graph-video/")):
        return
    _gate_app(world, request, str(page["app_id"]))
    hour = int(world.now() // 3600)
    world.store.count(f"fb:calls:{request.account}:{hour}")
    used = sum(
        world.store.counted(f"fb:calls:{request.account}:{h}") for h in _hours(world, request.account, hour)
    )
    percent = min(100, int(100 * used / max(1, page["calls_per_day"])))
    if percent < 10:
        return
    exceeded = used > page["calls_per_day"]
    minutes = 60 - int(world.now() % 3600 // 60) if exceeded else 0
    usage = {"type": "pages", "call_count": percent, "total_cputime": percent // 4, "total_time": percent // 4,
             "estimated_time_to_regain_access": minutes}  # fmt: skip
    request.reply_headers["X-Business-Use-Case-Usage"] = json.dumps({request.account: [usage]})
    request.reply_headers.setdefault("X-App-Usage", _app_usage(percent // 10))
    if exceeded:
        refuse(world, 80001, "(#80001) There have been too many calls to this Page account. Wait a bit and try again.",
               subcode=2446079)  # fmt: skip


def _gate_app(world: World, request: Request, app: str) -> None:
    """Count the call against the app's hour, when it has a budget; refuse above it (4), which stops every Page."""
    budget = int(world.register.settings(FACEBOOK, "app", app)["calls_per_hour"])
    if not budget:
        return
    used = world.store.count(f"fb:app-calls:{app}:{int(world.now() // 3600)}")
    request.reply_headers["X-App-Usage"] = _app_usage(min(100, int(100 * used / budget)))
    if used > budget:
        refuse(world, 4, "(#4) Application request limit reached", transient=True)


def _app_usage(percent: int) -> str:
    return json.dumps({"call_count": percent, "total_cputime": percent // 4, "total_time": percent // 4})


def _hours(world: World, page: str, hour: int) -> list[int]:
    """The hours of the last day in which the page was called at all (kept short for speed)."""
    found = world.store.rows(
        "SELECT key FROM counters WHERE key > ? AND key <= ?",
        f"fb:calls:{page}:{hour - 24}",
        f"fb:calls:{page}:{hour}",
    )
    return [int(key.rsplit(":", 1)[1]) for (key,) in found]
