"""Marks of goods: petrol ("RON95-III"), oil ("DO 0,05S-II"), how a pesticide is made up ("Reasgant 3.6EC")."""

import re

from .reading import Found, Reading
from .romans import roman_value
from .spans import Confidence
from .syllable import is_syllable
from .values import Code

_FUEL = re.compile(r"(?:E(\d{1,2})[ -]?)?RON[ -]?(\d{2})(?:-(II|III|IV|V|VI))?(?![\w]|[.,]\d)")


def read_fuel(reading: Reading, at: int) -> Found | None:
    """ "E5RON92-II", "RON95-III": petrol by its marks."""
    match = _FUEL.match(reading.text, at)
    if not match:
        return None
    voice = reading.voice
    said = f"rôn {voice.cardinal(int(match[2]))}"
    if match[1]:
        said = f"{voice.spell('e')} {voice.cardinal(int(match[1]))} {said}"
    if match[3]:
        said += f", {voice.cardinal(roman_value(match[3]) or 0)}"
    return Found(match.end(), said, "code", "fuel", Confidence.LIKELY, (), Code(match[0]))


_SULPHUR = re.compile(r"(0,\d{1,3})S(?:-(II|III|IV|V|VI))?(?![\w])")


def read_sulphur(reading: Reading, at: int) -> Found | None:
    """ "dầu DO 0,05S-II": how much sulphur the oil holds, and its grade."""
    match = _SULPHUR.match(reading.text, at)
    if not match or not reading.left(at).endswith((" do", " diesel", " dầu")):
        return None
    voice = reading.voice
    said = f"{voice.decimal('0', match[1][2:])} {voice.spell('s')}"
    if match[2]:
        said += f", {voice.cardinal(roman_value(match[2]) or 0)}"
    return Found(match.end(), said, "code", "fuel", Confidence.LIKELY, (), Code(match[0]))


_FORMULATION = re.compile(
    r"(\d{1,4})(?:([.,])(\d{1,2}))?\s?(EC|SL|WP|WG|SC|WDG|GR|EW|OD|ND|SP|SG|CS|SE|DP|BTN|BHN|FS|ME|OEC|WS|DF|BR|DD|HP)(?![\w-])"
)
_TRADE_NAME = re.compile(
    r"(?<!\w)([A-Z][a-zA-Z-]{2,20})(?: (?:[Ss]uper|[Gg]old|[Tt]op|[Ee]xtra|[Pp]lus|[Mm]ax))? ?\Z"
)


def read_formulation(reading: Reading, at: int) -> Found | None:
    """ "Validacin 5SL", "Reasgant 3.6EC": how strong a pesticide is and how it is made up, behind its name."""
    match = _FORMULATION.match(reading.text, at)
    if match is None:
        return None
    name = _TRADE_NAME.search(reading.text[max(0, at - 30) : at])
    if name is None or is_syllable(name[1].lower()) and not _SPRAYED.search(reading.left(at)):
        return None
    voice = reading.voice
    said = voice.cardinal(int(match[1]))
    if match[2]:
        said += (" chấm " if match[2] == "." else " phẩy ") + voice.fraction_digits(match[3])
    said += " " + voice.spell(match[4])
    return Found(match.end(), said, "code", "formulation", Confidence.LIKELY, (), Code(match[0]))


_SPRAYED = re.compile(r" (?:thuốc|phun|xịt|pha)(?: [^\W\d_]+){0,4}\Z")
