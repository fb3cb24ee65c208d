"""The written shapes of numbers: thousands parted by dots, decimals by a comma, and the shapes in doubt."""

import re
from decimal import Decimal
from typing import NamedTuple

from .voice import Voice

_SHAPE = re.compile(
    r"(?P<grouped>\d{1,3}(?:\.\d{3}){1,6})(?:,(?P<grouped_places>\d{1,12}))?(?![\d]|[.,]\d)"
    r"|(?P<english>[1-9]\d{0,2}(?:,\d{3}){2,6})(?![\d]|[.,]\d)"
    r"|(?P<spaced>[1-9]\d{0,2}(?:[ \u00a0\u202f]\d{3}){2,5}|[1-9]\d{0,2}(?:[ \u00a0\u202f]000))(?!\d|[.,]\d)"
    r"|(?P<whole>\d{1,40})(?:(?P<mark>[.,])(?P<places>\d{1,12}))?(?!\d)"
)


class Numeral(NamedTuple):
    """A number as written: its digits, and what is in doubt about them.

    `doubt` is "" (none), "dot" (3.5: decimal or date or section), "comma" (1,500: thousand or decimal).
    """

    end: int
    whole: str
    places: str
    doubt: str

    @property
    def value(self) -> Decimal:
        """The exact value, taking a lone dot or comma as decimal."""
        return Decimal(f"{self.whole}.{self.places}") if self.places else Decimal(self.whole)

    @property
    def as_thousands(self) -> Decimal:
        """The value if the lone mark parts thousands."""
        return Decimal(self.whole + self.places)

    @property
    def is_dotted_decimal(self) -> bool:
        """True for "3.5": Vietnamese parts decimals by a comma, so a lone dot before one or two digits may be another
        hand's decimal or a thousand that lost its zeros; "0.5" can be nothing but a decimal."""
        return self.doubt == "dot" and len(self.places) <= 2 and self.whole.strip("0") != ""

    def said_with_dot(self, voice: Voice) -> str:
        """The same digits with the dot said as it stands: "ba chấm năm"."""
        return self.said(voice).replace(" phẩy ", " chấm ")

    def said(self, voice: Voice) -> str:
        """The number as a quantity."""
        return voice.decimal(self.whole, self.places)


def numeral_at(text: str, at: int) -> Numeral | None:
    """The number standing at `at`, or None where the digits run on into something else (1.2.3, 1,2,3)."""
    match = _SHAPE.match(text, at)
    if not match:
        return None
    kind = match.lastgroup
    if match["grouped"] is not None:
        if match["grouped"][0] == "0":
            return None
        return Numeral(match.end(), match["grouped"].replace(".", ""), match["grouped_places"] or "", "")
    if match["english"] is not None:
        return Numeral(match.end(), match["english"].replace(",", ""), "", "")
    if match["spaced"] is not None:
        return Numeral(match.end(), re.sub(r"\D", "", match["spaced"]), "", "")
    places = match["places"] or ""
    after = text[match.end() : match.end() + 2]
    if places and after[:1] in (".", ",") and after[1:].isdigit():
        if match["mark"] == ".":
            return None
        return Numeral(match.start("mark"), match["whole"], "", "")
    doubt = ""
    if places:
        if match["mark"] == ".":
            doubt = "dot"
        elif len(places) == 3 and match["whole"] != "0" and len(match["whole"]) <= 3:
            doubt = "comma"
    assert kind is not None
    return Numeral(match.end(), match["whole"], places, doubt)
