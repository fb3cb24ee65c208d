"""When a station may be on air: what is impossible, and what must be confirmed knowingly."""

from __future__ import annotations

from datetime import time

import pytest

from publishers.stations.windows import hard_warnings, minutes_of, mistakes, script_warnings


def at(text: str) -> tuple[time, time]:
    start, end = text.split("-")
    return time.fromisoformat(start), time.fromisoformat(end)


@pytest.mark.parametrize(
    ("window", "count"),
    [("05:30-06:30", 0), ("05:29-06:00", 1), ("05:30-06:31", 1), ("04:45-06:00", 2), ("17:00-18:00", 0)],
)
def test_before_half_past_five_and_over_an_hour_are_warned_of(window, count):
    assert len(hard_warnings([at(window)])) == count


def test_warnings_are_whole_sentences():
    assert hard_warnings([at("04:45-06:00")]) == [
        "Khung giờ 04:45–06:00 bắt đầu trước 05:30, giờ sớm nhất nên phát loa để không làm phiền người dân.",
        "Khung giờ 04:45–06:00 dài hơn 60 phút, mức dài nhất của một buổi phát.",
    ]


def test_windows_that_overlap_or_end_before_they_begin_are_mistakes():
    assert mistakes([at("05:30-06:00"), at("17:00-17:30")]) == []
    assert mistakes([at("05:30-06:00"), at("06:00-06:30")]) == []
    assert mistakes([at("17:00-16:00")]) == [
        "Khung giờ 17:00–16:00 kết thúc trước khi bắt đầu, vui lòng sửa lại."
    ]
    assert mistakes([at("05:30-06:00"), at("05:45-06:15")]) == [
        "Khung giờ 05:30–06:00 và 05:45–06:15 chồng lên nhau, vui lòng sửa lại."
    ]


def test_length_is_in_minutes():
    assert minutes_of(at("05:30-07:05")) == 95


@pytest.mark.parametrize(
    ("starts", "seconds", "windows", "said"),
    [
        (time(5, 30), 600, [(time(5, 30), time(6, 0))], []),
        (
            time(4, 45),
            60,
            [],
            ["Giờ phát 04:45 sớm hơn 05:30, giờ sớm nhất nên phát loa để không làm phiền người dân."],
        ),
        (time(17, 0), 3601, [], ["Bản tin dài hơn 60 phút, mức dài nhất của một buổi phát."]),
        (
            time(12, 0),
            60,
            [(time(17, 0), time(18, 0)), (time(5, 30), time(6, 0))],
            ["Giờ phát 12:00 nằm ngoài khung giờ của đài (05:30–06:00; 17:00–18:00)."],
        ),
        (
            time(5, 55),
            301,
            [(time(5, 30), time(6, 0))],
            ["Phát từ 05:55 thì đến 06:00 hết khung giờ mà bản tin chưa đọc xong. Hãy chọn bản ngắn hơn."],
        ),
    ],
)
def test_one_script_is_measured_against_the_hours_of_its_station(starts, seconds, windows, said):
    assert script_warnings(starts, seconds, windows) == said
