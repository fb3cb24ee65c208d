"""Until when a limited channel, app or project keeps still. Pure: the present moment comes in, an aware one goes out."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

PACIFIC = ZoneInfo("America/Los_Angeles")
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
FIVE_MINUTES = timedelta(minutes=5)
ONE_HOUR = timedelta(hours=1)
ONE_DAY = timedelta(days=1)


def next_minute(now: datetime) -> datetime:
    """Return the start of the next minute (Zalo counts calls per minute)."""
    return now.replace(second=0, microsecond=0) + timedelta(minutes=1)


def pacific_day(now: datetime) -> date:
    """Return the day on a Californian clock, by which Google counts."""
    return now.astimezone(PACIFIC).date()


def next_pacific_midnight(now: datetime) -> datetime:
    """Return the next 00:00 on a Californian clock, where Google's day ends; daylight saving is respected."""
    tomorrow = pacific_day(now) + timedelta(days=1)
    return datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=PACIFIC).astimezone(now.tzinfo)


def next_vietnam_day(now: datetime) -> datetime:
    """Return 00:05 of the next day in Viet Nam, where Zalo's day ends."""
    tomorrow = now.astimezone(VIETNAM).date() + timedelta(days=1)
    return datetime(tomorrow.year, tomorrow.month, tomorrow.day, 0, 5, tzinfo=VIETNAM).astimezone(now.tzinfo)


def after_night_ban(now: datetime, account: str) -> datetime:
    """Return 06:05 Viet Nam time plus up to five minutes that depend on `account`: OAs do not all start at once."""
    here = now.astimezone(VIETNAM)
    morning = here.replace(hour=6, minute=5, second=0, microsecond=0)
    if morning <= here:
        morning += timedelta(days=1)
    return (morning + timedelta(seconds=spread(account, 300))).astimezone(now.tzinfo)


def spread(name: str, seconds: int) -> int:
    """Return a number of seconds in [0, seconds) that is always the same for `name`."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big") % seconds


def backoff(account: str, base: float = 60.0) -> timedelta:
    """Return `base` seconds and up to as many again, by `account`."""
    return timedelta(seconds=base + spread(account, int(base)))
