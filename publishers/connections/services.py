"""Verbs on credentials: hand one out, renew it under a lease, store a new pair, say that a person must reconnect."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, cast

from django.db import transaction
from django.db.models import F, Q

from cms.audit.services import record
from cms.channels.kinds import WITH_ACCOUNT, ChannelKind
from cms.channels.models import Channel
from cms.core import clock
from cms.core.errors import LanToaError, OutsideUnreachable
from cms.core.models import nfc
from cms.core.sealed_field import Secret
from publishers.adapters.seam import Credential
from publishers.connections import grants
from publishers.connections.grants import GrantAnswer, GrantOutcome
from publishers.connections.models import Connection, ConnectionState, PlatformApp
from publishers.connections.telling import tell_about

log = logging.getLogger(__name__)

#: A token that dies within this time is renewed before it is used.
EXPIRY_MARGIN = timedelta(seconds=120)
#: Tokens that live an hour are renewed this long before they die, those of Zalo (25 hours) much earlier, because the
#: old pair is worth nothing once the answer with the new one is lost.
RENEW_AHEAD = timedelta(minutes=10)
RENEW_AHEAD_ZALO = timedelta(hours=5)
#: Longer than the whole call to a token endpoint may take (grants.TIMEOUT), so that two never overlap.
LEASE = timedelta(seconds=30)
#: How long the others wait for the one who renews, and how often they look.
PATIENCE = 40.0
LOOK_EVERY = 0.1
#: A token that can be renewed and names no end is taken to live this long: unknown is not "for ever".
UNNAMED_LIFE = timedelta(hours=1)

NOT_CONNECTED = (
    "Kênh này chưa được kết nối với nền tảng. Vui lòng nhờ quản trị hệ thống kết nối kênh trước khi đăng."
)
RECONNECT = "Kết nối của kênh đã hết hiệu lực. Vui lòng nhờ quản trị hệ thống kết nối lại kênh."
UNREACHABLE = "Chưa gia hạn được kết nối của kênh vì nền tảng không trả lời. Hệ thống sẽ tự thử lại."


class NeedsReconnect(LanToaError):
    """The channel has no usable credential; only a person can give it one."""


def credential_for(channel: Channel) -> Credential:
    """Return what an adapter may use for `channel`, renewed first when it is about to die.

    Kinds without an account get an empty one. Raises NeedsReconnect, or OutsideUnreachable when the token must be
    renewed and the platform is away. May speak to the platform: never call it inside a transaction."""
    if channel.kind not in WITH_ACCOUNT:
        return Credential("")
    connection = _read(channel)
    if connection.is_fresh(clock.now(), EXPIRY_MARGIN):
        return _handed_out(connection)
    return _renewed(connection)


def fresh_credentials(channels: Iterable[Channel]) -> dict[int, Credential]:
    """Return channel id → credential for those of `channels` that need no renewal now; one query, never the wire.

    Kinds without an account get an empty one. For the others ask `credential_for`."""
    now, channels = clock.now(), list(channels)
    found = {channel.pk: Credential("") for channel in channels if channel.kind not in WITH_ACCOUNT}
    wanted = [channel.pk for channel in channels if channel.pk not in found]
    for connection in Connection.objects.usable().filter(channel__in=wanted).select_related("app"):
        if connection.is_fresh(now, EXPIRY_MARGIN):
            found[connection.channel_id] = _handed_out(connection)
    return found


def renew(channel: Channel, dead: Credential) -> Credential:
    """Return a credential other than `dead`, which the platform has just refused.

    Usually another worker has renewed it meanwhile: then nobody is asked. Raises like `credential_for`."""
    connection = _read(channel)
    if _plain(connection.access_token) != dead.access_token:
        return _handed_out(connection)
    return _renewed(connection)


def _plain(secret: Any) -> str:
    return secret.reveal()


def _read(channel: Channel) -> Connection:
    connection = Connection.objects.select_related("app").filter(channel=channel).first()
    if connection is None or not connection.access_token:
        raise NeedsReconnect(NOT_CONNECTED)
    if connection.state == ConnectionState.NEEDS_RECONNECT:
        raise NeedsReconnect(connection.last_error_sentence or RECONNECT)
    return connection


def _handed_out(connection: Connection) -> Credential:
    return _with_app(_plain(connection.access_token), connection)


def _with_app(access_token: str, connection: Connection) -> Credential:
    app = connection.app
    return Credential(
        access_token, app_secret=_plain(app.secret) if app else "", app_id=app.app_id if app else ""
    )


def _renewed(connection: Connection) -> Credential:
    """Renew `connection`, or wait for the worker who is at it. One refresh call however many ask at once."""
    deadline = time.monotonic() + PATIENCE
    seen = connection.version
    while True:
        if not connection.refresh_token or connection.app is None:
            mark_needs_reconnect(connection.channel, RECONNECT)
            raise NeedsReconnect(RECONNECT)
        if _take_lease(connection.pk, seen):
            return _refresh_now(connection)
        if time.monotonic() > deadline:
            raise OutsideUnreachable(UNREACHABLE)
        time.sleep(LOOK_EVERY)
        connection = _read(connection.channel)
        if connection.version != seen:
            return _handed_out(connection)


def _take_lease(pk: int, version: int) -> bool:
    now = clock.now()
    return bool(
        Connection.objects.filter(pk=pk, version=version, state=ConnectionState.OK)
        .filter(Q(lease_until__isnull=True) | Q(lease_until__lt=now))
        .update(lease_until=now + LEASE)
    )


def _refresh_now(connection: Connection) -> Credential:
    """Ask the platform; the lease is ours. A lost answer is asked for once more with the old refresh token."""
    answer = _ask(connection)
    if answer.outcome is GrantOutcome.LOST:
        Connection.objects.filter(pk=connection.pk, version=connection.version).update(
            lease_until=clock.now() + LEASE
        )
        answer = _ask(connection)
    if answer.outcome is GrantOutcome.RENEWED:
        if not _store(connection, answer):
            # Our lease ran out while we waited and somebody else has stored a newer pair: theirs is the living one.
            return _handed_out(_read(connection.channel))
        return _with_app(answer.access_token, connection)
    log.warning(
        "token not renewed: %s",
        answer.outcome,
        extra={"event": "token_not_renewed", "channel": connection.channel_id},
    )
    if answer.outcome is GrantOutcome.REFUSED:
        mark_needs_reconnect(connection.channel, RECONNECT, code=answer.code)
        raise NeedsReconnect(RECONNECT)
    Connection.objects.filter(pk=connection.pk, version=connection.version).update(
        lease_until=None, last_error_sentence=UNREACHABLE, last_checked=clock.now()
    )
    raise OutsideUnreachable(UNREACHABLE)


def _ask(connection: Connection) -> GrantAnswer:
    refresh = grants.refresh_zalo if connection.channel.kind == ChannelKind.ZALO else grants.refresh_google
    own = _with_app("", connection)
    return refresh(_plain(connection.refresh_token), own.app_id, own.app_secret, clock.now())


@transaction.atomic
def _store(connection: Connection, answer: GrantAnswer) -> bool:
    changes: dict[str, Any] = {
        "access_token": Secret(answer.access_token),
        "expires_at": answer.expires_at or clock.now() + UNNAMED_LIFE,
        "version": F("version") + 1,
        "lease_until": None,
        "last_checked": clock.now(),
        "last_error_sentence": "",
    }
    if answer.refresh_token:
        changes |= {"refresh_token": Secret(answer.refresh_token), "refresh_token_since": clock.now()}
    stored = Connection.objects.filter(pk=connection.pk, version=connection.version).update(**changes)
    if stored:
        record("connections.renew", connection, organisation_id=connection.channel.organisation_id)
    return bool(stored)


@transaction.atomic
def store_tokens(
    channel: Channel,
    *,
    access_token: str,
    refresh_token: str = "",
    expires_at: datetime | None = None,
    app: PlatformApp | None = None,
    scopes: list[str] | None = None,
    by: Any = None,
) -> Connection:
    """Keep what a person was granted for `channel` and make the connection usable.

    An empty token never overwrites a stored one, an unnamed app or scope list neither. Raises NeedsReconnect when
    there is no access token at all, neither given nor stored."""
    now = clock.now()
    connection = Connection.objects.select_for_update().filter(channel=channel).first() or Connection(
        channel=channel
    )
    if access_token:
        connection.access_token = cast(Any, Secret(access_token))
        renewable = bool(refresh_token or connection.refresh_token)
        connection.expires_at = expires_at or (now + UNNAMED_LIFE if renewable else None)
    if refresh_token:
        connection.refresh_token = cast(Any, Secret(refresh_token))
        connection.refresh_token_since = now
    if not connection.access_token:
        raise NeedsReconnect(NOT_CONNECTED)
    connection.app = app or connection.app
    connection.scopes = scopes if scopes is not None else connection.scopes
    connection.version += 1
    connection.lease_until = None
    connection.state = ConnectionState.OK
    connection.last_error_sentence = ""
    connection.connected_by = by if getattr(by, "pk", None) else connection.connected_by
    connection.connected_at = now
    connection.last_checked = now
    connection.save()
    record(
        "connections.connect",
        connection,
        actor=by,
        organisation_id=channel.organisation_id,
        kind=channel.kind,
    )
    return connection


@transaction.atomic
def mark_needs_reconnect(channel: Channel, sentence: str, code: str = "") -> None:
    """Say that only a person can bring `channel` back; nothing more is sent with its credential."""
    changed = Connection.objects.filter(channel=channel, state=ConnectionState.OK).update(
        state=ConnectionState.NEEDS_RECONNECT,
        lease_until=None,
        last_error_sentence=nfc(sentence)[:300],
        last_checked=clock.now(),
        told="dead",
    )
    if changed:
        log.error("channel needs reconnecting", extra={"event": "needs_reconnect", "channel": channel.pk})
        record("connections.lost", channel, code=code)
        tell_about(channel, sentence, "dead")


def refresh_expiring() -> int:
    """Renew every token that is about to die, Zalo's 5 of its 25 hours ahead; return how many were renewed."""
    now = clock.now()
    dying = Connection.objects.expiring(now + RENEW_AHEAD) | Connection.objects.expiring(
        now + RENEW_AHEAD_ZALO
    ).filter(channel__kind=ChannelKind.ZALO)
    renewed = 0
    for connection in dying.select_related("app", "channel")[:200]:
        try:
            _renewed(connection)
            renewed += 1
        except LanToaError:
            continue  # said and kept on the row already
    return renewed


def not_ready(channels: Iterable[Channel]) -> dict[int, str]:
    """Return channel id → sentence for every channel of `channels` that has no usable credential; one query."""
    wanted = {channel.pk for channel in channels if channel.kind in WITH_ACCOUNT}
    if not wanted:
        return {}
    rows = {row.channel_id: row for row in Connection.objects.filter(channel_id__in=wanted)}
    found = {}
    for pk in wanted:
        row = rows.get(pk)
        if row is None or not row.access_token:
            found[pk] = NOT_CONNECTED
        elif row.state == ConnectionState.NEEDS_RECONNECT:
            found[pk] = row.last_error_sentence or RECONNECT
    return found
