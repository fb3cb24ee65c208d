"""`manage.py index_library [--all]`: put what changed into the search index, or make the whole index again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from media.library.finding import index


class Command(BaseCommand):
    """Written for the day after a map was loaded or a backup brought back; beat does the rest by itself."""

    help = "Đưa tài liệu vừa thay đổi vào chỉ mục tìm kiếm; --all để lập lại toàn bộ chỉ mục."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="lập lại toàn bộ chỉ mục")

    def handle(self, *args: Any, **options: Any) -> None:
        count = index.rebuild() if options["all"] else index.index_pending(limit=10**9)
        self.stdout.write(f"Đã đưa {count} tài liệu vào chỉ mục tìm kiếm.")
