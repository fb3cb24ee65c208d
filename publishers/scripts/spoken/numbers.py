"""A number by itself: what its neighbours make of it (an ordinal, a day, a month, a name, a quantity)."""

import re
from decimal import Decimal

from .contexts import (
    ALSO_TIMES,
    COUNTED,
    DOCUMENT_WORDS,
    KEEPS_ZERO,
    MONTHS,
    NAMED_BY_CODE,
    ORDINAL,
    PER_PERIOD,
    RANK_FIRST,
    SECTION_LEFT,
    VERSION_LEFT,
)
from .coordinates import names_coordinates
from .numerals import Numeral, numeral_at
from .quantities import dotted_reason, unit_after
from .reading import Found, Reading, ask
from .spans import Confidence
from .units import SCALES
from .values import Clock, Code, Date, Digits, Number

_TANGLE = re.compile(r"\d+(?:[.,]\d{1,20}){0,12}")
_DOTTED = re.compile(r"\d{1,4}(?:\.\d{1,4}){1,4}(?!\d|,\d)")
_LONG_MIX = re.compile(r"\d{1,6}[A-ZĐ]{1,3}\d{4,14}(?![^\W_])")
_ORDER = re.compile(r"\d{1,6}/[A-ZĐ]{2,6}-\d{1,6}(?![\w/-])")
_LETTERED = re.compile(r"(\d{1,4})([A-ZĐa-zđ]{1,2}\d{0,2})(?![^\W_])")
_DAYS_OPEN = re.compile(r" ngày(?: \d{1,2}(?: ,| và| hoặc|))*\Z")
_LONG_CODE = re.compile(r"\d[\d.]{0,20}(?:[-.][A-ZĐ0-9][A-ZĐ0-9.]{0,20}){1,5}(?![^\W\d_])")
_KEPT_LETTER = frozenset("abcdđeghiklmnpqrstvx")


def read_dotted(reading: Reading, at: int) -> Found | None:
    """ "mục 2.1", "phiên bản 4.0.2", "2.3. Nội dung": numbers parted by dots that are no quantity."""
    match = _DOTTED.match(reading.text, at)
    if not match:
        return None
    written = match[0]
    left = reading.left(at)
    parts = written.split(".")
    after = reading.text[match.end() : match.end() + 2]
    heading = reading.starts_line(at) and (
        after[:1] in (".", ")", ":") or after[:1] == " " and len(parts) > 1 and len(parts[-1]) < 3
    )
    if (
        heading
        and reading.text[match.end() : match.end() + 4].lstrip(".):")[:1] == " "
        and not _followed_by_scale(reading, match.end())
    ):
        following = reading.text[match.end() :].lstrip(".): ")
        if len(parts) == 2 and after[:1] == " " and following[:1].islower():
            # "1.5 lít …" may be a quantity; a heading begins with a capital.
            decimal = f"{reading.voice.cardinal(int(parts[0]))} phẩy {_plain_or_zero(reading, parts[1])}"
            return Found(
                match.end(), _said_dotted(reading, parts), "section", "section-or-decimal", Confidence.UNCERTAIN,
                (decimal,), Code(written), f"“{written}” ở đầu dòng có thể là số mục hoặc số lượng; hãy xem lại.",
            )  # fmt: skip
        return _dotted(reading, match, "section-line", Confidence.LIKELY)
    if names_coordinates(left):
        return ask(
            match.end(),
            written,
            "number",
            "coordinate",
            f"“{written}” là tọa độ; hãy chọn cách đọc.",
            _said_dotted(reading, parts),
        )
    grouped = all(len(part) == 3 for part in parts[1:]) and len(parts[0]) <= 3 and parts[0][0] != "0"
    if grouped:
        return None
    if left.endswith(SECTION_LEFT) and all(len(part) <= 2 for part in parts):
        return _dotted(reading, match, "section", Confidence.LIKELY)
    if len(parts) > 2:
        if left.endswith(VERSION_LEFT) or all(len(part) <= 2 for part in parts):
            return _dotted(reading, match, "version", Confidence.LIKELY)
        return None
    if left.endswith(VERSION_LEFT) and len(written) <= 5:
        return _dotted(reading, match, "version", Confidence.LIKELY)
    return None


def _goes_on(reading: Reading, at: int) -> bool:
    """True behind a like form that was understood: "lớp 9A1, 9A2"."""
    previous = reading.previous
    return (
        previous is not None
        and previous.rule == "lettered-number"
        and re.fullmatch(r"\s*(?:,|và|hoặc|;)\s*", reading.low[reading.previous_end : at]) is not None
    )


_DAY_PARTS = frozenset(("sáng", "trưa", "chiều", "tối", "đêm"))


def _followed_by_scale(reading: Reading, end: int) -> bool:
    word = reading.right(end).partition(" ")[0]
    if unit_after(reading, end) is not None:
        return True
    # A heading begins with a capital ("1.1 Mục tiêu"); what is counted does not.
    titled = reading.text[end : end + 2].strip()[:1].isupper()
    return not titled and (word in SCALES or word in COUNTED or word in _DAY_PARTS)


def _said_dotted(reading: Reading, parts: list[str]) -> str:
    return " chấm ".join(
        reading.voice.cardinal(int(part)) if part[0] != "0" or len(part) == 1 else reading.voice.digits(part)
        for part in parts
    )


_POINT = re.compile(r"\.([a-eđA-EĐ])(?![\w])")


def _dotted(reading: Reading, match: re.Match[str], rule: str, confidence: Confidence) -> Found:
    said = _said_dotted(reading, match[0].split("."))
    point = _POINT.match(reading.text, match.end()) if rule == "section" else None
    end = match.end()
    if point:
        # "mục 3.1.a"
        said, end = f"{said} chấm {reading.voice.spell(point[1])}", point.end()
    return Found(end, said, "section", rule, confidence, (), Code(reading.text[match.start() : end]))


def read_lettered(reading: Reading, at: int) -> Found | None:
    """ "4G", "12A1", "Điều 5a": digits with letters behind them."""
    match = _LETTERED.match(reading.text, at)
    if not match:
        return None
    digits, tail = match[1], match[2]
    left = reading.left(at)
    letters = re.sub(r"\d", "", tail)
    if letters == "X" and (
        left.endswith((" thế hệ", " đời", " lứa", " lớp người"))
        or reading.previous is not None
        and reading.previous.rule == "age-group"
        and at - reading.previous_end <= 4
    ):
        said = f"{reading.voice.cardinal(int(digits))} ích"
        return Found(match.end(), said, "code", "age-group", Confidence.LIKELY, (), Code(match[0]))
    if letters in ("x", "X") and not tail[1:]:
        return ask(
            match.end(),
            match[0],
            "code",
            "times-or-letter",
            f"“{match[0]}” chưa rõ cách đọc.",
            f"{reading.voice.cardinal(int(digits))} lần",
        )
    said = _plain_or_zero(reading, digits) + " " + reading.voice.spell(letters)
    inner = tail[len(letters) :]
    if inner:
        said += " " + reading.voice.cardinal(int(inner))
    value = Code(match[0])
    named = (
        NAMED_BY_CODE.search(left) is not None
        or left.endswith(SECTION_LEFT)
        or ADDRESS_NUMBER.search(left) is not None
        or DOCUMENT_WORDS.search(left) is not None
        or _goes_on(reading, at)
    )
    if match[0] in ("2G", "3G", "4G", "5G", "6G", "2D", "3D", "4D", "4K", "8K"):
        return Found(match.end(), said, "code", "generation", value=value)
    if len(letters) == 1 and (
        named
        or (letters.islower() and letters in _KEPT_LETTER and left.endswith((" khoản", " điều", " điểm")))
    ):
        return Found(match.end(), said, "code", "lettered-number", Confidence.LIKELY, (), value)
    return ask(
        match.end(),
        match[0],
        "code",
        "glued",
        f"Chưa biết cách đọc “{match[0]}”; hãy chọn hoặc thêm vào từ điển.",
        said,
    )


ADDRESS_NUMBER = re.compile(r" (?:số|số nhà|ngõ|hẻm|ngách|kiệt|đường|phố|quốc lộ|tỉnh lộ|ql|tl|địa chỉ)\Z")


def _plain_or_zero(reading: Reading, digits: str) -> str:
    return (
        reading.voice.digits(digits)
        if digits[0] == "0" and len(digits) > 1
        else reading.voice.cardinal(int(digits))
    )


_CAPITALS = "ABCDEGHIKLMNOPQRSTUVWXYZĐ"
_AMOUNT = re.compile(r"\d{1,3}(?:\.\d{3})+[A-ZĐ]{1,3}")


def read_long_code(reading: Reading, at: int) -> Found | None:
    """ "000.00.12.H40-240101-0001": a dossier code; nobody reads it on air."""
    mixed = _LONG_MIX.match(reading.text, at)
    if mixed:
        said = reading.voice.spell(mixed[0])
        reason = f"“{mixed[0]}” là mã dài; hãy chọn đọc từng ký tự hoặc bỏ khỏi bản tin."
        return ask(mixed.end(), mixed[0], "code", "long-code", reason, said)
    order = _ORDER.match(reading.text, at)
    if order:
        said = ", ".join(reading.voice.spell(part) for part in re.findall(r"\d+|[^\W\d_]+", order[0]))
        reason = f"“{order[0]}” là mã số; hãy chọn đọc từng ký tự hoặc bỏ khỏi bản tin."
        return ask(order.end(), order[0], "code", "order-number", reason, said)
    match = _LONG_CODE.match(reading.text, at)
    if (
        not match
        or len(match[0]) < 8
        or not re.search(r"[A-ZĐ]", match[0])
        or not re.search(r"\d.*\d", match[0])
        or _AMOUNT.fullmatch(match[0])
        and unit_after(reading, at + len(match[0].rstrip(_CAPITALS)))
    ):
        return None
    said = ", ".join(reading.voice.spell(part) for part in re.split(r"[-.]", match[0]))
    return ask(
        match.end(),
        match[0],
        "code",
        "long-code",
        f"“{match[0]}” là mã dài; hãy chọn đọc từng ký tự hoặc bỏ khỏi bản tin.",
        said,
    )


_AND_MORE = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d{3,7})\+(?= [^\W\d_])")


def read_and_more(reading: Reading, at: int) -> Found | None:
    """ "1.000+ lượt tải": more than a round number of things."""
    match = _AND_MORE.match(reading.text, at)
    if not match:
        return None
    value = int(match[1].replace(".", ""))
    if value % 10 or reading.text[match.end() + 1].isupper():
        return None
    more = "" if reading.left(at).endswith((" hơn", " trên", " quá")) else "hơn "
    said = more + reading.voice.cardinal(value)
    other = f"{reading.voice.cardinal(value)} cộng"
    return Found(match.end(), said, "number", "and-more", Confidence.LIKELY, (other,), Number(Decimal(value)))


def read_number(reading: Reading, at: int) -> Found:
    """The last rule for digits: always answers."""
    text = reading.text
    numeral = numeral_at(text, at)
    if numeral is None:
        match = _TANGLE.match(text, at)
        assert match is not None
        end = match.end()
        digits = re.sub(r"\D", "", match[0])
        if match[0].isdigit():
            return _digits_run(reading, at, end)
        return ask(
            end,
            text[at:end],
            "number",
            "number-shape",
            f"“{text[at:end]}” chưa rõ là số nào.",
            reading.voice.digits(digits),
        )
    left = reading.left(at)
    end = numeral.end
    if names_coordinates(left):
        return ask(
            end,
            text[at:end],
            "number",
            "coordinate",
            f"“{text[at:end]}” là tọa độ; hãy chọn cách đọc.",
            numeral.said(reading.voice),
        )
    if numeral.doubt:
        return _doubtful(reading, at, numeral, left)
    if numeral.places:
        return Found(end, numeral.said(reading.voice), "number", "decimal", value=Number(numeral.value))
    if text[at:end].isdigit():
        return _whole(reading, at, end, text[at:end], left)
    return Found(end, numeral.said(reading.voice), "number", "thousands", value=Number(numeral.value))


def _digits_run(reading: Reading, at: int, end: int) -> Found:
    digits = reading.text[at:end]
    return Found(
        end, reading.voice.digits(digits), "identity", "digits-long", Confidence.UNCERTAIN, (), Digits(digits),
        "Dãy số quá dài, được đọc từng chữ số; hãy xem lại.",
    )  # fmt: skip


def _doubtful(reading: Reading, at: int, numeral: Numeral, left: str) -> Found:
    voice = reading.voice
    written = reading.text[at : numeral.end]
    following = reading.right(numeral.end).partition(" ")[0]
    decimal = numeral.said(voice)
    if numeral.doubt == "dot":
        hour, minute = int(numeral.whole), int(numeral.places)
        if following in _DAY_PARTS and hour <= 24 and minute <= 59 and len(numeral.places) == 2:
            return Found(
                numeral.end, voice.clock(Clock(hour, minute)), "clock", "clock-dot", Confidence.LIKELY,
                (decimal,), Clock(hour, minute),
            )  # fmt: skip
        if following in SCALES or (following == "điểm" or following == "độ") and len(numeral.places) < 3:
            if not numeral.is_dotted_decimal:
                return Found(
                    numeral.end,
                    decimal,
                    "number",
                    "decimal-dot",
                    Confidence.LIKELY,
                    (),
                    Number(numeral.value),
                )
            return Found(
                numeral.end, decimal, "number", "dotted-decimal", Confidence.UNCERTAIN,
                (numeral.said_with_dot(voice),), Number(numeral.value), dotted_reason(written),
            )  # fmt: skip
        if numeral.places == "0" and len(numeral.whole) == 1:
            spoken = f"{voice.cardinal(int(numeral.whole))} chấm không"
            return Found(numeral.end, spoken, "section", "version-zero", Confidence.LIKELY, (), Code(written))
        said = f"{voice.cardinal(int(numeral.whole))} chấm {_plain_or_zero(reading, numeral.places)}"
        choices = [decimal, said]
        if len(numeral.places) == 2 and int(numeral.whole) <= 24 and int(numeral.places) <= 59:
            choices.append(
                f"{voice.cardinal(int(numeral.whole))} giờ {voice.cardinal(int(numeral.places))} phút"
            )
        elif 1 <= int(numeral.places) <= 12 and 1 <= int(numeral.whole) <= 31:
            choices.append(voice.date(Date(int(numeral.whole), int(numeral.places))))
        return ask(
            numeral.end, written, "number", "dot-in-doubt",
            f"“{written}”: dấu chấm có thể là số thập phân, giờ, ngày hoặc số mục; hãy chọn cách đọc.", *choices,
        )  # fmt: skip
    if following in SCALES and numeral.places[-1] != "0" or following == "độ":
        return Found(numeral.end, decimal, "number", "decimal", Confidence.LIKELY, (), Number(numeral.value))
    return ask(
        numeral.end, written, "number", "thousand-or-decimal",
        f"“{written}”: chưa rõ dấu phẩy là phần nghìn hay phần thập phân.", voice.amount(numeral.as_thousands), decimal,
    )  # fmt: skip


def _whole(reading: Reading, at: int, end: int, digits: str, left: str) -> Found:
    voice = reading.voice
    if len(digits) > 18:
        return _digits_run(reading, at, end)
    number = int(digits)
    value = Number(Decimal(number))
    following = reading.right(end)
    word = following.partition(" ")[0]
    if number == 1 and left.endswith(RANK_FIRST) and not following.startswith(("đến", "-")):
        if left.endswith(" hạng") and word in ("a", "b", "sao"):
            return Found(end, "một", "ordinal", "rank", value=value)
        return Found(end, "nhất", "ordinal", "rank-first", alternatives=("một",), value=value)
    if number == 4 and ORDINAL.search(left):
        return Found(end, "tư", "ordinal", "ordinal-four", value=value)
    if (
        number <= 31
        and left.endswith((" ngày", " mùng", " mồng"))
        or number <= 10
        and _DAYS_OPEN.search(left)
    ):
        day = _day(reading, left, number, word)
        if day:
            return Found(end, day, "date", "day", value=Date(day=number))
    if 1 <= number <= 12 and MONTHS.search(left) and word not in ALSO_TIMES and not PER_PERIOD.search(left):
        return Found(end, voice.month(number), "date", "month", value=Date(month=number))
    if (
        1000 <= number <= 2999
        and left.endswith((" năm", " tết", " xuân", " khóa", " niên khóa"))
        and len(digits) == 4
    ):
        return Found(end, voice.year(number), "date", "year", value=Date(year=number))
    if digits[0] == "0" and len(digits) > 1:
        return _with_zero(reading, end, digits, left, word)
    if digits == "1022" and word not in COUNTED and word not in SCALES:
        return ask(
            end, digits, "number", "hotline-or-number",
            "“1022” có thể là tổng đài hoặc là số lượng; hãy chọn cách đọc.", voice.digits(digits), voice.cardinal(number),
        )  # fmt: skip
    if len(digits) >= 6 and word not in COUNTED and word not in SCALES and word not in ("đồng", "vnd", "usd"):
        grouped = len(digits) >= 9
        spoken = voice.digits(digits) if grouped else voice.cardinal(number)
        other = voice.cardinal(number) if grouped else voice.digits(digits)
        return ask(
            end,
            digits,
            "number",
            "long-number",
            f"“{digits}”: chưa rõ là số lượng hay mã số; hãy chọn cách đọc.",
            other,
            spoken,
        )
    return Found(end, voice.cardinal(number), "number", "number", value=value)


def _day(reading: Reading, left: str, number: int, word: str) -> str | None:
    """The day of a month after "ngày"; None where the number counts something ("mỗi ngày 2 lần")."""
    if left.endswith((" mùng", " mồng")):
        return reading.voice.cardinal(number)
    if word in ALSO_TIMES or word in SCALES or PER_PERIOD.search(left) or number == 0:
        return None
    return reading.voice.day(number)


def _with_zero(reading: Reading, end: int, digits: str, left: str, word: str) -> Found:
    voice = reading.voice
    said_digits = voice.digits(digits)
    if KEEPS_ZERO.search(left) and word not in ("bản", "bộ", "tờ", "trang", "ngày", "người", "hộ", "phiếu"):
        return Found(end, said_digits, "code", "fixed-name-zero", value=Code(digits))
    number = int(digits)
    if len(digits) > 2 and NAMED_BY_CODE.search(left):
        return Found(
            end, said_digits, "code", "named-zero", Confidence.LIKELY, (voice.cardinal(number),), Code(digits)
        )
    if len(digits) <= 2 or word in COUNTED:
        return Found(
            end,
            voice.cardinal(number),
            "number",
            "zero-silent",
            alternatives=(said_digits,),
            value=Number(Decimal(number)),
        )
    if set(digits) == {"0"}:
        return ask(end, digits, "number", "zeros", f"“{digits}” chưa rõ là số nào.", said_digits)
    return Found(
        end, said_digits, "identity", "zero-code", Confidence.UNCERTAIN, (voice.cardinal(number),), Digits(digits),
        f"“{digits}” bắt đầu bằng số không nên được đọc từng chữ số; hãy xem lại.",
    )  # fmt: skip
