"""What this room plugs into the sockets of posts: times are part of what is approved, and a post without any, or
with one that has passed, cannot be approved."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC
from typing import Any

from django.utils.translation import gettext as _

from campaigns.posts.content_rules import Finding, Severity
from campaigns.posts.models import Post
from campaigns.schedule.advisers import said_about
from campaigns.schedule.models import Slot, SlotState
from cms.channels.sockets import not_ready
from cms.core import clock


def slots_for_approval(posts: Iterable[Post]) -> dict[int, list[dict[str, Any]]]:
    """Return post id → its slots as an approval covers them, sorted; one query. Cancelled slots stay in: calling one
    off must not end the approval of the others."""
    found: dict[int, list[dict[str, Any]]] = {}
    rows = Slot.objects.filter(variant__post__in=[post.pk for post in posts]).values_list(
        "variant__post_id",
        "variant__kind",
        "channel__public_id",
        "stations_of__code",
        "at",
        "late_rule",
        "late_after",
    )
    for post_id, kind, channel, place, at, late_rule, late_after in rows:
        found.setdefault(post_id, []).append(
            {
                "kind": kind,
                "channel": str(channel or ""),
                "stations_of": place or "",
                "at": at.astimezone(UTC).isoformat(),
                "late_rule": late_rule,
                "late_after": late_after,
            }
        )
    for slots in found.values():
        slots.sort(key=lambda row: (row["kind"], row["channel"], row["stations_of"], row["at"]))
    return found


def findings_about_times(post: Post) -> list[Finding]:
    """Return what forbids approval because of when and where the post is to go out, and what is only said about it."""
    slots = list(
        Slot.objects.filter(variant__post=post, state=SlotState.PLANNED).select_related(
            "variant", "channel__organisation"
        )
    )
    if not slots and not Slot.objects.filter(variant__post=post).exists():
        return [Finding(Severity.ERROR, _("Bài đăng chưa có giờ đăng nào, vui lòng chọn kênh và giờ."))]
    now = clock.now()
    found = [
        Finding(
            Severity.ERROR,
            _("Giờ đăng %(stamp)s đã qua, vui lòng chọn lại.") % {"stamp": clock.spoken_stamp(slot.at)},
            "at",
            slot.variant.kind,
        )
        for slot in slots
        if slot.at <= now
    ]
    channels = {slot.channel.pk: slot.channel for slot in slots if slot.channel}
    for channel_id, sentence in not_ready(channels.values()).items():
        channel = channels[channel_id]
        found.append(Finding(Severity.ERROR, f"{channel.name}: {sentence}", "channel", channel.kind))
    kinds, said = {slot.pk: slot.variant.kind for slot in slots}, said_about(slots)
    # Many times may share one reason: it is said once.
    advice = dict.fromkeys((kinds[pk], sentence) for pk, sentences in said.items() for sentence in sentences)
    return found + [Finding(Severity.WARNING, sentence, "at", kind) for kind, sentence in advice]
