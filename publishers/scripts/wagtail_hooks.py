"""Registration only."""

from django.templatetags.static import static
from django.urls import path
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from publishers.scripts import lexicon_hooks, output_hooks
from publishers.scripts.language_screens import LanguagesPage
from publishers.scripts.lexicon_screens import LexiconViewSet
from publishers.scripts.script_page import ScriptPage


@hooks.register("register_admin_viewset")
def lexicon_viewset() -> LexiconViewSet:
    return LexiconViewSet()


@hooks.register("register_admin_urls")
def lexicon_addresses() -> list:
    return lexicon_hooks.addresses()


@hooks.register("register_admin_urls")
def script_addresses() -> list:
    return [
        path("ban-tin/<uuid:public_id>/ban-doc/", ScriptPage.as_view(), name="script_page"),
        path("ban-tin/<uuid:public_id>/ngon-ngu/", LanguagesPage.as_view(), name="script_languages"),
    ]


@hooks.register("register_snippet_listing_buttons")
def lexicon_buttons(snippet, user, next_url=None) -> list:
    return lexicon_hooks.buttons_of(snippet, user)


@hooks.register("insert_global_admin_css")
def lexicon_styles() -> str:
    return format_html(
        '<link rel="stylesheet" href="{}"><link rel="stylesheet" href="{}">',
        static("scripts/lexicon.css"),
        static("scripts/script-page.css"),
    )


@hooks.register("register_admin_urls")
def output_addresses() -> list:
    return output_hooks.addresses()


@hooks.register("register_admin_menu_item")
def packages_entry() -> MenuItem:
    return output_hooks.packages_entry()


@hooks.register("register_admin_menu_item")
def readings_entry() -> MenuItem:
    return output_hooks.readings_entry()


@hooks.register("insert_global_admin_css")
def output_styles() -> str:
    return output_hooks.styles()


@hooks.register("insert_global_admin_js")
def output_scripts() -> str:
    return output_hooks.scripts()
