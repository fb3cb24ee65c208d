"""Facebook's error envelope and the refusals that many operations share."""

from typing import Any, NoReturn

from publishers.sandbox.replies import Refusal, Reply
from publishers.sandbox.request import Request
from publishers.sandbox.world import World


def error_body(
    world: World, code: int, message: str, *, subcode: int | None = None, kind: str = "OAuthException",
    transient: bool = False, data: Any = None, title: str = "", text: str = "",
) -> dict[str, Any]:  # fmt: skip
    """The ``{"error": …}`` document."""
    error: dict[str, Any] = {"message": message, "type": kind, "code": code}
    if subcode is not None:
        error["error_subcode"] = subcode
    error["is_transient"] = transient
    if title:
        error["error_user_title"] = title
    if text:
        error["error_user_msg"] = text
    if data is not None:
        error["error_data"] = data
    error["fbtrace_id"] = world.ids.trace()
    return {"error": error}


def refuse(
    world: World, code: int, message: str, *, subcode: int | None = None, http: int = 400,
    kind: str = "OAuthException", transient: bool = False, data: Any = None, title: str = "", text: str = "",
    finding: str = "", headers: dict[str, str] | None = None,
) -> NoReturn:  # fmt: skip
    """Raise a Refusal with Facebook's envelope."""
    body = error_body(world, code, message, subcode=subcode, kind=kind, transient=transient, data=data, title=title,
                      text=text)  # fmt: skip
    raise Refusal(Reply.json(body, status=http, headers=headers), finding)


def refuse_missing(world: World, id_: str, method: str = "get") -> NoReturn:
    """Code 100, subcode 33: the object does not exist or the caller may not see it."""
    refuse(
        world, 100, f"Unsupported {method} request. Object with ID '{id_}' does not exist, cannot be loaded due to"
        " missing permissions, or does not support this operation.", subcode=33, kind="GraphMethodException",
    )  # fmt: skip


def refuse_param(world: World, message: str, *, subcode: int | None = None, finding: str = "") -> NoReturn:
    """Code 100: a parameter is wrong."""
    refuse(world, 100, f"(#100) {message}", subcode=subcode, finding=finding)


def rupload_reply(kind: str, message: str, *, retriable: bool = False, status: int = 400) -> Reply:
    """The other envelope, spoken only by the reel upload host."""
    return Reply.json(
        {"debug_info": {"retriable": retriable, "type": kind, "message": message}}, status=status
    )


def error_reply(world: World, request: Request, error: dict[str, Any]) -> Reply:
    """The answer a rule asks for: ``code, subcode, message, http, type, transient, error_data, headers``."""
    headers = {str(k): str(v) for k, v in (error.get("headers") or {}).items()}
    if request.op == "reels.upload":
        reply = rupload_reply(
            str(error.get("type", "ProcessingFailedError")), str(error.get("message", "Request processing failed")),
            retriable=bool(error.get("transient", True)), status=int(error.get("http", 500)),
        )  # fmt: skip
        reply.headers.update(headers)
        return reply
    http = int(error.get("http", 500 if error.get("code", 1) in (1, 2) else 400))
    code = int(error.get("code", 2 if http >= 500 else 100))
    body = error_body(
        world, code, str(error.get("message", _MESSAGES.get(code, "An unknown error occurred"))),
        subcode=error.get("subcode"), kind=str(error.get("type", "OAuthException")),
        transient=bool(error.get("transient", code in (1, 2))), data=error.get("error_data"),
    )  # fmt: skip
    return Reply.json(body, status=http, headers=headers)


def unknown_path(world: World, request: Request) -> Reply:
    """Facebook's answer to a path or method nobody serves."""
    refuse(
        world,
        2500,
        f"Unknown path components: {request.path}",
        finding="Địa chỉ hoặc phương thức không có trong hợp đồng.",
    )


_MESSAGES = {
    1: "An unknown error occurred",
    2: "An unexpected error has occurred. Please retry your request later.",
    4: "(#4) Application request limit reached",
    10: "(#10) Application does not have permission for this action",
    32: "(#32) Page request limit reached",
    190: "Error validating access token: The session is invalid.",
    200: "(#200) Permissions error",
    368: "The action attempted has been deemed abusive or is otherwise disallowed",
    506: "Duplicate status message",
    80001: "(#80001) There have been too many calls to this Page account.",
}
