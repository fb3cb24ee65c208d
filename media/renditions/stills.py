"""Draws infographics, cards and avatars with Pillow. The same input gives the same bytes."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

import segno
from PIL import Image

from .canvas import Box, Canvas
from .content import InfographicContent
from .errors import IncompleteContent
from .icons import icon
from .layout import arrange
from .palette import Colour, Palette, contrast, mix, palette_for
from .recipes import Recipe, StillFormat
from .setting import Arrangement, PlacedCallout, PlacedStep
from .typefaces import Weight, clean, measure, require_drawable


@dataclass(frozen=True, slots=True)
class Drawn:
    """A written picture. `smallest_text` is the size in pixels of the smallest text on it."""

    path: Path
    width: int
    height: int
    file_format: StillFormat
    size_bytes: int
    sha256: str
    smallest_text: int
    in_words: str


def draw_infographic(content: InfographicContent, recipe: Recipe, target: Path) -> Drawn:
    """Draws the whole sheet and writes it to `target`, which appears complete or not at all.

    Raises TextDoesNotFit when a text has no room at a readable size.
    """
    plan = arrange(content, recipe)
    colours = palette_for(content.tone)
    canvas = Canvas(recipe.width, recipe.height, colours.paper)
    _paint_header(canvas, plan, colours, upright=recipe.ratio <= 1.3)
    for placed in plan.steps:
        _paint_step(canvas, placed, plan, colours)
    for callout in plan.callouts:
        paint_callout(canvas, callout, plan.unit, colours)
    _paint_footer(canvas, plan, content, colours)
    return save(canvas, recipe, target, content.in_words())


def save(canvas: Canvas, recipe: Recipe, target: Path, in_words: str) -> Drawn:
    """Encodes a finished canvas without any metadata but the print resolution."""
    partial = target.with_name(f".{target.name}.part")
    picture = canvas.image
    dpi = {"dpi": (recipe.print_dpi, recipe.print_dpi)} if recipe.print_dpi else {}
    try:
        if recipe.file_format is StillFormat.JPEG:
            picture.convert("RGB").save(partial, "JPEG", quality=92, subsampling=0, **dpi)
        elif recipe.file_format is StillFormat.PNG:
            picture.save(partial, "PNG", compress_level=6, **dpi)
        else:
            picture.save(partial, recipe.file_format.value, quality=90)
        data = partial.read_bytes()
        os.replace(partial, target)
    finally:
        partial.unlink(missing_ok=True)
    return Drawn(
        target,
        picture.width,
        picture.height,
        recipe.file_format,
        len(data),
        hashlib.sha256(data).hexdigest(),
        canvas.smallest_text or 0,
        in_words,
    )


def _paint_header(canvas: Canvas, plan: Arrangement, colours: Palette, upright: bool) -> None:
    px = plan.px
    left, top, right, bottom = plan.header
    canvas.gradient(plan.header, colours.primary, colours.deep)
    centre = (right - px(40), top + px(30)) if upright else (right - px(20), bottom - px(120))
    canvas.ripples(plan.header, centre, px(84), 6, colours.glow, 0.38)
    if upright:
        canvas.rounded((left, bottom - px(8), right, bottom), 0, colours.accent)
    else:
        canvas.rounded((right - px(8), top, right, bottom), 0, colours.accent)
    y = plan.header_top
    if plan.kicker:
        paint_kicker(canvas, plan.kicker.lines[0], plan.kicker.size, (plan.header_left, y), colours)
        y += round(plan.kicker.size * 1.75) + plan.air(30)
    title = plan.title
    canvas.lines(
        title.lines, (plan.header_left, y), title.weight, title.size, colours.on_primary, title.pitch
    )
    if plan.lead:
        y += title.height + plan.air(24)
        lead = plan.lead
        canvas.lines(
            lead.lines, (plan.header_left, y), lead.weight, lead.size, colours.on_primary_soft, lead.pitch
        )


def paint_kicker(canvas: Canvas, text: str, size: int, at: tuple[int, int], colours: Palette) -> int:
    """The amber pill with the subject; gives its width."""
    height = round(size * 1.75)
    width = round(measure(text, Weight.BOLD, size) + size * 1.5)
    box = (at[0], at[1], at[0] + width, at[1] + height)
    canvas.rounded(box, height // 2, colours.accent)
    canvas.centred(
        text, (box[0], box[1] + round(size * 0.05), box[2], box[3]), Weight.BOLD, size, colours.on_accent
    )
    return width


def _paint_step(canvas: Canvas, placed: PlacedStep, plan: Arrangement, colours: Palette) -> None:
    px = plan.px
    gap = plan.air(14)
    left, top, right, bottom = placed.box
    radius = px(22)
    canvas.shadow(placed.box, radius, px(9), px(5), 0.10, colours.deep)
    canvas.outlined(placed.box, radius, colours.card, colours.line, max(1, px(2)))
    badge = placed.badge
    flat = placed.text is None and (bottom - top) < px(110)
    x = left + px(16 if flat else 22)
    y = top + (bottom - top - badge) // 2
    paint_badge(canvas, (x, y, x + badge, y + badge), placed.icon, placed.number, colours, plan.smallest)
    words = x + badge + px(18 if flat else 22)
    total = placed.heading.height + (placed.text.height + gap if placed.text else 0)
    # The foot of a block counts letters that hang low; most lines have few, so the eye's middle lies higher.
    y = top + (bottom - top - total) // 2 + round(placed.heading.size * 0.07)
    heading = placed.heading
    canvas.lines(heading.lines, (words, y), heading.weight, heading.size, colours.deep, heading.pitch)
    if placed.text:
        y += heading.height + gap
        canvas.lines(
            placed.text.lines,
            (words, y),
            placed.text.weight,
            placed.text.size,
            colours.ink,
            placed.text.pitch,
        )


def paint_badge(
    canvas: Canvas, box: Box, name: str, number: int | None, colours: Palette, least: int
) -> None:
    """A tinted tile with the icon and, on its corner, the number; without an icon the number fills the
    tile.
    """
    side = box[2] - box[0]
    radius = round(side * 0.27)
    if not name:
        canvas.rounded(box, side // 2, colours.primary)
        if number is not None:
            canvas.centred(str(number), box, Weight.BLACK, max(least, round(side * 0.52)), colours.on_primary)
        else:
            canvas.stamp(
                icon("check", round(side * 0.6), colours.on_primary),
                (box[0] + round(side * 0.2), box[1] + round(side * 0.2)),
            )
        return
    canvas.rounded(box, radius, colours.tint)
    size = round(side * (0.54 if number is not None else 0.62))
    shift = round(side * 0.09) if number is not None else 0
    at = (box[0] + (side - size) // 2 + shift, box[1] + (side - size) // 2 + shift)
    canvas.stamp(icon(name, size, colours.primary, colours.accent), at)
    if number is None:
        return
    disc = max(side * 0.23, least * 0.7)
    centre = (box[0] + disc * 0.42, box[1] + disc * 0.42)
    canvas.circle(centre, disc + max(2, side * 0.03), colours.card)
    canvas.circle(centre, disc, colours.primary)
    edge = round(disc)
    mark = (
        round(centre[0]) - edge,
        round(centre[1]) - edge,
        round(centre[0]) + edge,
        round(centre[1]) + edge,
    )
    canvas.centred(str(number), mark, Weight.BLACK, max(least, round(disc * 1.3)), colours.on_primary)


def paint_callout(canvas: Canvas, placed: PlacedCallout, unit: float, colours: Palette) -> None:
    """The amber box a reader shall remember."""
    px = lambda length: round(length * unit)  # noqa: E731
    left, top, right, bottom = placed.box
    height = bottom - top
    canvas.shadow(placed.box, px(22), px(9), px(5), 0.14, colours.deep)
    canvas.rounded(placed.box, px(22), colours.accent)
    disc = min(height - px(32), round(placed.value.size * 1.5))
    x = left + px(22)
    canvas.circle((x + disc / 2, top + height / 2), disc / 2, colours.deep)
    size = round(disc * 0.58)
    canvas.stamp(
        icon(placed.icon or "star", size, colours.on_primary),
        (x + (disc - size) // 2, top + (height - size) // 2),
    )
    words = x + disc + px(20)
    value = placed.value
    cap = round(value.size * 0.72)
    total = cap + (placed.label.height + px(10) if placed.label else 0)
    y = top + (height - total) // 2
    if placed.label:
        canvas.lines(
            placed.label.lines, (words, y), placed.label.weight, placed.label.size, colours.on_accent
        )
        y += placed.label.height + px(10)
    canvas.line(value.lines[0], (words, y + cap), value.weight, value.size, colours.on_accent)


def _paint_footer(canvas: Canvas, plan: Arrangement, content: InfographicContent, colours: Palette) -> None:
    px = plan.px
    left, top, right, bottom = plan.footer
    canvas.rounded(plan.footer, 0, colours.card)
    canvas.rounded((left, top, right, top + max(1, px(2))), 0, colours.line)
    margin = plan.header_left if left == 0 else px(36)
    size = plan.footer_lines[0][0].size
    step = round(size * 1.346)
    y = top + (bottom - top - step * len(plan.footer_lines)) / 2 + px(2)
    for block, role in plan.footer_lines:
        fill = {"issuer": colours.deep, "verify": colours.primary}.get(role, colours.muted)
        canvas.lines(block.lines, (left + margin, y), block.weight, block.size, fill)
        y += step
    if plan.qr:
        paint_qr(canvas, content.verify_address, plan.qr, colours.deep)


def paint_qr(canvas: Canvas, address: str, box: Box, dark: Colour) -> None:
    """A QR code as large as the box allows (its quiet zone is the white band around it), in whole pixels per
    module (level M, 15 % may be lost).
    """
    text = address if "://" in address else f"https://{address}"
    code = segno.make(text, error="m", micro=False)
    side = int(code.symbol_size(scale=1, border=0)[0])
    scale = max(1, (box[2] - box[0]) // side)
    rows = [bytes(0 if module else 255 for module in row) for row in code.matrix_iter(scale=1, border=0)]
    cells = Image.frombytes("L", (side, side), b"".join(rows)).resize(
        (side * scale,) * 2, Image.Resampling.NEAREST
    )
    spare = box[2] - box[0] - side * scale
    ink = Image.new("RGB", cells.size, (255, 255, 255))
    ink.paste(dark, (0, 0), cells.point([255 - level for level in range(256)]))
    canvas.image.paste(ink, (box[0] + spare, box[1] + spare // 2))


def draw_avatar(text: str, colour: Colour, target: Path, side: int = 512) -> Drawn:
    """A page logo: up to four letters on a ringed disc of the colour, the letters black or white by contrast.

    Raises IncompleteContent for an empty or longer text.
    """
    letters = clean(text)
    if not 1 <= len(letters) <= 4:
        raise IncompleteContent("Ảnh đại diện cần từ một đến bốn chữ cái.")
    require_drawable("chữ ảnh đại diện", letters)
    canvas = Canvas(side, side, colour)
    canvas.gradient((0, 0, side, side), mix(colour, (255, 255, 255), 0.06), mix(colour, (0, 0, 0), 0.28))
    canvas.ripples((0, 0, side, side), (side // 2, side // 2), side // 9, 5, (255, 255, 255), 0.12)
    light, dark = (255, 255, 255), (16, 26, 40)
    ink = light if contrast(light, colour) >= contrast(dark, colour) else dark
    size = round(side * 0.46)
    while measure(letters, Weight.BLACK, size) > side * 0.68:
        size -= 2
    canvas.centred(letters, (0, 0, side, side), Weight.BLACK, size, ink)
    return save(canvas, Recipe("avatar", f"ảnh đại diện {side}×{side}", side, side), target, letters)
