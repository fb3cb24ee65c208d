"""Verbs that write slots: plan, move, take out; and `settle`, by which delivery writes down what became of one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from wagtail.permissions import policy_registry

from campaigns.posts.models import Post, Variant
from campaigns.schedule import reach, rules
from campaigns.schedule.models import LateRule, Slot, SlotState
from cms.approvals import services as approvals
from cms.audit.services import record
from cms.channels.kinds import ChannelKind
from cms.channels.models import Channel
from cms.channels.sockets import not_ready
from cms.core import clock
from cms.core.errors import ConflictingState, InputRefused, NotAllowed
from cms.places.models import AdministrativeUnit

#: Later than this nobody waits for a post any more (seconds).
LONGEST_LATENESS = 7 * 24 * 3600
#: From → to, as delivery may write it down.
SETTLEMENTS: dict[str, frozenset[str]] = {
    SlotState.PLANNED: frozenset({SlotState.BOOKED, SlotState.HELD, SlotState.DONE, SlotState.CANCELLED}),
    SlotState.BOOKED: frozenset({SlotState.DONE, SlotState.HELD, SlotState.CANCELLED, SlotState.PLANNED}),
    SlotState.HELD: frozenset({SlotState.BOOKED, SlotState.DONE, SlotState.CANCELLED, SlotState.PLANNED}),
    SlotState.DONE: frozenset(),
    SlotState.CANCELLED: frozenset(),
}


@transaction.atomic
def plan_slot(
    variant: Variant,
    at: datetime,
    by: Any,
    *,
    channel: Channel | None = None,
    stations_of: AdministrativeUnit | None = None,
    late_rule: str = LateRule.HOLD,
    late_after: int = 2 * 3600,
) -> Slot:
    """Plan `variant` to go out at `at`, on one channel or to every station of a place.

    `late_after` is in seconds. Raises InputRefused for a time in the past, a channel of another kind, one that is
    switched off or cannot be posted to, a time the channel's gap forbids, or the same slot twice; NotAllowed for a
    post, channel or place out of the person's reach."""
    post = variant.post
    _require_post(post, by)
    if (channel is None) == (stations_of is None):
        raise InputRefused(
            _("Vui lòng chọn một kênh, hoặc một địa bàn cho các đài truyền thanh."), field="channel"
        )
    _check_time(at)
    _check_lateness(late_rule, late_after)
    if channel is not None:
        _check_channel(variant, channel, at, by)
    else:
        _check_place(variant, stations_of, by)
    slot = Slot(
        variant=variant,
        channel=channel,
        stations_of=stations_of,
        at=at,
        late_rule=late_rule,
        late_after=late_after,
    )
    _save(slot)
    record("plan_slot", slot, actor=by, organisation_id=post.organisation_id, at=at.isoformat())
    _touch(post, by)
    return slot


@transaction.atomic
def move_slot(slot: Slot, at: datetime, by: Any) -> Slot:
    """Give a planned slot another time. Raises like `plan_slot`, and ConflictingState once it was booked or sent."""
    slot = _locked(slot)
    _require_post(slot.variant.post, by)
    _require_planned(slot)
    if at == slot.at:
        return slot
    _check_time(at)
    if slot.channel is not None:
        _check_channel(slot.variant, slot.channel, at, by, besides=slot)
    before, slot.at = slot.at, at
    _save(slot)
    record(
        "move_slot",
        slot,
        actor=by,
        organisation_id=slot.variant.post.organisation_id,
        before=before.isoformat(),
        at=at.isoformat(),
    )
    _touch(slot.variant.post, by)
    return slot


@transaction.atomic
def set_lateness(slot: Slot, by: Any, *, late_rule: str, late_after: int) -> Slot:
    """Say after how many seconds a planned slot is late, and what happens to it then. Saying the same does nothing.

    Raises InputRefused for an unknown rule or an odd time, NotAllowed, and ConflictingState once it was booked."""
    slot = _locked(slot)
    if (slot.late_rule, slot.late_after) == (late_rule, late_after):
        return slot
    _require_post(slot.variant.post, by)
    _require_planned(slot)
    _check_lateness(late_rule, late_after)
    before = {"late_rule": slot.late_rule, "late_after": slot.late_after}
    slot.late_rule, slot.late_after = late_rule, late_after
    slot.save(update_fields=["late_rule", "late_after", "updated_at"])
    record(
        "set_lateness", slot, actor=by, organisation_id=slot.variant.post.organisation_id,
        before=before, late_rule=late_rule, late_after=late_after,
    )  # fmt: skip
    _touch(slot.variant.post, by)
    return slot


@transaction.atomic
def take_out_slot(slot: Slot, by: Any) -> None:
    """Remove a planned slot. Raises NotAllowed, or ConflictingState once it was booked or sent (cancel it then)."""
    slot = _locked(slot)
    post = slot.variant.post
    _require_post(post, by)
    _require_planned(slot)
    record("take_out_slot", slot, actor=by, organisation_id=post.organisation_id, at=slot.at.isoformat())
    try:
        slot.delete()
    except ProtectedError:
        raise ConflictingState(_("Giờ đăng này đã có lượt đăng nên không bỏ được, chỉ có thể hủy.")) from None
    _touch(post, by)


@transaction.atomic
def cancel_slot(slot: Slot, by: Any) -> Slot:
    """Say that an open slot will not go out. What was approved stays approved: less is sent, nothing else.

    Raises NotAllowed, or ConflictingState for a slot that went out or was cancelled already."""
    slot = _locked(slot)
    _require_post(slot.variant.post, by)
    settle(slot, SlotState.CANCELLED, clock.now(), by=by)
    return slot


def settle(slot: Slot, state: str, at: datetime, by: Any = None) -> Slot:
    """Write down what became of a slot; `at` is when. Delivery calls this; saying the same thing twice does nothing.

    Raises ConflictingState for a change that cannot be (out of `done` or `cancelled`)."""
    in_the_way = _write_down(slot, state, at, by)
    if in_the_way is not None:
        raise ConflictingState(
            _("Giờ đăng đang ở trạng thái “%(present)s”, không chuyển sang “%(state)s” được.")
            % {"present": SlotState(in_the_way).label, "state": SlotState(state).label}
        )
    return slot


@transaction.atomic(savepoint=False)
def _write_down(slot: Slot, state: str, at: datetime, by: Any) -> str | None:
    """Bring the slot to `state`; return the state it stands in when there is no way from there."""
    rows = Slot.objects.filter(pk=slot.pk)
    change = {"state": state, "settled_at": at, "updated_at": clock.now()}
    present = slot.state
    # What the caller has read is usually still so: one guarded UPDATE then says and checks it at once.
    if state not in SETTLEMENTS[present] or not rows.filter(state=present).update(**change):
        present = rows.select_for_update().values_list("state", flat=True).get()
        if present == state:
            slot.state = state
            return None
        if state not in SETTLEMENTS[present]:
            return present
        rows.update(**change)
    slot.state = state
    slot.settled_at = at
    record(
        f"slot_{state}",
        slot,
        actor=by,
        organisation_id=slot.variant.post.organisation_id,
        before=present,
        at=at.isoformat(),
    )
    return None


def advice_for(variant: Variant, channel: Channel, at: datetime, besides: Slot | None = None) -> list[str]:
    """Return sentences a careful colleague would say about the time; none of them forbids it."""
    return rules.advice(variant.kind, at, _taken(channel, at, besides))


# ---------------------------------------------------------------------------------------------- parts
def _check_time(at: datetime) -> None:
    refusal = rules.refusal_of_time(at, clock.now())
    if refusal:
        raise InputRefused(refusal, field="at")


def _check_lateness(late_rule: str, late_after: int) -> None:
    if late_rule not in LateRule.values:
        raise InputRefused(_("Không có cách xử lý trễ giờ này, vui lòng chọn lại."), field="late_rule")
    if not 60 <= late_after <= LONGEST_LATENESS:
        raise InputRefused(_("Thời gian coi là trễ phải từ 1 phút đến 7 ngày."), field="late_after")


def _check_channel(
    variant: Variant, channel: Channel, at: datetime, by: Any, besides: Slot | None = None
) -> None:
    if channel.kind != variant.kind:
        raise InputRefused(
            _("“%(channel)s” là %(kind)s, không đăng được nội dung soạn cho %(wanted)s.")
            % {
                "channel": channel.name,
                "kind": channel.get_kind_display(),
                "wanted": ChannelKind(variant.kind).label,
            },
            field="channel",
        )
    if not reach.channels_of(by).filter(pk=channel.pk).exists():
        raise NotAllowed(_("Bạn không có quyền đăng lên kênh này."))
    refusal = not_ready([channel]).get(channel.pk)
    if refusal:
        raise InputRefused(refusal, field="channel")
    gap, taken = timedelta(seconds=channel.minimum_gap), _taken(channel, at, besides)
    refusal = rules.refusal_of_quiet(
        at, taken, gap, channel.name, channel.quiet_from, channel.quiet_until
    ) or rules.refusal_of_spacing(at, taken, gap)
    if refusal:
        raise InputRefused(refusal, field="at")


def _check_place(variant: Variant, place: AdministrativeUnit | None, by: Any) -> None:
    if variant.kind != ChannelKind.LOUDSPEAKER:
        raise InputRefused(
            _("Chỉ nội dung soạn cho đài truyền thanh mới chuyển đến các đài của một địa bàn."),
            field="stations_of",
        )
    if place is None or not reach.places_of(by).filter(pk=place.pk).exists():
        raise NotAllowed(_("Bạn không có quyền chuyển bản tin đến các đài của địa bàn này."))


def _taken(channel: Channel, at: datetime, besides: Slot | None) -> list[rules.Taken]:
    near = rules.HORIZON + timedelta(seconds=channel.minimum_gap)
    rows = Slot.objects.taken_on(channel.pk).filter(at__range=(at - near, at + near))
    if besides is not None:
        rows = rows.exclude(pk=besides.pk)
    return [
        rules.Taken(taken_at, title) for taken_at, title in rows.values_list("at", "variant__post__title")
    ]


def _save(slot: Slot) -> None:
    try:
        with transaction.atomic():
            slot.save()
    except IntegrityError:
        raise InputRefused(_("Giờ đăng này đã có trong lịch."), field="at") from None


def _touch(post: Post, by: Any) -> None:
    """Whoever moves a time has edited the post: such a person may not approve it either."""
    Post.objects.filter(pk=post.pk).update(last_edited_by=by, updated_at=clock.now())
    approvals.follow_change(Post.objects.get(pk=post.pk), by)


def _locked(slot: Slot) -> Slot:
    return (
        Slot.objects.select_for_update(of=("self",))
        .select_related("variant__post__organisation", "channel")
        .get(pk=slot.pk)
    )


def _require_planned(slot: Slot) -> None:
    if slot.state != SlotState.PLANNED:
        raise ConflictingState(
            _("Giờ đăng này ở trạng thái “%(state)s” nên không sửa được nữa.")
            % {"state": slot.get_state_display()}
        )


def _require_post(post: Post, by: Any) -> None:
    if not policy_registry.get_by_type(Post).user_has_permission_for_instance(by, "change", post):
        raise NotAllowed(_("Bạn không có quyền sửa lịch của bài đăng này."))
