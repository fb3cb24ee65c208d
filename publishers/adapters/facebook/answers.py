"""From what came back to what the seam says. Pure, but for the present moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import requests

from publishers.adapters import transport
from publishers.adapters.exchanges import exchange
from publishers.adapters.facebook.client import GraphReply
from publishers.adapters.facebook.verdicts import (
    STRANGE,
    Usage,
    Verdict,
    rest_until,
    spent_park,
    usage,
    verdict,
)
from publishers.adapters.seam import Answer, Outcome

PLATFORM = "Facebook"


def failed(reply: GraphReply, needs: str) -> bool:
    """Say whether `reply` is anything but a clear success: HTTP 2xx, JSON, no error, and the field it `needs`."""
    if (
        reply.status is None
        or reply.status >= 300
        or not isinstance(reply.body, Mapping)
        or reply.body.get("error")
    ):
        return True
    value = reply.body.get(needs)
    if needs == "data":
        return not isinstance(value, list)
    return value is None or value is False or value == ""


def judged(reply: GraphReply, *, writes: bool) -> Verdict:
    """Classify a reply that `failed`."""
    if reply.status is None:
        failure = reply.failure or requests.ConnectionError()
        outcome, code, sentence = transport.verdict(failure, PLATFORM, writes=writes)
        return Verdict(outcome, sentence, code)
    if reply.status < 300 and isinstance(reply.body, Mapping) and not reply.body.get("error"):
        return Verdict(Outcome.UNKNOWN if writes else Outcome.RETRY, STRANGE, "no-id")
    return verdict(reply.status, reply.body, writes=writes)


def answer(reply: GraphReply, needs: str, *, writes: bool = True, **filled: Any) -> Answer:
    """Return the seam's answer: OK with `filled` (handles, receipt …) when the reply is a success, else its class."""
    now = datetime.now(UTC)
    spent = usage(reply.headers)
    if not failed(reply, needs):
        park = spent_park(spent, now)
        record = _exchange(reply, "", spent)
        done = Answer(Outcome.OK, http_status=reply.status, exchange=record, **filled)
        return replace(done, not_before=park[0], park=park[1]) if park else done
    found = judged(reply, writes=writes)
    return Answer(
        found.outcome, found.sentence, found.code, not_before=rest_until(found, spent, now), park=found.park,
        http_status=reply.status, exchange=_exchange(reply, found.code, spent),
    )  # fmt: skip


def _exchange(reply: GraphReply, code: str, spent: Usage) -> dict[str, Any]:
    error = reply.body.get("error") if isinstance(reply.body, Mapping) else None
    error = error if isinstance(error, Mapping) else {}
    said = error.get("error_user_msg") or error.get("message") or ""
    record = exchange(
        reply.method, reply.address, reply.fields, status=reply.status, code=code, said=str(said),
        trace=str(error.get("fbtrace_id") or ""),
    )  # fmt: skip
    # Percent of the call budget that is spent; absent while Facebook does not tell.
    percent = max(spent.page, spent.app)
    return record | {"usage": percent} if percent else record
