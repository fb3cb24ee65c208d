"""Sets of rows as bitmaps."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from media.library.finding.bits import CHUNK, Bits, intersection, read, stored, union

rows = st.sets(st.integers(min_value=0, max_value=4 * CHUNK), max_size=200)


@given(rows, rows)
def test_sets_of_bits_are_sets(left, right):
    assert set(Bits.of(left) & Bits.of(right)) == left & right
    assert set(Bits.of(left) | Bits.of(right)) == left | right == set(union([Bits.of(left), Bits.of(right)]))
    assert set(Bits.of(left) - Bits.of(right)) == left - right
    assert set(intersection([Bits.of(left), Bits.of(right), Bits.of(left)])) == left & right
    assert len(Bits.of(left)) == len(left)
    assert bool(Bits.of(left)) is bool(left)
    assert all(row in Bits.of(left) for row in left)
    assert not any(row in Bits.of(left) for row in right - left)


@given(rows, st.integers(min_value=0, max_value=250), st.integers(min_value=1, max_value=60))
def test_a_page_is_a_slice_of_the_newest_first(found, start, count):
    assert Bits.of(found).page(start, count) == sorted(found, reverse=True)[start : start + count]


@given(st.sets(st.integers(min_value=0, max_value=CHUNK - 1), max_size=700))
def test_a_chunk_is_read_as_it_was_stored(places):
    chunk = Bits.of(places).chunks.get(0, 0)
    assert read(stored(chunk)) == read(memoryview(stored(chunk))) == chunk


def test_a_stored_chunk_is_never_longer_than_its_bitmap():
    assert len(stored(1)) == 3
    assert max(len(stored((1 << count) - 1)) for count in range(1, CHUNK + 1, 37)) <= CHUNK // 8 + 1
