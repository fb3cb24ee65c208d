"""Registration only."""

from __future__ import annotations

from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from media.library.models import Asset, AssetKind
from media.renditions.screens import RenditionsView, rendition_captions, rendition_file


@hooks.register("register_admin_urls")
def rendition_addresses() -> list:
    return [
        path("tep-theo-kenh/<uuid:public_id>/", RenditionsView.as_view(), name="renditions"),
        path("tep-theo-kenh/<uuid:public_id>/<uuid:rendition_id>/", rendition_file, name="rendition_file"),
        path(
            "tep-theo-kenh/<uuid:public_id>/<uuid:rendition_id>/phu-de.<str:ending>",
            rendition_captions,
            name="rendition_captions",
        ),
    ]


@hooks.register("register_snippet_listing_buttons")
def rendition_buttons(snippet, user, next_url=None):
    """Beside every asset of the library that has something to cut."""
    if not isinstance(snippet, Asset) or not snippet.live or snippet.kind == AssetKind.DOCUMENT:
        return
    if snippet.image_id or snippet.clip_id:
        yield Button(
            _("Tệp theo kênh"),
            url=reverse("renditions", args=[snippet.public_id]),
            icon_name="image",
            priority=44,
        )


@hooks.register("insert_global_admin_css")
def rendition_styles() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("renditions/renditions.css"))


@hooks.register("insert_global_admin_js")
def rendition_scripts() -> str:
    """The focal point; and pages that bring themselves up to date while something is being made."""
    return format_html_join(
        "",
        '<script src="{}" defer></script>',
        [(static(f"renditions/{name}.js"),) for name in ("focal", "refreshing")],
    )
