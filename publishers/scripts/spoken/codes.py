"""Letters with digits: "khổ A4", "mẫu CT01", number plates, marks of petrol, milestones."""

import re

from .contexts import NAMED_BY_CODE
from .reading import Found, Reading, ask
from .romans import roman_value
from .spans import Confidence
from .values import Code

_CODE = re.compile(r"([A-ZĐa-zđ]{1,5})[-.]?(\d{1,6})(?:([a-zA-ZĐđ])(\d{0,2}))?((?:[./-]\d{1,4})*)(?![^\W_])")
_PLATE = re.compile(r"(\d{2})\s?-?\s?([A-ZĐ]{1,2})(\d{0,2})[ .-]{1,3}(\d{3}\.?\d{2}|\d{4})(?![\w]|[.,]\d)")
_TO_LAST = re.compile(r"-(\d{1,2})")
_AND = re.compile(r"\s*(?:,|;|và|hoặc)\s*")
_PLATE_LEFT = re.compile(
    r" (?:biển|biển số|bks|biển kiểm soát|biển đăng ký|xe|ô tô|mô tô|xe máy|xe tải|xe khách|số)(?: (?:số|mang|là))*\Z"
)
_SERIAL = re.compile(r"([A-ZĐ]{1,4})([ .-]?)(\d{5,15})(?![\w]|[.,-]\d)")
_UNMISTAKABLE = re.compile(r"\d{2}[A-ZĐ]{1,2}\d?-\d{3}\.\d{2}(?![\w]|[.,]\d)")
"""51F-678.90: nothing but a number plate is written so."""
_SERIAL_LEFT = re.compile(
    r" (?:số|sổ|vào sổ|số vào sổ|seri|sê ri|series|hiệu|số hiệu|phát hành|hộ chiếu|thẻ|mã|mã số|mã thẻ|giấy|bảo hiểm y tế|bhyt|cccd|tài khoản|vận đơn|hồ sơ)(?: (?:số|là))?\Z"
)
_LAND_PAPER = re.compile(r" (?:giấy chứng nhận|gcn|qsdđ|gcnqsdđ|sổ đỏ|sổ hồng)(?: [^\W\d_]+){0,4} số\Z")
_TYPED_LEFT = re.compile(r" (?:cú pháp|soạn|soạn tin|nhắn|nhắn tin|từ khóa|gõ|nhập|bấm)(?: (?:là|chữ|từ))?\Z")
_NAMED_HEADS = {
    "BĐ": "báo động",
    "QL": "quốc lộ",
    "VT": "vị trí",
    "NV": "nguyện vọng",
    "TL": "tỉnh lộ",
    "ĐT": "đường tỉnh",
    "HL": "hương lộ",
    "ĐH": "đường huyện",
    "NQ": "nghị quyết",
    "NĐ": "nghị định",
    "QĐ": "quyết định",
    "HK": "học kỳ",
    "KP": "khu phố",
    "TDP": "tổ dân phố",
}
_PAPERS = frozenset(("NQ", "NĐ", "QĐ"))
_OF_YEAR = re.compile(r"/(?:19|20)\d\d")
_COUNTED_HEADS = frozenset(("BĐ", "VT", "NV", "HK", "KP", "TDP"))
_WEEKDAYS = re.compile(r"T([2-6])\s?(?:[-–—]|đến)\s?(T[3-7]|CN)(?![^\W_])")
_CONCRETE = re.compile(r" (?:bê tông|mác|vữa|xi măng|đá|mác bê tông)(?: [^\W\d_]+)?\Z")
_RICE = frozenset(("ST", "OM", "OMCS", "IR", "BT", "TH", "HT", "KM", "HN", "NK", "CP"))
_SOWN = re.compile(r"(?:giống|lúa|gạo|nếp|sắn|khoai mì)(?!\w)[^.;!?\n]*\Z")
"""Kinds of rice are named by letters and a number, wherever they stand in the list."""
_FLIGHT = (" chuyến bay", " chuyến bay số", " chuyến bay mang số hiệu", " số hiệu")


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
    if not match or not (
        _PLATE_LEFT.search(reading.left(at))
        or _UNMISTAKABLE.match(reading.text, at)
        or reading.previous is not None
        and reading.previous.rule == "plate"
        and _AND.fullmatch(reading.text, reading.previous_end, at)
    ):
        return None
    series, letters, inner, rest = match.groups()
    rest = rest.replace(".", "")
    voice = reading.voice
    head = f"{voice.digits(series)} {voice.spell(letters)}" + (f" {voice.digits(inner)}" if inner else "")
    tail = voice.grouped([rest[:3], rest[3:]] if len(rest) == 5 else [rest])
    return Found(match.end(), f"{head}, {tail}", "code", "plate", Confidence.LIKELY, (), Code(match[0]))


_SHIP = re.compile(r"([A-ZĐ]{1,3}|QNg|BTh|TTH|BRVT|NgA|HTh)[- ](\d{3,6})[- ](TS|BTS)(?![\w])")


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
    if (
        match[2]
        and len(match[1]) > 1
        and reading.lexicon.find(match[1])
        and not _LAND_PAPER.search(reading.left(at))
    ):
        return None
    voice = reading.voice
    digits = match[3]
    groups = [digits[i : i + 3] for i in range(0, len(digits), 3)]
    if len(groups[-1]) == 1:
        groups[-2:] = [groups[-2] + groups[-1]]
    said = f"{voice.spell(match[1])}, {voice.grouped(groups)}"
    return Found(match.end(), said, "code", "serial", Confidence.LIKELY, (), Code(match[0]))


_PARCEL = re.compile(r"[A-Z]{2}\d{9}[A-Z]{2}(?!\w)")
_MIXED_CODE = re.compile(r"(?=[A-ZĐ]{0,6}\d)[A-ZĐ]{1,6}\d[A-ZĐ0-9]{1,20}(?!\w)")
_CODE_LEFT = re.compile(
    r" mã(?: (?:số|đơn|đơn hàng|vận đơn|bưu gửi|giao dịch|tra cứu|thẻ|sản phẩm|xác nhận|đặt chỗ|điểm|đối tượng|trạm|công tơ))?"
    r"(?: (?:là|số))?\Z"
)


def read_mixed(reading: Reading, at: int) -> Found | None:
    """ "mã đơn hàng SPX0123456", "bưu gửi EB123456789VN": sign by sign where a code is announced."""
    match = _PARCEL.match(reading.text, at)
    if match is None:
        match = _MIXED_CODE.match(reading.text, at)
        if match is None or "XX" in match[0] or not _CODE_LEFT.search(reading.left(at)):
            return None
    voice = reading.voice
    said = []
    for run in re.findall(r"[A-ZĐ]+|\d+", match[0]):
        if run.isdigit():
            said.append(voice.grouped([run[i : i + 3] for i in range(0, len(run), 3)]))
        else:
            said.append(voice.spell(run))
    return Found(match.end(), ", ".join(said), "code", "mixed-code", Confidence.LIKELY, (), Code(match[0]))


_LONG_DOSSIER = re.compile(r"[GHK]\d{2}(?:\.\d{1,3}){0,4}-\d{6}-\d{4,6}(?!\w)")


def read_dossier(reading: Reading, at: int) -> Found | None:
    """ "H21.45-261120-0007": the code of a dossier, long and of no use on air."""
    match = _LONG_DOSSIER.match(reading.text, at)
    if match is None:
        return None
    said = ", ".join(reading.voice.spell(part) for part in re.split(r"[-.]", match[0]))
    return ask(
        match.end(), match[0], "code", "long-code",
        f"“{match[0]}” là mã dài; hãy chọn đọc từng ký tự hoặc bỏ khỏi bản tin.", said,
    )  # fmt: skip


_KM = re.compile(
    r"[Kk](?:[Mm]\.?\s?|(?=\d{1,4}\+\d))(\d{1,4})(?:\s?\+\s?(\d{1,3})(?!\d|[.,]\d))?(?![\w/]|[.,]\d)"
)


_KM_GROUPED = re.compile(r"[Kk][Mm]([1-9])\.(\d{3})(?![\w/+]|[.,]\d)")


def read_milestone(reading: Reading, at: int) -> Found | None:
    """ "Km12+300": a place on a road."""
    match = _KM.match(reading.text, at)
    if match and match[2] is None and reading.left(at).endswith((" giống", " sắn", " khoai mì", " mì")):
        # "giống sắn KM94": a variety.
        return None
    grouped = _KM_GROUPED.match(reading.text, at)
    if grouped:
        number = int(grouped[1] + grouped[2])
        said = f"ki-lô-mét {reading.voice.cardinal(number)}"
        return Found(grouped.end(), said, "address", "milestone", Confidence.LIKELY, (), Code(grouped[0]))
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
    if letters == "M" and not tail and not more and _CONCRETE.search(left):
        strength = _digits_said(reading, digits)
        mark = strength if left.endswith(" mác") else f"mác {strength}"
        return Found(match.end(), mark, "code", "concrete", Confidence.LIKELY, (said,), Code(match[0]))
    if len(letters) == 2 and len(digits) in (3, 4) and not tail and not more and left.endswith(_FLIGHT):
        flight = f"{voice.spell(letters)} {voice.digits(digits)}"
        return Found(match.end(), flight, "code", "flight", Confidence.LIKELY, (said,), Code(match[0]))
    if letters == "CT" and reading.char(at + 2) == "." and not tail:
        # "CT.20": a motorway.
        road = f"{voice.spell(letters)} {_digits_said(reading, digits)}"
        return Found(match.end(), road, "code", "road", Confidence.LIKELY, (said,), Code(match[0]))
    if letters in _NAMED_HEADS and not inner:
        words = _NAMED_HEADS[letters].split()
        said_before = next((n for n in (2, 1) if left.endswith(" " + " ".join(words[:n]))), 0)
        head = " ".join([*words[said_before:], ""])
        spoken = f"{head}{_digits_said(reading, digits.lstrip('0') or '0')}" + (
            f" {voice.spell(tail)}" if tail else ""
        )
        if letters in _PAPERS and _OF_YEAR.fullmatch(more):
            # "NĐ45/2022"
            year = f"{spoken}, năm {voice.year(int(more[1:]))}"
            return Found(
                match.end(), year, "document", "document-short", Confidence.LIKELY, (said,), Code(match[0])
            )
        ends = _TO_LAST.fullmatch(more)
        if ends and letters in _COUNTED_HEADS and not tail and int(digits) < int(ends[1]):
            # "KP1-3": from one to another.
            spoken += f" đến {voice.cardinal(int(ends[1]))}"
            return Found(
                match.end(), spoken, "code", "named-span", Confidence.LIKELY, (said,), Code(match[0])
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
    weekday = weekday and not left.endswith(
        (" trạm", " trạm biến áp", " tháp", " tòa", " toà", " nhà", " tuyến")
    )
    if weekday and (
        left.endswith((" sáng", " chiều", " tối", " đến", " từ", " vào", ",", " và", " ngày", " hết", " trừ"))
        or _beside_weekday(reading, match.end())
        or reading.char(at - 1) == "("
        and reading.char(match.end()) == ")"
        or reading.previous is not None
        and reading.previous.kind == "clock"
        and not reading.text[reading.previous_end : at].strip()
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
    named = named or letters in _RICE and _SOWN.search(reading.low[max(0, at - 60) : at]) is not None
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
        re.match(
            r"\s?(?:[-–—,]|đến|và)\s?(?:T[2-7]|CN|thứ|chủ nhật)\b|\s?[:,]\s?(?:từ )?\d{1,2}\s?(?:h|giờ)|\s?\(\d{1,2}/\d",
            reading.text[end : end + 14],
        )
        is not None
    )
