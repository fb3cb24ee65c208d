"""Whether the words around a form meet the conditions of a lexicon entry."""

import re

from .lexicon import ASKED, Entry
from .reading import Reading


def applies(reading: Reading, at: int, end: int, entry: Entry) -> bool:
    """True when the words around a form meet one of the conditions of `entry`, or it has none."""
    conditions = [condition for condition in entry.when if condition != ASKED]
    return not conditions or any(_met(reading, at, end, condition) for condition in conditions)


def _met(reading: Reading, at: int, end: int, condition: str) -> bool:
    side, word = condition[0], condition[1:]
    if side == "<":
        left = reading.left(at)
        if word == "#":
            return left[-1:].isdigit()
        if word == "^":
            return left == ""
        return (
            left.endswith(" " + word)
            or f" {word} " in " ".join(left.rsplit(" ", 4)[-4:]).join("  ")
            and " , " not in left[left.rfind(f" {word} ") :]
        )
    if side == ">":
        if word == "#":
            return re.match(r"[ .:]{0,2}(?:số )?\d", reading.low[end : end + 6]) is not None
        if word == "#/":
            return re.match(r"[ .:]{0,2}\d{1,2}[/.-]\d{1,2}[/.-]\d", reading.low[end : end + 10]) is not None
        if word == "##":
            return (
                re.match(r"[ .:]{0,2}(?:số )?(?:\(?0\d|\+|1[89]00|\d{4})", reading.low[end : end + 12])
                is not None
            )
        if word == "###":
            return re.match(r"[ .:]{0,2}\d{3,4}(?!\d)", reading.low[end : end + 8]) is not None
        if word == "A":
            following = reading.text[end : end + 4].lstrip(" .")
            return bool(following[:1].isupper() and (following[1:2].islower() or not following[1:2].strip()))
        if word == "$":
            return re.match(r"\s*(?:[.,;:)]|\Z|\n)", reading.text[end : end + 20]) is not None
        return reading.right(end).startswith(word + " ")
    return False
