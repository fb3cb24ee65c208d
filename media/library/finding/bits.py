"""Sets of row numbers as bitmaps, cut into chunks of fixed size. Pure: no Django.

A chunk is a Python integer whose bit n stands for row `chunk * CHUNK + n`. Stored, a chunk with few rows is a list of
two-byte numbers and any other its 1,024 bytes: reading bytes costs next to nothing, reading numbers one step for each."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from typing import Final

CHUNK: Final = 8192
_BYTES: Final = CHUNK // 8
_FULL: Final = (1 << CHUNK) - 1
_SPARSE, _DENSE = b"s", b"d"
_MOST_SPARSE: Final = 64


class Bits:
    """An immutable set of row numbers (0 and up)."""

    __slots__ = ("chunks",)

    def __init__(self, chunks: dict[int, int] | None = None) -> None:
        self.chunks = {number: bits for number, bits in (chunks or {}).items() if bits}

    @classmethod
    def of(cls, rows: Iterable[int]) -> Bits:
        """Return the set of `rows`."""
        chunks: dict[int, int] = {}
        for row in rows:
            number, bit = divmod(row, CHUNK)
            chunks[number] = chunks.get(number, 0) | 1 << bit
        return cls(chunks)

    def __and__(self, other: Bits) -> Bits:
        few, many = sorted((self.chunks, other.chunks), key=len)
        return Bits({number: bits & many.get(number, 0) for number, bits in few.items()})

    def __or__(self, other: Bits) -> Bits:
        chunks = dict(self.chunks)
        for number, bits in other.chunks.items():
            chunks[number] = chunks.get(number, 0) | bits
        return Bits(chunks)

    def __sub__(self, other: Bits) -> Bits:
        return Bits(
            {number: bits & (_FULL ^ other.chunks.get(number, 0)) for number, bits in self.chunks.items()}
        )

    def __bool__(self) -> bool:
        return bool(self.chunks)

    def __len__(self) -> int:
        return sum(bits.bit_count() for bits in self.chunks.values())

    def __contains__(self, row: int) -> bool:
        number, bit = divmod(row, CHUNK)
        return bool(self.chunks.get(number, 0) >> bit & 1)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Bits) and self.chunks == other.chunks

    def __hash__(self) -> int:
        return hash(frozenset(self.chunks.items()))

    def __iter__(self) -> Iterator[int]:
        """Yield the rows, the highest number first: what was made last comes first."""
        for number in sorted(self.chunks, reverse=True):
            bits = self.chunks[number]
            while bits:
                top = bits.bit_length() - 1
                yield number * CHUNK + top
                bits ^= 1 << top

    def page(self, start: int, count: int) -> list[int]:
        """Return `count` rows from the `start`-th on, the highest number first; whole chunks are skipped unread."""
        rows: list[int] = []
        for number in sorted(self.chunks, reverse=True):
            bits = self.chunks[number]
            here = bits.bit_count()
            if start >= here:
                start -= here
                continue
            for row in Bits({number: bits}):
                if start:
                    start -= 1
                    continue
                rows.append(row)
                if len(rows) == count:
                    return rows
        return rows


NOTHING: Final = Bits()


def union(sets: Iterable[Bits]) -> Bits:
    """Return the rows that are in any of `sets`."""
    chunks: dict[int, int] = {}
    for each in sets:
        for number, bits in each.chunks.items():
            chunks[number] = chunks.get(number, 0) | bits
    return Bits(chunks)


def intersection(sets: Iterable[Bits]) -> Bits:
    """Return the rows that are in every one of `sets`; none when there is no set."""
    result: Bits | None = None
    for each in sorted(sets, key=lambda one: len(one.chunks)):
        result = each if result is None else result & each
        if not result:
            return NOTHING
    return result or NOTHING


def stored(bits: int) -> bytes:
    """Return one chunk as it is kept."""
    if bits.bit_count() > _MOST_SPARSE:
        return _DENSE + bits.to_bytes(_BYTES, "little")
    places = array("H", sorted(row for row in Bits({0: bits})))
    return _SPARSE + places.tobytes()


def read(content: bytes | memoryview) -> int:
    """Return the chunk that `stored` made."""
    content = bytes(content)
    if content[:1] == _DENSE:
        return int.from_bytes(content[1:], "little")
    field = bytearray(_BYTES)
    for place in array("H", content[1:]):
        field[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(field, "little")
