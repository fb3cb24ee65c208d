"""`python -m benchmarks.chaos`: kill workers, spoil answers, pull the broker and the database away, then count.

A PostgreSQL and a Redis of its own, real Celery workers, beat and web, the sandbox as the platforms. Deliveries of
every kind fall due over a few minutes; 15 % of all calls go wrong in every way the sandbox knows, drawn from a seed;
processes are killed with SIGKILL at random moments and started again; the broker is flushed and restarted, the database
crashes once. Ends with 0 duplicates and 0 lost, counted in the sandbox's ledger, or with exit code 1. Every wait and
lease of the engine is scaled by one printed factor; what is sent is not.

`--database sqlite` (also where the servers' programs are missing) is the short form on SQLite and the folder broker."""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import time
from contextlib import ExitStack
from typing import Any

from benchmarks.ground import bad_days, processes, scenery
from benchmarks.ground.house import House
from benchmarks.ground.servers import ServerMissing, Servers, free_port
from benchmarks.ground.storm import Storm
from benchmarks.ground.verdict import judge

KILLS = 52
#: Every wait of the engine times this: a lease of 45 s becomes 4.5 s.
PACE = 0.1
#: Seconds over which the deliveries fall due, at full size.
SPAN = 300.0
#: Seconds a run may take; after `--patience` whatever still waits counts as lost.
PROMISED_SECONDS = 900.0
#: Seconds we wait for a byte of a platform; scaled like everything else, 60 s in production.
SILENCE = 60.0 * PACE


#: Share of the Pages whose key dies for good until a person connects them again.
DEAD_KEYS = 0.2


def waiting() -> int:
    """Return how many deliveries are neither ended nor visibly held; those held for a key wait for the person who comes."""
    from publishers.delivery.models import Delivery
    from publishers.delivery.states import Reason, State

    held = Delivery.objects.filter(state=State.HELD).exclude(reason__in=[Reason.RECONNECT, Reason.BLIND])
    return Delivery.objects.open().exclude(pk__in=held.values("pk")).count()


def household(house: House) -> list[processes.Process]:
    """The processes that are killed: two workers of the visible calls, one for everything else, beat."""
    return [
        processes.celery_worker(house, "publish1", "publish", 1, LANTOA_PUBLISH_THREADS="8"),
        processes.celery_worker(house, "publish2", "publish", 1, LANTOA_PUBLISH_THREADS="8"),
        processes.celery_worker(house, "upload", "render,upload,insights", 3),
        processes.celery_beat(house),
    ]


def run(servers: Servers | None, scale: float, seed: int, patience: float) -> int:
    dice = random.Random(seed)
    span = max(20.0, SPAN * scale)
    kills = max(3, round(KILLS * scale))
    house = House(
        pace=PACE, seed=seed, patience=SILENCE, servers=servers.fresh("chaos") if servers else None,
        web_port=free_port(), more={"LANTOA_UPLOAD_THREADS": "4"},
    )  # fmt: skip
    web = processes.web_server(house)
    household_of_run = household(house)
    try:
        house.open()
        web.start()
        began = time.monotonic()
        made = scenery.build(house.sandbox, scale, span, dice)
        faults = bad_days.spoil(house.sandbox, silence=SILENCE * 1.3, lag=60.0 * PACE)
        print(
            f"{made.deliveries} lượt đăng ({', '.join(f'{name} {number}' for name, number in sorted(made.forms.items()))}) · "
            f"{made.channels} kênh và {scenery.STATIONS} đài · {bad_days.SHARE:.0%} lời gọi hỏng theo {faults} quy tắc · "
            f"{kills} lần kill -9, đến giờ trong {span:.0f} giây · hạt giống {seed} · nhịp ×{PACE} · {house.database}",
            flush=True,
        )
        for each in household_of_run:
            each.start()
        storm = Storm(household_of_run, dice, kills)
        _arrange(storm, servers, house, made, dice)
        _endure(storm, made.deliveries, began + patience)
        processes.stop_all(household_of_run)
        verdict = judge(house, made.deliveries)
        for name, value in verdict.figures.items():
            print(f"  {name}: {value}")
        print(f"  sự cố: {dict(sorted(storm.done.items()))}")
        seconds = time.monotonic() - began
        print(f"  giây, kể cả dựng cảnh: {seconds:.0f} (hứa ≤ {PROMISED_SECONDS:.0f})")
        if verdict.broken:
            print(processes.end_of_logs([*household_of_run, web]))
            print(f"KHÔNG ĐẠT: {'; '.join(verdict.broken)}.")
            return 1
        if seconds > PROMISED_SECONDS:
            print("Không trùng, không mất; KHÔNG ĐẠT về thời gian.")
            return 1
        print("Đạt: không trùng, không mất.")
        return 0
    finally:
        processes.stop_all([*household_of_run, web])
        house.close()


def _arrange(
    storm: Storm, servers: Servers | None, house: House, made: scenery.Scenery, dice: random.Random
) -> None:
    """Plan what befalls the broker, the database and the tokens."""
    if servers is not None:
        storm.at(0.25, storm.broker_forgets(servers))
        storm.at(0.45, storm.database_falls(servers))
        storm.at(0.65, servers.redis.flush)
    else:
        storm.at(0.4, storm.folder_forgets(house))
    for platform, account in dice.sample(made.renewable, len(made.renewable) // 2):
        document = {"platform": platform, "account": account, "action": "expire"}
        storm.at(
            dice.uniform(0.05, 0.9),
            lambda document=document: house.sandbox.control("POST", "tokens", document),
        )  # type: ignore[misc]

    for page in dice.sample(pages := _pages(), max(1, round(len(pages) * DEAD_KEYS))):
        died = dice.uniform(0.05, 0.6)
        storm.at(died, storm.key_dies(house, page))
        storm.at(died + 0.1, storm.person_connects(house, page))


def _pages() -> list[Any]:
    from cms.channels.models import Channel

    return list(Channel.objects.filter(kind="facebook").order_by("pk"))


def _endure(storm: Storm, deliveries: int, deadline: float) -> None:
    """Let the storm blow until it is over and nothing waits any more, or patience ends."""
    from django.db import DatabaseError, connections

    left = deliveries
    while time.monotonic() < deadline:
        try:
            left = waiting()
            if storm.is_over and not left:
                return
        except DatabaseError:
            connections.close_all()
        storm.blow(1 - left / deliveries)
        time.sleep(0.25)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.chaos")
    parser.add_argument(
        "--scale", type=float, default=1.0, help="share of 2,000 deliveries, 60 channels, 52 kills"
    )
    parser.add_argument("--seed", type=int, default=20261122)
    parser.add_argument("--database", choices=["own", "sqlite"], default="own")
    parser.add_argument(
        "--patience", type=float, default=PROMISED_SECONDS, help="seconds until what waits counts as lost"
    )
    options = parser.parse_args()
    # Ended from outside, its servers and processes end with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    os.environ["PYTHONUNBUFFERED"] = "1"
    with ExitStack() as stack:
        servers = None
        if options.database == "own":
            try:
                servers = stack.enter_context(Servers())
                servers.lay_tables()
            except ServerMissing as missing:
                print(
                    f"Không có máy chủ riêng: {missing}. Chạy bản ngắn trên SQLite và thư mục thông điệp.",
                    flush=True,
                )
                options.scale = min(options.scale, 0.05)
        return run(servers, options.scale, options.seed, options.patience)


if __name__ == "__main__":
    raise SystemExit(main())
