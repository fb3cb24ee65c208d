"""`manage.py film_demo_clip`: make the demo's clip ahead of time, while the database is being prepared."""

from django.core.management.base import BaseCommand

from publishers.demo.bodies import CENTRAL_LEAD
from publishers.demo.drawings import film_clip


class Command(BaseCommand):
    help = "Dựng trước video minh họa; việc chính sẽ dùng lại."
    requires_system_checks = ()

    def handle(self, *args, **options):
        film_clip(CENTRAL_LEAD, lambda share: None)
