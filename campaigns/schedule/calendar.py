"""The month as weeks of days. Pure: no Django."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
WEEKDAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of a year, for example Month(2026, 11)."""

    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)

    @classmethod
    def read(cls, text: str) -> Month | None:
        """Return the month written "2026-11"; None for anything else."""
        try:
            return cls.of(date.fromisoformat(f"{text}-01"))
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def title(self) -> str:
        """Return "Tháng 11 năm 2026"."""
        return f"Tháng {self.month} năm {self.year}"

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    def moved(self, months: int) -> Month:
        """Return the month `months` later (earlier when negative), kept within the years 1 to 9998."""
        index = min(max(self.year * 12 + self.month - 1 + months, 12), 9998 * 12 + 11)
        return Month(index // 12, index % 12 + 1)

    @property
    def grid_start(self) -> date:
        """The Monday on or before the first."""
        return self.first - timedelta(days=self.first.weekday())

    @property
    def grid_end(self) -> date:
        """The Sunday on or after the last."""
        last = self.moved(1).first - timedelta(days=1)
        return last + timedelta(days=6 - last.weekday())

    def bounds(self) -> tuple[datetime, datetime]:
        """Return the moments at which the grid begins and after which it has ended, on a clock in Viet Nam."""
        start = datetime.combine(self.grid_start, time(), VIETNAM)
        return start, datetime.combine(self.grid_end + timedelta(days=1), time(), VIETNAM)


@dataclass(slots=True)
class Day:
    """One day of the grid with what goes out on it, in order of time."""

    day: date
    in_month: bool
    is_today: bool
    entries: list[Any] = field(default_factory=list)

    @property
    def weekday(self) -> str:
        return WEEKDAYS[self.day.weekday()]


def month_grid(month: Month, entries: Iterable[Any], today: date) -> list[Day]:
    """Return every day of the grid (whole weeks, Monday first) with the entries whose `.at` falls on it."""
    days: dict[date, Day] = {}
    current = month.grid_start
    while current <= month.grid_end:
        days[current] = Day(current, Month.of(current) == month, current == today)
        current += timedelta(days=1)
    for entry in sorted(entries, key=lambda row: row.at):
        day = days.get(entry.at.astimezone(VIETNAM).date())
        if day is not None:
            day.entries.append(entry)
    return list(days.values())
