"""Whether a picture shows an identity card: whoever scans its QR code has name, number, birthday, address.

The code of a citizen's card begins with the twelve digits of the number; the older number may follow, then the name. It
is read by zxing-cpp. Where the house has a program that reads letters (`picture_words`), the printed number is looked
for as well, beside the words of the card. What neither sees is told in docs/library.md."""

from __future__ import annotations

import re
from typing import BinaryIO, Final

from django.utils.translation import gettext as _
from PIL import Image

from cms.core.folding import fold
from media.library.picture_words import words_in

#: A personal number is twelve digits and begins with a province's code, so with 0 (Circular 59/2021/TT-BCA).
_NUMBER: Final = re.compile(r"(?<!\d)0\d{11}(?!\d)")
#: The same number as print and reading set it apart: whole, or in up to four groups of three digits and more, twelve
#: digits together (a slightly turned card is read as "038099001 234"; "0912345678 24/7" is a telephone).
_PRINTED: Final = re.compile(r"(?<!\w)(?:0\d{11}|0\d{2,8}(?: \d{3,9}){1,3})(?!\w)")
_DIGITS: Final = 12
#: What stands on the card beside its number, folded: the card's names, the number's names, "Số / No.".
_CARD_WORDS: Final = re.compile(
    r"\b(?:can cuoc|cccd|citizen identity|identity card|dinh danh ca nhan|so dinh danh"
    r"|personal identification|so no)\b"
)
#: The first line on the back, made for machines (ICAO 9303-5, size TD1): country, number of the card, number of the person.
_MACHINE_LINE: Final = re.compile(r"\bidvnm\d{10}0\d{11}")
#: Folded characters between the number and the words: about three lines of the card.
NEAR: Final = 160
#: Larger pictures are made smaller before they are searched: a code that is then too small can hardly be scanned either.
LONGEST_SIDE: Final = 3200


def shows_identity_card(content: BinaryIO) -> bool:
    """Return whether a QR code or the print in the picture gives a personal number away.

    The file is left at its beginning. Print is read only where the program for it is installed."""
    content.seek(0)
    with Image.open(content) as picture:
        picture.draft("L", (LONGEST_SIDE, LONGEST_SIDE))
        grey = picture.convert("L")
    content.seek(0)
    return gives_number_away(grey)


def gives_number_away(grey: Image.Image, *, print_too: bool = True) -> bool:
    """Return whether a QR code in a picture of mode "L", or with `print_too` its print, gives a personal number away."""
    import zxingcpp  # loaded with the first picture that is uploaded

    grey.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    found = zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    return any(_NUMBER.search(code.text) for code in found) or (print_too and reads_as_card(words_in(grey)))


def reads_as_card(words: str) -> bool:
    """Return whether twelve digits of a personal number stand near the words of a card. Pure.

    A number alone is no card (an account, a bill), nor are the words alone (every guide to VNeID has them)."""
    folded = fold(words)
    if _MACHINE_LINE.search(folded):
        return True
    return any(
        _CARD_WORDS.search(folded, max(0, number.start() - NEAR), number.end() + NEAR)
        for number in _PRINTED.finditer(folded)
        if len(number[0].replace(" ", "")) == _DIGITS
    )


def told(kind: str = "") -> str:
    """Return the sentence for somebody whose picture, clip or document (by the asset's kind) shows a card."""
    if kind == "video":
        return _(
            "Video có cảnh thấy mã QR hoặc số định danh cá nhân trên thẻ căn cước. "
            "Vui lòng che hoặc cắt cảnh ấy rồi tải lại; video này chưa chia sẻ cho nơi khác được."
        )
    if kind == "van-ban":
        return _(
            "Văn bản có hình thấy mã QR hoặc số định danh cá nhân trên thẻ căn cước. "
            "Vui lòng che trong hình rồi tải lại; văn bản này chưa chia sẻ cho nơi khác được."
        )
    return _(
        "Hình có mã QR chứa số định danh cá nhân, hoặc có số ấy in cạnh chữ trên thẻ căn cước. "
        "Vui lòng che mã QR và số trên thẻ rồi tải lại; hình này chưa chia sẻ cho nơi khác được."
    )
