"""Times of day and lengths of time, and spans of them."""

import re

from .contexts import COUNTED
from .reading import Found, Reading, ask
from .shares import OR_RATIO, ratio_before
from .spans import Confidence
from .values import Clock, Code, Interval

_DASH = r"\s?[-–—÷]\s?"
_ONE = r"(\d{1,4})\s?(?:h|H|g|giờ)\s?(\d{1,2})?(?:\s?(?:'|’|′|phút|ph|p)(?![^\W\d_]))?"
_HOURS = re.compile(
    r"(?P<hour>\d{1,4})(?:(?P<mark>\s?[hH]\s?|[gG]|\sgiờ\s?|\sGiờ\s?|giờ\s?)(?P<minute>\d{1,2})?(?P<tail>\s?(?:'|’|′|phút|ph|p)(?![^\W\d_])(?:\s?(?P<second>\d{1,2})\s?(?:\"|”|″|''|’’|giây(?!\w)))?)?)(?![^\W_])"
)
_TIMED = re.compile(
    r"(?:(?P<minute>\d{1,3})\s?['’′]\s?)?(?P<second>\d{1,2})\s?(?:\"|”|″|''|’’)\s?(?P<part>\d{1,3})(?![\w]|[.,]\d)"
)
"""A time of a race: 11\"87, 4'52\"3."""
_COLON = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?![\d:/]|[.,]\d)(?:\s?(?:phút|h|H|giờ)(?![^\W\d_]))?")
_SHORT_SPAN = re.compile(rf"(\d{{1,2}}){_DASH}(\d{{1,2}})\s?(?:h|H|giờ)(?:00)?(?![^\W_])")
_HALF_SPAN = re.compile(rf"(\d{{1,2}}){_DASH}(\d{{1,2}})\s?(?:h|H|g)(\d{{2}})(?![^\W_])")
_PRIME = re.compile(r"(\d{1,3})\s?['’′](?!['’′])(?:\s?(\d{1,2})\s?(?:\"|”|″|''))?(?![^\W_])")
_MINUTE_SPAN = re.compile(rf"(\d{{1,3}}){_DASH}(\d{{1,3}})\s?p(?![\w])")
_MINUTES = re.compile(r"(\d{1,3})p(?![\w])")
_SECONDS = re.compile(r"(\d{1,3})\s?(?:″|'')(?![^\W_])")
_ALWAYS = re.compile(r"24/7(?:/365)?(?![\w/])")
_ALL_DAY = re.compile(r"24\s?/\s?24(?:\s?(?:giờ|h|H)(?![^\W_]))?(?![\d/])(?:\s?/\s?7(?![\d/]))?")
_LENGTH_LEFT = re.compile(
    r" (?:cách nhau|trong|mỗi|sau|khoảng|kéo dài|mất|thời gian|trước|liên tục|ngâm|ngủ|nghỉ|ít nhất|tối đa|chừng|thêm|"
    r"phơi|ủ|nấu|đun|theo dõi|chờ|suốt|vòng|hết|trễ|chậm)(?: khoảng| đến| từ| độ| chừng)?\Z"
)
_LENGTH_RIGHT = re.compile(
    r"(?:tới|nữa|liên tục|sau|đầu|qua|mỗi|một|liền|trở lên|làm việc|đồng hồ|học|dạy|giảng)\b"
)
_AFTER_DASH = re.compile(_DASH)
_FULL_HOUR = re.compile(r"(\d{1,2})\s?giờ(?![^\W_])")
_SCORE = re.compile(
    r" (?:tỷ lệ|tỉ lệ|tỷ số|tỉ số|tỉ lệ bản đồ|thắng|thua|hòa|pha|pha loãng|loãng|hòa loãng)(?: \d+ (?:hoặc|đến))?\Z"
)


def read_clock(reading: Reading, at: int) -> Found | None:
    """A time, a length of time, or a span of two times."""
    text = reading.text
    match = _ALWAYS.match(text, at)
    if (
        match
        and reading.right(match.end()).partition(" ")[0] not in COUNTED - {"số", "ngày", "tại", "trong"}
        and (not reading.left(at).endswith((" ngày", " sáng", " chiều", " tối")))
    ):
        four = reading.voice.cardinal(24)
        spoken = f"{four} giờ trong ngày, bảy ngày trong tuần"
        return Found(match.end(), spoken, "clock", "clock-always", Confidence.LIKELY, (f"{four} trên bảy",))
    match = _ALL_DAY.match(text, at)
    if match:
        four = reading.voice.cardinal(24)
        spoken = f"{four} trên {four} giờ"
        if match[0].endswith("7"):
            spoken += ", bảy ngày trong tuần"
        return Found(match.end(), spoken, "clock", "clock-all-day", alternatives=("suốt ngày đêm",))
    first = _read_one(reading, at)
    if first:
        return _maybe_span(reading, at, first) or first
    match = _SHORT_SPAN.match(text, at)
    if match and int(match[1]) < int(match[2]) <= 24:
        begin, end = Clock(int(match[1])), Clock(int(match[2]))
        if _is_length(reading, at, match.end()):
            spoken = f"{reading.voice.cardinal(int(match[1]))} đến {reading.voice.clock(end)}"
            return Found(match.end(), spoken, "clock", "clock-length", value=Interval(begin, end))
        return _span(reading, at, match.end(), begin, end)
    match = _HALF_SPAN.match(text, at)
    if match and int(match[1]) < int(match[2]) <= 24 and int(match[3]) < 60:
        return _span(reading, at, match.end(), Clock(int(match[1])), Clock(int(match[2]), int(match[3])))
    full = _FULL_HOUR.match(text, at)
    if full:
        return _full_hours(reading, at, full)
    match = _TIMED.match(text, at)
    if match:
        minute = int(match["minute"]) if match["minute"] else None
        spoken = reading.voice.clock(Clock(None, minute, int(match["second"])))
        spoken += " " + reading.voice.fraction_digits(match["part"])
        return Found(match.end(), spoken, "clock", "clock-race", Confidence.LIKELY, (), Code(match[0]))
    match = _PRIME.match(text, at)
    if match and not (match[2] is None and text[at - 1 : at] in "“\"'‘" and at):
        clock = Clock(None, int(match[1]), int(match[2]) if match[2] else None)
        return Found(
            match.end(), reading.voice.clock(clock), "clock", "clock-minutes", Confidence.LIKELY, (), clock
        )
    match = _MINUTE_SPAN.match(text, at)
    if match and int(match[1]) < int(match[2]):
        begin, end = Clock(None, int(match[1])), Clock(None, int(match[2]))
        spoken = f"{reading.voice.cardinal(int(match[1]))} đến {reading.voice.clock(end)}"
        return Found(
            match.end(), spoken, "clock", "clock-length", Confidence.LIKELY, (), Interval(begin, end)
        )
    match = _MINUTES.match(text, at)
    if match:
        clock = Clock(None, int(match[1]))
        return Found(
            match.end(), reading.voice.clock(clock), "clock", "clock-minutes", Confidence.LIKELY, (), clock
        )
    match = _SECONDS.match(text, at)
    if match:
        clock = Clock(None, None, int(match[1]))
        return Found(
            match.end(), reading.voice.clock(clock), "clock", "clock-seconds", Confidence.LIKELY, (), clock
        )
    return None


def _full_hours(reading: Reading, at: int, match: re.Match[str]) -> Found | None:
    """ "7 giờ - 11 giờ", "14 giờ - 16 giờ 30"; a full hour by itself is a number and a word."""
    first = Clock(int(match[1]))
    span = _maybe_span(reading, at, Found(match.end(), "", "clock", "clock-hours", value=first))
    if span is None or not isinstance(span.value, Interval) or not isinstance(span.value.last, Clock):
        return None
    last = span.value.last
    if last.hour is None or int(match[1]) >= last.hour:
        return None
    if last.minute is None and _is_length(reading, at, span.end):
        spoken = f"{reading.voice.cardinal(int(match[1]))} đến {reading.voice.clock(last)}"
        return span._replace(spoken=spoken, rule="clock-length")
    return span


def _is_length(reading: Reading, at: int, end: int) -> bool:
    """True for "cách nhau 4-6 giờ": a length of time, not two times of the day."""
    return (
        _LENGTH_LEFT.search(reading.left(at)) is not None
        or _LENGTH_RIGHT.match(reading.right(end)) is not None
        or reading.char(end) == "/"
    )


def _read_one(reading: Reading, at: int) -> Found | None:
    match = _HOURS.match(reading.text, at)
    if match:
        return _with_mark(reading, match)
    match = _COLON.match(reading.text, at)
    if not match or _SCORE.search(reading.left(at)) or ratio_before(reading, at, OR_RATIO):
        return None
    hour, minute = int(match[1]), int(match[2])
    second = int(match[3]) if match[3] else None
    if hour > 24 or minute > 59 or (second or 0) > 59:
        return ask(
            match.end(), match[0], "clock", "clock-impossible", f"“{match[0]}” không phải là giờ trong ngày."
        )
    clock = Clock(hour, minute, second)
    confidence = Confidence.CERTAIN if len(match[1]) == 2 or ":" in match[0] else Confidence.LIKELY
    return Found(match.end(), reading.voice.clock(clock), "clock", "clock-colon", confidence, (), clock)


def _with_mark(reading: Reading, match: re.Match[str]) -> Found | None:
    hour = int(match["hour"])
    mark = match["mark"].strip().lower()
    end = match.end()
    minute = int(match["minute"]) if match["minute"] else None
    if mark == "giờ" and not (minute is not None and _minute_follows(reading, match)):
        return None
    if (
        mark == "g"
        and minute is None
        and not (
            reading.right(end).startswith(("sáng ", "trưa ", "chiều ", "tối ", "đêm ", "ngày "))
            or reading.left(match.start()).endswith((" lúc", " hồi"))
            or _hour_of_a_day(reading, match)
        )
    ):
        return None
    if (
        minute is not None
        and mark == "h"
        and match["mark"] != match["mark"].strip()
        and match["tail"] is None
        and reading.right(end).partition(" ")[0] in COUNTED - {"ngày"}
    ):
        # "7 h 30 người": the number after a spaced h belongs to what follows it.
        end, minute = match.start("mark") + len(match["mark"].rstrip()), None
    if minute is not None and match["tail"] is None and _day_begins(reading, match):
        # "từ 12h 27/11": the number behind a blank is the day.
        end, minute = match.start("mark") + len(match["mark"].rstrip()), None
    if minute is not None and minute > 59:
        return ask(
            end,
            reading.text[match.start() : end],
            "clock",
            "clock-impossible",
            f"“{match[0]}” không phải là giờ hợp lệ.",
        )
    if hour > 24 and (
        minute is not None
        and match["tail"] is None
        or reading.left(match.start()).endswith((" lúc", " hồi", " vào"))
    ):
        return ask(
            end, reading.text[match.start() : end], "clock", "clock-impossible", f"“{match[0]}” không phải là giờ trong ngày.",
        )  # fmt: skip
    second = int(match["second"]) if match["second"] and minute is not None else None
    if second is not None and second > 59:
        return ask(end, match[0], "clock", "clock-impossible", f"“{match[0]}” không phải là giờ hợp lệ.")
    clock = Clock(hour, minute, second)
    return Found(end, reading.voice.clock(clock), "clock", "clock-hours", value=clock)


def _day_begins(reading: Reading, match: re.Match[str]) -> bool:
    return match["mark"] != match["mark"].rstrip() and (
        re.match(r"\s?/\s?\d", reading.text[match.end() : match.end() + 4]) is not None
    )


def _hour_of_a_day(reading: Reading, match: re.Match[str]) -> bool:
    """True for "sáng mai (29/11), 8g, mời …": a stop behind, and a day directly before."""
    if reading.char(match.end()) not in ",;.)\n":
        return False
    last = reading.last_number
    between = reading.text[reading.last_number_end : match.start()]
    return last is not None and last.kind == "date" and re.fullmatch(r"\s*[),]*\s*", between) is not None


def _minute_follows(reading: Reading, match: re.Match[str]) -> bool:
    """After "17 giờ" a number is the minutes unless it counts something."""
    if match["tail"]:
        return True
    word, _, rest = reading.right(match.end()).partition(" ")
    if (
        reading.char(match.end()) in ",."
        and reading.char(match.end() + 1).isdigit()
        or len(match["minute"]) != 2
    ):
        return False
    if word == "ngày":
        return rest[:1].isdigit()
    return word not in COUNTED and reading.char(match.end()) not in "/-%"


def _maybe_span(reading: Reading, at: int, first: Found) -> Found | None:
    dash = _AFTER_DASH.match(reading.text, first.end)
    if not dash or not reading.char(dash.end()).isdigit() or not isinstance(first.value, Clock):
        return None
    second = _read_one(reading, dash.end())
    if second and isinstance(second.value, Clock):
        return _span(reading, at, second.end, first.value, second.value)
    full = _FULL_HOUR.match(reading.text, dash.end())
    if full and first.value.hour is not None and first.value.hour < int(full[1]) <= 24:
        # "14 giờ 30 - 16 giờ"
        return _span(reading, at, full.end(), first.value, Clock(int(full[1])))
    return None


def _span(reading: Reading, at: int, end: int, first: Clock, last: Clock) -> Found:
    spoken = f"{reading.voice.clock(first)} đến {reading.voice.clock(last)}"
    if not reading.left(at).endswith((" từ", " khoảng", " trong", " lúc", " hồi")):
        spoken = "từ " + spoken
    return Found(end, spoken, "clock", "clock-span", value=Interval(first, last))
