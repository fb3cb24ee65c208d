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

from media.library.models import Asset
from media.packs.screens import AssetPacksView, PacksView, PackView, TopicPacksView, pack_file
from media.taxonomy.models import Topic


@hooks.register("register_admin_urls")
def pack_addresses() -> list:
    return [
        path("goi-tai-ve/", PacksView.as_view(), name="packs"),
        path("goi-tai-ve/tai-lieu/<uuid:public_id>/", AssetPacksView.as_view(), name="packs_of_asset"),
        path("goi-tai-ve/chu-de/<int:topic_id>/", TopicPacksView.as_view(), name="packs_of_topic"),
        path("goi-tai-ve/<uuid:public_id>/", PackView.as_view(), name="pack"),
        path("goi-tai-ve/<uuid:public_id>/tep/", pack_file, name="pack_file"),
    ]


class _ForWhoReadsTheLibrary(MenuItem):
    """A menu entry for people who may read the library."""

    def is_shown(self, request) -> bool:
        return policy_registry.get_by_type(Asset).user_has_permission(request.user, "view")


@hooks.register("register_admin_menu_item")
def packs_entry() -> MenuItem:
    return _ForWhoReadsTheLibrary(
        _("Gói tải về"), reverse("packs"), name="goi-tai-ve", icon_name="download", order=108
    )


@hooks.register("register_snippet_listing_buttons")
def pack_buttons(snippet, user, next_url=None):
    """Beside every asset of the library, and every topic: take it away as a ZIP."""
    if isinstance(snippet, Asset) and snippet.live:
        address = reverse("packs_of_asset", args=[snippet.public_id])
    elif isinstance(snippet, Topic):
        address = reverse("packs_of_topic", args=[snippet.pk])
    else:
        return
    yield Button(_("Tải gói"), url=address, icon_name="download", priority=45)


@hooks.register("insert_global_admin_css")
def pack_styles() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("packs/packs.css"))
