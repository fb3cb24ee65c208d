"""Who may add to and change the vocabularies."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from cms.access.policies import ScopedPolicy
from cms.access.scopes import lead_paths_of, memberships_of
from cms.facts.querysets import paths_above


class TermPolicy(ScopedPolicy):
    """The centre's words are read by all and changed by the body that leads the centre; a branch's own words are read
    in the branch, and changed by those who reach the body that set them."""

    def shared_with(self, user) -> Q | None:
        paths = {
            path
            for membership in memberships_of(user)
            for path in paths_above(membership.organisation.place.path)
        }
        return (
            Q(organisation__isnull=True)
            | Q(organisation__place__level=0)
            | Q(organisation__place__path__in=paths)
        )

    def instances_user_has_any_permission_for(self, user, actions: Iterable[str]) -> QuerySet:
        actions = frozenset(actions)
        rows = super().instances_user_has_any_permission_for(user, actions)
        if leads_the_centre(user, self._roles(actions)):
            rows = rows | self.model._default_manager.filter(organisation__isnull=True)
        return rows


def leads_the_centre(user, roles: Iterable[str]) -> bool:
    """Return whether `user` holds one of `roles` in a body that leads the centre."""
    roles, leads = set(roles), lead_paths_of(user)
    return any(
        membership.role in roles
        and any(path.count("/") == 1 for path in leads.get(membership.organisation_id, []))
        for membership in memberships_of(user)
    )
