"""The screens of facts."""

from __future__ import annotations

import django_filters
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from cms.access.forms import ScopedModelForm
from cms.access.province_filter import ProvinceFilter
from cms.access.viewsets import NamedIndexView, ScopedViewSet
from cms.core import clock
from cms.core.errors import InputRefused
from cms.facts.models import Fact, FactKey
from cms.facts.placeholders import PLACEHOLDER_OF
from cms.facts.services import checked_value, require_number
from cms.places.models import AdministrativeUnit


class FactForm(ScopedModelForm):
    """A fact of a body, valid in the body's place or below it."""

    class Meta(ScopedModelForm.Meta):
        model = Fact
        fields = [
            "organisation",
            "place",
            "key",
            "value",
            "valid_from",
            "valid_to",
            "hands_over",
            "source",
            "is_sample",
        ]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.fields["valid_from"].initial = clock.today()
        paths = set(self.fields["organisation"].queryset.values_list("place__path", flat=True))
        tops = [
            path for path in paths if not any(path != other and path.startswith(other) for other in paths)
        ]
        places = AdministrativeUnit.objects.none()
        for path in tops:
            places = places | AdministrativeUnit.objects.filter(path__startswith=path)
        self.fields["place"].queryset = places
        self.fields["place"].label = _("Địa bàn")
        self.fields["place"].offer(places.select_related("parent").order_by("level", "sort_name")[:200])

    def clean(self):
        cleaned = super().clean()
        key, value = cleaned.get("key") or "", cleaned.get("value") or ""
        try:
            require_number(value, key)
            # It stands inside a sentence that is read aloud, as a value that a commune fills in itself.
            if value and key in PLACEHOLDER_OF:
                cleaned["value"] = checked_value(value)
        except InputRefused as refusal:
            self.add_error("value", refusal.sentence)
        body, place = cleaned.get("organisation"), cleaned.get("place")
        if body is not None and place is not None and not place.path.startswith(body.place.path):
            self.add_error(
                "place", _("Cơ quan này không ở địa bàn trên nên không cung cấp được dữ kiện cho nơi đó.")
            )
        start, end = cleaned.get("valid_from"), cleaned.get("valid_to")
        if start is not None and end is not None and end < start:
            self.add_error("valid_to", _("Ngày hết hiệu lực phải sau ngày bắt đầu."))
        if cleaned.get("hands_over") and end is None and "valid_to" not in self.errors:
            self.add_error(
                "valid_to", _("Vui lòng ghi ngày hết hiệu lực: từ hôm sau dữ kiện của cấp trên được dùng.")
            )
        return cleaned


def _validity(fact: Fact) -> str:
    start = f"{fact.valid_from:%d/%m/%Y}"
    return f"{start} – {fact.valid_to:%d/%m/%Y}" if fact.valid_to else str(_("từ %(day)s") % {"day": start})


class FactFilterSet(WagtailFilterSet):
    """By kind, by province, and by whether the fact holds today."""

    key = django_filters.ChoiceFilter(
        label=_("Loại dữ kiện"), choices=FactKey.choices, empty_label=_("Tất cả")
    )
    province = ProvinceFilter()
    standing = django_filters.ChoiceFilter(
        label=_("Hiệu lực"),
        choices=[("con", _("Đang có hiệu lực")), ("het", _("Đã hết hiệu lực")), ("chua", _("Chưa đến ngày"))],
        method="with_standing",
        empty_label=_("Tất cả"),
    )

    class Meta:
        model = Fact
        fields = ["key", "province", "standing"]

    def with_standing(self, rows, name, standing):
        today = clock.today()
        if standing == "het":
            return rows.filter(valid_to__lt=today)
        return rows.filter(valid_from__gt=today) if standing == "chua" else rows.valid_on(today)


class FactViewSet(ScopedViewSet):
    """Dữ kiện: dated reference data."""

    model = Fact
    icon = "info-circle"
    menu_label = _("Dữ kiện")
    menu_name = "du-kien"
    menu_order = 280
    add_to_admin_menu = True
    url_prefix = "du-kien"
    index_view_class = NamedIndexView
    filterset_class = FactFilterSet
    list_display = [
        "value",
        Column("key", label=_("Loại dữ kiện"), accessor="get_key_display"),
        Column("place", label=_("Địa bàn"), accessor="place.full_name"),
        Column("validity", label=_("Hiệu lực"), accessor=_validity),
        Column("source", label=_("Nguồn"), accessor="source"),
        Column(
            "sample", label=_("Minh họa"), accessor=lambda row: _("Số liệu minh họa") if row.is_sample else ""
        ),
    ]

    def get_form_class(self, for_update=False):
        return FactForm

    def get_edit_handler(self):
        return None

    def get_queryset(self, request):
        return Fact.objects.select_related("place", "organisation").order_by(
            "place__path", "key", "-valid_from"
        )
