"""What is asked again right before something goes out: is it still the same, still allowed, still in time?"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from campaigns.schedule.models import LateRule, SlotState
from cms.approvals.models import Approval
from cms.approvals.services import standing_for
from cms.core import clock
from publishers.adapters.seam import Request
from publishers.delivery import frozen_request
from publishers.delivery.models import Delivery, Freeze
from publishers.delivery.states import Reason, State


@dataclass(frozen=True)
class Refusal:
    """Why the delivery may not go on, and where it goes instead: HELD, CANCELLED or DROPPED."""

    to: State
    reason: Reason
    sentence: str


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
    """What stands now for some deliveries: every stop, and the approval of each of their posts (post id → row)."""

    freezes: list[Freeze]
    approvals: Mapping[int, Approval]

    @classmethod
    def of(cls, deliveries: Collection[Delivery]) -> Standing:
        """Read it afresh: a constant number of queries, however many deliveries."""
        posts = {delivery.slot.variant.post_id: delivery.slot.variant.post for delivery in deliveries}
        return cls(standing_freezes(), standing_for(posts.values()))


def before_sending(
    delivery: Delivery,
    request: Request,
    now: datetime,
    *,
    read_through: bool,
    standing: Standing | None = None,
) -> Refusal | None:
    """Return why `delivery` may not be sent now, or None. Reads only; the order is the order of gravity.

    `read_through` also compares every byte of its media with what was approved (done once, before the first step);
    `standing` is what was just read for a whole batch, else it is read here."""
    standing = standing or Standing.of([delivery])
    return (
        _tampered(delivery)
        or _taken_back(delivery)
        or frozen_by(delivery, standing.freezes)
        or _channel_changed(delivery)
        or _approval_gone(delivery, standing.approvals)
        or _media_gone(request, read_through)
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
    organisation = delivery.organisation
    for freeze in freezes:
        covers_body = freeze.organisation_id is not None and freeze.organisation_id in (
            organisation.pk,
            organisation.parent_id,
        )
        covers_place = freeze.place is not None and organisation.place.path.startswith(freeze.place.path)
        if covers_body or covers_place:
            return Refusal(
                State.HELD,
                Reason.FROZEN,
                f"Đang có lệnh dừng đăng toàn bộ ({freeze.reason}). Bài sẽ chờ đến khi lệnh được gỡ.",
            )
    return None


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


def _media_gone(request: Request, read_through: bool) -> Refusal | None:
    gone = frozen_request.missing_media(request, read_through=read_through)
    if not gone:
        return None
    return Refusal(
        State.HELD,
        Reason.CHANGED,
        f"Không còn tìm thấy đúng tệp đã duyệt ({', '.join(gone)}). Vui lòng đưa lại tài liệu vào kho và duyệt lại.",
    )


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
