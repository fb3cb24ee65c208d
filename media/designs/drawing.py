"""Draws a design with Pillow: the words, and the logo, name, hotline and address of the body it is drawn for.

The largest common text size at which everything fits is taken; no text goes below 28 px of 1080. What does not fit
is said before anything is kept: which field, how long it is, how much must go. The same input gives the same bytes."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, ImageOps

from cms.facts.imprints import Imprint
from media.designs.shelf import COLOURS, HEIGHT, WIDTH
from media.designs.words import Words
from media.renditions.canvas import Canvas
from media.renditions.errors import RenditionError
from media.renditions.icons import icon
from media.renditions.palette import Palette
from media.renditions.setting import Block, NoRoom, Setter
from media.renditions.stills import paint_kicker
from media.renditions.typefaces import PITCH_TITLE, Weight, clean

_MARGIN = 56
_SCALES = tuple(round(1.5 - 0.03 * step, 2) for step in range(30))
_SMALLEST = 28
_LOGO = 116
_PICTURE_HEIGHT = 440


class TextTooLong(RenditionError):
    """A text has no room at a readable size. `field` names it, `over` is about how many letters must go."""

    def __init__(self, field: str, text: str, share: float) -> None:
        self.field = field
        self.over = max(1, len(text) - int(len(text) * min(share, 0.99)))
        super().__init__(
            f"Phần “{field}” dài {len(text)} ký tự, không đặt vừa mẫu. Vui lòng bớt khoảng {self.over} ký tự."
        )


@dataclass(frozen=True, slots=True)
class _Foot:
    """The band at the bottom: who says it and whom to call."""

    issuer: Block
    address: Block | None
    hotline: Block | None
    top: int


def draw(
    words: Words, imprint: Imprint, *, picture: Image.Image | None = None, logo: Image.Image | None = None,
    focal: tuple[float, float] = (0.5, 0.5),
) -> bytes:  # fmt: skip
    """Return the graphic as PNG, 1080 × 1350. Raises TextTooLong, IncompleteContent."""
    trouble: NoRoom | None = None
    for scale in _SCALES:
        setter = Setter(1.0, scale, _SMALLEST)
        try:
            foot = _foot(setter, imprint, logo is not None)
            return _png(_PAINTERS[words.design](words, setter, foot, imprint, picture, logo, focal))
        except NoRoom as problem:
            trouble = problem
    assert trouble is not None
    raise TextTooLong(trouble.field, trouble.text, trouble.share)


def _png(canvas: Canvas) -> bytes:
    target = io.BytesIO()
    canvas.image.convert("RGB").save(target, "PNG", compress_level=6)
    return target.getvalue()


# ------------------------------------------------------------------------------------------------- the foot
def _foot(setter: Setter, imprint: Imprint, has_logo: bool) -> _Foot:
    room = WIDTH - 2 * _MARGIN - (_LOGO + 28 if has_logo else 0)
    issuer = setter.block("tên cơ quan", clean(imprint.name), Weight.BOLD, 32, room, 2)
    address = (
        setter.block("địa chỉ cơ quan", clean(imprint.address), Weight.REGULAR, _SMALLEST, room, 2)
        if imprint.address
        else None
    )
    hotline = (
        setter.one_line(
            "đường dây nóng", clean(imprint.hotline), Weight.BLACK, 58, WIDTH - 2 * _MARGIN - 360, 40
        )
        if imprint.hotline
        else None
    )
    tall = max(issuer.height + (address.height + 14 if address else 0), _LOGO if has_logo else 0) + 60
    return _Foot(issuer, address, hotline, HEIGHT - tall - (108 if hotline else 0))


def _paint_foot(canvas: Canvas, foot: _Foot, colours: Palette, logo: Image.Image | None) -> None:
    top = foot.top
    if foot.hotline is not None:
        canvas.rounded((0, top, WIDTH, top + 108), 0, colours.accent)
        canvas.circle((_MARGIN + 36, top + 54), 36, colours.deep)
        canvas.stamp(icon("phone", 42, colours.on_primary), (_MARGIN + 15, top + 33))
        canvas.line("Đường dây nóng", (_MARGIN + 96, top + 65), Weight.MEDIUM, 32, colours.on_accent)
        x = WIDTH - _MARGIN - foot.hotline.width
        canvas.line(foot.hotline.lines[0], (x, top + 75), Weight.BLACK, foot.hotline.size, colours.on_accent)
        top += 108
    canvas.rounded((0, top, WIDTH, HEIGHT), 0, colours.card)
    left = _MARGIN
    if logo is not None:
        fitted = ImageOps.contain(logo.convert("RGBA"), (_LOGO, _LOGO), Image.Resampling.LANCZOS)
        middle = top + (HEIGHT - top) // 2
        canvas.stamp(fitted, (left + (_LOGO - fitted.width) // 2, middle - fitted.height // 2))
        left += _LOGO + 28
    total = foot.issuer.height + (foot.address.height + 14 if foot.address else 0)
    y = top + (HEIGHT - top - total) // 2
    canvas.lines(foot.issuer.lines, (left, y), Weight.BOLD, foot.issuer.size, colours.deep)
    if foot.address is not None:
        y += foot.issuer.height + 14
        canvas.lines(foot.address.lines, (left, y), Weight.REGULAR, foot.address.size, colours.muted)


# ------------------------------------------------------------------------------------------------- shared pieces
def _head(
    words: Words, setter: Setter, title_size: int, lines: int
) -> tuple[Block, Block | None, Block | None, int]:
    """Return title, lead, kicker and the height they take together."""
    inner = WIDTH - 2 * _MARGIN
    title = setter.block(
        "tiêu đề",
        words.title,
        Weight.BLACK,
        setter.size(title_size, 46, title_size * 1.5),
        inner,
        lines,
        PITCH_TITLE,
    )
    lead = (
        setter.block("dòng dẫn", words.lead, Weight.MEDIUM, setter.size(34, 30, 46), inner, 3)
        if words.lead
        else None
    )
    kicker = (
        setter.one_line("dòng chủ đề", words.kicker.upper(), Weight.BOLD, 32, inner * 0.8, _SMALLEST)
        if words.kicker
        else None
    )
    tall = (
        title.height + (lead.height + 34 if lead else 0) + (round(kicker.size * 1.75) + 28 if kicker else 0)
    )
    return title, lead, kicker, tall


def _paint_head(
    canvas: Canvas, y: int, head: tuple[Block, Block | None, Block | None, int], colours: Palette
) -> None:
    title, lead, kicker, _tall = head
    if kicker is not None:
        paint_kicker(canvas, kicker.lines[0], kicker.size, (_MARGIN, y), colours)
        y += round(kicker.size * 1.75) + 28
    canvas.lines(title.lines, (_MARGIN, y), Weight.BLACK, title.size, colours.on_primary, PITCH_TITLE)
    if lead is not None:
        y += title.height + 34
        canvas.lines(lead.lines, (_MARGIN, y), Weight.MEDIUM, lead.size, colours.on_primary_soft)


def _rows(words: Words, setter: Setter, room: int, name: str) -> list[Block]:
    """Set every point; raises NoRoom, naming the longest, when together they are higher than `room`."""
    width = WIDTH - 2 * _MARGIN - 150
    size = setter.size(40, _SMALLEST + 2, 52)
    rows = [
        setter.block(f"{name} {number}", text, Weight.MEDIUM, size, width, 4)
        for number, text in enumerate(words.points, 1)
    ]
    needed = sum(row.height + 56 for row in rows) + 18 * (len(rows) - 1)
    if needed > room:
        longest = max(range(len(rows)), key=lambda place: len(words.points[place]))
        raise NoRoom(f"{name} {longest + 1}", words.points[longest], max(0.3, room / needed))
    return rows


def _paint_rows(
    canvas: Canvas, rows: list[Block], top: int, bottom: int, colours: Palette, badge: Callable[[int], str]
) -> None:
    """Cards below each other, the spare room shared between them; `badge` gives a number or an icon's name."""
    if not rows:
        return
    needed = sum(row.height + 56 for row in rows) + 18 * (len(rows) - 1)
    grow = min((bottom - top - needed) // len(rows), 48)
    y = top + max(0, (bottom - top - needed - grow * len(rows)) // 2)
    for number, row in enumerate(rows, 1):
        tall = row.height + 56 + grow
        box = (_MARGIN, y, WIDTH - _MARGIN, y + tall)
        canvas.shadow(box, 22, 9, 5, 0.10, colours.deep)
        canvas.outlined(box, 22, colours.card, colours.line, 2)
        middle, sign = y + tall // 2, badge(number)
        canvas.circle((_MARGIN + 66, middle), 40, colours.primary)
        if sign.isdigit():
            disc = (_MARGIN + 26, middle - 40, _MARGIN + 106, middle + 40)
            canvas.centred(sign, disc, Weight.BLACK, 46, colours.on_primary)
        else:
            canvas.stamp(icon(sign, 46, colours.on_primary), (_MARGIN + 43, middle - 23))
        canvas.lines(
            row.lines, (_MARGIN + 130, middle - row.height // 2 + round(row.size * 0.07)), row.weight, row.size, colours.ink
        )  # fmt: skip
        y += tall + 18


# ------------------------------------------------------------------------------------------------- the designs
def _banded(badge: Callable[[int], str], name: str, mark: str = ""):
    """A coloured head with rings, rows of points below it: steps, and warnings."""

    def paint(words, setter, foot, imprint, picture, logo, focal) -> Canvas:
        colours = COLOURS[words.colour][1]
        head = _head(words, setter, 62, 4)
        bottom = head[3] + 104
        rows = _rows(words, setter, foot.top - bottom - 56, name)
        canvas = Canvas(WIDTH, HEIGHT, colours.paper)
        canvas.gradient((0, 0, WIDTH, bottom), colours.primary, colours.deep)
        canvas.ripples((0, 0, WIDTH, bottom), (WIDTH - 40, 30), 84, 6, colours.glow, 0.38)
        canvas.rounded((0, bottom - 8, WIDTH, bottom), 0, colours.accent)
        if mark:
            canvas.stamp(icon(mark, 150, colours.glow), (WIDTH - _MARGIN - 130, max(20, bottom - 190)))
        _paint_head(canvas, 52, head, colours)
        _paint_rows(canvas, rows, bottom + 28, foot.top - 28, colours, badge)
        _paint_foot(canvas, foot, colours, logo)
        return canvas

    return paint


def _with_picture(words, setter, foot, imprint, picture, logo, focal) -> Canvas:
    colours = COLOURS[words.colour][1]
    head = _head(words, setter, 54, 3)
    band = _PICTURE_HEIGHT - 70
    bottom = band + head[3] + 84
    rows = _rows(words, setter, foot.top - bottom - 44, "ý")
    canvas = Canvas(WIDTH, HEIGHT, colours.paper)
    if picture is not None:
        fitted = ImageOps.fit(
            picture.convert("RGB"), (WIDTH, _PICTURE_HEIGHT), Image.Resampling.LANCZOS, centering=focal
        )
        canvas.image.paste(fitted, (0, 0))
    else:
        canvas.gradient((0, 0, WIDTH, _PICTURE_HEIGHT), colours.glow, colours.primary)
        canvas.ripples((0, 0, WIDTH, _PICTURE_HEIGHT), (WIDTH // 2, 300), 84, 6, colours.tint, 0.3)
    canvas.gradient((0, band, WIDTH, bottom), colours.primary, colours.deep)
    canvas.rounded((0, band, WIDTH, band + 8), 0, colours.accent)
    _paint_head(canvas, band + 44, head, colours)
    _paint_rows(canvas, rows, bottom + 22, foot.top - 22, colours, lambda number: "check")
    _paint_foot(canvas, foot, colours, logo)
    return canvas


def _message(words, setter, foot, imprint, picture, logo, focal) -> Canvas:
    colours = COLOURS[words.colour][1]
    head = _head(words, setter, 84, 6)
    rows = _rows(words, setter, foot.top - head[3] - 200, "ý")
    points = sum(row.height + 56 for row in rows) + 18 * max(0, len(rows) - 1)
    spare = foot.top - 160 - head[3] - points
    if spare < 0:
        raise NoRoom("tiêu đề", words.title, (foot.top - 160) / (head[3] + points))
    canvas = Canvas(WIDTH, HEIGHT, colours.deep)
    canvas.gradient((0, 0, WIDTH, foot.top), colours.primary, colours.deep)
    canvas.ripples((0, 0, WIDTH, foot.top), (WIDTH - 120, foot.top - 90), 120, 8, colours.glow, 0.34)
    top = 80 + spare // (3 if rows else 2)
    canvas.rounded((_MARGIN, top - 44, _MARGIN + 150, top - 34), 0, colours.accent)
    _paint_head(canvas, top, head, colours)
    if rows:
        _paint_rows(canvas, rows, foot.top - points - 60, foot.top - 40, colours, lambda number: "check")
    _paint_foot(canvas, foot, colours, logo)
    return canvas


_PAINTERS: dict[str, Callable[..., Canvas]] = {
    "cac-buoc": _banded(str, "bước"),
    "canh-bao": _banded(lambda number: "warning", "ý"),
    "anh-va-y": _with_picture,
    "loi-nhan": _message,
}
