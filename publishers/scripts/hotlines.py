"""Finds the telephone numbers of a written text, so that each can be said twice. Pure: no Django."""

from __future__ import annotations

import re
from typing import Final

_NUMBER = re.compile(
    r"(?<![\d./,-])(?:"
    r"1[89]00[ .-]?\d{2,3}[ .-]?\d{0,3}"  # free and shared-cost lines: 1800 1096, 19001010
    r"|\(?0[2-9]\d{1,2}\)?(?:[ .-]?\d{3,4}){2}"  # 0269 382 4000, (0269) 3824 000, 0900.000.000
    r")(?![\d/])"
)

#: How many digits a number has, by the first: 1800 and 1900 lines have 8 to 10, subscribers 10 or 11. An identity
#: number has 12.
LENGTHS: Final = {"1": range(8, 11), "0": range(10, 12)}


def hotlines_in(text: str) -> tuple[str, ...]:
    """Return the telephone numbers of `text` as they are written, each once, in reading order."""
    found: dict[str, str] = {}
    for match in _NUMBER.finditer(text):
        written = match.group().strip(" .-")
        digits = digits_of(written)
        if len(digits) in LENGTHS[digits[0]]:
            found.setdefault(digits, written)
    return tuple(found.values())


def digits_of(number: str) -> str:
    """Return the digits of a written number alone: two spellings of one line are the same line."""
    return re.sub(r"\D", "", number)


def with_its_word(number: str) -> str:
    """Return the number after the word that says what it is: "tổng đài 18001096", "số điện thoại 0900.000.000"."""
    word = "tổng đài" if digits_of(number).startswith(("18", "19")) else "số điện thoại"
    return f"{word} {number}"
