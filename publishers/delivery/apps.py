from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "publishers.delivery"
    label = "delivery"
    verbose_name = "Lượt đăng"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from cms.core.home_panels import plug
        from publishers.delivery.home_panel import HeldPanel
        from publishers.delivery.models import Delivery
        from publishers.delivery.policies import DeliveryPolicy

        register_permission_policy(Delivery, DeliveryPolicy())
        plug(HeldPanel)
