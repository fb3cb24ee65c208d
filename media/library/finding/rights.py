"""What a person may see, as a set of the index.

It narrows and counts; it grants nothing. Every row that is shown was asked for through the policy once more, so an
index that is behind can hide a row for a moment, and never show one."""

from __future__ import annotations

from cms.access.roles import roles_allowing
from cms.access.scopes import lead_paths_of, memberships_of
from cms.facts.querysets import paths_above
from media.library.finding.terms import scope
from media.library.models import Asset


def rights_of(user, actions: frozenset[str]) -> set[str]:
    """Return the terms of which an asset must stand under one, for `user` to do one of the reading `actions` with it.

    The same rule as `AssetPolicy`, which a test holds it to."""
    roles = roles_allowing(Asset._meta.label_lower, actions)
    leads = lead_paths_of(user)
    terms: set[str] = set()
    for membership in memberships_of(user):
        if membership.role not in roles:
            continue
        terms.add(scope("body", membership.organisation_id))
        terms |= {scope("place", path) for path in leads.get(membership.organisation_id, [])}
    if terms:
        terms.add(scope("everybody"))
        for membership in memberships_of(user):
            terms |= {scope("branch", path) for path in paths_above(membership.organisation.place.path)}
    return terms
