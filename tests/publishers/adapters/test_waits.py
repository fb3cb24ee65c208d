"""Scenario 16: limits end where the platform's own day ends, daylight saving and month ends included."""

from datetime import UTC, datetime, timedelta

import pytest

from publishers.adapters.waits import (
    after_night_ban,
    backoff,
    next_minute,
    next_pacific_midnight,
    next_vietnam_day,
    spread,
)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "midnight"),
    [
        ("2026-01-15 07:59", "2026-01-15 08:00"),  # winter: Pacific is eight hours behind
        ("2026-01-15 08:00", "2026-01-16 08:00"),
        ("2026-07-15 06:59", "2026-07-15 07:00"),  # summer: seven hours
        ("2026-03-08 07:30", "2026-03-08 08:00"),  # the night before clocks go forward
        ("2026-03-08 08:30", "2026-03-09 07:00"),  # a day of 23 hours
        ("2026-11-01 06:30", "2026-11-01 07:00"),
        ("2026-11-01 07:30", "2026-11-02 08:00"),  # a day of 25 hours
        ("2026-12-31 20:00", "2027-01-01 08:00"),
    ],
)
def test_google_day_ends_at_midnight_in_california(now: str, midnight: str) -> None:
    assert next_pacific_midnight(utc(now)) == utc(midnight)


@pytest.mark.parametrize(
    ("now", "morning"),
    [
        ("2026-11-22 16:59", "2026-11-22 17:05"),  # 23:59 in Viet Nam
        ("2026-11-22 17:00", "2026-11-23 17:05"),  # 00:00 of the 23rd
        ("2026-12-31 10:00", "2026-12-31 17:05"),
    ],
)
def test_zalo_day_ends_at_midnight_in_viet_nam(now: str, morning: str) -> None:
    assert next_vietnam_day(utc(now)) == utc(morning)


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2026-11-22 15:30", "2026-11-22 23:05"),
        ("2026-11-22 22:59", "2026-11-22 23:05"),
        ("2026-11-22 23:05", "2026-11-23 23:05"),
    ],
)
def test_night_ban_ends_at_five_past_six_spread_by_account(now: str, day: str) -> None:
    ends = [after_night_ban(utc(now), f"oa-{number}") for number in range(40)]
    assert all(utc(day) <= moment < utc(day) + timedelta(minutes=5) for moment in ends)
    assert len(set(ends)) > 20
    assert after_night_ban(utc(now), "oa-1") == ends[1]


def test_minute_limit_ends_with_the_minute() -> None:
    assert next_minute(utc("2026-11-22 16:59:59.5")) == utc("2026-11-22 17:00:00")
    assert next_minute(utc("2026-11-22 17:00:00")) == utc("2026-11-22 17:01:00")


def test_spread_is_steady_and_within_bounds() -> None:
    assert spread("kenh", 300) == spread("kenh", 300)
    assert all(0 <= spread(str(number), 7) < 7 for number in range(100))
    assert timedelta(seconds=60) <= backoff("kenh") < timedelta(seconds=120)
