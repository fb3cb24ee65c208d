"""`python -m benchmarks.delivery [--scale S] [--part P]`: the engine beside a bare loop of the same calls.

(a) due text posts over many channels, the sandbox answering after 100 ms and at once: deliveries per second of the
    engine and of a loop that only makes the calls, 16 at a time on both sides; CPU per delivery
(b) posts that fall due in one second, 20 ms answers: how late they go out
(c) the claim in a table with a million future and a million settled rows, beside a small table
(d) a large upload under way: how late another channel's text posts go out, also on the embedded default
(e) fifty workers meet one expired Zalo token: refresh calls made

Full size: 10,000 deliveries over 300 channels, 1 GB. PostgreSQL and Redis are started for the run in a temporary
folder; where their programs are missing it says so, and SQLite and the folder broker stand in."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
from collections.abc import Callable

from benchmarks.ground.servers import ServerMissing, Servers
from benchmarks.parts import claiming, refreshing, throughput, uploading

#: Below this size ratios mean nothing and fail nothing.
JUDGED_FROM = 0.05

#: Parts that have a house of their own, in the order in which they run after those of `throughput`.
ALONE: dict[str, Callable[[float], bool]] = {
    "c": claiming.claim_in_a_large_table,
    "d": uploading.text_beside_an_upload,
    "d-embedded": uploading.text_beside_an_upload,
    "e": lambda scale: refreshing.fifty_workers_one_token(),
}
PARTS = [*throughput.MEASURES, *ALONE]


def groups(wanted: list[str]) -> list[list[str]]:
    """Return the `wanted` parts in groups that share a process, a database and workers."""
    together = [part for part in wanted if part in throughput.MEASURES]
    return [*([together] if together else []), *([part] for part in wanted if part in ALONE)]


def run_group(group: list[str], scale: float, servers: Servers | None) -> list[str]:
    """Run a group in a process of its own (settings are read once per process); return the parts that missed."""
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    if servers is not None and group != ["d-embedded"]:
        environment |= servers.fresh(group[0].replace("-", "_"))
    command = [sys.executable, "-m", "benchmarks.delivery", "--scale", str(scale)]
    for part in group:
        command += ["--run", part]
    code = subprocess.run(command, env=environment, check=False).returncode
    return group if code else []


def missed(parts: list[str], scale: float) -> list[str]:
    """Run `parts`, one group, in this process; return those that missed their promise."""
    if parts[0] in throughput.MEASURES:
        return throughput.measure(parts, scale)
    return [part for part in parts if not ALONE[part](scale)]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.delivery")
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--part", choices=sorted(PARTS), action="append", help="these parts only")
    parser.add_argument("--run", choices=sorted(PARTS), action="append", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        failed = missed(options.run, options.scale)
        if failed:
            print(f"Chưa giữ lời hứa: {', '.join(failed)}", flush=True)
        return 1 if failed and options.scale >= JUDGED_FROM else 0
    # Ended from outside, its servers and processes end with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    wanted = groups(options.part or PARTS)
    try:
        with Servers() as servers:
            servers.lay_tables()
            failed = [part for group in wanted for part in run_group(group, options.scale, servers)]
    except ServerMissing as missing:
        print(f"Không có máy chủ riêng: {missing}. Đo trên SQLite và thư mục thông điệp.", flush=True)
        failed = [part for group in wanted for part in run_group(group, options.scale, None)]
    if failed:
        print(f"Không đạt: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
