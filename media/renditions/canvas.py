"""A sheet to paint on: smooth shapes (drawn larger and reduced), soft shadows, text set on its baseline."""

from functools import lru_cache

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from .palette import Colour
from .typefaces import CAP_HEIGHT, PITCH_TEXT, Weight, measure, typeface

Box = tuple[int, int, int, int]
_SMOOTH = 4


@lru_cache(maxsize=64)
def _rounded_mask(width: int, height: int, radius: int) -> Image.Image:
    """Only the corners need smoothing, so only they are drawn larger."""
    radius = max(0, min(radius, width // 2, height // 2))
    mask = Image.new("L", (width, height), 255)
    if radius == 0:
        return mask
    corner = Image.new("L", (radius * _SMOOTH, radius * _SMOOTH), 0)
    ImageDraw.Draw(corner).ellipse((0, 0, 2 * radius * _SMOOTH - 1, 2 * radius * _SMOOTH - 1), fill=255)
    corner = corner.resize((radius, radius), Image.Resampling.BOX)
    for turned, at in (
        (corner, (0, 0)),
        (corner.transpose(Image.Transpose.FLIP_LEFT_RIGHT), (width - radius, 0)),
        (corner.transpose(Image.Transpose.FLIP_TOP_BOTTOM), (0, height - radius)),
        (corner.transpose(Image.Transpose.ROTATE_180), (width - radius, height - radius)),
    ):
        mask.paste(turned, at)
    return mask


class Canvas:
    """An RGB or RGBA picture under work. Boxes are (left, top, right, bottom), right and bottom excluded."""

    def __init__(self, width: int, height: int, ground: Colour | None) -> None:
        if ground is None:
            self.image = Image.new("RGBA", (width, height), (0, 0, 0, 0))
        else:
            self.image = Image.new("RGB", (width, height), ground)
        self.smallest_text: int | None = None

    @property
    def size(self) -> tuple[int, int]:
        return self.image.size

    def _fill(self, paint: Colour, at: tuple[int, int], mask: Image.Image) -> None:
        if self.image.mode == "RGB":
            self.image.paste(paint, (at[0], at[1], at[0] + mask.width, at[1] + mask.height), mask)
            return
        layer = Image.new("RGBA", mask.size, (*paint, 0))
        layer.putalpha(mask)
        self.image.alpha_composite(layer, (max(0, at[0]), max(0, at[1])), (max(0, -at[0]), max(0, -at[1])))

    def rounded(self, box: Box, radius: int, fill: Colour, opacity: float = 1.0) -> None:
        """A filled rectangle with smooth round corners."""
        mask = _rounded_mask(box[2] - box[0], box[3] - box[1], radius)
        if opacity < 1:
            mask = mask.point([round(level * opacity) for level in range(256)])
        self._fill(fill, (box[0], box[1]), mask)

    def outlined(self, box: Box, radius: int, fill: Colour, line: Colour, weight: int) -> None:
        """The same with a border of `weight` pixels inside the box."""
        self.rounded(box, radius, line)
        inner = (box[0] + weight, box[1] + weight, box[2] - weight, box[3] - weight)
        self.rounded(inner, max(0, radius - weight), fill)

    def shadow(self, box: Box, radius: int, blur: int, drop: int, strength: float, tint: Colour) -> None:
        """A soft shadow for a card that is painted afterwards."""
        margin = blur * 3
        width, height = box[2] - box[0], box[3] - box[1]
        mask = Image.new("L", (width + 2 * margin, height + 2 * margin), 0)
        mask.paste(_rounded_mask(width, height, radius), (margin, margin))
        mask = mask.filter(ImageFilter.GaussianBlur(blur)).point(
            [round(level * strength) for level in range(256)]
        )
        self._fill(tint, (box[0] - margin, box[1] - margin + drop), mask)

    def circle(self, centre: tuple[float, float], radius: float, fill: Colour) -> None:
        """A smooth disc."""
        side = round(radius * 2)
        left, top = round(centre[0] - radius), round(centre[1] - radius)
        self.rounded((left, top, left + side, top + side), side // 2, fill)

    def gradient(self, box: Box, start: Colour, end: Colour) -> None:
        """A diagonal gradient from the upper left to the lower right."""
        width, height = box[2] - box[0], box[3] - box[1]
        across = Image.linear_gradient("L").rotate(90).resize((width, height), Image.Resampling.BILINEAR)
        down = Image.linear_gradient("L").resize((width, height), Image.Resampling.BILINEAR)
        slope = ImageChops.add(
            across.point([v // 2 for v in range(256)]), down.point([v // 2 for v in range(256)])
        )
        self.image.paste(start, box)
        self._fill(end, (box[0], box[1]), slope)

    def ripples(
        self, box: Box, centre: tuple[int, int], step: int, count: int, glow: Colour, strength: float
    ) -> None:
        """Rings spreading from a point, clipped to the box: the sign of the house, a message that travels."""
        width, height = box[2] - box[0], box[3] - box[1]
        reach = step * count + step
        side = reach * 2
        scale = 2
        mask = Image.new("L", (side * scale, side * scale), 0)
        pen = ImageDraw.Draw(mask)
        for ring in range(count, 0, -1):
            radius = step * ring * scale
            level = round(255 * strength * (1 - (ring - 1) / count))
            middle = reach * scale
            pen.ellipse((middle - radius, middle - radius, middle + radius, middle + radius), fill=level)
        mask = mask.resize((side, side), Image.Resampling.BOX)
        clip = Image.new("L", (width, height), 0)
        clip.paste(mask, (centre[0] - box[0] - reach, centre[1] - box[1] - reach))
        self._fill(glow, (box[0], box[1]), clip)

    def stamp(self, picture: Image.Image, at: tuple[int, int]) -> None:
        """Lays an RGBA picture on the sheet."""
        if self.image.mode == "RGBA":
            self.image.alpha_composite(picture, at)
        else:
            self.image.paste(picture, at, picture)

    def line(self, text: str, at: tuple[float, float], weight: Weight, size: int, fill: Colour) -> None:
        """One line; `at` is the left end of its baseline."""
        self.smallest_text = size if self.smallest_text is None else min(size, self.smallest_text)
        pen = ImageDraw.Draw(self.image)
        pen.text((round(at[0]), round(at[1])), text, font=typeface(weight, size), fill=fill, anchor="ls")

    def lines(
        self,
        texts: tuple[str, ...],
        at: tuple[float, float],
        weight: Weight,
        size: int,
        fill: Colour,
        pitch: float = PITCH_TEXT,
        centre_in: float = 0,
    ) -> None:
        """Several lines below each other; `at` is the upper left corner. With `centre_in` they are centred
        in that width.
        """
        baseline = at[1] + size * 0.76
        for text in texts:
            shift = (centre_in - measure(text, weight, size)) / 2 if centre_in else 0
            self.line(text, (at[0] + shift, baseline), weight, size, fill)
            baseline += size * pitch

    def centred(self, text: str, box: Box, weight: Weight, size: int, fill: Colour) -> None:
        """One line in the middle of a box, by the height of its capitals."""
        x = box[0] + (box[2] - box[0] - measure(text, weight, size)) / 2
        y = (box[1] + box[3]) / 2 + size * CAP_HEIGHT / 2
        self.line(text, (x, y), weight, size, fill)
