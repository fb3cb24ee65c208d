"""Lists of the chooser: with a picture, the kind and the owner, and kept to the kinds that were asked for."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView

from media.library.columns import StandingColumn, ThumbnailColumn
from media.library.models import AssetKind

KIND_PARAMETER = "loai"


class _OfKinds:
    """Mixed into the chooser's views: `?loai=do-hoa,video` keeps the list to these kinds."""

    request: HttpRequest
    title_column: Column

    @property
    def columns(self):
        columns = [self.title_column]
        return [
            ThumbnailColumn("picture", label="", width="4rem"),
            *columns,
            Column("kind", label=_("Loại"), accessor="get_kind_display"),
            Column("organisation", label=_("Cơ quan sở hữu"), accessor="organisation.short_name"),
            StandingColumn("standing", label=_("Tình trạng")),
        ]

    def filter_object_list(self, objects):
        wanted = [
            kind for kind in self.request.GET.get(KIND_PARAMETER, "").split(",") if kind in AssetKind.values
        ]
        return super().filter_object_list(objects.with_list_columns().of_kinds(wanted))


class AssetChooseView(_OfKinds, ChooseView):
    """The whole modal."""


class AssetChooseResultsView(_OfKinds, ChooseResultsView):
    """The list inside it, while a person types."""
