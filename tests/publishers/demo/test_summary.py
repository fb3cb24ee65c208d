"""The summary counts outside and says when a figure is wrong."""

from __future__ import annotations

from publishers.demo.summary import expected_per_platform, summarise

EFFECTS = [
    {"platform": "facebook", "live": True},
    {"platform": "facebook", "live": True},
    {"platform": "facebook", "live": False},
    {"platform": "youtube", "live": True},
    {"platform": "zalo", "live": True},
]


def lines(**changes):
    given = {
        "effects": EFFECTS,
        "duplicates": 0,
        "expected": {"facebook": 2, "youtube": 1, "zalo": 1},
        "scripts_per_province": {"Gia Lai": 137},
        "stations_per_province": {"Gia Lai": 137},
        "speech_seconds": 120 * 60,
        "seconds": 61.4,
    }
    return summarise(**{**given, **changes})


def test_all_right_when_every_figure_is_as_planned():
    assert [line.right for line in lines()] == [True] * 7


def test_a_post_that_was_taken_down_does_not_count():
    assert lines()[0].found == 2


def test_a_post_too_many_is_wrong():
    extra = [*EFFECTS, {"platform": "zalo", "live": True}]
    assert [line.label for line in lines(effects=extra) if not line.right] == ["Bài hiện trên Zalo"]


def test_a_duplicate_is_wrong():
    assert [line.label for line in lines(duplicates=1) if not line.right] == ["Bài trùng nhau"]


def test_a_station_without_its_script_is_wrong():
    short = lines(scripts_per_province={"Gia Lai": 136})
    assert [line.label for line in short if not line.right] == ["Đài đang phục vụ bản đọc, Gia Lai"]


def test_minutes_and_seconds_are_rounded_for_people():
    assert [(line.found, line.unit) for line in lines()[-2:]] == [(120, "phút"), (61, "giây")]


def test_kinds_without_a_platform_expect_no_post():
    assert dict(expected_per_platform(["facebook", "loudspeaker", "facebook", "press"])) == {"facebook": 2}
