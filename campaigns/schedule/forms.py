"""The times on the editor's page: one row per slot that stands, one empty row per channel, rows for stations."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.schedule.models import Slot
from cms.access.place_field import PlaceField
from cms.channels.models import Channel
from cms.core import clock


class NativeMoment(forms.DateTimeInput):
    """The browser's own field for date and time: no script; the clock of Viet Nam."""

    input_type = "datetime-local"

    def __init__(self, attrs=None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%dT%H:%M")

    def format_value(self, value):
        if isinstance(value, datetime) and value.tzinfo is not None:
            value = clock.in_vietnam(value).replace(tzinfo=None)
        return super().format_value(value)


class MomentField(forms.DateTimeField):
    """A moment typed as a clock in Viet Nam shows it; its value is aware."""

    widget = NativeMoment
    default_error_messages = {
        "invalid": _("Ngày giờ chưa đúng, ví dụ: 23/11/2026 19:30."),
        "required": _("Vui lòng chọn ngày giờ đăng."),
    }
    input_formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M", "%H:%M %d/%m/%Y"]


def suggested_moment() -> datetime:
    """Return half past seven in the evening tomorrow, when people are at home."""
    tomorrow = clock.in_vietnam(clock.now()) + timedelta(days=1)
    return tomorrow.replace(hour=19, minute=30, second=0, microsecond=0)


class SlotForm(forms.Form):
    """A slot that stands: its time, and a tick to take it out."""

    at = MomentField(label=_("Giờ đăng"))
    remove = forms.BooleanField(label=_("Bỏ giờ đăng này"), required=False)

    def __init__(self, *args: Any, slot: Slot, **kwargs: Any) -> None:
        super().__init__(*args, prefix=f"slot-{slot.pk}", initial={"at": slot.at}, **kwargs)
        self.slot = slot
        self.advice: list[str] = []
        # A row that the page did not hold (planned meanwhile in another window) is left alone.
        unseen = self.is_bound and self.add_prefix("at") not in self.data
        self.fixed = slot.state != "planned" or unseen
        if self.fixed:
            for field in self.fields.values():
                field.disabled = True


class ChannelTickForm(forms.Form):
    """A channel that may be ticked, with a time."""

    on = forms.BooleanField(label=_("Đăng lên kênh này"), required=False)
    at = MomentField(label=_("Giờ đăng"), required=False)

    def __init__(self, *args: Any, channel: Channel, not_ready: str = "", **kwargs: Any) -> None:
        super().__init__(*args, prefix=f"channel-{channel.pk}", **kwargs)
        self.channel = channel
        self.not_ready = not_ready

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("on") and not cleaned.get("at") and "at" not in self.errors:
            self.add_error("at", _("Vui lòng chọn ngày giờ đăng."))
        return cleaned


class StationsForm(forms.Form):
    """The stations of one place, with a time."""

    def __init__(self, *args: Any, number: int, places: Any, offered: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix=f"stations-{number}", **kwargs)
        place = PlaceField(queryset=places, required=False, label=_("Các đài truyền thanh của địa bàn"))
        place.offer(offered)
        self.fields["place"] = place
        self.fields["at"] = MomentField(label=_("Giờ chuyển"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("place") and not cleaned.get("at") and "at" not in self.errors:
            self.add_error("at", _("Vui lòng chọn ngày giờ chuyển bản tin."))
        if cleaned.get("at") and not cleaned.get("place") and "place" not in self.errors:
            self.add_error("place", _("Vui lòng chọn một địa bàn."))
        return cleaned
