"""What is stored of many connections, read in a constant number of queries and without opening one sealed value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, Q, Value, When
from django.db.models.fields import BooleanField

from cms.channels.checklist import steps_for
from cms.channels.kinds import ChannelKind
from cms.channels.models import Channel, GoLiveStep, StepState
from publishers.connections.forecast import Standing
from publishers.connections.models import Connection, ConnectionState

_FIELDS = (
    "channel_id", "state", "expires_at", "refresh_token_since", "data_access_until", "package_until", "findings", "facts",
    "health", "health_checked_at", "last_error_sentence", "connected_at", "scopes",
)  # fmt: skip
#: Steps that count only from "done" on; unknown is as good as not done.
_CLOSED = (StepState.DONE, StepState.NOT_NEEDED)
NOT_PUBLIC = "Sổ đăng ký chưa ghi nhận “{step}”: bài đã đăng có thể chưa hiển thị công khai."


@dataclass(frozen=True)
class Known:
    """One channel and what is known of its connection (`row`: {} when there is none)."""

    channel: Channel
    standing: Standing
    row: dict[str, Any]


def _holds(field: str) -> Case:
    return Case(When(~Q(**{field: ""}), then=Value(True)), default=Value(False), output_field=BooleanField())


def standings_of(channels: Iterable[Channel]) -> list[Known]:
    """Return what is known of the connection of every channel of `channels`; two queries beside the channels' own."""
    channels = list(channels)
    ids = [channel.pk for channel in channels]
    connections = Connection.objects.filter(channel_id__in=ids).annotate(
        holds_access=_holds("access_token"), holds_refresh=_holds("refresh_token"), app_name=F("app__name")
    )
    rows = {
        row["channel_id"]: row
        for row in connections.values(*_FIELDS, "holds_access", "holds_refresh", "app_name")
    }
    closed: dict[int, set[str]] = {}
    for channel_id, key in GoLiveStep.objects.filter(channel_id__in=ids, state__in=_CLOSED).values_list(
        "channel_id", "key"
    ):
        closed.setdefault(channel_id, set()).add(key)
    return [
        Known(
            channel,
            _standing(channel, rows.get(channel.pk, {}), closed.get(channel.pk, set())),
            rows.get(channel.pk, {}),
        )
        for channel in channels
    ]


def _standing(channel: Channel, row: dict[str, Any], closed: set[str]) -> Standing:
    if not row or not row["holds_access"]:
        return Standing(channel.kind, is_connected=False)
    findings = row["findings"] or []
    hidden = [step for step in steps_for(channel.kind) if step.hides_posts and step.key not in closed]
    unproven = [NOT_PUBLIC.format(step=hidden[0].title)] if hidden else []
    return Standing(
        channel.kind,
        is_connected=True,
        needs_reconnect=row["state"] == ConnectionState.NEEDS_RECONNECT,
        sentence=row["last_error_sentence"],
        renewable=row["holds_refresh"],
        expires_at=row["expires_at"],
        refresh_token_since=row["refresh_token_since"],
        data_access_until=row["data_access_until"],
        package_until=row["package_until"],
        checked=row["health_checked_at"] is not None,
        bad=tuple(each["sentence"] for each in findings if each["level"] == "bad"),
        care=(*(each["sentence"] for each in findings if each["level"] == "care"), *unproven),
        in_production=channel.kind != ChannelKind.YOUTUBE or "google-production" in closed,
    )
