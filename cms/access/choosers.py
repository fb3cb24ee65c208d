"""The base chooser: lists and answers only what the user may choose."""

from __future__ import annotations

from wagtail.admin.views.generic.chooser import (
    BaseChooseView,
    ChosenMultipleViewMixin,
    ChosenViewMixin,
)
from wagtail.snippets.views.chooser import SnippetChooserViewSet

from cms.access.chooser_widgets import ScriptlessChooser
from cms.access.guards import ScopedChooseMixin, ScopedChosenMixin, ScopedViewMixin


class ScopedChooserViewSet(SnippetChooserViewSet):
    """The modal in which a row of a scoped model is chosen."""

    base_widget_class = ScriptlessChooser

    def construct_view(self, view_class, **kwargs):
        guard: type[ScopedViewMixin]
        if issubclass(view_class, BaseChooseView):
            guard = ScopedChooseMixin
        elif issubclass(view_class, (ChosenViewMixin, ChosenMultipleViewMixin)):
            guard = ScopedChosenMixin
        else:
            guard = ScopedViewMixin
        guarded = type(f"Scoped{view_class.__name__}", (guard, view_class), {})
        return super().construct_view(guarded, **kwargs)
