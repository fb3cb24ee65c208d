"""Signs and punctuation: what is dropped as layout, what is a pause, what is a word, what must be asked."""

import re
import unicodedata

from .brackets import read_close, read_open, read_square
from .numerals import numeral_at
from .phones import read_phone
from .quantities import read_compare
from .reading import Found, Reading, ask
from .shares import read_share
from .spans import Confidence
from .strokes import is_blood_group, read_dash, read_stroke
from .syllable import is_syllable
from .units import MONEY
from .values import Amount, Code

QUOTES = frozenset('“”„‟"«»‹›‘`´″')
_ORNAMENT = frozenset(
    "•●○◦▪▫■□◆◇★☆✓✔✗✘➤➢►▶▷❖✦✧✨❤♥♦♣♠☎☏✆✉⚠❗❕❓❔‼⁉⁇⁈✅❌❎☑☐☒⭐⏰⏳⌛➡⬅⬆⬇→←↑↓↔⇒⇨➔➜➥➠☞☛➣❯❱✳✴❇·‣⁃∙※†‡§¶©®™°ºª*^~|¦\\﴾﴿"
)
_ARROWS = frozenset("→➡⇒⇨➔➜➥➠➤➢►▶▷☞☛➣❯❱»|¦·")
_COUNTS = (
    " điểm",
    " số",
    " tuổi",
    " mức",
    " là",
    " tỷ lệ",
    " hạng",
    " bậc",
    " độ",
    " cấp",
    " khi",
    " giá trị",
)
_HALVES = {"½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅛": (1, 8), "⅕": (1, 5)}
_ETC = re.compile(r"(?:\.{2,}|…+)[.…]*")
_BLANK = re.compile(r"(?:[._…]\s?){6,}|…{2,}\s?|_{2,}")


def is_ornament(char: str) -> bool:
    """True for bullets, ticks, hearts and emoji: layout, which nobody reads."""
    code = ord(char)
    return (
        char in _ORNAMENT
        or 0x1F000 <= code <= 0x1FAFF
        or 0x2600 <= code <= 0x27BF
        or 0x2B00 <= code <= 0x2BFF
        or 0x25A0 <= code <= 0x25FF
        or 0x2300 <= code <= 0x23FF
        or code in (0xFE0F, 0x20E3, 0x200D, 0x3030, 0x303D)
        or 0xE0020 <= code <= 0xE007F
        or 0x2500 <= code <= 0x257F
    )


def read_mark(reading: Reading, at: int) -> Found | None:
    """What to do with the sign at `at`; None leaves it standing as punctuation."""
    text = reading.text
    char = text[at]
    rule = _RULES.get(char)
    if rule:
        return rule(reading, at)
    if char in QUOTES:
        if char in '“"„«' and _UNMARKED_QUOTE.match(text, at) and not _quoted_has_marks(text, at):
            return Found(
                at + 1, "", "mark", "unmarked-quote", Confidence.UNCERTAIN, (), None,
                "Câu trong ngoặc kép không có dấu tiếng Việt; hãy gõ lại có dấu hoặc bỏ.",
            )  # fmt: skip
        return Found(at + 1, "", "mark", "quote")
    if char in _HALVES:
        part, whole = _HALVES[char]
        return Found(at + 1, reading.voice.fraction(part, whole), "ratio", "fraction-sign", Confidence.LIKELY)
    if char in _ARROWS and _between_words(text, at):
        return Found(at + 1, ",", "mark", "arrow", Confidence.LIKELY)
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return _small_digit(reading, at, digit)
    if is_ornament(char):
        return Found(at + 1, "", "mark", "ornament")
    category = unicodedata.category(char)
    if category[0] == "M":
        return ask(
            at + 1,
            char,
            "damaged",
            "loose-mark",
            "Có dấu thanh rời khỏi chữ; văn bản bị lỗi, hãy gõ lại từ này.",
        )
    if category in ("Sk", "Cf", "Lm"):
        return Found(at + 1, "", "mark", "ornament")
    if category[0] in "SCN":
        return ask(at + 1, char, "symbol", "symbol-unknown", f"Chưa biết cách đọc ký hiệu “{char}”.")
    return None


_UNMARKED_QUOTE = re.compile(r"[“\"„«][A-Za-z][^”\"“»\n]{12,200}[”\"»]")


def _quoted_has_marks(text: str, at: int) -> bool:
    """False for a quoted sentence of five words and more in which no word carries a mark ("Ma OTP cua ban la …")."""
    inner = _UNMARKED_QUOTE.match(text, at)
    words = re.findall(r"[^\W\d_]{2,}", inner[0]) if inner else []
    return len(words) < 5 or any(char > "\x7f" for word in words for char in word)


def _between_words(text: str, at: int) -> bool:
    before, after = text[max(0, at - 8) : at].rstrip(" "), text[at + 1 : at + 9].lstrip(" ")
    return bool(before) and before[-1] not in "\n" and bool(after) and after[0] not in "\n"


def _small_digit(reading: Reading, at: int, digit: int) -> Found:
    """A raised digit is a footnote mark; a digit in a circle or a keycap is a number."""
    name = unicodedata.name(reading.text[at], "")
    before = reading.char(at - 1)
    raised = "SUPERSCRIPT" in name or "SUBSCRIPT" in name
    if raised and (before.isalnum() or before in ')”".' or unicodedata.digit(before, None) is not None):
        return Found(at + 1, "", "mark", "footnote", Confidence.LIKELY, (reading.voice.cardinal(digit),))
    return Found(at + 1, " " + reading.voice.cardinal(digit) + " ", "number", "circled", Confidence.LIKELY)


_SUFFIX = re.compile(r"\.([a-z][a-z0-9]{1,3})(?![\w@]|\.\w)")


def _dots(reading: Reading, at: int) -> Found | None:
    text = reading.text
    suffix = _SUFFIX.match(text, at)
    if (
        suffix
        and not is_syllable(suffix[1])
        and not (reading.char(at - 1).isalnum() or reading.char(at - 1) == ".")
    ):
        return Found(
            suffix.end(),
            "chấm " + reading.voice.spell(suffix[1]),
            "code",
            "file-suffix",
            Confidence.LIKELY,
            (),
            Code(suffix[0]),
        )
    blank = _BLANK.match(text, at)
    if blank:
        return ask(
            blank.end(),
            blank[0].rstrip(),
            "blank",
            "dotted-blank",
            "Còn chỗ trống chưa điền; hãy điền trước khi phát.",
        )
    match = _ETC.match(text, at)
    if not match:
        if text[at] == ".":
            return Found(at + 3, ".", "mark", "end-sign") if text.startswith("./.", at) else None
        return Found(at + 1, "", "mark", "ornament")
    before = text[max(0, at - 120) : at].rstrip()
    clause = re.split(r"[.;!?\n]", before)[-1]
    if before.endswith((",", ";")) or (clause.count(",") + clause.count(":") >= 2 and before[-1:].isalpha()):
        spoken = "vân vân" if before.endswith((",", ";")) else ", vân vân"
        following = text[match.end() : match.end() + 1]
        if following.isalnum():
            spoken += " "
        return Found(
            match.end(),
            (" " if not text[at - 1 : at].isspace() and spoken[0] != "," else "") + spoken,
            "mark",
            "and-so-on",
            Confidence.LIKELY,
        )
    # A pause; what is left standing must not count as a list when it is read again.
    ends = not text[match.end() :].strip() and before[-1:].isalnum()
    return Found(match.end(), "." if ends else "," if before else "", "mark", "pause")


def _colon(reading: Reading, at: int) -> Found | None:
    rest = reading.text[at + 1 : at + 40].partition("\n")[0]
    if not rest.strip():
        return None
    before = reading.char(at - 1)
    if rest[:1].isspace() and (before.isalpha() or before in ')”"»'):
        # Prose: "Bà con chú ý: mai cắt nước." Whoever reads it makes the pause; only beside a number is it one of ours.
        return None
    return Found(at + 1, ", " if not rest[:1].isspace() else ",", "mark", "colon")


def _plus(reading: Reading, at: int) -> Found | None:
    phone = (
        read_phone(reading, at)
        if reading.text.startswith("8", at + 1) or reading.text.startswith(" 84", at + 1)
        else None
    )
    if phone:
        return phone
    if reading.starts_line(at):
        return Found(at + 1, "", "mark", "bullet")
    if is_blood_group(reading, at):
        return Found(at + 1, " dương", "symbol", "blood-group", Confidence.LIKELY)
    before, after = reading.char(at - 1), reading.text[at + 1 : at + 2]
    if after.isdigit() and before == " " and reading.left(at).endswith((" tăng", " tăng lên", " tăng thêm")):
        return Found(at + 1, "", "mark", "plus-twice")
    if (
        before.isdigit()
        and not (after.strip() and after.isalnum())
        and not re.match(r"\+ ?\d", reading.text[at : at + 3])
        and (not after.strip(" ") and reading.char(at + 2) not in "0123456789" or after in ".,;:)!?")
    ):
        return Found(
            at + 1,
            " trở lên",
            "symbol",
            "plus-after",
            Confidence.UNCERTAIN,
            (" cộng",),
            None,
            "Dấu cộng sau số chưa rõ nghĩa; hãy xem lại.",
        )
    if reading.text[max(0, at - 8) : at].rstrip(" ")[-1:] in (";", ".", ":", "\n"):
        return Found(at + 1, "", "mark", "bullet")
    return Found(at + 1, " cộng ", "symbol", "plus", Confidence.LIKELY, (" và ",))


_HEART = re.compile(r"<3+\s*(?:\Z|[^\w\s.,%°])")


_TYPED = r"<\s?(?:dấu cách|khoảng trắng|cách|(?:số|họ|mã|tên|ngày|nội dung|địa chỉ)(?: [^\W\d_]+){0,5})\s?>"
_TYPED_KEY, _TYPED_BEFORE = re.compile(_TYPED), re.compile(_TYPED + r"\Z")
"""What is typed in place of a bracket: "soạn TNMT <dấu cách> <số căn cước>"."""


def _of_pressure(reading: Reading, at: int) -> Found | None:
    """ "≥ 140/90 mmHg": two numbers with one unit behind the sign."""
    start = at + 1 + (reading.char(at + 1) == " ")
    if reading.text[at] not in "≥≤<>" or not reading.char(start).isdigit():
        return None
    inner = read_share(reading, start)
    if inner is None or inner.rule != "share-unit":
        return None
    said = inner.spoken
    spoken = {
        "≥": f"từ {said} trở lên",
        "≤": f"không quá {said}",
        ">": f"trên {said}",
        "<": f"dưới {said}",
    }[reading.text[at]]
    return Found(inner.end, spoken, "comparison", "comparison", inner.confidence, (), inner.value)


def _compare(reading: Reading, at: int) -> Found | None:
    if _HEART.match(reading.text, at) and not reading.left(at).endswith(_COUNTS):
        return Found(at + 1 + len(re.match(r"3+", reading.text[at + 1 :])[0]), "", "mark", "ornament")  # type: ignore[index]
    found = read_compare(reading, at)
    if found:
        return found
    if _TYPED_KEY.match(reading.low, at) or _TYPED_BEFORE.search(reading.low[max(0, at - 60) : at + 1]):
        return Found(at + 1, ",", "mark", "typed-key", Confidence.LIKELY)
    pressure = _of_pressure(reading, at)
    if pressure:
        return pressure
    char = reading.text[at]
    end = at + 1
    if char in "=-" and reading.char(end) == ">" or char == ">" and reading.char(end) == ">":
        end += 1
        return Found(end, ",", "mark", "arrow", Confidence.LIKELY)
    if char == ">" and _between_words(reading.text, at):
        return Found(end, ",", "mark", "arrow", Confidence.LIKELY)
    if char == ">" and reading.starts_line(at):
        return Found(end, "", "mark", "bullet")
    if char == "=":
        if _between_words(reading.text, at) and reading.char(end) != "=" and reading.char(at - 1) != "=":
            return Found(end, " bằng ", "symbol", "equals", Confidence.LIKELY)
        return Found(end, "", "mark", "ornament")
    if char == "<" and _between_words(reading.text, at):
        return ask(end, char, "symbol", "less-than", "Dấu “<” ở đây chưa rõ nghĩa.", "nhỏ hơn")
    return ask(end, char, "symbol", "symbol-unknown", f"Ký hiệu “{char}” ở đây chưa rõ nghĩa.")


def _about(reading: Reading, at: int) -> Found | None:
    following = reading.text[at + 1 : at + 3].lstrip(" ")
    if following[:1].isdigit():
        if reading.left(at).endswith((" khoảng", " chừng", " gần")):
            return Found(at + 1, "", "mark", "about-twice")
        return Found(at + 1, " khoảng ", "symbol", "about", Confidence.LIKELY)
    return Found(at + 1, "", "mark", "ornament")


def _and(reading: Reading, at: int) -> Found | None:
    return Found(at + 1, " và ", "symbol", "and")


def _at_sign(reading: Reading, at: int) -> Found | None:
    return Found(
        at + 1,
        " a còng ",
        "symbol",
        "at-sign",
        Confidence.UNCERTAIN,
        (),
        None,
        "Ký hiệu “@” đứng riêng; hãy xem lại.",
    )


_DIALLED = re.compile(r"\*(\d{2,6}(?:\*\d{1,20}){0,3})#")


def _star(reading: Reading, at: int) -> Found | None:
    """ "*101#": keys of a telephone, one by one."""
    match = _DIALLED.match(reading.text, at)
    if match is None:
        before, after = reading.char(at - 1), reading.char(at + 1)
        if before in "12345" and not after.isalnum() and _RATED.search(reading.low[max(0, at - 60) : at]):
            return Found(at + 1, " sao", "symbol", "stars", Confidence.LIKELY, ("",))
        if before.isdigit() and after.isdigit():
            return Found(at + 1, " nhân ", "symbol", "times", Confidence.LIKELY)
        return _key(reading, at, "sao") or Found(at + 1, "", "mark", "ornament")
    said = " sao ".join(reading.voice.digits(part) for part in match[1].split("*"))
    return Found(match.end(), f"sao {said} thăng", "phone", "dialled", Confidence.LIKELY, (), Code(match[0]))


_RATED = re.compile(
    r"(?<!\w)(?:ocop|khách sạn|resort|homestay|hạng|chuẩn|xếp|cơ sở lưu trú|du lịch)(?!\w)[^.;!?\n]{0,40}(?<![\d.,])\d\Z"
)
_KEY_LEFT = re.compile(r" (?:phím|dấu|nút|bấm|nhấn|ấn|ký tự|kí tự|ký hiệu|rồi|sau đó)(?: \d[\d ]*)?\Z")


def _key(reading: Reading, at: int, name: str) -> Found | None:
    """ "phím *", "bấm 1#": a sign that is named or pressed is said."""
    if not _KEY_LEFT.search(reading.left(at)):
        return None
    return Found(at + 1, f" {name} ", "symbol", "key", Confidence.LIKELY, (), Code(reading.text[at]))


def _hash(reading: Reading, at: int) -> Found | None:
    key = None if reading.char(at + 1).isalnum() else _key(reading, at, "thăng")
    if key:
        return key
    if reading.char(at + 1).isdigit():
        return Found(at + 1, " số ", "symbol", "hash-number", Confidence.LIKELY)
    return Found(at + 1, "", "mark", "ornament")


def _percent(reading: Reading, at: int) -> Found | None:
    return Found(
        at + 1,
        " phần trăm" if reading.text[at] == "%" else " phần nghìn",
        "percent",
        "percent-bare",
        Confidence.LIKELY,
    )


def _plus_minus(reading: Reading, at: int) -> Found | None:
    return Found(at + 1, " cộng trừ ", "symbol", "plus-minus", Confidence.LIKELY)


def _times(reading: Reading, at: int) -> Found | None:
    return Found(at + 1, " nhân ", "symbol", "times", Confidence.LIKELY)


def _currency(reading: Reading, at: int) -> Found | None:
    """ "$100": the sign stands before the amount."""
    start = at + 1
    if reading.char(start) == " ":
        start += 1
    numeral = numeral_at(reading.text, start) if reading.char(start).isdigit() else None
    if numeral is None or numeral.doubt == "comma":
        return ask(
            at + 1,
            reading.text[at],
            "symbol",
            "currency",
            f"Ký hiệu tiền “{reading.text[at]}” chưa rõ số tiền.",
        )
    spoken = numeral.said(reading.voice)
    end = numeral.end
    scale = re.compile(r"\s(?:nghìn|ngàn|triệu|tỷ)(?!\w)").match(reading.text, end)
    if scale:
        spoken, end = spoken + scale[0], scale.end()
    return Found(
        end,
        f"{spoken} {MONEY[reading.text[at]]}",
        "money",
        "money-sign",
        Confidence.LIKELY,
        (),
        Amount(numeral.value, MONEY[reading.text[at]]),
    )


def _blank_line(reading: Reading, at: int) -> Found | None:
    blank = _BLANK.match(reading.text, at)
    if blank:
        return ask(
            blank.end(),
            blank[0].rstrip(),
            "blank",
            "dotted-blank",
            "Còn chỗ trống chưa điền; hãy điền trước khi phát.",
        )
    return Found(at + 1, " ", "mark", "ornament")


def _apostrophe(reading: Reading, at: int) -> Found | None:
    if reading.char(at - 1).isalpha() and reading.char(at + 1).isalpha():
        return None
    return Found(at + 1, "", "mark", "quote")


_RULES = {
    "(": read_open, "{": read_open, ")": read_close, "}": read_close, "[": read_square, "]": lambda r, at: Found(at + 1, ",", "mark", "bracket"),
    "/": read_stroke, "∕": read_stroke, "-": read_dash, "–": read_dash, "—": read_dash, "−": read_dash, "‑": read_dash, "‐": read_dash, ".": _dots, "…": _dots, ":": _colon, "+": _plus,
    ">": _compare, "<": _compare, "≥": _compare, "≤": _compare, "=": _compare, "⩾": _compare, "⩽": _compare,
    "~": _about, "≈": _about, "∼": _about, "&": _and, "＆": _and, "@": _at_sign, "#": _hash, "%": _percent, "‰": _percent,
    "±": _plus_minus, "×": _times, "$": _currency, "€": _currency, "£": _currency, "¥": _currency, "₫": _currency, "_": _blank_line,
    "*": _star, "'": _apostrophe, "’": _apostrophe,
}  # fmt: skip
