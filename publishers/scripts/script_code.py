"""The short code of a script: where it is read, and what a citizen types to verify it. Pure: no Django."""

from __future__ import annotations

import hashlib
from typing import Final

from campaigns.posts.verify_code import ALPHABET

#: Longer than a post's code, so that the two can never be the same.
LENGTH: Final = 10


def script_code(*parts: object) -> str:
    """Return the code of the version that `parts` describe: the same parts always give the same code, different ones
    a different one (10 signs of 26: about 1.4 · 10¹⁴ possibilities)."""
    value = int.from_bytes(hashlib.sha256("\0".join(map(str, parts)).encode()).digest(), "big")
    signs = []
    for _ in range(LENGTH):
        value, place = divmod(value, len(ALPHABET))
        signs.append(ALPHABET[place])
    return "".join(signs)
