"""The whole path as a newcomer starts it: `make demo`, interrupted once, then finished, counted outside."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest


def start(var_dir: Path) -> subprocess.Popen[str]:
    environment = {
        **os.environ,
        "LANTOA_VAR_DIR": str(var_dir),
        "DJANGO_SETTINGS_MODULE": "cms.settings.development",
    }
    environment.pop("DATABASE_URL", None)
    return subprocess.Popen(
        [sys.executable, "-m", "cms.supervise", "demo"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def read_until(process: subprocess.Popen[str], words: str, seconds: float) -> str:
    """Read the process's output until a line holds `words`; fail after `seconds`."""
    assert process.stdout is not None
    seen: list[str] = []
    deadline = time.monotonic() + seconds
    for line in process.stdout:
        seen.append(line)
        if words in line:
            return "".join(seen)
        assert time.monotonic() < deadline, "".join(seen)
    raise AssertionError("".join(seen))


@pytest.mark.slow
def test_an_interrupted_main_job_is_continued_and_every_figure_is_right(tmp_path):
    first = start(tmp_path)
    read_until(first, "Chờ các bộ xử lý", 400)
    os.killpg(first.pid, signal.SIGINT)
    first.communicate(timeout=60)

    second = start(tmp_path)
    output, _ = second.communicate(timeout=400)
    assert second.returncode == 0, output + (tmp_path / "demo" / "processes.log").read_text()[-3000:]
    assert "làm tiếp từ chỗ dừng" in output
    assert "✗" not in output
    assert output.count("✓") == 8
