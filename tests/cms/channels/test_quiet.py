"""The quiet hours of a channel, on a clock in Viet Nam."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.channels.quiet import end_of_quiet, is_quiet
from cms.core.clock import vietnam_time

NIGHT = (time(22), time(5, 30))
NOON = (time(11, 30), time(13))
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))
HOURS = st.tuples(st.times(), st.times()).filter(lambda pair: pair[0] != pair[1])


@pytest.mark.parametrize(
    ("hour", "minute", "hours", "quiet"),
    [
        (21, 59, NIGHT, False),
        (22, 0, NIGHT, True),
        (0, 0, NIGHT, True),
        (5, 29, NIGHT, True),
        (5, 30, NIGHT, False),
        (11, 30, NOON, True),
        (13, 0, NOON, False),
        (23, 0, NOON, False),
        (23, 0, (None, None), False),
    ],
)
def test_first_time_is_quiet_and_the_second_is_not(hour, minute, hours, quiet):
    assert is_quiet(vietnam_time(2026, 11, 25, hour, minute), *hours) is quiet


def test_clock_of_viet_nam_counts_not_utc():
    assert is_quiet(datetime(2026, 11, 25, 15, 0, tzinfo=UTC), *NIGHT)


@pytest.mark.parametrize(
    ("at", "end"),
    [
        (vietnam_time(2026, 11, 25, 23), vietnam_time(2026, 11, 26, 5, 30)),
        (vietnam_time(2026, 11, 26, 1), vietnam_time(2026, 11, 26, 5, 30)),
        (vietnam_time(2026, 11, 25, 12), vietnam_time(2026, 11, 25, 12)),
    ],
)
def test_what_falls_into_the_night_goes_out_in_the_morning(at, end):
    assert end_of_quiet(at, *NIGHT) == end


@given(MOMENTS, HOURS)
def test_end_is_never_quiet_never_earlier_and_never_a_day_away(at, hours):
    end = end_of_quiet(at, *hours)
    assert not is_quiet(end, *hours)
    assert at <= end < at + timedelta(days=1)
    assert (end == at) is (not is_quiet(at, *hours))
