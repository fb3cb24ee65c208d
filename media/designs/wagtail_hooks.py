"""Registration only."""

from __future__ import annotations

from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import policy_registry

from media.designs.screens import DesignsView, NewDrawingView, RedrawView
from media.library.models import Asset


@hooks.register("register_admin_urls")
def design_addresses() -> list:
    return [
        path("do-hoa/", DesignsView.as_view(), name="designs"),
        path("do-hoa/moi/", NewDrawingView.as_view(), name="design"),
        path("do-hoa/<uuid:public_id>/", RedrawView.as_view(), name="redraw"),
    ]


class _ForWhoWrites(MenuItem):
    """A menu entry for people who may add to the library."""

    def is_shown(self, request) -> bool:
        return policy_registry.get_by_type(Asset).user_has_permission(request.user, "add")


@hooks.register("register_admin_menu_item")
def designs_entry() -> MenuItem:
    return _ForWhoWrites(
        _("Đồ họa theo mẫu"), reverse("designs"), name="do-hoa-theo-mau", icon_name="image", order=106
    )


@hooks.register("insert_global_admin_css")
def design_styles() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("designs/designs.css"))
