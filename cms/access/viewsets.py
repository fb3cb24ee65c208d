"""The base viewset: every editor screen of the house is built from it, and from nothing else."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.permissions import policy_registry
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from cms.access.choosers import ScopedChooserViewSet
from cms.access.guards import ScopedListingMixin, ScopedViewMixin

# Views on which Wagtail declares no permission of their own although they change the row.
_CHANGING_VIEWS = {
    "unpublish_view_class": frozenset({"publish"}),
    "revisions_unschedule_view_class": frozenset({"publish"}),
    "lock_view_class": frozenset({"lock", "change"}),
    "unlock_view_class": frozenset({"unlock", "change"}),
    "preview_on_edit_view_class": frozenset({"change"}),
    "confirm_workflow_cancellation_view_class": frozenset({"change"}),
}


class NamedIndexView(IndexView):
    """A list whose search is the model's own question: its manager's `named(words)`."""

    @property
    def is_searchable(self) -> bool:
        return True

    def search_queryset(self, queryset):
        if not self.is_searching:
            return queryset
        found = self.model._default_manager.named(self.search_query)
        return queryset.filter(pk__in=found.values("pk"))


class ScopedViewSet(SnippetViewSet):
    """Admin screens of one model, each of which starts from what the user may see.

    The model's policy must be registered first (`wagtail.permissions.register_permission_policy` in the room's
    AppConfig.ready); a model without one is refused when the viewset is registered."""

    chooser_viewset_class = ScopedChooserViewSet
    inspect_view_enabled = False
    copy_view_enabled = False
    list_per_page = 30

    def construct_view(self, view_class, **kwargs):
        lists_model = issubclass(view_class, BaseListingView) and issubclass(
            view_class, self.index_view_class
        )
        guard = ScopedListingMixin if lists_model else ScopedViewMixin
        namespace: dict[str, object] = {}
        for attribute, actions in _CHANGING_VIEWS.items():
            if issubclass(view_class, getattr(self, attribute)):
                namespace["guard_actions"] = actions
        guarded = type(f"Scoped{view_class.__name__}", (guard, view_class), namespace)
        return super().construct_view(guarded, **kwargs)

    @property
    def breadcrumbs_items(self) -> list[dict[str, object]]:
        """The first steps of the path above every screen."""
        # Wagtail leads over its index of snippets, which is closed here.
        return [{"url": reverse_lazy("wagtailadmin_home"), "label": _("Tổng quan")}]

    def on_register(self) -> None:
        if policy_registry.get_by_type(self.model, fallback=False) is None:
            raise ImproperlyConfigured(f"{self.model.__name__} has no permission policy of its own")
        super().on_register()

    def get_menu_item(self, order=None):
        item = super().get_menu_item(order)
        policy = policy_registry.get_by_type(self.model)
        shown = item.is_shown

        def is_shown(request: HttpRequest) -> bool:
            return policy.user_has_any_permission(request.user, ["view", "add", "change"]) and shown(request)

        item.is_shown = is_shown
        return item
