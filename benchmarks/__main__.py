"""`python -m benchmarks [--scale S] [name …]`: every bench, each in a process of its own, figures on stdout.

A bench is a module of this package with `main(scale: float) -> int` that prints its figures, as ratios beside a peer
or a limit of the same run, and returns non-zero when a promised ratio is missed. `--scale 0.01` is the size at which
the test suite checks that a bench ends and prints its figures; ratios at that size mean nothing and never fail."""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import time
from pathlib import Path

# Modules of this package that are not benches of their own.
NOT_BENCHES = {"__init__", "__main__", "chaos"}


def names() -> list[str]:
    """Return the benches, in alphabetical order."""
    return sorted(path.stem for path in Path(__file__).parent.glob("*.py") if path.stem not in NOT_BENCHES)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("names", nargs="*", help="benches to run; all when none is named")
    parser.add_argument("--scale", type=float, default=1.0, help="share of the full size, 0.01 to 1")
    options = parser.parse_args()
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    ).stdout.strip()
    print(f"# {time.strftime('%Y-%m-%d')} · commit {commit or '?'} · {os.cpu_count()} cores · "
          f"Python {platform.python_version()} · {platform.system()} {platform.machine()} · scale {options.scale:g}")  # fmt: skip
    failed = []
    for name in options.names or names():
        print(f"\n## {name}", flush=True)
        done = subprocess.run(
            [sys.executable, "-m", f"benchmarks.{name}", "--scale", str(options.scale)], check=False
        )
        if done.returncode:
            failed.append(name)
    if failed:
        print(f"\nKhông đạt: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
