"""Signs and punctuation: what is dropped as layout, what is a pause, what is a word, what must be asked."""

import re
import unicodedata

from .abbreviations import read_definition
from .documents import read_blank_number
from .numerals import numeral_at
from .phones import read_phone
from .quantities import read_amount, read_compare
from .reading import Found, Reading, ask
from .spans import Confidence
from .units import MONEY, NOT_COUNTED_PER, PER, UNIT, UNITS
from .values import Amount

QUOTES = frozenset('“”„‟"«»‹›‘`´″')
_ORNAMENT = frozenset(
    "•●○◦▪▫■□◆◇★☆✓✔✗✘➤➢►▶▷❖✦✧✨❤♥♦♣♠☎☏✆✉⚠❗❕❓❔‼⁉⁇⁈✅❌❎☑☐☒⭐⏰⏳⌛➡⬅⬆⬇→←↑↓↔⇒⇨➔➜➥➠☞☛➣❯❱✳✴❇·‣⁃∙※†‡§¶©®™°ºª*^~|¦\\﴾﴿"
)
_ARROWS = frozenset("→➡⇒⇨➔➜➥➠➤➢►▶▷☞☛➣❯❱»|¦·")
_HALVES = {"½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅛": (1, 8), "⅕": (1, 5)}
_ETC = re.compile(r"(?:\.{2,}|…+)[.…]*")
_BLANK = re.compile(r"(?:[._…]\s?){6,}|…{2,}\s?|_{2,}")
_PLACEHOLDER = re.compile(r"\[\s*([^\[\]\n]{0,60}?)\s*\]")
_RATE = re.compile(r"\s?/\s?(?P<word>[^\W\d_]+(?:[23²³](?![^\W_]))?)")
_PER_SPAN = re.compile(r"/(?=\d{1,3}\s?(?:h|giờ|ngày|tháng|phút|năm)(?![^\W_]))")
_NUMBER_NEAR = re.compile(r"(?:\d|%|₫|\$)[^.;:!?\n()/]{0,24}\Z|\d[^.;:!?\n()]{0,14}/[^\W\d_ ]{1,10}\Z")
_NUMBER_WORD = re.compile(r"(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|vài|mấy) [^\W\d_]+(?: [^\W\d_]+)?\Z")
_LETTER_SLASH = re.compile(r"[^\W\d_]\Z")


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


def _between_words(text: str, at: int) -> bool:
    before, after = text[max(0, at - 8) : at].rstrip(" "), text[at + 1 : at + 9].lstrip(" ")
    return bool(before) and before[-1] not in "\n" and bool(after) and after[0] not in "\n"


def _small_digit(reading: Reading, at: int, digit: int) -> Found:
    """A raised digit is a footnote mark; a digit in a circle or a keycap is a number."""
    name = unicodedata.name(reading.text[at], "")
    if "SUPERSCRIPT" in name or "SUBSCRIPT" in name:
        if (
            reading.char(at - 1).isalnum()
            or reading.char(at - 1) in ')”".'
            or unicodedata.digit(reading.char(at - 1), None) is not None
        ):
            return Found(at + 1, "", "mark", "footnote", Confidence.LIKELY, (reading.voice.cardinal(digit),))
    return Found(at + 1, " " + reading.voice.cardinal(digit) + " ", "number", "circled", Confidence.LIKELY)


def _open(reading: Reading, at: int) -> Found | None:
    definition = read_definition(reading, at)
    if definition:
        return definition
    phone = read_phone(reading, at) if reading.char(at + 1) in "+0" else None
    if phone:
        return phone
    return Found(at + 1, ",", "mark", "bracket")


def _close(reading: Reading, at: int) -> Found | None:
    before = reading.text[max(0, at - 4) : at].strip()
    if (
        before[-1:].isalnum()
        and len(before.rpartition("\n")[2]) == 1
        or reading.starts_line(at - len(before))
    ):
        return Found(at + 1, ",", "mark", "list-mark")
    return Found(at + 1, ",", "mark", "bracket")


def _square(reading: Reading, at: int) -> Found | None:
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


def _slash(reading: Reading, at: int) -> Found | None:
    text = reading.text
    if text.startswith("/.", at) and reading.char(at - 1) == ".":
        return Found(at + 2, "", "mark", "end-sign")
    blank = read_blank_number(reading, at)
    if blank:
        return blank
    before = text[max(0, at - 34) : at]
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
        if counted and not alternative:
            unit = UNIT.match(text, stop)
            if (
                unit
                and unit[0] in UNITS
                and unit[0] not in ("m", "l", "s", "g", "h", "V", "A", "W", "CV", "L")
            ):
                return Found(
                    unit.end(), f" {_per(previous)} {UNITS[unit[0]]}", "rate", "rate-unit", Confidence.LIKELY
                )
            if word in ("h", "s", "l", "g", "m") and not text[stop + 1 : stop + 2].isalnum():
                return Found(
                    stop + 1, f" {_per(previous)} {UNITS[word]}", "rate", "rate-unit", Confidence.LIKELY
                )
            if (
                word.lower() in PER
                or word.isupper()
                and len(word) > 1
                and previous is not None
                and previous.kind == "money"
            ):
                return Found(stop, " một ", "rate", "rate")
        if before[-1:].isalnum() or before[-1:] in '%)”"²³':
            return Found(at + 1, ", ", "mark", "slash-list", Confidence.LIKELY, (" hoặc ",))
        if before[-2:].strip() and not before.endswith("\n"):
            return Found(at + 1, ", ", "mark", "slash-list", Confidence.LIKELY, (" hoặc ",))
    following = text[at + 1 : at + 2]
    money = reading.previous is not None and reading.previous.kind == "money" and reading.previous_end == at
    if money and following.isdigit():
        amount = read_amount(reading, at + 1)
        if amount and amount.kind == "money":
            return Found(at + 1, " trên ", "ratio", "money-of-money", Confidence.LIKELY)
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
        and reading.previous.kind in ("phone", "roman", "section", "number", "mark")
    ):
        if not following.isdigit() or reading.previous.kind == "phone":
            return Found(at + 1, ", ", "mark", "slash-list", Confidence.LIKELY)
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


def _per(previous: Found | None) -> str:
    return (
        "một"
        if previous is not None
        and (
            previous.kind == "money"
            or isinstance(previous.value, Amount)
            and previous.value.unit in MONEY.values()
        )
        else "trên"
    )


def _dash(reading: Reading, at: int) -> Found | None:
    text = reading.text
    before, after = reading.char(at - 1), reading.char(at + 1)
    if reading.starts_line(at):
        end = at + 1
        while text[end : end + 1] in ("-", "–", "—", "=") and end < len(text):
            end += 1
        return Found(end, "", "mark", "bullet")
    if after == ">":
        return Found(at + 2, ",", "mark", "arrow", Confidence.LIKELY)
    if after.isdigit() and before in " (:,\n":
        amount = read_amount(reading, at + 1)
        if amount and amount.kind in ("measure", "percent"):
            return amount._replace(
                spoken="âm " + amount.spoken, confidence=min(amount.confidence, Confidence.LIKELY), value=None
            )
    if before in " \n," or after in " \n-":
        end = at + 1
        while reading.char(end) in ("-", "–", "—") and end < len(text):
            end += 1
        return Found(end, ",", "mark", "dash")
    if text[at] != "-":
        return (
            Found(at + 1, ",", "mark", "dash")
            if before.isalnum() and after.isalnum()
            else Found(at + 1, ",", "mark", "dash")
        )
    previous = reading.previous
    read_before = previous is not None and reading.previous_end == at and previous.kind not in ("mark",)
    if read_before or after.isdigit() or before.isdigit() or re.match(r"[A-ZĐ]{2}", text[at + 1 : at + 3]):
        return Found(at + 1, ",", "mark", "dash", Confidence.LIKELY)
    return None


def _dots(reading: Reading, at: int) -> Found | None:
    text = reading.text
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
    return Found(match.end(), "…" if before else "", "mark", "pause")


def _colon(reading: Reading, at: int) -> Found | None:
    rest = reading.text[at + 1 : at + 40].partition("\n")[0]
    if not rest.strip():
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
    before, after = reading.char(at - 1), reading.text[at + 1 : at + 2]
    if before.isdigit() and not after.strip():
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


def _compare(reading: Reading, at: int) -> Found | None:
    found = read_compare(reading, at)
    if found:
        return found
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


def _hash(reading: Reading, at: int) -> Found | None:
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
    "(": _open, "{": _open, ")": _close, "}": _close, "[": _square, "]": lambda r, at: Found(at + 1, ",", "mark", "bracket"),
    "/": _slash, "∕": _slash, "-": _dash, "–": _dash, "—": _dash, "−": _dash, "‑": _dash, "‐": _dash, ".": _dots, "…": _dots, ":": _colon, "+": _plus,
    ">": _compare, "<": _compare, "≥": _compare, "≤": _compare, "=": _compare, "⩾": _compare, "⩽": _compare,
    "~": _about, "≈": _about, "∼": _about, "&": _and, "＆": _and, "@": _at_sign, "#": _hash, "%": _percent, "‰": _percent,
    "±": _plus_minus, "×": _times, "$": _currency, "€": _currency, "£": _currency, "¥": _currency, "₫": _currency, "_": _blank_line,
    "'": _apostrophe, "’": _apostrophe,
}  # fmt: skip
