from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "cms.channels"
    label = "channels"
    verbose_name = "Kênh"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from cms.access.policies import ScopedPolicy
        from cms.channels.models import Channel

        register_permission_policy(Channel, ScopedPolicy(Channel))
