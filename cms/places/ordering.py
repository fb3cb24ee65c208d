"""Vietnamese alphabetical order as a plain ASCII key, so both databases sort place names alike.

Pure: no Django. The alphabet is a ă â b c d đ e ê … o ô ơ … u ư …; tones decide only between syllables that
are otherwise equal, in the dictionary order ngang, huyền, hỏi, ngã, sắc, nặng.
"""

import re
import unicodedata

_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_BREVE, _CIRCUMFLEX, _HORN = "\u0306", "\u0302", "\u031b"
_VARIANT = {_BREVE: "1", _CIRCUMFLEX: "2", _HORN: "3"}
_NUMBER_WIDTH = 4


def sort_key(name: str) -> str:
    """Return an ASCII key that orders names as a Vietnamese list does.

    "Hòa" and "Hoà" have equal keys; "Ba" < "Bà" < "Bả" < "Bã" < "Bá" < "Bạ" < "Băng".
    Numbers order by value, so "2" stands before "10".
    """
    return "".join(
        _syllable_key(part) for part in re.findall(r"\w+", unicodedata.normalize("NFC", name.casefold()))
    )


def _syllable_key(syllable: str) -> str:
    if syllable.isdecimal():
        return str(int(syllable)).zfill(_NUMBER_WIDTH) + "00"
    letters: list[str] = []
    tone = "0"
    for char in unicodedata.normalize("NFD", syllable):
        if char in _TONES:
            tone = _TONES[char]
        elif char in _VARIANT and letters:
            letters[-1] = letters[-1][0] + _VARIANT[char]
        elif char == "đ":
            letters.append("d1")
        elif not unicodedata.combining(char):
            letters.append(f"{char}0")
    # A pair that starts with a digit ends the syllable: it sorts before every letter, so "Ba" stands before
    # "Bang". No space or sign is used, because PostgreSQL's language collations skip them.
    return "".join(letters) + "0" + tone
