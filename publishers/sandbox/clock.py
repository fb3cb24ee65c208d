"""The sandbox's own clock, which a test may set or push forward."""

import time
from datetime import UTC, datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")


class Clock:
    """Real time plus an offset that survives a restart (the store keeps it)."""

    def __init__(self, offset: float = 0.0) -> None:
        self.offset = offset

    def now(self) -> float:
        """Seconds since the epoch, UTC, as the platforms see it."""
        return time.time() + self.offset

    def set(self, moment: float) -> None:
        """Make ``moment`` (seconds since the epoch) the present; the clock goes on ticking."""
        self.offset = moment - time.time()

    def advance(self, seconds: float) -> None:
        """Push the present forward (or back, when negative) by ``seconds``."""
        self.offset += seconds


def parse_moment(value: object) -> float:
    """Read a unix number or an ISO 8601 text with zone; raises ValueError for anything else."""
    if isinstance(value, bool) or value is None:
        raise ValueError("moment")
    if isinstance(value, int | float):
        return float(value)
    moment = datetime.fromisoformat(str(value).replace("Z", "+00:00"))
    if moment.tzinfo is None:
        raise ValueError("moment without zone")
    return moment.timestamp()


def rfc3339(moment: float) -> str:
    """The form Google writes: ``2026-11-22T06:08:32Z``."""
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def graph_time(moment: float) -> str:
    """The form the Graph API writes: ``2026-11-22T06:08:32+0000``."""
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")


def vietnam(moment: float) -> datetime:
    """The same instant on a clock in Viet Nam (UTC+7 all year)."""
    return datetime.fromtimestamp(moment, VIETNAM)


def pacific_day(moment: float) -> str:
    """The date in California, by which Google counts quota; the US rule of 2007 for summer time."""
    utc = datetime.fromtimestamp(moment, UTC)
    summer_starts = _sunday(utc.year, month=3, which=2) + timedelta(hours=10)
    summer_ends = _sunday(utc.year, month=11, which=1) + timedelta(hours=9)
    hours = 7 if summer_starts <= utc < summer_ends else 8
    return (utc - timedelta(hours=hours)).date().isoformat()


def _sunday(year: int, *, month: int, which: int) -> datetime:
    first = datetime(year, month, 1, tzinfo=UTC)
    return first + timedelta(days=(6 - first.weekday()) % 7 + 7 * (which - 1))
