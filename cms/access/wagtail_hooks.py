"""Registration only."""

from wagtail import hooks

from cms.access.organisation_screens import OrganisationViewSet


@hooks.register("register_admin_viewset")
def organisation_screens() -> OrganisationViewSet:
    return OrganisationViewSet()
