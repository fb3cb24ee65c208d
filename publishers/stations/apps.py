from django.apps import AppConfig


class StationsConfig(AppConfig):
    name = "publishers.stations"
    label = "stations"
    verbose_name = "Đài truyền thanh"
