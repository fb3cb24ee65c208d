"""The one gate before every call: may this step be done now, must it wait, or must it not be done at all?

Whoever is about to touch the wire asks here: the thread that carries a delivery row by row, the batch that prepares
visible calls, and the same call once more when it has been lying. So nothing is allowed by one and refused by the
other. After the visible call nothing is asked: what follows only finds out what has become of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cms.channels.specs import REEL
from cms.core import clock
from publishers.adapters.seam import Step
from publishers.delivery import checks
from publishers.delivery.checks import Refusal, Wait
from publishers.delivery.errand import Errand
from publishers.delivery.models import NEW_POSTS, Delivery
from publishers.delivery.quota_plan import wait_for_quota
from publishers.delivery.services.parking import rests_of

#: Facebook counts reels over a moving day.
REEL_DAY = timedelta(hours=24)
REELS_SPENT = (
    "Trang đã đăng {number} Reel trong 24 giờ qua, là mức Facebook cho phép. Hệ thống sẽ tự đăng lúc {when}."
)


@dataclass(frozen=True)
class Pauses:
    """What makes channels wait: rests (channel id → until), and when they published their reels of the last day
    (newest first, only for channels that want to publish one)."""

    rests: Mapping[int, datetime]
    reels: Mapping[int, list[datetime]] = field(default_factory=dict)

    @classmethod
    def of(cls, deliveries: Collection[Delivery]) -> Pauses:
        """Read them afresh: one query, and one more where a reel waits, however many deliveries."""
        channels = {row.channel_id: row.channel for row in deliveries if row.channel is not None}
        wanting = {row.channel_id for row in deliveries if is_new_reel(row)}
        return cls(rests_of(channels.values()), _reels_of(wanting) if wanting else {})


def is_new_reel(delivery: Delivery) -> bool:
    """Return whether the delivery publishes a reel."""
    return delivery.request.get("form") == "reel" and delivery.purpose in NEW_POSTS


def _reels_of(channels: Collection[int | None]) -> dict[int, list[datetime]]:
    rows = Delivery.objects.filter(
        channel__in=channels,
        accepted_at__gt=clock.now() - REEL_DAY,
        request__form="reel",
        purpose__in=NEW_POSTS,
    ).order_by("-accepted_at")
    found: dict[int, list[datetime]] = {}
    for channel, at in rows.values_list("channel_id", "accepted_at"):
        if at is not None:
            found.setdefault(channel, []).append(at)
    return found


def ask(
    errand: Errand,
    step: Step,
    now: datetime,
    *,
    standing: checks.Standing | None = None,
    pauses: Pauses | None = None,
) -> Refusal | Wait | None:
    """Return what stands against doing `step` of `errand` at `now`; None when it may be done. Reads only.

    `standing` and `pauses` are what was just read for a whole batch; else they are read here. Before the very first
    step every byte of the media is compared with what was approved."""
    delivery = errand.delivery
    unread = step is errand.plan[0] and not delivery.handles
    refusal = checks.before_sending(
        delivery, errand.request, now, adapter=errand.adapter, read_through=unread, standing=standing
    )
    return refusal or _wait(errand, step, now, pauses or Pauses.of([delivery]))


def _wait(errand: Errand, step: Step, now: datetime, pauses: Pauses) -> Refusal | Wait | None:
    delivery, channel = errand.delivery, errand.channel
    until, sentence = pauses.rests.get(channel.pk), ""
    if step.visible and delivery.purpose in NEW_POSTS:
        free = _next_reel(pauses.reels.get(channel.pk, [])) if is_new_reel(delivery) else None
        if free is not None and free > max(until or now, now):
            until, sentence = free, REELS_SPENT.format(number=REEL.per_day, when=clock.spoken_stamp(free))
        if channel.is_quiet(max(until or now, now)):
            until = channel.end_of_quiet(max(until or now, now))
    if until is not None:
        return Wait(until, sentence)
    return wait_for_quota(errand, step, now)


def _next_reel(published: list[datetime]) -> datetime | None:
    """Return when the Page may publish its next reel; None: now."""
    return published[REEL.per_day - 1] + REEL_DAY if len(published) >= REEL.per_day else None
