"""Which channels and which places' stations a person may plan for."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from wagtail.permissions import policy_registry

from cms.access.roles import roles_allowing
from cms.access.scopes import lead_paths_of, memberships_of
from cms.channels.models import Channel
from cms.places.models import AdministrativeUnit

# Whoever may change posts may plan them.
_PLANNERS = roles_allowing("posts.post", frozenset({"change"}))


def channels_of(user: Any) -> QuerySet[Channel]:
    """Return the channels on which `user` may plan a slot, switched-off ones too."""
    return policy_registry.get_by_type(Channel).instances_user_has_permission_for(user, "choose")


def places_of(user: Any) -> QuerySet[AdministrativeUnit]:
    """Return the places whose stations `user` may plan for: where the user's body leads this work and everything
    below, and the place of a body of the commune itself."""
    condition = Q(pk__in=[])
    leads = lead_paths_of(user)
    for membership in memberships_of(user):
        if membership.role not in _PLANNERS:
            continue
        for path in leads.get(membership.organisation_id, []):
            condition |= Q(path__startswith=path)
        place = membership.organisation.place
        if place.level == 2:
            condition |= Q(pk=place.pk)
    return AdministrativeUnit.objects.filter(condition)
