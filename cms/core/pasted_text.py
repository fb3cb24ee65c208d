"""A form field for long texts that people paste: nothing of what they pasted is cut away in silence."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class PastedText(forms.CharField):
    """A long text. A browser cuts a paste at `maxlength` and tells nobody, and a bulletin would go out without its end; so
    the limit is not told to the browser, and what is too long is refused with its length and shown again whole."""

    widget = forms.Textarea
    default_error_messages = {
        "required": _("Chưa có nội dung, vui lòng nhập."),
        "max_length": _(
            "Nội dung dài %(show_value)d ký tự, quá giới hạn %(limit_value)d ký tự. Vui lòng rút ngắn hoặc chia làm nhiều phần."
        ),
        "null_characters_not_allowed": _(
            "Nội dung có ký tự hỏng bên trong. Vui lòng sao chép lại từ bản gốc."
        ),
    }

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}
