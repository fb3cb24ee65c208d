"""(c): one claim in a table with a million future and a million settled rows, beside one in a table of ten thousand."""

from __future__ import annotations

import statistics
import time
from datetime import timedelta
from typing import Any

from benchmarks.ground.house import House
from benchmarks.ground.posts import PORTION, make_channels, make_due

PROMISED_CLAIM = 1.5
SMALL, LARGE = 10_000, 2_000_000
CHANNELS, BATCH, CLAIMS = 40, 16, 41
#: Slots whose rows are written by one statement.
SLOTS_AT_ONCE = 2_000


def claim_in_a_large_table(scale: float) -> bool:
    """(c): print the median time of one claim at both sizes, and the plan the database chose for the large one."""
    house = House()
    try:
        house.open()
        from django.db import connection

        from cms.core import clock
        from publishers.delivery.models import Delivery
        from publishers.delivery.services import claiming
        from publishers.delivery.states import Lane

        channels = make_channels(house.sandbox, CHANNELS)
        due = make_due(channels, CHANNELS, clock.now() + timedelta(seconds=-1))

        def median_claim() -> float:
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
            times = []
            for _ in range(CLAIMS):
                began = time.monotonic()
                taken = claiming.claim(Lane.PUBLISH, "đo tải", BATCH)
                times.append(time.monotonic() - began)
                ids = [each.delivery_id for each in taken]
                if len(ids) != BATCH:
                    raise SystemExit(f"Nhận được {len(ids)} việc thay vì {BATCH}: phép đo không có giá trị.")
                past = clock.now() - timedelta(seconds=1)
                Delivery.objects.filter(pk__in=ids).update(state="ready", lease_until=None, wake_at=past)
            return statistics.median(times)

        small_rows = _fill(channels, due, max(400, round(SMALL * scale)))
        small = median_claim()
        rows = _fill(channels, due, max(4_000, round(LARGE * scale)))
        large = median_claim()
        plan = claiming._candidates(Lane.PUBLISH, clock.now())[: BATCH * claiming.READ_AHEAD].explain()
        print(
            f"(c) nhận {BATCH} việc: {small * 1000:.1f} ms ở {small_rows} dòng · {large * 1000:.1f} ms ở {rows} dòng · "
            f"tỉ lệ {large / small:.2f} (hứa ≤ {PROMISED_CLAIM}) · {house.database}; kế hoạch của cơ sở dữ liệu:",
            flush=True,
        )
        for line in plan.splitlines():
            print(f"      {line}", flush=True)
        return large / small <= PROMISED_CLAIM
    finally:
        house.close()


def _fill(channels: list[Any], due: list[Any], count: int) -> int:
    """Add `count` rows, half of them due in thirty days and later, half settled; return how many there are then.

    The database copies the rows that are due to new slots: nobody makes two million objects."""
    from django.db import connection

    from campaigns.schedule.models import Slot
    from cms.core import clock
    from publishers.delivery.models import Delivery

    now, variant_id = clock.now(), due[0].slot.variant_id
    taken = Slot.objects.count()
    slots = max(2, count // len(channels))
    for start in range(0, slots, SLOTS_AT_ONCE):
        made = Slot.objects.bulk_create(
            (
                Slot(
                    variant_id=variant_id,
                    channel=channels[0],
                    at=now + timedelta(days=30, seconds=taken + start + each),
                )
                for each in range(min(SLOTS_AT_ONCE, slots - start))
            ),
            batch_size=PORTION,
        )
        with connection.cursor() as cursor:
            cursor.execute(*_copying(made[0].pk, made[-1].pk, [row.pk for row in due], now))
    return Delivery.objects.count()


def _copying(first: int, last: int, due: list[int], now: Any) -> tuple[str, list[Any] | None]:
    """Return the statement that copies the rows `due` to every slot from `first` to `last`; even slots are settled."""
    from django.db import connection

    from publishers.delivery.models import Delivery

    postgres = connection.vendor == "postgresql"
    new_id = "gen_random_uuid()" if postgres else "lower(hex(randomblob(16)))"
    settled = "s.id % 2 = 0"
    own = {
        "slot_id": "s.id", "public_id": new_id, "due_at": "s.at",
        "state": f"CASE WHEN {settled} THEN 'live' ELSE 'ready' END",
        "wake_at": f"CASE WHEN {settled} THEN NULL ELSE s.at END",
        "ended_at": f"CASE WHEN {settled} THEN {'now()' if postgres else '%s'} END",
    }  # fmt: skip
    columns = [field.column for field in Delivery._meta.concrete_fields if field.column != "id"]
    values = ", ".join(own.get(str(column), f'd."{column}"') for column in columns)
    named = ", ".join(f'"{column}"' for column in columns)
    statement = (
        f"INSERT INTO delivery_delivery ({named}) SELECT {values} FROM delivery_delivery d, schedule_slot s "  # noqa: S608
        f"WHERE s.id BETWEEN {first} AND {last} AND d.id IN ({', '.join(map(str, due))})"
    )
    return statement, None if postgres else [str(now.replace(tzinfo=None))]
