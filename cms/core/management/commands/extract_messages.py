"""`manage.py extract_messages`: bring the English catalogue up to what the house says now."""

from django.core.management.base import BaseCommand

from cms.core.message_sources import refresh_catalogue


class Command(BaseCommand):
    help = "Cập nhật locale/en theo các câu hiện có trong mã nguồn và giao diện; giữ các bản dịch đã có."
    requires_system_checks = ()

    def handle(self, *args, **options):
        refreshed = refresh_catalogue("en")
        self.stdout.write(
            f"{refreshed.total} câu; thêm {refreshed.added}, bỏ {refreshed.dropped}; còn {refreshed.untranslated} câu chưa dịch."
        )
