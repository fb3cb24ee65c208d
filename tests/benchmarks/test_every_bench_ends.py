"""Every bench ends at 1/100 of its size and prints figures; the ratios themselves are judged by `make bench`."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from benchmarks.__main__ import names

FIGURE = re.compile(r"\d+(?:[.,]\d+)?")


@pytest.mark.slow
@pytest.mark.parametrize("name", [*names(), "chaos"])
def test_bench_ends_at_a_hundredth_and_prints_figures(name):
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{name}", "--scale", "0.01"],
        capture_output=True,
        text=True,
        timeout=900,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert len(FIGURE.findall(done.stdout)) >= 3


def test_benches_exist_for_what_is_promised():
    assert {"delivery", "renditions", "spoken"} <= set(names())
