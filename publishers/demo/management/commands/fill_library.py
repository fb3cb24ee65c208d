"""`manage.py fill_library [--to 300]`: many varied items on the demo's shelves, to look at the library's pages with them."""

from django.core.management.base import BaseCommand, CommandParser

from media.library.finding.index import index_pending
from publishers.demo.full_shelf import fill_to


class Command(BaseCommand):
    help = (
        "Xếp đầy kho tài liệu minh họa để xem các trang của kho (chỉ trên hệ thống đã có dữ liệu minh họa)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=int, default=300, help="số tài liệu muốn có (mặc định 300)")

    def handle(self, *args, **options) -> None:
        held = fill_to(options["to"], self._said)
        while index_pending():
            pass
        self.stdout.write(f"Kho có {held} tài liệu.")

    def _said(self, held: int) -> None:
        if held % 25 == 0:
            self.stdout.write(f"  {held} tài liệu…")
