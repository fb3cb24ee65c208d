"""The times on the editor's page: one row per slot that stands, one empty row per channel, rows for stations."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.schedule.models import LateRule, Slot
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


#: After how long a post counts as late, in seconds.
LATE_AFTER = (
    (15 * 60, _("trễ quá 15 phút")),
    (30 * 60, _("trễ quá 30 phút")),
    (3600, _("trễ quá 1 giờ")),
    (2 * 3600, _("trễ quá 2 giờ")),
    (4 * 3600, _("trễ quá 4 giờ")),
    (12 * 3600, _("trễ quá 12 giờ")),
    (24 * 3600, _("trễ quá 24 giờ")),
)


class LatenessMixin(forms.Form):
    """What becomes of a time that cannot be kept: after how long it is late, and what happens then.

    A page that did not hold these fields changes nothing about them."""

    def add_lateness(self, late_rule: str = LateRule.HOLD, late_after: int = 2 * 3600) -> None:
        choices: list[tuple[int, Any]] = list(LATE_AFTER)
        if late_after not in dict(choices):
            choices.append((late_after, _("trễ quá %(minutes)s phút") % {"minutes": late_after // 60}))
        self.fields["late_after"] = forms.TypedChoiceField(
            label=_("Coi là trễ"),
            choices=choices,
            coerce=int,
            initial=late_after,
            required=False,
            empty_value=None,
        )
        self.fields["late_rule"] = forms.ChoiceField(
            label=_("Nếu trễ giờ"), choices=LateRule.choices, initial=late_rule, required=False
        )
        self._late_rule, self._late_after = late_rule, late_after

    @property
    def lateness(self) -> dict[str, Any]:
        """Return `late_rule` and `late_after` (seconds) as chosen; as they were where the page did not hold them."""
        return {
            "late_rule": self.cleaned_data.get("late_rule") or self._late_rule,
            "late_after": self.cleaned_data.get("late_after") or self._late_after,
        }


def suggested_moment() -> datetime:
    """Return half past seven in the evening tomorrow, when people are at home."""
    tomorrow = clock.in_vietnam(clock.now()) + timedelta(days=1)
    return tomorrow.replace(hour=19, minute=30, second=0, microsecond=0)


class SlotForm(LatenessMixin):
    """A slot that stands: its time, and a tick to take it out."""

    at = MomentField(label=_("Giờ đăng"))
    remove = forms.BooleanField(label=_("Bỏ giờ đăng này"), required=False)

    def __init__(self, *args: Any, slot: Slot, **kwargs: Any) -> None:
        super().__init__(*args, prefix=f"slot-{slot.pk}", initial={"at": slot.at}, **kwargs)
        self.slot = slot
        self.add_lateness(slot.late_rule, slot.late_after)
        self.advice: list[str] = []
        # Said when equal texts on many channels are spread over time.
        self.spread = ""
        # A row that the page did not hold (planned meanwhile in another window) is left alone.
        unseen = self.is_bound and self.add_prefix("at") not in self.data
        self.fixed = slot.state != "planned" or unseen
        if self.fixed:
            for field in self.fields.values():
                field.disabled = True


class ChannelTickForm(LatenessMixin):
    """A channel that may be ticked, with a time."""

    on = forms.BooleanField(label=_("Đăng lên kênh này"), required=False)
    at = MomentField(label=_("Giờ đăng"), required=False)

    def __init__(self, *args: Any, channel: Channel, not_ready: str = "", **kwargs: Any) -> None:
        super().__init__(*args, prefix=f"channel-{channel.pk}", **kwargs)
        self.add_lateness()
        self.channel = channel
        self.not_ready = not_ready

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("on") and not cleaned.get("at") and "at" not in self.errors:
            self.add_error("at", _("Vui lòng chọn ngày giờ đăng."))
        return cleaned


class StationsForm(LatenessMixin):
    """The stations of one place, with a time."""

    def __init__(self, *args: Any, number: int, places: Any, offered: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix=f"stations-{number}", **kwargs)
        place = PlaceField(queryset=places, required=False, label=_("Các đài truyền thanh của địa bàn"))
        place.offer(offered)
        self.fields["place"] = place
        self.fields["at"] = MomentField(label=_("Giờ chuyển"), required=False)
        self.add_lateness()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("place") and not cleaned.get("at") and "at" not in self.errors:
            self.add_error("at", _("Vui lòng chọn ngày giờ chuyển bản tin."))
        if cleaned.get("at") and not cleaned.get("place") and "place" not in self.errors:
            self.add_error("place", _("Vui lòng chọn một địa bàn."))
        return cleaned
