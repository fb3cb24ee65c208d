"""From a request to an outcome: find the operation, apply the rules, commit, then spoil the answer."""

import sys
import time
import traceback
from dataclasses import dataclass

from publishers.sandbox import control, training, wall
from publishers.sandbox.faults import BEFORE, Trouble
from publishers.sandbox.multipart import BrokenMultipart
from publishers.sandbox.replies import Refusal, Reply
from publishers.sandbox.request import Request
from publishers.sandbox.routing import CATALOGUE, Platform
from publishers.sandbox.world import World

HTML_502 = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n"
    "</body>\r\n</html>\r\n"
)


@dataclass
class Outcome:
    """What the wire should carry: ``reply`` (None: hang up), after ``stall`` seconds of silence."""

    reply: Reply | None
    stall: float = 0.0
    cut: bool = False
    slow: float = 0.0


def answer(world: World, request: Request) -> Outcome:
    """Serve one request completely. Never raises."""
    try:
        if request.path.startswith("/__sandbox/"):
            return Outcome(control.answer(world, request))
        if training.serves(request.path):
            return Outcome(training.answer(world, request))
        if wall.serves(request.path):
            return Outcome(wall.answer(world, request))
        platform = CATALOGUE.platform_of(request.path)
        if platform is None:
            return Outcome(Reply.json({"message": "Không có nền tảng nào ở địa chỉ này."}, status=404))
        try:
            return _answer_platform(world, request, platform)
        except BrokenMultipart:
            return _broken_body(world, request, platform)
    except Exception:
        if world.closed:
            return Outcome(None)
        traceback.print_exc(file=sys.stderr)
        return Outcome(Reply.json({"message": "Sân tập gặp lỗi của chính nó; xem nhật ký."}, status=500))


def _answer_platform(world: World, request: Request, platform: Platform) -> Outcome:
    if world.latency_seconds:
        time.sleep(world.latency_seconds)
    request.platform = platform.name
    found = CATALOGUE.find(request.method, request.path)
    if found is not None:
        request.args, request.op = found[1], found[0].op_of(request)
    if request.body.truncated and not (found and found[0].partial):
        return Outcome(None)
    with world.transaction():
        request.account = platform.account_of(world, request)
        trouble = world.faults.meet(request) if world.faults.rules else Trouble()
    if trouble.delay:
        time.sleep(trouble.delay)
    if trouble.action in BEFORE:
        return _refuse_before(world, request, platform, trouble)
    if found is not None and found[0].prepare is not None:
        request.fetched = found[0].prepare(world, request)
    with world.transaction():
        finding = ""
        try:
            platform.gate(world, request)
            reply = found[0].answer(world, request) if found else platform.unknown_path(world, request)
        except Refusal as refusal:
            reply, finding = refusal.reply, refusal.finding
        reply.headers.update(request.reply_headers)
        world.recorder.record(request, reply.status, world.now(), finding=finding, fault=trouble.action)
    if request.body.truncated:
        return Outcome(None)
    return _spoil(world, request, platform, trouble, reply)


def _broken_body(world: World, request: Request, platform: Platform) -> Outcome:
    """A multipart body that is cut or has no boundary: the platform's word for a bad parameter."""
    wrong = {"code": 100, "reason": "parseError", "error": -201, "message": "The multipart body is not valid"}
    with world.transaction():
        reply = platform.error_reply(
            world, request, {**wrong, "http": 200 if platform.name == "zalo" else 400}
        )
        world.recorder.record(
            request, reply.status, world.now(), finding="Thân multipart bị cắt hoặc sai ranh giới."
        )
    return Outcome(reply)


def _refuse_before(world: World, request: Request, platform: Platform, trouble: Trouble) -> Outcome:
    rule, outcome = trouble.rule, Outcome(None)
    with world.transaction():
        if trouble.action == "error":
            outcome.reply = platform.error_reply(world, request, rule["error"])
        elif trouble.action == "status":
            outcome.reply = platform.error_reply(
                world, request, {**rule.get("error", {}), "http": rule.get("status", 500)}
            )
        elif trouble.action == "html_502":
            outcome.reply = Reply.html(HTML_502, status=502)
        elif trouble.action == "timeout_before":
            outcome.stall = trouble.seconds
        status = outcome.reply.status if outcome.reply else 0
        world.recorder.record(request, status, world.now(), fault=trouble.action)
    return outcome


def _spoil(world: World, request: Request, platform: Platform, trouble: Trouble, reply: Reply) -> Outcome:
    match trouble.action:
        case "drop_after":
            return Outcome(None)
        case "timeout_after":
            return Outcome(None, stall=trouble.seconds)
        case "error_after":
            with world.transaction():
                return Outcome(platform.error_reply(world, request, trouble.rule["error"]))
        case "html_502_after":
            return Outcome(Reply.html(HTML_502, status=502))
        case "empty_200":
            return Outcome(Reply(200, b"", reply.content_type))
        case "no_content_type":
            reply.content_type = None
        case "cut_body":
            return Outcome(reply, cut=True)
        case "slow_body":
            return Outcome(reply, slow=float(trouble.rule.get("seconds", 5)))
    return Outcome(reply)
