"""Signs that nobody sees and that turn or break what stands around them. Pure: no Django.

A mark of direction in a name of a station turns the rest of its line on a sheet; a blank of no width parts a number in
two. Neither is ever meant: they come with what people paste."""

from __future__ import annotations

import unicodedata

#: Control, format and half characters; line ends and tabs are blanks and stay.
_HIDDEN = ("Cc", "Cf", "Cs")
_BLANKS = "\n\r\t"


def without_hidden_signs(text: str) -> str:
    """Return `text` without the signs nobody sees. For Vietnamese only: Khmer and its neighbours need some of them."""
    if text.isprintable():
        return text
    return "".join(sign for sign in text if sign in _BLANKS or unicodedata.category(sign) not in _HIDDEN)
