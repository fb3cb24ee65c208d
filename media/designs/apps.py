from django.apps import AppConfig


class DesignsConfig(AppConfig):
    name = "media.designs"
    label = "designs"
    verbose_name = "Mẫu thiết kế"

    def ready(self) -> None:
        from media.designs.services import redrawn_for
        from media.localisations import redrawing

        redrawing.plug(redrawn_for)
