"""Every bench ends at 1/100 of its size and prints figures; the ratios themselves are judged by `make bench`."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from benchmarks.__main__ import names

FIGURE = re.compile(r"\d+(?:[.,]\d+)?")


def ended(name: str, *more: str) -> str:
    """Run a bench at a hundredth and return what it printed; it must end well."""
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{name}", "--scale", "0.01", *more],
        capture_output=True,
        text=True,
        timeout=900,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
    return done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("name", names())
def test_bench_ends_at_a_hundredth_and_prints_figures(name):
    assert len(FIGURE.findall(ended(name))) >= 3


@pytest.mark.slow
def test_chaos_on_the_embedded_default_loses_and_doubles_nothing():
    """The short form: SQLite, the folder broker, real workers killed with SIGKILL, every kind of fault."""
    said = ended("chaos", "--database", "sqlite")
    assert "sqlite + folder" in said
    assert re.search(r"bài trùng: 0\n", said)
    assert re.search(r"bài mất: 0\n", said)
    assert sum(map(int, re.findall(r"'kill -9 \w+': (\d+)", said))) >= 3
    assert int(re.search(r"bài thấy được trên nền tảng: (\d+)", said).group(1)) >= 10  # type: ignore[union-attr]
    assert "Đạt: không trùng, không mất." in said


def test_benches_exist_for_what_is_promised():
    assert {"delivery", "renditions", "spoken"} <= set(names())
