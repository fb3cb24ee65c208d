"""A throw-away house: folder, database, settings and a sandbox of its own on loopback."""

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


class Sandbox:
    """The imitated platforms as a process; `latency_ms` is the delay of every answer."""

    def __init__(self, folder: Path, latency_ms: int = 0, seed: int = 7) -> None:
        command = [
            sys.executable, "-m", "publishers.sandbox", "--port", "0", "--state", str(folder),
            "--latency-ms", str(latency_ms), "--seed", str(seed),
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
    """Settings, database and sandbox of one bench; `environment` is what its worker processes get."""

    def __init__(self, *, pace: float = 1.0, latency_ms: int = 0, seed: int = 7) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="lantoa-bench-")
        self.folder = Path(self._folder.name)
        self.sandbox = Sandbox(self.folder / "sandbox", latency_ms, seed)
        self.environment = {
            "LANTOA_VAR_DIR": str(self.folder / "var"),
            "DJANGO_SETTINGS_MODULE": "cms.settings.development",
            "SANDBOX_BASE": self.sandbox.base,
            "LANTOA_DELIVERY_PACE": str(pace),
            "LANTOA_LOG_LEVEL": "ERROR",
        }
        os.environ.update(self.environment)

    def open(self) -> None:
        """Set Django up and lay the tables."""
        import logging

        import django
        from django.core.management import call_command

        django.setup()
        logging.disable(logging.WARNING)
        call_command("migrate", verbosity=0)

    @property
    def database(self) -> str:
        """The kind of database the figures were taken on."""
        from django.db import connection

        return connection.vendor

    def close(self) -> None:
        from django.db import connections

        connections.close_all()
        self.sandbox.stop()
        self._folder.cleanup()
