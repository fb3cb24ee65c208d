"""`manage.py compile_catalogues`: make the interface's translations readable for Django."""

from django.core.management.base import BaseCommand

from cms.core.catalogues import compile_catalogues


class Command(BaseCommand):
    help = "Biên dịch các bản dịch giao diện trong locale/ (không cần cài gettext)."
    requires_system_checks = ()

    def handle(self, *args, **options):
        written = compile_catalogues()
        self.stdout.write(f"Đã biên dịch {len(written)} bản dịch.")
