from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "publishers.portal"
    label = "portal"
    verbose_name = "Cổng công khai"
