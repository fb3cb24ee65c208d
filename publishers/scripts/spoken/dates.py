"""Dates: full, without year, month and year, spans of days and of years; and what only looks like a date."""

import re
from calendar import monthrange

from .contexts import (
    ADDRESS_LEFT,
    COUNTED,
    DATE_RIGHT,
    DATE_STRONG,
    DATE_WEAK,
    DOCUMENT_WORDS,
    MONTHS,
    NAMED_DAY,
    NAMED_GROUP,
    NAMED_HOLDING,
    NAMED_STREET,
    SHARE_LEFT,
    WEEKDAY,
)
from .reading import Found, Reading, ask
from .spans import Confidence
from .units import SCALES
from .values import Clock, Code, Date, Interval, Series

_DASH = r"(?:\s?[-–—]\s?|\s?÷\s?)"
_FULL = re.compile(r"(\d{1,2})\s?([/.\-–])\s?(\d{1,2})\s?\2\s?((?:1[5-9]|2[01])\d\d)(?![\w/]|[-.,]\d)")
_UNTIL_YEAR = re.compile(
    r"(\d{1,2})/(\d{1,2})/((?:1[5-9]|20)\d\d)\s?[-–—]\s?((?:19|20)\d\d)(?![\w/]|[.,-]\d)"
)
_SHORT_YEAR = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d\d)(?![\w/]|[-.,:]\d)")
_ISO = re.compile(
    r"((?:19|20)\d\d)[-/](\d{1,2})[-/](\d{1,2})(?![\d/-])(?:T(\d\d):(\d\d)(?::(\d\d))?(?:[+-]\d{4}|Z)?)?"
)
_DAY_MONTH = re.compile(r"(\d{1,2})(\s?/\s?)(\d{1,2})(?![\w/]|[.,]\d)")
_DAY_DASH = re.compile(r"(\d{1,2})(\s?[-–]\s?)(\d{1,2})(?![\w/]|[.,-]\d)")
_MONTH_YEAR = re.compile(r"(\d{1,2})\s?([/-])\s?((?:19|20)\d\d)(?![\w/]|[-.,]\d)")
_DAY_SPAN = re.compile(
    rf"(\d{{1,2}})({_DASH})(\d{{1,2}})(?:\s?[/.]\s?|\stháng\s)(\d{{1,2}})(?:(?:\s?[/.]\s?|\snăm\s)((?:19|20)\d\d))?(?![\w/]|[.,-]\d)"
)
_DATE_SPAN = re.compile(
    rf"(\d{{1,2}})/(\d{{1,2}})(?:/((?:19|20)\d\d))?{_DASH}(\d{{1,2}})/(\d{{1,2}})(?:/((?:19|20)\d\d))?(?![\w/]|[.,]\d)"
)
_DOTTED_SPAN = re.compile(
    rf"(\d{{1,2}})\.(\d{{1,2}})(?:\.((?:19|20)\d\d))?{_DASH}(\d{{1,2}})\.(\d{{1,2}})\.((?:19|20)\d\d)(?![\w/]|[.,]\d)"
)
_MONTH_SPAN = re.compile(
    rf"(\d{{1,2}})(?:/((?:19|20)\d\d))?{_DASH}(\d{{1,2}})/((?:19|20)\d\d)(?![\w/]|[.,-]\d)"
)
_YEAR_SPAN = re.compile(rf"((?:1[5-9]|20)\d\d)(?:{_DASH}|/)((?:1[5-9]|20)\d\d)(?![\w/]|[.,-]\d)")
_DAY_LIST = re.compile(
    r"(\d{1,2}(?:\s?,\s?\d{1,2}){0,8})\s?(,|và|&|;|hoặc)\s?(?:ngày\s)?(\d{1,2})\s?/\s?(\d{1,2})(?:\s?/\s?((?:19|20)\d\d))?(?![\w/]|[.,]\d)"
)
_BEFORE_YEAR = re.compile(
    r" (quý|kỳ|học kỳ|khóa|khoá|đợt|lần|tuần|vụ|phiên|hk|số|bản tin số|kỳ họp|tập|nghị quyết|luật|nghị định|thông tư|quyết định|kì)\Z"
)
_SCHOOL_CLASS = re.compile(
    r"(?<!\w)(?:lớp|chi đội)(?: \d{1,2}(?:[a-zđ]\d{0,2}|/\d{1,2})?(?:\s?,| và| hoặc))* \Z"
)
_DAY_TWICE = (" ngày", " mùng", " mồng", " hôm", " ngày mùng", " rằm")
_LONGER = {1: 31, 2: 29, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}


def is_day(day: int, month: int, year: int | None = None) -> bool:
    """True when the calendar has this day (29 February where no year is given)."""
    if not 1 <= month <= 12 or day < 1:
        return False
    return day <= (monthrange(year, month)[1] if year else _LONGER[month])


def _say(reading: Reading, at: int, date: Date) -> str:
    """The date with "ngày" in front unless a word for it stands there already."""
    left = reading.left(at)
    if left.endswith((" mùng", " mồng")):
        said = reading.voice.date(date)
        return said.replace(
            "ngày " + reading.voice.day(date.day or 0), reading.voice.cardinal(date.day or 0), 1
        )
    return reading.voice.date(date, lead=not left.endswith((*_DAY_TWICE, " khánh", " tết")))


def _impossible(match: re.Match[str]) -> Found:
    return ask(
        match.end(), match[0], "date", "date-impossible", f"“{match[0]}” không phải là một ngày có trên lịch."
    )


def read_date(reading: Reading, at: int) -> Found | None:
    """A date that carries its year, or a span of days."""
    text = reading.text
    for rule in (
        _read_iso, _read_date_span, _read_until_year, _read_full, _read_day_span, _read_day_list, _read_short_year,
    ):  # fmt: skip
        found = rule(reading, text, at)
        if found:
            return found
    return None


def _read_iso(reading: Reading, text: str, at: int) -> Found | None:
    match = _ISO.match(text, at)
    if not match:
        return None
    year, month, day = (int(match[i]) for i in (1, 2, 3))
    if not is_day(day, month, year):
        return _impossible(match)
    date = Date(day, month, year)
    if match[4] is None:
        return Found(match.end(), _say(reading, at, date), "date", "date-iso", Confidence.LIKELY, (), date)
    clock = Clock(int(match[4]), int(match[5]), int(match[6]) if match[6] else None)
    spoken = f"{reading.voice.clock(clock)}, {_say(reading, at, date)}"
    return Found(
        match.end(), spoken, "date", "date-timestamp", Confidence.UNCERTAIN, (reading.voice.date(date),), Series((clock, date)),
        "Đây là dấu thời gian của máy, thường không đọc trên loa; hãy xem lại.",
    )  # fmt: skip


def _read_until_year(reading: Reading, text: str, at: int) -> Found | None:
    """ "19/12/1946-2026": from a day to a year."""
    match = _UNTIL_YEAR.match(text, at)
    if not match:
        return None
    day, month, first, last = (int(match[i]) for i in range(1, 5))
    if not is_day(day, month, first) or last <= first:
        return None
    return _span(reading, match, Date(day, month, first), Date(None, None, last))


def _read_full(reading: Reading, text: str, at: int) -> Found | None:
    match = _FULL.match(text, at)
    if not match:
        return None
    day, month, year = int(match[1]), int(match[3]), int(match[4])
    if not is_day(day, month, year):
        return _impossible(match)
    date = Date(day, month, year)
    return Found(match.end(), _say(reading, at, date), "date", "date-full", value=date)


def _read_short_year(reading: Reading, text: str, at: int) -> Found | None:
    match = _SHORT_YEAR.match(text, at)
    if not match:
        return None
    day, month, year = int(match[1]), int(match[3]), int(match[4])
    left = reading.left(at)
    if not is_day(day, month):
        return None
    if not (left.endswith(DATE_STRONG) or left.endswith(DATE_WEAK) or match[2] == "/"):
        return None
    full = [reading.voice.date(Date(day, month, century + year)) for century in (2000, 1900)]
    spoken = _say(reading, at, Date(day, month, 2000 + year))
    return Found(
        match.end(), spoken, "date", "date-short-year", Confidence.UNCERTAIN, (full[1],), Date(day, month, 2000 + year),
        f"Năm chỉ viết hai chữ số (“{match[0]}”); hãy xác nhận năm.",
    )  # fmt: skip


def _read_date_span(reading: Reading, text: str, at: int) -> Found | None:
    match = _DATE_SPAN.match(text, at) or _DOTTED_SPAN.match(text, at)
    if not match:
        return None
    d1, m1, y1, d2, m2, y2 = (int(match[i]) if match[i] else None for i in range(1, 7))
    if d1 is None or m1 is None or d2 is None or m2 is None:
        return None
    if not (is_day(d1, m1, y1 or y2) and is_day(d2, m2, y2)):
        return None
    first, last = Date(d1, m1, y1), Date(d2, m2, y2)
    over_new_year = m1 >= (11 if y2 is None else 9) and m2 <= (2 if y2 is None else 4)
    if y1 is None and (m1, d1) > (m2, d2) and not over_new_year:
        return ask(
            match.end(), match[0], "date", "date-span-backwards", f"Khoảng ngày “{match[0]}” kết thúc trước khi bắt đầu.",
        )  # fmt: skip
    return _span(reading, match, first, last)


def _span(reading: Reading, match: re.Match[str], first: Date, last: Date) -> Found:
    at = match.start()
    left = reading.left(at)
    begin, end = reading.voice.date(first), reading.voice.date(last)
    if left.endswith(" ngày"):
        spoken = f"{begin.removeprefix('ngày ')} đến {end}"
    elif left.endswith(" từ"):
        spoken = f"{begin} đến {end}"
    else:
        spoken = f"từ {begin} đến {end}"
    return Found(match.end(), spoken, "date-range", "date-span", value=Interval(first, last))


def _read_day_span(reading: Reading, text: str, at: int) -> Found | None:
    """ "25-26/12", "01-31/10/2026": days of one month."""
    match = _DAY_SPAN.match(text, at)
    if not match:
        return None
    first, last, month = int(match[1]), int(match[3]), int(match[4])
    year = int(match[5]) if match[5] else None
    if not (is_day(last, month, year) and 1 <= first < last):
        return None
    left = reading.left(at)
    if left.endswith(" tháng"):
        return None
    if year is None and not left.endswith((*DATE_STRONG, *DATE_WEAK)):
        following = reading.right(match.end()).partition(" ")[0]
        if following in COUNTED and following not in ("tại", "năm"):
            return None
    tail = reading.voice.date(Date(None, month, year))
    days = reading.voice.day(first), reading.voice.day(last)
    value = Interval(Date(first, month, year), Date(last, month, year))
    from_to = f"ngày {days[0]} đến ngày {days[1]} {tail}"
    both = f"ngày {days[0]} và {days[1]} {tail}"
    if left.endswith(" từ ngày"):
        return Found(match.end(), from_to.removeprefix("ngày "), "date-range", "date-days", value=value)
    if left.endswith(" từ"):
        return Found(match.end(), from_to, "date-range", "date-days", value=value)
    if last == first + 1:
        spoken = both.removeprefix("ngày ") if left.endswith(_DAY_TWICE) else both
        return Found(
            match.end(), spoken, "date-range", "date-two-days", Confidence.LIKELY, ("từ " + from_to,), value
        )
    spoken = from_to.removeprefix("ngày ") if left.endswith(_DAY_TWICE) else "từ " + from_to
    return Found(match.end(), spoken, "date-range", "date-days", value=value)


def _read_day_list(reading: Reading, text: str, at: int) -> Found | None:
    """ "ngày 12, 13 và 14/11": single days of one month."""
    left = reading.left(at)
    if not left.endswith((" ngày", " sáng", " chiều", " tối", " trưa", " hôm")):
        return None
    match = _DAY_LIST.match(text, at)
    if not match:
        return None
    days = [int(day) for day in re.findall(r"\d+", match[1])] + [int(match[3])]
    month, year = int(match[4]), int(match[5]) if match[5] else None
    if not all(is_day(day, month, year) for day in days) or days != sorted(set(days)):
        return None
    joint = match[2] if match[2] in ("và", "hoặc") else {"&": "và"}.get(match[2], ",")
    said = [reading.voice.day(day) for day in days]
    head = ", ".join(said[:-1]) + (f", {said[-1]}" if joint == "," else f" {joint} {said[-1]}")
    spoken = f"{head} {reading.voice.date(Date(None, month, year))}"
    if not left.endswith((" ngày", " hôm")):
        spoken = "ngày " + spoken
    value = Series(tuple(Date(day, month, year) for day in days))
    return Found(match.end(), spoken, "date", "date-list", value=value)


def read_years(reading: Reading, at: int) -> Found | None:
    """ "2024-2025" and "tháng 10-12/2026"."""
    match = _YEAR_SPAN.match(reading.text, at)
    if match:
        first, last = int(match[1]), int(match[2])
        if first >= last:
            return None
        spoken = f"{reading.voice.year(first)} đến {reading.voice.year(last)}"
        if reading.left(at).endswith(
            (" từ", " giai đoạn", " năm học", " nhiệm kỳ", " khóa", " khoá", " năm", " năm ngân sách", "đoạn")
        ):
            confidence = Confidence.CERTAIN
        else:
            confidence = Confidence.LIKELY
        value = Interval(Date(year=first), Date(year=last))
        return Found(match.end(), spoken, "date-range", "year-span", confidence, (), value)
    match = _MONTH_SPAN.match(reading.text, at)
    if match:
        m1, y1, m2, y2 = int(match[1]), int(match[2]) if match[2] else None, int(match[3]), int(match[4])
        if not (1 <= m1 <= 12 and 1 <= m2 <= 12) or (y1 is None and m1 >= m2):
            return None
        left = reading.left(at)
        if y1 is None and not left.endswith((" tháng", " các tháng")):
            return _months_or_numbers(reading, match, left)
        first_said = reading.voice.date(Date(None, m1, y1))
        last_said = reading.voice.date(Date(None, m2, y2))
        if left.endswith(" tháng"):
            spoken = f"{first_said.removeprefix('tháng ')} đến {last_said}"
        else:
            spoken = (
                f"{first_said} đến {last_said}"
                if left.endswith(" từ")
                else f"từ {first_said} đến {last_said}"
            )
        value = Interval(Date(None, m1, y1), Date(None, m2, y2))
        return Found(match.end(), spoken, "date-range", "month-span", value=value)
    return None


def _months_or_numbers(reading: Reading, match: re.Match[str], left: str) -> Found | None:
    """ "10-12/2026" without the word "tháng": most likely months, or quarters after "quý"; somebody must look."""
    first, last, year = int(match[1]), int(match[3]), int(match[4])
    if DOCUMENT_WORDS.search(left):
        return None
    if _BEFORE_YEAR.search(left):
        name = left.rpartition(" ")[2]
        spoken = f"{reading.voice.cardinal(first)} đến {name} {reading.voice.cardinal(last)} năm {reading.voice.year(year)}"
        return Found(match.end(), spoken, "date-range", "numbered-span", Confidence.LIKELY)
    spoken = f"tháng {reading.voice.month(first)} đến tháng {reading.voice.month(last)} năm {reading.voice.year(year)}"
    value = Interval(Date(None, first), Date(None, last, year))
    return Found(
        match.end(), spoken, "date-range", "month-span-bare", Confidence.UNCERTAIN, (), value,
        f"“{match[0]}” được đọc là khoảng tháng; hãy xem lại.",
    )  # fmt: skip


def read_month_year(reading: Reading, at: int) -> Found | None:
    """ "9/2023" as a month; after "quý", "đợt", "kỳ" as their number and the year."""
    match = _MONTH_YEAR.match(reading.text, at)
    if not match:
        return None
    number, year = int(match[1]), int(match[3])
    left = reading.left(at)
    if left.endswith(" tháng") or 1 <= number <= 12 and MONTHS.search(left):
        if not 1 <= number <= 12:
            return _impossible(match)
        spoken = reading.voice.date(Date(None, number, year), lead=False)
        return Found(match.end(), spoken, "date", "month-year", value=Date(None, number, year))
    if _BEFORE_YEAR.search(left):
        spoken = f"{reading.voice.cardinal(number)} năm {reading.voice.year(year)}"
        return Found(
            match.end(), spoken, "date", "numbered-year", Confidence.LIKELY, (), Date(None, None, year)
        )
    if match[2] == "-" and not left.endswith(DATE_WEAK):
        return None
    if not 1 <= number <= 12:
        return None
    spoken = reading.voice.date(Date(None, number, year))
    return Found(
        match.end(), spoken, "date", "month-year-bare", Confidence.LIKELY, (), Date(None, number, year)
    )


def read_day_month(reading: Reading, at: int) -> Found | None:
    """Day and month parted by a stroke, where the neighbours say that it is a date; None for a share.

    A pair that may be either and has no neighbour to tell is red.
    """
    match = _DAY_MONTH.match(reading.text, at)
    if not match:
        return _day_dot(reading, at) or _named_day_dash(reading, at)
    day, month = int(match[1]), int(match[3])
    left = reading.left(at)
    if 1 <= day <= 12 and month and _SCHOOL_CLASS.search(reading.low[max(0, at - 80) : at]):
        # "lớp 9/2", "các lớp 6A, 7B, 9/2": the second class of the ninth grade, as schools in the south write it.
        said = f"{reading.voice.cardinal(day)} xuyệt {reading.voice.cardinal(month)}"
        other = f"{reading.voice.cardinal(day)} trên {reading.voice.cardinal(month)}"
        return Found(match.end(), said, "code", "school-class", Confidence.LIKELY, (other,), Code(match[0]))
    if (
        left.endswith(NAMED_STREET)
        and is_day(day, month)
        and reading.right(match.end()).partition(" ")[0] not in COUNTED
    ):
        said = f"{reading.voice.cardinal(day)} tháng {reading.voice.month(month)}"
        return Found(match.end(), said, "date", "named-after-a-day", Confidence.LIKELY, (), Date(day, month))
    named = left.endswith(NAMED_HOLDING) or left.endswith(NAMED_GROUP)
    if named and is_day(day, month) and reading.right(match.end()).partition(" ")[0] not in COUNTED:
        said = f"{reading.voice.cardinal(day)} tháng {reading.voice.month(month)}"
        other = f"{reading.voice.cardinal(day)} trên {reading.voice.cardinal(month)}"
        date = Date(day, month)
        if left.endswith(NAMED_HOLDING):
            return Found(match.end(), said, "date", "named-after-a-day", Confidence.LIKELY, (other,), date)
        return Found(
            match.end(), said, "date", "group-or-day", Confidence.UNCERTAIN, (other,), date,
            f"“{match[0]}” được đọc như tên đặt theo ngày; hãy xem lại có phải không.",
        )  # fmt: skip
    if ADDRESS_LEFT.search(left) or left.endswith((" thương binh", " bệnh binh", " hạng")):
        return None
    following = reading.right(match.end())
    # "25/11 (chiều)": what a bracket or a stop parts from the number is not counted by it.
    beside = reading.char(match.end()) == " " and reading.char(match.end() + 1).isalnum()
    counted = beside and following.partition(" ")[0] in COUNTED
    strong = (
        left.endswith(DATE_STRONG)
        or not counted
        and (
            WEEKDAY.search(left) is not None
            or NAMED_DAY.search(reading.low[max(0, at - 70) : at]) is not None
            or (
                reading.previous is not None
                and reading.previous.kind == "clock"
                and at - reading.previous_end <= 8
            )
        )
    )
    if not is_day(day, month):
        if strong and month <= 12 and left.endswith(" ngày"):
            return _impossible(match)
        return None
    if not strong:
        strong = DATE_RIGHT.match(following) is not None
    if left.endswith(" từ"):
        backwards = _backwards(reading, match, Date(day, month))
        if backwards:
            return backwards
    if strong:
        return _day_month(reading, match, Confidence.CERTAIN)
    if counted or left.endswith(SHARE_LEFT):
        return None
    if _chained(reading, at):
        return _day_month(reading, match, Confidence.LIKELY)
    if left.endswith(DATE_WEAK):
        return _day_month(reading, match, Confidence.LIKELY)
    if day > month and "/0" not in match[0][:-1]:
        return _day_month(reading, match, Confidence.LIKELY)
    if match[0][0] == "0" or match[3][0] == "0":
        return _day_month(reading, match, Confidence.LIKELY)
    choices = (
        reading.voice.date(Date(day, month)),
        reading.voice.fraction(day, month),
        f"{reading.voice.cardinal(day)} trên {reading.voice.cardinal(month)}",
    )
    return ask(
        match.end(), match[0], "date", "date-or-share",
        f"“{match[0]}” có thể là ngày, tháng, là phân số hoặc là tỷ số; hãy chọn cách đọc.", *choices,
    )  # fmt: skip


_TO_DAY = re.compile(r" đến (\d)/(\d{1,2})(?![\w/]|[.,]\d)")


def _backwards(reading: Reading, match: re.Match[str], first: Date) -> Found | None:
    """ "từ 1/3 đến 1/2": the end stands before the beginning, so that these are two fractions or a slip."""
    last = _TO_DAY.match(reading.low, match.end())
    day, month = first.day or 0, first.month or 0
    if last is None or day >= month or month > 10 or int(last[1]) >= int(last[2]):
        return None
    until = Date(int(last[1]), int(last[2]))
    if (int(last[2]), int(last[1])) >= (month, day):
        return None
    voice = reading.voice
    written = reading.text[match.start() : last.end()]
    return ask(
        last.end(), written, "date", "date-or-share",
        f"“{written}” có thể là ngày hoặc là phân số vì mốc sau lại sớm hơn; hãy chọn cách đọc.",
        f"{voice.date(first)} đến {voice.date(until)}",
        f"{voice.fraction(day, month)} đến {voice.fraction(int(last[1]), int(last[2]))}",
    )  # fmt: skip


_DOT = re.compile(r"(\d{1,2})(\.)(\d{1,2})(?![\w/%]|[.,]\d)")


_UNTIL = (" hạn", " hạn chót", " hạn cuối", " đến hết", " trước", " đến", " từ", " chậm nhất")
_FULL_DOTTED = re.compile(r"(?<!\d)\d{1,2}\.\d{1,2}\.20\d\d(?!\d)")
"""A date whose parts are parted by dots: the writer's way, which holds for the next one too."""


def _day_dot(reading: Reading, at: int) -> Found | None:
    """ "ngày 1.12, 5.12": directly behind "ngày" a dot parts day and month."""
    match = _DOT.match(reading.text, at)
    if not match or not is_day(int(match[1]), int(match[3])):
        return None
    left = reading.left(at)
    until = left.endswith(_UNTIL) and _FULL_DOTTED.search(reading.text[max(0, at - 120) : at]) is not None
    if not (left.endswith(" ngày") or until or _chained(reading, at)):
        return None
    following = reading.right(match.end()).partition(" ")[0]
    if following in COUNTED or following in SCALES:
        return None
    return _day_month(reading, match, Confidence.LIKELY)


def _named_day_dash(reading: Reading, at: int) -> Found | None:
    """ "Ngày Nhà giáo Việt Nam 20-11": after the name of a day a dash parts day and month."""
    match = _DAY_DASH.match(reading.text, at)
    if not match or not is_day(int(match[1]), int(match[3])):
        return None
    if int(match[1]) > int(match[3]) and _chained(reading, at):
        # "ngày 8-3, 20-10": no span runs backwards, and a date stands before.
        return _day_month(reading, match, Confidence.LIKELY)
    if int(match[1]) > int(match[3]) and WEEKDAY.search(reading.left(at)):
        # "CN 29-11"
        return _day_month(reading, match, Confidence.LIKELY)
    left = reading.low[max(0, at - 70) : at]
    if NAMED_DAY.search(left) is None or left.rstrip().endswith(("ngày", "mùng", "mồng")):
        return None
    following = reading.right(match.end()).partition(" ")[0]
    if (
        following in COUNTED
        or following in SCALES
        or reading.text[match.end() : match.end() + 1] in ("%", "°")
    ):
        return None
    return _day_month(reading, match, Confidence.LIKELY)


def _day_month(reading: Reading, match: re.Match[str], confidence: Confidence) -> Found:
    date = Date(int(match[1]), int(match[3]))
    spoken = _say(reading, match.start(), date)
    if NAMED_DAY.search(reading.low[max(0, match.start() - 70) : match.start()]):
        spoken = spoken.removeprefix("ngày ")
    return Found(match.end(), spoken, "date", "day-month", confidence, (), date)


def _chained(reading: Reading, at: int) -> bool:
    """True when a date stands before, parted only by a comma, a dash or "và"."""
    previous = reading.previous
    if (
        previous is None
        or previous.kind not in ("date", "date-range")
        or previous.confidence is Confidence.UNKNOWN
    ):
        return False
    return (
        re.fullmatch(r"\s*(?:,|;|và|hoặc|đến|-|–)?\s*(?:ngày)?\s*", reading.low[reading.previous_end : at])
        is not None
    )
