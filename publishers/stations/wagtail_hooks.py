"""Registration only."""

from wagtail import hooks

from publishers.stations.viewsets import StationViewSet


@hooks.register("register_admin_viewset")
def station_screens() -> StationViewSet:
    return StationViewSet()
