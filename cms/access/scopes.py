"""Which bodies a person may reach in a role: the one computation of scope in the house.

A membership reaches its own body and the bodies under it. Where its body leads this work (LeadBody), it reaches every
body that sits in that place or below. Sibling bodies in the same place stay apart."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from cms.accounts.models import Membership
from cms.organisations.models import LeadBody, Organisation

# Bodies are nested no deeper than bộ → cục → trung tâm.
PARENT_LEVELS = 3


def memberships_of(user) -> list[Membership]:
    """Return the user's active memberships, read once per request and kept on the user object."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return []
    kept = getattr(user, "_memberships_kept", None)
    if kept is None:
        kept = list(Membership.objects.active().filter(user=user).select_related("organisation__place"))
        user._memberships_kept = kept
    return kept


def lead_paths_of(user) -> dict[int, list[str]]:
    """Return, per organisation id, the place paths in which that body leads; read once per request."""
    kept = getattr(user, "_lead_paths_kept", None)
    if kept is None:
        kept = {}
        ids = {membership.organisation_id for membership in memberships_of(user)}
        if ids:
            for organisation_id, path in LeadBody.objects.filter(organisation_id__in=ids).values_list(
                "organisation_id", "place__path"
            ):
                kept.setdefault(organisation_id, []).append(path)
        user._lead_paths_kept = kept
    return kept


def reach(user, roles: Iterable[str], lookup: str = "") -> Q | None:
    """Return the condition that a row's body must meet to be within reach of `user` in one of `roles`.

    `lookup` is the path from the row to its body ("" when the row is the body itself). None: nothing is."""
    roles = set(roles)
    prefix = f"{lookup}__" if lookup else ""
    condition: Q | None = None
    leads = lead_paths_of(user)
    for membership in memberships_of(user):
        if membership.role not in roles:
            continue
        own = membership.organisation_id
        part = Q(**{f"{prefix}pk": own})
        for level in range(1, PARENT_LEVELS + 1):
            part |= Q(**{f"{prefix}{'parent__' * level}pk": own})
        for path in leads.get(own, []):
            part |= Q(**{f"{prefix}place__path__startswith": path})
        condition = part if condition is None else condition | part
    return condition


def reachable_organisations(user, roles: Iterable[str]):
    """Return the queryset of bodies within reach of `user` in one of `roles`."""
    condition = reach(user, roles)
    return Organisation.objects.none() if condition is None else Organisation.objects.filter(condition)


def suggested_organisation(user, bodies) -> Organisation | None:
    """Return the body of the queryset `bodies` that a form should suggest: one the person belongs to, else the first."""
    own = [membership.organisation_id for membership in memberships_of(user)]
    return bodies.filter(pk__in=own).first() or bodies.first()
