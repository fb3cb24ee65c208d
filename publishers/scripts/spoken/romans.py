"""Roman numerals: "quý IV", "chương III", "phụ lục I.A"."""

import re
from decimal import Decimal

from .contexts import ROMAN_HEAD
from .reading import Found, Reading
from .spans import Confidence
from .values import Code, Number

_ROMAN = re.compile(r"(?:X{0,3})(?:IX|IV|V?I{0,3})\Z")
_ROMAN_LONG = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})\Z")
_SIZES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_SPAN_YEAR = re.compile(r"\s?[/-]\s?((?:19|20)\d\d)(?![\d/]|[.,]\d)")
_SUBSECTION = re.compile(r"(?:\.\d{1,2}){1,3}(?!\w|[.,]\d)")
_POINT = re.compile(r"\.([A-EĐa-eđ])(?!\w|\.\w)")
_SPAN_ROMAN = re.compile(r"\s?[-–—]\s?([IVX]{1,5})(?![^\W_])")


def roman_value(letters: str) -> int | None:
    """The value of a well-formed Roman numeral in capitals, or None."""
    if not letters or not _ROMAN_LONG.match(letters):
        return None
    total = 0
    for char, following in zip(letters, letters[1:] + " ", strict=False):
        size = _SIZES[char]
        total += -size if size < _SIZES.get(following, 0) else size
    return total


def read_roman(reading: Reading, at: int, word: str) -> Found | None:
    """A Roman numeral after a word that numbers things, at the head of a line, or of several letters."""
    number = roman_value(word)
    if number is None:
        return None
    end = at + len(word)
    if len(word) == 1 and reading.text[end : end + 2].lstrip(" ")[:1] == "=":
        # "tọa độ X = 1548320": the name of a value.
        return None
    if len(word) == 1 and reading.char(end) == "-" and reading.char(end + 1).islower():
        # "khu vực I-a Hrú": the first sound of a name.
        return None
    left = reading.left(at)
    headed = ROMAN_HEAD.search(left) is not None
    chained = (
        reading.previous is not None
        and reading.previous.rule == "roman"
        and bool(re.fullmatch(r"\s*(?:,|và|-|–|đến|hoặc)\s*", reading.text[reading.previous_end : at]))
    )
    if not _ROMAN.match(word) and not (headed and len(word) >= 2):
        return None
    heading = (
        reading.starts_line(at)
        and re.match(r"\s?[.)/:]\s?\S|\s[-–]\s", reading.text[end : end + 4]) is not None
    )
    if not (headed or chained or heading):
        if len(word) == 1:
            return None
        if _in_capitals(reading, at, end) and reading.text[end : end + 1] not in (".", ")", "/"):
            return None
    span_at = end
    said = _said(reading, left, number)
    span = _SPAN_ROMAN.match(reading.text, end)
    if span and headed:
        last = roman_value(span[1])
        if last and last > number:
            said += " đến " + _said(reading, left, last)
            span_at = span.end()
    below = _SUBSECTION.match(reading.text, end) if headed and span_at == end else None
    point = _POINT.match(reading.text, end) if headed and span_at == end else None
    if point:
        said += f" chấm {reading.voice.spell(point[1])}"
        value = Code(word + point[0])
        return Found(point.end(), said, "section", "roman-section", Confidence.LIKELY, (), value)
    if below:
        said += "".join(f" chấm {reading.voice.cardinal(int(part))}" for part in below[0][1:].split("."))
        return Found(
            below.end(), said, "section", "roman-section", Confidence.LIKELY, (), Code(word + below[0])
        )
    year = _SPAN_YEAR.match(reading.text, span_at) if headed else None
    if year:
        said += " năm " + reading.voice.year(int(year[1]))
        span_at = year.end()
    confidence = Confidence.CERTAIN if headed or chained else Confidence.LIKELY
    other = ("tư",) if number == 4 and said == "bốn" else ()
    return Found(span_at, said, "roman", "roman", confidence, other, Number(Decimal(number)))


def _said(reading: Reading, left: str, number: int) -> str:
    if left.endswith((" thứ", " lần thứ")):
        return "nhất" if number == 1 else reading.voice.ordinal(number)
    return reading.voice.cardinal(number)


def _in_capitals(reading: Reading, at: int, end: int) -> bool:
    """True when a word beside the numeral is in capitals: then "XI" or "VI" may be a word itself."""
    before = re.search(r"([^\W\d_]{2,})[\s,]*\Z", reading.text[max(0, at - 14) : at])
    return bool(before and before[1].isupper())
