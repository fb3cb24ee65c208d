"""A throw-away house: folder, database, broker, settings and a sandbox of its own on loopback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
MEDIA_HOST = "media.lantoa.example"


class Sandbox:
    """The imitated platforms as a process; `latency_ms` is the delay of every answer, `web_port` our own web server."""

    def __init__(self, folder: Path, latency_ms: int = 0, seed: int = 7, web_port: int = 0) -> None:
        command = [
            sys.executable, "-m", "publishers.sandbox", "--port", "0", "--state", str(folder),
            "--latency-ms", str(latency_ms), "--seed", str(seed),
            *(["--media-host", f"{MEDIA_HOST}=127.0.0.1:{web_port}"] if web_port else []),
        ]  # fmt: skip
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        ready = self.process.stdout.readline()
        if not ready.startswith("sẵn sàng"):
            raise SystemExit("Nền tảng thử nghiệm không khởi động được.")
        self.base = ready.split()[-1].removesuffix("/tuong")

    def control(self, method: str, name: str, document: Any = None) -> Any:
        body = None if document is None else json.dumps(document).encode()
        call = urllib.request.Request(
            f"{self.base}/__sandbox/{name}", body, {"Content-Type": "application/json"}, method=method
        )
        with urllib.request.urlopen(call, timeout=60) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)


class House:
    """Settings, database and sandbox of one run; `environment` is what its worker processes get.

    The database and the broker are those of `servers` (environment variables), else SQLite and a folder."""

    def __init__(
        self,
        *,
        pace: float = 1.0,
        latency_ms: int = 0,
        seed: int = 7,
        patience: float = 60.0,
        servers: dict[str, str] | None = None,
        web_port: int = 0,
        more: dict[str, str] | None = None,
    ) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="lantoa-bench-", ignore_cleanup_errors=True)
        self.folder = Path(self._folder.name)
        self.web_port = web_port
        self.sandbox = Sandbox(self.folder / "sandbox", latency_ms, seed, web_port)
        self.environment = {
            "LANTOA_VAR_DIR": str(self.folder / "var"),
            "DJANGO_SETTINGS_MODULE": "benchmarks.ground.settings",
            "SANDBOX_BASE": self.sandbox.base,
            "LANTOA_DELIVERY_PACE": str(pace),
            "LANTOA_LOG_LEVEL": "ERROR",
            "BENCH_PLATFORM_PATIENCE": str(patience),
            "STATION_READBACK_BASE": f"http://127.0.0.1:{web_port or 9}",
            "LANTOA_PUBLIC_URL": f"http://127.0.0.1:{web_port or 9}",
            **(servers or {}),
            **(more or {}),
        }
        os.environ.update(self.environment)
        for folder in ("broker/messages", "broker/control", "beat", "static", "media"):
            (self.folder / "var" / folder).mkdir(parents=True, exist_ok=True)

    def open(self) -> None:
        """Set Django up and lay the tables, unless the database came with them."""
        import logging

        import django
        from django.core.management import call_command

        django.setup()
        logging.disable(logging.WARNING)
        if "BENCH_TABLES_LAID" not in os.environ:
            call_command("migrate", verbosity=0)

    @property
    def database(self) -> str:
        """The kinds of database and broker the figures were taken on."""
        from django.conf import settings
        from django.db import connection

        broker = settings.CELERY_BROKER_URL.split(":")[0]
        return f"{connection.vendor} + {broker}"

    def close(self) -> None:
        from django.db import connections

        connections.close_all()
        self.sandbox.stop()
        self._folder.cleanup()
