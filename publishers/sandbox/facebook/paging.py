"""Lists of the Graph API: ``limit``, ``after`` cursors and a ``next`` that points back here."""

import base64
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from publishers.sandbox.facebook.envelope import refuse, refuse_param
from publishers.sandbox.facebook.fields import project
from publishers.sandbox.replies import Reply
from publishers.sandbox.request import Request
from publishers.sandbox.store import Thing
from publishers.sandbox.world import World

MOST = 100


def page_of(
    world: World,
    request: Request,
    rows: Iterable[Thing],
    node: Callable[[Thing], dict[str, Any]],
    default: str,
    kind: str,
) -> Reply:
    """One page of ``rows``; refuses a limit above 100 and a cursor that is not ours."""
    limit = request.params.get("limit", "25")
    if not limit.isdigit() or not 0 < int(limit) <= MOST:
        refuse_param(world, f"Param limit must be a number between 1 and {MOST}")
    start = _position(world, request.params.get("after"))
    ahead = list(islice(rows, start, start + int(limit) + 1))
    chosen = ahead[: int(limit)]
    data = [project(world, node(row), request.params.get("fields"), default, kind) for row in chosen]
    body: dict[str, Any] = {"data": data}
    if chosen:
        body["paging"] = {"cursors": {"before": _cursor(start), "after": _cursor(start + len(chosen))}}
        if len(ahead) > len(chosen):
            again = {
                **{k: v for k, v in request.query.items() if k != "access_token"},
                "after": _cursor(start + len(chosen)),
            }
            body["paging"]["next"] = f"{request.base}{request.path}?{urlencode(again)}"
    return Reply.json(body)


def _cursor(position: int) -> str:
    return base64.urlsafe_b64encode(f"at:{position}".encode()).decode()


def _position(world: World, cursor: str | None) -> int:
    if not cursor:
        return 0
    try:
        return int(base64.urlsafe_b64decode(cursor).decode().removeprefix("at:"))
    except ValueError:
        refuse(world, 100, "(#100) Invalid cursor")
