"""Document numbers: "1588/QĐ-TTg" is said with its issuer, never spelled.

The symbol is replaced by the body that issued it, a year is set off by commas ("bốn mươi chín, năm hai
nghìn …": otherwise it is heard as 49 years), and nothing is said twice that stands beside the number.
"""

import re

from .contexts import DOCUMENT_WORDS, KEEPS_ZERO
from .issuers import KINDS, body_of
from .reading import Found, Reading
from .spans import Confidence
from .values import Code, DocumentNumber

_PART = r"[A-ZĐƯ][A-Za-zĐđƯưÐ&]*\d{0,3}"
_NUMBER = re.compile(
    rf"(?P<number>\d{{1,6}})(?P<point>\.\d{{1,2}})?(?P<letter>[a-zđA-D]?)(?:\s?/\s?(?P<year>(?:19|20)\d\d))?\s?(?P<joint>[/-])\s?"
    rf"(?P<code>{_PART}(?:\s?[-–/]\s?{_PART}){{0,3}})(?![\w&])"
)
_PARTS = re.compile(r"\s?[-–/]\s?")
_NUMBER_YEAR = re.compile(r"(\d{1,6})\s?[/:]\s?((?:19|20)\d\d)(?![\d/.-]*\d)(?!\s?[/-]\s?[A-ZĐ])")
_BLANK = re.compile(r"/\s?[A-ZĐ][A-Za-zĐđ&]+(?:-[A-ZĐ][A-Za-zĐđ&]+)?(?![\w])")
_NAMED_LATER = re.compile(
    r"[\s,]*(?:\(?(?:được\s+)?(?:ban hành\s+|ký\s+)?ngày\s+(?:[\d/.\-]{3,10}|\d{1,2}\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?)\)?)?[\s,]*của\s",
    re.IGNORECASE,
)
_STANDARD = re.compile(r" (?:tcvn|qcvn|iso|tccs|qcvn số|tcvn số|iso/iec|qcđp)\Z")
_FORM_LEFT = re.compile(
    r" (?:mẫu|mẫu số|biểu|biểu số|biểu mẫu|biểu mẫu số|phiếu|phiếu số|tờ khai|tờ khai số|phụ lục|mẫu đơn|mẫu đơn số)\Z"
)
_STANDARD_NUMBER = re.compile(
    r"(\d{1,6})((?:-\d{1,3}){0,3})(?:\s?:\s?((?:19|20)\d\d))?(?:/([A-ZĐ]{2,8}))?(?![\w-]|[.,/]\d)"
)
_MENTION = re.compile(
    r"(?: (?:đã|vừa|mới|có|ký|đồng|thống nhất|đã có|,))* (?:ban hành|ký|phê duyệt|có|ra|trình|thông qua|công bố)\b"
)


def read_document(reading: Reading, at: int) -> Found | None:
    """A number with a document symbol behind it, or a number with a year after "Nghị định", "số"."""
    match = _NUMBER.match(reading.text, at)
    if match:
        found = _with_symbol(reading, match)
        if found:
            return found
    match = _NUMBER_YEAR.match(reading.text, at)
    if match:
        left = reading.left(at)
        if ":" in match[0] and _STANDARD.search(left):
            return _number_and_year(reading, match)
        if "/" in match[0] and DOCUMENT_WORDS.search(left):
            return _number_and_year(reading, match)
        if "/" in match[0] and left.endswith((" số", " số:")) and int(match[1]) > 0:
            return _number_and_year(reading, match)
    return None


def read_standard(reading: Reading, at: int) -> Found | None:
    """ "TCVN 7722-2-3:2019", "QCVN 01-1:2018/BYT": number, parts, year and issuer of a technical standard."""
    if not _STANDARD.search(reading.left(at)):
        return None
    match = _STANDARD_NUMBER.match(reading.text, at)
    if match is None or not (match[2] or match[4]):
        return None
    voice = reading.voice
    body = body_of(match[4]) if match[4] else None
    if match[4] and body is None:
        return None
    spoken = voice.digits(match[1]) if match[1][0] == "0" else voice.cardinal(int(match[1]))
    for part in match[2].split("-")[1:]:
        spoken += f" gạch ngang {voice.cardinal(int(part))}"
    if match[3]:
        spoken += f", năm {voice.year(int(match[3]))}"
    if body:
        spoken += f", của {body[0]}"
    value = DocumentNumber(
        match[1] + match[2], int(match[3]) if match[3] else None, "Tiêu chuẩn", body[0] if body else ""
    )
    return Found(match.end(), spoken, "document", "standard", Confidence.LIKELY, (), value)


def _number_and_year(reading: Reading, match: re.Match[str]) -> Found:
    number, year = match[1], int(match[2])
    spoken = f"{reading.voice.cardinal(int(number))}, năm {reading.voice.year(year)}"
    if _goes_on(reading, match.end()):
        spoken += ","
    value = DocumentNumber(str(int(number)), year, "", "")
    return Found(match.end(), spoken, "document", "document-year", Confidence.LIKELY, (), value)


def _goes_on(reading: Reading, end: int) -> bool:
    """True when words of the same sentence follow at once."""
    return reading.char(end) == " " and reading.char(end + 1).isalpha()


def _with_symbol(reading: Reading, match: re.Match[str]) -> Found | None:
    voice = reading.voice
    parts = _PARTS.split(match["code"].replace("Ð", "Đ"))
    number = int(match["number"])
    year = int(match["year"]) if match["year"] else None
    kind, bodies, confidence = _decode(reading, parts)
    left = reading.left(match.start())
    typed = DOCUMENT_WORDS.search(left) is not None or bool(kind) and kind.lower() in left
    numbered = typed or left.endswith(" số")
    if bodies is None:
        if KEEPS_ZERO.search(left) and not kind:
            return _form_number(reading, match)
        if not (kind or numbered):
            return None
        said = voice.cardinal(number) + (f", năm {voice.year(year)}" if year else "")
        reason = f"Chưa biết cơ quan có ký hiệu “{parts[-1]}”; hãy chọn cách đọc hoặc thêm vào từ điển."
        return Found(
            match.end(),
            match[0],
            "document",
            "document-unknown-issuer",
            Confidence.UNKNOWN,
            (said,),
            None,
            reason,
        )
    if _FORM_LEFT.search(left) and not (len(parts) > 1 and parts[0] in KINDS):
        return _form_number(reading, match)
    spoken = voice.digits(match["number"]) if KEEPS_ZERO.search(left) else voice.cardinal(number)
    if match["point"]:
        spoken += " chấm " + voice.cardinal(int(match["point"][1:]))
    if match["letter"]:
        spoken += " " + voice.spell(match["letter"])
    issuer = " và ".join(bodies)
    if year:
        spoken += f", năm {voice.year(year)}"
    spelled = voice.style.documents == "number"
    if not typed and kind:
        if left.endswith(" số"):
            spoken += f", {kind.lower()}"
        else:
            spoken = f"{kind} số {spoken}"
    if issuer and not spelled and not _said_already(reading, match, bodies):
        spoken += (", của " if year else " của ") + issuer
    if spoken[-1] != "," and year and _goes_on(reading, match.end()):
        spoken += ","
    value = DocumentNumber(str(number) + (match["point"] or "") + match["letter"], year, kind, issuer)
    alternatives: tuple[str, ...] = ()
    reason = ""
    if confidence is Confidence.UNCERTAIN:
        alternatives = (spoken.replace("Tỉnh ủy", "Thành ủy"),)
        reason = "Ký hiệu “TU” có thể là Tỉnh ủy hoặc Thành ủy; hãy chọn đúng cơ quan."
    elif year is None and 1000 <= number < 10_000:
        alternatives = (spoken.replace(voice.cardinal(number), voice.digits(str(number))),)
    return Found(match.end(), spoken, "document", "document-symbol", confidence, alternatives, value, reason)


def _form_number(reading: Reading, match: re.Match[str]) -> Found:
    """ "Mẫu số 01/ĐK": the letters behind the stroke name the form, not a body."""
    said = (
        reading.voice.digits(match["number"])
        if match["number"][0] == "0"
        else reading.voice.cardinal(int(match["number"]))
    )
    letters = match["letter"]
    if letters:
        said += " " + reading.voice.spell(letters)
    for part in _PARTS.split(match["code"]):
        said += " xuyệt " + reading.voice.spell(part)
    return Found(match.end(), said, "code", "form-number", Confidence.LIKELY, (), Code(match[0]))


def _decode(reading: Reading, parts: list[str]) -> tuple[str, list[str] | None, Confidence]:
    """(kind, issuing bodies, confidence); the bodies are None when a code is not known."""
    first = parts[0]
    kind = KINDS.get(first, "") if len(parts) > 1 else ""
    if kind:
        codes = (
            parts[1:]
            if first in ("TTLT", "NQLT", "KHLT", "HDLN", "HDLT", "CTPH", "QCPH", "KHPH")
            else parts[1:2]
        )
        bodies: list[str] = []
        confidence = Confidence.CERTAIN
        for code in codes:
            if code == "TU":
                name, confidence = _provincial_committee(reading)
                bodies.append(name)
                continue
            body = body_of(code)
            if body is None:
                learned = reading.learned.get(code)
                if learned is None:
                    return kind, None, Confidence.UNKNOWN
                body = (learned, None)
            bodies.append(_with_term(reading, body))
        return kind, bodies, confidence
    body = body_of(first)
    if body is None and len(parts) == 1 and first.startswith("HĐ") and first in KINDS:
        return KINDS[first], [], Confidence.LIKELY
    if body is None:
        return "", None, Confidence.UNKNOWN
    kind = "" if body[1] else "Công văn"
    return kind, [_with_term(reading, body)], Confidence.CERTAIN


def _with_term(reading: Reading, body: tuple[str, int | None]) -> str:
    name, term = body
    return f"{name} khóa {reading.voice.cardinal(term)}" if term else name


def _provincial_committee(reading: Reading) -> tuple[str, Confidence]:
    """ "TU" is the Party committee of a province or of a city; the rest of the text may tell which."""
    city, province = (
        "thành ủy" in reading.whole or "thành uỷ" in reading.whole,
        "tỉnh ủy" in reading.whole or "tỉnh uỷ" in reading.whole,
    )
    if city and not province:
        return "Thành ủy", Confidence.LIKELY
    if province and not city:
        return "Tỉnh ủy", Confidence.LIKELY
    return "Tỉnh ủy", Confidence.UNCERTAIN


def _said_already(reading: Reading, match: re.Match[str], bodies: list[str]) -> bool:
    """True when "của …" follows, or the same sentence began with the issuer issuing it."""
    if _NAMED_LATER.match(reading.text, match.end()):
        return True
    before = reading.low[max(0, match.start() - 110) : match.start()]
    for stop in (". ", ";", "\n\n"):
        before = before.rpartition(stop)[2]
    for body in bodies:
        name = body.lower()
        where = before.rfind(name)
        if where >= 0:
            between = " " + " ".join(before[where + len(name) :].split())
            if _MENTION.match(between):
                return True
    return False


def read_blank_number(reading: Reading, at: int) -> Found | None:
    """ "Số:      /BTTTT-CĐSQG": the number of the document was never filled in."""
    match = _BLANK.match(reading.text, at)
    before = reading.text[max(0, at - 30) : at].rstrip(" .…_\u00a0")
    if not match or not before.lower().endswith(("số:", "số,", "số")) or reading.char(at - 1) not in " .…_":
        return None
    return Found(
        match.end(), match[0], "document", "document-blank", Confidence.UNKNOWN, (), Code(match[0]),
        "Số văn bản còn để trống; hãy điền số hoặc bỏ dòng này.",
    )  # fmt: skip
