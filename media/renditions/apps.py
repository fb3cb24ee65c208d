from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RenditionsConfig(AppConfig):
    """The room that cuts files for channels."""

    name = "media.renditions"
    label = "renditions"
    verbose_name = _("Tệp theo kênh")

    def ready(self) -> None:
        from media.library import end_cards
        from media.renditions.end_cards import refusal_for

        end_cards.plug(refusal_for)
