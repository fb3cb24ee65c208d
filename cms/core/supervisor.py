"""Keeps a handful of child processes running in one terminal and stops all of them together. Pure of Django."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

# A child that falls again and again is not restarted faster than this (seconds).
RESTART_PAUSES = (0.5, 1.0, 2.0, 5.0, 10.0)
# A child that stood this long (seconds) starts again with the shortest pause.
STEADY_AFTER = 60.0
# After a polite SIGTERM, this many seconds until SIGKILL.
STOP_PATIENCE = 12.0


@dataclass
class Child:
    """One process to keep running. `name` is shown before each of its lines."""

    name: str
    command: Sequence[str]
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[str] | None = None
    started_at: float = 0.0
    falls: int = 0


class Supervisor:
    """Starts children in the order given, restarts the ones that fall, stops them in the opposite order."""

    def __init__(self, children: Sequence[Child], say: Callable[[str], None]) -> None:
        self.children = list(children)
        self._say = say
        self._stopping = threading.Event()

    def start(self, child: Child) -> None:
        """Start `child` in a process group of its own, so that Ctrl-C reaches it only through us."""
        child.process = subprocess.Popen(  # noqa: S603  (fixed commands of ours, no shell)
            list(child.command),
            env={**os.environ, **child.environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        child.started_at = time.monotonic()
        threading.Thread(target=self._relay, args=(child, child.process), daemon=True).start()

    def _relay(self, child: Child, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            self._say(f"{child.name:>9} │ {line.rstrip()}")

    def start_all(self) -> None:
        for child in self.children:
            self.start(child)

    def stop(self) -> None:
        """Ask for the end; `watch` returns once every child has stopped."""
        self._stopping.set()

    def watch(self) -> None:
        """Block until `stop`; restart what falls meanwhile."""
        while not self._stopping.wait(0.3):
            for child in self.children:
                if child.process is not None and child.process.poll() is not None:
                    self._restart(child)
        self._stop_all()

    def _restart(self, child: Child) -> None:
        assert child.process is not None
        if time.monotonic() - child.started_at > STEADY_AFTER:
            child.falls = 0
        pause = RESTART_PAUSES[min(child.falls, len(RESTART_PAUSES) - 1)]
        child.falls += 1
        self._say(
            f"{child.name:>9} │ đã dừng (mã {child.process.returncode}), khởi động lại sau {pause:g} giây"
        )
        if not self._stopping.wait(pause):
            self.start(child)

    def _stop_all(self) -> None:
        alive = [child for child in reversed(self.children) if child.process and child.process.poll() is None]
        for child in alive:
            self._signal(child, signal.SIGTERM)
        deadline = time.monotonic() + STOP_PATIENCE
        for child in alive:
            try:
                child.process.wait(max(0.1, deadline - time.monotonic()))  # type: ignore[union-attr]
            except subprocess.TimeoutExpired:
                self._signal(child, signal.SIGKILL)
                child.process.wait()  # type: ignore[union-attr]

    @staticmethod
    def _signal(child: Child, number: int) -> None:
        try:
            os.killpg(child.process.pid, number)  # type: ignore[union-attr]
        except ProcessLookupError:
            return
