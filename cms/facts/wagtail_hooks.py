"""Registration only."""

from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.facts.screens import CoverageView, ImportView
from cms.facts.services import writable_bodies
from cms.facts.viewsets import FactViewSet


@hooks.register("register_admin_viewset")
def fact_screens() -> FactViewSet:
    return FactViewSet()


@hooks.register("register_admin_urls")
def fact_addresses() -> list:
    return [
        path("du-kien-dia-phuong/", CoverageView.as_view(), name="facts_coverage"),
        path("du-kien-dia-phuong/nhap-excel/", ImportView.as_view(), name="facts_import"),
    ]


class _ForWriters(MenuItem):
    """A menu entry for people who may keep facts."""

    def is_shown(self, request) -> bool:
        return writable_bodies(request.user).exists()


@hooks.register("register_admin_menu_item")
def coverage_entry() -> MenuItem:
    return _ForWriters(
        _("Dữ kiện còn thiếu"),
        reverse("facts_coverage"),
        name="du-kien-con-thieu",
        icon_name="warning",
        order=281,
    )


@hooks.register("insert_global_admin_css")
def fact_styles() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("facts/facts.css"))
