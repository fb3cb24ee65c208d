"""Claim what is due: a batch of rows, each with a lease and a new fence, no two claimers with the same row."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from cms.core import clock
from publishers.delivery import pace
from publishers.delivery.errand import Claim
from publishers.delivery.models import Delivery
from publishers.delivery.services.parking import resting
from publishers.delivery.states import WATCHED, Lane, State

#: What a claimed row becomes; the others stay what they are under a lease.
BECOMES = {State.BOOKED: State.STAGING, State.READY: State.SENDING}
#: Rows read per row wanted: of several that are due on one channel only the first can be taken.
READ_AHEAD = 6


def claim(lane: Lane, worker: str, limit: int) -> list[Claim]:
    """Take up to `limit` deliveries of `lane` that need something now, and return the claims.

    Rows of a dead worker are among them as soon as their lease has ended. Resting channels and channels on which
    somebody is sending are left alone; of several due on one channel the earliest is taken. Committed on return."""
    if limit < 1 or not anything_due(lane):
        return []
    with transaction.atomic():
        return claim_within(lane, worker, limit)


def anything_due(lane: Lane) -> bool:
    """Return whether some row of `lane` needs something now: the cheap question of every tick, without a lock."""
    return Delivery.objects.claimable(lane, clock.now()).exists()


def claim_within(lane: Lane, worker: str, limit: int) -> list[Claim]:
    """`claim` inside the caller's transaction: the claims count once that has committed."""
    now = clock.now()
    # SKIP LOCKED on PostgreSQL; SQLite holds its one write lock since BEGIN IMMEDIATE.
    rows = _candidates(lane, now).select_for_update(skip_locked=True, of=("self",))
    chosen = _first_per_channel(
        rows.values("pk", "state", "fence", "channel_id")[: limit * READ_AHEAD], limit
    )
    claims = []
    for state in State:
        claims += _take([row for row in chosen if row["state"] == state], state, worker, now)
    return claims


def hand_back(claim: Claim) -> None:
    """Undo a claim nobody has worked on, so that it can be claimed at once; a void one is left alone."""
    now = clock.now()
    rows = Delivery.objects.filter(pk=claim.delivery_id, fence=claim.fence, lease_until__isnull=False)
    rest = {"lease_until": None, "worker": "", "wake_at": now, "updated_at": now}
    for before, leased in BECOMES.items():
        rows.filter(state=leased).update(state=before, **rest)
    rows.filter(state__in=list(WATCHED)).update(**rest)


def _candidates(lane: Lane, now: datetime) -> QuerySet[Delivery]:
    rows = Delivery.objects.claimable(lane, now)
    if lane is Lane.PUBLISH:
        busy = Delivery.objects.filter(channel=OuterRef("channel"), state=State.SENDING)
        rows = rows.exclude(Q(state=State.READY) & Exists(busy))
    channels, apps = resting(now)
    fresh = Q(state__in=[State.BOOKED, State.READY])
    if channels:
        rows = rows.exclude(fresh & Q(channel_id__in=channels))
    if apps:
        rows = rows.exclude(fresh & Q(channel__connection__app_id__in=apps))
    return rows


def _first_per_channel(rows: QuerySet, limit: int) -> list[dict]:
    chosen: list[dict] = []
    sending_on: set[int] = set()
    for row in rows:
        if row["state"] == State.READY:
            if row["channel_id"] in sending_on:
                continue
            sending_on.add(row["channel_id"])
        chosen.append(row)
        if len(chosen) == limit:
            break
    return chosen


def _take(rows: list[dict], state: State, worker: str, now: datetime) -> list[Claim]:
    """Lease `rows`, all of them in `state`. Where another claimer was faster on a channel, the others still go."""
    if not rows:
        return []
    try:
        with transaction.atomic():
            if _lease([row["pk"] for row in rows], state, worker, now) == len(rows):
                return [Claim(row["pk"], row["fence"] + 1, worker) for row in rows]
            raise IntegrityError("a row moved between reading and leasing")
    except IntegrityError:
        claims = []
        for row in rows:
            try:
                with transaction.atomic():
                    if _lease([row["pk"]], state, worker, now):
                        claims.append(Claim(row["pk"], row["fence"] + 1, worker))
            except IntegrityError:
                continue  # somebody else is sending on that channel by now
        return claims


def _lease(ids: list[int], state: State, worker: str, now: datetime) -> int:
    end = pace.lease_end()
    return Delivery.objects.filter(pk__in=ids, state=state, wake_at__lte=now).update(
        state=BECOMES.get(state, state),
        fence=F("fence") + 1,
        lease_until=end,
        wake_at=end,
        worker=worker,
        heartbeat_at=now,
        updated_at=now,
    )
