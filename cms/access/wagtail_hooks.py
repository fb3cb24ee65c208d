"""Registration only."""

from wagtail import hooks

from cms.access.organisation_screens import OrganisationViewSet
from cms.access.people_screens import PeopleViewSet


@hooks.register("register_admin_viewset")
def organisation_screens() -> OrganisationViewSet:
    return OrganisationViewSet()


@hooks.register("register_admin_viewset")
def people_screens() -> PeopleViewSet:
    return PeopleViewSet()
