"""Whether a picture shows the readable QR code of an identity card: whoever scans it has name, number, birthday, address.

The code of a citizen's card begins with the twelve digits of the number; the older number may follow, then the name.
Only the code is read, by zxing-cpp; a card whose code is blurred, turned away or smaller than a few points per cell is
not seen (see docs/library.md)."""

from __future__ import annotations

import re
from typing import BinaryIO, Final

from django.utils.translation import gettext as _
from PIL import Image

#: A personal number is twelve digits and begins with a province's code, so with 0 (Circular 59/2021/TT-BCA).
_NUMBER: Final = re.compile(r"(?<!\d)0\d{11}(?!\d)")
#: Larger pictures are made smaller before they are searched: a code that is then too small can hardly be scanned either.
LONGEST_SIDE: Final = 3200


def shows_identity_card(content: BinaryIO) -> bool:
    """Return whether a QR code of the picture holds a personal number. The file is left at its beginning."""
    import zxingcpp  # loaded with the first picture that is uploaded

    content.seek(0)
    with Image.open(content) as picture:
        picture.draft("L", (LONGEST_SIDE, LONGEST_SIDE))
        grey = picture.convert("L")
    content.seek(0)
    grey.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    found = zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    return any(_NUMBER.search(code.text) for code in found)


def told() -> str:
    """Return the sentence for somebody whose picture shows a card."""
    return _(
        "Hình có mã QR chứa số định danh cá nhân (như trên thẻ căn cước). Vui lòng che mã QR và số trên thẻ rồi tải lại; "
        "hình này chưa chia sẻ cho nơi khác được."
    )
