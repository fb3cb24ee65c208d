"""One claimed delivery in the hands of one worker thread: the row, its adapter, its plan and the keys it was given."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Protocol, cast

from cms.channels.models import Channel
from cms.core.sealed_field import Secret
from publishers.adapters.bases import Bases, configured
from publishers.adapters.registry import adapter_for
from publishers.adapters.seam import Adapter, Answer, Credential, Request, Step
from publishers.connections.services import credential_for, renew
from publishers.delivery import decide, frozen_request, remedies
from publishers.delivery.models import Attempt, Delivery
from publishers.delivery.states import State


@dataclass(frozen=True)
class Claim:
    """The right to work on one delivery: `fence` is void as soon as somebody else claims it."""

    delivery_id: int
    fence: int
    worker: str


class Wire(Protocol):
    """One thread's place among the calls that a process makes at the same time."""

    def take(self) -> None:
        """A call begins. Never waits."""

    def leave(self) -> None:
        """The call is over: somebody else may call while its answer is written down."""


class _Open:
    """Where nobody counts calls."""

    def take(self) -> None:
        pass

    def leave(self) -> None:
        pass


OPEN_WIRE = _Open()


@dataclass
class Errand:
    """What a worker needs to carry one delivery as far as it goes now."""

    claim: Claim
    delivery: Delivery
    request: Request
    plan: tuple[Step, ...]
    beat: Callable[[], None]
    wire: Wire = OPEN_WIRE
    credential: Credential | None = None
    renewed: bool = field(default=False)
    # Number of the newest attempt, known once `open_attempt` has been asked.
    attempts_made: int = field(default=0)

    @classmethod
    def of(cls, claim: Claim, delivery: Delivery, beat: Callable[[], None], wire: Wire = OPEN_WIRE) -> Errand:
        """Prepare the claimed `delivery`. Raises KeyError, TypeError or ValueError when the frozen request cannot be
        read or planned any more."""
        request = frozen_request.thaw(delivery.request)
        plan = remedies.plan_of(adapter_of_this_thread(delivery.kind), delivery, request)
        decide.visible_position(plan)
        return cls(claim, delivery, request, plan, beat, wire)

    @property
    def adapter(self) -> Adapter:
        """The adapter of whichever thread asks."""
        return adapter_of_this_thread(self.delivery.kind)

    @property
    def fence(self) -> int:
        return self.claim.fence

    @property
    def channel(self) -> Channel:
        """The channel of the delivery. Raises LookupError for a station's: those are carried in batches."""
        if self.delivery.channel is None:
            raise LookupError("a station's delivery is carried by its batch")
        return self.delivery.channel

    @property
    def step(self) -> Step:
        """The step to do next. Raises KeyError when an older release planned a step this one does not know."""
        return decide.step_named(self.plan, self.delivery.next_step or self.plan[0].name)

    def resting_state(self, step: Step) -> State:
        """Return where the delivery waits for `step`: before, at or after the visible call."""
        visible = decide.visible_position(self.plan)
        position = self.plan.index(step)
        if position > visible:
            return State.CONFIRMING
        return State.READY if position == visible else State.BOOKED

    @contextmanager
    def on_the_wire(self) -> Iterator[None]:
        """Call inside: counts among the calls of this process."""
        self.wire.take()
        try:
            yield
        finally:
            self.wire.leave()

    def open_attempt(self) -> Attempt | None:
        """Return the attempt whose result nobody knows, if there is one."""
        newest = Attempt.objects.filter(delivery=self.delivery).order_by("-number").first()
        if newest is None:
            return None
        self.attempts_made = newest.number
        return newest if newest.finished_at is None else None

    def fetch_credential(self) -> Credential:
        """Return the credential for this errand. Raises NeedsReconnect or OutsideUnreachable."""
        if self.credential is None:
            self.credential = credential_for(self.channel)
        return self.credential

    def renew_credential(self) -> None:
        """Replace the credential the platform has just refused, once per errand. Raises like fetch_credential."""
        self.renewed = True
        self.credential = renew(self.channel, self.fetch_credential())

    def all_handles(self) -> dict[str, Any]:
        """Return open and sealed handles together, as adapters are given them."""
        return {**self.delivery.handles, **sealed_values(self.delivery)}

    def taken(self) -> list[str]:
        """Return the remote ids that other deliveries of the same channel already hold: no look may take them."""
        recent = self.delivery.due_at - timedelta(days=2)
        rows = (
            Delivery.objects.filter(channel_id=self.delivery.channel_id, due_at__gte=recent)
            .exclude(pk=self.delivery.pk)
            .values_list("handles", "receipt__remote_id")
        )
        ids = set()
        for handles, remote_id in rows:
            ids |= {value for value in handles.values() if isinstance(value, str) and value}
            ids |= {remote_id} if remote_id else set()
        return sorted(ids)


_kept = threading.local()


def adapter_of_this_thread(kind: str) -> Adapter:
    """Return an adapter whose connections stay open between errands; it never leaves its thread."""
    bases = configured()
    adapters: dict[tuple[str, Bases], Adapter] = _kept.__dict__.setdefault("adapters", {})
    if (kind, bases) not in adapters:
        adapters[kind, bases] = adapter_for(kind, bases)
    return adapters[kind, bases]


def sealed_values(delivery: Delivery) -> dict[str, str]:
    """Return the sealed handles as a dictionary."""
    text = cast(Secret, delivery.sealed_handles).reveal()
    return json.loads(text) if text else {}


def merged_handles(delivery: Delivery, answer: Answer) -> dict[str, Any]:
    """Return the column values that keep what `answer` brought; an empty value erases a handle."""
    changes: dict[str, Any] = {}
    if answer.handles:
        changes["handles"] = _merge(delivery.handles, answer.handles)
    if answer.sealed:
        merged = _merge(sealed_values(delivery), answer.sealed)
        changes["sealed_handles"] = Secret(json.dumps(merged, sort_keys=True) if merged else "")
    return changes


def _merge(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    merged = {**old, **new}
    return {name: value for name, value in merged.items() if value not in ("", None) and value != []}
