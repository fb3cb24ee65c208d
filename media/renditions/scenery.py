"""Paints the pictures of a scene: a ground that slowly zooms, layers that enter over it, captions, labels."""

from dataclasses import dataclass

from PIL import Image

from .canvas import Canvas
from .captions import Cue
from .cards import card_ground, paint_card
from .errors import TextDoesNotFit
from .icons import icon
from .palette import Palette, palette_for
from .plan import Entrance
from .recipes import ClipRecipe
from .scenes import Scene, SceneKind
from .setting import Block
from .typefaces import PITCH_TEXT, PITCH_TITLE, Weight, measure
from .wrapping import tears, uneven, wrapped

#: The ground is painted this much larger than the frame, so that zooming never invents pixels.
BLEED = 1.5


@dataclass(frozen=True, slots=True)
class Layer:
    """An RGBA picture with the place of its upper left corner in the frame."""

    picture: Image.Image
    x: int
    y: int
    entrance: Entrance
    delay: float = 0.0


@dataclass(frozen=True, slots=True)
class Scenery:
    ground: Image.Image
    layers: tuple[Layer, ...]


def caption_foot(recipe: ClipRecipe) -> int:
    """Pixels at the bottom kept free for captions; upright clips also keep clear of the players' buttons."""
    if recipe.ratio > 1.3:
        return round(recipe.height * 0.19)
    return round(recipe.height * (0.24 if recipe.ratio < 0.75 else 0.17))


def paint_scene(scene: Scene, recipe: ClipRecipe) -> Scenery:
    """The scene's pictures. Raises TextDoesNotFit when its words have no room beside the captions."""
    colours = palette_for(scene.tone)
    if scene.kind is SceneKind.STEP:
        return _step_scenery(scene, recipe, colours)
    ground = card_ground(recipe, colours, BLEED)
    sheet = Canvas(recipe.width, recipe.height, None)
    paint_card(sheet, scene.card, recipe, caption_foot(recipe) if scene.caption else 0)
    return Scenery(ground.image, (_trimmed(sheet, Entrance.RISE, 0.15),))


def _trimmed(sheet: Canvas, entrance: Entrance, delay: float) -> Layer:
    """Cuts a layer to what is painted, on even coordinates as the colour planes of the clip ask."""
    box = sheet.image.getbbox() or (0, 0, 2, 2)
    left, top = box[0] // 2 * 2, box[1] // 2 * 2
    right, bottom = min(sheet.size[0], box[2] + box[2] % 2), min(sheet.size[1], box[3] + box[3] % 2)
    return Layer(sheet.image.crop((left, top, right, bottom)), left, top, entrance, delay)


def _step_scenery(scene: Scene, recipe: ClipRecipe, colours: Palette) -> Scenery:
    beside = recipe.ratio > 1.3
    width, height = recipe.width, recipe.height
    unit = width / (1280 if beside else 1080)
    ground = Canvas(round(width * BLEED), round(height * BLEED), colours.paper)
    whole = (0, 0, *ground.size)
    corner = (round(ground.size[0] * 0.94), round(ground.size[1] * 0.9))
    ground.ripples(whole, corner, round(max(ground.size) * 0.09), 6, colours.glow, 0.16)

    panel = Canvas(width, height, None)
    box = (0, 0, round(width * 0.34), height) if beside else (0, 0, width, round(height * 0.40))
    slab = Canvas(box[2], box[3], colours.primary)
    slab.gradient(box, colours.primary, colours.deep)
    slab.ripples(
        box, (box[2] // 2, round(box[3] * 0.45)), round(min(box[2], box[3]) * 0.2), 5, colours.glow, 0.34
    )
    panel.image.paste(slab.image, (0, 0))
    line = round(10 * unit)
    if beside:
        panel.rounded((box[2] - line, 0, box[2], height), 0, colours.accent)
    else:
        panel.rounded((0, box[3] - line, width, box[3]), 0, colours.accent)
    _paint_sign(panel, scene, (box[2] - (line if beside else 0), box[3]), unit, colours)

    words = Canvas(width, height, None)
    foot = caption_foot(recipe) if scene.caption else round(40 * unit)
    if beside:
        left, top, room = box[2] + round(56 * unit), round(50 * unit), width - box[2] - round(112 * unit)
    else:
        left, top, room = round(64 * unit), box[3] + round(44 * unit), width - round(128 * unit)
    progress_height = round(10 * unit) if scene.count > 1 else 0
    if progress_height:
        _paint_progress(words, scene, (left, top), room, progress_height, colours, round(10 * unit))
    space = height - foot - top - progress_height - round(20 * unit)
    heading, text = _step_words(scene, recipe, unit, room, space)
    gap = round(32 * unit)
    total = heading.height + (gap + text.height if text else 0)
    y = top + progress_height + max(round(16 * unit), (space - total) // 2)
    words.lines(heading.lines, (left, y), Weight.BLACK, heading.size, colours.deep, PITCH_TITLE)
    if text:
        words.lines(text.lines, (left, y + heading.height + gap), Weight.MEDIUM, text.size, colours.ink)
    return Scenery(
        ground.image,
        (
            _trimmed(panel, Entrance.LEFT if beside else Entrance.TOP, 0.0),
            _trimmed(words, Entrance.RISE, 0.2),
        ),
    )


def _paint_sign(panel: Canvas, scene: Scene, size: tuple[int, int], unit: float, colours: Palette) -> None:
    """The large icon tile and, below or in it, which step this is."""
    label = f"Bước {scene.number}" if scene.number else ""
    tile = round(min(size[0] * 0.56, size[1] * 0.52))
    label_size = round(46 * unit)
    total = tile + (round(30 * unit) + label_size if label else 0)
    x, y = (size[0] - tile) // 2, (size[1] - total) // 2
    panel.rounded((x, y, x + tile, y + tile), round(tile * 0.24), colours.card)
    side = round(tile * 0.62)
    inset = (tile - side) // 2
    panel.stamp(icon(scene.icon or "check", side, colours.primary, colours.accent), (x + inset, y + inset))
    if label:
        top = y + tile + round(30 * unit)
        box = (0, top, size[0], top + label_size)
        panel.centred(label, box, Weight.BLACK, label_size, colours.on_primary)


def _paint_progress(
    words: Canvas, scene: Scene, at: tuple[int, int], room: int, height: int, colours: Palette, gap: int
) -> None:
    """One short bar per step; the steps already reached are filled."""
    wide = min((room - gap * (scene.count - 1)) // scene.count, height * 8)
    for i in range(scene.count):
        x = at[0] + i * (wide + gap)
        reached = i < (scene.position or scene.number or 0)
        words.rounded(
            (x, at[1], x + wide, at[1] + height), height // 2, colours.primary if reached else colours.line
        )


def _step_words(
    scene: Scene, recipe: ClipRecipe, unit: float, room: int, space: int
) -> tuple[Block, Block | None]:
    for step in range(22):
        scale = 1.15 - 0.025 * step
        size = round(68 * unit * scale)
        lines = wrapped(scene.title, Weight.BLACK, size, room)
        if lines is None or len(lines) > 4 or (scale > 0.75 and (tears(lines) or uneven(lines))):
            continue
        heading = Block(lines, Weight.BLACK, size, PITCH_TITLE)
        if not scene.text:
            if heading.height <= space:
                return heading, None
            continue
        text_size = max(round(44 * unit * scale), round(30 * unit))
        found = wrapped(scene.text, Weight.MEDIUM, text_size, room)
        if found is None or len(found) > 6:
            continue
        text = Block(found, Weight.MEDIUM, text_size, PITCH_TEXT)
        if heading.height + text.height + round(32 * unit) <= space:
            return heading, text
    raise TextDoesNotFit(
        "nội dung cảnh" if len(scene.text) > len(scene.title) else "tiêu đề cảnh", recipe.label
    )


def caption_size(recipe: ClipRecipe) -> int:
    """Pixels of the caption letters."""
    return round(recipe.width * (38 / 1280 if recipe.ratio > 1.3 else 42 / 1080))


def paint_caption(cue: Cue, recipe: ClipRecipe) -> Layer:
    """White words on a dark box, centred above the lower edge."""
    size = caption_size(recipe)
    widest = max(measure(line, Weight.MEDIUM, size) for line in cue.lines)
    while widest > recipe.width * 0.92 and size > 8:
        size -= 1
        widest = max(measure(line, Weight.MEDIUM, size) for line in cue.lines)
    pitch = round(size * PITCH_TEXT)
    width = round((widest + size * 1.4) / 2) * 2
    height = round((pitch * len(cue.lines) + size * 0.5) / 2) * 2
    sheet = Canvas(width, height, None)
    sheet.rounded((0, 0, width, height), round(size * 0.42), (8, 18, 30), 0.86)
    baseline = size * 0.25 + pitch / 2 + size * 0.36
    for line in cue.lines:
        sheet.line(
            line,
            ((width - measure(line, Weight.MEDIUM, size)) / 2, baseline),
            Weight.MEDIUM,
            size,
            (255, 255, 255),
        )
        baseline += pitch
    foot = caption_foot(recipe)
    clear = round(recipe.height * (0.12 if recipe.ratio < 0.75 else 0.03))
    y = recipe.height - clear - max(0, (foot - clear - height) // 2) - height
    return Layer(sheet.image, (recipe.width - width) // 2, y, Entrance.NONE)


def paint_label(text: str, recipe: ClipRecipe) -> Layer:
    """A small lasting label in the upper right corner, such as “Giọng đọc máy”."""
    size = round(recipe.width * (24 / 1280 if recipe.ratio > 1.3 else 30 / 1080))
    width = round((measure(text, Weight.MEDIUM, size) + size * 1.4) / 2) * 2
    height = round(size * 1.8 / 2) * 2
    sheet = Canvas(width, height, None)
    sheet.rounded((0, 0, width, height), height // 2, (8, 18, 30), 0.72)
    sheet.centred(text, (0, 0, width, height), Weight.MEDIUM, size, (255, 255, 255))
    edge = round(recipe.width * 0.02)
    return Layer(sheet.image, recipe.width - width - edge, edge, Entrance.NONE)
