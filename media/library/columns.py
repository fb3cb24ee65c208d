"""Columns of the library's lists."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from cms.core.clock import in_vietnam

ICONS = {
    "do-hoa": "image",
    "video": "wagtailmedia-video",
    "am-thanh": "wagtailmedia-audio",
    "bai-viet": "doc-full",
    "van-ban": "doc-full-inverse",
}


class ThumbnailColumn(Column):
    """A small picture of the asset, or the sign of its kind."""

    cell_template_name = "library/cells/thumbnail.html"

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        context["icon_name"] = ICONS.get(instance.kind, "doc-full")
        return context


class StandingColumn(Column):
    """Where the asset stands: in the library, a draft, or in the library with changes that are not."""

    cell_template_name = "library/cells/standing.html"

    def get_value(self, instance):
        if not instance.live:
            return _("Bản nháp")
        return _("Trong kho, có bản sửa") if instance.has_unpublished_changes else _("Trong kho")


class SharingColumn(Column):
    """With whom it is shared."""

    def get_value(self, instance):
        return instance.get_sharing_display()


class DayColumn(Column):
    """A day as it is written here: 22/11/2026."""

    def get_value(self, instance):
        moment = super().get_value(instance)
        return in_vietnam(moment).strftime("%d/%m/%Y") if moment else ""
