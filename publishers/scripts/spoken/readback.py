"""The way back: spoken Vietnamese numbers, dates and codes to values, so that a reading can be checked."""

import re
import unicodedata
from decimal import Decimal

_UNITS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5, "sáu": 6,
    "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_LARGE = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_SMALL = {"trăm", "mươi", "mười", "linh", "lẻ"}
_NUMBER_WORDS = frozenset((*_UNITS, *_LARGE, *_SMALL, "phẩy", "âm"))
_WORD = re.compile(r"[^\W_]+|[^\w\s]")


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFC", text).lower())


def read_number(text: str) -> Decimal | None:
    """The value of a spoken quantity ("một nghìn không trăm linh năm", "không phẩy không năm"), or None.

    A run of single digits ("một tám không không") is no quantity and gives None.
    """
    words = _words(text)
    if not words or any(word not in _NUMBER_WORDS for word in words):
        return None
    return _quantity(words)


def _quantity(words: list[str]) -> Decimal | None:
    if words[0] == "âm":
        rest = _quantity(words[1:]) if words[1:] else None
        return None if rest is None else -rest
    if "phẩy" in words:
        return _with_comma(words)
    whole = _whole(words)
    return None if whole is None else Decimal(whole)


def _with_comma(words: list[str]) -> Decimal | None:
    at = words.index("phẩy")
    whole, places = _whole(words[:at]), words[at + 1 :]
    scale = 1
    while places and places[-1] in _LARGE:
        scale *= _LARGE[places.pop()]
    if whole is None or not places:
        return None
    if all(word in _UNITS for word in places):
        fraction = "".join(str(_UNITS[word]) for word in places)
    else:
        small = _whole(places)
        if small is None or small >= 1000:
            return None
        fraction = str(small)
    return Decimal(f"{whole}.{fraction}") * scale


def _whole(words: list[str]) -> int | None:
    """Group by group from the left: each group of up to three places, then its size word."""
    if not words:
        return None
    total = 0
    held = 0
    last_size = None
    group: list[str] = []
    for word in words:
        size = _LARGE.get(word)
        if size is None:
            group.append(word)
            continue
        if group:
            three = _three(group)
            if three is None:
                return None
            held += three
            group = []
        elif held == 0 and not (size == 10**9 and total):
            return None
        if size == 10**9:
            total = (total + held) * size
            held, last_size = 0, None
            continue
        if last_size is not None and size >= last_size:
            return None
        total += held * size
        held, last_size = 0, size
    if group:
        three = _three(group)
        if three is None:
            return None
        held += three
    return total + held


def _three(words: list[str]) -> int | None:
    """Up to three places; None when the words are not one well-formed group."""
    number = 0
    rest = words
    if len(rest) >= 2 and rest[1] == "trăm" and rest[0] in _UNITS:
        number, rest = _UNITS[rest[0]] * 100, rest[2:]
        if not rest:
            return number
    match rest:
        case ["linh" | "lẻ", unit] if unit in _UNITS:
            return number + _UNITS[unit]
        case ["mười"]:
            return number + 10
        case ["mười", unit] if unit in _UNITS:
            return number + 10 + _UNITS[unit]
        case [tens, "mươi"] if tens in _UNITS:
            return number + _UNITS[tens] * 10
        case [tens, "mươi", unit] if tens in _UNITS and unit in _UNITS:
            return number + _UNITS[tens] * 10 + _UNITS[unit]
        case [unit] if unit in _UNITS and number == 0 and len(words) == 1:
            return _UNITS[unit]
    return None


def read_date(text: str) -> tuple[int | None, int | None, int | None] | None:
    """(day, month, year) of a spoken date ("ngày mùng một tháng bảy năm hai nghìn …"), or None.

    Parts that are not said are None; a date needs at least a day, a month or a year that is said.
    """
    words = [word for word in _words(text) if word not in ("mùng", "mồng", ",")]
    parts: dict[str, int | None] = {"ngày": None, "tháng": None, "năm": None}
    if words and words[0] in _UNITS | {"mười": 10} and words[0] != "năm":
        words.insert(0, "ngày")
    at = 0
    while at < len(words):
        name = words[at]
        if name not in parts or parts[name] is not None:
            return None
        end = at + 1
        # "năm" is both "year" and "five": it is a number word unless a year of four places follows it.
        while end < len(words) and words[end] in _NUMBER_WORDS and not _year_starts(words, end):
            end += 1
        value = read_number(" ".join(words[at + 1 : end]))
        if value is None or value != value.to_integral_value():
            return None
        parts[name] = int(value)
        at = end
    if not words:
        return None
    return parts["ngày"], parts["tháng"], parts["năm"]


def _year_starts(words: list[str], at: int) -> bool:
    return words[at] == "năm" and len(words) > at + 2 and words[at + 2] in ("nghìn", "ngàn")


def read_digits(text: str) -> str | None:
    """The digits of a number said one by one, stops left out, or None."""
    words = [word for word in _words(text) if word != ","]
    if not words or any(word not in _UNITS for word in words):
        return None
    return "".join(str(_UNITS[word]) for word in words)


def said_values(text: str) -> tuple[str, ...]:
    """All values heard in a spoken text, in order: "12" or "0.5" for quantities, "#1022" for digit runs.

    A digit or code letter left unread is returned as it stands, so that an unread number never equals a
    read one. Two texts with different answers tell different facts.
    """
    values: list[str] = []
    run: list[str] = []

    def close() -> None:
        if run:
            values.extend(_values_of_run(run))
            run.clear()

    for word in _words(text):
        if word in _NUMBER_WORDS:
            run.append(word)
        elif word == "," and run:
            continue
        else:
            close()
            if word in ("nhất", "nhì", "rưỡi"):
                values.append({"nhất": "1", "nhì": "2", "rưỡi": "0.5"}[word])
            elif any(char.isdigit() for char in word):
                values.append(f"?{word}")
    close()
    return tuple(values)


def _values_of_run(run: list[str]) -> list[str]:
    whole = _quantity(run)
    if whole is not None:
        return [format(whole.normalize(), "f")]
    if all(word in _UNITS for word in run):
        return ["#" + "".join(str(_UNITS[word]) for word in run)]
    # Two numbers met ("tháng tư năm hai nghìn …"): take the longest well-formed quantity each time.
    values = []
    at = 0
    while at < len(run):
        for end in range(min(len(run), at + 40), at, -1):
            quantity = _quantity(run[at:end])
            if quantity is not None:
                values.append(format(quantity.normalize(), "f"))
                at = end
                break
        else:
            values.append(run[at])
            at += 1
    return values
