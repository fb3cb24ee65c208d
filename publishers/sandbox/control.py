"""The sandbox's own addresses under ``/__sandbox/``: for tests, the demo and trainers, not for adapters."""

from collections.abc import Callable
from typing import Any

from publishers.sandbox import native, serving
from publishers.sandbox.accounts import DEFAULT_KIND, BadAccount
from publishers.sandbox.clock import parse_moment, rfc3339
from publishers.sandbox.faults import BadRule
from publishers.sandbox.replies import Reply
from publishers.sandbox.request import Request
from publishers.sandbox.world import World
from publishers.sandbox.youtube import quota

Control = Callable[[World, Request], Reply]


class BadControl(ValueError):
    """A control call that makes no sense; the text is a Vietnamese sentence."""


def answer(world: World, request: Request) -> Reply:
    """Serve one control call; 400 with a Vietnamese sentence when it makes no sense."""
    name, _, rest = request.path.removeprefix("/__sandbox/").partition("/")
    if name == "media" and request.method in ("GET", "HEAD"):
        return serving.media(world, request, rest)
    call = _CALLS.get((request.method, name))
    if call is None:
        return _problem("Không có lệnh điều khiển này.", 404)
    try:
        return call(world, request)
    except (BadAccount, BadRule, BadControl, native.BadNative) as problem:
        return _problem(str(problem), 400)


def _problem(sentence: str, status: int) -> Reply:
    return Reply.json({"error": sentence}, status=status)


def _document(request: Request) -> dict[str, Any]:
    if not isinstance(request.json, dict):
        raise BadControl("Thân yêu cầu phải là một đối tượng JSON.")
    return request.json


def _number(request: Request, name: str, default: int) -> int:
    text = request.query.get(name, str(default))
    if not text.isdigit():
        raise BadControl(f"Tham số “{name}” phải là số không âm.")
    return int(text)


# -- accounts and tokens ----------------------------------------------------------------------


def _add_accounts(world: World, request: Request) -> Reply:
    documents = request.json if isinstance(request.json, list) else [_document(request)]
    with world.transaction():
        saved = [world.register.upsert(document, world.now()) for document in documents]
    return Reply.json(saved if isinstance(request.json, list) else saved[0])


def _list_accounts(world: World, request: Request) -> Reply:
    wanted = request.query.get("platform", "")
    with world.transaction():
        accounts = [
            {"platform": platform, "kind": kind, **data}
            for (platform, kind, _), data in sorted(world.register.accounts.items())
            if wanted in ("", platform)
        ]
    return Reply.json(accounts)


def _change_tokens(world: World, request: Request) -> Reply:
    document = _document(request)
    platform, account = str(document.get("platform", "")), str(document.get("account", ""))
    kinds = {"access": ("access",), "refresh": ("refresh",), "all": ("access", "refresh")}.get(
        document.get("which", "access")
    )
    if platform not in DEFAULT_KIND or kinds is None or document.get("action") not in ("expire", "revoke"):
        raise BadControl(
            "Cần platform, account, action là expire hoặc revoke, which là access, refresh hoặc all."
        )
    reason = str(document.get("subcode", "463" if document["action"] == "expire" else "460"))
    with world.transaction():
        living = [t for t in world.register.tokens_of(platform, account, *kinds) if t.lives(world.now())]
        for token in living:
            world.register.kill(token, reason)
    return Reply.json({"changed": len(living)})


def _quota(world: World, request: Request) -> Reply:
    with world.transaction():
        projects = sorted({c["project"] for c in world.register.of_kind("youtube", "channel")})
        return Reply.json({project: quota.used(world, project) for project in projects})


# -- ledger -----------------------------------------------------------------------------------


def _effects(world: World, request: Request) -> Reply:
    query = request.query
    live = {"": None, "true": True, "false": False}.get(query.get("live", ""))
    with world.transaction():
        rows = world.ledger.effects(
            request.base, platform=query.get("platform", ""), account=query.get("account", ""), kind=query.get("kind", ""),
            live=live, after=_number(request, "after", 0), secondary=query.get("secondary") == "true",
        )  # fmt: skip
    return Reply.json(rows)


def _duplicates(world: World, request: Request) -> Reply:
    with world.transaction():
        return Reply.json(world.ledger.duplicates(request.base))


def _native(world: World, request: Request) -> Reply:
    with world.transaction():
        return Reply.json(native.publish(world, _document(request)))


# -- faults, clock, records -------------------------------------------------------------------


def _add_rule(world: World, request: Request) -> Reply:
    with world.transaction():
        id_ = world.faults.add(_document(request))
    return Reply.json({"id": id_}, status=201)


def _list_rules(world: World, request: Request) -> Reply:
    with world.transaction():
        return Reply.json(world.faults.listing())


def _clear_rules(world: World, request: Request) -> Reply:
    rest = request.path.removeprefix("/__sandbox/rules").strip("/")
    if rest and not rest.isdigit():
        raise BadControl("Số của quy tắc không hợp lệ.")
    with world.transaction():
        world.faults.clear(int(rest) if rest else None)
    return Reply(204, b"", None)


def _set_clock(world: World, request: Request) -> Reply:
    document = _document(request)
    try:
        if "now" in document:
            moment = parse_moment(document["now"])
            with world.transaction():
                world.clock.set(moment)
                world.remember_clock()
        elif "advance_seconds" in document:
            seconds = float(document["advance_seconds"])
            with world.transaction():
                world.clock.advance(seconds)
                world.remember_clock()
        else:
            raise ValueError("empty")
    except (TypeError, ValueError) as problem:
        raise BadControl(
            "Đồng hồ cần now (ISO 8601 có múi giờ hoặc số giây) hoặc advance_seconds."
        ) from problem
    return _clock(world, request)


def _clock(world: World, request: Request) -> Reply:
    return Reply.json(
        {"now": rfc3339(world.now()), "timestamp": world.now(), "offset_seconds": world.clock.offset}
    )


def _set_latency(world: World, request: Request) -> Reply:
    wanted = _document(request).get("milliseconds")
    if not isinstance(wanted, int | float) or isinstance(wanted, bool) or not 0 <= wanted <= 60_000:
        raise BadControl("Độ trễ cần milliseconds, một số từ 0 đến 60000.")
    world.latency_seconds = wanted / 1000
    return Reply.json({"milliseconds": wanted})


def _reset(world: World, request: Request) -> Reply:
    world.reset()
    return Reply(204, b"", None)


def _requests(world: World, request: Request) -> Reply:
    query = request.query
    with world.transaction():
        lines = world.recorder.lines(
            after=_number(request, "after", 0), limit=_number(request, "limit", 1000), platform=query.get("platform", ""),
            op=query.get("op", ""), findings=query.get("findings") == "true",
        )  # fmt: skip
    return Reply.json(lines)


def _health(world: World, request: Request) -> Reply:
    with world.transaction():
        counts = {
            "accounts": len(world.register.accounts),
            "effects": world.store.rows("SELECT count(*) FROM effects")[0][0],
            "rules": len(world.faults.rules),
        }
    return Reply.json({"status": "ok", "now": rfc3339(world.now()), "seed": world.options.seed, **counts})


_CALLS: dict[tuple[str, str], Control] = {
    ("POST", "accounts"): _add_accounts,
    ("GET", "accounts"): _list_accounts,
    ("POST", "tokens"): _change_tokens,
    ("GET", "quota"): _quota,
    ("GET", "effects"): _effects,
    ("GET", "duplicates"): _duplicates,
    ("POST", "native"): _native,
    ("POST", "rules"): _add_rule,
    ("GET", "rules"): _list_rules,
    ("DELETE", "rules"): _clear_rules,
    ("POST", "clock"): _set_clock,
    ("GET", "clock"): _clock,
    ("POST", "latency"): _set_latency,
    ("POST", "reset"): _reset,
    ("GET", "requests"): _requests,
    ("GET", "health"): _health,
}
