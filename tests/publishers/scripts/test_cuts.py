"""Shorter versions of one text: what must stay stays, what goes first was marked so, and the same cut every time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishers.scripts.blocks import Block, BlockKind, Keep, Part, Voice, from_json, to_json
from publishers.scripts.cuts import LENGTHS, block_seconds, cut_to, seconds_of, versions

FRAME = (BlockKind.OPENING, BlockKind.GREETING, BlockKind.REMINDER, BlockKind.CLOSING)


def block(kind: BlockKind, words: int, keep: Keep = Keep.USUAL) -> Block:
    return Block(kind, Voice.FEMALE, (((Part(" ".join(["bà"] * words) + "."),),),), keep=keep)


def bulletin(*content: Block) -> tuple[Block, ...]:
    return (
        Block(BlockKind.CUE, cue="Nhạc"),
        block(BlockKind.OPENING, 12),
        block(BlockKind.GREETING, 20),
        *content,
        block(BlockKind.REMINDER, 30),
        block(BlockKind.CLOSING, 15),
        Block(BlockKind.CUE, cue="Nhạc kết"),
    )


blocks = st.lists(
    st.tuples(st.integers(1, 300), st.sampled_from(list(Keep))).map(
        lambda drawn: block(BlockKind.CONTENT, *drawn)
    ),
    min_size=1,
    max_size=12,
).map(lambda content: bulletin(*content))


def test_one_minute_keeps_what_was_marked_and_the_frame():
    paragraphs = (
        block(BlockKind.CONTENT, 60),
        block(BlockKind.CONTENT, 70, Keep.ALWAYS),
        block(BlockKind.CONTENT, 60, Keep.FIRST_TO_GO),
        block(BlockKind.CONTENT, 30),
    )
    version = cut_to(bulletin(*paragraphs), 1)
    assert [each.spoken.count("bà") for each in version.blocks if each.kind is BlockKind.CONTENT] == [70]
    assert version.dropped == (3, 5, 6)
    # 147 syllables at 190 a minute, five sentences and five paragraphs.
    assert version.seconds == pytest.approx(147 / 190 * 60 + 5 * 0.4 + 5 * 0.8)
    assert version.over == 0
    three = cut_to(bulletin(*paragraphs), 3)
    assert three.dropped == ()
    assert [each.voice for each in version.blocks if each.sentences] == [
        Voice.FEMALE, Voice.MALE, Voice.FEMALE, Voice.MALE, Voice.FEMALE,
    ]  # fmt: skip


def test_what_must_stay_is_said_to_be_too_long_rather_than_cut():
    version = cut_to(bulletin(block(BlockKind.CONTENT, 300, Keep.ALWAYS)), 1)
    assert version.dropped == ()
    assert version.over == pytest.approx(version.seconds - 60)
    assert version.over > 0


def test_a_slow_reader_gets_less():
    whole = bulletin(*(block(BlockKind.CONTENT, 45) for _ in range(4)))
    assert len(cut_to(whole, 1, 190).dropped) < len(cut_to(whole, 1, 120).dropped)


def test_only_versions_that_are_really_shorter_are_offered():
    assert versions(bulletin(block(BlockKind.CONTENT, 20))) == ()
    long = bulletin(*(block(BlockKind.CONTENT, 150) for _ in range(5)))
    assert [version.minutes for version in versions(long)] == [1, 3]


@given(blocks, st.sampled_from(LENGTHS), st.integers(100, 300))
def test_cut_is_deterministic_fits_and_never_drops_what_is_required(whole, minutes, rate):
    version = cut_to(whole, minutes, rate)
    assert version == cut_to(whole, minutes, rate)
    assert seconds_of(version.blocks, rate) == pytest.approx(version.seconds)
    assert version.seconds <= minutes * 60 or version.over == pytest.approx(version.seconds - minutes * 60)
    kinds = [each.kind for each in version.blocks]
    assert [kind for kind in kinds if kind is not BlockKind.CONTENT and kind is not BlockKind.CUE] == list(
        FRAME
    )
    for number in version.dropped:
        assert whole[number].kind is BlockKind.CONTENT
        assert whole[number].keep is not Keep.ALWAYS
    kept = [each for number, each in enumerate(whole) if number not in version.dropped]
    assert [each.spoken for each in kept] == [each.spoken for each in version.blocks]


@given(blocks)
def test_a_shorter_version_lies_inside_a_longer_one(whole):
    dropped = [set(cut_to(whole, minutes).dropped) for minutes in LENGTHS]
    assert dropped[0] >= dropped[1] >= dropped[2]


@given(blocks)
def test_marks_survive_storage_and_usual_ones_leave_no_trace(whole):
    rows = to_json(whole)
    assert from_json(rows) == whole
    assert all(
        ("keep" in row) == (each.keep is not Keep.USUAL) for row, each in zip(rows, whole, strict=True)
    )


def test_music_takes_no_time():
    assert block_seconds(Block(BlockKind.CUE, cue="Nhạc")) == 0
