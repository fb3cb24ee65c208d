from django.apps import AppConfig


class ConnectionsConfig(AppConfig):
    name = "publishers.connections"
    label = "connections"
    verbose_name = "Kết nối kênh"
