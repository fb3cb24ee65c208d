"""Training mode (Chế độ tập huấn): a trainer chooses a bad day, watches the calls, and ends it. Plain forms, no script."""

from typing import Any

from publishers.sandbox import training_page
from publishers.sandbox.incidents import BY_NAME, PLATFORMS
from publishers.sandbox.replies import Reply
from publishers.sandbox.request import Request
from publishers.sandbox.world import World

ADDRESS = "/tuong/tap-huan"
_ACCOUNT_KIND = {"facebook": "page", "youtube": "channel", "zalo": "oa"}
#: How often an incident may happen before it ends by itself; 0 until somebody ends it.
TIMES = (1, 3, 10, 0)
#: How far the platforms' clock may be pushed at once, in seconds.
PUSHES = (60, 600, 3600, 86400)
_FOLLOWED = 25
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


def serves(path: str) -> bool:
    """True for the addresses of the training page."""
    return path.rstrip("/") == ADDRESS


def answer(world: World, request: Request) -> Reply:
    """The page, or the act that one of its forms asks for; afterwards the browser is sent back to the page."""
    if request.method in ("GET", "HEAD"):
        reply = _page(world)
    elif request.method != "POST":
        return Reply.json({"error": "Trang tập huấn chỉ nhận GET và POST."}, status=405)
    elif not _from_here(request):
        return Reply.json({"error": "Biểu mẫu phải được gửi từ chính trang tập huấn."}, status=403)
    else:
        problem = _act(world, request.fields)
        if not problem:
            return Reply(303, b"", "text/plain; charset=utf-8", {"Location": ADDRESS})
        reply = _page(world, problem, request.fields)
    reply.headers.update(_HEADERS)
    return reply


def _from_here(request: Request) -> bool:
    origin = request.headers.get("Origin")
    return origin in (None, request.base) and request.headers.get("Sec-Fetch-Site") in (
        None,
        "same-origin",
        "none",
    )


def _act(world: World, fields: dict[str, str]) -> str:
    """Do what the form asks; returns a Vietnamese sentence when it cannot be done."""
    match fields.get("viec"):
        case "bat-dau":
            return _begin(world, fields)
        case "dung":
            if not fields.get("so", "").isdigit():
                return "Không tìm thấy sự cố cần dừng. Vui lòng tải lại trang."
            with world.transaction():
                world.faults.clear(int(fields["so"]))
        case "dung-tat-ca":
            with world.transaction():
                world.faults.clear()
        case "tua":
            if fields.get("giay") not in [str(seconds) for seconds in PUSHES]:
                return "Vui lòng chọn thời gian tua trong danh sách."
            with world.transaction():
                world.clock.advance(float(fields["giay"]))
                world.remember_clock()
        case _:
            return "Không hiểu yêu cầu. Vui lòng dùng các nút trên trang này."
    return ""


def _begin(world: World, fields: dict[str, str]) -> str:
    incident = BY_NAME.get(fields.get("su-co", ""))
    if incident is None:
        return "Vui lòng chọn một sự cố."
    where, _, account = fields.get("noi", "").partition(":")
    if where not in (*PLATFORMS, "tat-ca") or (account and not _known(world, where, account)):
        return "Vui lòng chọn nền tảng hoặc kênh trong danh sách."
    times = fields.get("so-lan", "")
    if times not in [str(number) for number in TIMES]:
        return "Vui lòng chọn số lần xảy ra trong danh sách."
    with world.transaction():
        for platform in PLATFORMS if where == "tat-ca" else (where,):
            for rule in incident.rules(platform, account, int(times)):
                world.faults.add(rule)
    return ""


def _known(world: World, platform: str, account: str) -> bool:
    return (
        platform in _ACCOUNT_KIND
        and world.register.get(platform, _ACCOUNT_KIND[platform], account) is not None
    )


def _page(world: World, problem: str = "", chosen: dict[str, str] | None = None) -> Reply:
    with world.transaction():
        accounts = [
            (platform, str(data["id"]), str(data["name"] or data["id"]))
            for platform in PLATFORMS
            for data in world.register.of_kind(platform, _ACCOUNT_KIND[platform])
        ]
        rules, lines, now = named_rules(world), world.recorder.newest(_FOLLOWED), world.now()
    text = training_page.page(accounts, rules, lines, now, TIMES, PUSHES, problem, chosen or {})
    return Reply.html(text, status=400 if problem else 200)


def named_rules(world: World) -> list[dict[str, Any]]:
    """The rules in force, each with the name of the account it is about."""
    return [{**rule, "account_name": _name(world, rule)} for rule in world.faults.listing()]


def _name(world: World, rule: dict[str, Any]) -> str:
    platform, account = str(rule.get("platform") or ""), str(rule.get("account") or "")
    known = (
        world.register.get(platform, _ACCOUNT_KIND[platform], account) if platform in _ACCOUNT_KIND else None
    )
    return str(known["name"] or account) if known else account
