from django.apps import AppConfig


class ConnectionsConfig(AppConfig):
    name = "publishers.connections"
    label = "connections"
    verbose_name = "Kết nối kênh"

    def ready(self) -> None:
        from cms.channels.sockets import channel_readiness
        from publishers.connections.services import not_ready

        channel_readiness.append(not_ready)
