"""Dừng đăng toàn bộ: stop a body, a place and all below it, or the country; lift the stop and let out what it held."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import Count, Min, Q, QuerySet
from wagtail.permissions import policy_registry

from campaigns.schedule.models import LateRule, Slot
from cms.access.scopes import PARENT_LEVELS
from cms.audit.services import record
from cms.core import clock
from cms.core.errors import ConflictingState, InputRefused, NotAllowed
from cms.core.models import nfc
from cms.organisations.models import Organisation
from cms.places.models import AdministrativeUnit
from publishers.delivery import checks, telling
from publishers.delivery.models import Batch, BatchState, Delivery, Freeze
from publishers.delivery.services.holding import back_to_work
from publishers.delivery.services.settling import refuse, settle_slot_of
from publishers.delivery.states import Reason, State

NOT_YOURS = "Bạn không có quyền dừng đăng của cơ quan hoặc địa bàn này."
REASON_WANTED = "Vui lòng ghi lý do dừng đăng để mọi người được biết."
STANDS_ALREADY = "Đã có lệnh dừng đăng đang có hiệu lực cho đúng cơ quan hoặc địa bàn này."
KEPT = "{name} giữ lại bài này khi gỡ lệnh dừng đăng. Vui lòng quyết định: gửi đi hay hủy."
DROPPED = "{name} bỏ bài này khi gỡ lệnh dừng đăng."
#: Between two posts that a lifted stop lets out on one channel, unless a person chooses otherwise.
SPACING = timedelta(minutes=5)
LONGEST_SPACING = timedelta(hours=24)


class Fate(StrEnum):
    """What becomes of something a stop held."""

    RELEASE = "release"
    KEEP = "keep"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class HeldItem:
    """One line of what a stop holds: a channel's post, or the stations of one slot together."""

    key: str
    title: str
    where: str
    due_at: datetime
    late_rule: str
    is_late: bool
    number: int = 1
    delivery: Delivery | None = None
    slot: Slot | None = None

    @property
    def suggested(self) -> Fate:
        """What the post's own rule for lateness suggests."""
        if not self.is_late or self.late_rule == LateRule.SEND:
            return Fate.RELEASE
        return Fate.DROP if self.late_rule == LateRule.DROP else Fate.KEEP


@dataclass(frozen=True, slots=True)
class Release:
    """How a person lets out what was held: how far apart, in which order, and what stays or goes.

    `per_channel`: the spacing lies between two posts of one channel; else between any two of the list. What `fates`
    does not name is released; what `order` does not name follows by its due time."""

    spacing: timedelta = SPACING
    per_channel: bool = True
    order: Sequence[str] = ()
    fates: Mapping[str, Fate] = field(default_factory=dict)


@transaction.atomic
def stop(
    by: Any, reason: str, *, organisation: Organisation | None = None, place: AdministrativeUnit | None = None
) -> Freeze:
    """Let nothing of `organisation`, or of `place` and everything below it, go out until the stop is lifted.

    It is asked at every send, so it works within one call. Everybody who sees the deliveries it covers is told. Raises
    InputRefused without a reason, NotAllowed when `by` may not stop every body it would cover, ConflictingState when
    the same stop stands already."""
    reason = " ".join(nfc(reason).split())[:250]
    if not reason:
        raise InputRefused(REASON_WANTED, field="reason")
    if (organisation is None) == (place is None):
        raise InputRefused("Vui lòng chọn một cơ quan hoặc một địa bàn để dừng đăng.", field="place")
    _require_reach(by, covered(organisation, place))
    if Freeze.objects.filter(organisation=organisation, place=place, lifted_at__isnull=True).exists():
        raise ConflictingState(STANDS_ALREADY)
    freeze = Freeze.objects.create(
        organisation=organisation, place=place, reason=reason, started_at=clock.now(), started_by=by
    )
    record("delivery.freeze", freeze, actor=by, reason=reason)
    telling.stopped(freeze, covered(organisation, place))
    return freeze


@transaction.atomic
def lift(freeze: Freeze, by: Any, how: Release | None = None) -> int:
    """End a stop and deal with what it held, as `how` says; return how many deliveries were let out.

    What another stop still covers stays held by that one. Whatever a person lets out goes out although it is late by
    now; everything else is checked again before it is sent. Raises NotAllowed, InputRefused for an odd spacing,
    ConflictingState when it was lifted before."""
    how = how or Release()
    if not timedelta(0) <= how.spacing <= LONGEST_SPACING:
        raise InputRefused("Khoảng cách giữa hai bài phải từ 0 phút đến 24 giờ.", field="spacing")
    bodies = covered(freeze.organisation, freeze.place)
    _require_reach(by, bodies)
    now = clock.now()
    if Freeze.objects.filter(pk=freeze.pk, lifted_at__isnull=True).update(lifted_at=now, lifted_by=by) != 1:
        raise ConflictingState("Lệnh dừng đăng này đã được gỡ trước đó.")
    freeze.lifted_at = now
    released = kept = dropped = 0
    turns: dict[int | None, int] = {}
    others = checks.standing_freezes()
    for item in _in_order(held_items(freeze), how.order):
        still = _other_stop(item, others)
        if still is not None:
            _rows_of(freeze, item).update(freeze=still, updated_at=now)
            continue
        match how.fates.get(item.key, Fate.RELEASE):
            case Fate.RELEASE:
                line = item.delivery.channel_id if how.per_channel and item.delivery is not None else None
                turn = turns.get(line, 0)
                turns[line] = turn + 1
                released += _let_out(freeze, item, now + turn * how.spacing, by)
            case Fate.KEEP:
                kept += _keep(freeze, item, by)
            case Fate.DROP:
                dropped += _drop(freeze, item, by)
    record(
        "delivery.unfreeze", freeze, actor=by, released=released, kept=kept, dropped=dropped,
        spacing=how.spacing.total_seconds(),
    )  # fmt: skip
    telling.stopped(freeze, bodies, lifted=True)
    return released


def held_items(freeze: Freeze) -> list[HeldItem]:
    """Return what `freeze` holds now, by due time; the stations of one slot are one line. A constant number of
    queries."""
    now = clock.now()
    held = Delivery.objects.filter(freeze=freeze, state=State.HELD, reason=Reason.FROZEN)
    items = [
        HeldItem(
            key=f"d{row.pk}", title=row.slot.variant.post.title, where=str(row.channel), due_at=row.due_at,
            late_rule=row.late_rule, is_late=row.due_at + timedelta(seconds=row.late_after) < now, delivery=row,
        )
        for row in held.filter(channel__isnull=False).select_related(
            "channel", "slot__variant__post", "organisation__place"
        )
    ]  # fmt: skip
    numbers = {
        row["slot"]: row
        for row in held.filter(station__isnull=False)
        .order_by()
        .values("slot")
        .annotate(number=Count("pk"), due=Min("due_at"))
    }
    for slot in Slot.objects.filter(pk__in=numbers).select_related("variant__post", "stations_of"):
        late = slot.at + timedelta(seconds=slot.late_after) < now
        items.append(
            HeldItem(
                key=f"s{slot.pk}", title=slot.variant.post.title, where=str(slot.stations_of),
                due_at=numbers[slot.pk]["due"], late_rule=slot.late_rule, is_late=late,
                number=numbers[slot.pk]["number"], slot=slot,
            )
        )  # fmt: skip
    return sorted(items, key=lambda item: (item.due_at, item.key))


def covered(organisation: Organisation | None, place: AdministrativeUnit | None) -> QuerySet[Organisation]:
    """Return the bodies that a stop of `organisation`, or of `place`, covers."""
    if place is not None:
        return Organisation.objects.within(place)
    if organisation is None:
        return Organisation.objects.none()
    condition = Q(pk=organisation.pk)
    for level in range(1, PARENT_LEVELS + 1):
        condition |= Q(**{f"{'parent__' * level}pk": organisation.pk})
    return Organisation.objects.filter(condition)


def may_lift(freeze: Freeze, by: Any) -> bool:
    """Whether `by` may end this stop."""
    try:
        _require_reach(by, covered(freeze.organisation, freeze.place))
    except NotAllowed:
        return False
    return True


# ---------------------------------------------------------------------------------------------- parts
def _in_order(items: list[HeldItem], order: Sequence[str]) -> list[HeldItem]:
    place = {key: position for position, key in enumerate(order)}
    return sorted(items, key=lambda item: (place.get(item.key, len(place)), item.due_at, item.key))


def _rows_of(freeze: Freeze, item: HeldItem) -> QuerySet[Delivery]:
    rows = Delivery.objects.filter(freeze=freeze, state=State.HELD, reason=Reason.FROZEN)
    if item.delivery is not None:
        return rows.filter(pk=item.delivery.pk)
    return rows.filter(slot=item.slot, station__isnull=False)


def _other_stop(item: HeldItem, others: list[Freeze]) -> Freeze | None:
    """Return another stop that covers the line still. Stations of several bodies are one line: asked for each send."""
    if item.delivery is None:
        return None
    for other in others:
        if checks.covers(other, item.delivery.organisation):
            return other
    return None


def _let_out(freeze: Freeze, item: HeldItem, at: datetime, by: Any) -> int:
    if item.delivery is not None:
        delivery = item.delivery
        changes = {"late_rule": LateRule.SEND} if item.is_late else {}
        back_to_work(delivery, by, "delivery.release", sources=[State.HELD], **changes)
        later = Delivery.objects.filter(pk=delivery.pk, state__in=[State.BOOKED, State.READY], wake_at__lt=at)
        later.update(wake_at=at)
        return 1
    values: dict[str, Any] = {
        "state": State.READY, "reason": "", "sentence": "", "wake_at": max(at, item.due_at), "updated_at": clock.now(),
    }  # fmt: skip
    if item.is_late:
        values["late_rule"] = LateRule.SEND
    number = _rows_of(freeze, item).update(**values)
    Batch.objects.filter(slot=item.slot).update(state=BatchState.RUNNING, finished_at=None)
    _settle_stations(item, "delivery.release", by, number)
    return number


def _keep(freeze: Freeze, item: HeldItem, by: Any) -> int:
    sentence = KEPT.format(name=by.get_full_name())
    number = _rows_of(freeze, item).update(reason=Reason.BY_PERSON, sentence=sentence, updated_at=clock.now())
    target = item.delivery or item.slot
    if number and target is not None:
        record("delivery.keep", target, actor=by, organisation_id=_body_of(item), number=number)
    return number


def _drop(freeze: Freeze, item: HeldItem, by: Any) -> int:
    sentence = DROPPED.format(name=by.get_full_name())
    if item.delivery is not None:
        refuse(
            item.delivery, State.CANCELLED, Reason.BY_PERSON, sentence,
            sources=[State.HELD], fence=None, by=by,
        )  # fmt: skip
        return 1
    now = clock.now()
    number = _rows_of(freeze, item).update(
        state=State.CANCELLED, reason=Reason.BY_PERSON, sentence=sentence, ended_at=now, updated_at=now
    )
    _settle_stations(item, "delivery.cancelled", by, number)
    return number


def _settle_stations(item: HeldItem, verb: str, by: Any, number: int) -> None:
    if item.slot is None or not number:
        return
    record(verb, item.slot, actor=by, organisation_id=_body_of(item), number=number)
    one = Delivery.objects.filter(slot=item.slot).select_related("slot__variant__post").first()
    if one is not None:
        settle_slot_of(one, clock.now())


def _body_of(item: HeldItem) -> int | None:
    if item.delivery is not None:
        return item.delivery.organisation_id
    return item.slot.variant.post.organisation_id if item.slot is not None else None


def _require_reach(by: Any, bodies: QuerySet[Organisation]) -> None:
    """A stop for a place is for those whose body leads there: the reach of their role decides, not the screen."""
    policy = policy_registry.get_by_type(Delivery, fallback=False)
    if policy is None:
        raise NotAllowed(NOT_YOURS)
    reached = policy.organisations_where(by, "freeze")
    if not bodies.exists() or bodies.exclude(pk__in=reached.values("pk")).exists():
        raise NotAllowed(NOT_YOURS)
