"""Brackets: what only repeats is dropped, what must be filled in is asked, the rest is a pause."""

import re

from .definitions import read_definition
from .phones import read_phone
from .readback import read_number as read_back
from .reading import Found, Reading, ask
from .spans import Confidence
from .values import Amount, Code, Number

_PLACEHOLDER = re.compile(r"\[\s*([^\[\]\n]{0,60}?)\s*\]")
_IN_WORDS = re.compile(
    r"\(\s?(?:bằng chữ\s?:?\s?)?([^()\d]{2,120}?)(?:\s(?:đồng|chẵn|ngày|tháng|năm|hộ|người|bản|bộ))*\.?\s?\)",
    re.IGNORECASE,
)


def _repeats_number(reading: Reading, at: int) -> Found | None:
    """ "15 (mười lăm) ngày": the number said again in words is dropped; another number in the bracket is told."""
    last = reading.last_number
    if (
        last is None
        or not isinstance(last.value, Number | Amount)
        or "\n" in reading.text[reading.last_number_end : at]
    ):
        return None
    if at - reading.last_number_end > 8:
        return None
    match = _IN_WORDS.match(reading.text, at)
    said = read_back(match[1]) if match else None
    if match is None or said is None:
        return None
    amount = last.value.amount
    scale = re.fullmatch(
        r"\s(nghìn|ngàn|triệu|tỷ)?\s?(?:đồng)?\s?", reading.low[reading.last_number_end : at]
    )
    if scale and scale[1]:
        amount *= {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9}[scale[1]]
    if said == amount:
        # "10.000.000 (mười triệu đồng)": what the bracket counts is kept when nothing else says it.
        counted = match[0][match.end(1) - match.start() :].strip(" .)").removesuffix("chẵn").strip()
        named = (
            counted
            and not reading.right(match.end()).startswith(counted)
            and counted not in reading.low[reading.last_number_end - 8 : at]
        )
        said_too = f" {counted}" if named else ""
        return Found(match.end(), said_too, "bracket", "number-in-words", Confidence.CERTAIN, (match[1],))
    return Found(
        match.end(), f", {match[0][1:-1].strip().replace(':', '')},", "bracket", "number-differs", Confidence.UNCERTAIN, (), None,
        f"Số viết bằng chữ “{match[1]}” khác với con số đứng trước; hãy xem lại.",
    )  # fmt: skip


_TEST_RESULT = re.compile(r"\(\s?([+–−-])\s?\)")
"""A sign in brackets, "(-)", behind what a laboratory looked for; lost, a patient would not hear whether he is ill."""


def read_open(reading: Reading, at: int) -> Found | None:
    repeated = _repeats_number(reading, at)
    if repeated:
        return repeated
    sign = _TEST_RESULT.match(reading.text, at)
    if sign and not reading.left(at).endswith(" dấu"):
        said = "dương tính" if sign[1] == "+" else "âm tính"
        return Found(sign.end(), f" {said}", "symbol", "test-result", Confidence.LIKELY, (), Code(sign[0]))
    definition = read_definition(reading, at)
    if definition:
        return definition
    phone = read_phone(reading, at) if reading.char(at + 1) in "+0" else None
    if phone:
        return phone
    return Found(at + 1, ",", "mark", "bracket")


def read_close(reading: Reading, at: int) -> Found | None:
    before = reading.text[max(0, at - 4) : at].strip()
    if (
        before[-1:].isalnum()
        and len(before.rpartition("\n")[2]) == 1
        or reading.starts_line(at - len(before))
    ):
        return Found(at + 1, ",", "mark", "list-mark")
    return Found(at + 1, ",", "mark", "bracket")


def read_square(reading: Reading, at: int) -> Found | None:
    match = _PLACEHOLDER.match(reading.text, at)
    if not match:
        return Found(at + 1, ",", "mark", "bracket")
    inner = match[1]
    if re.fullmatch(r"\d{1,3}|[a-z*]", inner):
        return Found(match.end(), "", "mark", "footnote", Confidence.CERTAIN, (inner,))
    return ask(
        match.end(),
        match[0],
        "blank",
        "placeholder",
        f"“{match[0]}” là chỗ cần điền; hãy điền trước khi phát.",
    )
