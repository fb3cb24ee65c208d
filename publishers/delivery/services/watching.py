"""Watch: bark at what is due and neither ended nor visibly held; let go what its reason no longer holds."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from campaigns.schedule.models import Slot
from cms.channels.sockets import not_ready
from cms.core import clock
from cms.core.errors import LanToaError
from publishers.delivery import pace, telling
from publishers.delivery.models import Delivery
from publishers.delivery.services import booking, pulse
from publishers.delivery.services.holding import release
from publishers.delivery.states import Reason, State

log = logging.getLogger(__name__)


#: How often somebody watches (seconds at pace 1).
WATCH_EVERY = 60.0
#: What the alarm about a silent part says; names are those of `pulse`.
SILENT = {
    pulse.BEAT: _("Bộ định nhịp ngừng hoạt động từ %(since)s nên không có gì được xử lý đúng giờ."),
    "lane:publish": _("Bộ đăng bài ngừng hoạt động từ %(since)s nên bài đến giờ không được đăng."),
    "lane:upload": _("Bộ tải tệp lên ngừng hoạt động từ %(since)s nên ảnh, video không được chuẩn bị."),
    "lane:speak": _(
        "Bộ xử lý nền ngừng hoạt động từ %(since)s nên không có gì được lên lịch hay chuyển đến đài."
    ),
}


def watch() -> bool:
    """Do the round, unless somebody did within the last minute; return whether it was ours.

    Barks at what is overdue, was never booked or has fallen silent; lets go what only waited for a connection. Asked
    by every worker process, whatever its queues: a dead one is noticed by the others."""
    if not pulse.takes_turn(pulse.WATCH, pace.wait(WATCH_EVERY)):
        return False
    raise_alarms()
    report_unbooked()
    report_silent()
    release_reconnected()
    return True


def report_silent() -> int:
    """Log an error for every part of the machinery that was not seen for five minutes, and tell the administrators of
    the centre, once per silence; return how many are silent."""
    limit = pace.wait(pace.OVERDUE_AFTER).total_seconds()
    silent = {
        each.name: each.seen_at
        for each in pulse.pulses()
        if each.name in SILENT and each.seen_at and (each.silent_for or 0.0) > limit
    }
    with transaction.atomic():
        for name, since in silent.items():
            log.error("%s is silent", name, extra={"event": "part_silent", "part": name})
            telling.silent(name, SILENT[name], since)
    return len(silent)


def raise_alarms() -> int:
    """Log an error for every delivery that is overdue and was not reported yet, and tell whoever answers for the channel;
    return how many there were.

    The queue screen shows the same rows until they have ended or are held."""
    now = clock.now()
    overdue = Delivery.objects.overdue(now - pace.wait(pace.OVERDUE_AFTER)).filter(alarmed_at__isnull=True)
    rows = list(
        overdue.select_related("channel__responsible", "channel__deputy", "station", "organisation__place")[
            :500
        ]
    )
    for row in rows:
        log.error("delivery %s overdue", row.pk, extra={"event": "delivery_overdue", "delivery": row.pk})
    with transaction.atomic():
        Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(alarmed_at=now)
        for row in rows:
            telling.overdue(row)
    return len(rows)


def report_unbooked() -> int:
    """Log an error for every approved slot that is overdue and that nobody could book; return how many there are.

    Without a delivery it is on no queue, so this is said again every time until it is booked or taken out."""
    now = clock.now()
    late = Slot.objects.between(now - booking.LOOK_BACK, now - pace.wait(pace.OVERDUE_AFTER))
    unbooked = late.planned().filter(deliveries__isnull=True, batch__isnull=True).approved()
    for slot in unbooked:
        log.error("slot %s never booked", slot.pk, extra={"event": "slot_never_booked", "slot": slot.pk})
    return len(unbooked)


def release_reconnected() -> int:
    """Let go on what was held for a missing connection that is there by now; return how many.

    A post that is too late by then is held again, for that reason, by the check before sending."""
    recent = clock.now() - timedelta(days=30)
    held = Delivery.objects.filter(
        state=State.HELD, reason__in=[Reason.RECONNECT, Reason.BLIND], due_at__gte=recent
    ).select_related("channel__organisation", "slot__variant__post", "organisation")
    rows = [delivery for delivery in held[:500] if delivery.channel is not None]
    still_missing = not_ready({delivery.channel for delivery in rows})
    released = 0
    for delivery in rows:
        if delivery.channel_id in still_missing:
            continue
        try:
            release(delivery)
            released += 1
        except LanToaError:
            continue  # somebody was faster, or only a look can tell
    return released
