"""The order and length of a session: urgent first whatever people chose, and honest about what does not fit."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishers.programmes.session import (
    BRIDGE_SECONDS,
    SIGNATURE_SECONDS,
    Item,
    arranged,
    length,
    moved,
    ordered,
    over_by,
    part_of_day,
    timed,
    window_of,
)

MORNING, EVENING = (time(5, 30), time(6, 0)), (time(17, 0), time(18, 0))


def item(key: str, priority: str = "thong-thuong", seconds: int = 60, **more) -> Item:
    return Item(key, key, priority, seconds, **more)


items = st.lists(
    st.builds(
        Item,
        st.integers(0, 99).map(str),
        st.just("x"),
        st.sampled_from(["khan-cap", "uu-tien", "thong-thuong"]),
        st.integers(1, 900),
        st.none() | st.integers(0, 20),
        st.booleans(),
    ),
    max_size=8,
    unique_by=lambda each: each.key,
)


def keys(rows) -> str:
    return " ".join(row.key for row in rows)


def test_urgent_first_then_preferred_then_the_order_of_time():
    early, late = datetime(2026, 11, 23, tzinfo=UTC), datetime(2026, 11, 24, tzinfo=UTC)
    rows = [item("b", at=late), item("a", at=early), item("p", "uu-tien"), item("k", "khan-cap")]
    assert keys(ordered(rows)) == "k p a b"


def test_people_may_put_normal_items_before_preferred_ones_but_never_before_urgent_ones():
    rows = [item("k", "khan-cap"), item("p", "uu-tien"), item("a"), item("b")]
    assert keys(moved(rows, "b", -3)) == "k b p a"
    assert keys(arranged(rows, ["b", "a", "k"])) == "k b a p"
    assert keys(arranged(rows, ["nobody", "a", "a"])) == "k a p b"


def test_new_items_join_behind_what_people_placed():
    rows = [item("a", position=1), item("b", position=0), item("new"), item("p", "uu-tien")]
    assert keys(ordered(rows)) == "b a p new"


def test_of_two_at_the_same_time_the_one_issued_first_leads_whatever_their_numbers():
    rows = [item("script:100"), item("script:99"), item("script:1000")]
    assert keys(ordered(rows)) == "script:99 script:100 script:1000"


def test_length_counts_music_and_leaves_out_what_is_skipped():
    rows = [item("a", seconds=120), item("b", seconds=60), item("c", seconds=600, skipped=True)]
    assert length(rows) == 180 + 2 * SIGNATURE_SECONDS + BRIDGE_SECONDS
    assert length([]) == length([item("c", skipped=True)]) == 0


def test_session_that_does_not_fit_says_by_how_much():
    rows = [item("a", seconds=1700), item("b", seconds=200)]
    assert over_by(rows, MORNING) == 1900 + 30 + 5 - 1800
    assert over_by(rows, EVENING) == 0


def test_each_item_begins_when_the_one_before_has_ended():
    begins = datetime(2026, 11, 23, 5, 30, tzinfo=UTC)
    rows = timed([item("a", seconds=120), item("s", skipped=True), item("b", seconds=60)], begins)
    assert [f"{row.starts:%H:%M:%S}" for row in rows] == ["05:30:15", "05:32:20"]
    assert f"{rows[-1].ends:%H:%M:%S}" == "05:33:20"


@pytest.mark.parametrize(
    ("at", "window"),
    [
        (time(5, 30), MORNING),
        (time(4, 0), MORNING),
        (time(6, 0), EVENING),
        (time(12, 0), EVENING),
        (time(17, 59), EVENING),
        (time(21, 0), EVENING),
    ],
)
def test_everything_finds_a_session(at, window):
    assert window_of(at, [EVENING, MORNING]) == window
    assert window_of(at, []) is None


def test_parts_of_the_day_are_named():
    hours = (time(5, 30), time(11, 30), time(17, 0), time(18, 30))
    assert [part_of_day(at) for at in hours] == ["sáng", "trưa", "chiều", "tối"]


@given(items, st.randoms())
def test_order_depends_on_the_items_alone_and_urgent_ones_lead(rows, chance):
    first = ordered(rows)
    chance.shuffle(rows)
    assert ordered(rows) == first
    urgent = [row.is_urgent for row in first]
    assert urgent == sorted(urgent, reverse=True)


@given(items, st.integers(-9, 9))
def test_moving_loses_and_adds_nothing(rows, steps):
    for row in rows:
        after = moved(rows, row.key, steps)
        assert sorted(each.key for each in after) == sorted(each.key for each in rows)
        urgent = [each.is_urgent for each in after]
        assert urgent == sorted(urgent, reverse=True)
