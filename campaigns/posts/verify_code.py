"""The short code of the public verify address. Pure: no Django."""

from __future__ import annotations

import secrets
from typing import Final

#: No 0/O, 1/I/L, U/V or B/8, S/5, Z/2 pairs: a code is read from paper and typed on a phone.
ALPHABET: Final = "2346789ACDEFGHJKMNPQRTVWXY"
LENGTH: Final = 8


def new_code() -> str:
    """Return a fresh random code of 8 signs: about 2 · 10¹¹ possibilities, so codes cannot be guessed in a row."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def tidy(typed: str) -> str:
    """Return what a person typed as a code is kept: capitals, without spaces, dashes and dots."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())
