"""The one gate that every admin view of a scoped model passes."""

from __future__ import annotations

from django.contrib.admin.utils import unquote
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db.models import Model, QuerySet
from django.http import Http404
from wagtail.permissions import policy_registry

# What a view without a declared permission (preview, history, compare …) asks for.
READING = frozenset({"view"})


class ScopedViewMixin:
    """Starts a view from what the user may see.

    A row outside the user's scope answers 404, as if it did not exist: for every view that names a row by `pk`,
    whatever method, before the view itself runs. A row within scope on which the user lacks the view's own
    permission answers 403. Lists begin at the policy too."""

    model: type[Model]
    permission_required: str | None
    any_permission_required: list[str] | None

    # Views that change something although Wagtail declares no permission on them (set by the viewset).
    guard_actions: frozenset[str] | None = None

    @property
    def _policy(self):
        return policy_registry.get_by_type(self.model, fallback=False)

    def _visible_rows(self) -> QuerySet:
        return self._policy.instances_user_has_any_permission_for(
            self.request.user, ["view", "change", "choose"]
        )

    def _wanted_actions(self) -> frozenset[str]:
        if self.guard_actions is not None:
            return self.guard_actions
        if one := getattr(self, "permission_required", None):
            return frozenset({one})
        if several := getattr(self, "any_permission_required", None):
            return frozenset(several)
        return READING

    def setup(self, request, *args, **kwargs):
        self.request = request
        if "pk" in kwargs:
            self._guard_row(request.user, unquote(str(kwargs["pk"])))
        super().setup(request, *args, **kwargs)

    def _guard_row(self, user, pk: str) -> None:
        try:
            row = self._visible_rows().get(pk=pk)
        except (ObjectDoesNotExist, ValueError, ValidationError):
            raise Http404 from None
        actions = self._wanted_actions()
        if not self._policy.user_has_any_permission_for_instance(user, actions, row):
            raise PermissionDenied


class ScopedListingMixin(ScopedViewMixin):
    """A list of the scoped model itself: only what the user may see."""

    def get_base_queryset(self):
        rows = super().get_base_queryset()
        return rows.filter(pk__in=self._visible_rows().values("pk"))


class ScopedChooseMixin(ScopedViewMixin):
    """A chooser's list: only what the user may choose."""

    def get_object_list(self):
        return self._policy.instances_user_has_any_permission_for(self.request.user, ["choose"])


class ScopedChosenMixin(ScopedViewMixin):
    """A chooser's answer: a row that may not be chosen does not exist."""

    guard_actions = frozenset({"choose"})

    def _choosable(self) -> QuerySet:
        return self._policy.instances_user_has_any_permission_for(self.request.user, ["choose"])

    def get_object(self, pk):
        try:
            return self._choosable().get(pk=pk)
        except (ValueError, ValidationError):
            raise Http404 from None

    def get_objects(self, pks):
        try:
            return list(self._choosable().filter(pk__in=pks))
        except (ValueError, ValidationError):
            raise Http404 from None
