from django.apps import AppConfig


class PacksConfig(AppConfig):
    name = "media.packs"
    label = "packs"
    verbose_name = "Gói tải về"
