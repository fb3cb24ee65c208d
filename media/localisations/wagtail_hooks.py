"""Registration only."""

from __future__ import annotations

from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.permissions import policy_registry

from media.library.models import Asset, AssetKind
from media.localisations.models import Localisation
from media.localisations.original_screen import OriginalView
from media.localisations.screens import CopiesView, RewriteView, TakeView, UpdateView


@hooks.register("register_admin_urls")
def localisation_addresses() -> list:
    return [
        path("ban-dia-phuong/", CopiesView.as_view(), name="localisations"),
        path("ban-dia-phuong/tao/<uuid:public_id>/", TakeView.as_view(), name="localisation_take"),
        path(
            "ban-dia-phuong/ban-goc/<uuid:public_id>/", OriginalView.as_view(), name="localisation_original"
        ),
        path("ban-dia-phuong/<uuid:public_id>/", RewriteView.as_view(), name="localisation"),
        path("ban-dia-phuong/<uuid:public_id>/cap-nhat/", UpdateView.as_view(), name="localisation_update"),
    ]


class _ForWhoWrites(MenuItem):
    """A menu entry for people who may make copies."""

    def is_shown(self, request) -> bool:
        return policy_registry.get_by_type(Localisation).user_has_permission(request.user, "add")


@hooks.register("register_admin_menu_item")
def localisations_entry() -> MenuItem:
    return _ForWhoWrites(
        _("Bản địa phương"), reverse("localisations"), name="ban-dia-phuong", icon_name="copy", order=105
    )


@hooks.register("register_snippet_listing_buttons")
def asset_buttons(snippet, user, next_url=None):
    """Beside every asset of the library: make a copy of it, or see its copies."""
    if not isinstance(snippet, Asset) or not snippet.live or snippet.kind == AssetKind.DOCUMENT:
        return
    if not policy_registry.get_by_type(Localisation).user_has_permission(user, "add"):
        return
    yield Button(
        _("Biên tập lại cho địa phương"),
        url=reverse("localisation_take", args=[snippet.public_id]),
        icon_name="copy",
        priority=30,
    )
    if policy_registry.get_by_type(Asset).user_has_permission(user, "publish"):
        yield Button(
            _("Xem các bản địa phương"),
            url=reverse("localisation_original", args=[snippet.public_id]),
            icon_name="list-ul",
            priority=40,
        )


@hooks.register("insert_global_admin_css")
def localisation_styles() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("localisations/localisations.css"))
