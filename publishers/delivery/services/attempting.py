"""Attempt: carry one claimed delivery as far as it goes now, a committed row before every call, its result right after.

The wire is never touched inside a transaction. Whatever is written afterwards is written under the fence of the
claim: a worker that was taken for dead changes nothing."""

from __future__ import annotations

import logging
from collections.abc import Collection
from datetime import datetime, timedelta
from random import SystemRandom
from typing import Any

from django.db import transaction
from django.db.models import Min

from cms.channels.kinds import CONNECTED
from cms.core import clock
from cms.core.errors import ConflictingState, OutsideUnreachable
from publishers.adapters.seam import Answer, Outcome, ParkScope, Step
from publishers.connections.services import NeedsReconnect, mark_needs_reconnect
from publishers.delivery import backoff, checks, decide, gate, pace, remedies, telling
from publishers.delivery.decide import Act, Decision
from publishers.delivery.errand import Claim, Errand, merged_handles
from publishers.delivery.models import NEW_POSTS, Attempt, Delivery, Receipt
from publishers.delivery.moves import MOVED_ON, move
from publishers.delivery.services.parking import park
from publishers.delivery.services.settling import keep_receipt, live, refuse
from publishers.delivery.states import Reason, State

log = logging.getLogger(__name__)
_random = SystemRandom()

NOT_ANSWERING = "Nền tảng chưa trả lời sau nhiều lần thử. Vui lòng kiểm tra kết nối mạng rồi bấm “Gửi lại”."
#: Under this name of the handles stand the optional steps that were given up.
LEFT_OUT = "left_out"
#: What a platform says when it has refused; where it is read back, the refusal is kept until that is known.
REFUSALS = frozenset({Outcome.RATE, Outcome.TOKEN, Outcome.CONTENT, Outcome.CONFIG})
LOOKS_WHEN_CONNECTED = (
    "Khi kênh được kết nối lại, hệ thống tự đọc kênh xem bài đã lên chưa trước khi làm tiếp."
)
NEVER_SENT = "Chưa gửi gì đến nền tảng."


def read_claimed(claim: Claim) -> Delivery | None:
    """Return the claimed row with all it needs, or None when the claim is void by now."""
    found = read_all_claimed([claim.delivery_id])
    return found[0] if found and found[0].fence == claim.fence else None


def read_all_claimed(ids: Collection[int]) -> list[Delivery]:
    """Return those of the rows `ids` that somebody holds a lease on, each with all it needs; one query."""
    rows = Delivery.objects.select_related(
        "channel__connection", "organisation__place", "slot__variant__post"
    ).defer("channel__connection__access_token", "channel__connection__refresh_token")
    deliveries = list(rows.filter(pk__in=ids, lease_until__isnull=False))
    for delivery in deliveries:
        delivery.slot.channel = delivery.channel
    return deliveries


def next_action(errand: Errand) -> bool:
    """Do the next thing the delivery needs (not a look); return whether the errand goes on at once."""
    delivery, step, now = errand.delivery, errand.step, clock.now()
    if delivery.kind not in CONNECTED:
        _refuse(errand, checks.Refusal(State.HELD, Reason.BY_HAND, remedies.by_hand(delivery)))
        return False
    if delivery.state == State.STAGING and step.visible:
        # Staged: from here on the publish lane has it, at the due second.
        move(
            delivery, State.READY, sources=[State.STAGING], fence=errand.fence,
            next_step=step.name, wake_at=max(delivery.due_at, now),
        )  # fmt: skip
        return False
    if delivery.state != State.CONFIRMING:
        if not step.visible and delivery.state == State.SENDING:
            rest(errand, step, now)  # a restart gave it back to the upload lane
            return False
        if not _let_through(errand, step, gate.ask(errand, step, now)):
            return False
    try:
        errand.fetch_credential()
    except NeedsReconnect as error:
        _refuse(errand, checks.Refusal(State.HELD, Reason.RECONNECT, error.sentence))
        return False
    except OutsideUnreachable as error:
        return _apply(errand, step, Answer(Outcome.RETRY, error.sentence), None)
    return perform(errand, step)


def perform(errand: Errand, step: Step, begun: Attempt | None = None) -> bool:
    """Do `step` once over the wire, its attempt row committed before (`begun` when that is done), its answer after."""
    attempt = begun or begin(errand, step, is_look=False)
    handles, credential = errand.all_handles(), errand.fetch_credential()
    with errand.on_the_wire():
        answer = errand.adapter.perform(step, errand.request, handles, credential, errand.beat)
    return _apply(errand, step, answer, attempt)


def still_to_be_sent(errand: Errand, step: Step, begun: Attempt) -> bool:
    """Ask again, late, what was asked when `begun` was committed; return whether the call may be made.

    If not, the attempt is closed as never sent and the delivery held or put to rest, in one transaction. Raises
    ConflictingState when the claim is void."""
    with transaction.atomic():
        keep_lease(errand)
        current = read_claimed(errand.claim)
        if current is None:
            raise ConflictingState(MOVED_ON)
        errand.delivery = current
        objection = gate.ask(errand, step, clock.now())
        if objection is None:
            return True
        close(begun, Answer(Outcome.RETRY, NEVER_SENT, "never-sent"))
        _let_through(errand, step, objection)
    return False


def _let_through(errand: Errand, step: Step, objection: checks.Refusal | checks.Wait | None) -> bool:
    """Do what the gate says: hold the delivery, put it to rest, or return that the step may be done."""
    if isinstance(objection, checks.Refusal):
        _refuse(errand, objection)
    elif objection is not None:
        later = objection.until + pace.wait(backoff.spread_after_limit(_random))
        with transaction.atomic():
            rest(errand, step, later, sentence=objection.sentence)
            if objection.sentence and objection.until > errand.delivery.due_at:
                telling.waits(errand.delivery, objection.sentence, objection.until)
    return objection is None


@transaction.atomic
def give_back(errand: Errand, step: Step, begun: Attempt) -> None:
    """Let another worker have what was taken but not begun with. Raises ConflictingState when the claim is void."""
    close(begun, Answer(Outcome.RETRY, NEVER_SENT, "never-sent"))
    rest(errand, step, clock.now())


@transaction.atomic
def begin(errand: Errand, step: Step, *, is_look: bool) -> Attempt:
    """Commit the row that says: from now on this may happen. Raises ConflictingState when the claim is void."""
    keep_lease(errand)
    attempt = first_line(errand, step, is_look=is_look)
    attempt.save(force_insert=True)
    return attempt


def keep_lease(errand: Errand) -> None:
    """Lengthen the lease of `errand`. Raises ConflictingState when the claim is void."""
    now, end = clock.now(), pace.lease_end()
    touched = Delivery.objects.filter(
        pk=errand.delivery.pk, fence=errand.fence, state=errand.delivery.state, lease_until__isnull=False
    ).update(lease_until=end, wake_at=end, heartbeat_at=now)
    if touched != 1:
        raise ConflictingState(MOVED_ON)


def first_line(errand: Errand, step: Step, *, is_look: bool) -> Attempt:
    """Return the row that says "this may happen from now on", not yet written; it counts once it is committed."""
    errand.attempts_made += 1
    return Attempt(
        delivery=errand.delivery,
        number=errand.attempts_made,
        step=step.name,
        visible=step.visible and not is_look,
        is_look=is_look,
        fence=errand.fence,
        worker=errand.claim.worker,
        started_at=clock.now(),
    )


def close(attempt: Attempt | None, answer: Answer, outcome: str = "") -> None:
    """Write the result of `attempt`. Raises ConflictingState when somebody else has closed it as lost."""
    if attempt is None:
        return
    closed = Attempt.objects.filter(pk=attempt.pk, finished_at__isnull=True).update(
        finished_at=clock.now(),
        outcome=outcome or answer.outcome.value,
        code=answer.code[:60],
        sentence=answer.sentence,
        http_status=answer.http_status,
        exchange=dict(answer.exchange),
    )
    if closed != 1:
        raise ConflictingState(MOVED_ON)


def _apply(errand: Errand, step: Step, answer: Answer, attempt: Attempt | None) -> bool:
    """Write the answer and what follows from it in one transaction; return whether the errand goes on at once."""
    delivery = errand.delivery
    decision = decide.after_answer(
        step, answer.outcome, tries=delivery.tries, polls=delivery.polls, renewed=errand.renewed
    )
    if decision.act is Act.RENEW:
        with transaction.atomic():
            close(attempt, answer)
        return _renew_and_go_on(errand, step)
    with transaction.atomic():
        close(attempt, answer)
        return follow(errand, step, answer, decision, since=attempt.started_at if attempt else None)


def _renew_and_go_on(errand: Errand, step: Step) -> bool:
    try:
        errand.renew_credential()
    except NeedsReconnect as error:
        _refuse(errand, checks.Refusal(State.HELD, Reason.RECONNECT, error.sentence))
        return False
    except OutsideUnreachable as error:
        return _apply(errand, step, Answer(Outcome.RETRY, error.sentence), None)
    return perform(errand, step)


def follow(errand: Errand, step: Step, answer: Answer, decision: Decision, since: Any = None) -> bool:
    """Do what `decision` says about `step`; the caller's transaction has closed the attempt."""
    delivery, now = errand.delivery, clock.now()
    kept = merged_handles(delivery, answer)
    # A RETRY concerns this delivery alone (Zalo could not fetch its pictures): it waits, its channel goes on.
    if answer.not_before is not None and decision.act is not Act.LOOK and answer.outcome is not Outcome.RETRY:
        park(errand.channel, answer.park, pace.squeezed(answer.not_before), answer.sentence)
    if answer.restart_from and decision.act in (Act.ADVANCE, Act.ASK_AGAIN, Act.WAIT, Act.HOLD):
        return _restart(errand, decide.step_named(errand.plan, answer.restart_from), kept, answer)
    match decision.act:
        case Act.ADVANCE:
            return advance(errand, step, answer, kept)
        case Act.SKIP:
            return give_up(errand, step, answer, kept)
        case Act.ASK_AGAIN:
            to = State.CONFIRMING if step.visible else errand.resting_state(step)
            _rest_as(errand, to, step, now + pace.wait(decision.seconds), polls=delivery.polls + 1, **kept)
        case Act.WAIT:
            tries = delivery.tries + 1
            later = _not_sooner(answer, now + pace.wait(backoff.wait_after(tries, _random)))
            _rest_as(errand, errand.resting_state(step), step, later, tries=tries, **kept)
        case Act.PARK:
            until = pace.squeezed(answer.not_before or now + timedelta(seconds=backoff.UNNAMED_LIMIT))
            park(errand.channel, answer.park, until, answer.sentence)
            later = until + pace.wait(backoff.spread_after_limit(_random))
            _rest_as(errand, errand.resting_state(step), step, later, **kept)
        case Act.LOOK:
            doubt: dict[str, Any] = {"since": (since or now).isoformat(), "blind": 0}
            if answer.outcome in REFUSALS:
                doubt["refusal"] = {
                    "outcome": answer.outcome.value,
                    "sentence": answer.sentence,
                    "code": answer.code,
                    "park": answer.park.value,
                    "not_before": answer.not_before.isoformat() if answer.not_before else "",
                }
            enter_doubt(errand, step, doubt, **kept)
            return True
        case Act.HOLD:
            _hold(errand, step, answer, decision, kept)
    return False


def enter_doubt(errand: Errand, step: Step, doubt: dict[str, Any], **kept: Any) -> None:
    """Say that nobody knows whether `step` has happened. The lease is kept: the first look follows at once.

    `first` is when the step was tried for the first time: this try may have been refused because an earlier one,
    denied by lagging lists, had been heard after all."""
    tried = Attempt.objects.filter(delivery=errand.delivery, step=step.name, is_look=False)
    first = tried.aggregate(first=Min("started_at"))["first"]
    doubt = doubt | {"first": first.isoformat() if first else doubt["since"]}
    end = pace.lease_end()
    move(
        errand.delivery, State.UNCLEAR,
        sources=[State.STAGING, State.SENDING, State.CONFIRMING], fence=errand.fence,
        next_step=step.name, doubt=doubt, looks=0, wake_at=end, lease_until=end, **kept,
    )  # fmt: skip


def advance(errand: Errand, step: Step, answer: Answer, kept: dict[str, Any]) -> bool:
    """`step` is done (or an optional one is given up): store what it brought and go to the next, or end."""
    delivery, now = errand.delivery, clock.now()
    following = decide.step_after(errand.plan, step.name)
    if step.visible:
        kept["accepted_at"] = now
        delivery.accepted_at = now
        if errand.channel.minimum_gap and delivery.purpose in NEW_POSTS:
            gap_end = now + timedelta(seconds=errand.channel.minimum_gap)
            park(errand.channel, ParkScope.CHANNEL, gap_end, "Khoảng cách tối thiểu giữa hai bài của kênh.")
    receipt = answer.receipt or remedies.receipt_of(delivery, answer)
    if receipt is not None:
        keep_receipt(delivery, receipt, receipt.visible_at or now)
    source = [State(delivery.state)]
    kept |= {"polls": 0, "looks": 0, "doubt": {}, "tries": 0}
    errand.renewed = False
    if following is None:
        return _end(errand, source, kept, has_receipt=receipt is not None)
    resting = errand.resting_state(following)
    end = pace.lease_end()
    if resting is State.BOOKED and delivery.state in (State.STAGING, State.BOOKED):
        move(
            delivery, State.STAGING, sources=source, fence=errand.fence,
            next_step=following.name, lease_until=end, wake_at=end, **kept,
        )  # fmt: skip
        return True
    if resting is State.CONFIRMING:
        move(
            delivery, State.CONFIRMING, sources=source, fence=errand.fence,
            next_step=following.name, lease_until=end, wake_at=end, **kept,
        )  # fmt: skip
        return True
    wake = max(delivery.due_at, now) if resting is State.READY else now
    move(
        delivery, resting, sources=source, fence=errand.fence, next_step=following.name, wake_at=wake, **kept
    )
    return False


def give_up(errand: Errand, step: Step, answer: Answer, kept: dict[str, Any]) -> bool:
    """The optional `step` has failed for good: the publication goes on without it, and says so when it is out."""
    handles = kept.get("handles", errand.delivery.handles)
    missing = [*handles.get(LEFT_OUT, []), step.name]
    return advance(errand, step, answer, kept | {"handles": {**handles, LEFT_OUT: missing}})


def _end(errand: Errand, source: list[State], kept: dict[str, Any], *, has_receipt: bool) -> bool:
    delivery = errand.delivery
    if has_receipt or Receipt.objects.filter(delivery=delivery).exists():
        missing = remedies.left_out(kept.get("handles", delivery.handles).get(LEFT_OUT, []))
        live(delivery, sources=source, fence=errand.fence, next_step="", sentence=missing, **kept)
        if missing:
            telling.left_out(delivery, missing)
    else:
        refuse(
            delivery,
            State.HELD,
            Reason.NEEDS_LOOK,
            remedies.no_proof(delivery),
            sources=source,
            fence=errand.fence,
            next_step="",
            **kept,
        )
    return False


def _not_sooner(answer: Answer, later: datetime) -> datetime:
    """Return `later`, or the moment the platform named where that comes after it."""
    return max(later, pace.squeezed(answer.not_before)) if answer.not_before else later


def _restart(errand: Errand, earlier: Step, kept: dict[str, Any], answer: Answer) -> bool:
    tries, handles = errand.delivery.tries + 1, kept.get("handles", errand.delivery.handles)
    kept |= {
        "tries": tries,
        "polls": 0,
        "looks": 0,
        "doubt": {},
        "accepted_at": None,
        "next_step": earlier.name,
        # What was given up is tried again with the rest.
        "handles": {name: value for name, value in handles.items() if name != LEFT_OUT},
    }
    if tries >= backoff.MOST_TRIES:
        refuse(
            errand.delivery, State.HELD, Reason.UNREACHABLE, answer.sentence or NOT_ANSWERING,
            sources=[State(errand.delivery.state)], fence=errand.fence, **kept,
        )  # fmt: skip
        return False
    later = _not_sooner(answer, clock.now() + pace.wait(backoff.wait_after(tries, _random)))
    move(
        errand.delivery, errand.resting_state(earlier),
        sources=[State(errand.delivery.state)], fence=errand.fence, wake_at=later, **kept,
    )  # fmt: skip
    return False


def _hold(errand: Errand, step: Step, answer: Answer, decision: Decision, kept: dict[str, Any]) -> None:
    reason = decision.reason
    # The adapter's own sentence says that it will be tried again; held, nothing is tried until a person says so.
    sentence = NOT_ANSWERING if reason is Reason.UNREACHABLE else answer.sentence or NOT_ANSWERING
    if errand.resting_state(step) is State.CONFIRMING:
        reason, sentence = _after_acceptance(errand.delivery, reason, answer.sentence)
    refuse(
        errand.delivery, State.HELD, reason, sentence,
        sources=[State(errand.delivery.state)], fence=errand.fence, next_step=step.name, **kept,
    )  # fmt: skip
    if decision.reason is Reason.RECONNECT:
        mark_needs_reconnect(errand.channel, answer.sentence or NOT_ANSWERING, code=answer.code)


def _refuse(errand: Errand, refusal: checks.Refusal) -> None:
    reason, sentence = refusal.reason, refusal.sentence
    delivery = errand.delivery
    if delivery.state == State.CONFIRMING:
        reason, sentence = _after_acceptance(delivery, reason, sentence)
    refuse(
        delivery, refusal.to, reason, sentence,
        sources=[State(delivery.state)], fence=errand.fence, **refusal.changes,
    )  # fmt: skip


def _after_acceptance(delivery: Delivery, reason: Reason, sentence: str) -> tuple[Reason, str]:
    """The visible call was accepted earlier: whether the post is there is for a person's eyes, or for a new key."""
    if reason is Reason.RECONNECT:
        return Reason.BLIND, f"{sentence} {LOOKS_WHEN_CONNECTED}"
    return Reason.NEEDS_LOOK, f"{remedies.no_proof(delivery)} {sentence}".strip()


def rest(errand: Errand, step: Step, wake_at: Any, sentence: str = "") -> None:
    """Give the lease back and wait for `wake_at` before `step`; `sentence` tells people why."""
    _rest_as(errand, errand.resting_state(step), step, wake_at, sentence=sentence)


def _rest_as(errand: Errand, to: State, step: Step, wake_at: Any, **changes: Any) -> None:
    if to is State.CONFIRMING:
        changes |= {"lease_until": None, "worker": ""}
    move(
        errand.delivery, to, sources=[State(errand.delivery.state)], fence=errand.fence,
        next_step=step.name, wake_at=wake_at, **changes,
    )  # fmt: skip
