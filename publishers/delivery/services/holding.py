"""What a person may do to a delivery that is waiting: hold it, release it, cancel it, take it over by hand."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.permissions import policy_registry

from campaigns.schedule.models import LateRule
from cms.audit.services import record
from cms.core import clock
from cms.core.errors import ConflictingState, InputRefused, NotAllowed
from cms.core.models import nfc
from publishers.adapters.registry import adapter_for
from publishers.delivery import decide, frozen_request, remedies
from publishers.delivery.models import Batch, BatchState, Delivery
from publishers.delivery.moves import move
from publishers.delivery.services.settling import refuse, settle_slot_of
from publishers.delivery.states import AT_REST, Reason, State

NOT_YOURS = "Bạn không có quyền điều hành lượt đăng của cơ quan này."
LOOK_FIRST = "Bài này có thể đã lên kênh. Vui lòng mở kênh để xem, rồi bấm “Đã lên” hoặc “Chưa lên, gửi lại”."
AT_WORK = "Lượt đăng này đang được gửi hoặc đã kết thúc nên không thể thực hiện. Vui lòng tải lại trang."
HELD_BY = "{name} đã tạm giữ lượt đăng này."
CANCELLED_BY = "{name} đã hủy lượt đăng này."
TAKEN_OVER = "{name} sẽ làm thủ công."


def require_operator(delivery: Delivery, by: Any) -> None:
    """Raise NotAllowed unless `by` may operate this delivery."""
    policy = policy_registry.get_by_type(Delivery, fallback=False)
    if policy is None or not policy.user_has_permission_for_instance(by, "operate", delivery):
        raise NotAllowed(NOT_YOURS)


def hold(delivery: Delivery, by: Any, note: str = "") -> None:
    """Keep a waiting delivery from going out until somebody releases it.

    Raises NotAllowed, or ConflictingState when it is being sent or has ended."""
    require_operator(delivery, by)
    if State(delivery.state) not in AT_REST:
        raise ConflictingState(AT_WORK)
    sentence = f"{HELD_BY.format(name=by.get_full_name())} {note}".strip()
    refuse(delivery, State.HELD, Reason.BY_PERSON, sentence, sources=AT_REST, fence=None, by=by)


def release(delivery: Delivery, by: Any = None) -> None:
    """Let a held delivery go on from the step where it stopped; everything is checked again before it is sent.

    One that was held for being late goes out late; one that may be there and could not be looked for is looked for.
    `by` None: the system itself (a reconnected channel, a lifted stop). Raises NotAllowed, ConflictingState, and InputRefused where only a look at the channel can tell."""
    if by is not None:
        require_operator(delivery, by)
    if delivery.state != State.HELD:
        raise ConflictingState(AT_WORK)
    if delivery.reason == Reason.BLIND:
        _look_again(delivery, by)
        return
    if delivery.may_be_there or delivery.reason == Reason.BY_HAND:
        raise InputRefused(LOOK_FIRST)
    changes: dict[str, Any] = {"tries": 0, "polls": 0, "looks": 0, "doubt": {}, "alarmed_at": None}
    if delivery.reason == Reason.LATE:
        changes["late_rule"] = LateRule.SEND
    back_to_work(delivery, by, "delivery.release", sources=[State.HELD], **changes)


@transaction.atomic
def _look_again(delivery: Delivery, by: Any) -> None:
    now = clock.now()
    to, doubt = (State.UNCLEAR, {**delivery.doubt, "blind": 0}) if delivery.doubt else (State.CONFIRMING, {})
    move(
        delivery, to, sources=[State.HELD], fence=None, wake_at=now,
        doubt=doubt, looks=0, tries=0, polls=0, alarmed_at=None,
    )  # fmt: skip
    record("delivery.release", delivery, actor=by)
    settle_slot_of(delivery, now)


def cancel(delivery: Delivery, by: Any, note: str = "") -> None:
    """Take a delivery back before it is visible. Raises NotAllowed, ConflictingState, or InputRefused where the post
    may already be there."""
    require_operator(delivery, by)
    if State(delivery.state) not in AT_REST | {State.HELD}:
        raise ConflictingState(AT_WORK)
    if delivery.may_be_there:
        raise InputRefused(LOOK_FIRST)
    sentence = f"{CANCELLED_BY.format(name=by.get_full_name())} {note}".strip()
    refuse(
        delivery,
        State.CANCELLED,
        Reason.BY_PERSON,
        sentence,
        sources=AT_REST | {State.HELD},
        fence=None,
        by=by,
    )


def take_over(delivery: Delivery, by: Any) -> None:
    """Let a person post it by hand instead of the connector. Raises like `cancel`."""
    require_operator(delivery, by)
    if State(delivery.state) not in AT_REST | {State.HELD}:
        raise ConflictingState(AT_WORK)
    if delivery.may_be_there:
        raise InputRefused(LOOK_FIRST)
    sentence = f"{TAKEN_OVER.format(name=by.get_full_name())} {remedies.by_hand(delivery)}"
    refuse(delivery, State.HELD, Reason.BY_HAND, sentence, sources=AT_REST | {State.HELD}, fence=None, by=by)


@transaction.atomic
def back_to_work(delivery: Delivery, by: Any, verb: str, *, sources: list[State], **changes: Any) -> None:
    """Put a held delivery back where a worker finds it: before its visible call, or among its station's batch."""
    now = clock.now()
    if delivery.station_id is not None:
        to, step_name = State.READY, ""
        Batch.objects.filter(slot_id=delivery.slot_id).update(state=BatchState.RUNNING, finished_at=None)
    else:
        plan = remedies.plan_of(adapter_for(delivery.kind), delivery, frozen_request.thaw(delivery.request))
        step_name = changes.pop("next_step", "") or delivery.next_step or plan[0].name
        position = [step.name for step in plan].index(step_name)
        to = State.BOOKED if position < decide.visible_position(plan) else State.READY
    wake = now if to is State.BOOKED else max(delivery.due_at, now)
    move(delivery, to, sources=sources, fence=None, wake_at=wake, next_step=step_name, **changes)
    record(verb, delivery, actor=by)
    settle_slot_of(delivery, now)


def clean_note(note: str) -> str:
    """Return a person's note as it is kept: NFC, one line, at most 250 characters."""
    return " ".join(nfc(note).split())[:250]
