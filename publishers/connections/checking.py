"""Verbs of health: look at an account, keep what was seen, say in time what is about to die.

No transaction is open while the platform is asked."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db import transaction

from cms.audit.services import record
from cms.channels.kinds import WITH_ACCOUNT, ChannelKind
from cms.channels.models import Channel
from cms.core import clock
from cms.core.errors import LanToaError
from publishers.adapters.facebook.verdicts import RECONNECT as RECONNECT_FACEBOOK
from publishers.adapters.seam import Credential
from publishers.connections import media_door, probes
from publishers.connections.forecast import Forecast, Urgency, forecast
from publishers.connections.models import Connection, ConnectionState, Health
from publishers.connections.probes import Level, Probe, Sight
from publishers.connections.services import (
    RECONNECT,
    NeedsReconnect,
    credential_for,
    mark_needs_reconnect,
    renew,
)
from publishers.connections.standings import standings_of
from publishers.connections.telling import tell_about

log = logging.getLogger(__name__)

#: One look a day; the beat asks every hour for those whose day is over.
EVERY = timedelta(hours=23)
MOST_AT_ONCE = 500

_LOOK = {
    ChannelKind.FACEBOOK: probes.look_at_page,
    ChannelKind.YOUTUBE: probes.look_at_channel,
    ChannelKind.ZALO: probes.look_at_oa,
}


def check(channel: Channel, *, by: Any = None) -> Connection | None:
    """Look at the account of `channel` and keep what was seen; None where nothing is connected.

    A token found dead is renewed once where that is possible; if it stays dead, the channel needs reconnecting."""
    if channel.kind not in WITH_ACCOUNT:
        return None
    connection = Connection.objects.filter(channel=channel).first()
    if connection is None or not connection.access_token:
        return None
    probe = _looked(channel)
    if probe.sight is Sight.DEAD:
        facebook = channel.kind == ChannelKind.FACEBOOK
        mark_needs_reconnect(channel, RECONNECT_FACEBOOK if facebook else RECONNECT, code=probe.code)
    _keep(connection, probe, by)
    return Connection.objects.get(pk=connection.pk)


def _looked(channel: Channel) -> Probe:
    look = _LOOK[ChannelKind(channel.kind)]
    try:
        credential = credential_for(channel)
        probe = look(credential, channel.external_id)
        if probe.sight is Sight.DEAD and channel.kind != ChannelKind.FACEBOOK:
            renewed: Credential = renew(channel, credential)
            probe = look(renewed, channel.external_id)
        return _with_media_door(probe) if channel.kind == ChannelKind.ZALO else probe
    except NeedsReconnect:
        return Probe(Sight.DEAD, "needs-reconnect")
    except LanToaError:
        return Probe(Sight.SILENT, "unreachable")


def _with_media_door(probe: Probe) -> Probe:
    trouble = media_door.trouble() if probe.sight is Sight.SEEN else None
    return replace(probe, findings=(*probe.findings, trouble)) if trouble else probe


@transaction.atomic
def _keep(connection: Connection, probe: Probe, by: Any) -> None:
    now = clock.now()
    changes: dict[str, Any] = {"health_checked_at": now, "last_checked": now, "updated_at": now}
    if probe.sight is Sight.SILENT:
        # What was seen the last time still stands; only its colour says that nobody could look today.
        changes["health"] = Health.UNKNOWN
    elif probe.sight is Sight.DEAD:
        changes |= {"health": Health.BAD, "findings": []}
    else:
        levels = {finding.level for finding in probe.findings}
        changes |= {
            "health": Health.BAD if Level.BAD in levels else Health.CARE if levels else Health.GOOD,
            "findings": [
                {"level": str(each.level), "code": each.code, "sentence": each.sentence}
                for each in probe.findings
            ],
            "facts": dict(probe.facts),
            "data_access_until": probe.data_access_until,
            "package_until": probe.package_until,
        }
        if probe.scopes is not None:
            changes["scopes"] = list(probe.scopes)
        if connection.channel.kind == ChannelKind.FACEBOOK:
            changes["expires_at"] = probe.expires_at
    # A grant that was replaced while we looked keeps what its own look will find.
    rows = Connection.objects.filter(pk=connection.pk)
    if connection.channel.kind == ChannelKind.FACEBOOK:
        rows = rows.filter(version=connection.version)
    before = connection.health
    if rows.update(**changes) and (by is not None or before != changes["health"]):
        record(
            "connections.check", connection, actor=by, organisation_id=connection.channel.organisation_id,
            health=str(changes["health"]), code=probe.code,
        )  # fmt: skip


def check_all() -> int:
    """Look at every account that nobody looked at for a day; return how many. Then say what is about to die."""
    due = clock.now() - EVERY
    rows = Connection.objects.filter(channel__is_active=True).exclude(state=ConnectionState.DISCONNECTED)
    waiting = (rows.filter(health_checked_at__isnull=True) | rows.filter(health_checked_at__lt=due)).order_by(
        "health_checked_at"
    )
    looked = 0
    for connection in waiting.select_related("channel__organisation")[:MOST_AT_ONCE]:
        try:
            check(connection.channel)
            looked += 1
        except Exception:
            # One account must not keep the others from being looked at.
            log.exception("health check failed", extra={"event": "health_check_failed"})
    warn()
    return looked


def warn() -> int:
    """Tell about every connection that has come closer to its end since people were told last; return how many."""
    rows = Connection.objects.filter(channel__is_active=True).exclude(state=ConnectionState.DISCONNECTED)
    channels = Channel.objects.filter(connection__in=rows).select_related(
        "organisation", "responsible", "deputy"
    )
    told = dict(rows.values_list("channel_id", "told"))
    number = 0
    for standing in standings_of(channels):
        seen = forecast(standing.standing, clock.now())
        if seen.urgency > Urgency.SOON:
            if told.get(standing.channel.pk):
                rows.filter(channel=standing.channel).update(told="")
            continue
        mark = f"{seen.urgency.name.lower()} {seen.at:%Y-%m-%d}" if seen.at else seen.urgency.name.lower()
        if told.get(standing.channel.pk) != mark:
            _tell(standing.channel, seen, mark)
            number += 1
    return number


@transaction.atomic
def _tell(channel: Channel, seen: Forecast, mark: str) -> None:
    if not Connection.objects.filter(channel=channel).exclude(told=mark).update(told=mark):
        return
    log.error("connection about to die: %s", mark, extra={"event": "connection_dying", "channel": channel.pk})
    record("connections.dying", channel, urgency=seen.urgency.name.lower(), sentence=seen.sentence)
    tell_about(channel, seen.sentence, mark)


def standing_forecasts(channels: Iterable[Channel]) -> list[tuple[Channel, Forecast, dict[str, Any]]]:
    """Return (channel, forecast, row of its connection) for `channels`, the next to die first; two queries."""
    now = clock.now()
    found = [(each.channel, forecast(each.standing, now), each.row) for each in standings_of(channels)]
    return sorted(found, key=lambda each: (each[1].sort_key, each[0].name))
