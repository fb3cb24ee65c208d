from django.apps import AppConfig


class ConnectionsConfig(AppConfig):
    name = "publishers.connections"
    label = "connections"
    verbose_name = "Kết nối kênh"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from cms.access.policies import ScopedPolicy
        from cms.channels.sockets import channel_panels, channel_readiness
        from cms.core.home_panels import plug
        from publishers.adapters.youtube.meter import meters
        from publishers.connections import quota
        from publishers.connections.home_panel import DyingConnectionsPanel
        from publishers.connections.models import PlatformApp
        from publishers.connections.panel import connection_panel
        from publishers.connections.services import not_ready

        meters.append(quota.count)
        channel_readiness.append(not_ready)
        channel_panels.append(connection_panel)
        plug(DyingConnectionsPanel)
        register_permission_policy(PlatformApp, ScopedPolicy(PlatformApp))
