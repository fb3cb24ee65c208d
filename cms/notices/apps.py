from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "cms.notices"
    label = "notices"
    verbose_name = "Thông báo"

    def ready(self) -> None:
        from cms.core.home_panels import plug
        from cms.notices.home_panel import NoticePanel

        plug(NoticePanel)
