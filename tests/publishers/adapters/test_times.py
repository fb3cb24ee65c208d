"""Moments in every spelling the platforms use."""

from datetime import UTC, datetime

import pytest

from publishers.adapters.times import moment_of

MOMENT = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [
        "2026-11-22T22:30:00+0000", "2026-11-22T22:30:00Z", "2026-11-23T05:30:00+07:00", "2026-11-22T22:30:00",
        1795386600, 1795386600000, "1795386600", "1795386600000", 1795386600.0,
    ],
)  # fmt: skip
def test_seconds_milliseconds_and_iso_texts_are_the_same_moment(value: object) -> None:
    assert moment_of(value) == MOMENT


@pytest.mark.parametrize("value", [None, "", "hôm qua", True, "9" * 400, float("inf"), [], {}])
def test_anything_else_is_no_moment(value: object) -> None:
    assert moment_of(value) is None
