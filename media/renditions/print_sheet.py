"""An uploaded picture as an A4 sheet for the notice board: 300 dpi, who issued it and when, a QR code to the present
version. The same picture and words give the same bytes."""

from __future__ import annotations

import io
import os
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps

from .canvas import Canvas
from .errors import IncompleteContent
from .palette import Tone, palette_for
from .recipes import A4_PRINT
from .stills import paint_qr
from .typefaces import PITCH_TEXT, Weight, clean, require_drawable
from .wrapping import wrapped

_MARGIN, _FOOT, _CODE = 118, 420, 330
_TITLE, _TEXT = 62, 44


@dataclass(frozen=True, slots=True)
class SheetWords:
    """What stands at the foot. `address` is printed and becomes the QR code; "" leaves both out. `label` is printed in
    the picture's corner (“Hình do máy tạo”)."""

    title: str
    issuer: str
    lines: tuple[str, ...] = ()
    address: str = ""
    label: str = ""


def draw_sheet(picture: Image.Image, words: SheetWords, target: Path) -> None:
    """Write the sheet as JPEG to `target`, complete or not at all. Raises IncompleteContent without a title,
    UnknownCharacter for a letter the typeface lacks."""
    title = clean(words.title)
    if not title:
        raise IncompleteContent("Bản in cần có tiêu đề.")
    for name, text in (
        ("tiêu đề", title),
        ("cơ quan ban hành", words.issuer),
        *(("dòng chân", line) for line in words.lines),
    ):
        require_drawable(name, clean(text))
    width, height = A4_PRINT.width, A4_PRINT.height
    canvas, colours = Canvas(width, height, (255, 255, 255)), palette_for(Tone.GUIDE)
    room = (width - 2 * _MARGIN, height - 2 * _MARGIN - _FOOT)
    shown = ImageOps.contain(picture.convert("RGB"), room, Image.Resampling.LANCZOS)
    at = (_MARGIN + (room[0] - shown.width) // 2, _MARGIN + (room[1] - shown.height) // 2)
    canvas.image.paste(shown, at)
    top = height - _MARGIN - _FOOT + 50
    canvas.rounded((_MARGIN, top, width - _MARGIN, top + 6), 0, colours.accent)
    top += 46
    left, inner = _MARGIN, width - 2 * _MARGIN
    if words.address:
        paint_qr(
            canvas, words.address, (width - _MARGIN - _CODE, top, width - _MARGIN, top + _CODE), (0, 0, 0)
        )
        inner -= _CODE + 60
    for text, weight, size, most in (
        (title, Weight.BLACK, _TITLE, 2),
        (clean(words.issuer), Weight.BOLD, _TEXT, 1),
        (clean(" · ".join(words.lines)), Weight.MEDIUM, _TEXT, 2),
        (_typed(words.address), Weight.MEDIUM, _TEXT, 1),
    ):
        lines = _cut(text, weight, size, inner, most)
        canvas.lines(lines, (left, top), weight, size, colours.ink, PITCH_TEXT)
        top += round(size * PITCH_TEXT) * len(lines) + (8 if lines else 0)
    if words.label:
        canvas.rounded((at[0], at[1], at[0] + 28 * len(words.label), at[1] + 84), 0, (8, 18, 30), 0.72)
        canvas.centred(
            words.label,
            (at[0], at[1], at[0] + 28 * len(words.label), at[1] + 84),
            Weight.MEDIUM,
            44,
            (255, 255, 255),
        )
    sheet = io.BytesIO()
    canvas.image.convert("RGB").save(sheet, "JPEG", quality=92, subsampling=0, dpi=(A4_PRINT.print_dpi,) * 2)
    partial = target.with_name(f".{target.name}.part")
    try:
        partial.write_bytes(sheet.getvalue())
        os.replace(partial, target)
    finally:
        partial.unlink(missing_ok=True)


def _cut(text: str, weight: Weight, size: int, width: int, most: int) -> tuple[str, ...]:
    """Return at most `most` lines; what has no room ends in “…”. The whole title stands in the library."""
    if not text:
        return ()
    words = text.split()
    for count in range(len(words), 0, -1):
        shown = text if count == len(words) else " ".join(words[:count]).rstrip(",;:·–-. ") + "…"
        lines = wrapped(shown, weight, size, width)
        if lines is not None and len(lines) <= most:
            return lines
    return ()


def _typed(address: str) -> str:
    return address.removeprefix("https://").removeprefix("http://").rstrip("/")
