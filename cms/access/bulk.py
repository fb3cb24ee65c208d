"""Wagtail's bulk actions ask the model, not the row: this door asks the row first."""

from __future__ import annotations

from django.apps import apps
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.admin.views.bulk_action import index
from wagtail.permissions import policy_registry

_ACTIONS = {"delete": "delete", "unpublish": "publish", "publish": "publish"}


def guarded_bulk_action(request: HttpRequest, app_label: str, model_name: str, action: str) -> HttpResponse:
    """Run Wagtail's bulk action when every named row is within the user's reach; 404 otherwise.

    A model that says `only_one_by_one` is changed by its own verbs and never in bulk.

    "Everything in this list" (`id=all`) is refused for scoped models: Wagtail would take it from the whole table."""
    try:
        model = apps.get_model(app_label, model_name)
    except LookupError:
        raise Http404 from None
    policy = policy_registry.get_by_type(model, fallback=False)
    if policy is None or getattr(model, "only_one_by_one", False):
        raise Http404
    if hasattr(policy, "owner"):
        wanted = request.GET.getlist("id")
        try:
            reachable = policy.instances_user_has_any_permission_for(
                request.user, [_ACTIONS.get(action, "change")]
            )
            allowed = reachable.filter(pk__in=wanted).count()
        except (ValueError, ValidationError):
            raise Http404 from None
        if not wanted or allowed != len(set(wanted)):
            raise Http404
    return index(request, app_label, model_name, action)
