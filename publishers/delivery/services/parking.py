"""Rests of a channel or a whole app: set by a platform's limit or by our own minimum gap, over by themselves."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from cms.channels.models import Channel
from cms.core import clock
from cms.core.models import nfc
from publishers.adapters.seam import ParkScope
from publishers.delivery.models import Parking


def park(channel: Channel, scope: ParkScope, until: datetime, sentence: str) -> None:
    """Let nothing through `channel` (or through the app it is connected with) before `until`.

    A longer rest that already stands is kept. An app scope without a known app rests the channel."""
    connection = getattr(channel, "connection", None)
    app_id = connection.app_id if connection is not None and scope is not ParkScope.CHANNEL else None
    place = {"app_id": app_id} if app_id else {"channel_id": channel.pk}
    values = {"until": until, "sentence": nfc(sentence)[:300]}
    parking, created = Parking.objects.get_or_create(**place, defaults=values)
    if not created:
        Parking.objects.filter(pk=parking.pk, until__lt=until).update(**values)


def rests_until(channel: Channel, *, may_be_seen: bool = False) -> datetime | None:
    """Return the moment before which nothing may be sent through `channel`, or None.

    What `may_be_seen` (the visible call of a new post) waits for the end of the channel's quiet hours too; media go up
    in them, and what corrects or removes a post does not wait."""
    until, now = rests_of([channel]).get(channel.pk), clock.now()
    if may_be_seen and channel.is_quiet(max(until or now, now)):
        return channel.end_of_quiet(max(until or now, now))
    return until


def rests_of(channels: Collection[Channel]) -> dict[int, datetime]:
    """Return channel id → the moment before which nothing may be sent through it, for those that rest; one query."""
    apps = {channel.pk: _app_of(channel) for channel in channels}
    covering = Q(channel__in=list(apps)) | Q(app__in={app for app in apps.values() if app})
    rows = Parking.objects.filter(covering, until__gt=clock.now()).values_list(
        "channel_id", "app_id", "until"
    )
    found: dict[int, datetime] = {}
    for channel_id, app_id, until in rows:
        for pk, app in apps.items():
            if pk == channel_id or (app_id and app == app_id):
                found[pk] = max(until, found.get(pk, until))
    return found


def _app_of(channel: Channel) -> int | None:
    connection = getattr(channel, "connection", None)
    return connection.app_id if connection is not None else None


def resting(now: datetime) -> tuple[list[int], list[int]]:
    """Return the ids of channels and of apps that rest now; usually both are empty."""
    rows = list(Parking.objects.filter(until__gt=now).values_list("channel_id", "app_id"))
    return [channel for channel, _ in rows if channel], [app for _, app in rows if app]
