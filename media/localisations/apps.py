from django.apps import AppConfig


class LocalisationsConfig(AppConfig):
    name = "media.localisations"
    label = "localisations"
    verbose_name = "Bản địa phương"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from cms.access.policies import ScopedPolicy
        from cms.core.home_panels import plug
        from media.library import locks, uses
        from media.localisations import signals  # noqa: F401
        from media.localisations.home_panel import UpdatesPanel
        from media.localisations.models import Localisation
        from media.localisations.openness import locked_form_fields
        from media.localisations.uses import copies_on, uses_as_copies

        register_permission_policy(Localisation, ScopedPolicy(Localisation, owner="asset__organisation"))
        locks.plug(locked_form_fields)
        uses.plug(uses_as_copies)
        uses.plug_for_versions(copies_on)
        plug(UpdatesPanel)
