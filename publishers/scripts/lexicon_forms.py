"""The forms of the lexicon: one reading, a trial reading, a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.access.forms import ScopedModelForm
from cms.core.pasted_text import PastedText
from cms.places.models import AdministrativeUnit
from publishers.scripts.lexicon_entries import LexiconEntry
from publishers.scripts.lexicon_reach import condition_fault, echo_fault, reach_fault
from publishers.scripts.spoken import Entry, LexiconError
from publishers.scripts.station_voices import voice_at
from publishers.stations.models import ReadingStyle

#: Characters of a trial reading.
LONGEST_TRIAL = 20_000
#: Bytes of a file.
LARGEST_FILE = 1_000_000


class LexiconEntryForm(ScopedModelForm):
    """One reading of a body, for the body's place or below it."""

    class Meta(ScopedModelForm.Meta):
        model = LexiconEntry
        fields = [
            "organisation",
            "place",
            "written",
            "spoken",
            "kind",
            "sure",
            "when",
            "alternatives",
            "note",
        ]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["spoken"].help_text = _(
            "Viết hoàn toàn bằng chữ như người đọc sẽ đọc, không có số và ký hiệu."
        )
        self.fields["when"].help_text = _(
            "Để trống nếu luôn đọc như vậy. “<cổng” là khi từ “cổng” đứng trước, “>xã” là khi từ “xã” đứng sau; "
            "nhiều điều kiện cách nhau bằng dấu |."
        )
        self.fields["alternatives"].help_text = _("Cách nhau bằng dấu |.")
        paths = set(self.fields["organisation"].queryset.values_list("place__path", flat=True))
        tops = [
            path for path in paths if not any(path != other and path.startswith(other) for other in paths)
        ]
        places = AdministrativeUnit.objects.none()
        for path in tops:
            places = places | AdministrativeUnit.objects.filter(path__startswith=path)
        self.fields["place"].queryset = places
        self.fields["place"].offer(places.select_related("parent").order_by("level", "sort_name")[:200])

    def clean(self):
        cleaned = super().clean()
        body, place = cleaned.get("organisation"), cleaned.get("place")
        if body is not None and place is not None and not place.path.startswith(body.place.path):
            self.add_error(
                "place", _("Cơ quan này không ở địa bàn trên nên không ghi được cách đọc cho nơi đó.")
            )
        fault = condition_fault(cleaned.get("when") or "")
        if fault:
            self.add_error("when", fault)
        if cleaned.get("written") and cleaned.get("spoken"):
            trial = LexiconEntry(**{name: cleaned.get(name) or "" for name in ("written", "spoken", "kind", "when", "alternatives", "note")}, sure=cleaned.get("sure") or "certain")  # fmt: skip
            try:
                entry = trial.as_entry("commune")
            except LexiconError as error:
                self.add_error("spoken", str(error))
            else:
                cleaned["written"], cleaned["spoken"] = entry.written, entry.spoken
                self._say_what_it_would_change(entry, place)
        if place is not None and cleaned.get("written"):
            twin = LexiconEntry.objects.filter(
                place=place,
                post=self.instance.post,
                written=cleaned["written"],
                when=cleaned.get("when") or "",
            ).exclude(pk=self.instance.pk)
            if twin.exists():
                self.add_error(
                    "written", _("Địa bàn này đã có cách đọc cho dạng viết đó; vui lòng sửa mục đã có.")
                )
        return cleaned

    def _say_what_it_would_change(self, entry: Entry, place: AdministrativeUnit | None) -> None:
        if self.instance.post is None and (fault := reach_fault(entry)):
            self.add_error("when", fault)
        if place is not None:
            lexicon = voice_at(place.path, self.instance.post_id).lexicon.over([entry], "script")
            if fault := echo_fault(entry, lexicon):
                self.add_error("spoken", fault)


def _offer(field: Any, bodies: Any) -> None:
    field.queryset = bodies
    field.initial = bodies.first()


class TrialForm(forms.Form):
    """A text to be read on trial, for a body and in a region's style."""

    text = PastedText(
        label=_("Văn bản"), max_length=LONGEST_TRIAL, strip=False, widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={
            "required": _("Vui lòng nhập văn bản cần đọc thử."),
            "max_length": _("Ô đọc thử nhận tối đa 20.000 ký tự; vui lòng dán từng phần."),
        },
    )  # fmt: skip
    organisation: forms.ModelChoiceField = forms.ModelChoiceField(
        queryset=None, label=_("Cơ quan"), empty_label=None, required=True
    )
    region = forms.ChoiceField(
        label=_("Cách đọc"), choices=ReadingStyle.choices, initial=ReadingStyle.NORTHERN
    )

    def __init__(self, *args, bodies, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["organisation"], bodies)


class FileForm(forms.Form):
    """A TSV file with readings for a body."""

    organisation: forms.ModelChoiceField = forms.ModelChoiceField(
        queryset=None, label=_("Cơ quan"), empty_label=None
    )
    file = forms.FileField(
        label=_("Tệp TSV"), error_messages={"required": _("Vui lòng chọn một tệp."), "empty": _("Tệp trống.")}
    )

    def __init__(self, *args, bodies, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["organisation"], bodies)

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(_("Tệp lớn hơn 1 MB; vui lòng chia nhỏ."))
        return file
