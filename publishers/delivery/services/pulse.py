"""Signs of life: when beat and each lane were last seen, and how far the queue is behind."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Min

from cms.core import clock
from publishers.delivery.models import Delivery, Heartbeat
from publishers.delivery.states import Lane

BEAT = "beat"
WATCH = "watch"
#: Seconds between two writes of the same sign of life by one process.
WRITE_EVERY = 5.0

_written: dict[str, float] = {}


@dataclass(frozen=True)
class Pulse:
    """One part of the machinery as the queue screen shows it: `name`, when it was `seen_at`, how long ago (s)."""

    name: str
    seen_at: datetime | None
    silent_for: float | None


def beat_of_lane(lane: Lane) -> None:
    """Write down that the workers of `lane` are alive, at most every few seconds."""
    _seen(f"lane:{lane}")


def beat_of_clock() -> None:
    """Write down that beat is alive: called by whatever beat has just rung for."""
    _seen(BEAT)


def _seen(name: str) -> None:
    now = time.monotonic()
    if now - _written.get(name, -WRITE_EVERY) < WRITE_EVERY:
        return
    _written[name] = now
    Heartbeat.objects.update_or_create(name=name, defaults={"seen_at": clock.now()})


def takes_turn(name: str, every: timedelta) -> bool:
    """Return whether `name` was last seen more than `every` ago, and say that it is seen now: of many who ask, one."""
    now = clock.now()
    if Heartbeat.objects.filter(name=name, seen_at__lte=now - every).update(seen_at=now):
        return True
    return Heartbeat.objects.get_or_create(name=name, defaults={"seen_at": now})[1]


def pulses() -> list[Pulse]:
    """Return the signs of life of beat, of the watch and of every lane; a part never seen has no time."""
    now = clock.now()
    seen = dict(Heartbeat.objects.values_list("name", "seen_at"))
    names = [BEAT, WATCH, *(f"lane:{lane}" for lane in Lane)]
    return [Pulse(name, at := seen.get(name), (now - at).total_seconds() if at else None) for name in names]


def lag(lane: Lane) -> float:
    """Return by how many seconds the longest waiting delivery of `lane` is behind; 0.0 when nothing waits."""
    now = clock.now()
    oldest = Delivery.objects.filter(lane=lane, wake_at__lte=now, lease_until__isnull=True).aggregate(
        oldest=Min("wake_at")
    )["oldest"]
    return max(0.0, (now - oldest).total_seconds()) if oldest else 0.0
