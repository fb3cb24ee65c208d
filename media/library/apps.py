from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "media.library"
    label = "library"
    verbose_name = "Kho tài liệu dùng chung"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from cms.core.home_panels import plug
        from media.library import signals  # noqa: F401
        from media.library.home_panel import FlaggedPanel, ReviewPanel
        from media.library.models import Asset
        from media.library.policies import AssetPolicy

        register_permission_policy(Asset, AssetPolicy(Asset))
        plug(ReviewPanel)
        plug(FlaggedPanel)
