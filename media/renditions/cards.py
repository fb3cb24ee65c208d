"""Title and end cards: one idea on the ringed ground of the house, for posts, thumbnails and clips."""

from dataclasses import dataclass
from pathlib import Path

from .canvas import Canvas
from .content import CardContent
from .errors import TextDoesNotFit
from .icons import icon
from .palette import Palette, palette_for
from .recipes import ClipRecipe, Recipe
from .setting import Block, PlacedCallout
from .stills import Drawn, paint_callout, paint_kicker, save
from .typefaces import PITCH_TEXT, PITCH_TITLE, Weight, measure
from .wrapping import block_height, tears, uneven, wrapped


def draw_card(card: CardContent, recipe: Recipe, target: Path) -> Drawn:
    """Draws a title or end card and writes it. Raises TextDoesNotFit."""
    canvas = card_ground(recipe, palette_for(card.tone))
    paint_card(canvas, card, recipe)
    words = ". ".join(
        part.rstrip(".")
        for part in (
            card.title,
            card.text,
            *(f"{c.label}: {c.value}".removeprefix(": ") for c in card.callouts),
            card.issuer,
        )
        if part
    )
    return save(canvas, recipe, target, words + ".")


def card_ground(recipe: Recipe | ClipRecipe, colours: Palette, bleed: float = 1.0) -> Canvas:
    """The dark ringed ground; `bleed` above 1 makes it larger than the frame, for a slow zoom."""
    width, height = round(recipe.width * bleed), round(recipe.height * bleed)
    canvas = Canvas(width, height, colours.primary)
    box = (0, 0, width, height)
    canvas.gradient(box, colours.primary, colours.deep)
    step = round(max(width, height) * 0.105)
    canvas.ripples(box, (round(width * 0.86), round(height * 0.24)), step, 7, colours.glow, 0.34)
    return canvas


def foot_of(recipe: ClipRecipe) -> int:
    """The pixels at the bottom of a clip's card that captions and label may need."""
    return round(recipe.height * 0.2)


@dataclass(frozen=True, slots=True)
class _Fit:
    title: Block
    text: Block | None
    issuer: Block | None
    callouts: tuple[PlacedCallout, ...]
    badge: int
    kicker: int
    height: int


def paint_card(canvas: Canvas, card: CardContent, recipe: Recipe | ClipRecipe, foot: int = 0) -> None:
    """Sets the card's texts on a canvas of the recipe's size, keeping `foot` pixels at the bottom free."""
    colours = palette_for(card.tone)
    unit = recipe.width / (1080 if recipe.ratio <= 1.3 else 1280)
    # A photo of the house stands in thirds: wide cards keep the rings' side free of words.
    margin = round((72 if recipe.ratio <= 1.3 else 84) * unit)
    inner = recipe.width - 2 * margin if recipe.ratio <= 1.3 else round((recipe.width - 2 * margin) * 0.86)
    room = recipe.height - foot - round(100 * unit)
    fit = _fit(card, recipe, unit, margin, inner, room)
    canvas.rounded((0, recipe.height - round(10 * unit), recipe.width, recipe.height), 0, colours.accent)
    y = round(50 * unit) + (room - fit.height) // 2
    x = margin
    if fit.badge:
        box = (x, y, x + fit.badge, y + fit.badge)
        canvas.rounded(box, round(fit.badge * 0.27), colours.card)
        size = round(fit.badge * 0.64)
        inset = (fit.badge - size) // 2
        canvas.stamp(icon(card.icon, size, colours.primary, colours.accent), (x + inset, y + inset))
        y += fit.badge + round(34 * unit)
    if fit.kicker:
        paint_kicker(canvas, card.kicker.upper(), fit.kicker, (x, y), colours)
        y += round(fit.kicker * 1.75) + round(26 * unit)
    canvas.lines(fit.title.lines, (x, y), Weight.BLACK, fit.title.size, colours.on_primary, PITCH_TITLE)
    y += fit.title.height
    if fit.text:
        y += round(22 * unit)
        canvas.lines(fit.text.lines, (x, y), Weight.MEDIUM, fit.text.size, colours.on_primary_soft)
        y += fit.text.height
    if fit.callouts:
        y += round(34 * unit)
        for callout in fit.callouts:
            height = callout.box[3]
            placed = PlacedCallout(
                (callout.box[0], y, callout.box[2], y + height), callout.label, callout.value, callout.icon
            )
            paint_callout(canvas, placed, unit, colours)
            if callout.box[0] != x or len(fit.callouts) == 1 or fit.callouts[1].box[0] == x:
                y += height + round(18 * unit)
        y -= round(18 * unit)
    if fit.issuer:
        y += round(30 * unit)
        canvas.lines(fit.issuer.lines, (x, y), Weight.BOLD, fit.issuer.size, colours.on_primary_soft)


def _fit(
    card: CardContent, recipe: Recipe | ClipRecipe, unit: float, margin: int, inner: int, room: int
) -> _Fit:
    """The largest setting that fits the room, shrinking everything together."""
    smallest = -(-recipe.width * 28 // 1080) if recipe.ratio <= 1.3 else round(30 * unit)
    problem = "tiêu đề"
    largest = 1.12 if recipe.ratio > 1.3 else 1.3 if recipe.ratio > 0.8 else 1.6
    for step in range(44):
        scale = largest - 0.025 * step
        size = max(round(76 * unit * scale), smallest)
        lines = wrapped(card.title, Weight.BLACK, size, inner)
        if lines is None or len(lines) > 5 or (scale > 0.72 and (tears(lines) or uneven(lines))):
            problem = "tiêu đề"
            continue
        title = Block(lines, Weight.BLACK, size, PITCH_TITLE)
        text = issuer = None
        if card.text:
            text_size = max(round(40 * unit * scale), smallest)
            found = wrapped(card.text, Weight.MEDIUM, text_size, inner)
            if found is None or len(found) > 5:
                problem = "nội dung"
                continue
            text = Block(found, Weight.MEDIUM, text_size, PITCH_TEXT)
        if card.issuer:
            found = wrapped(card.issuer, Weight.BOLD, smallest, inner)
            if found is None or len(found) > 2:
                problem = "cơ quan ban hành"
                continue
            issuer = Block(found, Weight.BOLD, smallest, PITCH_TEXT)
        kicker = max(round(29 * unit * scale), smallest) if card.kicker else 0
        if kicker and measure(card.kicker.upper(), Weight.BOLD, kicker) > inner - 2 * kicker:
            problem = "dòng chủ đề"
            continue
        callouts = _callouts(card, recipe, unit, scale, margin, recipe.width - 2 * margin, smallest)
        if callouts is None:
            problem = "ô nổi bật"
            continue
        badge = round(150 * unit * scale) if card.icon else 0
        side_by_side = len(callouts) == 2 and callouts[0].box[0] != callouts[1].box[0]
        heights = [c.box[3] for c in callouts]
        stack = (
            (max(heights) if side_by_side else sum(heights) + round(18 * unit) * (len(heights) - 1))
            if heights
            else 0
        )
        total = (badge + round(34 * unit) if badge else 0) + (
            round(kicker * 1.75) + round(26 * unit) if kicker else 0
        )
        total += title.height + (text.height + round(22 * unit) if text else 0)
        total += stack + round(34 * unit) if stack else 0
        total += block_height(len(issuer.lines), smallest) + round(30 * unit) if issuer else 0
        if total <= room:
            return _Fit(title, text, issuer, callouts, badge, kicker, total)
        problem = "nội dung" if len(card.text) > len(card.title) else "tiêu đề"
    raise TextDoesNotFit(problem, recipe.label)


def _callouts(
    card: CardContent,
    recipe: Recipe | ClipRecipe,
    unit: float,
    scale: float,
    left: int,
    inner: int,
    smallest: int,
) -> tuple[PlacedCallout, ...] | None:
    """Side by side where both fit, below each other otherwise; None when one is too wide. Box bottoms are
    heights.
    """
    label_size, value_size = max(smallest, round(30 * unit * scale)), max(smallest, round(56 * unit * scale))
    edge = round(22 * unit) + round(value_size * 1.5) + round(48 * unit)
    gap = round(22 * unit)
    placed: list[PlacedCallout] = []
    x = left
    widths = [
        round(max(measure(c.value, Weight.BLACK, value_size), measure(c.label, Weight.MEDIUM, label_size)))
        + edge
        for c in card.callouts
    ]
    if any(width > inner for width in widths):
        return None
    beside = sum(widths) + gap * (len(widths) - 1) <= inner
    if not beside:
        widths = [max(widths)] * len(widths)
    for callout, width in zip(card.callouts, widths, strict=True):
        label = Block((callout.label,), Weight.MEDIUM, label_size, PITCH_TEXT) if callout.label else None
        value = Block((callout.value,), Weight.BLACK, value_size, PITCH_TEXT)
        height = (label.height + round(12 * unit) if label else 0) + value_size + round(44 * unit)
        placed.append(PlacedCallout((x, 0, x + width, height), label, value, callout.icon))
        if beside:
            x += width + gap
    return tuple(placed)
