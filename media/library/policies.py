"""Who may see and change what in the library."""

from __future__ import annotations

from django.db.models import Q

from cms.access.policies import ScopedPolicy
from cms.access.scopes import memberships_of
from media.library.models import Sharing
from media.library.querysets import usable_now


class AssetPolicy(ScopedPolicy):
    """An asset belongs to its body. What stands in the library is read by those it is shared with; drafts are not."""

    def shared_with(self, user) -> Q | None:
        """Everybody reads what is shared with everybody; a body reads what a body of its place, or of a place above,
        shares with its branch."""
        shared = Q(sharing__in=[Sharing.EVERYBODY, Sharing.PUBLIC])
        above = {
            path[: cut + 1]
            for path in (membership.organisation.place.path for membership in memberships_of(user))
            for cut, char in enumerate(path)
            if char == "/"
        }
        if above:
            shared |= Q(sharing=Sharing.BRANCH, organisation__place__path__in=above)
        return Q(live=True) & usable_now() & shared
