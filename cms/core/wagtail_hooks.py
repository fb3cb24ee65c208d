"""Registration only: the frame of the admin."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.search import SearchArea
from wagtail.admin.ui.components import Component

from cms.core.home_panels import panels_for

# What they hold is reached through this house's own pages (cms/access/closed.py).
STOCK_MENUS = frozenset(
    {"explorer", "images", "documents", "media", "snippets", "reports", "help", "settings"}
)
STOCK_SEARCHES = frozenset({"images", "documents", "media", "users"})


@hooks.register("construct_main_menu", order=1000)
def hide_stock_menus(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    menu_items[:] = [item for item in menu_items if item.name not in STOCK_MENUS]


@hooks.register("construct_search", order=1000)
def hide_stock_searches(request: HttpRequest, search_areas: list[SearchArea]) -> None:
    # Wagtail names the search of pages after its translated label.
    pages = reverse("wagtailadmin_pages:search")
    search_areas[:] = [
        area for area in search_areas if area.name not in STOCK_SEARCHES and str(area.url) != pages
    ]


@hooks.register("construct_homepage_panels", order=-1000)
def plugged_panels(request: HttpRequest, panels: list[Component]) -> None:
    """Show the house's own panels in the place of Wagtail's, which know pages only."""
    panels[:] = panels_for(request.user)


@hooks.register("insert_global_admin_css")
def frame_styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("core/frame.css"))


@hooks.register("insert_global_admin_js")
def frame_scripts() -> SafeString:
    return format_html('<script src="{}"></script>', static("core/day-chooser.js"))
