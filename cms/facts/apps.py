from django.apps import AppConfig


class FactsConfig(AppConfig):
    name = "cms.facts"
    label = "facts"
    verbose_name = "Dữ kiện"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from cms.access.policies import ScopedPolicy
        from cms.facts.models import Fact

        register_permission_policy(Fact, ScopedPolicy(Fact))
