"""Verbs of the register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from wagtail.permissions import policy_registry

from cms.audit.services import record
from cms.channels.checklist import Step, steps_for
from cms.channels.models import Channel, GoLiveStep, StepState
from cms.core import clock
from cms.core.errors import InputRefused, NotAllowed
from cms.core.models import nfc

NOT_YOURS = "Bạn không có quyền sửa sổ đăng ký kênh của cơ quan này."
NO_SUCH_STEP = "Danh mục của kênh này không có việc đó. Vui lòng tải lại trang."
NO_SUCH_STATE = "Vui lòng chọn một tình trạng trong danh sách."
LONGEST_NOTE = 300
NOTE_TOO_LONG = "Ghi chú dài tối đa 300 ký tự."


@dataclass(frozen=True)
class StepRow:
    """One step of a channel's checklist as it stands; `entry` is None where nobody has touched it."""

    step: Step
    state: StepState
    entry: GoLiveStep | None


def checklist_of(channel: Channel) -> list[StepRow]:
    """Return the checklist of `channel` in its order; one query."""
    entries = {row.key: row for row in channel.go_live_steps.select_related("changed_by")}
    return [
        StepRow(step, StepState(entry.state) if entry else StepState.TODO, entry)
        for step in steps_for(channel.kind)
        for entry in [entries.get(step.key)]
    ]


def progress(rows: list[StepRow]) -> tuple[int, int]:
    """Return how many steps are done, and how many apply."""
    apply = [row for row in rows if row.state != StepState.NOT_NEEDED]
    return sum(row.state == StepState.DONE for row in apply), len(apply)


@transaction.atomic
def set_step(channel: Channel, key: str, state: str, note: str, *, by: Any) -> GoLiveStep:
    """Say how far step `key` of the channel's checklist is. Raises NotAllowed and InputRefused."""
    policy = policy_registry.get_by_type(Channel, fallback=False)
    if policy is None or not policy.user_has_permission_for_instance(by, "change", channel):
        raise NotAllowed(NOT_YOURS)
    if key not in {step.key for step in steps_for(channel.kind)}:
        raise InputRefused(NO_SUCH_STEP, "key")
    if state not in StepState.values:
        raise InputRefused(NO_SUCH_STATE, "state")
    note = " ".join(nfc(note).split())
    if len(note) > LONGEST_NOTE:
        raise InputRefused(NOTE_TOO_LONG, "note")
    entry, _created = GoLiveStep.objects.update_or_create(
        channel=channel,
        key=key,
        defaults={"state": state, "note": note, "changed_by": by, "changed_at": clock.now()},
    )
    record("channels.set_step", channel, actor=by, step=key, state=state)
    return entry
