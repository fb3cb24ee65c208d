"""Zalo's envelope: HTTP 200 even for refusals, the truth is in ``error``."""

from typing import Any, NoReturn

from publishers.sandbox.replies import Refusal, Reply
from publishers.sandbox.request import Request
from publishers.sandbox.world import World

MESSAGES = {
    -32: "Your application reached limit call api",
    -100: "Attachment id is invalid or expired",
    -200: "Upload media failed",
    -201: "Parameter is invalid",
    -204: "Official Account is disabled",
    -209: "This API is not supported or the path is wrong",
    -211: "Out of quota",
    -214: "Article is being processed",
    -216: "Access token is invalid",
    -220: "Access token is expired or removed",
    -221: "Official Account is not verified",
    -223: "Your OA has reach the limit quota create article",
    -224: "Official Account has not bought a package that allows this feature",
    -234: "This action is not allowed at night",
}


def success(data: Any) -> Reply:
    """``{"data": …, "error": 0, "message": "Success"}``."""
    return Reply.json({"data": data, "error": 0, "message": "Success"})


def refuse(code: int, message: str = "", *, http: int = 200, finding: str = "") -> NoReturn:
    """Raise a Refusal with Zalo's envelope."""
    raise Refusal(
        Reply.json({"error": code, "message": message or MESSAGES.get(code, "Error")}, status=http), finding
    )


def refuse_grant(code: int, name: str, reason: str) -> NoReturn:
    """Raise a Refusal in the words of the token endpoint; HTTP 200 all the same."""
    raise Refusal(grant_error(code, name, reason))


def grant_error(code: int, name: str, reason: str) -> Reply:
    """The token endpoint's error document."""
    return Reply.json(
        {"error": code, "error_name": name, "error_reason": reason, "error_description": reason,
         "ref_doc": "https://developers.zalo.me/docs/social-api/tham-khao/ma-loi"}
    )  # fmt: skip


def error_reply(world: World, request: Request, error: dict[str, Any]) -> Reply:
    """The answer a rule asks for: ``error`` (or ``code``), ``message``, ``http``, ``headers``."""
    http = int(error.get("http", 200))
    headers = {str(k): str(v) for k, v in (error.get("headers") or {}).items()}
    code = int(error.get("error", error.get("code", -32 if http == 200 else http)))
    if request.op.startswith("token."):
        reply = grant_error(code, str(error.get("error_name", "Error")), str(error.get("message", "Error")))
        reply.status = http
        reply.headers.update(headers)
        return reply
    return Reply.json(
        {"error": code, "message": str(error.get("message", MESSAGES.get(code, "Error")))},
        status=http,
        headers=headers,
    )


def unknown_path(world: World, request: Request) -> Reply:
    """Zalo's answer to a path or method nobody serves."""
    refuse(-209, f"This API {request.path.removeprefix('/zalo')} is not supported", http=404,
           finding="Địa chỉ hoặc phương thức không có trong hợp đồng.")  # fmt: skip
