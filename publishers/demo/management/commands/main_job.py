"""`manage.py main_job`: do the main job in the running system and print its summary; exit 1 when a figure is wrong."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from cms.core.errors import LanToaError
from publishers.demo import job, plans

# The exit code of a command ended by Ctrl-C, as shells have it.
STOPPED = 130


class Command(BaseCommand):
    help = "Làm trọn việc chính với dữ liệu minh họa và in bản tổng kết."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--quiet", action="store_true", help="không vẽ thanh tiến độ")
        parser.add_argument(
            "--started", type=float, default=None, help="thời điểm bắt đầu tính giờ (giây epoch)"
        )
        parser.add_argument("--prepare", metavar="DẤU", help="chuẩn bị hệ thống trước; ghi DẤU khi xong")

    def handle(self, *args, **options):
        try:
            self._do(options)
        except KeyboardInterrupt:
            raise CommandError("Đã dừng theo yêu cầu; lần sau sẽ làm tiếp.", returncode=STOPPED) from None

    def _do(self, options: dict[str, Any]) -> None:
        self.started = started = options["started"] or time.time()
        if options["prepare"]:
            call_command("prepare", stamp=options["prepare"])
        screen = job.Screen(say=self._say, bar=self._silent if options["quiet"] else self._bar)
        try:
            lines = job.run(screen, started)
        except (job.JobFailed, LanToaError) as error:
            raise CommandError(str(error)) from None
        self.stdout.write("\nTổng kết, đếm ở nơi người dân nhìn thấy:")
        for line in lines:
            self.stdout.write(str(line))
        wrong = [line for line in lines if not line.right]
        if wrong:
            raise CommandError(f"{len(wrong)} con số không đúng.")
        planned = plans.seed_plans()
        (Path(settings.VAR_DIR) / "main-job-done").touch()
        self.stdout.write(f"  Lịch những tháng tới đã có {planned} bài đăng dự kiến.")

    def _say(self, line: str) -> None:
        self.stdout.write(f"  → {line} (giây thứ {time.time() - self.started:.0f})")
        self.stdout.flush()

    def _bar(self, name: str, share: float) -> None:
        if not sys.stdout.isatty():
            return
        width = 32
        full = round(width * min(1.0, share))
        end = "\n" if share >= 1 else ""
        self.stdout.write(f"\r    {name:<28} [{'█' * full}{'·' * (width - full)}] {share:>4.0%}", ending=end)
        self.stdout.flush()

    def _silent(self, name: str, share: float) -> None:
        return
