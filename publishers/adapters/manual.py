"""Channel kinds without a connector: a person posts the prepared package and records where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cms.channels.specs import SPECS
from publishers.adapters.limits import text_findings
from publishers.adapters.seam import (
    Answer,
    Beat,
    Credential,
    Look,
    Outcome,
    Purpose,
    Recent,
    Request,
    Sighting,
    Step,
)

WAITING = "Chờ người phụ trách đăng thủ công rồi ghi nhận liên kết hoặc ảnh chụp."
BY_HAND = "Kênh này không có kết nối tự động. Xin người phụ trách gỡ hoặc sửa bài trên kênh rồi ghi nhận."
BY_HAND_STEP = "by-hand"
_NAMES = {
    "portal": "Cổng thông tin điện tử",
    "tiktok": "TikTok",
    "sms": "Tin nhắn",
    "notice-board": "Bảng tin",
    "press": "Báo chí",
}


class ManualAdapter:
    """One visible step that only a person can do. Nothing is sent anywhere."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def refuse(self, request: Request) -> list[str]:
        """See `Adapter.refuse`."""
        spec, name = SPECS[self.kind], _NAMES.get(self.kind, "Kênh")
        found = text_findings(name, "nội dung", request.text, spec.text)
        found += text_findings(name, "tóm tắt", request.summary, spec.summary)
        return found + text_findings(name, "tiêu đề", request.title, spec.title)

    def plan(self, request: Request) -> tuple[Step, ...]:
        """See `Adapter.plan`."""
        return (Step(BY_HAND_STEP, visible=True),)

    def perform(
        self, step: Step, request: Request, handles: Mapping[str, Any], credential: Credential, beat: Beat
    ) -> Answer:
        """Always PENDING: the receipt is what the person records."""
        sentence = WAITING if step.name == BY_HAND_STEP else BY_HAND
        return Answer(Outcome.PENDING, sentence, "by-hand")

    def look(
        self,
        step: Step,
        request: Request,
        handles: Mapping[str, Any],
        credential: Credential,
        since: datetime,
    ) -> Sighting:
        """A machine cannot see it."""
        return Sighting(Look.UNSURE, sentence=WAITING)

    def take_down(self, request: Request, handles: Mapping[str, Any], credential: Credential) -> Answer:
        """Ask the person."""
        return Answer(Outcome.PENDING, BY_HAND, "by-hand")

    def amend(self, request: Request, handles: Mapping[str, Any], credential: Credential) -> Answer:
        """Ask the person."""
        return Answer(Outcome.PENDING, BY_HAND, "by-hand")

    def read(self, request: Request, handles: Mapping[str, Any], credential: Credential) -> Sighting:
        """A machine cannot see it."""
        return Sighting(Look.UNSURE, sentence=WAITING)

    def plan_for(self, purpose: Purpose, request: Request) -> tuple[Step, ...]:
        """One step that only a person can do."""
        return (Step(purpose.value, visible=True),)

    def recent(self, account: str, credential: Credential, since: datetime) -> Recent:
        """A machine cannot see it."""
        return Recent(Answer(Outcome.PENDING, WAITING, "by-hand"), complete=False)
