from django.apps import AppConfig


class DesignsConfig(AppConfig):
    name = "media.designs"
    label = "designs"
    verbose_name = "Mẫu thiết kế"

    def ready(self) -> None:
        from cms.core.home_panels import plug
        from media.designs.home_panel import PhotoPanel
        from media.designs.recalls import drawn_from, link_to_redraw, uses_in_drawings
        from media.designs.services import logo_blob_of, redrawn_for
        from media.library import uses
        from media.localisations import redrawing
        from media.renditions import signatures

        redrawing.plug(redrawn_for)
        signatures.plug(logo_blob_of)
        uses.plug(uses_in_drawings)
        uses.plug_for_versions(drawn_from)
        uses.plug_link(link_to_redraw)
        plug(PhotoPanel)
