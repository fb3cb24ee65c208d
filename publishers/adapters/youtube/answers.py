"""From what came back to what the seam says. Pure, but for the present moment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import requests

from publishers.adapters import transport
from publishers.adapters.exchanges import exchange
from publishers.adapters.seam import Answer, Outcome
from publishers.adapters.shapes import at
from publishers.adapters.times import now
from publishers.adapters.youtube.client import TubeReply
from publishers.adapters.youtube.verdicts import UNCLEAR, Verdict, rest_until, verdict

PLATFORM = "YouTube"


def failed(reply: TubeReply, needs: str) -> bool:
    """Say whether `reply` is anything but a clear success with the field it `needs` ("" for a 204)."""
    if reply.status is None or reply.status >= 300:
        return True
    if not needs:
        return False
    value = at(reply.body, needs)
    if needs == "items":
        # An account without a channel is answered without any list.
        return (
            not isinstance(reply.body, Mapping)
            or not isinstance(value, list | None)
            or bool(at(reply.body, "error"))
        )
    return value in (None, "") or bool(at(reply.body, "error"))


def judged(reply: TubeReply, *, writes: bool) -> Verdict:
    """Classify a reply that `failed`."""
    if reply.status is None:
        failure = reply.failure or requests.ConnectionError()
        outcome, code, sentence = transport.verdict(failure, PLATFORM, writes=writes)
        return Verdict(outcome, sentence, code)
    if reply.status < 400 and not (isinstance(reply.body, Mapping) and reply.body.get("error")):
        return Verdict(Outcome.UNKNOWN if writes else Outcome.RETRY, UNCLEAR, "no-id")
    return verdict(reply.status, reply.body, writes=writes)


def answer(reply: TubeReply, needs: str, account: str, *, writes: bool = True, **filled: Any) -> Answer:
    """Return the seam's answer: OK with `filled` when the reply is a success, else its class."""
    if not failed(reply, needs):
        return Answer(Outcome.OK, http_status=reply.status, exchange=record(reply), **filled)
    found = judged(reply, writes=writes)
    return Answer(
        found.outcome, found.sentence, found.code, not_before=rest_until(found, reply.headers, account, now()),
        park=found.park, http_status=reply.status, exchange=record(reply, found.code),
    )  # fmt: skip


def record(reply: TubeReply, code: str = "") -> dict[str, Any]:
    """Return the safe record of a call; a session address loses its query and with it its power."""
    error = reply.body.get("error") if isinstance(reply.body, Mapping) else None
    said = error.get("message") if isinstance(error, Mapping) else ""
    return exchange(
        reply.method, reply.address, reply.fields, status=reply.status, code=code, said=str(said or "")
    )
