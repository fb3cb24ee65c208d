"""Rests of a channel or a whole app: set by a platform's limit or by our own minimum gap, over by themselves."""

from __future__ import annotations

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


def rests_until(channel: Channel) -> datetime | None:
    """Return the moment before which nothing may be sent through `channel`, or None."""
    connection = getattr(channel, "connection", None)
    covering = Q(channel=channel)
    if connection is not None and connection.app_id:
        covering |= Q(app_id=connection.app_id)
    return (
        Parking.objects.filter(covering, until__gt=clock.now())
        .order_by("-until")
        .values_list("until", flat=True)
        .first()
    )


def resting(now: datetime) -> tuple[list[int], list[int]]:
    """Return the ids of channels and of apps that rest now; usually both are empty."""
    rows = list(Parking.objects.filter(until__gt=now).values_list("channel_id", "app_id"))
    return [channel for channel, _ in rows if channel], [app for _, app in rows if app]
