"""The session of a station as pure rules: its order, its length, and what speaks against it. Pure: no Django.

Urgent items always stand first, whatever order people chose among the rest; an item that is skipped takes no time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final

URGENT: Final = "khan-cap"
PREFERRED: Final = "uu-tien"
_RANK: Final = {URGENT: 0}
# A bulletin first, what the commune adds after it, what is taken over last; people may put it otherwise.
_KINDS: Final = {"script": 0, "notice": 1, "relay": 2}
#: Music between two items, and at both ends (seconds).
BRIDGE_SECONDS: Final = 5
SIGNATURE_SECONDS: Final = 15
#: Sessions of a station that has not said when it is on air: the hours of Nghị định 49/2024/NĐ-CP as applied.
USUAL_WINDOWS: Final = ((time(5, 30), time(6, 30)), (time(17, 0), time(18, 0)))
#: Before the first item of a class nobody has moved: preferred items follow the urgent ones.
UNPLACED: Final = 10_000


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a session. `key` names it ("script:12", "notice:3", "relay:7"); `position` is where people put it
    (None: nobody has); `seconds` is how long it really takes in this session."""

    key: str
    title: str
    priority: str
    seconds: int
    position: int | None = None
    skipped: bool = False
    # On the same place the earlier one goes first.
    at: datetime | None = None

    @property
    def is_urgent(self) -> bool:
        return self.priority == URGENT


@dataclass(frozen=True, slots=True)
class Timed:
    """An item with the moment it begins when the session starts on time."""

    item: Item
    starts: datetime

    @property
    def ends(self) -> datetime:
        return self.starts + timedelta(seconds=self.item.seconds)


def ordered(items: Iterable[Item]) -> list[Item]:
    """Return the items in playing order: urgent ones first, then as people placed them, then preferred before normal
    and earlier before later. The same items give the same order, however they come."""

    def place(item: Item) -> tuple:
        settled = UNPLACED if item.position is None else item.position
        unplaced = 0 if item.priority == PREFERRED else 1
        return (
            _RANK.get(item.priority, 1),
            settled,
            unplaced if item.position is None else 0,
            _KINDS.get(item.key.partition(":")[0], 0),
            item.at.timestamp() if item.at else 0.0,
            # "script:99" before "script:100".
            len(item.key),
            item.key,
        )

    return sorted(items, key=place)


def length(items: Sequence[Item]) -> int:
    """Return the seconds a session takes: its items, the signature tune at both ends, music between two items."""
    played = [item for item in items if not item.skipped]
    if not played:
        return 0
    return sum(item.seconds for item in played) + 2 * SIGNATURE_SECONDS + BRIDGE_SECONDS * (len(played) - 1)


def timed(items: Sequence[Item], begins: datetime) -> list[Timed]:
    """Return when each played item begins if the session begins at `begins`."""
    at = begins + timedelta(seconds=SIGNATURE_SECONDS)
    rows = []
    for item in items:
        if item.skipped:
            continue
        rows.append(Timed(item, at))
        at += timedelta(seconds=item.seconds + BRIDGE_SECONDS)
    return rows


def over_by(items: Sequence[Item], window: tuple[time, time]) -> int:
    """Return by how many seconds the session is longer than its window; 0 when it fits."""
    starts, ends = window
    room = (ends.hour - starts.hour) * 3600 + (ends.minute - starts.minute) * 60
    return max(0, length(items) - room)


def moved(items: Sequence[Item], key: str, steps: int) -> list[Item]:
    """Return the items with one moved by `steps` (negative: earlier), everything numbered anew. Urgent items keep
    their place at the head. Raises KeyError for an item that is not there."""
    rows = ordered(items)
    numbers = {item.key: number for number, item in enumerate(rows)}
    at = numbers[key]
    target = max(0, min(len(rows) - 1, at + steps))
    rows.insert(target, rows.pop(at))
    return placed(rows)


def arranged(items: Sequence[Item], keys: Sequence[str]) -> list[Item]:
    """Return the items in the order of `keys`; those not named follow as they stood. Unknown and repeated keys count
    for nothing."""
    by_key = {item.key: item for item in ordered(items)}
    wanted = [by_key.pop(key) for key in dict.fromkeys(keys) if key in by_key]
    return placed([*wanted, *by_key.values()])


def placed(rows: Sequence[Item]) -> list[Item]:
    """Return `rows` numbered in this order, urgent ones drawn to the head."""
    return ordered(replace(item, position=number) for number, item in enumerate(rows))


def window_of(at: time, windows: Sequence[tuple[time, time]]) -> tuple[time, time] | None:
    """Return the session in which something due at `at` is played: the one that holds it, else the next of the day,
    else the last. None without windows."""
    rows = sorted(windows)
    for window in rows:
        if at < window[1]:
            return window
    return rows[-1] if rows else None


def part_of_day(starts: time) -> str:
    """Return the part of the day in words: "sáng", "trưa", "chiều", "tối"."""
    return (
        "sáng" if starts.hour < 11 else "trưa" if starts.hour < 14 else "chiều" if starts.hour < 18 else "tối"
    )


def moment(day: date, at: time, zone) -> datetime:
    """Return the aware moment at which the clock of `zone` shows `at` on `day`."""
    return datetime.combine(day, at, tzinfo=zone)
