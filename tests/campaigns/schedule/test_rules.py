"""The clock and the calendar: quiet hours, spacing, clashes, to the minute."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.schedule import rules
from campaigns.schedule.rules import Taken

VN = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=VN)


def at(hour: int, minute: int = 0, day: int = 24) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=VN)


def test_time_in_the_past_is_refused_with_the_time_in_the_sentence():
    assert (
        rules.refusal_of_time(at(8, 59, 23), NOW)
        == "Giờ đăng 08:59, 23/11/2026 đã qua, vui lòng chọn một giờ trong tương lai."
    )


def test_the_present_moment_has_passed_and_the_next_second_has_not():
    assert rules.refusal_of_time(NOW, NOW) is not None
    assert rules.refusal_of_time(NOW + timedelta(seconds=1), NOW) is None


def test_slip_of_the_year_is_refused():
    assert "kiểm tra lại năm" in (rules.refusal_of_time(NOW.replace(year=2206), NOW) or "")


def test_naive_time_is_an_error_of_the_caller():
    with pytest.raises(ValueError):
        rules.refusal_of_time(datetime(2026, 11, 24), NOW)


@pytest.mark.parametrize(
    ("moment", "quiet"),
    [(at(21, 59), False), (at(22, 0), True), (at(0, 0), True), (at(5, 29), True), (at(5, 30), False)],
)
def test_quiet_hours_run_from_ten_at_night_to_half_past_five(moment, quiet):
    assert rules.is_quiet(moment) is quiet


def test_quiet_hours_are_those_of_viet_nam_whatever_zone_the_moment_carries():
    assert rules.is_quiet(datetime(2026, 11, 24, 15, 0, tzinfo=ZoneInfo("UTC"))) is True


def test_gap_forbids_a_time_too_near_and_names_a_free_one():
    refusal = rules.refusal_of_spacing(at(12, 20), [Taken(at(12), "Bản tin sáng")], timedelta(minutes=30))
    assert refusal == (
        "Kênh này đã có “Bản tin sáng” lúc 12:00, 24/11/2026, mỗi bài phải cách nhau ít nhất 30 phút. "
        "Giờ trống gần nhất: 12:30, 24/11/2026."
    )


def test_exactly_the_gap_apart_is_allowed():
    assert rules.refusal_of_spacing(at(12, 30), [Taken(at(12))], timedelta(minutes=30)) is None


def test_channel_without_a_gap_forbids_nothing():
    assert rules.refusal_of_spacing(at(12), [Taken(at(12))], timedelta(0)) is None


def test_free_time_is_never_offered_in_the_quiet_hours():
    free = rules.next_free(at(21, 50), [Taken(at(21, 45))], timedelta(minutes=30))
    assert free == at(5, 30, day=25)


def test_advice_mentions_night_and_crowding_but_not_for_loudspeakers():
    taken = [Taken(at(22, 10), "Bài khác")]
    assert rules.advice("facebook", at(22, 0), taken) == [
        "Lúc 22:00, 24/11/2026 là giờ nghỉ (từ 22:00 đến 05:30), bài sẽ có ít người xem.",
        "Kênh này đăng “Bài khác” lúc 22:10, 24/11/2026, hai bài quá gần nhau.",
    ]
    assert rules.advice("loudspeaker", at(22, 0), taken) == []


minutes = st.integers(min_value=0, max_value=3 * 24 * 60)


@given(minutes, st.lists(minutes, max_size=20), st.integers(min_value=0, max_value=180))
def test_free_time_clashes_with_nothing_and_is_never_earlier(start, others, gap_minutes):
    begin = NOW + timedelta(minutes=start)
    gap = timedelta(minutes=gap_minutes)
    taken = [Taken(NOW + timedelta(minutes=other)) for other in others]
    free = rules.next_free(begin, taken, gap)
    if free is not None:
        assert free >= begin
        assert rules.clash(free, taken, gap) is None
        assert not rules.is_quiet(free)
