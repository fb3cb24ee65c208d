from django.apps import AppConfig


class StationsConfig(AppConfig):
    name = "publishers.stations"
    label = "stations"
    verbose_name = "Đài truyền thanh"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from cms.access.policies import ScopedPolicy
        from publishers.stations.models import Station

        register_permission_policy(Station, ScopedPolicy(Station))
