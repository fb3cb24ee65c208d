"""Who sees and runs which deliveries: those of the bodies within reach of a role that may."""

from __future__ import annotations

from django.db.models import QuerySet

from cms.access.policies import ScopedPolicy
from cms.access.roles import roles_allowing
from cms.access.scopes import reachable_organisations
from publishers.delivery.models import Delivery


class DeliveryPolicy(ScopedPolicy):
    """A delivery belongs to the body whose channel or station it goes to. Nobody adds, changes or deletes one by
    hand: the verbs of the services do, under `operate`."""

    def __init__(self) -> None:
        super().__init__(Delivery)

    def organisations_operated_by(self, user) -> QuerySet:
        """Return the bodies whose deliveries `user` may hold, release and resolve."""
        return self.organisations_where(user, "operate")

    def organisations_where(self, user, action: str) -> QuerySet:
        """Return the bodies to whose deliveries `user` may do `action`."""
        return reachable_organisations(user, roles_allowing(self.kind, frozenset({action})))
