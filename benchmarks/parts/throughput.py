"""(a) and (b): real Celery workers and a real beat over a broker, due text posts, and how fast they get out."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from benchmarks.ground import processes
from benchmarks.ground.house import House
from benchmarks.ground.posts import fall_due, make_channels, make_due

CALLS_AT_ONCE = 16
#: Worker processes that share the calls: one Python process cannot use two cores.
WORKERS = 2
#: One channel sends one post at a time: with too few of them, it is their turns that are measured.
LEAST_CHANNELS = 80
#: Rounds of posts sent before anything is measured, at most.
WARM_UPS = 5
PROMISED_P99 = 10.0
#: Promised share of the bare loop's rate, where the platform takes 100 ms, and where it answers at once.
PROMISED_SLOW, PROMISED_INSTANT = 0.8, 0.15
#: Seconds after which a run that has not ended is a failure.
PATIENCE = 900.0


@dataclass(frozen=True)
class Ground:
    """What every measure here stands on: a house, its channels, and workers that have sent something before."""

    house: House
    channels: list[Any]
    workers: list[processes.Process]


@contextmanager
def workers_of(house: House) -> Iterator[list[processes.Process]]:
    """Run beat and the workers of the publish lane; yield the workers once each of them has sent something."""
    share = CALLS_AT_ONCE // WORKERS
    workers = [
        processes.celery_worker(house, f"publish{number}", "publish", 1, LANTOA_PUBLISH_THREADS=str(share))
        for number in range(WORKERS)
    ]
    running = [*workers, processes.celery_beat(house)]
    for each in running:
        each.start()
    try:
        yield workers
    except BaseException:
        print(processes.end_of_logs(running))
        raise
    finally:
        processes.stop_all(running)


def warm_up(channels: list[Any], workers: list[processes.Process]) -> None:
    """Let the worker processes send a few posts each: their imports and connections are not what is measured.

    More posts than one worker takes at a time are due together; who is quick could still take them all, so this asks
    a few times. Raises SystemExit when one of them has had nothing to do by then."""
    from cms.core import clock
    from publishers.delivery.models import Attempt

    deadline = time.monotonic() + 120
    while not all(each.is_ready for each in workers) and time.monotonic() < deadline:
        time.sleep(0.1)
    for _ in range(WARM_UPS):
        rows = make_due(channels[:LEAST_CHANNELS], 4 * CALLS_AT_ONCE, clock.now() + timedelta(seconds=-1))
        wait_until_sent(rows, time.monotonic() + 120)
        names = Attempt.objects.values_list("worker", flat=True).distinct()
        if len({name.split(":")[1] for name in names}) >= WORKERS:
            return
    raise SystemExit(
        "Một bộ xử lý không nhận được việc nào trong các lượt khởi động; phép đo không có giá trị."
    )


def wait_until_sent(rows: list[Any], deadline: float) -> None:
    """Wait until all `rows` are live. Raises SystemExit when one is not by `deadline` (monotonic seconds)."""
    from publishers.delivery.models import Delivery
    from publishers.delivery.states import State

    first, last = rows[0].pk, rows[-1].pk
    mine = Delivery.objects.filter(pk__gte=first, pk__lte=last)
    while mine.exclude(state=State.LIVE).exists():
        if time.monotonic() > deadline:
            left = list(mine.exclude(state=State.LIVE).values_list("state", "reason").distinct())
            raise SystemExit(f"Còn lượt đăng chưa lên: {left}; phép đo không có giá trị.")
        time.sleep(0.3)


def bare_loop(house: House, channels: list[Any], count: int) -> float:
    """Make `count` feed calls, CALLS_AT_ONCE at a time, and nothing else; return calls per second."""
    import requests

    local = threading.local()
    tokens = {each.external_id: f"the-do-tai-{each.name.split()[-1]}" for each in channels}

    def call(number: int) -> None:
        session = local.__dict__.setdefault("session", requests.Session())
        page = channels[number % len(channels)].external_id
        answer = session.post(
            f"{house.sandbox.base}/graph/v26.0/{page}/feed",
            data={"message": f"Vòng lặp trần {number} {time.monotonic_ns()}"},
            headers={"Authorization": f"Bearer {tokens[page]}"},
            timeout=30,
        )
        answer.raise_for_status()

    began = time.monotonic()
    with ThreadPoolExecutor(CALLS_AT_ONCE) as pool:
        list(pool.map(call, range(count)))
    return count / (time.monotonic() - began)


def engine(channels: list[Any], count: int, workers: list[processes.Process]) -> tuple[float, float]:
    """Let `count` booked posts fall due at once; return deliveries per second and CPU milliseconds of ours for each."""
    from django.db.models import Max

    from cms.core import clock
    from publishers.delivery.models import Delivery

    rows = make_due(channels, count, clock.now() + timedelta(hours=1))
    before = sum(each.cpu() for each in workers)
    at = clock.now()
    fall_due(rows, at)
    wait_until_sent(rows, time.monotonic() + PATIENCE)
    cpu = sum(each.cpu() for each in workers) - before
    mine = Delivery.objects.filter(pk__gte=rows[0].pk, pk__lte=rows[-1].pk)
    ended: datetime = mine.aggregate(last=Max("ended_at"))["last"]
    return count / (ended - at).total_seconds(), cpu / count * 1000


def beside_a_bare_loop(ground: Ground, scale: float, latency_ms: int, promised: float) -> bool:
    """(a): print both rates and their ratio; the bare loop is asked once before and once after the engine."""
    house, channels = ground.house, ground.channels
    house.sandbox.control("POST", "latency", {"milliseconds": latency_ms})
    count = max(40, round(10_000 * scale))
    first = bare_loop(house, channels, count // 2)
    ours, cpu = engine(channels, count, ground.workers)
    bare = 2 / (1 / first + 1 / bare_loop(house, channels, count // 2))
    ratio = ours / bare
    print(
        f"(a) {latency_ms} ms: {ours:.1f} lượt đăng/giây · vòng lặp trần {bare:.1f}/giây · tỉ lệ {ratio:.2f} "
        f"(hứa ≥ {promised}) · {cpu:.1f} ms CPU mỗi lượt · {count} lượt, {len(channels)} kênh, "
        f"{CALLS_AT_ONCE} lời gọi cùng lúc · {house.database}",
        flush=True,
    )
    return ratio >= promised


def due_in_one_second(ground: Ground, scale: float) -> bool:
    """(b): print the 50th and 99th percentile of lateness."""
    from cms.core import clock
    from publishers.delivery.models import Delivery

    ground.house.sandbox.control("POST", "latency", {"milliseconds": 20})
    count = max(20, round(500 * scale))
    rows = make_due(ground.channels, count, clock.now() + timedelta(hours=1))
    due = clock.now() + timedelta(seconds=2 + count / 200)
    for number, row in enumerate(rows):
        row.due_at = row.wake_at = due + timedelta(seconds=number / count)
    Delivery.objects.bulk_update(rows, ["due_at", "wake_at"], batch_size=100)
    wait_until_sent(rows, time.monotonic() + PATIENCE)
    mine = Delivery.objects.filter(pk__gte=rows[0].pk, pk__lte=rows[-1].pk)
    late = sorted(row.lateness or 0.0 for row in mine)
    p99 = late[min(len(late) - 1, round(len(late) * 0.99))]
    print(
        f"(b) {count} lượt đến giờ trong một giây, {len(ground.channels)} kênh, trả lời sau 20 ms: "
        f"trễ trung vị {statistics.median(late):.2f} giây · p99 {p99:.2f} giây (hứa ≤ {PROMISED_P99:g})",
        flush=True,
    )
    return p99 <= PROMISED_P99


#: What can be measured, and the promised share of the bare loop where there is one.
MEASURES: dict[str, Callable[[Ground, float], bool]] = {
    "a100": lambda ground, scale: beside_a_bare_loop(ground, scale, 100, PROMISED_SLOW),
    "a0": lambda ground, scale: beside_a_bare_loop(ground, scale, 0, PROMISED_INSTANT),
    "b": due_in_one_second,
}


def measure(wanted: Sequence[str], scale: float) -> list[str]:
    """Take the `wanted` measures, one after the other on the same workers; return those that missed their promise."""
    house = House()
    try:
        house.open()
        channels = make_channels(house.sandbox, max(LEAST_CHANNELS, round(300 * scale)))
        with workers_of(house) as workers:
            warm_up(channels, workers)
            ground = Ground(house, channels, workers)
            return [name for name in wanted if not MEASURES[name](ground, scale)]
    finally:
        house.close()
