"""How long a script takes: exact seconds, and the words people are told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishers.scripts.timing import length_in_words, reading_seconds, short_length, whole_seconds


@pytest.mark.parametrize(
    ("syllables", "sentences", "paragraphs", "rate", "seconds"),
    [
        (190, 0, 0, 190, 60.0),
        (190, 5, 2, 190, 63.6),
        (570, 20, 6, 190, 192.8),
        (192, 13, 5, 190, 69.831578947368421),
        (150, 1, 1, 150, 61.2),
        (0, 0, 0, 190, 0.0),
    ],
)
def test_length_is_syllables_at_the_stations_rate_plus_pauses(
    syllables, sentences, paragraphs, rate, seconds
):
    assert reading_seconds(syllables, sentences, paragraphs, rate) == pytest.approx(seconds)


def test_rate_of_nothing_is_refused():
    with pytest.raises(ValueError, match="positive"):
        reading_seconds(10, 1, 1, 0)


@pytest.mark.parametrize(
    ("seconds", "words", "short"),
    [
        (0, "0 giây", "0 giây"),
        (45.4, "45 giây", "45 giây"),
        (59.5, "1 phút", "1 phút"),
        (69.83, "1 phút 10 giây", "1 phút 10"),
        (460, "7 phút 40 giây", "7 phút 40"),
        (189, "3 phút 9 giây", "3 phút 09"),
        (3600, "60 phút", "60 phút"),
    ],
)
def test_length_is_told_as_people_say_it(seconds, words, short):
    assert (length_in_words(seconds), short_length(seconds)) == (words, short)


@given(st.integers(0, 5000), st.integers(0, 300), st.integers(0, 60), st.integers(100, 300))
def test_reading_faster_never_takes_longer(syllables, sentences, paragraphs, rate):
    slow = reading_seconds(syllables, sentences, paragraphs, rate)
    assert reading_seconds(syllables, sentences, paragraphs, rate + 1) <= slow
    assert whole_seconds(slow) >= 0
