"""Roman numerals, and letters with digits: "quý IV", "khổ A4", "mẫu CT01"."""

import re
from decimal import Decimal

from .contexts import NAMED_BY_CODE, ROMAN_HEAD
from .reading import Found, Reading, ask
from .spans import Confidence
from .values import Code, Number

_ROMAN = re.compile(r"(?:X{0,3})(?:IX|IV|V?I{0,3})\Z")
_ROMAN_LONG = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})\Z")
_CODE = re.compile(r"([A-ZĐa-zđ]{1,5})[-.]?(\d{1,6})(?:([a-zA-ZĐđ])(\d{0,2}))?((?:[./-]\d{1,4})*)(?![^\W_])")
_PLATE = re.compile(r"(\d{2})\s?-?\s?([A-ZĐ]{1,2})(\d{0,2})[ .-]{1,3}(\d{3}\.?\d{2}|\d{4})(?![\w]|[.,]\d)")
_PLATE_LEFT = re.compile(
    r" (?:biển|biển số|bks|biển kiểm soát|biển đăng ký|xe|ô tô|mô tô|xe máy|xe tải|xe khách|số)(?: (?:số|mang|là))*\Z"
)
_SERIAL = re.compile(r"([A-ZĐ]{1,4})([ .-]?)(\d{5,15})(?![\w]|[.,-]\d)")
_SERIAL_LEFT = re.compile(
    r" (?:số|seri|sê ri|series|hiệu|số hiệu|phát hành|hộ chiếu|thẻ|mã|mã số|mã thẻ|giấy|bảo hiểm y tế|bhyt|cccd|tài khoản|vận đơn|hồ sơ)(?: (?:số|là))?\Z"
)
_TYPED_LEFT = re.compile(r" (?:cú pháp|soạn|soạn tin|nhắn|nhắn tin|từ khóa|gõ|nhập|bấm)(?: (?:là|chữ|từ))?\Z")
_NAMED_HEADS = {
    "BĐ": "báo động",
    "QL": "quốc lộ",
    "TL": "tỉnh lộ",
    "ĐT": "đường tỉnh",
    "HL": "hương lộ",
    "ĐH": "đường huyện",
    "NQ": "nghị quyết",
    "NĐ": "nghị định",
    "QĐ": "quyết định",
    "HK": "học kỳ",
    "KP": "khu phố",
}
_WEEKDAYS = re.compile(r"T([2-6])\s?(?:[-–—]|đến)\s?(T[3-7]|CN)(?![^\W_])")
_SIZES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_SPAN_YEAR = re.compile(r"\s?[/-]\s?((?:19|20)\d\d)(?![\d/]|[.,]\d)")
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


def read_bare_letter(reading: Reading, at: int, word: str) -> Found | None:
    """One letter standing alone: a list mark or a name is said by its letter name; a bare I is asked."""
    end = at + 1
    left = reading.left(at)
    if reading.char(end) == "-" and reading.char(end + 1).islower():
        return None
    if word in ("I", "V", "X") and not re.match(r"[.)/]?\s*\Z|[.)]\s", reading.text[end : end + 20]):
        named = left.rpartition(" ")[2] in (
            "tổ",
            "khu",
            "nhà",
            "anh",
            "chị",
            "ông",
            "bà",
            "cụm",
            "lô",
            "dãy",
            "điểm",
            "văn",
        )
        if not named:
            return ask(
                end, word, "roman", "letter-or-roman", f"“{word}” có thể là chữ số La Mã hoặc chữ cái; hãy chọn cách đọc.",
                reading.voice.cardinal(roman_value(word) or 0), reading.voice.spell(word),
            )  # fmt: skip
    elif (
        (
            word in "xX"
            and re.match(r" \d", reading.text[end : end + 2])
            and at
            and (
                reading.text[max(0, at - 4) : at].rstrip(" ")[-1:].isalnum()
                or reading.text[max(0, at - 4) : at].rstrip(" ")[-1:] in "%)°²³"
            )
        )
        or word in "xX"
        and re.match(
            r" (?:hệ số|số|mức|đơn giá|tỷ lệ|lương|rộng|cao|dài|sâu|ngang|dày)", reading.low[end : end + 12]
        )
    ):
        return Found(end, "nhân", "symbol", "times", Confidence.LIKELY)
    elif word == "I":
        return ask(
            end, word, "roman", "letter-or-roman", "“I” có thể là chữ số La Mã hoặc chữ cái; hãy chọn cách đọc.", "một", "i",
        )  # fmt: skip
    said = reading.voice.spell(word)
    if said == word.lower():
        return None
    confidence = Confidence.LIKELY
    return Found(end, said, "letter", "letter-name", confidence, (), Code(word))


def read_plate(reading: Reading, at: int) -> Found | None:
    """ "51F-678.90", "29-H1 234.56": a number plate, digit by digit, where a vehicle stands before."""
    match = _PLATE.match(reading.text, at)
    if not match or not _PLATE_LEFT.search(reading.left(at)):
        return None
    series, letters, inner, rest = match.groups()
    rest = rest.replace(".", "")
    voice = reading.voice
    head = f"{voice.digits(series)} {voice.spell(letters)}" + (f" {voice.digits(inner)}" if inner else "")
    tail = voice.grouped([rest[:3], rest[3:]] if len(rest) == 5 else [rest])
    return Found(match.end(), f"{head}, {tail}", "code", "plate", Confidence.LIKELY, (), Code(match[0]))


_SHIP = re.compile(r"([A-ZĐ]{1,3})[- ](\d{3,6})[- ](TS|BTS)(?![\w])")


def read_ship(reading: Reading, at: int) -> Found | None:
    """ "BV-92345-TS": the number of a fishing boat."""
    match = _SHIP.match(reading.text, at)
    if not match:
        return None
    voice = reading.voice
    said = f"{voice.spell(match[1])}, {voice.digits(match[2])}, {voice.spell(match[3])}"
    return Found(match.end(), said, "code", "ship", Confidence.LIKELY, (), Code(match[0]))


def read_serial(reading: Reading, at: int) -> Found | None:
    """ "số BK 123456", "hộ chiếu C1234567": letters and a long number that name a paper."""
    match = _SERIAL.match(reading.text, at)
    if not match or not _SERIAL_LEFT.search(reading.left(at)):
        return None
    if match[2] and len(match[1]) > 1 and reading.lexicon.find(match[1]):
        return None
    voice = reading.voice
    digits = match[3]
    groups = [digits[i : i + 3] for i in range(0, len(digits), 3)]
    if len(groups[-1]) == 1:
        groups[-2:] = [groups[-2] + groups[-1]]
    said = f"{voice.spell(match[1])}, {voice.grouped(groups)}"
    return Found(match.end(), said, "code", "serial", Confidence.LIKELY, (), Code(match[0]))


_KM = re.compile(r"[Kk][Mm]\.?\s?(\d{1,4})(?:\s?\+\s?(\d{1,3})(?!\d|[.,]\d))?(?![\w/]|[.,]\d)")


def read_milestone(reading: Reading, at: int) -> Found | None:
    """ "Km12+300": a place on a road."""
    match = _KM.match(reading.text, at)
    if not match or (match[2] is None and reading.char(at + 2) in " ."):
        return None
    said = f"ki-lô-mét {reading.voice.cardinal(int(match[1]))}"
    if match[2]:
        said += f" cộng {reading.voice.cardinal(int(match[2]))}"
    return Found(match.end(), said, "address", "milestone", Confidence.LIKELY, (), Code(match[0]))


def read_typed(reading: Reading, at: int, word: str) -> Found | None:
    """ "soạn TC gửi 1414": letters that a listener types are spelled."""
    if not word.isupper() or not word.isascii() or len(word) > 6 or not _TYPED_LEFT.search(reading.left(at)):
        return None
    end = at + len(word)
    if reading.char(end).isalnum():
        return None
    return Found(end, reading.voice.spell(word), "code", "typed-letters", Confidence.LIKELY, (), Code(word))


def read_code(reading: Reading, at: int, word: str) -> Found | None:
    """Letters with digits behind them; unknown ones are red unless a word before says that they are a name."""
    match = _CODE.match(reading.text, at)
    if not match:
        end = at + len(word)
        while end < len(reading.text) and reading.text[end].isalnum():
            end += 1
        return ask(
            end, reading.text[at:end], "code", "glued", f"Chưa biết cách đọc “{reading.text[at:end]}”."
        )
    letters, digits, tail, inner, more = match.groups()
    voice = reading.voice
    said = voice.spell(letters) + " " + _digits_said(reading, digits)
    if tail:
        said += " " + voice.spell(tail)
    if inner:
        said += " " + voice.cardinal(int(inner))
    said += _after_dots(reading, more)
    left = reading.left(at)
    if letters in _NAMED_HEADS and not inner:
        words = _NAMED_HEADS[letters].split()
        said_before = next((n for n in (2, 1) if left.endswith(" " + " ".join(words[:n]))), 0)
        head = " ".join([*words[said_before:], ""])
        spoken = f"{head}{_digits_said(reading, digits.lstrip('0') or '0')}" + (
            f" {voice.spell(tail)}" if tail else ""
        )
        return Found(
            match.end(),
            spoken + _after_dots(reading, more),
            "code",
            "road",
            Confidence.LIKELY,
            (said,),
            Code(match[0]),
        )
    span = _WEEKDAYS.match(reading.text, at)
    if span:
        last = "Chủ nhật" if span[2] == "CN" else "thứ " + voice.ordinal(int(span[2][1]))
        spoken = f"thứ {voice.ordinal(int(span[1]))} đến {last}"
        if not left.endswith(" từ"):
            spoken = "từ " + spoken
        return Found(span.end(), spoken, "range", "weekdays-short", Confidence.LIKELY)
    weekday = letters in ("T", "t") and digits in "234567" and not tail and not more
    if weekday and (
        left.endswith((" sáng", " chiều", " tối", " đến", " từ", " vào", ",", " và", " ngày", " hết", " trừ"))
        or _beside_weekday(reading, match.end())
        or reading.char(at - 1) == "("
        and reading.char(match.end()) == ")"
    ):
        return Found(
            match.end(), "thứ " + voice.ordinal(int(digits)), "ordinal", "weekday-short", Confidence.LIKELY
        )
    if (
        letters in ("T", "t")
        and more[:1] == "/"
        and 1 <= int(digits) <= 12
        and re.fullmatch(r"/(?:19|20)\d\d", more)
    ):
        return Found(
            match.end(),
            f"tháng {voice.month(int(digits))} năm {voice.year(int(more[1:]))}",
            "date",
            "month-short",
            Confidence.LIKELY,
        )
    if letters in ("v", "V") and more[:1] == "." and not tail:
        return Found(match.end(), said, "section", "version", Confidence.LIKELY, (), Code(match[0]))
    if letters == "U" and len(digits) == 2 and not tail and not more:
        age = f"u {reading.voice.cardinal(int(digits))}"
        return Found(match.end(), age, "code", "age-group", Confidence.LIKELY, (said,), Code(match[0]))
    if (
        letters == "B"
        and not tail
        and not more
        and re.match(r"\s?[:.)]", reading.text[match.end() : match.end() + 2])
    ):
        step = f"Bước {_digits_said(reading, digits)}"
        return Found(match.end(), step, "code", "step", Confidence.LIKELY, (said,), Code(match[0]))
    known = reading.lexicon.find(letters) if len(letters) > 1 and not tail and len(digits) <= 3 else ()
    if known and known[0].kind == "foreign" and not known[0].when:
        spoken = f"{known[0].spoken} {_digits_said(reading, digits)}{_after_dots(reading, more)}"
        return Found(match.end(), spoken, "code", "known-name", Confidence.LIKELY, (said,), Code(match[0]))
    named = (NAMED_BY_CODE.search(left) is not None or _goes_on(reading, at)) and not weekday
    if named and (letters.isupper() or len(letters) == 1):
        return Found(match.end(), said, "code", "code-named", Confidence.LIKELY, (), Code(match[0]))
    if letters in ("x", "X") and not tail and not more:
        return ask(
            match.end(), match[0], "code", "times-or-letter", f"“{match[0]}” chưa rõ là số lần hay ký hiệu; hãy chọn cách đọc.",
            f"nhân {_digits_said(reading, digits)}", f"gấp {_digits_said(reading, digits)} lần", said,
        )  # fmt: skip
    return ask(
        match.end(),
        match[0],
        "code",
        "code-unknown",
        f"Chưa biết cách đọc “{match[0]}”; hãy chọn hoặc thêm vào từ điển.",
        said,
    )


def _after_dots(reading: Reading, more: str) -> str:
    """ ".1" and "/2" behind a code."""
    parts = re.findall(r"([./-])(\d+)", more or "")
    return "".join(
        (" chấm " if sign == "." else " xuyệt " if sign == "/" else " gạch ngang ")
        + _digits_said(reading, part)
        for sign, part in parts
    )


def _goes_on(reading: Reading, at: int) -> bool:
    """True when a code that was understood stands before ("hạng B1, B2")."""
    previous = reading.previous
    if previous is None or previous.kind not in ("code", "letter") or previous.confidence < Confidence.LIKELY:
        return False
    return re.fullmatch(r"\s*(?:,|và|hoặc|/|;|-)\s*", reading.text[reading.previous_end : at]) is not None


def _digits_said(reading: Reading, digits: str) -> str:
    if digits[0] == "0" and len(digits) > 1 or len(digits) > 4:
        return reading.voice.digits(digits)
    return reading.voice.cardinal(int(digits))


def _beside_weekday(reading: Reading, end: int) -> bool:
    return (
        re.match(r"\s?(?:[-–—,]|đến|và)\s?(?:T[2-7]|CN|thứ|chủ nhật)\b", reading.text[end : end + 14])
        is not None
    )
