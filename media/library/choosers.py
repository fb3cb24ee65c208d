"""Lists of the chooser: with a picture, the kind and the owner, and kept to the kinds that were asked for."""

from __future__ import annotations

from django.forms import Form
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView

from media.library.columns import StandingColumn, ThumbnailColumn
from media.library.finding.answer import FoundAssets
from media.library.finding.question import Question
from media.library.models import AssetKind

KIND_PARAMETER = "loai"


class _OfKinds:
    """Mixed into the chooser's views: `?loai=do-hoa,video` keeps the list to these kinds."""

    request: HttpRequest
    filter_form: Form
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
        rows = objects.with_list_columns().of_kinds(wanted)
        typed = self.filter_form.cleaned_data.get("q", "") if self.filter_form.is_valid() else ""
        if not typed:
            return rows
        # The index answers as it does for the list; what may be chosen is decided by the rows.
        question = Question(text=typed, narrowed={"kind": tuple(wanted)} if wanted else {})
        return FoundAssets(question, self.request.user, rows=rows, actions=frozenset({"choose"}))


class AssetChooseView(_OfKinds, ChooseView):
    """The whole modal."""


class AssetChooseResultsView(_OfKinds, ChooseResultsView):
    """The list inside it, while a person types."""
