"""Words in the style of a station: numbers, digits, dates, clocks and letters, said aloud."""

from decimal import Decimal
from functools import lru_cache

from .style import Style
from .values import Clock, Date

DIGIT_WORDS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")

LETTER_NAMES = {
    "a": "a", "ă": "á", "â": "ớ", "b": "bê", "c": "xê", "d": "dê", "đ": "đê", "e": "e", "ê": "ê", "f": "ép",
    "g": "giê", "h": "hát", "i": "i", "j": "gi", "k": "ca", "l": "e-lờ", "m": "em", "n": "en", "o": "o",
    "ô": "ô", "ơ": "ơ", "p": "pê", "q": "quy", "r": "e-rờ", "s": "ét", "t": "tê", "u": "u", "ư": "ư", "v": "vê",
    "w": "vê kép", "x": "ích", "y": "i dài", "z": "dét",
}  # fmt: skip
LETTER_SOUNDS = {
    **LETTER_NAMES,
    "b": "bờ", "c": "cờ", "d": "dờ", "đ": "đờ", "g": "gờ", "h": "hờ", "k": "ca", "l": "lờ", "m": "mờ", "n": "nờ",
    "p": "pờ", "q": "quờ", "r": "rờ", "s": "sờ", "t": "tờ", "v": "vờ", "x": "xờ",
}  # fmt: skip

LARGEST_SAID = 10**18
"""Numbers from here on are no quantity an announcer says; they are read digit by digit and flagged."""


class Voice:
    """Says values in one style. All methods are pure; answers that recur are remembered."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self._cardinals: dict[int, str] = {}
        self._letters = LETTER_NAMES if style.letters == "names" else LETTER_SOUNDS

    def cardinal(self, number: int) -> str:
        """A whole number as a quantity: mốt, tư, lăm and linh where the language asks for them."""
        words = self._cardinals.get(number)
        if words is None:
            words = ("âm " + self._count(-number)) if number < 0 else self._count(number)
            if len(self._cardinals) < 20_000:
                self._cardinals[number] = words
        return words

    def _count(self, number: int) -> str:
        if number == 0:
            return DIGIT_WORDS[0]
        if number >= LARGEST_SAID:
            return self.digits(str(number))
        if number >= 10**9:
            billions, rest = divmod(number, 10**9)
            head = self._count(billions) + " tỷ"
            return head + (" " + self._below_billion(rest, after=True) if rest else "")
        return self._below_billion(number, after=False)

    def _below_billion(self, number: int, *, after: bool) -> str:
        parts: list[str] = []
        for size, name in ((10**6, "triệu"), (10**3, self.style.thousand), (1, "")):
            group, number = divmod(number, size)
            if group:
                said = self._three(group, padded=after or bool(parts))
                parts.append(f"{said} {name}" if name else said)
        return " ".join(parts)

    def _three(self, number: int, *, padded: bool) -> str:
        hundreds, rest = divmod(number, 100)
        tens, unit = divmod(rest, 10)
        parts: list[str] = []
        if hundreds or padded:
            parts.append(DIGIT_WORDS[hundreds] + " trăm")
        if tens == 0:
            if unit:
                if parts:
                    parts.append(self.style.odd)
                parts.append(DIGIT_WORDS[unit])
        else:
            parts.append("mười" if tens == 1 else DIGIT_WORDS[tens] + " mươi")
            if unit == 5:
                parts.append("lăm")
            elif unit == 1 and tens > 1:
                parts.append("mốt")
            elif unit == 4 and tens > 1:
                parts.append(self.style.four)
            elif unit:
                parts.append(DIGIT_WORDS[unit])
        return " ".join(parts)

    def fraction_digits(self, digits: str) -> str:
        """What stands after the decimal comma: a number of up to two places, else digit by digit."""
        if len(digits) > 2 or digits[0] == "0":
            return self.digits(digits)
        return self.cardinal(int(digits))

    def decimal(self, whole: str, fraction: str) -> str:
        """A number as written, digits of the whole part and of the fraction ("" for none)."""
        said = self.cardinal(int(whole)) if len(whole) < 19 else self.digits(whole)
        return f"{said} phẩy {self.fraction_digits(fraction)}" if fraction else said

    def amount(self, amount: Decimal) -> str:
        """An exact decimal as a quantity."""
        whole, _, fraction = format(abs(amount), "f").partition(".")
        return ("âm " if amount < 0 else "") + self.decimal(whole, fraction)

    def digits(self, digits: str) -> str:
        """Digit by digit, with plain một, bốn, năm."""
        return " ".join([DIGIT_WORDS[int(d)] for d in digits])

    def grouped(self, groups: list[str]) -> str:
        """Digit groups of a telephone or identity number, a short stop (comma) between them."""
        stop = ", " if self.style.phones == "groups" else " "
        return stop.join(self.digits(group) for group in groups)

    def day(self, day: int) -> str:
        """The day of a month without the word "ngày": mùng for 1 to 10."""
        early = self.style.early_day
        return f"{early} {self.cardinal(day)}" if early and 1 <= day <= 10 else self.cardinal(day)

    def month(self, month: int) -> str:
        """The month without the word "tháng": April is always tư."""
        return "tư" if month == 4 else self.cardinal(month)

    def year(self, year: int) -> str:
        """The year without the word "năm"."""
        if self.style.year == "digits" and 1000 <= year <= 2999:
            return self._short_year(year)
        return self.cardinal(year)

    def _short_year(self, year: int) -> str:
        century, rest = divmod(year, 100)
        tens, unit = divmod(rest, 10)
        head = self.digits(str(century))
        if tens == 0:
            return head + " không " + DIGIT_WORDS[unit]
        last = {0: "mươi", 1: "mốt", 4: self.style.four, 5: "lăm"}.get(unit, DIGIT_WORDS[unit])
        if tens == 1:
            return head + " " + self.cardinal(rest)
        return f"{head} {DIGIT_WORDS[tens]} {last}"

    def date(self, date: Date, *, lead: bool = True) -> str:
        """A date; `lead` puts "ngày" (or "tháng", "năm") before its first part."""
        parts = []
        if date.day is not None:
            parts.append("ngày " + self.day(date.day))
        if date.month is not None:
            parts.append("tháng " + self.month(date.month))
        if date.year is not None:
            parts.append("năm " + self.year(date.year))
        said = " ".join(parts)
        return said if lead else said.partition(" ")[2]

    def clock(self, clock: Clock) -> str:
        """A time of day or a length; whole hours leave the minutes out."""
        parts = []
        if clock.hour is not None:
            parts.append(self.cardinal(clock.hour) + " giờ")
        if clock.minute is not None and (clock.minute or clock.second or clock.hour is None):
            parts.append(self.cardinal(clock.minute) + " phút")
        if clock.second is not None and (clock.second or clock.minute is None):
            parts.append(self.cardinal(clock.second) + " giây")
        return " ".join(parts)

    def ordinal(self, number: int) -> str:
        """After "thứ": nhất only where the caller knows it is a rank; tư always."""
        return "tư" if number == 4 else self.cardinal(number)

    def fraction(self, part: int, whole: int) -> str:
        """A fraction: one fourth is "một phần tư"."""
        return f"{self.cardinal(part)} phần {self.ordinal(whole)}"

    def spell(self, text: str) -> str:
        """Letters by their names and digits one by one; other characters are left out by the caller."""
        said = []
        for char in text.lower():
            if char.isdecimal():
                said.append(DIGIT_WORDS[int(char)])
            else:
                said.append(self._letters.get(char, char))
        return " ".join(said)


@lru_cache(maxsize=64)
def voice_for(style: Style) -> Voice:
    """The one voice of a style, with its memory."""
    return Voice(style)
