"""Shares, fractions, ratios, scores and house numbers: what "6/6", "2/3", "1:5.000" and "12/3" mean."""

import re
from decimal import Decimal

from .contexts import ADDRESS_LEFT, COUNTED, PART_OF, SCORE_LEFT, SHARE_LEFT
from .quantities import unit_after
from .reading import Found, Reading, ask
from .spans import Confidence
from .units import MONEY
from .values import Digits, Ratio

_HOUSE = re.compile(r"(\d{1,4})/(\d{1,4})([A-Za-zĐđ]?)(?:/(\d{1,4})([A-Za-z]?))?(?![\w/])")
_SHARE = re.compile(
    r"(\d{1,3}(?:\.\d{3}){1,4}(?:,\d{1,2})?|\d{1,7}(?:,\d{1,2})?)\s?/\s?"
    r"(\d{1,3}(?:\.\d{3}){1,4}(?:,\d{1,2})?|\d{1,7}(?:,\d{1,2})?)(?![\d/]|[.,]\d)"
)
_MAY_BE_DAY = re.compile(r"(?:[12]?\d|3[01])/(?:0?[1-9]|1[0-2]),")
_PARTS = re.compile(r"\d{1,3}(?::\d{1,3}){2,4}(?![\w:]|[.,]\d)")
"""A mixture of three and more ("1:3:2")."""
_RATIO = re.compile(
    r"(\d{1,3}(?:\.\d{3}){1,4}|\d{1,7}(?:,\d{1,2})?)\s?:\s?(\d{1,3}(?:\.\d{3}){1,4}|\d{1,7}(?:,\d{1,2})?)(?![\d:]|[.,]\d)"
)
_JOINED = re.compile(r"[\d.,]+(?:\s:\s|:)[\d.,]+")
"""A colon that joins two numbers; one that only follows the first ends a heading ("Bước 2: 3 người")."""
_RATIO_LEFT = re.compile(
    r" (?:tỷ lệ|tỉ lệ|tỷ lệ bản đồ|bản đồ|tỉ lệ bản đồ|tỷ lệ là|pha|hòa loãng)(?: (?:chọi|pha|là|khoảng|[^\W\d_]+)){0,3}\Z"
)
_SURE_ADDRESS = re.compile(r" (?:số nhà|nhà số|ngõ|hẻm|ngách|kiệt|địa chỉ|địa chỉ số)\Z")
_NAMED_STREET = re.compile(r",? (?:đường|phố|hẻm|ngõ|kiệt|đại lộ)(?! (?:ngày|tháng))")
_NO_DATE = re.compile(
    r"(?:3[2-9]|[4-9]\d|\d{3,4})/|\d{1,4}/(?:1[3-9]|[2-9]\d|\d{3,4})/|\d{1,4}/\d{1,4}[A-Za-z]"
)
_AT_STREET = re.compile(r",? (?:đường|phố|[A-ZĐ][^\W\d_]+ [A-ZĐ])")
_STREET = re.compile(r",? (?:đường|phố|quốc lộ|tỉnh lộ|hẻm|ngõ|[A-ZĐ])")


_THEN_RATIO = re.compile(r"\s*(?:,|hoặc|đến|và|-)\s*")
OR_RATIO = re.compile(r"\s*(?:hoặc|đến)\s*")
"""What surely joins two ratios: behind "1:10, " a time may stand as well."""


def ratio_before(reading: Reading, at: int, joined: re.Pattern[str] = _THEN_RATIO) -> bool:
    """True for the second of "pha loãng 1:10 hoặc 1:20"; `joined` matches what may stand between."""
    last = reading.last_number
    return (
        last is not None
        and last.rule == "ratio"
        and joined.fullmatch(reading.text, reading.last_number_end, at) is not None
    )


def read_share(reading: Reading, at: int) -> Found | None:
    """ "6/6 thôn", "70/100 điểm", "2/3 số hộ", "tỷ lệ 1:5.000"."""
    text = reading.text
    voice = reading.voice
    left = reading.left(at)
    parts = _PARTS.match(text, at)
    if parts and _RATIO_LEFT.search(left):
        said = ", ".join(voice.cardinal(int(part)) for part in parts[0].split(":"))
        return Found(parts.end(), said, "ratio", "mixture", Confidence.LIKELY, (said.replace(",", " trên"),))
    ratio = _RATIO.match(text, at)
    if ratio and (_RATIO_LEFT.search(left) or ratio_before(reading, at)):
        a, b = (Decimal(ratio[i].replace(".", "").replace(",", ".")) for i in (1, 2))
        return Found(
            ratio.end(), f"{voice.amount(a)} trên {voice.amount(b)}", "ratio", "ratio", value=Ratio(a, b)
        )
    if ratio and SCORE_LEFT.search(left):
        a, b = (Decimal(ratio[i].replace(".", "").replace(",", ".")) for i in (1, 2))
        return Found(
            ratio.end(),
            f"{voice.amount(a)} {voice.amount(b)}",
            "ratio",
            "score",
            Confidence.LIKELY,
            (),
            Ratio(a, b),
        )
    if ratio and _JOINED.fullmatch(ratio[0]):
        a, b = (Decimal(ratio[i].replace(".", "").replace(",", ".")) for i in (1, 2))
        choices = f"{voice.amount(a)} {voice.amount(b)}", f"{voice.amount(a)} trên {voice.amount(b)}"
        reason = f"“{ratio[0]}” chưa rõ là tỷ số hay tỷ lệ; hãy chọn cách đọc."
        return ask(ratio.end(), ratio[0], "ratio", "score-or-ratio", reason, *choices)
    house = _HOUSE.match(text, at)
    if (
        house
        and ADDRESS_LEFT.search(left)
        and (_SURE_ADDRESS.search(left) or _STREET.match(text, house.end()))
    ):
        said = " xuyệt ".join(_house_part(reading, part) for part in house[0].split("/"))
        return Found(
            house.end(),
            said,
            "address",
            "house-number",
            Confidence.LIKELY,
            (said.replace("xuyệt", "trên"),),
            Digits(house[0]),
        )
    if house and house[4] and _NAMED_STREET.match(text, house.end()):
        # "nhà ở 45/3/2 đường Trần Phú": three numbers before a street are no date.
        said = " xuyệt ".join(_house_part(reading, part) for part in house[0].split("/"))
        return Found(
            house.end(), said, "address", "house-number", Confidence.LIKELY, (said.replace("xuyệt", "trên"),), Digits(house[0]),
        )  # fmt: skip
    if house and house[4] and _NO_DATE.match(house[0]) and _AT_STREET.match(text, house.end()):
        # "tại 45/12/3 Lê Duẩn": no month has that number.
        said = " xuyệt ".join(_house_part(reading, part) for part in house[0].split("/"))
        return Found(
            house.end(), said, "address", "house-number", Confidence.LIKELY, (said.replace("xuyệt", "trên"),), Digits(house[0]),
        )  # fmt: skip
    match = _SHARE.match(text, at)
    if not match:
        return None
    a, b = (Decimal(match[i].replace(".", "").replace(",", ".")) for i in (1, 2))
    if reading.char(match.end()).isalpha():
        glued = unit_after(reading, match.end())
        if glued is None or "," not in match[0] and glued[1] != "kV":
            return None
    if "," in match[2] and "," not in match[1] and _MAY_BE_DAY.match(match[0]):
        # "ngày 5/11,6 giờ": a day, and a comma without its blank.
        return None
    value = Ratio(a, b)
    on = f"{voice.amount(a)} trên {voice.amount(b)}"
    unit = unit_after(reading, match.end())
    if unit and unit[1] not in MONEY:
        return Found(unit[0], f"{on} {unit[2]}", "ratio", "share-unit", Confidence.LIKELY, (), value)
    following = reading.right(match.end())
    small = a == int(a) and 1 <= a < b <= 10 or (a == 1 and b in (100, 1000, 12, 20, 24))
    if small and following.startswith(PART_OF):
        return Found(
            match.end(), voice.fraction(int(a), int(b)), "ratio", "fraction", Confidence.CERTAIN, (on,), value
        )
    first_word = following.partition(" ")[0]
    counted = first_word in COUNTED
    if counted:
        other = (voice.fraction(int(a), int(b)),) if small else ()
        return Found(match.end(), on, "ratio", "share", Confidence.CERTAIN, other, value)
    if (
        left.endswith(SHARE_LEFT)
        or a != int(a)
        or a > 31
        or b > 31
        or "%" in text[match.end() : match.end() + 3]
    ):
        return Found(match.end(), on, "ratio", "share-context", Confidence.LIKELY, (), value)
    if following and a <= b and b > 12:
        return Found(match.end(), on, "ratio", "share-words", Confidence.LIKELY, (), value)
    written = match[0]
    return ask(
        match.end(),
        written,
        "ratio",
        "share-or-date",
        f"“{written}” chưa rõ là tỷ số, phân số hay ngày tháng.",
        on,
    )


_DIVIDED = frozenset(
    (
        "gói",
        "ống",
        "túi",
        "lọ",
        "chai",
        "nắp",
        "ngày",
        "tháng",
        "năm",
        "giờ",
        "buổi",
        "tuần",
        "quả",
        "viên",
        "bát",
        "thìa",
        "muỗng",
        "cốc",
        "chén",
        "lít",
        "cân",
        "sào",
    )
)
"""What a small fraction divides: "1/2 ngày" is half a day, not one of two days."""
_LESS_FROM = re.compile(r" (?:giảm|tăng|bằng|chiếm|còn|đạt|hao|mất|tiết kiệm|lấp)(?: khoảng)? từ\Z")
_TO_FRACTION = re.compile(r" đến (?:khoảng )?[1-9]\s?/\s?(?:[2-9]|10)(?![\w/]|[.,]\d)")
_FROM_FRACTION = re.compile(
    r" (?:giảm|tăng|bằng|chiếm|còn|đạt|hao|mất|tiết kiệm|lấp)(?: khoảng)? từ \d/\d{1,2} đến(?: khoảng)?\Z"
)
_ROUND = re.compile(r" (?:vòng|vòng loại|chưa đến|chưa tới|cắt|bẻ|uống|bằng)\Z")
_LESSENED = re.compile(r" (?:giảm|miễn|miễn giảm|cắt giảm|giảm còn|giảm bớt|hỗ trợ)\Z")
_THEN = re.compile(r"[^.;!?\n\d]{0,48}\Z")
_WHEN = re.compile(
    r" (?:hẹn|gặp|họp|nghỉ|ngày|vào|từ|đến|trước|sau|hạn|lúc|hôm|sáng|chiều|tối|mở|đóng|bắt đầu|kết thúc)(?!\w)"
)


def _fraction_before(reading: Reading, at: int) -> bool:
    """True when a fraction was said shortly before in the same sentence ("2/3 …, 1/3 …")."""
    last = reading.last_number
    return (
        last is not None
        and last.rule == "fraction"
        and _THEN.fullmatch(reading.text[reading.last_number_end : at]) is not None
        and _WHEN.search(reading.low[reading.last_number_end : at]) is None
    )


_SMALL = re.compile(r"([1-9])\s?/\s?([2-9]|1[026]|32|100)(?![\w/]|[.,]\d)")


def read_fraction(reading: Reading, at: int) -> Found | None:
    """ "1/2 ngày", "vòng 1/8", "1/3 còn lại": a part of a whole, where the neighbours say so."""
    match = _SMALL.match(reading.text, at)
    if not match:
        return None
    part, whole = int(match[1]), int(match[2])
    if part >= whole:
        return None
    following = reading.right(match.end())
    halved = part == 1 and whole <= 4 and re.split("[ /]", following)[0] in _DIVIDED
    halved = halved or _LESSENED.search(reading.left(at)) is not None and whole <= 10 and bool(following)
    left = reading.left(at)
    named = _ROUND.search(left) is not None or _fraction_before(reading, at)
    named = (
        named
        or _LESS_FROM.search(left) is not None
        and _TO_FRACTION.match(reading.low, match.end()) is not None
    )
    named = named or _FROM_FRACTION.search(left) is not None
    if not (
        halved or following.startswith("còn lại ") or named and following.partition(" ")[0] not in COUNTED
    ):
        return None
    value = Ratio(Decimal(part), Decimal(whole))
    other = f"{reading.voice.cardinal(part)} trên {reading.voice.cardinal(whole)}"
    said = reading.voice.fraction(part, whole)
    return Found(match.end(), said, "ratio", "fraction", Confidence.LIKELY, (other,), value)


def _house_part(reading: Reading, part: str) -> str:
    """ "3A" in a house number."""
    digits = part.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzĐđ")
    letter = part[len(digits) :]
    return reading.voice.cardinal(int(digits)) + (" " + reading.voice.spell(letter) if letter else "")
