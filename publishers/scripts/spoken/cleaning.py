"""The text as it comes in: one Unicode form, no invisible characters, plain blanks."""

import re
import unicodedata

_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
)
_BLANKS = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_LINE_ENDS = re.compile("\r\n?|\u2028|\u2029|\x85")
_PLAIN = re.compile(r"[\n\x20-\x7e\u00c0-\u01b0\u1ea0-\u1ef9\u2013-\u201d\u2026\u2022]*\Z")
_BEFORE_FRACTION = re.compile("(?<=[^\\W\\d_])(?=[\u00bc-\u00be\u2150-\u215f])")
"""A fraction sign glued to a letter ("km½"): the two are words of their own."""
_WIDE_DIGITS = {0xFF10 + i: str(i) for i in range(10)}
_LOOK_ALIKE = {
    ord("Ð"): "Đ",
    ord("ð"): "đ",
    ord("Ɖ"): "Đ",
    ord("\u2011"): "-",
    ord("\u2010"): "-",
    ord("\u2212"): "-",
    ord("\u2044"): "/",
    **_WIDE_DIGITS,
}


def clean(text: str) -> str:
    """NFC text whose letters are what they look like: Ð is Đ, blanks are blanks, nothing is invisible.

    Paragraphs are kept. Never raises; lone surrogates become U+FFFD.
    """
    text = unicodedata.normalize("NFC", text)
    if _PLAIN.match(text):
        return text
    text = (
        text.encode("utf-8", "replace").decode("utf-8")
        if any("\ud800" <= char <= "\udfff" for char in text)
        else text
    )
    text = _LINE_ENDS.sub("\n", text)
    text = _INVISIBLE.sub("", _BLANKS.sub(" ", text))
    text = _BEFORE_FRACTION.sub(" ", text)
    return unicodedata.normalize("NFC", text.translate(_LOOK_ALIKE))
