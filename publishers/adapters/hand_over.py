"""Native scheduling, the fallback for an outage of our own scheduler (PLATFORMS §1.2, §2.2): names, window, proof.

Not for ordinary posts: what the platform publishes by itself, approval and withdrawal no longer reach."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from publishers.adapters.seam import Answer, Outcome, Step
from publishers.adapters.steps import unseen
from publishers.adapters.times import moment_of

SCHEDULE, TAKE_BACK, PROVE_BACK = "schedule", "take-back", "prove-back"
PUBLISH_AT = "publish_at"
# Sources disagree on the far end (30 days, 75 days, six months); this window all of them allow.
SOONEST, LATEST = timedelta(minutes=10), timedelta(days=29)
_OUTSIDE = "Chỉ giao được cho nền tảng tự đăng từ 10 phút đến 29 ngày nữa. Xin chọn giờ khác hoặc để phần mềm tự đăng."
STILL_PLANNED = (
    "Nền tảng vẫn còn hẹn giờ đăng bài này. Phần mềm sẽ đọc lại; nếu kéo dài, xin mở kênh kiểm tra."
)


def hour_of(handles: Mapping[str, Any]) -> datetime | None:
    """Return when the platform is to publish, None when nobody said so."""
    return moment_of(handles.get(PUBLISH_AT))


def hour_or_refusal(handles: Mapping[str, Any], now: datetime) -> datetime | Answer:
    """Return the hour when it is within what every platform allows, else a CONTENT answer."""
    hour = hour_of(handles)
    if hour is not None and SOONEST <= hour - now <= LATEST:
        return hour
    return Answer(Outcome.CONTENT, _OUTSIDE, "outside-window")


def taking_back() -> tuple[Step, ...]:
    """Return the steps that undo a handing over."""
    return (
        Step(TAKE_BACK, visible=True, looks=1, look_every=(0.0,)),
        unseen(PROVE_BACK, polls=20, poll_every=15.0),
    )
