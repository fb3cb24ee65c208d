"""Shorter versions of one composed bulletin: at most 1, 3 or 5 minutes at a station's own rate. Pure: no Django.

What is said around the content (opening, greeting, reminder, closing) and every paragraph marked "luôn giữ" always
stays. The other paragraphs are taken in the order of their mark, then of reading, until the next one no longer fits:
so a paragraph never stays where a more important one had to go, and a shorter version lies wholly inside a longer one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import cycle
from typing import Final

from publishers.scripts.blocks import Block, BlockKind, Keep, Voice
from publishers.scripts.spoken import syllables
from publishers.scripts.timing import DEFAULT_RATE, reading_seconds

#: Minutes a version may last.
LENGTHS: Final = (1, 3, 5)

KEEP_LABELS: Final[dict[Keep, str]] = {
    Keep.ALWAYS: "Luôn giữ, cả ở bản 1 phút",
    Keep.USUAL: "Giữ khi còn thời gian",
    Keep.FIRST_TO_GO: "Bỏ trước tiên khi cần ngắn",
}


@dataclass(frozen=True, slots=True)
class Version:
    """A bulletin at one length. `dropped` are the positions of the blocks left out; `over` is by how many seconds
    what must stay is longer than asked for (0 when it fits)."""

    minutes: int
    blocks: tuple[Block, ...]
    seconds: float
    dropped: tuple[int, ...] = ()
    over: float = 0.0


def block_seconds(block: Block, rate: int = DEFAULT_RATE) -> float:
    """Return how long one block takes to say at `rate`; music is not counted."""
    if not block.sentences:
        return 0.0
    return reading_seconds(syllables(block.spoken), len(block.sentences), 1, rate)


def seconds_of(blocks: Sequence[Block], rate: int = DEFAULT_RATE) -> float:
    """Return how long `blocks` take to say at `rate`."""
    return sum(block_seconds(block, rate) for block in blocks)


def cut_to(blocks: Sequence[Block], minutes: int, rate: int = DEFAULT_RATE) -> Version:
    """Return `blocks` at no more than `minutes`. Voices take turns anew, as a block may have gone between two.

    Raises ValueError for a length or rate that is not positive."""
    if minutes <= 0:
        raise ValueError("a version lasts a positive number of minutes")
    lasting = [block_seconds(block, rate) for block in blocks]
    stays = {number for number, block in enumerate(blocks) if _must_stay(block)}
    budget = minutes * 60.0
    used = sum(lasting[number] for number in stays)
    over = max(0.0, used - budget)
    optional = sorted(
        (number for number in range(len(blocks)) if number not in stays),
        key=lambda number: (blocks[number].keep, number),
    )
    for number in optional:
        if used + lasting[number] > budget:
            break
        stays.add(number)
        used += lasting[number]
    kept = tuple(block for number, block in enumerate(blocks) if number in stays)
    dropped = tuple(number for number in range(len(blocks)) if number not in stays)
    return Version(minutes, revoiced(kept) if dropped else kept, used, dropped, over)


def versions(blocks: Sequence[Block], rate: int = DEFAULT_RATE) -> tuple[Version, ...]:
    """Return the versions that are really shorter than the whole, the shortest first; two that come out the same are
    given once, under the shorter length."""
    found: list[Version] = []
    for minutes in LENGTHS:
        version = cut_to(blocks, minutes, rate)
        if version.dropped and not any(known.dropped == version.dropped for known in found):
            found.append(version)
    return tuple(found)


def revoiced(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return `blocks` with the two announcers taking turns, the woman's voice first."""
    turns = cycle((Voice.FEMALE, Voice.MALE))
    return tuple(replace(block, voice=next(turns)) if block.sentences else block for block in blocks)


def _must_stay(block: Block) -> bool:
    return block.kind is not BlockKind.CONTENT or block.keep is Keep.ALWAYS
