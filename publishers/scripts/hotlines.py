"""Finds the telephone numbers of a written text, so that each can be said twice. Pure: no Django.

A number is taken whole or not at all: half a number said twice is worse than none."""

from __future__ import annotations

import re
from typing import Final

#: A run of digit groups that begins like a telephone number: 1800 and 1900 lines, subscribers, +84.
#: It is longer than any number is, and bounded: a line of nothing but digits must stay linear.
_RUN = re.compile(r"(?<![\w./,+-])(?:\+84|\(?0[2-9]|1[89]00)\d*\)?(?:[ .-]\(?\d+\)?){0,15}")
_GOES_ON = re.compile(r"(?:[ .-]\(?\d+\)?)*")
_GROUP = re.compile(r"([ .-]?)(\(?\+?\d+\)?)")
#: What follows a count, never a telephone number: "gọi 1900 1234 24 giờ một ngày", "24/7".
_COUNTED = r"\s*(?:/|%|(?:giờ|ngày|phút|tháng|năm|người|hộ|cuộc|lần|đồng|tuổi)\b)"
_COUNTS = re.compile(_COUNTED, re.IGNORECASE)
#: A whole number may stand in one group of at least so many digits.
_WHOLE: Final = 8

_EMERGENCY = r"10(?:22|80)|11[1-69]"
_NOT_A_COUNT = rf"(?![\d./,:-]*\d)(?!{_COUNTED})"
# A short line is one only where the text says so: "gọi 113", "tổng đài 1022"; "115 người" is a count. After a word that
# names a line any short number is one ("tổng đài 198"); after "gọi" only those everybody knows.
_CALL = r"(?:\s+(?:điện|đến|tới|số|ngay|qua|theo)){0,2}\s*:?\s+"
_SHORT = re.compile(
    rf"\b(?:(?:tổng đài|đường dây nóng|hotline){_CALL}(?P<line>1\d{{2,3}})"
    rf"|(?:gọi|bấm|liên hệ|số điện thoại){_CALL}(?P<known>{_EMERGENCY})){_NOT_A_COUNT}",
    re.IGNORECASE,
)
#: "… hoặc 113": one more short line right after a number that was found.
_ANOTHER = re.compile(
    rf"\s*(?:,|hoặc|hay|và)\s+(?:số\s+|tổng đài\s+)?(?P<known>{_EMERGENCY}){_NOT_A_COUNT}", re.IGNORECASE
)

#: How many digits a number has, by the first: 1800 and 1900 lines have 8 to 10, subscribers 10 or 11. An identity
#: number has 12.
LENGTHS: Final = {"1": range(8, 11), "0": range(10, 12)}


def hotlines_in(text: str) -> tuple[str, ...]:
    """Return the telephone numbers of `text` as they are written, each once, in reading order."""
    places: list[tuple[int, str]] = []
    at = 0
    while run := _RUN.search(text, at):
        written = _number_at_the_start(run.group(), text[run.end() : run.end() + 20])
        if written:
            places.append((run.start(), written))
        at = run.start() + len(written) if written else _end_of_digits(text, run.end())
    for match in _SHORT.finditer(text):
        name = "line" if match["line"] else "known"
        places.append((match.start(name), match[name]))
    for start, written in list(places):
        end = start + len(written)
        while another := _ANOTHER.match(text, end):
            places.append((another.start("known"), another["known"]))
            end = another.end()
    found: dict[str, str] = {}
    for _, written in sorted(places):
        found.setdefault(digits_of(written), written)
    return tuple(found.values())


def _end_of_digits(text: str, at: int) -> int:
    more = _GOES_ON.match(text, at)
    return more.end() if more else at


def _number_at_the_start(run: str, rest: str) -> str:
    """Return the number with which a run of digit groups begins; empty when it is none, or cannot be told apart."""
    groups = _GROUP.findall(run)
    if len(digits_of(groups[0][1])) >= _WHOLE:
        # Written in one piece: what stands after a blank is something else, after a point or hyphen part of a code.
        joined_on = len(groups) > 1 and groups[1][0] != " "
        return (
            groups[0][1]
            if _is_a_number(groups[:1]) and not joined_on and not _goes_on(groups, 1, rest)
            else ""
        )
    for count in range(len(groups), 1, -1):
        if not _is_a_number(groups[:count]) or _goes_on(groups, count, rest):
            continue
        return "".join(separator + digits for separator, digits in groups[:count])
    return ""


def _is_a_number(groups: list[tuple[str, str]]) -> bool:
    digits = digits_of("".join(each for _, each in groups))
    if digits[0] not in LENGTHS or len(digits) not in LENGTHS[digits[0]]:
        return False
    # One kind of separator throughout; after "(0269)" or "+84" another may begin.
    separators = {separator for separator, _ in groups[1:]}
    if groups[0][1][0] in "(+" and len(groups) > 2:
        separators = {separator for separator, _ in groups[2:]}
    return len(separators) <= 1


def _goes_on(groups: list[tuple[str, str]], count: int, rest: str) -> bool:
    """Whether the digits after the first `count` groups may belong to the number, or its last group to what follows."""
    if count == len(groups):
        return bool(re.match(r"[\d/%]|[.,-]\d", rest)) or (
            count > 1 and groups[count - 1][0] == " " and bool(_COUNTS.match(rest))
        )
    separator, following = groups[count]
    is_new = bool(re.match(r"\(?0[2-9]|1[89]00|\+84", following))
    is_counted = count == len(groups) - 1 and bool(_COUNTS.match(rest))
    return separator != " " or not (is_new or is_counted)


def digits_of(number: str) -> str:
    """Return the digits of a written number alone, +84 as 0: two spellings of one line are the same line."""
    digits = re.sub(r"\D", "", number)
    return "0" + digits[2:].removeprefix("0") if number.strip().startswith("+84") else digits


def lines_of_a_fact(value: str) -> tuple[str, ...]:
    """Return the telephone numbers of a fact that is one ("1022", "18001096"): there no word has to say so."""
    return hotlines_in(value) or hotlines_in(f"tổng đài {value.strip()}")


def with_its_word(number: str) -> str:
    """Return the number after the word that says what it is: "tổng đài 18001096", "số điện thoại 0900.000.000". Without
    it a short one would be read as a count."""
    digits = digits_of(number)
    word = "tổng đài" if digits.startswith("1") and not _is_emergency(digits) else "số điện thoại"
    return f"{word} {number}"


def _is_emergency(digits: str) -> bool:
    return len(digits) == 3 and digits.startswith("11")
