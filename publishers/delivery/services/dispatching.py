"""Dispatch: claim a batch, ask everything there is to ask about it at once, and write its attempts, in one transaction.

What a thread would ask row by row (is it still approved, is there a stop, does the channel rest, which key) is asked
here in a constant number of queries. Only a delivery whose next act is the small visible call gets a brief; whatever
is anything else is carried row by row."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Max, Q

from cms.channels.kinds import CONNECTED
from cms.core import clock
from publishers.adapters.seam import Credential, Step
from publishers.connections.services import fresh_credentials
from publishers.delivery import checks, gate
from publishers.delivery.errand import Claim, Errand
from publishers.delivery.models import Attempt, Delivery
from publishers.delivery.services.attempting import first_line, read_all_claimed
from publishers.delivery.services.claiming import anything_due, claim_within
from publishers.delivery.states import Lane, State

log = logging.getLogger(__name__)

#: A brief older than this (seconds) is asked again before the wire is touched. Not scaled: it is about people.
FRESH_FOR = 1.0


@dataclass
class Brief:
    """One claimed delivery, looked at from every side, its attempt committed: only the call is left."""

    errand: Errand
    step: Step
    attempt: Attempt
    read_at: float

    @property
    def is_fresh(self) -> bool:
        return time.monotonic() - self.read_at < FRESH_FOR


@dataclass(frozen=True)
class Job:
    """What one thread is given: a claim, with a brief when there is one."""

    claim: Claim
    brief: Brief | None = None


def take(lane: Lane, worker: str, limit: int) -> list[Job]:
    """Claim up to `limit` deliveries of `lane` and prepare those that only lack their visible call. Committed on return."""
    if limit < 1 or not anything_due(lane):
        return []
    with transaction.atomic():
        claims = claim_within(lane, worker, limit)
        briefs = _briefs(claims) if lane is Lane.PUBLISH and claims else {}
    return [Job(each, briefs.get(each.delivery_id)) for each in claims]


def _briefs(claims: list[Claim]) -> dict[int, Brief]:
    """Return the briefs of whatever can be sent now. A fault here costs the speed of the batch, never the batch."""
    try:
        with transaction.atomic():
            return _prepared({each.delivery_id: each for each in claims})
    except Exception:
        log.exception("batch not prepared", extra={"event": "batch_not_prepared"})
        return {}


def _prepared(claims: dict[int, Claim]) -> dict[int, Brief]:
    read_at, now = time.monotonic(), clock.now()
    deliveries = [
        row for row in read_all_claimed(claims) if row.state == State.SENDING and row.kind in CONNECTED
    ]
    if not deliveries:
        return {}
    tried = {
        pk: (newest, unfinished)
        for pk, newest, unfinished in Attempt.objects.filter(delivery__in=deliveries)
        .order_by()
        .values_list("delivery_id")
        .annotate(newest=Max("number"), unfinished=Count("pk", filter=Q(finished_at__isnull=True)))
    }
    channels = {row.channel_id: row.channel for row in deliveries if row.channel is not None}
    credentials, pauses = fresh_credentials(channels.values()), gate.Pauses.of(deliveries)
    standing = checks.Standing.of(deliveries)
    briefs = {}
    for row in deliveries:
        newest, unfinished = tried.get(row.pk, (0, 0))
        credential = credentials.get(row.channel_id or 0)
        if unfinished or credential is None:
            continue
        errand = _errand(claims[row.pk], row, credential, newest)
        # Whatever the gate objects to is said by the thread that carries the row.
        if errand is None or gate.ask(errand, errand.step, now, standing=standing, pauses=pauses):
            continue
        briefs[row.pk] = Brief(errand, errand.step, first_line(errand, errand.step, is_look=False), read_at)
    Attempt.objects.bulk_create(brief.attempt for brief in briefs.values())
    return briefs


def _errand(claim: Claim, delivery: Delivery, credential: Credential, attempts_made: int) -> Errand | None:
    """Return the errand when its next act is the visible call and no file must be read through first; else None."""
    try:
        errand = Errand.of(claim, delivery, _no_beat)
        step = errand.step
    except (KeyError, TypeError, ValueError):
        return None  # said, and held, by the thread that carries it
    unread = step is errand.plan[0] and not delivery.handles and errand.request.media
    if not step.visible or unread:
        return None
    errand.credential, errand.attempts_made = credential, attempts_made
    return errand


_no_beat: Callable[[], None] = lambda: None  # noqa: E731
