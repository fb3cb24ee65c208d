"""The verb that takes a grant away again: here at once, and at Google too."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import F

from cms.audit.services import record
from cms.channels.kinds import ChannelKind
from cms.channels.models import Channel
from cms.core.sealed_field import Secret
from publishers.connections import exchange
from publishers.connections.connecting import require_connect
from publishers.connections.models import Connection, ConnectionState, Consent


class Parting(StrEnum):
    """What came of a disconnection."""

    NOTHING = "nothing"  # there was no grant
    ERASED = "erased"  # gone here; this platform has no call that ends a grant
    REVOKED = "revoked"  # gone here and there
    STILL_THERE = "still-there"  # gone here; the platform did not confirm that it ended the grant


def disconnect(channel: Channel, *, by: Any) -> Parting:
    """Erase what the channel was granted, then ask Google to end the grant. Posts that are due are held, with a reason.

    The token is gone here whatever the platform answers, and it is asked after the commit. A renewal that is under way
    finds a newer version and is not stored. Raises NotAllowed. May speak to the platform: not inside a transaction."""
    require_connect(by, channel)
    held = Connection.objects.filter(channel=channel).exclude(state=ConnectionState.DISCONNECTED).first()
    if held is None or not _erase(channel, by):
        return Parting.NOTHING
    secret: Any = held.refresh_token or held.access_token
    token = str(secret.reveal()) if secret else ""
    if channel.kind != ChannelKind.YOUTUBE or not token:
        return Parting.ERASED
    revoked = exchange.revoke_google(token)
    with transaction.atomic():
        record("connections.revoke", channel, actor=by, confirmed=revoked)
    return Parting.REVOKED if revoked else Parting.STILL_THERE


@transaction.atomic
def _erase(channel: Channel, by: Any) -> bool:
    erased = Connection.objects.filter(channel=channel).exclude(state=ConnectionState.DISCONNECTED).update(
        access_token=Secret(""), refresh_token=Secret(""), expires_at=None, refresh_token_since=None,
        version=F("version") + 1, lease_until=None, state=ConnectionState.DISCONNECTED, scopes=[],
        last_error_sentence="", health="", findings=[], facts={}, data_access_until=None, package_until=None, told="",
    )  # fmt: skip
    Consent.objects.filter(channel=channel).delete()
    if erased:
        record("connections.disconnect", channel, actor=by)
    return bool(erased)
