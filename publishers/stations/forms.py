"""The form of a station, with its broadcast windows."""

from __future__ import annotations

from datetime import time

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.access.forms import ScopedModelForm
from cms.core.folding import fold
from cms.core.hidden_signs import without_hidden_signs
from cms.places.models import AdministrativeUnit
from media.taxonomy.languages import other_languages
from publishers.stations.models import BroadcastWindow, Station
from publishers.stations.reading_choices import READING_CHOICES
from publishers.stations.windows import Window, hard_warnings, mistakes

#: Morning, noon, evening, and one to spare.
WINDOWS = 4


class NativeTime(forms.TimeInput):
    """The browser's own time field: no script, which the content policy would refuse."""

    input_type = "time"

    def __init__(self, attrs=None) -> None:
        super().__init__(attrs=attrs, format="%H:%M")


class StationForm(ScopedModelForm):
    """A station of a body, in the body's place or below it. Windows that are early or long must be confirmed."""

    languages = forms.MultipleChoiceField(
        label=_("Phát thêm bằng tiếng"),
        help_text=_(
            "Bản dịch đã duyệt của các tiếng này có sẵn trong trang, gói tệp và chương trình của đài, ngoài tiếng Việt."
        ),
        choices=other_languages,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    confirm_windows = forms.BooleanField(
        label=_("Tôi đã biết các lưu ý về khung giờ và vẫn giữ như trên"), required=False
    )

    class Meta(ScopedModelForm.Meta):
        model = Station
        fields = [
            "organisation",
            "place",
            "name",
            "slug",
            "technology",
            "clusters",
            "reading_style",
            "reading_rate",
            "languages",
            "is_active",
        ]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        slug = self.fields["slug"]
        slug.required = False
        slug.help_text = _("Phần cuối của địa chỉ /dai/…; để trống thì hệ thống tự đặt theo tên địa bàn.")
        self.fields["reading_rate"].help_text = _(
            "Từ 100 đến 300. Bấm giờ một lần đọc thật rồi sửa lại cho đúng; 190 là tốc độ vừa phải cho loa ngoài trời."
        )
        self._offer_places()
        for switch, (label, spoken) in READING_CHOICES.items():
            self.fields[f"reading_{switch}"] = forms.ChoiceField(
                label=_("Cách đọc: %(what)s") % {"what": label},
                required=False,
                choices=[("", _("Theo vùng")), *spoken.items()],
                initial=self.instance.reading_choices.get(switch, ""),
            )
        known = list(self.instance.windows.all()) if self.instance.pk else []
        for number in range(WINDOWS):
            window = known[number] if number < len(known) else None
            for end, label in (
                ("starts", _("Khung giờ %(number)s: từ")),
                ("ends", _("Khung giờ %(number)s: đến")),
            ):
                self.fields[f"window_{number}_{end}"] = forms.TimeField(
                    label=label % {"number": number + 1},
                    required=False,
                    widget=NativeTime(),
                    initial=getattr(window, end, None),
                )
        # Stands after the windows it speaks of; shown only when there is something to confirm.
        self.fields["confirm_windows"] = self.fields.pop("confirm_windows")
        if not self.is_bound and not hard_warnings([(row.starts, row.ends) for row in known]):
            self.fields["confirm_windows"].widget = forms.HiddenInput()

    def _offer_places(self) -> None:
        paths = set(self.fields["organisation"].queryset.values_list("place__path", flat=True))
        tops = [
            path for path in paths if not any(path != other and path.startswith(other) for other in paths)
        ]
        places = AdministrativeUnit.objects.none()
        for path in tops:
            places = places | AdministrativeUnit.objects.filter(path__startswith=path)
        field = self.fields["place"]
        field.label = _("Địa bàn")
        field.queryset = places.communes()
        field.offer(field.queryset.select_related("parent").order_by("path")[:200])

    def clean_name(self) -> str:
        # It is read aloud, printed and passed on in every file of the station.
        return " ".join(without_hidden_signs(self.cleaned_data["name"]).split())

    def clean(self):
        cleaned = super().clean()
        body, place = cleaned.get("organisation"), cleaned.get("place")
        if body is not None and place is not None and not place.path.startswith(body.place.path):
            self.add_error("place", _("Đài phải ở trong địa bàn của cơ quan chủ quản."))
        if not cleaned.get("slug") and place is not None and "slug" not in self.errors:
            cleaned["slug"] = free_slug(place, self.instance.pk)
        self.windows = self._clean_windows(cleaned)
        return cleaned

    def _clean_windows(self, cleaned) -> list[Window]:
        windows: list[Window] = []
        for number in range(WINDOWS):
            starts: time | None = cleaned.get(f"window_{number}_starts")
            ends: time | None = cleaned.get(f"window_{number}_ends")
            if starts is not None and ends is not None:
                windows.append((starts, ends))
            elif starts is not None or ends is not None:
                lacking = "ends" if ends is None else "starts"
                field = f"window_{number}_{lacking}"
                if field not in self.errors:
                    self.add_error(field, _("Vui lòng ghi đủ giờ bắt đầu và giờ kết thúc."))
        for sentence in mistakes(windows):
            self.add_error("window_0_starts", sentence)
        warnings = hard_warnings(windows)
        if warnings and not cleaned.get("confirm_windows"):
            asked = _("Nếu vẫn giữ, vui lòng đánh dấu xác nhận bên dưới rồi lưu lại.")
            self.add_error("confirm_windows", forms.ValidationError([*warnings, asked]))
        elif not warnings:
            self.fields["confirm_windows"].widget = forms.HiddenInput()
        return sorted(windows)

    def save(self, commit=True):
        self.instance.reading_choices = {
            switch: self.cleaned_data[f"reading_{switch}"]
            for switch in READING_CHOICES
            if self.cleaned_data.get(f"reading_{switch}")
        }
        station = super().save(commit=commit)
        if commit:
            station.windows.all().delete()
            BroadcastWindow.objects.bulk_create(
                BroadcastWindow(station=station, starts=starts, ends=ends) for starts, ends in self.windows
            )
        return station


def free_slug(place: AdministrativeUnit, own_id: int | None = None) -> str:
    """Return an address for a station of `place` that no other station has: "xa-ia-grai", "xa-ia-grai-2" …"""
    base = fold(place.full_name).replace(" ", "-")[:60]
    taken = set(
        Station.objects.filter(slug__startswith=base).exclude(pk=own_id).values_list("slug", flat=True)
    )
    number = 1
    slug = base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
