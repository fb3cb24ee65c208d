"""How one station speaks: every choice that is a matter of region or house style, made once per station."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Style:
    """The switches of a station's reading style.

    No switch changes a value; each picks between two ways of saying the same thing. A script is read in
    one style from its first line to its last.
    """

    thousand: Literal["nghìn", "ngàn"] = "nghìn"
    odd: Literal["linh", "lẻ"] = "linh"
    """The word in "một trăm linh năm"."""
    four: Literal["tư", "bốn"] = "tư"
    """The word for 4 after "mươi"; "tháng tư" and "thứ tư" never change."""
    early_day: Literal["mùng", "mồng", ""] = "mùng"
    """The word before the days 1 to 10 of a month; empty says the day bare."""
    year: Literal["full", "digits"] = "full"
    """"hai nghìn không trăm hai mươi lăm" or "hai không hai lăm" (years 1000 to 2999 in dates only)."""
    letters: Literal["names", "sounds"] = "names"
    """Spelled letters: "bê, xê, e-lờ" or "bờ, cờ, lờ"."""
    documents: Literal["issuer", "number"] = "issuer"
    """A document symbol is replaced by its issuer, or only its number and year are said."""
    addresses: Literal["words", "letters"] = "words"
    """A known host is said as words ("dịch vụ công viết liền không dấu") or spelled out."""
    phones: Literal["groups", "digits"] = "groups"
    """Telephone and identity numbers with a short stop between groups, or in one breath."""


NORTHERN = Style()
"""The northern broadcast norm; the default."""

SOUTHERN = Style(thousand="ngàn", odd="lẻ", four="bốn", early_day="mùng")
"""The usual choices of stations in the south."""
