"""Days of the week by their numbers: "thứ 2 - thứ 6", "thứ 3-5-7", "các tối 2-4-6"."""

import re

from .reading import Found, Reading
from .spans import Confidence

_WEEKDAY_SPAN = re.compile(
    r"([2-7])\s?[-–—]\s?(?:thứ\s|t)?([2-7]|bảy|sáu|chủ nhật|cn)(?![\w/.,-]*\d)", re.IGNORECASE
)
_EVERY_OTHER = re.compile(r"[2-7](?:\s?[-–]\s?[2-7]){2,4}(?:\s?[-–]\s?(?:CN|cn))?(?![\w/-]|[.,]\d)")


def read_every_other_day(reading: Reading, at: int) -> Found | None:
    """ "thứ 3-5-7", "thứ 2 - 4 - 6": single days of the week, in their order."""
    match = _EVERY_OTHER.match(reading.text, at)
    if match is None or not reading.left(at).endswith((" thứ", " tối", " sáng", " chiều", " các tối")):
        return None
    named = reading.left(at).endswith(" thứ")
    days = [int(day) for day in re.findall(r"\d", match[0])]
    if days != sorted(set(days)):
        return None
    said = ", thứ ".join(reading.voice.ordinal(day) for day in days)
    if not named:
        said = "thứ " + said
    if match[0].lower().endswith("cn"):
        said += ", Chủ nhật"
    return Found(match.end(), said, "ordinal", "weekdays-list", Confidence.LIKELY)


def read_weekdays(reading: Reading, at: int) -> Found | None:
    """ "thứ 2 - thứ 6": from one weekday to another, with "từ" put before by the caller's left word."""
    left = reading.left(at)
    if not left.endswith(" thứ"):
        return None
    match = _WEEKDAY_SPAN.match(reading.text, at)
    if not match:
        return None
    last = match[2].lower()
    last_said = {"cn": "chủ nhật", "chủ nhật": "chủ nhật"}.get(last, "")
    if not last_said:
        last_said = "thứ " + (reading.voice.ordinal(int(last)) if last.isdigit() else last)
        if last.isdigit() and int(last) <= int(match[1]):
            return None
    spoken = f"{reading.voice.ordinal(int(match[1]))} đến {last_said}"
    return Found(match.end(), spoken, "range", "weekdays", Confidence.CERTAIN, ())
