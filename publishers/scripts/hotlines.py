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
# A short line is one only where the text says so: "gọi 113", "tổng đài 1022"; "115 người" is a count.
_SHORT = re.compile(
    r"\b(?:gọi|bấm|tổng đài|đường dây nóng|số điện thoại|hotline)(?:\s+(?:điện|đến|tới|số|ngay)){0,2}\s+"
    r"(?P<number>10(?:22|80)|11[1-5])(?![\d./,:-]*\d)(?!\s*(?:người|hộ|cuộc|lần|ngày))",
    re.IGNORECASE,
)

#: How many digits a number has, by the first: 1800 and 1900 lines have 8 to 10, subscribers 10 or 11. An identity
#: number has 12.
LENGTHS: Final = {"1": range(8, 11), "0": range(10, 12)}


def hotlines_in(text: str) -> tuple[str, ...]:
    """Return the telephone numbers of `text` as they are written, each once, in reading order."""
    places: list[tuple[int, str]] = []
    for match in _NUMBER.finditer(text):
        written = match.group().strip(" .-")
        if len(digits_of(written)) in LENGTHS[digits_of(written)[0]]:
            places.append((match.start(), written))
    places += [(match.start("number"), match["number"]) for match in _SHORT.finditer(text)]
    found: dict[str, str] = {}
    for _, written in sorted(places):
        found.setdefault(digits_of(written), written)
    return tuple(found.values())


def digits_of(number: str) -> str:
    """Return the digits of a written number alone: two spellings of one line are the same line."""
    return re.sub(r"\D", "", number)


def with_its_word(number: str) -> str:
    """Return the number after the word that says what it is: "tổng đài 18001096", "số điện thoại 0900.000.000"."""
    digits = digits_of(number)
    if digits.startswith("11") and len(digits) == 3:
        return f"số {number}"
    word = "tổng đài" if digits.startswith(("18", "19", "10")) else "số điện thoại"
    return f"{word} {number}"
