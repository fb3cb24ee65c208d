"""Real processes of the house for a run: Celery workers, beat, web. Started, killed, replaced, and their CPU counted."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.ground.house import ROOT, House


@dataclass
class Process:
    """One process of the house; `spent` adds up the CPU seconds of those that have ended."""

    name: str
    command: list[str]
    environment: dict[str, str]
    log: Path
    running: subprocess.Popen[bytes] | None = None
    kills: int = 0

    def start(self) -> None:
        self._ready.unlink(missing_ok=True)
        environment = {**os.environ, **self.environment, "BENCH_READY_FILE": str(self._ready)}
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(
                self.command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True
            )

    @property
    def _ready(self) -> Path:
        return self.log.with_suffix(".ready")

    @property
    def is_ready(self) -> bool:
        """Whether it has come up (Celery's processes only)."""
        return self.is_alive and self._ready.exists()

    @property
    def is_alive(self) -> bool:
        return self.running is not None and self.running.poll() is None

    def kill(self) -> None:
        """SIGKILL to the process and whatever it has forked: nothing is written, nothing is said goodbye to."""
        if self.running is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.running.pid, signal.SIGKILL)
        self.running.wait()
        self.kills += 1

    def cpu(self) -> float:
        """Return the CPU seconds the running process has used so far, all its threads together."""
        if self.running is None:
            return 0.0
        stat = Path(f"/proc/{self.running.pid}/stat")
        if stat.exists():
            fields = stat.read_text().rsplit(")", 1)[1].split()
            return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        said = subprocess.run(
            ["ps", "-o", "time=", "-p", str(self.running.pid)], capture_output=True, text=True, check=False
        )
        seconds = 0.0
        for part in said.stdout.strip().replace("-", ":").split(":"):
            seconds = seconds * 60 + float(part or 0)
        return seconds


def celery_worker(house: House, name: str, queues: str, concurrency: int = 4, **environment: str) -> Process:
    """The command of the embedded default, `concurrency` bells served at once."""
    command = [
        sys.executable, "-m", "celery", "--quiet", "-A", "cms.celery", "worker", "--queues", queues,
        "--pool", "threads", "--concurrency", str(concurrency), "--hostname", f"{name}@%h", "--loglevel", "WARNING",
        "--without-gossip", "--without-mingle", "--without-heartbeat",
    ]  # fmt: skip
    return Process(name, command, {**house.environment, **environment}, house.folder / f"{name}.log")


def celery_beat(house: House) -> Process:
    command = [
        sys.executable, "-m", "celery", "--quiet", "-A", "cms.celery", "beat", "--loglevel", "WARNING",
        "--schedule", str(house.folder / "var" / "beat" / "schedule"), "--pidfile=", "--max-interval", "1",
    ]  # fmt: skip
    return Process("beat", command, house.environment, house.folder / "beat.log")


def web_server(house: House) -> Process:
    command = [
        sys.executable, "-m", "gunicorn", "cms.wsgi:application", "--bind", f"127.0.0.1:{house.web_port}",
        "--worker-class", "gthread", "--workers", "1", "--threads", "8", "--timeout", "120", "--log-level", "warning",
    ]  # fmt: skip
    return Process("web", command, house.environment, house.folder / "web.log")


def stop_all(processes: list[Process]) -> None:
    """End every process for good."""
    for each in processes:
        each.kill()


def end_of_logs(processes: list[Process], lines: int = 15) -> str:
    """Return the last lines every process has said: for the reader of a run that went wrong."""
    said = []
    for each in processes:
        text = each.log.read_text(errors="replace") if each.log.exists() else ""
        said.append(f"--- {each.name}\n" + "\n".join(text.splitlines()[-lines:]))
    return "\n".join(said)
