from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "campaigns.planning"
    label = "planning"
    verbose_name = "Định hướng và chiến dịch"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from campaigns.planning.models import Campaign, Orientation
        from cms.access.policies import ScopedPolicy

        for model in (Orientation, Campaign):
            register_permission_policy(model, ScopedPolicy(model))
