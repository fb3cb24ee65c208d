"""The quiet hours of one channel: the part of the day in which nothing may go out. Pure: no database.

Quiet hours are two times on a clock in Viet Nam. The first belongs to them, the second does not; a pair whose second
time is the earlier one runs over midnight (22:00 to 05:30)."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from cms.core.clock import in_vietnam


def is_quiet(at: datetime, quiet_from: time | None, quiet_until: time | None) -> bool:
    """Return whether the aware moment `at` lies in the quiet hours. Without both times there are none."""
    if quiet_from is None or quiet_until is None:
        return False
    shown = in_vietnam(at).time()
    if quiet_from < quiet_until:
        return quiet_from <= shown < quiet_until
    return shown >= quiet_from or shown < quiet_until


def end_of_quiet(at: datetime, quiet_from: time | None, quiet_until: time | None) -> datetime:
    """Return the first moment from `at` on that is not quiet: `at` itself, or the end of the quiet hours around it."""
    if quiet_until is None or not is_quiet(at, quiet_from, quiet_until):
        return at
    here = in_vietnam(at)
    end = here.replace(
        hour=quiet_until.hour,
        minute=quiet_until.minute,
        second=quiet_until.second,
        microsecond=quiet_until.microsecond,
    )
    return end if end > here else end + timedelta(days=1)
