"""What is asked again right before something goes out: is it still the same, still allowed, still in time?"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from campaigns.posts.models import VariantMedia
from campaigns.schedule.models import LateRule, SlotState
from cms.access.scopes import PARENT_LEVELS
from cms.approvals.models import Approval
from cms.approvals.services import standing_for
from cms.core import clock
from cms.organisations.models import Organisation
from media.library.models import Asset, Withdrawal
from media.library.usability import refusal_at
from publishers.adapters.seam import Adapter, Request
from publishers.delivery import frozen_request
from publishers.delivery.models import CarriedAsset, Delivery, Freeze, Purpose
from publishers.delivery.states import Reason, State


@dataclass(frozen=True)
class Refusal:
    """Why the delivery may not go on, and where it goes instead: HELD, CANCELLED or DROPPED."""

    to: State
    reason: Reason
    sentence: str
    # The stop that says so, where one does.
    freeze_id: int | None = None

    @property
    def changes(self) -> dict[str, Any]:
        """What else the row keeps of it."""
        return {"freeze_id": self.freeze_id} if self.freeze_id is not None else {}


@dataclass(frozen=True)
class Wait:
    """Nothing stands against the delivery, only not yet: it rests until `until`. `sentence` says why, where people
    could not guess it from the channel's page."""

    until: datetime
    sentence: str = ""


TAMPERED = Refusal(
    State.HELD,
    Reason.CHANGED,
    "Nội dung đã lưu của lượt đăng này không còn khớp với mã băm khi lên lịch nên hệ thống không gửi đi. "
    "Vui lòng báo quản trị hệ thống.",
)
TAKEN_BACK = Refusal(State.CANCELLED, Reason.BY_PERSON, "Giờ đăng này đã được hủy trong lịch đăng.")
APPROVAL_GONE = Refusal(
    State.HELD,
    Reason.APPROVAL,
    "Bài đăng đã thay đổi hoặc phê duyệt đã bị thu hồi sau khi lên lịch nên hệ thống không gửi đi. "
    "Vui lòng gửi duyệt lại.",
)


@dataclass(frozen=True)
class Standing:
    """What stands now for some deliveries: every stop, the approval of each of their posts (post id → row), which of
    their slots carry an asset that was withdrawn (slot id → row), and what of their assets has a time of use."""

    freezes: list[Freeze]
    approvals: Mapping[int, Approval]
    withdrawals: Mapping[int, Withdrawal]
    # Variant id → the assets it carries that may not be used at every time.
    limited: Mapping[int, list[Asset]]

    @classmethod
    def of(cls, deliveries: Collection[Delivery]) -> Standing:
        """Read it afresh: a constant number of queries, however many deliveries."""
        posts = {delivery.slot.variant.post_id: delivery.slot.variant.post for delivery in deliveries}
        slots = {delivery.slot_id for delivery in deliveries}
        variants = {delivery.slot.variant_id for delivery in deliveries}
        limited: dict[int, list[Asset]] = {}
        for media in VariantMedia.objects.filter(
            variant_id__in=variants, asset__in=Asset.objects.limited()
        ).select_related("asset"):
            limited.setdefault(media.variant_id, []).append(media.asset)
        return cls(standing_freezes(), standing_for(posts.values()), withdrawn_from(slots), limited)


def before_sending(
    delivery: Delivery,
    request: Request,
    now: datetime,
    *,
    adapter: Adapter,
    read_through: bool,
    standing: Standing | None = None,
) -> Refusal | None:
    """Return why `delivery` may not be sent now, or None. Reads only; the order is the order of gravity.

    `adapter` says what its platform would refuse, as it did at booking (limits may have changed since). `read_through`
    also compares every byte of its media with what was approved (done once, before the first step);
    `standing` is what was just read for a whole batch, else it is read here."""
    if delivery.purpose in (Purpose.TAKE_DOWN, Purpose.HIDE):
        # What has to go must go: no stop, no approval and no clock keeps it there.
        return _tampered(delivery) or _channel_changed(delivery)
    standing = standing or Standing.of([delivery])
    return (
        _tampered(delivery)
        or (_taken_back(delivery) if delivery.purpose == Purpose.PUBLISH else None)
        or frozen_by(delivery, standing.freezes)
        or _channel_changed(delivery)
        or _approval_gone(delivery, standing.approvals)
        or _asset_gone(delivery, standing.withdrawals)
        or _not_usable(delivery, standing.limited, now)
        or _media_gone(request, read_through)
        or (refused_content(adapter, request) if delivery.purpose != Purpose.COMMENT else None)
        or too_late(delivery, now)
    )


def _tampered(delivery: Delivery) -> Refusal | None:
    return None if frozen_request.hash_of(delivery.request) == delivery.request_sha256 else TAMPERED


def _taken_back(delivery: Delivery) -> Refusal | None:
    return TAKEN_BACK if delivery.slot.state == SlotState.CANCELLED else None


def standing_freezes() -> list[Freeze]:
    """Return every stop that stands now; usually none."""
    return list(Freeze.objects.filter(lifted_at__isnull=True).select_related("place"))


def frozen_by(delivery: Delivery, freezes: list[Freeze]) -> Refusal | None:
    """Return the refusal of the first of `freezes` that covers the delivery's body or the place it sits in."""
    for freeze in freezes:
        if covers(freeze, delivery.organisation):
            return Refusal(
                State.HELD,
                Reason.FROZEN,
                f"Đang có lệnh dừng đăng toàn bộ ({freeze.reason}). Bài sẽ chờ đến khi lệnh được gỡ.",
                freeze.pk,
            )
    return None


def covers(freeze: Freeze, organisation: Organisation) -> bool:
    """Return whether the stop holds what goes out on channels and stations of `organisation`: it is that body's or
    one above it, or it is for a place the body sits in or under."""
    if freeze.place is not None:
        return organisation.place.path.startswith(freeze.place.path)
    body: Organisation | None = organisation
    for _level in range(PARENT_LEVELS + 1):
        if body is None:
            return False
        if body.pk == freeze.organisation_id:
            return True
        body = body.parent if body.parent_id is not None else None
    return False


def withdrawn_from(slots: Collection[int]) -> dict[int, Withdrawal]:
    """Return slot id → the withdrawal of an asset version that it carries; at most two queries."""
    carried = list(CarriedAsset.objects.filter(slot__in=slots).values_list("slot_id", "asset_id", "version"))
    if not carried:
        return {}
    rows = Withdrawal.objects.standing().filter(asset__in={asset for _, asset, _ in carried})
    by_asset: dict[int, list[Withdrawal]] = {}
    for row in rows.select_related("asset"):
        by_asset.setdefault(row.asset_id, []).append(row)
    found: dict[int, Withdrawal] = {}
    for slot, asset, version in carried:
        for row in by_asset.get(asset, []):
            if row.version in ("", version):
                found.setdefault(slot, row)
    return found


def asset_withdrawn(slot_id: int) -> Refusal | None:
    """Return the refusal when an asset version that the slot carries was withdrawn from the library."""
    row = withdrawn_from([slot_id]).get(slot_id)
    return refusal_for(row) if row is not None else None


def _asset_gone(delivery: Delivery, withdrawals: Mapping[int, Withdrawal]) -> Refusal | None:
    row = withdrawals.get(delivery.slot_id)
    return refusal_for(row) if row is not None else None


def refusal_for(withdrawal: Withdrawal) -> Refusal:
    """Return what a withdrawn asset means for whatever carries it."""
    return Refusal(
        State.HELD,
        Reason.WITHDRAWN,
        f"Tài liệu “{withdrawal.asset.title}” đã bị thu hồi khỏi kho ({withdrawal.reason}). "
        "Vui lòng thay tài liệu và gửi duyệt lại, hoặc hủy lượt đăng.",
    )


def _channel_changed(delivery: Delivery) -> Refusal | None:
    channel = delivery.channel
    if channel is None:
        return None
    if not channel.is_active or not delivery.organisation.is_active:
        return Refusal(
            State.HELD,
            Reason.CHANGED,
            "Kênh này đã ngừng sử dụng. Vui lòng chọn kênh khác cho bài đăng hoặc mở lại kênh.",
        )
    if channel.organisation_id != delivery.organisation_id or channel.kind != delivery.kind:
        return Refusal(
            State.HELD,
            Reason.CHANGED,
            "Kênh này đã đổi cơ quan quản lý sau khi bài được lên lịch. Vui lòng lên lịch và duyệt lại.",
        )
    if delivery.request.get("account", "") != channel.external_id:
        return Refusal(
            State.HELD,
            Reason.CHANGED,
            "Mã tài khoản của kênh trên nền tảng đã thay đổi sau khi bài được lên lịch. Vui lòng lên lịch lại.",
        )
    return None


def _approval_gone(delivery: Delivery, approvals: Mapping[int, Approval]) -> Refusal | None:
    approval = approvals.get(delivery.slot.variant.post_id)
    if approval is not None and approval.content_hash == delivery.approval_hash:
        return None
    return APPROVAL_GONE


def _not_usable(delivery: Delivery, limited: Mapping[int, list[Asset]], now: datetime) -> Refusal | None:
    """What the rights of a material do not allow at this moment does not go out, whatever was approved."""
    for asset in limited.get(delivery.slot.variant_id, []):
        sentence = refusal_at(asset, now)
        if sentence:
            return Refusal(State.HELD, Reason.CHANGED, sentence)
    return None


def _media_gone(request: Request, read_through: bool) -> Refusal | None:
    gone = frozen_request.missing_media(request, read_through=read_through)
    if not gone:
        return None
    return Refusal(
        State.HELD,
        Reason.CHANGED,
        f"Không còn tìm thấy đúng tệp đã duyệt ({', '.join(gone)}). Vui lòng đưa lại tài liệu vào kho và duyệt lại.",
    )


def refused_content(adapter: Adapter, request: Request) -> Refusal | None:
    """Return what the platform would refuse about the request itself: lengths, files, what a reel may be.

    Asked at booking and again before every call, by the same words."""
    sentences = adapter.refuse(request)
    return Refusal(State.HELD, Reason.REFUSED, " ".join(sentences)) if sentences else None


def too_late(delivery: Delivery, now: datetime) -> Refusal | None:
    """Return what the delivery's own rule says about being late, or None while it is in time.

    Exactly at the end of its window it is still in time."""
    if now <= delivery.due_at + timedelta(seconds=delivery.late_after) or delivery.late_rule == LateRule.SEND:
        return None
    due = clock.spoken_stamp(delivery.due_at)
    if delivery.late_rule == LateRule.DROP:
        return Refusal(
            State.DROPPED, Reason.LATE, f"Đã quá giờ đăng ({due}) nên bài được bỏ theo quy tắc đã chọn."
        )
    return Refusal(
        State.HELD,
        Reason.LATE,
        f"Đã quá giờ đăng ({due}). Vui lòng quyết định: vẫn đăng muộn hay hủy.",
    )
