"""After a chaos run: what citizens see (the sandbox's ledger, our served pages) beside what delivery says."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from benchmarks.ground.house import House

_NUMBER = re.compile(r"(?:Bài đo tải số|trực tuyến, bài) (\d{7})")
PROMISED_SETTLED = 0.95


@dataclass(frozen=True)
class Verdict:
    """The figures in the order they are printed, and every promise that was broken."""

    figures: dict[str, Any]
    broken: list[str]


def judge(house: House, wanted: int) -> Verdict:
    """Count in the ledger and compare."""
    from publishers.delivery.models import Attempt, Delivery
    from publishers.delivery.states import MAYBE_THERE, State

    seen = _seen(house)
    rows = {_number_of(row.request["text"]): row for row in Delivery.objects.filter(station__isnull=True)}
    stations = list(Delivery.objects.filter(station__isnull=False).select_related("receipt"))
    everything = [*rows.values(), *stations]
    live = [row for row in everything if row.state == State.LIVE]
    held = Counter(row.reason for row in everything if row.state == State.HELD)
    in_the_air = [
        row for row in everything if row.state not in (State.LIVE, State.HELD, State.CANCELLED, State.DROPPED)
    ]
    duplicates = sum(count - 1 for count in seen.values()) + _station_duplicates()
    told_live = [row for number, row in rows.items() if row.state == State.LIVE and not seen[number]]
    unserved = _unserved([row for row in stations if row.state == State.LIVE])
    told_absent = [
        row
        for number, row in rows.items()
        if seen[number] and row.state != State.LIVE and row.reason not in MAYBE_THERE
    ]
    unclear = set(
        Attempt.objects.filter(outcome="unknown", is_look=False, delivery__station__isnull=True)
        .values_list("delivery_id", flat=True)
    )  # fmt: skip
    # Whatever a person is asked to look at was unclear, by whichever way it became so.
    asked = {row.pk for row in rows.values() if row.reason in MAYBE_THERE}
    unclear |= asked
    share = 1 - len(asked) / len(unclear) if unclear else 1.0
    figures = {
        "lượt đăng": len(everything),
        "đã đăng": len(live),
        "tạm giữ, nêu lý do": dict(held) or 0,
        "bài thấy được trên nền tảng": sum(seen.values()),
        "bài trùng": duplicates,
        "bài mất": len(told_live) + unserved + len(in_the_air) + (wanted - len(everything)),
        "báo chưa lên nhưng đã lên": len(told_absent),
        "lượt từng chưa rõ kết quả": len(unclear),
        "trong đó tự làm rõ bằng cách đọc lại": f"{share:.1%} (hứa ≥ {PROMISED_SETTLED:.0%})",
        "lần gửi": Attempt.objects.filter(is_look=False).count(),
        "lần đọc lại": Attempt.objects.filter(is_look=True).count(),
        "lần gửi bỏ dở còn mở": Attempt.objects.filter(finished_at__isnull=True).count(),
    }
    broken = [
        sentence
        for sentence, is_broken in {
            "có bài trùng": duplicates > 0,
            "có bài báo đã đăng mà không thấy": bool(told_live) or unserved > 0,
            "có lượt chưa kết thúc mà cũng không tạm giữ": bool(in_the_air),
            "có lượt biến mất": len(everything) != wanted,
            "có bài báo chưa lên nhưng đã lên": bool(told_absent),
            "tự làm rõ chưa đủ": share < PROMISED_SETTLED,
        }.items()
        if is_broken
    ]
    for row in [*in_the_air, *told_live, *told_absent][:10]:
        figures[f"lượt {row.pk}"] = _story(row)
    for number in [number for number, count in seen.items() if count > 1][:10]:
        figures[f"trùng: lượt {rows[number].pk}"] = _story(rows[number])
    return Verdict(figures, broken)


def _number_of(text: str) -> str:
    found = _NUMBER.search(text)
    return found.group(1) if found else text


def _seen(house: House) -> Counter[str]:
    """Post number → how many times citizens could see it, on whatever platform."""
    seen: Counter[str] = Counter()
    for effect in house.sandbox.control("GET", "effects"):
        found = _NUMBER.search(json.dumps(effect, ensure_ascii=False))
        if found is None:
            raise SystemExit(f"Sổ của nền tảng có bài lạ: {effect}")
        seen[found.group(1)] += 1
    return seen


def _station_duplicates() -> int:
    """Scripts of one slot that one station serves more than once."""
    from django.db.models import Count

    from publishers.scripts.models import ScriptVersion

    pages = ScriptVersion.objects.values("station_id", "slot_id").annotate(number=Count("pk")).order_by()
    return sum(page["number"] - 1 for page in pages)


def _unserved(live: list[Any]) -> int:
    """How many stations' pages do not serve the version their receipt names."""
    from publishers.adapters.bases import configured
    from publishers.adapters.loudspeaker import read_back, station_session
    from publishers.adapters.seam import Outcome

    with station_session(configured()) as session:
        return sum(
            read_back(row.receipt.permalink, row.receipt.remote_id, session).outcome is not Outcome.OK
            for row in live
        )


def _story(row: Any) -> str:
    from publishers.delivery.models import Attempt

    tries = [
        f"{each.number}:{each.step}{'?' if each.is_look else ''}={each.outcome or 'mở'}/{each.code}@{each.started_at:%M:%S.%f}"[
            :60
        ]
        for each in Attempt.objects.filter(delivery=row)
    ]
    return (
        f"{row.kind} {row.state} {row.reason} {row.next_step} thức {row.wake_at:%M:%S} "
        if row.wake_at
        else f"{row.kind} {row.state} {row.reason} " + " ".join(tries)
    )
