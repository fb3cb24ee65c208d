"""Rules of the clock and the calendar for slots: quiet hours, spacing, clashes. Pure: no Django.

All moments are aware; hours are those of a clock in Viet Nam."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

VIETNAM: Final = ZoneInfo("Asia/Ho_Chi_Minh")

#: Between these hours a post on a social channel reaches nobody and a phone's sound wakes people.
QUIET_FROM: Final = time(22, 0)
QUIET_UNTIL: Final = time(5, 30)
#: A text for loudspeakers is served silently, so it may arrive at night; the station decides when it is read.
SILENT_KINDS: Final = frozenset({"loudspeaker", "portal", "notice-board", "press"})
#: Two posts of one channel nearer than this compete with each other, even where the channel asks for no gap.
CROWDED: Final = timedelta(minutes=30)
#: Steps in which a free time is looked for, and how far ahead.
STEP: Final = timedelta(minutes=5)
HORIZON: Final = timedelta(days=2)
#: Further ahead a plan is more likely a slip of the keyboard (2206 for 2026) than a wish.
FURTHEST: Final = timedelta(days=366 * 2)


@dataclass(frozen=True, slots=True)
class Taken:
    """A time that is taken on a channel, and by what."""

    at: datetime
    title: str = ""


def stamp(moment: datetime) -> str:
    """Return "05:30, 23/11/2026"."""
    return moment.astimezone(VIETNAM).strftime("%H:%M, %d/%m/%Y")


def refusal_of_time(at: datetime, now: datetime) -> str | None:
    """Return why nothing can be planned at `at`, or None. Raises ValueError for a naive moment."""
    if at.tzinfo is None or now.tzinfo is None:
        raise ValueError("a naive datetime has no place on a clock")
    if at <= now:
        return f"Giờ đăng {stamp(at)} đã qua, vui lòng chọn một giờ trong tương lai."
    if at - now > FURTHEST:
        return f"Giờ đăng {stamp(at)} quá xa, vui lòng kiểm tra lại năm."
    return None


def is_quiet(at: datetime) -> bool:
    """Whether `at` lies in the quiet hours (22:00 to 05:30, the end not included)."""
    clock = at.astimezone(VIETNAM).time()
    return clock >= QUIET_FROM or clock < QUIET_UNTIL


def clash(at: datetime, taken: Iterable[Taken], gap: timedelta) -> Taken | None:
    """Return the taken time that stands nearer to `at` than `gap` (the nearest one), or None; no gap, no clash."""
    near = [other for other in taken if abs(other.at - at) < gap]
    return min(near, key=lambda other: (abs(other.at - at), other.at), default=None)


def next_free(at: datetime, taken: Iterable[Taken], gap: timedelta) -> datetime | None:
    """Return the first time from `at` on, in steps of five minutes, that clashes with nothing and is not quiet;
    None when the next two days hold none."""
    taken = list(taken)
    candidate = at
    while candidate - at <= HORIZON:
        if clash(candidate, taken, gap) is None and not is_quiet(candidate):
            return candidate
        candidate += STEP
    return None


def refusal_of_quiet(
    at: datetime,
    taken: Iterable[Taken],
    gap: timedelta,
    name: str,
    quiet_from: time | None,
    quiet_until: time | None,
) -> str | None:
    """Return why the quiet hours of the channel called `name` forbid `at`, with a free time to take instead, or None.

    The first time belongs to them, the second does not; they may run over midnight."""
    if quiet_from is None or quiet_until is None or not _within(at, quiet_from, quiet_until):
        return None
    sentence = (
        f"Kênh “{name}” nghỉ từ {quiet_from:%H:%M} đến {quiet_until:%H:%M}, không đăng bài lúc {stamp(at)}."
    )
    taken, free = list(taken), at
    while free - at <= HORIZON:
        if not _within(free, quiet_from, quiet_until) and clash(free, taken, gap) is None:
            return f"{sentence} Giờ trống gần nhất: {stamp(free)}."
        free += STEP
    return sentence


def _within(at: datetime, start: time, end: time) -> bool:
    shown = at.astimezone(VIETNAM).time()
    return start <= shown < end if start < end else shown >= start or shown < end


def refusal_of_spacing(at: datetime, taken: Iterable[Taken], gap: timedelta) -> str | None:
    """Return why the channel's own minimum gap forbids `at`, with a free time to take instead, or None."""
    taken = list(taken)
    other = clash(at, taken, gap)
    if other is None:
        return None
    sentence = (
        f"Kênh này đã có {_named(other)} lúc {stamp(other.at)}, mỗi bài phải cách nhau ít nhất {_span(gap)}."
    )
    free = next_free(at, taken, gap)
    return f"{sentence} Giờ trống gần nhất: {stamp(free)}." if free else sentence


def advice(kind: str, at: datetime, taken: Iterable[Taken]) -> list[str]:
    """Return sentences that a careful colleague would say about `at`; none of them forbids it."""
    said: list[str] = []
    if kind not in SILENT_KINDS and is_quiet(at):
        said.append(f"Lúc {stamp(at)} là giờ nghỉ (từ 22:00 đến 05:30), bài sẽ có ít người xem.")
    if kind not in SILENT_KINDS:
        other = clash(at, taken, CROWDED)
        if other is not None:
            said.append(f"Kênh này đăng {_named(other)} lúc {stamp(other.at)}, hai bài quá gần nhau.")
    return said


def _named(other: Taken) -> str:
    return f"“{other.title}”" if other.title else "một bài khác"


def _span(gap: timedelta) -> str:
    minutes, seconds = divmod(int(gap.total_seconds()), 60)
    if minutes and seconds:
        return f"{minutes} phút {seconds} giây"
    return f"{minutes} phút" if minutes else f"{seconds} giây"
