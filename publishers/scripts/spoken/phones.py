"""Numbers said digit by digit: telephones, hotlines, identity numbers, one-time codes."""

import re

from .contexts import CALL_NEAR, CODE_NEAR, COUNTED, DIGITS_COUNTED, NOT_CALLED
from .reading import Found, Reading, ask
from .spans import Confidence
from .values import Digits

_INTERNATIONAL = re.compile(r"\(?\+\s?84\)?[ .-]?(?:\(0\)[ .-]?)?\d{1,4}(?:[ .-]?\d{2,4}){1,4}(?!\d)")
_NATIONAL = re.compile(
    r"\(?0\d{1,4}\)?(?:(?:[ .-]|\s-\s(?!0\d))\d{1,6}|(?<=\))\s?\d{3,8}){1,4}(?![\d]|[.,]\d|/(?!\s?0\d{6}))"
)
_UNBROKEN = re.compile(r"0\d{9,11}(?!\d)")
_MASKED = re.compile(
    r"(?:\+?\d[\d .-]{0,18})?\d[ .-]?(?:(?:[xX]{2,8}|\*{3,8}|\*\*(?=[ .-]?\d))[ .-]?){1,4}(?:\d{1,4}[ .-]?){0,3}(?![^\W_])"
)
_SERVICE = re.compile(r"1[89]00(?:[ .-]?\d{2,6}){1,3}(?!\d)(?![.,]\d)")
_RUN = re.compile(r"\d{2,20}(?![\d]|[.,]\d|/\d|[^\W_])")
_SPACED = re.compile(r"\d{3,4}(?:[ .]\d{3,4}){1,4}(?!\d|[.,]\d|/)")
_PARTS = re.compile(r"\d+")
_SHORT = re.compile(r"(?:11[1-5]|1022|156)(?:\s?/\s?(?:11[1-5]|1022|156)){0,4}(?![\w/]|[.,]\d)")
_RESCUERS = (
    " công an", " pccc", " cháy", " cấp cứu", " hỏa", " cứu nạn", " khẩn cấp", " cảnh sát", " cnch", " y tế", " cứu hộ", " cứu thương", " trẻ em", " cứu nạn cứu hộ",
)  # fmt: skip
_ANNOUNCED = re.compile(r"(?:tổng đài|đường dây nóng|hotline|số khẩn cấp)[^.!?\n]{0,120}[^\W\d_] ?: ?\Z")
"""A list of hotlines, each behind its service: "Tổng đài bảo vệ trẻ em 111; phòng chống mua bán người: 111"."""
_CHAIN = re.compile(r"[\s,;/–-]*(?:\([^()\d]{1,24}\))?[\s,;/–-]*(?:hoặc|và|hay)?[\s,;/–-]*(?:số )?")
_EMERGENCY = frozenset(("111", "112", "113", "114", "115", "1022", "156", "5656"))
_GROUPS = {12: (3, 3, 3, 3), 11: (4, 4, 3), 10: (4, 3, 3), 9: (3, 3, 3), 8: (4, 4), 7: (3, 4), 6: (3, 3)}
_SENT_TO = re.compile(
    r" (?:soạn|cú pháp|tin|nhắn|tin nhắn)(?: [^\W_]+){0,6} (?:gửi|gửi đến|gửi tới|gửi về|đến|tới)(?: số| đầu số)?\Z"
)
_LENGTHS = frozenset(("giây", "phút", "giờ", "ngày", "tháng", "lần", "đồng", "triệu", "nghìn", "tỷ"))
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_CODE_DIRECTLY = re.compile(r" (?:mã|mã số|otp|pin|số|định danh|tài khoản|stk|mst)(?: là| ,)?\Z")
_MONEY = re.compile(
    r"\s?(?:đồng|vnđ|vnd|đ|usd|tr|triệu|nghìn|ngàn|tỷ|kg|ha|m2|km|%)(?![^\W_])", re.IGNORECASE
)
_COUNTED_THINGS = COUNTED | _LENGTHS
_COUNTED_AFTER_CALL = COUNTED - {"số", "tổng", "mục", "cơ", "công", "ủy", "ban", "đài"}


def groups_of(digits: str) -> list[str]:
    """How an unbroken number is parted: 4-3-3 for mobiles, 4-4 for 1800 1096, threes for identity numbers."""
    sizes = _GROUPS.get(len(digits))
    if sizes is None:
        if len(digits) < 6:
            return [digits]
        sizes = tuple(3 for _ in range(0, len(digits), 3))
    groups, at = [], 0
    for size in sizes:
        groups.append(digits[at : at + size])
        at += size
    return [group for group in groups if group]


def _read_short(reading: Reading, at: int) -> Found | None:
    """ "112/113/114", "Công an 113": emergency numbers beside the word that calls for them."""
    match = _SHORT.match(reading.text, at)
    if not match:
        return None
    parts = _PARTS.findall(match[0])
    left = reading.left(at)
    if len(parts) > 1:
        if not CALL_NEAR.search(left):
            return None
    elif _ANNOUNCED.search(reading.low[max(0, at - 160) : at]) and reading.char(match.end()) in ".,;)\n":
        pass
    elif not left.endswith(_RESCUERS) or reading.right(match.end()).partition(" ")[0] in _COUNTED_AFTER_CALL:
        return None
    spoken = ", ".join(reading.voice.digits(part) for part in parts)
    return Found(match.end(), spoken, "phone", "phone-emergency", value=Digits(" ".join(parts)))


def read_masked(reading: Reading, at: int) -> Found | None:
    """ "0912.xxx.678": a number of which parts are hidden is nothing to read aloud."""
    match = _MASKED.match(reading.text, at)
    if match is None:
        return None
    written = match[0].rstrip(" .-")
    return ask(
        at + len(written), written, "phone", "masked", f"“{written}” có phần bị che; hãy ghi đủ số hoặc bỏ khỏi bản tin."
    )  # fmt: skip


def read_phone(reading: Reading, at: int) -> Found | None:
    """A telephone number by its shape, or an emergency number beside its service."""
    text = reading.text
    first = text[at]
    if first == "1":
        short = _read_short(reading, at)
        if short:
            return short
    if first in "+(":
        match = _INTERNATIONAL.match(text, at) or (_NATIONAL.match(text, at) if first == "(" else None)
    elif first == "0":
        match = _UNBROKEN.match(text, at) or _NATIONAL.match(text, at)
    elif text.startswith(("1800", "1900"), at):
        match = _SERVICE.match(text, at)
    else:
        return None
    if match is None:
        return None
    parts = _PARTS.findall(match[0])
    digits = "".join(parts)
    plus = "+" in match[0]
    if plus and (masked := read_masked(reading, at)):
        return masked
    if plus:
        if not 10 <= len(digits) <= 13:
            return None
        rest = digits[2:].removeprefix("0") if "(0)" in match[0] else digits[2:]
        written = [part for part in parts if part != "84" and part != "0"]
        groups = ["84", *(written if len(written) > 1 and "".join(written) == rest else groups_of_plus(rest))]
        spoken = "cộng " + reading.voice.grouped(groups)
        return Found(match.end(), spoken, "phone", "phone-international", value=Digits("+" + digits))
    if first in "0(":
        if len(digits) == 12 and len(parts) == 1:
            confidence = Confidence.CERTAIN if CODE_NEAR.search(reading.left(at)) else Confidence.LIKELY
            spoken = reading.voice.grouped(groups_of(digits))
            return Found(match.end(), spoken, "identity", "identity-shape", confidence, (), Digits(digits))
        if not (9 <= len(digits) <= 11 and digits[0] == "0"):
            return None
    elif not 8 <= len(digits) <= 10:
        return None
    if (
        first == "1"
        and len(parts) == 1
        and reading.right(match.end()).partition(" ")[0] in ("đồng", "người", "hồ")
    ):
        return None
    spoken = reading.voice.grouped(_as_written(parts))
    return Found(match.end(), spoken, "phone", "phone-shape", value=Digits(digits))


def groups_of_plus(rest: str) -> list[str]:
    """The nine digits behind +84: 3-3-3."""
    return groups_of(rest) if len(rest) == 9 else [rest[:2], *groups_of(rest[2:])]


def _as_written(parts: list[str]) -> list[str]:
    """The groups the writer made, unless there is one group only."""
    return groups_of(parts[0]) if len(parts) == 1 else parts


_PROCEDURE = re.compile(r"\d\.\d{3}\.\d{3}(?:\.\d{2,3}){0,3}(?![\w]|[.,]\d)")
_PROCEDURE_LEFT = re.compile(r" (?:mã|mã số|mã thủ tục|mã tthc|mã hồ sơ)(?: (?:là|thủ tục|số|tthc)| ,)?\Z")


def read_procedure(reading: Reading, at: int) -> Found | None:
    """ "mã số 1.004.203": the number of an administrative procedure is a code, not a million."""
    match = _PROCEDURE.match(reading.text, at)
    if not match or not _PROCEDURE_LEFT.search(reading.left(at)):
        return None
    if (
        _MONEY.match(reading.text, match.end())
        or reading.right(match.end()).partition(" ")[0] in _COUNTED_THINGS
    ):
        return None
    parts = match[0].split(".")
    return Found(
        match.end(), reading.voice.grouped(parts), "identity", "procedure", value=Digits("".join(parts))
    )


_GROUPED = re.compile(r"\d{1,10}[. -]\d")
_BOOK = re.compile(r"\d{1,5}(?:[- ]\d{1,7}){0,4}(?:-[\dX])?(?![\w-])")
_ACCOUNT = re.compile(r"\d{1,10}(?:[. -]\d{1,9}){1,6}(?![\w-]|[.,]\d)")
_ACCOUNT_LEFT = re.compile(
    r" (?:tài khoản|stk|tk|mã vạch|mã hàng|số tài khoản)(?: (?:số|là|thu|chi))?(?: ,)?\Z"
)
_EVEN = re.compile(r"[1-9]\d{0,2}(?:(?:\.\d{3})+| \d{3}(?: \d{3})?)")


def read_listed(reading: Reading, at: int) -> Found | None:
    """ "ISBN 978-604-57-8123-4", "TK 3741.0.9058345.91046", "mã vạch 8 934567 890123": groups of a long code."""
    if _GROUPED.match(reading.text, at) is None:
        return None
    left = reading.left(at)
    book = left.endswith((" isbn", " issn"))
    if not book and not _ACCOUNT_LEFT.search(left):
        return None
    match = (_BOOK if book else _ACCOUNT).match(reading.text, at)
    if match is None:
        return None
    parts = _PARTS.findall(match[0])
    digits = "".join(parts)
    if (
        len(digits) < 8
        or len(digits) > 24
        or not book
        and (
            _EVEN.fullmatch(match[0])
            or _MONEY.match(reading.text, match.end())
            or reading.right(match.end()).partition(" ")[0] in _COUNTED_THINGS
        )
    ):
        return None
    spoken = reading.voice.grouped(parts)
    if match[0].endswith("X"):
        spoken += " " + reading.voice.spell("x")
    return Found(match.end(), spoken, "identity", "listed-code", Confidence.LIKELY, (), Digits(digits))


#: "CCCD 02 bản" is how many copies, not a part of the number.
_COPIES = frozenset(("bản", "bộ", "tờ", "cái", "thẻ", "người", "cháu", "em", "hồ", "trường"))


def read_called(reading: Reading, at: int) -> Found | None:
    """A run of digits that the words before it make a hotline, a code or an identity number."""
    text = reading.text
    spaced = _SPACED.match(text, at)
    left = reading.left(at)
    if not left or not (spaced or _RUN.match(text, at)):
        return None
    if NOT_CALLED.search(left):
        return None
    previous = reading.last_number
    chained = (
        previous is not None
        and previous.kind in ("phone", "identity")
        and _CHAIN.fullmatch(text[reading.last_number_end : at]) is not None
    )
    code = CODE_NEAR.search(left) is not None
    call = chained or CALL_NEAR.search(left) is not None or _SENT_TO.search(left) is not None
    if not (code or call):
        return None
    match = (
        spaced
        if spaced and (code or left.endswith((" tổng đài", " số", " hotline", " fax")))
        else _RUN.match(text, at)
    )
    if match is None:
        return None
    parts = _PARTS.findall(match[0])
    digits = "".join(parts)
    following = reading.right(match.end())
    if _THOUSANDS.fullmatch(match[0]) and (
        (parts[-1] == "000" and not _CODE_DIRECTLY.search(left))
        or _MONEY.match(text, match.end())
        or following.partition(" ")[0] in _COUNTED_THINGS
    ):
        # "lệ phí hộ chiếu: 160.000 đồng" is an amount, whatever stands before.
        return None
    if len(parts) == 1:
        if DIGITS_COUNTED.match(following) or following.partition(" ")[0] in _LENGTHS:
            return None
        if (
            len(digits) < 3
            and not (code and digits[0] == "0" and following.partition(" ")[0] not in _COPIES)
            and not left.endswith((" phím", " nhánh", " phím số", " máy lẻ"))
        ):
            return None
        counted = following.partition(" ")[0] in _COUNTED_AFTER_CALL
        if counted and digits not in _EMERGENCY and not code and digits[0] != "0":
            return None
        if (
            counted
            and digits in _EMERGENCY
            and not left.endswith((" gọi", " số", " tổng đài", " hotline", " máy"))
        ):
            return None
        if (
            not code
            and len(digits) == 4
            and digits[:2] in ("19", "20")
            and not chained
            and digits not in _EMERGENCY
        ):
            return None
    kind = "phone" if call and not code else "identity"
    spoken = reading.voice.grouped(_as_written(parts))
    return Found(match.end(), spoken, kind, "digits-context", value=Digits(digits))
