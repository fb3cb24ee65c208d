"""What a delivery does when it is not a first publication: its steps, and the words for people who must do it by hand."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from publishers.adapters import seam
from publishers.adapters.seam import Adapter, Answer, Outcome, Receipt, Request, Step
from publishers.delivery.models import Delivery, Purpose

_BY_HAND = {
    Purpose.PUBLISH: "Kênh này chưa có kết nối tự động. Vui lòng tải gói đã chuẩn bị, đăng bằng tay rồi ghi lại liên kết "
    "hoặc ảnh chụp.",
    Purpose.REPOST: "Vui lòng tải gói đã chuẩn bị, đăng lại bản đúng bằng tay rồi ghi lại liên kết hoặc ảnh chụp.",
    Purpose.TAKE_DOWN: "Vui lòng mở kênh, gỡ bài bằng tay rồi ghi lại kết quả (liên kết, ảnh chụp hoặc ghi chú).",
    Purpose.HIDE: "Vui lòng mở kênh, ẩn bài bằng tay rồi ghi lại kết quả (liên kết, ảnh chụp hoặc ghi chú).",
    Purpose.CORRECT: "Vui lòng mở kênh, sửa bài theo gói đã chuẩn bị rồi ghi lại liên kết hoặc ảnh chụp.",
    Purpose.COMMENT: "Vui lòng mở kênh, bình luận đính chính dưới bài rồi ghi lại liên kết hoặc ảnh chụp.",
}
_NO_PROOF = {
    Purpose.TAKE_DOWN: "Nền tảng đã nhận lệnh gỡ nhưng chưa xác nhận bài không còn hiện. Vui lòng mở kênh để xem.",
    Purpose.HIDE: "Nền tảng đã nhận lệnh ẩn nhưng chưa xác nhận bài không còn hiện. Vui lòng mở kênh để xem.",
    Purpose.CORRECT: "Nền tảng đã nhận bản đính chính nhưng chưa xác nhận nội dung mới. Vui lòng mở kênh để xem.",
}
_NO_PROOF_OF_POST = (
    "Nền tảng đã nhận bài nhưng chưa xác nhận bài hiển thị. Vui lòng mở kênh để xem bài đã lên chưa."
)
COMMENT_STEP = "comment"


def plan_of(adapter: Adapter, delivery: Delivery, request: Request) -> tuple[Step, ...]:
    """Return the steps of `delivery`, exactly one of them visible. Raises KeyError where a platform has no comments."""
    match delivery.purpose:
        case Purpose.TAKE_DOWN | Purpose.HIDE | Purpose.CORRECT:
            return tuple(adapter.plan_for(seam.Purpose(delivery.purpose), request))
        case Purpose.COMMENT:
            for step in adapter.plan(request):
                if step.name == COMMENT_STEP:
                    return (replace(step, visible=True, optional=False),)
            raise KeyError(COMMENT_STEP)
    return tuple(adapter.plan(request))


def by_hand(delivery: Delivery) -> str:
    """Return what a person has to do where no connector can."""
    return _BY_HAND[Purpose(delivery.purpose)]


def no_proof(delivery: Delivery) -> str:
    """Return what is not known when the platform accepted the call and never proved it."""
    return _NO_PROOF.get(Purpose(delivery.purpose), _NO_PROOF_OF_POST)


_PARTS = {
    "thumbnail": "ảnh bìa",
    "captions": "phụ đề",
    "playlist": "danh sách phát",
    COMMENT_STEP: "bình luận đầu tiên",
}


def left_out(steps: Collection[str]) -> str:
    """Return what people should know of a post that is out without some of its parts; "" when it is whole."""
    parts = ", ".join(dict.fromkeys(_PARTS.get(name, name) for name in steps))
    if not parts:
        return ""
    return f"Bài đã lên nhưng thiếu: {parts}. Vui lòng xem lý do ở trang của lượt đăng và bổ sung trên kênh nếu cần."


def receipt_of(delivery: Delivery, answer: Answer) -> Receipt | None:
    """Return the receipt of a correcting comment: beside a post it is a trifle, here it is what was to be done."""
    comment = answer.handles.get("comment_id")
    if delivery.purpose != Purpose.COMMENT or answer.outcome is not Outcome.OK or not comment:
        return None
    return Receipt(str(comment))
