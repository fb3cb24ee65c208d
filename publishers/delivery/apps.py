from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "publishers.delivery"
    label = "delivery"
    verbose_name = "Lượt đăng"
