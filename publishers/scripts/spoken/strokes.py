"""The stroke and the dash: two signs that mean six things each."""

import re

from .documents import read_blank_number
from .quantities import read_amount
from .reading import Found, Reading
from .spans import Confidence
from .units import MONEY, NOT_COUNTED_PER, PER, UNIT, UNITS
from .values import Amount, Date, Interval

_COLD = re.compile(r"[-–−](\d{1,3})(?:,(\d{1,2}))?(?=\s?độ(?!\w)|\s*\Z)")
_LIST_MARK = re.compile(r"(?:\A|\n)[ \t]*\d{1,2}\Z")
"""A number and a stroke at the head of a line: "1/ Đối tượng"."""
_RATE = re.compile(r"\s?/\s?(?P<word>[^\W\d_]+(?:[23²³](?![^\W_]))?)")
_OF_YEAR = re.compile(r"\s?/\s?((?:19|20)\d\d)(?![\w/]|[.,]\d)")
_PERIOD_LEFT = re.compile(r"(?:\A|\W)(?:tháng|quý|tuần|kỳ|đợt|vụ)\s?\Z")
_COUNT_BEFORE = re.compile(r"\d (?:[^\W\d_]+ ){0,2}[^\W\d_]+\Z")
_COUNT_AFTER = re.compile(r"/\d[\d.]{0,12} [^\W\d_]{2,}")
_SUM_BEFORE = re.compile(r"\d (?:nghìn|ngàn|triệu|tỷ)(?: đồng)?\Z|\d đồng\Z")
_PER_SPAN = re.compile(r"/(?=\d{1,3}\s?(?:h|giờ|ngày|tháng|phút|năm)(?![^\W_]))")
_NUMBER_NEAR = re.compile(r"(?:\d|%|₫|\$)[^.;:!?\n()/]{0,24}\Z|\d[^.;:!?\n()]{0,14}/[^\W\d_ ]{1,10}\Z")
_NUMBER_WORD = re.compile(r"(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|vài|mấy) [^\W\d_]+(?: [^\W\d_]+)?\Z")


_ELECTRIC = frozenset(("vôn", "ki-lô-vôn", "héc", "am-pe", "mi-li-am-pe", "oát", "ki-lô-oát", "mã lực"))
"""What a machine has beside one another: "220V/50Hz" is no rate."""
_DOSE = re.compile(
    r"\d\s?(?:gói|viên|ống|thìa|muỗng|chai|lọ|túi|nắp|cốc|giọt|liều|hạt|thang)(?: [^\W\d_]+)?\s?\Z"
)
_DOSE_AFTER = re.compile(r"\d{1,4} (?:lít|bình|sào|người|con|gốc|cây|hố|luống|mét|ki-lô-gam)(?!\w)")
_NEXT_PHONE = re.compile(r"\s?(?:\+84|0\d{1,3}[ .-]?\d{3}|1[89]00[ .-]?\d{4})")


def read_stroke(reading: Reading, at: int) -> Found | None:
    """ "/": per, or, out of, or the blank number of a document."""
    text = reading.text
    if text.startswith("/.", at) and reading.char(at - 1) == ".":
        return Found(at + 2, "", "mark", "end-sign")
    blank = read_blank_number(reading, at)
    if blank:
        return blank
    before = text[max(0, at - 34) : at]
    if _LIST_MARK.search(before) and reading.char(at + 1) == " ":
        return Found(at + 1, ",", "mark", "list-mark")
    year = _OF_YEAR.match(text, at)
    if year and _PERIOD_LEFT.search(before.lower()):
        spoken = " năm " + reading.voice.year(int(year[1]))
        return Found(year.end(), spoken, "date", "of-year", Confidence.LIKELY, (), Date(year=int(year[1])))
    match = _RATE.match(text, at)
    if match:
        word = match["word"]
        stop = match.start("word")
        previous = reading.previous
        going_on = previous is not None and previous.kind == "rate" and at - reading.previous_end <= 16
        counted = (
            going_on
            or _NUMBER_NEAR.search(before.rstrip()) is not None
            or _NUMBER_WORD.search(before.lower().rstrip()) is not None
        )
        last = re.search(r"([^\W\d_]+)\s?\Z", before)
        alternative = last is not None and last[1].lower() in NOT_COUNTED_PER
        numbered = _NAMED_BEFORE.search(before.lower())
        if numbered and numbered[1] == word.lower() and text[match.end() : match.end() + 2].strip().isdigit():
            # "mũi 1/mũi 2"
            return Found(at + 1, ", ", "mark", "slash-list", Confidence.LIKELY, (" hoặc ",))
        if counted and not alternative:
            unit = UNIT.match(text, stop)
            if (
                unit
                and unit[0] in UNITS
                and unit[0] not in ("m", "l", "s", "g", "h", "V", "A", "W", "CV", "L")
            ):
                return Found(
                    unit.end(),
                    f" {_per(reading, at)} {UNITS[unit[0]]}",
                    "rate",
                    "rate-unit",
                    Confidence.LIKELY,
                )
            if word in ("th", "thg"):
                return Found(match.end(), " một tháng", "rate", "rate", Confidence.LIKELY)
            if word in ("h", "s", "l", "g", "m") and not text[stop + 1 : stop + 2].isalnum():
                return Found(
                    stop + 1, f" {_per(reading, at)} {UNITS[word]}", "rate", "rate-unit", Confidence.LIKELY
                )
            touches = (
                previous is not None
                and reading.previous_end == at
                and previous.kind in ("money", "measure", "percent")
            )
            if (
                word.lower() in PER
                or (touches or _SUM_BEFORE.search(before.lower()))
                and word.islower()
                or word.isupper()
                and len(word) > 1
                and (
                    going_on
                    or previous is not None
                    and previous.kind == "money"
                    or _SUM_BEFORE.search(before.lower())
                )
            ):
                return Found(stop, " một ", "rate", "rate")
        if before[-1:].isalnum() or before[-1:] in '%)”"²³':
            return Found(at + 1, ", ", "mark", "slash-list", Confidence.LIKELY, (" hoặc ",))
        if before[-2:].strip() and not before.endswith("\n"):
            return Found(at + 1, ", ", "mark", "slash-list", Confidence.LIKELY, (" hoặc ",))
    following = text[at + 1 : at + 2]
    touching = reading.previous if reading.previous_end == at else None
    if touching is not None and touching.kind in ("money", "measure") and following.isdigit():
        amount = read_amount(reading, at + 1)
        units = [
            value.unit for value in (touching.value, amount and amount.value) if isinstance(value, Amount)
        ]
        if amount and set(units) <= _ELECTRIC and len(set(units)) == 2:
            return Found(at + 1, ", ", "mark", "slash-list", Confidence.LIKELY)
        if amount is None and touching.kind == "measure" and _DOSE_AFTER.match(text, at + 1):
            # "pha 20ml/16 lít nước"
            return Found(at + 1, " cho ", "rate", "dose", Confidence.LIKELY, (" trên ",))
        if amount and amount.kind == touching.kind and (touching.kind == "money" or len(set(units)) == 2):
            return Found(at + 1, " trên ", "ratio", "money-of-money", Confidence.LIKELY)
    if following.isdigit() and _DOSE.search(before):
        dose = read_amount(reading, at + 1)
        if dose and dose.kind == "measure" or _DOSE_AFTER.match(text, at + 1):
            return Found(at + 1, " cho ", "rate", "dose", Confidence.LIKELY, (" trên ",))
    told = reading.previous
    if (
        told is not None
        and told.kind == "phone"
        and text[reading.previous_end : at] == " "
        and _NEXT_PHONE.match(text, at + 1)
    ):
        return Found(at + 1, " hoặc ", "mark", "phones", Confidence.LIKELY, (", ",))
    span = _PER_SPAN.match(text, at)
    if (
        span
        and reading.previous is not None
        and reading.previous_end == at
        and reading.previous.kind in ("money", "measure", "range", "comparison")
    ):
        return Found(
            span.end(),
            " cho " if reading.previous.kind == "money" else " trong ",
            "rate",
            "rate-span",
            Confidence.LIKELY,
        )
    if (
        reading.previous is not None
        and reading.previous_end == at
        and reading.previous.kind in ("phone", "roman", "section", "number", "mark", "code")
        and (
            not following.isdigit()
            or reading.previous.kind == "phone"
            or reading.previous.rule == "generation"
        )
    ):
        return Found(at + 1, ", ", "mark", "slash-list", Confidence.LIKELY)
    if following.isdigit() and _COUNT_BEFORE.search(before) and _COUNT_AFTER.match(text, at):
        return Found(at + 1, ", ", "mark", "slash-counts", Confidence.LIKELY, (" trên ",))
    if (
        following.isdigit()
        and reading.char(at - 1).isdigit()
        or following.isdigit()
        and reading.char(at - 1).isalpha()
    ):
        return Found(
            at + 1,
            ", ",
            "mark",
            "slash-list",
            Confidence.UNCERTAIN,
            (" xuyệt ", " trên "),
            None,
            "Dấu gạch chéo này chưa rõ nghĩa; hãy xem lại.",
        )
    return Found(at + 1, ",", "mark", "slash", Confidence.LIKELY)


def _per(reading: Reading, at: int) -> str:
    """ "trên" where two measures meet ("3,2 g/l"), "một" for money and things counted ("đồng/kg")."""
    previous = reading.previous if reading.previous_end == at else None
    if previous is None or previous.kind == "money":
        return "một"
    value = previous.value.last if isinstance(previous.value, Interval) else previous.value
    return "trên" if isinstance(value, Amount) and value.unit not in MONEY.values() else "một"


_BLOOD = re.compile(r"nhóm máu[^.;!?\n]{0,24}(?<![^\W_])(?:a|b|o|ab|rh)\Z")


def is_blood_group(reading: Reading, at: int) -> bool:
    """True for the sign of "nhóm máu A+, B-": dương or âm, and never lost."""
    return _BLOOD.search(reading.low[max(0, at - 40) : at]) is not None and not reading.char(at + 1).isalnum()


_NAMED_BEFORE = re.compile(r"([^\W\d_]+) (\d{1,3})\s?\Z")
_NAMED_AFTER = re.compile(r"[-–—]\s?([^\W\d_]+) (\d{1,3})(?![\w/]|[.,]\d)")
_SUM_LEFT = re.compile(r"\d ((?:nghìn |triệu |tỷ )?(?:đồng|tuổi|mét|ngày|tháng|năm|tấn|tạ|lít|điểm))\s?\Z")
_SUM_RIGHT = re.compile(r"[-–—]\s?\d[\d.,]{0,14} ((?:nghìn |triệu |tỷ )?[^\W\d_]+)")
_UNTIL_NOW = re.compile(r"[-–—]\s?(?:nay|hiện nay|hiện tại)(?!\w)")


_PLUS_MINUS = re.compile(r"\+\d{1,4}/\Z")
_SUM_AHEAD = re.compile(r"[^.;!?:\n(=]{1,60}(?<![<>=])=(?![=>])")
_SUM_BEHIND = re.compile(r"(?<![<>=])=[^.;!?\n(]{1,40}\Z")


def _in_a_sum(text: str, at: int) -> bool:
    """True for the dash of "Còn lại = Tổng thu - Tổng chi = 3.450.000 đồng": lost it would change what is said."""
    begin = max(0, at - 60)
    if _SUM_BEHIND.search(text[begin:at]) is None:
        return False
    return _SUM_AHEAD.match(text, at + 1) is not None or text[at - 2 : at - 1].isalpha()


_KILOMETRE_SPAN = re.compile(r"\s?[-–—]\s?[Kk](?:[Mm]\.?)?\s?\d{1,4}\+\d")
_THEN_TIME = re.compile(r"[-–—]\s?\d{1,2}(?::\d\d|\s?[hH]\s?\d{0,2}|\sgiờ)\s(?:ngày )?\d{1,2}/\d")


_DEGREES = re.compile(r" độ(?: (?:xê|ép))?\Z")


def _same_thing(text: str, at: int) -> bool:
    """True between "tổ 1" and "tổ 5", "100.000 đồng" and "200.000 đồng", "2021" and "nay": the dash means "đến"."""
    before = text[max(0, at - 30) : at].lower()
    if before.rstrip()[-1:].isdigit() and _UNTIL_NOW.match(text, at):
        return True
    left, right = _NAMED_BEFORE.search(before), _NAMED_AFTER.match(text[at : at + 30].lower())
    if left and right and left[1] == right[1] and int(left[2]) < int(right[2]):
        return True
    summed, other = _SUM_LEFT.search(before), _SUM_RIGHT.match(text[at : at + 40].lower())
    return bool(summed and other and summed[1] == other[1])


def _same_kind(reading: Reading, at: int) -> bool:
    """True between two milestones of a road, and between two moments written with their days."""
    last = reading.previous
    if last is None or reading.text[reading.previous_end : at].strip():
        return False
    if last.rule == "milestone":
        return _KILOMETRE_SPAN.match(reading.text, at) is not None
    return last.kind == "date" and _THEN_TIME.match(reading.text, at) is not None


def _past_dash(text: str, at: int) -> int:
    end = at + 1
    while text[end : end + 1] == " ":
        end += 1
    return end


def read_dash(reading: Reading, at: int) -> Found | None:
    """ "-" and its longer kin: bullet, minus, pause, or part of a word (None)."""
    text = reading.text
    before, after = reading.char(at - 1), reading.char(at + 1)
    if is_blood_group(reading, at):
        return Found(at + 1, " âm", "symbol", "blood-group", Confidence.LIKELY)
    cold = _COLD.match(text, at) if before in " (:,\n" else None
    if cold:
        # A minus that is lost turns frost into a mild day.
        spoken = "âm " + reading.voice.decimal(cold[1], cold[2] or "")
        return Found(
            cold.end(1) if not cold[2] else cold.end(2), spoken, "measure", "below-zero", Confidence.LIKELY
        )
    if _same_thing(text, at) or _same_kind(reading, at):
        return Found(_past_dash(text, at), " đến ", "range", "named-span", Confidence.LIKELY, (", ",))
    if reading.starts_line(at):
        frost = read_amount(reading, at + 1) if after.isdigit() else None
        if frost and _DEGREES.search(frost.spoken):
            return frost._replace(spoken="âm " + frost.spoken, confidence=Confidence.LIKELY, value=None)
        end = at + 1
        while text[end : end + 1] in ("-", "–", "—", "=") and end < len(text):
            end += 1
        return Found(end, "", "mark", "bullet")
    if after == ">":
        return Found(at + 2, ",", "mark", "arrow", Confidence.LIKELY)
    if before == "/" and after.isdigit() and _PLUS_MINUS.search(text[max(0, at - 8) : at]):
        return Found(at + 1, " trừ ", "symbol", "minus", Confidence.LIKELY)
    if before == " " and after == " " and _in_a_sum(text, at):
        reason = "Dấu gạch trong phép tính được đọc là “trừ”; hãy xem lại."
        return Found(at + 1, " trừ ", "symbol", "minus", Confidence.UNCERTAIN, (", ",), None, reason)
    if after.isdigit() and before in " (:,\n":
        amount = read_amount(reading, at + 1)
        if amount and amount.kind in ("measure", "percent"):
            return amount._replace(
                spoken="âm " + amount.spoken, confidence=min(amount.confidence, Confidence.LIKELY), value=None
            )
    if before == " " and after.isdigit() and text[max(0, at - 2)] not in ".;:,":
        reason = "Dấu gạch trước số có thể là dấu âm; hãy xem lại."
        return Found(at + 1, " âm ", "symbol", "minus", Confidence.UNCERTAIN, (", ",), None, reason)
    if before in " \n," or after in " \n-":
        end = at + 1
        while reading.char(end) in ("-", "–", "—") and end < len(text):
            end += 1
        return Found(end, ",", "mark", "dash")
    if text[at] != "-":
        return Found(at + 1, ",", "mark", "dash")
    previous = reading.previous
    read_before = previous is not None and reading.previous_end == at and previous.kind not in ("mark",)
    if read_before or after.isdigit() or before.isdigit() or re.match(r"[A-ZĐ]{2}", text[at + 1 : at + 3]):
        return Found(at + 1, ",", "mark", "dash", Confidence.LIKELY)
    if not (before.isalnum() and after.isalnum()):
        return Found(at + 1, ",", "mark", "dash")
    return None
