"""Every waiting time of the engine, stretched or shrunk by one factor (settings.DELIVERY_PACE)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from cms.core import clock

#: A worker that says nothing for this long is taken for dead; others take over within one tick more.
LEASE = 45.0
#: How often a living worker says so.
HEARTBEAT_EVERY = 10.0
#: A step that shows no progress for this long loses its lease although its process lives.
LONGEST_SILENCE = 900.0
#: How far ahead of the due time media go up.
STAGE_AHEAD = 6 * 3600.0
#: Due this long ago and neither ended nor visibly held: the watchdog barks.
OVERDUE_AFTER = 300.0
#: How long an unguessable public address stays open after its delivery has ended.
PUBLIC_FILE_LIFE = 7 * 24 * 3600.0


def wait(seconds: float) -> timedelta:
    """Return `seconds` at the present pace."""
    return timedelta(seconds=seconds * settings.DELIVERY_PACE)


def after(seconds: float) -> datetime:
    """Return the moment `seconds` from now at the present pace."""
    return clock.now() + wait(seconds)


def lease_end() -> datetime:
    """Return the moment at which a lease taken or renewed now ends."""
    return after(LEASE)


def squeezed(moment: datetime) -> datetime:
    """Return a moment named by a platform, as far away as the present pace makes it (unchanged at pace 1)."""
    now = clock.now()
    return now + (moment - now) * settings.DELIVERY_PACE if moment > now else moment
