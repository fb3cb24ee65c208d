"""The forms of the localisation screens, made from the parts of the asset at hand."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.organisations.models import Organisation
from media.library.forms import own_bodies
from media.library.models import Asset
from media.localisations import wording
from media.localisations.content import TEXTS
from media.localisations.merge import BLOCK, Change, Choice, Content, Own, Side, Verdict
from media.taxonomy.languages import language_choices


def field_name(key: str) -> str:
    """Return the form field of the part `key`: scripts cannot find an element whose id holds a colon."""
    return key.replace(":", "-")


class TakeForm(forms.Form):
    """For which body, in which language."""

    organisation: forms.ModelChoiceField = forms.ModelChoiceField(
        label=gettext_lazy("Cho cơ quan"), queryset=Organisation.objects.none(), empty_label=None
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Ngôn ngữ"),
        choices=language_choices,
        help_text=gettext_lazy("Chọn ngôn ngữ khác bản gốc để làm bản dịch."),
    )

    def __init__(self, *args, user: Any, upstream: Asset, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        bodies = own_bodies(user)
        chosen = cast(forms.ModelChoiceField, self.fields["organisation"])
        chosen.queryset, chosen.initial = bodies, bodies.first()
        self.fields["language"].initial = upstream.language


class RewriteForm(forms.Form):
    """One field per open part; `rows` is the whole asset in reading order, locked parts beside open ones. `moves`: it is
    a clip, which has captions and an end card."""

    def __init__(
        self, *args, base: Content, local: Content, keys: frozenset[str], moves: bool = False, **kwargs
    ) -> None:
        super().__init__(*args, **kwargs)
        self._moves = moves
        self.rows: list[dict[str, Any]] = []
        core = {block.id for block in base.blocks}
        before, now = base.flat(), local.flat()
        for name in TEXTS:
            if local.fields[name] or (name in keys and self._has(name, local)):
                self._row(name, "", local.fields[name], name in keys, before.get(name), now[name])
        for block in local.blocks:
            key, own = BLOCK + block.id, block.id not in core
            self._row(key, block.type, block.value, own or key in keys, before.get(key), now[key])
            if own:
                field = forms.BooleanField(label=_("Bỏ phần này"), required=False)
                self.fields[f"drop-{block.id}"] = field
                self.rows[-1] |= {"drop": self[f"drop-{block.id}"], "is_own": True}
        if local.blocks or base.blocks:
            self.fields["added"] = wording.field_for(BLOCK, "paragraph", "")
            self.fields["added"].label = _("Thêm đoạn riêng của địa phương")
            self.added = self["added"]

    def _row(self, key: str, kind: str, value: Any, is_open: bool, before: Any, now: Any) -> None:
        row: dict[str, Any] = {"key": key, "label": wording.label_of(key, kind), "is_open": is_open}
        row["text"] = wording.shown(key, now)
        if is_open:
            name = field_name(key)
            self.fields[name] = wording.field_for(key, kind, value)
            row["field"] = self[name]
            if before is not None and before != now:
                row["original"] = wording.shown(key, before)
        self.rows.append(row)

    def _has(self, name: str, local: Content) -> bool:
        """Return whether an asset like this one has the field at all."""
        if name in ("captions", "end_card"):
            return self._moves
        needs = {"alt_text": "image", "transcript": "clip"}.get(name)
        return needs is None or local.fields[needs] is not None

    def values(self) -> dict[str, Any]:
        """Return what the person changed: key → value; None for a part of the place's own to be dropped."""
        given: dict[str, Any] = {}
        for row in self.rows:
            key = row["key"]
            if not row["is_open"]:
                continue
            dropped = row.get("is_own") and self.cleaned_data.get("drop-" + key.removeprefix(BLOCK))
            if dropped:
                given[key] = None
            elif field_name(key) in self.changed_data:
                given[key] = self.cleaned_data[field_name(key)]
        return given

    def additions(self) -> list[tuple[str, Any]]:
        text = self.cleaned_data.get("added") or ""
        return [("paragraph", text)] if _says_something(text) else []


class UpdateForm(forms.Form):
    """What the original changed; a choice where both changed."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, changes: list[Change], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.taken: list[dict[str, Any]] = []
        self.asked: list[dict[str, Any]] = []
        self._changes = changes
        for number, change in enumerate(changes):
            if change.verdict is Verdict.SAME:
                continue
            row = self._row(change)
            if change.verdict is Verdict.TAKE:
                self.taken.append(row)
                continue
            self._ask(number, change, row)
            self.asked.append(row)

    def _row(self, change: Change) -> dict[str, Any]:
        kind = _kind(change)
        return {
            "key": change.key,
            "label": wording.label_of(change.key, kind),
            "before": wording.shown(change.key, change.base),
            "upstream": wording.shown(change.key, change.upstream),
            "local": wording.shown(change.key, change.local),
            "is_new": change.base is None,
            "is_gone": change.upstream is None,
        }

    def _ask(self, number: int, change: Change, row: dict[str, Any]) -> None:
        choices = [(Side.LOCAL.value, _("Giữ bản của địa phương")), (Side.UPSTREAM.value, _("Lấy bản gốc"))]
        writable = change.key not in ("image", "clip", "document") and change.local is not None
        if writable:
            choices.append(("own", _("Viết lại")))
        name = f"choice-{number}"
        self.fields[name] = forms.ChoiceField(
            label=row["label"], choices=choices, widget=forms.RadioSelect,
            error_messages={"required": _("Vui lòng chọn bản nào dùng cho chỗ này.")},
        )  # fmt: skip
        row["choice"] = self[name]
        if writable:
            value = change.local[1] if change.key.startswith(BLOCK) else change.local
            self.fields[f"own-{number}"] = wording.field_for(change.key, _kind(change), value)
            self.fields[f"own-{number}"].required = False
            self.fields[f"own-{number}"].label = _("Lời viết lại")
            row["own"] = self[f"own-{number}"]

    def choices(self) -> dict[str, Choice]:
        """Return key → what the person decided."""
        decided: dict[str, Choice] = {}
        for number, change in enumerate(self._changes):
            said = self.cleaned_data.get(f"choice-{number}")
            if said == "own":
                decided[change.key] = Own(self.cleaned_data[f"own-{number}"])
            elif said:
                decided[change.key] = Side(said)
        return decided


def _kind(change: Change) -> str:
    if not change.key.startswith(BLOCK):
        return ""
    return (change.local or change.upstream or change.base)[0]


def _says_something(html: str) -> bool:
    return bool(strip_tags(html).strip())
