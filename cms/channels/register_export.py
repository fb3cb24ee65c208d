"""The register of channels as a workbook: what an inspection asks for, and no secret."""

from __future__ import annotations

import io
import re
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font

from cms.channels.checklist import steps_for
from cms.channels.models import Channel, StepState

# Control characters that no XML may hold.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def _columns() -> list[tuple[str, int]]:
    return [
        (_("Cơ quan, đơn vị"), 36), (_("Địa bàn"), 22), (_("Loại kênh"), 18), (_("Tên kênh"), 32),
        (_("Mã trên nền tảng"), 26), (_("Địa chỉ kênh"), 36), (_("Số quyết định"), 20), (_("Ngày quyết định"), 14),
        (_("Số điện thoại đã xác thực"), 20), (_("Ngày xác thực"), 14), (_("Người phụ trách"), 26),
        (_("Người phụ trách thay"), 26), (_("Đầu mối khôi phục"), 26), (_("Ai quản trị tài khoản"), 36),
        (_("Việc đã xong"), 12), (_("Việc phải làm"), 12), (_("Việc còn lại"), 50), (_("Đang dùng"), 10),
    ]  # fmt: skip


def register_workbook(channels: QuerySet[Channel]) -> bytes:
    """Return the register of `channels` as an XLSX file; three queries however many there are.

    Every cell is text or a date: what somebody typed is never taken for a formula."""
    book = Workbook(write_only=False)
    sheet: Any = book.active
    sheet.title = _("Sổ đăng ký kênh")[:31]
    columns = _columns()
    for number, (title, width) in enumerate(columns, start=1):
        cell = sheet.cell(1, number, title)
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[cell.column_letter].width = width
    sheet.freeze_panes = "A2"
    rows = channels.select_related("organisation__place", "responsible", "deputy").prefetch_related(
        "go_live_steps"
    )
    ordered = rows.order_by("organisation__place__path", "kind", "name", "pk").defer("recovery_contact")
    for line, channel in enumerate(ordered, start=2):
        for number, value in enumerate(_values(channel), start=1):
            _write(sheet.cell(line, number), value)
    sheet.auto_filter.ref = sheet.dimensions
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _values(channel: Channel) -> list[Any]:
    states = {entry.key: entry.state for entry in channel.go_live_steps.all()}
    apply = [step for step in steps_for(channel.kind) if states.get(step.key) != StepState.NOT_NEEDED]
    left = [str(step.title) for step in apply if states.get(step.key) != StepState.DONE]
    return [
        channel.organisation.name, channel.organisation.place.full_name, channel.get_kind_display(), channel.name,
        channel.external_id, channel.address, channel.decision_number, channel.decision_date,
        channel.verified_phone, channel.phone_verified_on, str(channel.responsible or ""),
        str(channel.deputy or ""), channel.recovery_role, channel.account_admins,
        len(apply) - len(left), len(apply), "; ".join(left), _("Có") if channel.is_active else _("Không"),
    ]  # fmt: skip


def _write(cell: Cell, value: Any) -> None:
    if isinstance(value, str):
        cell.value = _UNPRINTABLE.sub("", value)
        # openpyxl takes a leading "=" for a formula.
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        return
    cell.value = value
    if hasattr(value, "year"):
        cell.number_format = "dd/mm/yyyy"
