"""A place typed by name: works without script, with 3,355 places, with old names and without accents."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from cms.places.models import AdministrativeUnit

#: So many names are offered by the browser while typing; any other can still be typed.
OFFERED = 200


class PlaceInput(forms.TextInput):
    """A text field with a list of places that the browser offers while typing."""

    template_name = "places/place_input.html"

    def __init__(self, attrs=None) -> None:
        super().__init__({"autocomplete": "off", **(attrs or {})})
        self.offered: list[str] = []

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["offered"] = self.offered
        context["widget"]["list_id"] = f"{context['widget']['attrs'].get('id', name)}-dia-ban"
        context["widget"]["attrs"]["list"] = context["widget"]["list_id"]
        return context

    def render(self, name, value, attrs=None, renderer=None):
        # Django's own form renderer does not look into the project's templates.
        return mark_safe(render_to_string(self.template_name, self.get_context(name, value, attrs)))  # noqa: S308


class PlaceField(forms.CharField):
    """A place among `queryset`, by its present or former name: "Xã Ia Grai, Tỉnh Gia Lai", "gia lai".

    Its value is an AdministrativeUnit, or None when it may be empty and is."""

    widget = PlaceInput
    default_error_messages = {
        "unknown": _("Không tìm thấy địa bàn “%(text)s” trong phạm vi của bạn, vui lòng kiểm tra lại tên."),
        "several": _("Có nhiều địa bàn tên “%(text)s”: %(names)s. Vui lòng ghi rõ tỉnh, thành phố."),
        "required": _("Vui lòng chọn một địa bàn."),
    }

    def __init__(self, *, queryset, **kwargs) -> None:
        kwargs.setdefault("max_length", 200)
        super().__init__(**kwargs)
        self.queryset = queryset

    def offer(self, units) -> None:
        """Let the browser offer these places while typing."""
        self.widget.offered = [unit.address for unit in units]

    def prepare_value(self, value):
        if isinstance(value, AdministrativeUnit):
            return value.address
        if isinstance(value, int):
            unit = AdministrativeUnit.objects.select_related("parent").filter(pk=value).first()
            return unit.address if unit else ""
        return value

    def clean(self, value):
        if isinstance(value, AdministrativeUnit):
            return value
        text = super().clean(value)
        if not text:
            return None
        matches = self.queryset.search(text, limit=6)
        exact = [match for match in matches if match.unit.address == text or match.unit.full_name == text]
        best = exact or [match for match in matches if match.grade == matches[0].grade]
        if not best:
            raise ValidationError(self.error_messages["unknown"], code="unknown", params={"text": text})
        if len(best) > 1:
            names = "; ".join(match.unit.address for match in best)
            raise ValidationError(
                self.error_messages["several"], code="several", params={"text": text, "names": names}
            )
        return best[0].unit

    def has_changed(self, initial, data) -> bool:
        return self.prepare_value(initial) != data
