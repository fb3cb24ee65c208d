"""What only a person can say after looking at the channel: it is there, or it is not."""

from __future__ import annotations

from typing import Any, BinaryIO
from urllib.parse import urlsplit

from django.db import transaction

from cms.core import clock
from cms.core.errors import ConflictingState, InputRefused
from publishers.adapters.registry import adapter_for
from publishers.delivery import decide, frozen_request, remedies
from publishers.delivery.models import Delivery, Evidence, Receipt
from publishers.delivery.proof_photos import keep_photo
from publishers.delivery.services.holding import AT_WORK, back_to_work, clean_note, require_operator
from publishers.delivery.services.settling import live
from publishers.delivery.states import MAYBE_THERE, Reason, State

LINK_WANTED = "Vui lòng dán liên kết của bài đã lên (bắt đầu bằng http:// hoặc https://), hoặc tải ảnh chụp, hoặc ghi chú nơi đã đăng."
LINK_ODD = "Liên kết chưa đúng. Vui lòng dán nguyên địa chỉ của bài, bắt đầu bằng http:// hoặc https://."
HELD_ONLY = MAYBE_THERE | {Reason.BY_HAND}


@transaction.atomic
def found_live(
    delivery: Delivery,
    by: Any,
    permalink: str = "",
    note: str = "",
    photo: tuple[BinaryIO, str] | None = None,
) -> None:
    """ "Đã lên, gắn liên kết này": end the delivery as live, on the word of `by`, marked as declared.

    Also how a post made, corrected or taken down by hand is recorded. `photo` is a file and its name. Raises
    NotAllowed, ConflictingState when nobody is asked about this delivery (any more), InputRefused when neither a
    usable link nor a note nor a photo is given, UploadRefused for something that is no photo."""
    require_operator(delivery, by)
    _require_asked(delivery)
    permalink, note = permalink.strip(), clean_note(note)
    if permalink and (urlsplit(permalink).scheme not in ("http", "https") or not urlsplit(permalink).netloc):
        raise InputRefused(LINK_ODD, field="permalink")
    if len(permalink) > 500:
        raise InputRefused(LINK_ODD, field="permalink")
    if not permalink and not note and photo is None:
        raise InputRefused(LINK_WANTED, field="permalink")
    kept = keep_photo(*photo) if photo is not None else ""
    now = clock.now()
    Receipt.objects.update_or_create(
        delivery=delivery,
        defaults={
            "permalink": permalink,
            "note": note,
            "photo": kept,
            "confirmed_at": now,
            "evidence": Evidence.DECLARED,
            "recorded_by": by,
        },
    )
    accepted_at = delivery.accepted_at or now
    delivery.accepted_at = accepted_at
    live(delivery, sources=[State.HELD], fence=None, by=by, accepted_at=accepted_at)


@transaction.atomic
def found_absent(delivery: Delivery, by: Any) -> None:
    """ "Chưa lên, gửi lại": send the visible call again, because `by` has looked and it is not there.

    Raises NotAllowed or ConflictingState."""
    require_operator(delivery, by)
    _require_asked(delivery)
    plan = remedies.plan_of(adapter_for(delivery.kind), delivery, frozen_request.thaw(delivery.request))
    visible = plan[decide.visible_position(plan)]
    names = [step.name for step in plan]
    stopped_at = delivery.next_step if delivery.next_step in names else visible.name
    # A step after the visible one is no place to start from: the visible call itself is to be made again.
    again = stopped_at if names.index(stopped_at) < names.index(visible.name) else visible.name
    Receipt.objects.filter(delivery=delivery).delete()
    back_to_work(
        delivery, by, "delivery.resend", sources=[State.HELD],
        next_step=again, tries=0, polls=0, looks=0, doubt={}, accepted_at=None, alarmed_at=None,
    )  # fmt: skip


def _require_asked(delivery: Delivery) -> None:
    if delivery.state != State.HELD or Reason(delivery.reason) not in HELD_ONLY:
        raise ConflictingState(AT_WORK)
