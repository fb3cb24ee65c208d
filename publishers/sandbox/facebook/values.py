"""Reading parameter values as Facebook does: JSON lists, true/false, unix times."""

import json
from typing import Any

from publishers.sandbox.facebook.envelope import refuse, refuse_param
from publishers.sandbox.request import Request
from publishers.sandbox.world import World

MESSAGE_LIMIT = 63_206
SCHEDULE_SOONEST_SECONDS = 10 * 60
SCHEDULE_LATEST_SECONDS = 30 * 24 * 3600


def boolean(world: World, request: Request, name: str, default: bool) -> bool:
    """``true`` or ``false`` in lower case; anything else is refused (Python's ``False`` too)."""
    value = request.params.get(name)
    if value is None:
        return default
    if value not in ("true", "false"):
        refuse_param(world, f"Param {name} must be a boolean", finding=f"{name} phải là true hoặc false.")
    return value == "true"


def json_value(world: World, request: Request, name: str, kind: type) -> Any:
    """A parameter that must be a JSON list or object; None when absent."""
    text = request.params.get(name)
    if text is None:
        return None
    try:
        value = json.loads(text)
    except ValueError:
        value = None
    if not isinstance(value, kind):
        word = "an array" if kind is list else "a JSON object"
        refuse_param(world, f"Param {name} must be {word}.", finding=f"{name} phải là chuỗi JSON.")
    return value


def whole_number(world: World, request: Request, name: str) -> int:
    """A parameter that must be a non-negative whole number."""
    text = request.params.get(name) or request.headers.get(name) or ""
    if not text.isdigit():
        refuse_param(
            world, f"Param {name} must be a non-negative integer", finding=f"{name} phải là số nguyên."
        )
    return int(text)


def message(world: World, request: Request, name: str = "message") -> str:
    """A text within Facebook's length limit."""
    text = request.params.get(name) or ""
    if len(text) > MESSAGE_LIMIT:
        refuse_param(world, f"Param {name} is too long: at most {MESSAGE_LIMIT} characters are allowed")
    return text


def publication(world: World, request: Request) -> tuple[bool, float]:
    """(published, time of native scheduling or 0) from ``published`` and ``scheduled_publish_time``."""
    published = boolean(world, request, "published", True)
    if "scheduled_publish_time" not in request.params:
        return published, 0.0
    if published:
        refuse_param(world, "You cannot specify a scheduled publish time on a published post")
    return False, schedule_time(world, request)


def schedule_time(world: World, request: Request) -> float:
    """A time of native scheduling inside the window Facebook allows."""
    at = float(whole_number(world, request, "scheduled_publish_time"))
    ahead = at - world.now()
    if not SCHEDULE_SOONEST_SECONDS <= ahead <= SCHEDULE_LATEST_SECONDS:
        refuse(world, 100, "(#100) The specified scheduled publish time is invalid.", subcode=1363032)
    return at
