"""`manage.py prepare`: everything a fresh installation needs before its first page, with progress; safe to repeat."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from cms.core.catalogues import compile_catalogues
from cms.places.services import load_map
from publishers.demo import bodies, channels, copies, local_facts, people, shelves, stations

# Seconds the clip may still take once everything else is prepared.
FILMING_PATIENCE = 120


class Command(BaseCommand):
    help = "Chuẩn bị cơ sở dữ liệu, bản đồ địa bàn và dữ liệu minh họa. Chạy lại chỉ làm phần còn thiếu."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--stamp", default="", help="dấu ghi vào var/prepared khi đã chuẩn bị xong")

    def handle(self, *args, **options):
        steps: list[tuple[str, Callable[[], object]]] = [
            ("Biên dịch giao diện", lambda: f"{len(compile_catalogues())} bản dịch"),
            ("Tạo cơ sở dữ liệu", lambda: call_command("migrate", interactive=False, verbosity=0)),
            ("Nạp bản đồ địa bàn", self._map),
            ("Cơ quan, đơn vị", lambda: f"{bodies.seed_bodies()} cơ quan"),
            ("Người dùng tập huấn", lambda: f"{people.seed_people()} tài khoản"),
            ("Kênh chính thức", lambda: f"{channels.seed_channels()} kênh"),
            ("Đài truyền thanh", lambda: f"{stations.seed_stations()} đài"),
            (
                "Dữ kiện địa phương",
                lambda: f"{local_facts.seed_facts()} dữ kiện (phần cấp xã là số liệu minh họa)",
            ),
            ("Kho tài liệu", lambda: f"{shelves.fill_shelves()} tài liệu"),
            ("Bản địa phương", lambda: f"{copies.seed_copies()} bản"),
        ]
        # The clip needs no database: it is filmed beside the migrations. Should it fail, the main job films it.
        filming = subprocess.Popen(  # noqa: S603
            [sys.executable, sys.argv[0], "film_demo_clip"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            self._do(steps)
            if options["stamp"]:
                (Path(settings.VAR_DIR) / "prepared").write_text(options["stamp"])
            self._finish(filming)
        finally:
            if filming.poll() is None:
                filming.terminate()
                filming.wait(10)

    def _finish(self, filming: subprocess.Popen[bytes]) -> None:
        try:
            filming.wait(FILMING_PATIENCE)
        except subprocess.TimeoutExpired:
            self.stdout.write("  Video minh họa dựng chưa xong, việc chính sẽ dựng lại.")

    def _do(self, steps: list[tuple[str, Callable[[], object]]]) -> None:
        for number, (name, step) in enumerate(steps, 1):
            started = time.monotonic()
            self.stdout.write(f"  [{number:>2}/{len(steps)}] {name}… ", ending="")
            self.stdout.flush()
            outcome = step()
            self.stdout.write(f"{outcome or 'xong'} ({time.monotonic() - started:.1f} giây)")

    def _map(self) -> str:
        report = load_map()
        for gap in report.gaps:
            self.stdout.write(f"\n        Lưu ý: {gap}", ending="")
        if report.gaps:
            self.stdout.write("\n        ", ending="")
        return f"{report.provinces} tỉnh, thành phố; {report.communes} xã, phường, đặc khu"
