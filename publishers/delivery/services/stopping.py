"""Dừng đăng toàn bộ: stop a body, or a place and all below it; lift the stop and let out what it held, spaced."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from wagtail.permissions import policy_registry

from cms.audit.services import record
from cms.core import clock
from cms.core.errors import ConflictingState, InputRefused, NotAllowed
from cms.core.models import nfc
from cms.organisations.models import Organisation
from cms.places.models import AdministrativeUnit
from publishers.delivery.models import Delivery, Freeze
from publishers.delivery.services.holding import back_to_work
from publishers.delivery.states import Reason, State

NOT_YOURS = "Bạn không có quyền dừng đăng của cơ quan hoặc địa bàn này."
REASON_WANTED = "Vui lòng ghi lý do dừng đăng để mọi người được biết."
#: Between two posts that a lifted stop lets out on one channel.
SPACING = timedelta(minutes=5)


@transaction.atomic
def stop(
    by: Any, reason: str, *, organisation: Organisation | None = None, place: AdministrativeUnit | None = None
) -> Freeze:
    """Let nothing of `organisation`, or of `place` and everything below it, go out until the stop is lifted.

    It is asked at every send, so it works within one call. Raises InputRefused without a reason, NotAllowed when `by`
    does not run every body it would cover."""
    reason = " ".join(nfc(reason).split())[:250]
    if not reason:
        raise InputRefused(REASON_WANTED, field="reason")
    if (organisation is None) == (place is None):
        raise InputRefused("Vui lòng chọn một cơ quan hoặc một địa bàn để dừng đăng.", field="place")
    _require_reach(by, organisation, place)
    freeze = Freeze.objects.create(
        organisation=organisation, place=place, reason=reason, started_at=clock.now(), started_by=by
    )
    record("delivery.freeze", freeze, actor=by, reason=reason)
    return freeze


@transaction.atomic
def lift(freeze: Freeze, by: Any) -> int:
    """End a stop. What it held goes out again, one post every few minutes per channel; returns how many were held."""
    _require_reach(by, freeze.organisation, freeze.place)
    now = clock.now()
    if Freeze.objects.filter(pk=freeze.pk, lifted_at__isnull=True).update(lifted_at=now) != 1:
        raise ConflictingState("Lệnh dừng đăng này đã được gỡ trước đó.")
    record("delivery.unfreeze", freeze, actor=by)
    held = Delivery.objects.filter(state=State.HELD, reason=Reason.FROZEN).filter(_covered(freeze))
    turns: dict[int | None, int] = {}
    rows = list(held.select_related("slot__variant__post", "organisation").order_by("due_at", "pk"))
    for delivery in rows:
        back_to_work(delivery, by, "delivery.release", sources=[State.HELD])
        turn = turns.get(delivery.channel_id, 0)
        if delivery.channel_id is not None and turn:
            Delivery.objects.filter(pk=delivery.pk, wake_at__isnull=False).update(
                wake_at=max(delivery.due_at, now) + turn * SPACING
            )
        turns[delivery.channel_id] = turn + 1
    return len(rows)


def _covered(freeze: Freeze) -> Q:
    if freeze.place is not None:
        return Q(organisation__place__path__startswith=freeze.place.path)
    return Q(organisation=freeze.organisation) | Q(organisation__parent=freeze.organisation)


def _require_reach(by: Any, organisation: Organisation | None, place: AdministrativeUnit | None) -> None:
    """A stop for a place is for those whose body leads there: the reach of their role decides, not the screen."""
    policy = policy_registry.get_by_type(Delivery, fallback=False)
    if policy is None:
        raise NotAllowed(NOT_YOURS)
    reached = policy.organisations_operated_by(by)
    covered = Organisation.objects.all()
    covered = (
        covered.within(place)
        if place is not None
        else covered.filter(pk=organisation.pk if organisation else None)
    )
    if not covered.exists() or covered.exclude(pk__in=reached.values("pk")).exists():
        raise NotAllowed(NOT_YOURS)
