"""Reconcile: after a lost answer look by exact handle; resend only when looking has denied it; else ask a person."""

from __future__ import annotations

from datetime import datetime
from random import SystemRandom
from typing import Any

from django.db import transaction

from cms.core import clock
from cms.core.errors import OutsideUnreachable
from publishers.adapters.seam import Answer, Look, Outcome, ParkScope, Sighting, Step
from publishers.connections.services import NeedsReconnect
from publishers.delivery import backoff, decide, pace
from publishers.delivery.decide import Finding
from publishers.delivery.errand import Errand, merged_handles
from publishers.delivery.models import Attempt
from publishers.delivery.moves import move
from publishers.delivery.services.attempting import (
    LOOKS_WHEN_CONNECTED,
    NOT_ANSWERING,
    advance,
    begin,
    close,
    enter_doubt,
    follow,
    give_up,
)
from publishers.delivery.services.settling import refuse
from publishers.delivery.states import Reason, State

_random = SystemRandom()

WORKER_GONE = "Bộ xử lý dừng giữa chừng nên chưa rõ nền tảng đã nhận hay chưa. Hệ thống đang đọc lại kênh."
CANNOT_TELL = "Hệ thống không tự phân biệt được bài đã lên hay chưa. Vui lòng mở kênh để xem, rồi bấm “Đã lên” hoặc “Chưa lên”."


def answer_lost(errand: Errand, attempt: Attempt) -> None:
    """An attempt of a dead worker was found without a result: from here on it is looked for, never resent blindly."""
    with transaction.atomic():
        close(attempt, Answer(Outcome.UNKNOWN, WORKER_GONE))
        if errand.delivery.state != State.UNCLEAR:
            step = decide.step_named(errand.plan, attempt.step)
            enter_doubt(errand, step, {"since": attempt.started_at.isoformat(), "blind": 0})


def look(errand: Errand) -> bool:
    """Look once whether the doubtful step has happened; return whether the errand goes on at once."""
    step, delivery = errand.step, errand.delivery
    since = _kept_moment(delivery.doubt.get("first") or delivery.doubt["since"])
    try:
        errand.fetch_credential()
    except NeedsReconnect as error:
        return _hold_blind(errand, error.sentence)
    except OutsideUnreachable as error:
        return _weigh(errand, step, Sighting(Look.AGAIN, sentence=error.sentence), None)
    attempt = begin(errand, step, is_look=True)
    handles = {**errand.all_handles(), "taken": errand.taken()}
    credential = errand.fetch_credential()
    with errand.on_the_wire():
        sighting = errand.adapter.look(step, errand.request, handles, credential, since)
    token_died = sighting.answer is not None and sighting.answer.outcome is Outcome.TOKEN
    if sighting.look is Look.AGAIN and token_died and not errand.renewed:
        with transaction.atomic():
            close(attempt, sighting.answer or Answer(Outcome.TOKEN))
        try:
            errand.renew_credential()
        except NeedsReconnect as error:
            return _hold_blind(errand, error.sentence)
        except OutsideUnreachable as error:
            return _weigh(errand, step, Sighting(Look.AGAIN, sentence=error.sentence), None)
        return True
    return _weigh(errand, step, sighting, attempt)


def _hold_blind(errand: Errand, sentence: str) -> bool:
    """Without a key nobody can look: hold it visibly, with its doubt. With a new one the question answers itself."""
    delivery = errand.delivery
    refuse(
        delivery, State.HELD, Reason.BLIND, f"{sentence} {LOOKS_WHEN_CONNECTED}",
        sources=[State.UNCLEAR], fence=errand.fence, doubt=delivery.doubt,
    )  # fmt: skip
    return False


def _weigh(errand: Errand, step: Step, sighting: Sighting, attempt: Attempt | None) -> bool:
    """Write down what was seen and what follows from it, in one transaction."""
    delivery = errand.delivery
    answer = sighting.answer or Answer(
        Outcome.OK if sighting.look is Look.DONE else Outcome.UNKNOWN, sighting.sentence
    )
    finding = decide.after_look(
        sighting,
        step,
        negatives=delivery.looks,
        blind=delivery.doubt.get("blind", 0),
        settled=bool(delivery.doubt.get("settled")) or decide.wait_before_look(step, 0) == 0,
    )
    if finding is Finding.LOOK_AGAIN and _no_right_at_all(delivery.doubt, sighting):
        finding = Finding.ABSENT
    with transaction.atomic():
        close(attempt, answer, outcome=sighting.look.value)
        match finding:
            case Finding.FOUND:
                return advance(errand, step, answer, merged_handles(delivery, answer))
            case Finding.LOOK_AGAIN:
                _look_later(errand, step, sighting)
            case Finding.ABSENT:
                return _absent(errand, step, answer)
            case Finding.ASK_A_PERSON if step.optional:
                # The post itself is there; a comment or thumbnail nobody can vouch for is left as it is.
                return give_up(errand, step, answer, {})
            case Finding.ASK_A_PERSON:
                sentence = f"{CANNOT_TELL} {sighting.sentence}".strip()
                refuse(
                    delivery,
                    State.HELD,
                    Reason.NEEDS_LOOK,
                    sentence,
                    sources=[State.UNCLEAR],
                    fence=errand.fence,
                )
    return False


def _look_later(errand: Errand, step: Step, sighting: Sighting) -> None:
    delivery, now = errand.delivery, clock.now()
    doubt, looks = dict(delivery.doubt), delivery.looks
    if sighting.look is Look.AGAIN:
        doubt["blind"] = doubt.get("blind", 0) + 1
        wake = now + pace.wait(backoff.wait_after(doubt["blind"], _random))
    elif not doubt.get("settled"):
        doubt["settled"] = True
        since = _kept_moment(doubt["since"])
        wake = max(now, since + pace.wait(decide.wait_before_look(step, 0)))
    else:
        looks += 1
        wake = now + pace.wait(decide.wait_before_look(step, looks))
    move(
        delivery, State.UNCLEAR, sources=[State.UNCLEAR], fence=errand.fence,
        doubt=doubt, looks=looks, wake_at=wake, lease_until=None, worker="",
    )  # fmt: skip


def _kept_moment(text: str) -> datetime:
    """Return a moment written down as text. Raises ValueError for one without a zone: a look that begins hours too late
    would deny what is there."""
    moment = datetime.fromisoformat(text)
    clock.in_vietnam(moment)
    return moment


def _absent(errand: Errand, step: Step, answer: Answer) -> bool:
    """Looking has denied it: believe the platform's refusal if there was one, else it may be sent again."""
    delivery = errand.delivery
    refusal = _refusal_in_doubt(delivery.doubt)
    if refusal is not None:
        decision = decide.after_answer(
            step, refusal.outcome,
            tries=delivery.tries, polls=delivery.polls, renewed=delivery.tries > 0, read_back=True,
        )  # fmt: skip
        return follow(errand, step, refusal, decision)
    tries = delivery.tries + 1
    changes: dict[str, Any] = {**merged_handles(delivery, answer), "tries": tries, "looks": 0, "doubt": {}}
    if tries >= backoff.MOST_TRIES and step.optional:
        return give_up(errand, step, answer, changes)
    if tries >= backoff.MOST_TRIES:
        refuse(
            delivery, State.HELD, Reason.UNREACHABLE, NOT_ANSWERING,
            sources=[State.UNCLEAR], fence=errand.fence, **changes,
        )  # fmt: skip
        return False
    again = decide.step_named(errand.plan, answer.restart_from) if answer.restart_from else step
    resting = errand.resting_state(again)
    if resting is State.CONFIRMING:
        changes |= {"lease_until": None, "worker": ""}
    move(
        delivery, resting, sources=[State.UNCLEAR], fence=errand.fence,
        next_step=again.name, wake_at=clock.now(), **changes,
    )  # fmt: skip
    return False


def _no_right_at_all(doubt: dict[str, Any], sighting: Sighting) -> bool:
    """Return whether reading back is refused for want of a right as the call itself was: two refusals are believed."""
    refusal, read = _refusal_in_doubt(doubt), sighting.answer
    return refusal is not None and read is not None and refusal.outcome is read.outcome is Outcome.CONFIG


def _refusal_in_doubt(doubt: dict[str, Any]) -> Answer | None:
    kept = doubt.get("refusal")
    if not kept:
        return None
    return Answer(
        Outcome(kept["outcome"]),
        kept["sentence"],
        code=kept["code"],
        park=ParkScope(kept["park"]),
        not_before=datetime.fromisoformat(kept["not_before"]) if kept["not_before"] else None,
    )
