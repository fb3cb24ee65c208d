from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RenditionsConfig(AppConfig):
    """The room that cuts files for channels."""

    name = "media.renditions"
    label = "renditions"
    verbose_name = _("Tệp theo kênh")
