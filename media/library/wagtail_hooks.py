"""Registration only: the screens, the menu, the styles."""

from __future__ import annotations

from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.search import SearchArea
from wagtail.admin.widgets.button import Button
from wagtail.snippets.action_menu import ActionMenuItem
from wagtail.snippets.models import register_snippet

from cms.access.roles import roles_allowing
from cms.access.scopes import reachable_organisations
from cms.facts.models import Fact
from media.library.action_menu import PutIntoLibrary, TakeOutOfLibrary
from media.library.fact_screen import FactTouchesView
from media.library.models import Asset
from media.library.suggest_screen import suggestions
from media.library.upload_screens import ManyFilesView, PartView
from media.library.used_screen import UsedView
from media.library.viewsets import AssetViewSet

register_snippet(AssetViewSet)

# Wagtail's own rooms: what they hold is reached through the library and the audit log (cms/access/closed.py).
HIDDEN_MENU_ITEMS = frozenset({"explorer", "images", "documents", "media", "snippets", "reports"})


@hooks.register("construct_main_menu", order=100)
def hide_stock_menus(request, menu_items) -> None:
    menu_items[:] = [item for item in menu_items if item.name not in HIDDEN_MENU_ITEMS]


@hooks.register("construct_snippet_action_menu")
def library_words_for_actions(menu_items, request, context) -> None:
    """Offer "Đưa vào kho" where Wagtail would ask Django's permissions for "Publish"."""
    if context["model"] is not Asset:
        return
    menu_items[:] = [item for item in menu_items if item.name not in ("action-publish", "action-unpublish")]
    ours: list[ActionMenuItem] = [PutIntoLibrary(order=30), TakeOutOfLibrary(order=20)]
    menu_items.extend(item for item in ours if item.is_shown(context))


@hooks.register("register_admin_urls")
def library_addresses() -> list:
    return [
        path("kho-tai-lieu/tai-len/", ManyFilesView.as_view(), name="library_many_files"),
        path("kho-tai-lieu/noi-dung/<uuid:public_id>/", UsedView.as_view(), name="library_used"),
        path("kho-tai-lieu/du-kien/<int:fact_id>/", FactTouchesView.as_view(), name="library_fact"),
        path("kho-tai-lieu/goi-y/", suggestions, name="library_suggestions"),
        path("kho-tai-lieu/tai-len/<uuid:public_id>/", PartView.as_view(), name="library_upload"),
    ]


def _bodies_changed_by(user) -> set[int]:
    """Return the bodies whose assets `user` may change; read once per request and kept on the user object."""
    kept = getattr(user, "_asset_bodies_kept", None)
    if kept is None:
        roles = roles_allowing(Asset._meta.label_lower, frozenset({"change"}))
        kept = set(reachable_organisations(user, roles).values_list("pk", flat=True))
        user._asset_bodies_kept = kept
    return kept


@hooks.register("register_snippet_listing_buttons")
def asset_buttons(snippet, user, next_url=None):
    """Beside every asset that the person may change: where it is used."""
    if isinstance(snippet, Asset) and snippet.organisation_id in _bodies_changed_by(user):
        yield Button(
            _("Nơi dùng"),
            url=reverse("library_used", args=[snippet.public_id]),
            icon_name="link",
            priority=40,
        )


@hooks.register("register_snippet_listing_buttons")
def fact_buttons(snippet, user, next_url=None):
    """Beside every fact: what it touches."""
    if isinstance(snippet, Fact):
        yield Button(
            _("Xem nơi dựa vào"),
            url=reverse("library_fact", args=[snippet.pk]),
            icon_name="link",
            priority=40,
        )


@hooks.register("register_admin_search_area")
def library_search() -> SearchArea:
    return SearchArea(
        _("Kho tài liệu"), reverse("wagtailsnippets_library_asset:list"), name="kho-tai-lieu", order=100
    )


@hooks.register("insert_global_admin_css")
def library_styles() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("library/lists.css"))


@hooks.register("insert_global_admin_js")
def library_scripts() -> str:
    return format_html('<script src="{}" defer></script>', static("library/suggestions.js"))
