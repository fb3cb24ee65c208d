from django.apps import AppConfig


class TaxonomyConfig(AppConfig):
    name = "media.taxonomy"
    label = "taxonomy"
    verbose_name = "Phân loại"
