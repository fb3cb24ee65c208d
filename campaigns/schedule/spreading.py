"""The same text on many channels at one time goes out over ten minutes, not in one second.

A platform takes a hundred equal posts in one second for spam, and so do its readers. When a channel's share of the ten
minutes begins is read from the channel and the text alone: it is the same whenever it is asked, on every machine, and
the editor sees it before anybody approves."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from campaigns.schedule.models import Slot
from cms.core import clock

#: Over which time equal texts are spread.
WINDOW: Final = timedelta(minutes=10)
#: So many channels may say the same thing at the same moment.
MOST_TOGETHER: Final = 3
#: Times nearer than this count as the same moment.
NEAR: Final = timedelta(minutes=5)


def share_of(channel: object, text: str) -> timedelta:
    """Return how far into the ten minutes a channel (its public id) begins with `text`, in whole seconds. Pure."""
    digest = hashlib.sha256(f"{channel}\n{text}".encode()).digest()
    return timedelta(seconds=int.from_bytes(digest[:8], "big") % int(WINDOW.total_seconds()))


def moment_of(slot: Slot) -> datetime:
    """Return when `slot` really goes out: its own time, or its share of the ten minutes."""
    return moments_of([slot])[slot.pk]


def moments_of(slots: Iterable[Slot]) -> dict[int, datetime]:
    """Return slot id → when it really goes out; one query, however many slots. Their variant and channel must be
    read already."""
    slots = list(slots)
    found = {slot.pk: slot.at for slot in slots}
    on_channels = [slot for slot in slots if slot.channel_id is not None]
    if not on_channels:
        return found
    times = [slot.at for slot in on_channels]
    others = list(
        Slot.objects.for_channels()
        .exclude(state="cancelled")
        .filter(
            at__range=(min(times) - NEAR, max(times) + NEAR),
            variant__kind__in={slot.variant.kind for slot in on_channels},
            variant__text__in={slot.variant.text for slot in on_channels},
        )
        .order_by()
        .values_list("variant__kind", "variant__text", "at", "channel_id")
    )
    for slot in on_channels:
        said = (slot.variant.kind, slot.variant.text)
        channels = {
            channel for kind, text, at, channel in others if (kind, text) == said and abs(at - slot.at) < NEAR
        }
        if len(channels | {slot.channel_id}) > MOST_TOGETHER and slot.channel is not None:
            moment = slot.at + share_of(slot.channel.public_id, slot.variant.text)
            if not slot.channel.is_quiet(moment):
                found[slot.pk] = moment
    return found


def sentence_of(slot: Slot, moment: datetime) -> str:
    """Return what the editor reads about a spread time; "" when the slot keeps its own."""
    if moment == slot.at:
        return ""
    shown = clock.in_vietnam(moment)
    return _(
        "Nhiều kênh cùng đăng nội dung này lúc %(at)s nên hệ thống giãn ra trong 10 phút: kênh này đăng lúc %(moment)s."
    ) % {"at": clock.spoken_stamp(slot.at), "moment": shown.strftime("%H:%M:%S")}
