"""Read what people posted on our own accounts by hand, so that the calendar shows it: đăng ngoài hệ thống."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from wagtail.permissions import policy_registry

from campaigns.schedule.outside import OutsideEntry
from cms.channels.kinds import WITH_ACCOUNT, ChannelKind
from cms.channels.models import Channel
from cms.core import clock
from cms.core.errors import LanToaError
from cms.core.models import nfc
from publishers.adapters.registry import adapter_for
from publishers.adapters.seam import Outcome, PostedThere, Recent
from publishers.connections.models import ConnectionState
from publishers.connections.services import credential_for
from publishers.delivery.errand import sealed_values
from publishers.delivery.models import Delivery, NativePost, NativeReading
from publishers.delivery.services.parking import park, rests_until

log = logging.getLogger(__name__)

#: How often an account is read, and after a reading that failed.
EVERY = timedelta(hours=1)
AFTER_FAILURE = timedelta(hours=3)
#: How far back the first reading goes, and by how much later ones overlap.
FIRST_LOOK = timedelta(days=14)
OVERLAP = timedelta(days=2)
#: Accounts read by one tick, one after the other.
AT_ONCE = 20
#: Shown of one month; a calendar must stay readable.
MOST_SHOWN = 500


def read_due() -> int:
    """Read every connected account whose time has come; return how many were read.

    Two readers never read the same account; the wire is never used inside a transaction."""
    now = clock.now()
    due = (
        Channel.objects.active()
        .filter(kind__in=WITH_ACCOUNT, connection__state=ConnectionState.OK)
        .exclude(external_id="")
        .filter(Q(native_reading__isnull=True) | Q(native_reading__next_at__lte=now))
        .select_related("connection", "native_reading")
        .order_by("native_reading__next_at", "pk")
    )
    return sum(read_channel(channel) for channel in list(due[:AT_ONCE]))


def read_channel(channel: Channel) -> bool:
    """Read one account and keep what is not ours; return whether the platform answered."""
    now = clock.now()
    before = _take_turn(channel, now)
    if before is None or rests_until(channel) is not None:
        return False
    since = now - FIRST_LOOK if before == now else max(before - OVERLAP, now - FIRST_LOOK)
    try:
        credential = credential_for(channel)
        found = adapter_for(channel.kind).recent(channel.external_id, credential, since)
    except LanToaError as error:
        _write_reading(channel, now + AFTER_FAILURE, error.sentence)
        return False
    _keep(channel, found, since)
    return found.answer.outcome is Outcome.OK


def _take_turn(channel: Channel, now: datetime) -> datetime | None:
    """Claim the reading of `channel`; return when it was read last (`now` for the first time), None when somebody
    else reads it."""
    values = {"read_at": now, "next_at": now + EVERY}
    known = NativeReading.objects.filter(channel=channel).first()
    if known is None:
        try:
            with transaction.atomic():
                NativeReading.objects.create(channel=channel, **values)
        except IntegrityError:
            return None
        return now
    taken = NativeReading.objects.filter(pk=known.pk, next_at=known.next_at, next_at__lte=now).update(
        **values
    )
    return known.read_at if taken else None


def _write_reading(channel: Channel, next_at: datetime, sentence: str) -> None:
    NativeReading.objects.filter(channel=channel).update(next_at=next_at, sentence=nfc(sentence))


def _keep(channel: Channel, found: Recent, since: datetime) -> None:
    answer, now = found.answer, clock.now()
    if answer.not_before is not None:
        park(channel, answer.park, answer.not_before, answer.sentence)
    ours = _our_ids(channel, since, found.posts)
    # A list that moves while it is read may name a post twice.
    foreign = {post.remote_id: post for post in found.posts if not _is_ours(post, ours)}
    native = [post for post in foreign.values() if post.published_at is not None]
    with transaction.atomic():
        # What was taken for somebody else's before its receipt came is ours after all.
        NativePost.objects.filter(channel=channel, remote_id__in=ours).delete()
        NativePost.objects.bulk_create(
            [
                NativePost(
                    channel=channel, remote_id=post.remote_id[:200], title=nfc(post.title)[:300],
                    text=nfc(post.text)[:2000], permalink=post.permalink[:500], published_at=post.published_at,
                    first_seen_at=now, last_seen_at=now,
                )
                for post in native
            ],
            update_conflicts=True,
            unique_fields=["channel", "remote_id"],
            update_fields=["title", "text", "permalink", "last_seen_at"],
        )  # fmt: skip
        if answer.outcome is not Outcome.OK:
            _write_reading(channel, answer.not_before or now + AFTER_FAILURE, answer.sentence)
        else:
            _write_reading(channel, now + EVERY, "")


def _our_ids(channel: Channel, since: datetime, posts: Iterable[PostedThere]) -> set[str]:
    """Return every remote name our own deliveries hold on this channel: of the time that was read, and of any time
    among the names that were seen."""
    seen = {name for post in posts for name in {post.remote_id, *post.ids}}
    rows = Delivery.objects.filter(channel=channel).filter(
        Q(due_at__gte=since - OVERLAP) | Q(receipt__remote_id__in=seen)
    )
    names: set[str] = set()
    for delivery in rows.select_related("receipt"):
        receipt = getattr(delivery, "receipt", None)
        names |= {receipt.remote_id} if receipt is not None and receipt.remote_id else set()
        for value in [*delivery.handles.values(), *sealed_values(delivery).values()]:
            held = value if isinstance(value, list) else [value]
            names |= {one for one in held if isinstance(one, str)}
    return names - {""}


def _is_ours(post: PostedThere, ours: set[str]) -> bool:
    return post.by_our_app is True or bool({post.remote_id, *post.ids} & ours)


def calendar_entries(user: Any, start: datetime, end: datetime, kind: str, body: str) -> list[OutsideEntry]:
    """Return what was posted outside this house on channels that `user` may see, for the calendar; one query."""
    policy = policy_registry.get_by_type(Channel)
    channels = policy.instances_user_has_permission_for(user, "view")
    rows = NativePost.objects.filter(channel__in=channels, published_at__gte=start, published_at__lt=end)
    if kind in ChannelKind.values:
        rows = rows.filter(channel__kind=kind)
    if body.isdecimal():
        rows = rows.filter(channel__organisation_id=int(body[:18]))
    return [
        OutsideEntry(row.published_at, str(row), row.channel.name, row.permalink)
        for row in rows.select_related("channel").order_by("published_at")[:MOST_SHOWN]
    ]
