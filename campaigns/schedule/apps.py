from django.apps import AppConfig


class ScheduleConfig(AppConfig):
    name = "campaigns.schedule"
    label = "schedule"
    verbose_name = "Lịch đăng"
