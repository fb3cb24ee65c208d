from django.apps import AppConfig


class TaxonomyConfig(AppConfig):
    name = "media.taxonomy"
    label = "taxonomy"
    verbose_name = "Phân loại"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from media.taxonomy.models import Audience, Topic
        from media.taxonomy.policies import TermPolicy

        for model in (Topic, Audience):
            register_permission_policy(model, TermPolicy(model))
