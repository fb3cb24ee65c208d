"""The one clock: aware UTC inside, Asia/Ho_Chi_Minh on screen."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """Return the present moment as an aware UTC datetime."""
    return timezone.now()


def in_vietnam(moment: datetime) -> datetime:
    """Return the aware `moment` as it stands on a clock in Viet Nam.

    Raises ValueError for a naive datetime: a time without a zone is a time nobody can keep."""
    if moment.tzinfo is None:
        raise ValueError("a naive datetime has no place on a clock")
    return moment.astimezone(VIETNAM)


def today() -> date:
    """Return today's date in Viet Nam."""
    return in_vietnam(now()).date()


def vietnam_time(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """Return the aware moment at which a clock in Viet Nam shows the given time."""
    return datetime(year, month, day, hour, minute, tzinfo=VIETNAM)


def spoken_stamp(moment: datetime) -> str:
    """Return `moment` as people here write it: "05:30, 23/11/2026"."""
    return in_vietnam(moment).strftime("%H:%M, %d/%m/%Y")
