"""One policy answers may-this-user, on-this-row, which-rows and which-users, for screens, choosers, files and API."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth import get_user_model
from django.db.models import Model, Q, QuerySet
from wagtail.permission_policies.base import BasePermissionPolicy

from cms.access.roles import ROLE_ACTIONS, roles_allowing
from cms.access.scopes import memberships_of, reach
from cms.accounts.models import Membership
from cms.organisations.models import LeadBody, Organisation


class ScopedPolicy(BasePermissionPolicy):
    """Permission by role and by the body that owns the row.

    `owner` is the lookup from the row to its body ("organisation"; "" when the row is the body). A model whose rows
    may be read outside their owner's scope (shared assets) overrides `shared_with`, for reading actions only."""

    READING = frozenset({"view", "choose"})

    def __init__(self, model: type[Model], owner: str = "organisation") -> None:
        super().__init__(model)
        self.owner = owner
        self.kind = model._meta.label_lower

    # ------------------------------------------------------------------ which roles
    def _roles(self, actions: Iterable[str]) -> frozenset[str]:
        return roles_allowing(self.kind, frozenset(actions))

    def shared_with(self, user) -> Q | None:
        """Rows that `user` may read although they are somebody else's; None: there are none."""
        return None

    # ------------------------------------------------------------------ may this user
    def user_has_permission(self, user, action: str) -> bool:
        return self.user_has_any_permission(user, [action])

    def user_has_any_permission(self, user, actions: Iterable[str]) -> bool:
        roles = self._roles(actions)
        return any(membership.role in roles for membership in memberships_of(user))

    # ------------------------------------------------------------------ on this row
    def user_has_permission_for_instance(self, user, action: str, instance: Model) -> bool:
        return self.user_has_any_permission_for_instance(user, [action], instance)

    def user_has_any_permission_for_instance(self, user, actions: Iterable[str], instance: Model) -> bool:
        return (
            self.instances_user_has_any_permission_for(user, actions).filter(pk=instance.pk).exists()
            if instance.pk
            else self.user_has_any_permission(user, actions)
        )

    # ------------------------------------------------------------------ which rows
    def instances_user_has_any_permission_for(self, user, actions: Iterable[str]) -> QuerySet:
        actions = frozenset(actions)
        condition = reach(user, self._roles(actions), self.owner)
        if actions & self.READING and self.user_has_any_permission(user, actions & self.READING):
            shared = self.shared_with(user)
            if shared is not None:
                condition = shared if condition is None else condition | shared
        rows = self.model._default_manager.all()
        return rows.none() if condition is None else rows.filter(condition)

    def instances_user_has_permission_for(self, user, action: str) -> QuerySet:
        return self.instances_user_has_any_permission_for(user, [action])

    # ------------------------------------------------------------------ which users
    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet:
        holders = Membership.objects.active().filter(role__in=self._roles(actions)).values("user_id")
        return get_user_model().objects.filter(pk__in=holders, is_active=True)

    def users_with_any_permission_for_instance(self, actions: Iterable[str], instance: Model) -> QuerySet:
        organisation = self._organisation_of(instance)
        if organisation is None:
            return get_user_model().objects.none()
        reaching = {organisation.pk}
        parent = organisation.parent
        while parent is not None:
            reaching.add(parent.pk)
            parent = parent.parent
        path = organisation.place.path
        above = [path[:cut] for cut in range(1, len(path) + 1)]
        reaching |= set(
            LeadBody.objects.filter(place__path__in=above).values_list("organisation_id", flat=True)
        )
        holders = Membership.objects.active().filter(
            role__in=self._roles(actions), organisation_id__in=reaching
        )
        return get_user_model().objects.filter(pk__in=holders.values("user_id"), is_active=True)

    def _organisation_of(self, instance: Model) -> Organisation | None:
        if not self.owner:
            return instance  # type: ignore[return-value]
        target: object = instance
        for step in self.owner.split("__"):
            target = getattr(target, step, None)
        return target  # type: ignore[return-value]


def policy_kinds() -> frozenset[str]:
    """Return the model labels that the table of roles knows."""
    return frozenset(ROLE_ACTIONS)
