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

#: Promised share of the bare loop's rate, where the platform takes 100 ms, and where it answers at once.
PROMISED_SLOW, PROMISED_INSTANT = 0.8, 0.15
#: Below this size ratios mean nothing and fail nothing.
JUDGED_FROM = 0.05

PARTS: dict[str, Callable[[float], bool]] = {
    "a100": lambda scale: throughput.beside_a_bare_loop(scale, 100, PROMISED_SLOW),
    "a0": lambda scale: throughput.beside_a_bare_loop(scale, 0, PROMISED_INSTANT),
    "b": throughput.due_in_one_second,
    "c": claiming.claim_in_a_large_table,
    "d": uploading.text_beside_an_upload,
    "d-embedded": uploading.text_beside_an_upload,
    "e": lambda scale: refreshing.fifty_workers_one_token(),
}


def run_part(part: str, scale: float, servers: Servers | None) -> int:
    """Run one part in a process of its own, with a database of its own; settings are read once per process."""
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    if servers is not None and part != "d-embedded":
        environment |= servers.fresh(part.replace("-", "_"))
    command = [sys.executable, "-m", "benchmarks.delivery", "--run", part, "--scale", str(scale)]
    return subprocess.run(command, env=environment, check=False).returncode


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.delivery")
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--part", choices=sorted(PARTS), action="append", help="these parts only")
    parser.add_argument("--run", choices=sorted(PARTS), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        kept = PARTS[options.run](options.scale)
        return 0 if kept or options.scale < JUDGED_FROM else 1
    # Ended from outside, its servers and processes end with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    wanted = options.part or list(PARTS)
    try:
        with Servers() as servers:
            servers.lay_tables()
            codes = [run_part(part, options.scale, servers) for part in wanted]
    except ServerMissing as missing:
        print(f"Không có máy chủ riêng: {missing}. Đo trên SQLite và thư mục thông điệp.", flush=True)
        codes = [run_part(part, options.scale, None) for part in wanted]
    failed = [part for part, code in zip(wanted, codes, strict=True) if code]
    if failed:
        print(f"Không đạt: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
