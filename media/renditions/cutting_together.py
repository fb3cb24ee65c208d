"""Several cuts of one picture: read once per size its decoder offers, cut on two threads (Pillow lets go of Python's lock
while it reads, shrinks and encodes). The files have the same bytes as if each had been cut alone.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PIL import Image

from .cutting import Cut, decode, framed, jpeg_share, write_cut
from .errors import StillTooHeavy
from .inspection import StillFacts, inspect_still
from .recipes import CutRecipe

#: More threads would hold more pictures in memory than the promised 110 MB allow.
THREADS = 2


def cut_together(
    source: Path,
    wanted: Sequence[tuple[CutRecipe, Path]],
    *,
    focal: tuple[float, float] = (0.5, 0.5),
    facts: StillFacts | None = None,
    mark: bytes = b"",
) -> list[Cut | StillTooHeavy]:
    """Writes every wanted cut; returns, in the same order, the cut or why there is none.

    Targets, focal point, facts and mark are `reencode_still`'s. Raises UnreadableStill for a bad source.
    """
    facts = facts or inspect_still(source)
    shares = [jpeg_share(facts, recipe) for recipe, _target in wanted]
    decoded = {share: _Decoded(source, facts, share, shares.count(share)) for share in set(shares)}

    def one(index: int) -> Cut | StillTooHeavy:
        recipe, target = wanted[index]
        # The large picture goes before the encoder takes its own memory.
        small = decoded[shares[index]].framed(recipe, focal)
        try:
            return write_cut(small, facts.file_format, recipe, target, mark)
        except StillTooHeavy as refusal:
            return refusal

    made: dict[int, Cut | StillTooHeavy] = {}
    order = _in_turns(shares)
    with ThreadPoolExecutor(THREADS) as threads:
        made.update(zip(order, threads.map(one, order), strict=True))
    return [made[index] for index in range(len(wanted))]


class _Decoded:
    """One decoded picture: read by whoever needs it first, let go of when the last of its `uses` is framed."""

    def __init__(self, source: Path, facts: StillFacts, share: int, uses: int) -> None:
        self._source, self._facts, self._share, self._left = source, facts, share, uses
        self._lock = threading.Lock()
        self._held: tuple[Image.Image, bytes | None] | None = None

    def framed(self, recipe: CutRecipe, focal: tuple[float, float]) -> Image.Image:
        """Raises UnreadableStill."""
        with self._lock:
            if self._held is None:
                self._held = decode(self._source, self._facts.file_format, self._share)
            held = self._held
        small = framed(*held, recipe, focal)
        with self._lock:
            self._left -= 1
            if not self._left:
                self._held = None
        return small


def _in_turns(shares: Sequence[int]) -> list[int]:
    """Indexes so that neighbours need different decoded pictures, the largest first: two threads then do not wait for one
    to be read.
    """
    groups = [[i for i, found in enumerate(shares) if found == share] for share in sorted(set(shares))]
    longest = max(map(len, groups), default=0)
    return [group[turn] for turn in range(longest) for group in groups if turn < len(group)]
