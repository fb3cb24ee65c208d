"""What the parts of an asset are called on screen, and how their values are shown and asked for."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db.models import Field
from django.utils.html import format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.rich_text import get_rich_text_editor_widget
from wagtail.templatetags.wagtailcore_tags import richtext

from media.library.models import Asset, LibraryImage
from media.localisations.merge import BLOCK

BLOCK_LABELS = {
    "heading": gettext_lazy("Tiêu đề mục"),
    "paragraph": gettext_lazy("Đoạn văn"),
    "steps": gettext_lazy("Các bước"),
    "warning": gettext_lazy("Cảnh báo"),
}
_FEATURES = ["bold", "italic", "ul", "ol", "link"]
_LONG = frozenset({"summary", "alt_text", "transcript", "captions"})
_LONGEST = {"title": 200, "end_card": 120}
_HELP = {
    "captions": gettext_lazy("Sửa lời, giữ các dòng thời gian. Định dạng WebVTT hoặc SRT."),
    "end_card": cast(Field, Asset._meta.get_field("end_card")).help_text,
}


def label_of(key: str, kind: str = "") -> str:
    """Return what the part `key` is called; `kind` is the block's type."""
    if key.startswith(BLOCK):
        return str(BLOCK_LABELS.get(kind, _("Phần nội dung")))
    name = str(cast(Field, Asset._meta.get_field(key)).verbose_name)
    return name[:1].upper() + name[1:]


def shown(key: str, value: Any) -> SafeString:
    """Return the value of a part as people read it."""
    if value in (None, "", []):
        return format_html("<em>{}</em>", _("(để trống)") if value == "" else _("(không có)"))
    if key.startswith(BLOCK):
        kind, value = value
        if kind == "paragraph":
            return richtext(value)
        if kind == "steps":
            return format_html(
                "<ol>{}</ol>", format_html_join("", "<li>{}</li>", ((step,) for step in steps(value)))
            )
        return format_html("<p>{}</p>", value)
    if key == "image":
        return _picture(value)
    if key in ("clip", "document"):
        return format_html("<p>{}</p>", _("Tệp đã đổi; xem ở trang của bản gốc."))
    return SafeString(linebreaks(value, autoescape=True))


def field_for(key: str, kind: str, value: Any) -> forms.Field:
    """Return the form field in which the part is rewritten; `value` is the part's present value, without its type."""
    label = label_of(key, kind)
    if kind == "paragraph":
        return RichTextField(label=label, required=False, initial=value)
    if kind == "steps":
        return StepsField(label=label, required=False, initial="\n".join(steps(value)))
    rows = 8 if key in ("transcript", "captions") else 3
    widget = forms.Textarea(attrs={"rows": rows}) if key in _LONG else forms.TextInput()
    return PlainField(
        label=label, required=key == "title", widget=widget, initial=value, max_length=_LONGEST.get(key),
        help_text=_HELP.get(key, ""),
    )  # fmt: skip


class PlainField(forms.CharField):
    """A text as it is kept: a browser's line ends are not a change."""

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed((initial or "").strip(), data)


_UNREADABLE = "\x00"


class _RichTextArea(type(get_rich_text_editor_widget())):  # type: ignore[misc]
    """The admin's editor; what is not its own language is refused instead of breaking the page."""

    def value_from_datadict(self, data, files, name):
        try:
            return super().value_from_datadict(data, files, name)
        except (ValueError, KeyError, TypeError, AttributeError):
            return _UNREADABLE


class RichTextField(forms.CharField):
    """A paragraph in the admin's own editor."""

    def __init__(self, **kwargs) -> None:
        super().__init__(widget=_RichTextArea(features=_FEATURES), **kwargs)

    def to_python(self, value: Any) -> str:
        if value == _UNREADABLE:
            raise forms.ValidationError(
                _("Không đọc được đoạn văn này. Vui lòng tải lại trang rồi nhập lại.")
            )
        return super().to_python(value) or ""


class StepsField(forms.CharField):
    """Steps, one on a line; cleaned to the list a block keeps."""

    widget = forms.Textarea(attrs={"rows": 6})

    def __init__(self, **kwargs) -> None:
        super().__init__(help_text=_("Mỗi bước một dòng."), **kwargs)

    def clean(self, value: Any) -> list[dict[str, str]]:
        text = super().clean(value)
        return [{"type": "item", "value": line.strip()} for line in text.splitlines() if line.strip()]


def steps(value: Any) -> list[str]:
    """Return the steps of a list block, whichever way Wagtail stored it."""
    return [each["value"] if isinstance(each, dict) else str(each) for each in value or []]


def _picture(pk: int) -> SafeString:
    image = LibraryImage.objects.filter(pk=pk).first()
    if image is None:
        return format_html("<em>{}</em>", _("(không có)"))
    rendition = image.get_rendition("max-320x320")
    return format_html(
        '<img src="{}" width="{}" height="{}" alt="{}">', rendition.url, rendition.width, rendition.height, ""
    )
