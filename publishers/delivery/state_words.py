"""The words of the screens for states and reasons."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from publishers.delivery.states import Reason, State

LABELS: dict[State, Any] = {
    State.BOOKED: _("Đã lên lịch"),
    State.STAGING: _("Đang chuẩn bị"),
    State.READY: _("Sẵn sàng đăng"),
    State.SENDING: _("Đang đăng"),
    State.CONFIRMING: _("Chờ nền tảng xác nhận"),
    State.UNCLEAR: _("Chưa rõ kết quả"),
    State.HELD: _("Tạm giữ"),
    State.LIVE: _("Đã đăng"),
    State.CANCELLED: _("Đã hủy"),
    State.DROPPED: _("Đã bỏ vì trễ giờ"),
}

REASON_LABELS: dict[Reason, Any] = {
    Reason.NONE: "",
    Reason.REFUSED: _("Nội dung không được nhận"),
    Reason.SETTINGS: _("Thiếu quyền hoặc cấu hình"),
    Reason.RECONNECT: _("Cần kết nối lại kênh"),
    Reason.BLIND: _("Chưa rõ đã lên, cần kết nối lại kênh"),
    Reason.LATE: _("Đã quá giờ đăng"),
    Reason.APPROVAL: _("Phê duyệt không còn giá trị"),
    Reason.FROZEN: _("Đang dừng đăng"),
    Reason.CHANGED: _("Kênh hoặc nội dung đã thay đổi"),
    Reason.UNREACHABLE: _("Không liên lạc được"),
    Reason.NEEDS_LOOK: _("Cần xem lại"),
    Reason.BY_HAND: _("Chờ đăng thủ công"),
    Reason.BY_PERSON: _("Người phụ trách tạm giữ"),
    Reason.WITHDRAWN: _("Tài liệu đã bị thu hồi"),
    Reason.STATION: _("Đài thiếu dữ kiện"),
    Reason.FAULT: _("Lỗi phần mềm"),
}
