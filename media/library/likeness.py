"""How alike two pictures or two texts are. Pure rules: no Django.

A picture is known by its difference hash: drawn 9 × 8 points small in grey, each point is brighter than its right
neighbour or not, 64 bits in all (dHash). Another size, another quality, a slight change of colour leave nearly all of
them as they are. A text is known by its shingles, each five words in a row, folded; two texts are as alike as the share
of shingles they have in common."""

from __future__ import annotations

import hashlib
from itertools import islice
from typing import Final

from PIL import Image

from cms.core.search_backend_words import folded_words

#: Pictures that differ in no more bits, and texts that share at least so much, are said to be alike.
NEAR_BITS: Final = 6
NEAR_SHARE: Final = 0.6
SHINGLE: Final = 5
#: One band more than bits may differ; a band is nine or ten bits wide.
LOOK_BANDS: Final = NEAR_BITS + 1
_BAND_WIDTH: Final = 10
#: A sketch keeps the smallest hash of the shingles under each of so many orders, in bands of two.
BANDS: Final = 12
_ROWS: Final = 2
_ORDERS: Final = [
    int.from_bytes(hashlib.blake2b(f"order {number}".encode(), digest_size=8).digest(), "big") | 1
    for number in range(BANDS * _ROWS)
]
_WHOLE: Final = 0xFFFFFFFFFFFFFFFF


def picture_hash(picture: Image.Image) -> int | None:
    """Return the difference hash of a picture, 0 to 2**64 - 1; None for one that is plain (it is like every plain one)."""
    small = picture.convert("L").resize((9, 8), Image.Resampling.LANCZOS)
    points = small.tobytes()
    bits = 0
    for row in range(8):
        for column in range(8):
            at = row * 9 + column
            bits = bits << 1 | (points[at] > points[at + 1])
    return None if bits in (0, (1 << 64) - 1) else bits


def look_bands(bits: int) -> list[int]:
    """Return NEAR_BITS + 1 numbers, one per band of a difference hash with the band's place in it.

    Pictures that look alike differ in at most NEAR_BITS bits, so at least one band is the same in both: whoever shares
    none of these numbers need not be compared."""
    found = []
    for band in range(LOOK_BANDS):
        start, end = 64 * band // LOOK_BANDS, 64 * (band + 1) // LOOK_BANDS
        found.append(band << _BAND_WIDTH | bits >> start & (1 << end - start) - 1)
    return found


def alike_pictures(left: int, right: int) -> bool:
    """Return whether two difference hashes are of pictures that look alike."""
    return (left ^ right).bit_count() <= NEAR_BITS


def shingles(text: str) -> frozenset[int]:
    """Return the hashes of every five folded words in a row; empty for a text shorter than that."""
    words = folded_words(text)
    found = set()
    for start in range(len(words) - SHINGLE + 1):
        piece = " ".join(islice(words, start, start + SHINGLE)).encode()
        found.add(int.from_bytes(hashlib.blake2b(piece, digest_size=8).digest(), "big"))
    return frozenset(found)


def share(left: frozenset[int], right: frozenset[int]) -> float:
    """Return the share of shingles two texts have in common (Jaccard), 0 to 1."""
    both = len(left & right)
    return both / (len(left) + len(right) - both) if both else 0.0


def sketch(found: frozenset[int]) -> list[int]:
    """Return BANDS numbers; two texts that share much have one of them in common nearly always (minhash)."""
    if not found:
        return []
    bands = []
    for band in range(BANDS):
        smallest = [
            min(shingle * order & _WHOLE for shingle in found)
            for order in _ORDERS[band * _ROWS : (band + 1) * _ROWS]
        ]
        mixed = hashlib.blake2b(repr(smallest).encode(), digest_size=7).digest()
        bands.append(int.from_bytes(mixed, "big"))
    return bands
