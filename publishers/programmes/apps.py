from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "publishers.programmes"
    label = "programmes"
    verbose_name = "Chương trình phát thanh"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from cms.access.policies import ScopedPolicy
        from cms.core.home_panels import plug
        from publishers.programmes.home_panel import NoticesWaiting, TodaysSessions
        from publishers.programmes.models import LocalNotice, Programme
        from publishers.programmes.session_sound import make_session
        from publishers.scripts.models import SoundKind
        from publishers.scripts.sound_making import MAKERS

        plug(TodaysSessions)
        plug(NoticesWaiting)
        MAKERS[SoundKind.SESSION] = make_session
        register_permission_policy(LocalNotice, ScopedPolicy(LocalNotice))
        register_permission_policy(Programme, ScopedPolicy(Programme, "station__organisation"))
