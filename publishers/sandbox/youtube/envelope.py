"""Google's error envelope."""

from typing import Any, NoReturn

from publishers.sandbox.replies import Refusal, Reply
from publishers.sandbox.request import Request
from publishers.sandbox.world import World

_STATUS = {400: "INVALID_ARGUMENT", 401: "UNAUTHENTICATED", 403: "PERMISSION_DENIED", 404: "NOT_FOUND", 409: "ALREADY_EXISTS",
           429: "RESOURCE_EXHAUSTED", 500: "INTERNAL", 503: "UNAVAILABLE"}  # fmt: skip
_REASON = {401: "authError", 403: "forbidden", 404: "notFound", 429: "rateLimitExceeded", 500: "backendError",
           503: "backendError"}  # fmt: skip


def error_body(reason: str, message: str, http: int, domain: str = "youtube.video") -> dict[str, Any]:
    """The ``{"error": …}`` document."""
    error = {
        "code": http,
        "message": message,
        "errors": [{"message": message, "domain": domain, "reason": reason}],
    }
    if http in _STATUS:
        error["status"] = _STATUS[http]
    return {"error": error}


def refuse(
    reason: str, message: str, http: int = 400, *, domain: str = "youtube.video", finding: str = "",
    headers: dict[str, str] | None = None,
) -> NoReturn:  # fmt: skip
    """Raise a Refusal with Google's envelope."""
    raise Refusal(
        Reply.json(error_body(reason, message, http, domain), status=http, headers=headers), finding
    )


def error_reply(world: World, request: Request, error: dict[str, Any]) -> Reply:
    """The answer a rule asks for: ``http, reason, message, domain, headers``; or a token error's ``body``."""
    http = int(error.get("http", 503 if "reason" not in error else 403))
    headers = {str(k): str(v) for k, v in (error.get("headers") or {}).items()}
    if isinstance(error.get("body"), dict):
        return Reply.json(error["body"], status=http, headers=headers)
    reason = str(error.get("reason", _REASON.get(http, "badRequest")))
    body = error_body(reason, str(error.get("message", reason)), http, str(error.get("domain", "global")))
    return Reply.json(body, status=http, headers=headers)


def unknown_path(world: World, request: Request) -> Reply:
    """Google's answer to a path or method nobody serves."""
    refuse(
        "notFound",
        "Not Found",
        404,
        domain="global",
        finding="Địa chỉ hoặc phương thức không có trong hợp đồng.",
    )
