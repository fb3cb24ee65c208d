"""The screens of stations."""

from __future__ import annotations

import django_filters
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from cms.access.province_filter import ProvinceFilter
from cms.access.viewsets import NamedIndexView, ScopedViewSet
from publishers.stations.forms import StationForm
from publishers.stations.models import Station, Technology
from publishers.stations.windows import shown


class StationFilterSet(WagtailFilterSet):
    """By province and by technology."""

    province = ProvinceFilter()
    technology = django_filters.ChoiceFilter(
        label=_("Công nghệ"), choices=Technology.choices, empty_label=_("Tất cả")
    )

    class Meta:
        model = Station
        fields = ["province", "technology"]


def _windows(station: Station) -> str:
    return ", ".join(shown((window.starts, window.ends)) for window in station.windows.all())


def _public_page(station: Station) -> str:
    if not station.is_active:
        return str(_("Ngừng hoạt động"))
    return format_html(
        '<a href="{}">/dai/{}/</a>', reverse("portal:station", args=[station.slug]), station.slug
    )


class StationViewSet(ScopedViewSet):
    """Đài truyền thanh: list, add, edit."""

    model = Station
    icon = "media"
    menu_label = _("Đài truyền thanh")
    menu_name = "dai-truyen-thanh"
    menu_order = 270
    add_to_admin_menu = True
    url_prefix = "dai-truyen-thanh"
    index_view_class = NamedIndexView
    filterset_class = StationFilterSet
    list_display = [
        "name",
        Column("place", label=_("Địa bàn"), accessor="place.address"),
        Column("technology", label=_("Công nghệ"), accessor="get_technology_display"),
        Column("clusters", label=_("Số cụm loa"), accessor="clusters"),
        Column("windows", label=_("Khung giờ phát"), accessor=_windows),
        Column("page", label=_("Trang của đài"), accessor=_public_page),
    ]

    def get_form_class(self, for_update=False):
        return StationForm

    def get_edit_handler(self):
        return None

    def get_queryset(self, request):
        rows = Station.objects.select_related("place__parent", "organisation").prefetch_related("windows")
        return rows.order_by("place__path", "name")
