"""Quantities: money, measures, percents, spans ("5-7 ngày") and shares ("6/6 thôn")."""

import re
from decimal import Decimal

from .contexts import (
    ALSO_COUNTED,
    SCORE_LEFT,
    SPAN_LEFT,
)
from .numerals import Numeral, numeral_at
from .reading import Found, Reading, ask
from .spans import Confidence
from .units import MONEY, SCALES, TOUCHING_ONLY, UNIT, UNIT_SIGN, UNITS
from .values import Amount, Code, Date, Interval, Number, Ratio

_DASH = re.compile(r"\s?[-–—÷~]\s?")
_TIMES = re.compile(r"\s?[x×X]\s?(?=\d)")
_TO_BELOW = re.compile(r"(\d{1,3})\s?[-–—]\s?<\s?(\d{1,3})(?![\w/]|[.,]\d)")
_COMPARE = re.compile(r"(>=|≥|⩾|<=|=<|≤|⩽|>|<)\s?(?=\d)")
_SHORTENED = re.compile(r"\d{1,4}(?:[.,]\d)?(?:k\d|T(?!\w)|tr\d)")
_MORE = re.compile(r"(\d{1,4})tr(\d{1,3})(?![\w])(?: (?:nghìn|ngàn)(?!\w))?")
_FEW = re.compile(r"(\d{1,3})k(\d)(?![\w])")
_LONE_T = re.compile(r"(\d{1,3}(?:[.,]\d)?)T(?![\w])")
_LOADED = re.compile(
    r" (?:xe|xe tải|tải trọng|trọng tải|tải|xe ben|xe đầu kéo|xe cẩu|trọng lượng|tổng trọng lượng)"
    r"(?: (?:trên|dưới|từ|hơn|quá|đến|loại|có|tải|trọng|là|không|vượt|nặng)| ,| \d{1,3})*\Z"
)
_TERMS = re.compile(r"(?:kỳ hạn|kì hạn|trả góp)[^.;!?\n]{0,60}\Z")
_METRES = re.compile(r"(\d{1,2})m(\d{1,2})(?![\w])")
_COMRADES = re.compile(r"/[cvCV](?!\w)")
_ENGINE_LEFT = re.compile(r" (?:máy|tàu|thuyền|xe|ghe|động cơ|công suất|mô tơ|cày|bơm)(?: [^\W_]+){0,4}\Z")
_TALL_LEFT = re.compile(
    r" (?:cao|sâu|chiều cao|chiều sâu|cao hơn|ngập|trẻ em|trẻ|bé|te|người|mực nước|nước lên|(?<!giá )(?<!tiền )nước)"
    r"(?: (?!đất|nhà|sàn|sạch|máy|thải|sinh|đá|uống)[^\W\d_]+){0,2}\Z"
)


def unit_after(reading: Reading, end: int) -> tuple[int, str, str] | None:
    """The unit behind a number as (end, written, spoken); the words behind "một trăm triệu" are left alone."""
    text = reading.text
    start = end
    while start < len(text) and start - end < 2 and text[start] in " \u00a0":
        start += 1
    match = UNIT.match(text, start) or UNIT_SIGN.match(text, start)
    if not match:
        return None
    written = match[0]
    if start > end and written in TOUCHING_ONLY:
        return None
    before = text[max(0, end - 2) : end]
    if written == "K" and len(before.lstrip(" ")) < 2 or written == "K" and before[0] not in "0123456789,.":
        # "2K", "5K" are names of campaigns; a price has two digits at least.
        return None
    if written == "g" and start > end and text[match.end() : match.end() + 1] == ")":
        return None
    if written in ("m", "g", "l", "s", "h", "k", "K", "A", "V", "W", "L", "CV", "Đ") and text[
        match.end() : match.end() + 1
    ] in ("'", "’", "&"):
        return None
    if written == "CV" and start > end and not _ENGINE_LEFT.search(reading.left(end)):
        # "12 CV" are letters of an office as well as the power of an engine.
        return None
    if written == "đồng":
        return None
    if written in ("đ", "Đ") and _COMRADES.match(text, match.end()):
        # "4 đ/c" are four comrades, "2 đ/v" two units; "15.000đ/con" is money.
        return None
    if (
        written == "đ"
        and start > end
        and reading.left(start).rpartition(" ")[0].endswith((" điểm", " khoản"))
    ):
        return None
    spoken = UNITS.get(written) or MONEY[written]
    return match.end(), written, spoken


def _unit_value(numeral: Numeral, written: str, spoken: str) -> Amount:
    scale = {"tr": 10**6, "trđ": 10**6, "tr.đ": 10**6, "k": 1000, "K": 1000, "ngđ": 1000, "tỷđ": 10**9}.get(
        written, 1
    )
    return Amount(numeral.value * scale, spoken)


def read_amount(reading: Reading, at: int) -> Found | None:
    """A number with its unit: "15.000đ", "38°C", "80%", "1,5 ha"."""
    text = reading.text
    match = _SHORTENED.match(text, at)
    if match is None:
        return _read_measured(reading, at)
    match = _FEW.match(text, at)
    if match:
        value = Decimal(int(match[1]) * 1000 + int(match[2]) * 100)
        return Found(
            match.end(), reading.voice.amount(value), "money", "money-short", Confidence.LIKELY, (), Amount(value, "đồng"),
        )  # fmt: skip
    match = _LONE_T.match(text, at)
    if match:
        return _lone_t(reading, at, match)
    match = _MORE.match(text, at)
    if match:
        thousands = int(match[2].ljust(3, "0"))
        value = Decimal(int(match[1]) * 1_000_000 + thousands * 1000)
        spoken = reading.voice.amount(value)
        return Found(
            match.end(), spoken, "money", "money-short", Confidence.LIKELY, (), Amount(value, "đồng")
        )
    return _read_measured(reading, at)


def _read_measured(reading: Reading, at: int) -> Found | None:
    text = reading.text
    match = _METRES.match(text, at)
    if match and match[2] in ("2", "3"):
        if not _TALL_LEFT.search(reading.left(at)):
            match = None
        elif int(match[1]) > 3:
            square = f"{reading.voice.cardinal(int(match[1]))} {UNITS['m' + match[2]]}"
            tall = f"{reading.voice.cardinal(int(match[1]))} mét {reading.voice.cardinal(int(match[2]))}"
            return ask(
                match.end(), match[0], "measure", "metres-or-square",
                f"“{match[0]}” có thể là chiều dài hoặc là diện tích, thể tích; hãy chọn cách đọc.", tall, square,
            )  # fmt: skip
    if match:
        spoken = f"{reading.voice.cardinal(int(match[1]))} mét {reading.voice.cardinal(int(match[2]))}"
        return Found(match.end(), spoken, "measure", "metres-short", Confidence.LIKELY)
    numeral = numeral_at(text, at)
    if numeral is None:
        return None
    size = _dimensions(reading, at, numeral)
    if size:
        return size
    unit = unit_after(reading, numeral.end)
    if unit is None:
        return None
    end, written, spoken_unit = unit
    confidence = Confidence.CERTAIN
    alternatives: tuple[str, ...] = ()
    if numeral.doubt:
        if len(numeral.places) == 3 and (
            written in MONEY or numeral.doubt == "comma" and written not in ("%", "‰", "MHz", "GHz")
        ):
            return _thousand_or_decimal(reading, at, numeral, end, " " + spoken_unit)
        confidence = Confidence.LIKELY
    if written in ("k", "K", "tr"):
        confidence = Confidence.LIKELY
    if written in ("s", "V", "A", "W") or (written == "g" and len(numeral.whole) == 1):
        confidence = Confidence.LIKELY
    kind = "percent" if written in ("%", "‰") else ("money" if written in MONEY else "measure")
    spoken = f"{numeral.said(reading.voice)} {spoken_unit}"
    amount = _unit_value(numeral, written, spoken_unit)
    if numeral.is_dotted_decimal:
        other = f"{numeral.said_with_dot(reading.voice)} {spoken_unit}"
        return Found(
            end, spoken, kind, "dotted-decimal", Confidence.UNCERTAIN, (other,), amount, dotted_reason(text[at:end])
        )  # fmt: skip
    return Found(end, spoken, kind, kind, confidence, alternatives, amount)


def _lone_t(reading: Reading, at: int, match: re.Match[str]) -> Found | None:
    """ "xe tải trên 5T" are tonnes, "kỳ hạn 6T" months; elsewhere nobody can tell."""
    numeral = numeral_at(reading.text, at)
    if numeral is None or numeral.end != match.end(1) or numeral.doubt:
        return None
    loaded = _LOADED.search(reading.left(at)) is not None
    if not loaded and (numeral.places or not _TERMS.search(reading.low[max(0, at - 80) : at])):
        return None
    unit = "tấn" if loaded else "tháng"
    said = f"{numeral.said(reading.voice)} {unit}"
    return Found(match.end(), said, "measure", "lone-t", Confidence.LIKELY, (), Amount(numeral.value, unit))


def dotted_reason(written: str) -> str:
    """What an editor is told of a decimal written with a dot."""
    return f"“{written}”: dấu chấm được đọc là dấu phẩy thập phân; hãy xem lại có đúng số không."


def _dimensions(reading: Reading, at: int, first: Numeral) -> Found | None:
    """ "2 x 3 m", "20x30 cm"."""
    numerals = [first]
    end = first.end
    while len(numerals) < 3:
        times = _TIMES.match(reading.text, end)
        if not times:
            break
        following = numeral_at(reading.text, times.end())
        if following is None:
            break
        numerals.append(following)
        end = following.end
    if len(numerals) == 1:
        return None
    spoken = " nhân ".join(numeral.said(reading.voice) for numeral in numerals)
    unit = unit_after(reading, end)
    if unit:
        spoken, end = f"{spoken} {unit[2]}", unit[0]
    elif reading.char(end).isalpha():
        return None
    if any(numeral.is_dotted_decimal for numeral in numerals):
        return Found(
            end, spoken, "measure", "dotted-decimal", Confidence.UNCERTAIN, (spoken.replace(" phẩy ", " chấm "),),
            None, dotted_reason(reading.text[at:end]),
        )  # fmt: skip
    return Found(end, spoken, "measure", "dimensions", Confidence.LIKELY)


def _thousand_or_decimal(reading: Reading, at: int, numeral: Numeral, end: int, tail: str) -> Found:
    voice = reading.voice
    thousand = voice.amount(numeral.as_thousands) + tail
    decimal = numeral.said(voice) + tail
    written = reading.text[at:end]
    return ask(
        end, written, "number", "thousand-or-decimal",
        f"“{written}”: chưa rõ dấu phẩy là phần nghìn hay phần thập phân.", thousand, decimal,
    )  # fmt: skip


_CHAIN = re.compile(r"\d{1,3}(?:[-–]\d{1,3}){2,5}(?![\w/-]|[.,]\d)")


_SHARES = re.compile(r"\d{1,3}%(?:\s?[-–/]\s?\d{1,3}%){2,5}(?![\w/-])")
_MIXED = re.compile(r" (?:npk|dap|npks|phân bón|phân hỗn hợp|phân tổng hợp)(?: [^\W\d_]+){0,2}\Z")
"""What a fertiliser is made of: "NPK 16-16-8"."""


def read_chain(reading: Reading, at: int) -> Found | None:
    """ "4-4-2", "21-27-34": outside of "NPK 16-16-8" three numbers and more in a row are sizes, lines or days; nobody can tell."""
    shares = _SHARES.match(reading.text, at)
    if shares:
        # "30%-40%-30%": three parts of a whole in a row are no span.
        told = ", ".join(
            f"{reading.voice.cardinal(int(part))} phần trăm" for part in re.findall(r"\d+", shares[0])
        )
        return Found(shares.end(), told, "percent", "shares", Confidence.LIKELY)
    match = _CHAIN.match(reading.text, at)
    if match is None:
        return None
    said = ", ".join(reading.voice.cardinal(int(part)) for part in re.findall(r"\d+", match[0]))
    if _MIXED.search(reading.left(at)):
        return Found(match.end(), said, "code", "fertiliser", Confidence.LIKELY, (), Code(match[0]))
    return ask(
        match.end(), match[0], "range", "chain", f"“{match[0]}” là dãy số chưa rõ nghĩa; hãy chọn cách đọc.", said, said.replace(",", "")
    )  # fmt: skip


def read_span(reading: Reading, at: int) -> Found | None:
    """ "5-7 ngày", "20-30 triệu đồng", "10–15%": from one quantity to another."""
    below = _TO_BELOW.match(reading.text, at)
    if below and int(below[1]) < int(below[2]):
        # "từ 6-<18 tuổi"
        ends = Number(Decimal(below[1])), Number(Decimal(below[2]))
        said = f"{reading.voice.cardinal(int(below[1]))} đến dưới {reading.voice.cardinal(int(below[2]))}"
        return Found(below.end(), said, "range", "span-below", Confidence.LIKELY, (), Interval(*ends))
    first = numeral_at(reading.text, at)
    if first is None:
        return None
    end = first.end
    unit_first = None
    if not reading.text[end : end + 1].isdigit():
        unit_first = unit_after(reading, end)
    dash = _DASH.match(reading.text, end)
    if not dash and unit_first:
        dash = _DASH.match(reading.text, unit_first[0])
    else:
        unit_first = None
    if not dash:
        return None
    last = numeral_at(reading.text, dash.end())
    if last is None:
        return None
    unit = unit_after(reading, last.end)
    after = reading.char(last.end)
    if unit_first and not unit:
        return None
    if unit is None and (after.isalpha() or after in "/:-–" and reading.char(last.end + 1).isalnum()):
        return None
    left = reading.left(at)
    voice = reading.voice
    written = reading.text[at : unit[0] if unit else last.end]
    scaled = unit is not None or reading.right(last.end).partition(" ")[0] in SCALES
    if (first.doubt == "dot" or last.doubt == "dot") and not scaled:
        return None
    if first.value >= last.value:
        return _not_a_span(reading, at, first, last, left, written)
    following = reading.right(last.end).partition(" ")[0]
    spoken = f"{first.said(voice)} đến {last.said(voice)}"
    dotted = first.is_dotted_decimal or last.is_dotted_decimal
    if not first.value and not left.endswith(" từ"):
        # "không đến năm mươi" would be heard as "less than fifty".
        spoken = "từ " + spoken
    if unit_first and unit and unit_first[1] != unit[1]:
        spoken = f"{first.said(voice)} {unit_first[2]} đến {last.said(voice)}"
    value = Interval(Number(first.value), Number(last.value))
    if unit:
        spoken += " " + unit[2]
        value = Interval(Amount(first.value, unit[2]), Amount(last.value, unit[2]))
        if dotted:
            return _dotted_span(unit[0], spoken, value, written)
        return Found(unit[0], spoken, "range", "span-unit", Confidence.CERTAIN, ("từ " + spoken,), value)
    if (
        left.endswith((" ngày", " sáng", " chiều", " tối", " hôm", " đêm", " trưa"))
        and following not in SCALES
    ):
        return _days_or_date(reading, first, last, written, last.end)
    if following in ALSO_COUNTED or following in SCALES:
        if dotted:
            return _dotted_span(last.end, spoken, value, written)
        return Found(last.end, spoken, "range", "span-counted", Confidence.CERTAIN, ("từ " + spoken,), value)
    if left.endswith(SPAN_LEFT):
        if left.endswith(" tháng"):
            spoken = f"{voice.month(int(first.value))} đến tháng {voice.month(int(last.value))}"
        elif left.endswith(" thứ"):
            spoken = f"{voice.ordinal(int(first.value))} đến thứ {voice.ordinal(int(last.value))}"
        return Found(last.end, spoken, "range", "span-named", Confidence.LIKELY, (), value)
    if SCORE_LEFT.search(left) or _scores_go_on(reading, at):
        return _not_a_span(reading, at, first, last, left, written)
    if (
        following
        and reading.char(last.end) == " "
        and (first.value > 12 or last.value > 31 or first.places or last.places)
    ):
        return Found(last.end, spoken, "range", "span-likely", Confidence.LIKELY, (), value)
    if (
        first.value > 31
        and last.value - first.value >= 2
        and not first.places
        and left
        and reading.char(at - 1) == "("
        and after == ")"
    ):
        # "bậc 2 (51-100)": no day, and no score where none stands before.
        return Found(last.end, spoken, "range", "span-likely", Confidence.LIKELY, (), value)
    choices = (
        (spoken, f"{voice.cardinal(int(first.value))} {voice.cardinal(int(last.value))}")
        if not first.places
        else (spoken,)
    )
    return ask(
        last.end,
        written,
        "range",
        "span-or-date",
        f"“{written}” có thể là khoảng số, ngày tháng hoặc tỷ số; hãy chọn cách đọc.",
        *choices,
    )


def _dotted_span(end: int, spoken: str, value: Interval, written: str) -> Found:
    return Found(
        end, spoken, "range", "dotted-decimal", Confidence.UNCERTAIN, (spoken.replace(" phẩy ", " chấm "),), value,
        dotted_reason(written),
    )  # fmt: skip


_EVERY_MONTH = re.compile(r"(?:h[àằ]ng|mỗi) tháng ")


def _days_or_date(reading: Reading, first: Numeral, last: Numeral, written: str, end: int) -> Found | None:
    """ "ngày 12-15" and "ngày 3-5 hằng tháng" can only be days, "ngày 3-4" is either days or the third of April."""
    voice = reading.voice
    a, b = int(first.value), int(last.value)
    if first.places or last.places or b > 31:
        return None
    days = f"{voice.day(a)} đến ngày {voice.day(b)}"
    if b > 12 or _EVERY_MONTH.match(reading.right(end)):
        return Found(end, days, "date-range", "date-days-open", Confidence.LIKELY)
    date = f"{voice.day(a)} tháng {voice.month(b)}"
    return ask(
        end,
        written,
        "date",
        "days-or-date",
        f"“{written}” có thể là khoảng ngày hoặc ngày và tháng; hãy chọn.",
        days,
        date,
    )


def _scores_go_on(reading: Reading, at: int) -> bool:
    """True for the second set of a match: "với tỷ số 25-18, 25-20"."""
    previous = reading.previous
    return (
        previous is not None
        and previous.rule == "score"
        and re.fullmatch(r"\s*(?:,|;|và|rồi|\(|: ?)?\s*", reading.low[reading.previous_end : at]) is not None
    )


def _not_a_span(
    reading: Reading, at: int, first: Numeral, last: Numeral, left: str, written: str
) -> Found | None:
    voice = reading.voice
    end = last.end
    a, b = first.value, last.value
    if SCORE_LEFT.search(left) or _scores_go_on(reading, at):
        spoken = f"{voice.amount(a)} {voice.amount(b)}"
        return Found(end, spoken, "ratio", "score", Confidence.LIKELY, (), Ratio(a, b))
    dated = left.endswith((" ngày", " sáng", " chiều", " tối", " hôm", " đêm", " trưa"))
    if dated and not first.places and not last.places and 1 <= b <= 12 and a <= 31:
        spoken = f"{voice.day(int(a))} tháng {voice.month(int(b))}"
        if not left.endswith((" ngày", " hôm")):
            spoken = "ngày " + spoken
        return Found(end, spoken, "date", "date-dash", Confidence.LIKELY)
    choices = [f"{voice.amount(a)} {voice.amount(b)}"]
    if not first.places and not last.places and 1 <= b <= 12 and 1 <= a <= 31:
        choices.append(voice.date(Date(int(a), int(b))))
    return ask(
        end, reading.text[at:end], "range", "span-backwards",
        f"“{reading.text[at:end]}”: chưa rõ là khoảng số, tỷ số hay ngày tháng.", *choices,
    )  # fmt: skip


def read_compare(reading: Reading, at: int) -> Found | None:
    """ "≥ 80%" is said "từ tám mươi phần trăm trở lên"; "<" and ">" are dưới and trên."""
    match = _COMPARE.match(reading.text, at)
    if not match:
        return None
    sign = {">=": "≥", "⩾": "≥", "<=": "≤", "=<": "≤", "⩽": "≤"}.get(match[1], match[1])
    start = match.end()
    inner = read_amount(reading, start)
    if inner is None:
        numeral = numeral_at(reading.text, start)
        if (
            numeral is None
            or numeral.doubt
            or reading.char(numeral.end) in "/-–:"
            and reading.char(numeral.end + 1).isdigit()
        ):
            return None
        if reading.char(numeral.end).isalpha():
            end = numeral.end
            while end < len(reading.text) and end - start < 24 and reading.char(end).isalnum():
                end += 1
            return ask(
                end, reading.text[at:end], "code", "glued", f"Chưa biết cách đọc “{reading.text[start:end]}”."
            )
        inner = Found(
            numeral.end, numeral.said(reading.voice), "number", "number", value=Number(numeral.value)
        )
    if inner.confidence is Confidence.UNKNOWN:
        return inner._replace(spoken=reading.text[at : inner.end])
    end, said = inner.end, inner.spoken
    if sign in "<>":
        word = "trên" if sign == ">" else "dưới"
        other = ("hơn " if sign == ">" else "nhỏ hơn ") + said
        spoken = f"{word} {said}"
        return Found(end, spoken, "comparison", "comparison", inner.confidence, (other,), inner.value)
    closed = inner.kind in ("percent", "measure", "money")
    if not closed:
        noun = re.compile(
            r"\s(?:triệu |tỷ |nghìn )?(?:đồng|tuổi|năm|tháng|ngày|giờ|phút|điểm|người|lần|hộ|hồ sơ|mét|lít|tấn|độ|buổi|km|m2|kg|ha|cm|mm)(?![\w/])"
        ).match(reading.low, end)
        if noun and not re.search(r"\d", noun[0]):
            said += (
                reading.text[end : noun.end()]
                if noun[0].strip() not in UNITS
                else " " + UNITS[noun[0].strip()]
            )
            end, closed = noun.end(), True
    if closed:
        spoken = f"từ {said} trở lên" if sign == "≥" else f"không quá {said}"
    else:
        spoken = f"ít nhất {said}" if sign == "≥" else f"không quá {said}"
    other = f"{'lớn' if sign == '≥' else 'nhỏ'} hơn hoặc bằng {said}"
    return Found(end, spoken, "comparison", "comparison", inner.confidence, (other,), inner.value)
