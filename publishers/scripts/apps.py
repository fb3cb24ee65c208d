from django.apps import AppConfig


class ScriptsConfig(AppConfig):
    name = "publishers.scripts"
    label = "scripts"
    verbose_name = "Bản tin phát thanh"
