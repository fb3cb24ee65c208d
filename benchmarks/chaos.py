"""`python -m benchmarks.chaos`: kill workers, spoil answers, then count posts where citizens see them.

Due text posts on many Pages; a share of all calls goes wrong in every way the sandbox knows, drawn from a seed; real
worker processes are killed with SIGKILL at random moments and started again. Ends with 0 duplicates and 0 lost,
counted in the sandbox's ledger, or with exit code 1. Waits and leases are scaled by one printed factor."""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from typing import Any

from benchmarks.ground.house import ROOT, House
from benchmarks.ground.posts import make_channels, make_due

DELIVERIES, CHANNELS, KILLS, WORKERS = 2000, 60, 50, 3
PACE = 0.05
FAULT_SHARE = 0.15
#: What goes wrong, on the call that citizens see and on the calls that look for it.
VISIBLE_FAULTS = (
    {"action": "drop_before"}, {"action": "drop_after"}, {"action": "cut_body"}, {"action": "empty_200"},
    {"action": "html_502"}, {"action": "html_502_after"}, {"action": "no_content_type"},
    {"action": "timeout_after", "seconds": 1.5}, {"action": "delay", "seconds": 0.3}, {"action": "lag", "n": 1},
    {"action": "error_after", "error": {"code": 1, "message": "An unknown error occurred", "type": "OAuthException"}},
    {"action": "error", "error": {"code": 2, "message": "Service temporarily unavailable", "is_transient": True}},
    {"action": "error", "error": {"code": 32, "message": "Page request limit reached", "type": "OAuthException"}},
    {"action": "error_after", "error": {"code": 368, "message": "Temporarily blocked", "type": "OAuthException"}},
)  # fmt: skip
LOOK_FAULTS = ({"action": "drop_before"}, {"action": "html_502"})


class Workers:
    """A few worker processes; whoever dies is replaced."""

    def __init__(self, house: House, count: int) -> None:
        self.house = house
        self.kills = 0
        self.running = [self._start() for _ in range(count)]

    def _start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "benchmarks.ground.worker"], cwd=ROOT, text=True,
            env={**os.environ, **self.house.environment}, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def wait_until_ready(self) -> None:
        for process in self.running:
            assert process.stdout is not None
            process.stdout.readline()

    def kill_one(self, dice: random.Random) -> None:
        place = dice.randrange(len(self.running))
        self.running[place].send_signal(signal.SIGKILL)
        self.running[place].wait()
        self.kills += 1
        self.running[place] = self._start()

    def stop(self) -> None:
        for process in self.running:
            process.kill()
            process.wait()


def spoil(house: House) -> None:
    """Let a share of the calls go wrong, every kind of fault equally often."""
    for fault in VISIBLE_FAULTS:
        rule = {
            "platform": "facebook",
            "op": "feed.create",
            "times": 0,
            "chance": FAULT_SHARE / len(VISIBLE_FAULTS),
        }
        house.sandbox.control("POST", "rules", rule | fault)
    for fault in LOOK_FAULTS:
        rule = {"platform": "facebook", "op": "*.list", "times": 0, "chance": FAULT_SHARE / len(LOOK_FAULTS)}
        house.sandbox.control("POST", "rules", rule | fault)


def waiting() -> int:
    """Return how many deliveries are neither ended nor visibly held."""
    from publishers.delivery.models import Delivery
    from publishers.delivery.states import State

    return Delivery.objects.open().exclude(state=State.HELD).count()


def judge(house: House, count: int) -> tuple[dict[str, Any], bool]:
    """Count in the ledger, compare with what delivery says; return the figures and whether all promises were kept."""
    from publishers.delivery.models import Attempt, Delivery
    from publishers.delivery.states import Reason, State

    seen = Counter(effect["text"] for effect in house.sandbox.control("GET", "effects?platform=facebook"))
    rows = {row.request["text"]: row for row in Delivery.objects.all()}
    duplicates = sum(number - 1 for number in seen.values())
    told_live_but_absent = sum(1 for text, row in rows.items() if row.state == State.LIVE and not seen[text])
    never_ended = waiting()
    told_absent_but_live = sum(
        1
        for text, row in rows.items()
        if seen[text] and row.state != State.LIVE and row.reason != Reason.NEEDS_LOOK
    )
    unclear = set(
        Attempt.objects.filter(outcome="unknown", is_look=False).values_list("delivery_id", flat=True)
    )
    settled = sum(1 for row in rows.values() if row.pk in unclear and row.state == State.LIVE)
    figures = {
        "lượt đăng": len(rows),
        "đã đăng": sum(1 for row in rows.values() if row.state == State.LIVE),
        "tạm giữ": dict(Counter(row.reason for row in rows.values() if row.state == State.HELD)) or 0,
        "bài thấy được": sum(seen.values()),
        "bài trùng": duplicates,
        "bài mất": told_live_but_absent + never_ended,
        "báo chưa lên nhưng đã lên": told_absent_but_live,
        "lượt từng chưa rõ kết quả": len(unclear),
        "tự làm rõ": f"{settled / len(unclear):.1%}" if unclear else "không có",
    }
    missing = count - len(rows)
    kept = not (duplicates or told_live_but_absent or never_ended or told_absent_but_live or missing)
    return figures, kept and (not unclear or settled / len(unclear) >= 0.95)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.chaos")
    parser.add_argument(
        "--scale", type=float, default=0.1, help="share of 2,000 deliveries, 60 channels, 50 kills"
    )
    parser.add_argument("--seed", type=int, default=20261122)
    parser.add_argument(
        "--patience", type=float, default=600.0, help="seconds until whatever waits counts as lost"
    )
    options = parser.parse_args()
    count = max(20, round(DELIVERIES * options.scale))
    kills = max(3, round(KILLS * options.scale))
    dice = random.Random(options.seed)
    house = House(pace=PACE, seed=options.seed)
    try:
        house.open()
        from cms.core import clock

        channels = make_channels(house.sandbox, max(4, round(CHANNELS * options.scale)))
        make_due(channels, count, clock.now() + timedelta(seconds=1))
        spoil(house)
        print(
            f"{count} lượt đăng · {len(channels)} kênh · {FAULT_SHARE:.0%} lời gọi hỏng · {kills} lần kill -9 · "
            f"hạt giống {options.seed} · nhịp ×{PACE} · {house.database}",
            flush=True,
        )
        workers = Workers(house, WORKERS)
        workers.wait_until_ready()
        began = time.monotonic()
        while waiting() and time.monotonic() - began < options.patience:
            time.sleep(dice.uniform(0.2, 1.5))
            if workers.kills < kills:
                workers.kill_one(dice)
        workers.stop()
        figures, kept = judge(house, count)
        figures |= {"kill -9": workers.kills, "giây": round(time.monotonic() - began, 1)}
        for name, value in figures.items():
            print(f"  {name}: {value}")
        print("Đạt: không trùng, không mất." if kept else "KHÔNG ĐẠT.")
        return 0 if kept else 1
    finally:
        house.close()


if __name__ == "__main__":
    raise SystemExit(main())
