"""Numbers of places, days and steps written one after the other without a blank: "thứ 2,4,6", "tổ 4,5".

A comma between digits is a decimal comma nearly everywhere; read so here, "thứ 2,4" would be a weekday that does not
exist. No decimal has two commas, and what is named by its number has no tenths."""

import re
from decimal import Decimal
from itertools import pairwise

from .contexts import PER_PERIOD
from .quantities import unit_after
from .reading import Found, Reading, ask
from .spans import Confidence
from .units import SCALES
from .values import Clock, Date, Number, Series

_SEVERAL = re.compile(r"\d{1,2}(?:,\d{1,2}){2,40}(?![\w%]|[.,/:+-]\d)")
_ROOMS = re.compile(r"\d{3}(?:,\d{3}){1,40}(?![\w%]|[.,/:+-]\d)")
_HOURS = re.compile(r"(\d{1,2}(?:,\d{1,2}){1,12})\s?(?:h|giờ)(?![\w]|\s?\d)")
_TANGLED = re.compile(r"\d{1,3}(?:,\d{1,2}){2,40}(?![,\d])[\w/.:+-]{0,12}")
_PAIR = re.compile(r"\d{1,3},\d{1,3}(?![\w%]|[.,/:+-]\d)")
_NUMBERED = re.compile(
    r" (?P<noun>thứ|ngày|tháng|tuần|quý|tổ|tổ dân phố|tổ dân cư|thôn|xóm|ấp|bản|buôn|làng|khóm|khu phố|khối|khối phố|chi bộ|đội|lớp|"
    r"bước|mức độ|định danh mức|cấp|cấp độ|tầng|điều|khoản|chương|mục|phụ lục|tiết|câu|bài|trang|đợt|phường|quận|phòng|quầy|cửa|"
    r"bàn|kỳ|học kỳ|tập|tiêu chí|tuyến|làn|nhóm|giai đoạn|kênh|dãy|lô|hẻm|ngõ|kiệt|mũi|thửa|nhà)(?: số)?"
    r"(?: \d{1,3}(?:,\d{1,3})*(?: ,| và| hoặc|))*\Z"
)
#: Behind a pair of digits these say that it is a quantity after all ("câu 2,5 điểm").
_MEASURED = frozenset(
    """
    điểm giờ tiếng lần phút giây năm tháng ngày độ phần sào mẫu công vạn chỉ lượng cân bữa viên liều gói thước
    """.split()  # noqa: SIM905
)


def read_enumeration(reading: Reading, at: int) -> Found | None:
    """ "thứ 2,4,6", "tổ 4,5", "mức độ 3,4": single numbers, in their order."""
    left = reading.left(at)
    hours = _HOURS.match(reading.text, at)
    if hours:
        return _hours(reading, hours, left)
    several = _SEVERAL.match(reading.text, at)
    match = several or _PAIR.match(reading.text, at)
    named = _NUMBERED.search(left) if match or reading.char(at + 3) == "," else None
    noun = named["noun"] if named else ""
    if noun in ("phòng", "lớp", "thửa", "nhà", "lô") and several is None:
        several = match = _ROOMS.match(reading.text, at) or match
    if match is None:
        return None
    if noun in ("ngày", "tháng", "tuần", "quý") and PER_PERIOD.search(left):
        noun = ""
    items = match[0].split(",")
    if several is None and (not noun or not _in_order(items) or _is_measured(reading, match.end(), noun)):
        return None
    said = ", ".join(_said(reading, noun, item) for item in items)
    value = Series(tuple(_value(noun, item) for item in items))
    kind = "date" if noun in ("ngày", "tháng") else "ordinal" if noun == "thứ" else "number"
    confidence = Confidence.CERTAIN if noun else Confidence.LIKELY
    return Found(match.end(), said, kind, "enumeration", confidence, (), value)


def read_tangled(reading: Reading, at: int) -> Found | None:
    """ "1,2,3A": several commas, and something behind them that nobody explained; no decimal is made of it."""
    match = _TANGLED.match(reading.text, at)
    if match is None:
        return None
    written = match[0].rstrip(".:/+-")
    return ask(
        at + len(written), written, "number", "enumeration-in-doubt",
        f"“{written}”: chưa rõ các số này là gì; hãy viết tách ra bằng dấu phẩy và dấu cách.",
    )  # fmt: skip


def _hours(reading: Reading, match: re.Match[str], left: str) -> Found | None:
    hours = [int(item) for item in match[1].split(",")]
    rising = all(one < other for one, other in pairwise(hours)) and hours[-1] <= 24
    if not rising or len(hours) == 2 and not left.endswith((" lúc", " hồi", " sáng", " chiều")):
        return None
    said = ", ".join(reading.voice.clock(Clock(hour)) for hour in hours)
    return Found(
        match.end(), said, "clock", "enumeration", Confidence.LIKELY, (), Series(tuple(Clock(hour) for hour in hours))
    )  # fmt: skip


def _in_order(items: list[str]) -> bool:
    """True for "4,5" and "01,02", false for what only a decimal looks like: "0,5", "4,05", "5,4"."""
    first, second = items
    if first[0] == "0" or second[0] == "0":
        return len(first) == len(second) > 1 and 0 < int(first) < int(second)
    return int(first) < int(second)


def _is_measured(reading: Reading, end: int, noun: str) -> bool:
    if unit_after(reading, end) is not None:
        return True
    word, _, rest = reading.right(end).partition(" ")
    if noun in ("ngày", "tuần", "tháng", "quý") and (word in ("tháng", "năm") and rest[:1].isdigit()):
        return False
    return word in SCALES or word in _MEASURED


def _said(reading: Reading, noun: str, item: str) -> str:
    voice, number = reading.voice, int(item)
    if noun == "thứ" and 2 <= number <= 7:
        return voice.ordinal(number)
    if noun == "ngày" and 1 <= number <= 31:
        return voice.day(number)
    if noun == "tháng" and 1 <= number <= 12:
        return voice.month(number)
    return voice.cardinal(number)


def _value(noun: str, item: str) -> Date | Number:
    number = int(item)
    if noun == "ngày":
        return Date(day=number)
    if noun == "tháng":
        return Date(month=number)
    return Number(Decimal(number))
