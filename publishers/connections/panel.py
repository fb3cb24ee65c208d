"""What a channel's page shows of its connection: how it stands, what is about to die, and the next button."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from wagtail.permissions import policy_registry

from cms.channels.kinds import WITH_ACCOUNT
from cms.channels.models import Channel
from publishers.connections.checking import standing_forecasts
from publishers.connections.models import Connection, ConnectionState
from publishers.connections.urgency_words import URGENCY_WORDS


def connection_panel(request: HttpRequest, channel: Channel) -> str:
    """Return the panel as HTML; "" for kinds without an account."""
    if channel.kind not in WITH_ACCOUNT:
        return ""
    ((_channel, seen, row),) = standing_forecasts([channel])
    policy = policy_registry.get_by_type(Channel)
    connected = bool(row) and row["holds_access"]
    context: dict[str, Any] = {
        "channel": channel,
        "seen": seen,
        "word": URGENCY_WORDS[seen.urgency],
        "level": seen.urgency.name.lower(),
        "row": row,
        "connected": connected,
        "lost": bool(row) and row["state"] == ConnectionState.NEEDS_RECONNECT,
        "connection": Connection.objects.filter(channel=channel)
        .select_related("connected_by", "app")
        .only("connected_by__full_name", "connected_by__username", "app__name", "connected_at", "state")
        .first(),
        "may_connect": policy.user_has_permission_for_instance(request.user, "connect", channel),
    }
    return render_to_string("connections/panel.html", context, request)
