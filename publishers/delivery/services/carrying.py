"""Carry a claimed delivery as far as it goes: what a worker thread runs, and what it does when our own code fails."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import DatabaseError, connection, transaction

from cms.core.errors import ConflictingState
from publishers.adapters.seam import Answer, Outcome
from publishers.delivery.errand import OPEN_WIRE, Claim, Errand, Wire
from publishers.delivery.models import Attempt, Delivery
from publishers.delivery.services.attempting import (
    close,
    give_back,
    next_action,
    perform,
    read_claimed,
    still_to_be_sent,
)
from publishers.delivery.services.claiming import hand_back
from publishers.delivery.services.dispatching import Brief
from publishers.delivery.services.reconciling import answer_lost, look
from publishers.delivery.services.settling import refuse
from publishers.delivery.states import MAYBE_VISIBLE, Reason, State

log = logging.getLogger(__name__)

UNREADABLE = "Nội dung đã lưu của lượt đăng này không còn đọc được nên hệ thống không gửi đi. Vui lòng báo quản trị hệ thống."
OUR_FAULT = (
    "Phần mềm gặp lỗi khi xử lý lượt đăng này. Vui lòng báo quản trị hệ thống; nhật ký máy chủ có chi tiết."
)
OUR_FAULT_MAYBE_LIVE = "Phần mềm gặp lỗi sau khi đã gọi nền tảng. Vui lòng mở kênh để xem bài đã lên chưa, rồi báo quản trị hệ thống."


def carry(claim: Claim, beat: Callable[[], None], brief: Brief | None = None, wire: Wire = OPEN_WIRE) -> None:
    """Work on the claimed delivery until it waits, rests or ends. Never raises for what can go wrong with one row.

    `brief` is what dispatching has prepared for it. A void claim, or one that becomes void meanwhile, changes nothing.
    `wire` counts its calls. When the database is away the lease runs out and another worker goes on from what was committed."""
    try:
        if brief is not None:
            _call(brief, beat, wire)
            return
        delivery = read_claimed(claim)
        if delivery is not None:
            _carry(claim, delivery, beat, wire)
    except ConflictingState:
        log.info("claim void", extra={"event": "claim_void", "delivery": claim.delivery_id})
    except DatabaseError:
        log.exception("database away", extra={"event": "database_away", "delivery": claim.delivery_id})
        # This thread may work on for hours: with the connection that broke it would fail at every claim.
        connection.close_if_unusable_or_obsolete()
    except Exception:
        log.exception(
            "delivery failed in our own code", extra={"event": "fault", "delivery": claim.delivery_id}
        )
        _hold_after_fault(claim)


def _call(brief: Brief, beat: Callable[[], None], wire: Wire) -> None:
    errand = brief.errand
    errand.beat, errand.wire = beat, wire
    if brief.is_fresh or still_to_be_sent(errand, brief.step, brief.attempt):
        _go_on(errand, perform(errand, brief.step, brief.attempt))


def put_down(claim: Claim, brief: Brief | None) -> None:
    """Give back a claim nobody has begun with; what cannot be given back is found when its lease ends."""
    try:
        if brief is not None:
            give_back(brief.errand, brief.step, brief.attempt)
        else:
            hand_back(claim)
    except (ConflictingState, DatabaseError):
        log.info("claim not given back", extra={"event": "claim_void", "delivery": claim.delivery_id})


def _go_on(errand: Errand, goes_on: bool) -> None:
    while goes_on:
        goes_on = look(errand) if errand.delivery.state == State.UNCLEAR else next_action(errand)


def _carry(claim: Claim, delivery: Delivery, beat: Callable[[], None], wire: Wire) -> None:
    try:
        errand = Errand.of(claim, delivery, beat, wire)
        errand.step  # noqa: B018  (an unknown step raises here, before anything is sent)
    except (KeyError, TypeError, ValueError):
        log.exception("frozen request unreadable", extra={"event": "unreadable", "delivery": delivery.pk})
        _hold(claim, delivery, Reason.CHANGED, UNREADABLE)
        return
    lost = errand.open_attempt()
    if lost is not None:
        answer_lost(errand, lost)
    _go_on(errand, True)


def _hold_after_fault(claim: Claim) -> None:
    try:
        delivery = read_claimed(claim)
        if delivery is not None:
            _hold(claim, delivery, Reason.FAULT, OUR_FAULT)
    except (ConflictingState, DatabaseError):
        log.exception(
            "fault could not be written down", extra={"event": "fault", "delivery": claim.delivery_id}
        )


@transaction.atomic
def _hold(claim: Claim, delivery: Delivery, reason: Reason, sentence: str) -> None:
    """Hold what cannot be worked on. Where the visible call may have happened, only a person can tell."""
    attempt = Attempt.objects.filter(delivery=delivery, finished_at__isnull=True).first()
    close(attempt, Answer(Outcome.UNKNOWN, sentence))
    touched = attempt is not None and attempt.visible
    settled = State(delivery.state) in MAYBE_VISIBLE - {State.SENDING}
    if touched or settled:
        reason, sentence = Reason.NEEDS_LOOK, f"{OUR_FAULT_MAYBE_LIVE} {sentence}"
    refuse(delivery, State.HELD, reason, sentence, sources=[State(delivery.state)], fence=claim.fence)
