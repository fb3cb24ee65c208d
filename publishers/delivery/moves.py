"""The one way in which a delivery changes its state: a single guarded UPDATE that must touch exactly one row."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from cms.core import clock
from cms.core.errors import ConflictingState
from publishers.delivery import states
from publishers.delivery.models import Delivery
from publishers.delivery.states import State

MOVED_ON = "Lượt đăng này vừa được xử lý ở nơi khác. Vui lòng tải lại trang để xem tình trạng mới nhất."


class IllegalMove(ValueError):
    """The table of states has no such way: a fault of the program, never of a person."""


def move(
    delivery: Delivery, to: State, *, sources: Collection[State], fence: int | None, **changes: Any
) -> None:
    """Bring `delivery` from one of `sources` to `to` with `changes`, and put them on the object in hand.

    A worker names the `fence` it was given; a person passes None and is refused while a worker holds a lease.
    Raises IllegalMove for a way the table does not have, ConflictingState when the row has moved on since it was
    read (nothing is written then)."""
    for source in sources:
        if not states.may_move(State(source), to):
            raise IllegalMove(f"{source} → {to}")
    now = clock.now()
    if to in states.TERMINAL:
        changes |= {"wake_at": None, "lease_until": None, "worker": "", "ended_at": now}
    elif to is State.HELD:
        changes |= {"wake_at": None, "lease_until": None, "worker": ""}
    elif to in states.AT_REST:
        changes |= {"lease_until": None, "worker": ""}
    if to is not State.UNCLEAR:
        # Cleared unless said otherwise: a doubt that outlived its answer would be believed at the next one.
        changes = {"doubt": {}, **changes}
    if to not in states.TERMINAL and to is not State.HELD:
        changes = {"reason": "", "sentence": "", **changes}
    changes |= {"state": to, "lane": states.lane_of(to, delivery.station_id is not None), "updated_at": now}
    rows = Delivery.objects.filter(pk=delivery.pk, state__in=list(sources))
    rows = rows.filter(lease_until__isnull=True) if fence is None else rows.filter(fence=fence)
    if rows.update(**changes) != 1:
        raise ConflictingState(MOVED_ON)
    for name, value in changes.items():
        setattr(delivery, name, value)
