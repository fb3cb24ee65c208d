"""Settle: live with a receipt, or held with a reason a person can act on; the slot learns of it either way."""

from __future__ import annotations

import logging
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction

from campaigns.schedule.models import SlotState
from campaigns.schedule.services import settle as settle_slot
from cms.audit.services import record, written_together
from cms.core import clock
from cms.core.models import nfc
from publishers.adapters import seam
from publishers.delivery import telling
from publishers.delivery.models import Delivery, Evidence, Purpose, Receipt
from publishers.delivery.moves import move
from publishers.delivery.states import Reason, State

log = logging.getLogger(__name__)

#: What a slot shows while its deliveries stand like this; the worst one counts.
_SLOT_STATES = (
    ({State.HELD}, SlotState.HELD),
    (
        {State.BOOKED, State.STAGING, State.READY, State.SENDING, State.CONFIRMING, State.UNCLEAR},
        SlotState.BOOKED,
    ),
    ({State.LIVE}, SlotState.DONE),
    ({State.CANCELLED, State.DROPPED}, SlotState.CANCELLED),
)


def keep_receipt(
    delivery: Delivery, receipt: seam.Receipt, now: datetime, evidence: Evidence = Evidence.PLATFORM
) -> None:
    """Write down what the platform confirmed. A later answer that knows more (a link) completes an earlier one."""
    known = [name for name in ("remote_id", "permalink") if getattr(receipt, name)]
    Receipt.objects.bulk_create(
        [
            Receipt(
                delivery=delivery,
                remote_id=receipt.remote_id[:200],
                permalink=receipt.permalink[:500],
                confirmed_at=now,
                evidence=evidence,
            )
        ],
        update_conflicts=True,
        unique_fields=["delivery"],
        update_fields=known or ["evidence"],
    )


def live(
    delivery: Delivery, *, sources: Collection[State], fence: int | None, by: Any = None, **changes: Any
) -> None:
    """End `delivery` as live. Its receipt must stand; call inside the transaction that kept it."""
    with transaction.atomic(savepoint=False), written_together():
        move(
            delivery,
            State.LIVE,
            sources=sources,
            fence=fence,
            **{"reason": "", "sentence": "", "doubt": {}, **changes},
        )
        record("delivery.live", delivery, actor=by, late_seconds=delivery.lateness)
        settle_slot_of(delivery, delivery.accepted_at)


def refuse(
    delivery: Delivery,
    to: State,
    reason: Reason,
    sentence: str,
    *,
    sources: Collection[State],
    fence: int | None,
    by: Any = None,
    **changes: Any,
) -> None:
    """Bring `delivery` to HELD, CANCELLED or DROPPED with a reason and a sentence a person can act on."""
    with transaction.atomic(savepoint=False):
        move(delivery, to, sources=sources, fence=fence, reason=reason, sentence=nfc(sentence), **changes)
        record(f"delivery.{to.value}", delivery, actor=by, reason=reason.value, sentence=sentence)
        settle_slot_of(delivery, delivery.updated_at)
        if to is State.HELD:
            telling.held(delivery, reason, sentence)
    log.warning(
        "delivery %s %s: %s",
        delivery.pk, to.value, reason.value,
        extra={"event": f"delivery_{to.value}", "delivery": delivery.pk, "reason": reason.value},
    )  # fmt: skip


def settle_slot_of(delivery: Delivery, at: datetime | None) -> None:
    """Write down on the slot where its deliveries stand together. What corrects or removes a post leaves it as it is."""
    if delivery.purpose != Purpose.PUBLISH:
        return
    if delivery.channel_id is not None:
        standing = {State(delivery.state)}
    else:
        standing = {
            State(value)
            for value in Delivery.objects.filter(slot_id=delivery.slot_id)
            .values_list("state", flat=True)
            .distinct()
        }
    for states, slot_state in _SLOT_STATES:
        if standing & states:
            settle_slot(delivery.slot, slot_state, at or clock.now())
            return
