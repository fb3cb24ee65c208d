from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "media.library"
    label = "library"
    verbose_name = "Kho tài liệu dùng chung"
