"""Registration only."""

from wagtail import hooks

from cms.facts.viewsets import FactViewSet


@hooks.register("register_admin_viewset")
def fact_screens() -> FactViewSet:
    return FactViewSet()
