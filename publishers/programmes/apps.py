from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "publishers.programmes"
    label = "programmes"
    verbose_name = "Chương trình phát thanh"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from cms.access.policies import ScopedPolicy
        from publishers.programmes.models import LocalNotice, Programme
        from publishers.programmes.session_sound import make_session
        from publishers.scripts.models import SoundKind
        from publishers.scripts.sound_making import MAKERS

        MAKERS[SoundKind.SESSION] = make_session
        register_permission_policy(LocalNotice, ScopedPolicy(LocalNotice))
        register_permission_policy(Programme, ScopedPolicy(Programme, "station__organisation"))
