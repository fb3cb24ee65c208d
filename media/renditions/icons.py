"""Line icons drawn by code on a 24-unit grid: round strokes, one soft filling, readable from 40 px on."""

import math
from collections.abc import Callable, Sequence
from functools import lru_cache

from PIL import Image, ImageDraw

from .palette import Colour

Point = tuple[float, float]
_SMOOTH = 6


class Pen:
    """Draws on two masks, the stroke and the filling below it, both in units of the 24-unit grid."""

    def __init__(self, size: int, stroke: float = 1.7) -> None:
        side = size * _SMOOTH
        self.unit = side / 24
        self.stroke = stroke
        self.strokes = Image.new("L", (side, side), 0)
        self.fills = Image.new("L", (side, side), 0)
        self._stroke = ImageDraw.Draw(self.strokes)
        self._fill = ImageDraw.Draw(self.fills)

    def _at(self, points: Sequence[Point]) -> list[Point]:
        return [(x * self.unit, y * self.unit) for x, y in points]

    def dot(self, x: float, y: float, radius: float) -> None:
        self._stroke.ellipse(self._at([(x - radius, y - radius), (x + radius, y + radius)]), fill=255)

    def path(self, *points: Point, closed: bool = False, filled: bool = False) -> None:
        """A polyline with round ends and joints."""
        if filled:
            self._fill.polygon(self._at(points), fill=255)
        run = [*points, points[0]] if closed else list(points)
        self._stroke.line(self._at(run), fill=255, width=round(self.stroke * self.unit))
        for x, y in run:
            self.dot(x, y, self.stroke / 2)

    def arc(self, x: float, y: float, radius: float, start: float, end: float) -> None:
        """Part of a circle; degrees run clockwise from three o'clock."""
        steps = max(6, int(abs(end - start) / 6))
        angles = [math.radians(start + (end - start) * i / steps) for i in range(steps + 1)]
        self.path(*[(x + radius * math.cos(a), y + radius * math.sin(a)) for a in angles])

    def circle(self, x: float, y: float, radius: float, filled: bool = False) -> None:
        if filled:
            self._fill.ellipse(self._at([(x - radius, y - radius), (x + radius, y + radius)]), fill=255)
        outer = radius + self.stroke / 2
        self._stroke.ellipse(
            self._at([(x - outer, y - outer), (x + outer, y + outer)]),
            outline=255,
            width=round(self.stroke * self.unit),
        )

    def frame(
        self, left: float, top: float, right: float, bottom: float, radius: float, filled: bool = False
    ) -> None:
        """A rectangle with round corners; the stroke is centred on its edge."""
        if filled:
            self._fill.rounded_rectangle(
                self._at([(left, top), (right, bottom)]), radius * self.unit, fill=255
            )
        half = self.stroke / 2
        self._stroke.rounded_rectangle(
            self._at([(left - half, top - half), (right + half, bottom + half)]),
            (radius + half) * self.unit,
            outline=255,
            width=round(self.stroke * self.unit),
        )


def _phone(pen: Pen) -> None:
    centre, radius = (18.2, 5.8), 13.2
    curve = [math.radians(a) for a in range(104, 167, 3)]
    pen.stroke, thin = 3.6, pen.stroke
    pen.path(*[(centre[0] + radius * math.cos(a), centre[1] + radius * math.sin(a)) for a in curve])
    pen.stroke = 5.2
    for a, tilt in ((104, 14), (166, 76)):
        x, y = (
            centre[0] + (radius - 1.6) * math.cos(math.radians(a)),
            centre[1] + (radius - 1.6) * math.sin(math.radians(a)),
        )
        along = math.radians(tilt)
        pen.path(
            (x - 1.1 * math.sin(along), y + 0.4 * math.cos(along)),
            (x + 1.0 * math.cos(along), y - 1.0 * math.sin(along)),
        )
    pen.stroke = thin
    pen.arc(13.2, 10.8, 4.2, -88, -2)
    pen.arc(13.2, 10.8, 8.0, -88, -2)


def _mobile(pen: Pen) -> None:
    pen.frame(6.5, 2.5, 17.5, 21.5, 2.4, filled=True)
    pen.path((10.6, 5.4), (13.4, 5.4))
    pen.path((9.6, 12.6), (11.4, 14.4), (14.8, 10.4))
    pen.dot(12, 18.7, 0.95)


def _shield(pen: Pen) -> None:
    edge = [(12, 2.4), (20, 5.3), (20, 11.5)]
    curve = [(20 - 8 * t**1.6, 11.5 + 10.1 * (1 - (1 - t) ** 1.7)) for t in (0.2, 0.4, 0.6, 0.8, 1.0)]
    right = edge + curve
    left = [(24 - x, y) for x, y in reversed(right[1:-1])]
    pen.path(*right, *left, closed=True, filled=True)
    pen.path((8.2, 11.8), (11, 14.6), (16, 9))


def _document(pen: Pen) -> None:
    pen.path((5, 2.6), (14.4, 2.6), (19, 7.2), (19, 21.4), (5, 21.4), closed=True, filled=True)
    pen.path((14.2, 2.8), (14.2, 7.4), (18.8, 7.4))
    for y, right in ((11.6, 15.6), (14.8, 15.6), (18, 12.4)):
        pen.path((8.4, y), (right, y))


def _house(pen: Pen) -> None:
    pen.path((5, 10.4), (5, 20.8), (19, 20.8), (19, 10.4), (12, 4.2), closed=True, filled=True)
    pen.path((2.2, 11.8), (12, 3.2), (21.8, 11.8))
    pen.path((9.6, 20.6), (9.6, 14.4), (14.4, 14.4), (14.4, 20.6))


def _person(pen: Pen) -> None:
    pen.circle(12, 7.6, 4.2, filled=True)
    body = (
        [(3.6, 21.2)]
        + [
            (12 - 8.4 * math.cos(math.radians(a)), 21.2 - 6.6 * math.sin(math.radians(a)))
            for a in range(10, 171, 8)
        ]
        + [(20.4, 21.2)]
    )
    pen.path(*body, closed=True, filled=True)


def _people(pen: Pen) -> None:
    pen.circle(8.8, 8, 3.6, filled=True)
    pen.path(
        (1.8, 20),
        *[
            (8.8 - 7 * math.cos(math.radians(a)), 20 - 5.4 * math.sin(math.radians(a)))
            for a in range(10, 171, 8)
        ],
        (15.8, 20),
        closed=True,
        filled=True,
    )
    pen.arc(15.6, 8, 3.6, -80, 80)
    pen.path(
        *[
            (15.4 + 6.8 * math.sin(math.radians(a)), 20 - 5.4 * math.cos(math.radians(a)))
            for a in range(20, 91, 7)
        ],
        (18.9, 20),
    )


def _clock(pen: Pen) -> None:
    pen.circle(12, 12, 9.4, filled=True)
    pen.path((12, 6.4), (12, 12), (16, 14.4))


def _magnifier(pen: Pen) -> None:
    pen.circle(10.2, 10.2, 7.2, filled=True)
    pen.stroke = 2.4
    pen.path((15.8, 15.8), (21, 21))


def _globe(pen: Pen) -> None:
    pen.circle(12, 12, 9.4, filled=True)
    pen.path((2.8, 12), (21.2, 12))
    for side in (-1, 1):
        pen.path(
            *[
                (12 + side * 4.2 * math.cos(math.radians(a)), 12 + 9.2 * math.sin(math.radians(a)))
                for a in range(-90, 91, 9)
            ]
        )


def _warning(pen: Pen) -> None:
    pen.path((12, 3), (22, 20.4), (2, 20.4), closed=True, filled=True)
    pen.stroke = 2.1
    pen.path((12, 9.2), (12, 14))
    pen.dot(12, 17.2, 1.2)


def _lock(pen: Pen) -> None:
    pen.frame(4.4, 10.6, 19.6, 21.2, 2.2, filled=True)
    pen.path((7.6, 10.4), (7.6, 7.6))
    pen.arc(12, 7.4, 4.4, 180, 360)
    pen.path((16.4, 7.6), (16.4, 10.4))
    pen.dot(12, 15, 1.4)
    pen.path((12, 15), (12, 17.8))


def _card(pen: Pen) -> None:
    pen.frame(2.2, 4.8, 21.8, 19.2, 2.2, filled=True)
    pen.circle(8, 10.4, 2.2)
    pen.arc(8, 17, 3.6, 200, 340)
    for y, right in ((9.6, 18.4), (12.6, 18.4), (15.6, 16.4)):
        pen.path((14, y), (right, y))


def _wallet(pen: Pen) -> None:
    pen.frame(2.4, 5.6, 21.6, 18.4, 2.2, filled=True)
    pen.path((2.8, 9.8), (21.2, 9.8))
    pen.path((5.8, 14.4), (10, 14.4))
    pen.path((15.8, 14.4), (18.2, 14.4))


def _star(pen: Pen) -> None:
    points = []
    for i in range(10):
        radius = 9.8 if i % 2 == 0 else 4.3
        angle = math.radians(-90 + 36 * i)
        points.append((12 + radius * math.cos(angle), 12.8 + radius * math.sin(angle)))
    pen.path(*points, closed=True, filled=True)


def _calendar(pen: Pen) -> None:
    pen.frame(3, 4.6, 21, 21, 2.2, filled=True)
    pen.path((3.4, 9.6), (20.6, 9.6))
    pen.path((8, 2.6), (8, 6.4))
    pen.path((16, 2.6), (16, 6.4))
    pen.path((8.4, 15), (11, 17.4), (15.8, 12.8))


def _loudspeaker(pen: Pen) -> None:
    pen.path((3, 9.4), (8.2, 9.4), (15, 4.4), (15, 18.6), (8.2, 13.6), (3, 13.6), closed=True, filled=True)
    pen.path((6, 13.8), (7.4, 20.2), (9.8, 20.2), (9.2, 14.6))
    pen.arc(15, 11.5, 3.4, -52, 52)
    pen.arc(15, 11.5, 6.8, -48, 48)


def _chat(pen: Pen) -> None:
    pen.path((8.4, 17.4), (6.2, 21.4), (12.4, 17.4), filled=True)
    pen.frame(2.4, 3.4, 21.6, 17.2, 3.4, filled=True)
    for x in (7.6, 12, 16.4):
        pen.dot(x, 10.3, 1.25)


def _building(pen: Pen) -> None:
    pen.path((2.6, 9), (12, 3), (21.4, 9), closed=True, filled=True)
    for x in (5.6, 9.9, 14.1, 18.4):
        pen.path((x, 11.8), (x, 17.2))
    pen.path((2.8, 20.6), (21.2, 20.6))


def _pin(pen: Pen) -> None:
    outline = [
        (12 + 7.4 * math.cos(math.radians(a)), 9.8 + 7.4 * math.sin(math.radians(a)))
        for a in range(150, 391, 8)
    ]
    pen.path((12, 21.6), *outline, closed=True, filled=True)
    pen.circle(12, 9.8, 2.7)


def _send(pen: Pen) -> None:
    pen.path((2.6, 11.4), (21.4, 3), (14.8, 21), (11.2, 13.4), closed=True, filled=True)
    pen.path((11.2, 13.4), (21, 3.4))


def _upload(pen: Pen) -> None:
    pen.path((3.4, 14.6), (3.4, 20.6), (20.6, 20.6), (20.6, 14.6))
    pen.path((12, 15.8), (12, 3.6))
    pen.path((7, 8.4), (12, 3.4), (17, 8.4))


def _check(pen: Pen) -> None:
    pen.circle(12, 12, 9.4, filled=True)
    pen.stroke = 2.1
    pen.path((7.4, 12.4), (10.8, 15.8), (16.8, 8.8))


def _forbidden(pen: Pen) -> None:
    pen.circle(12, 12, 9.4, filled=True)
    pen.stroke = 2.1
    pen.path((5.6, 5.6), (18.4, 18.4))


_DRAWINGS: dict[str, Callable[[Pen], None]] = {
    "phone": _phone,
    "mobile": _mobile,
    "shield": _shield,
    "document": _document,
    "house": _house,
    "person": _person,
    "people": _people,
    "clock": _clock,
    "magnifier": _magnifier,
    "globe": _globe,
    "warning": _warning,
    "lock": _lock,
    "card": _card,
    "wallet": _wallet,
    "star": _star,
    "calendar": _calendar,
    "loudspeaker": _loudspeaker,
    "chat": _chat,
    "building": _building,
    "pin": _pin,
    "send": _send,
    "upload": _upload,
    "check": _check,
    "forbidden": _forbidden,
}

ICONS = frozenset(_DRAWINGS)


@lru_cache(maxsize=256)
def icon(name: str, size: int, stroke: Colour, fill: Colour | None = None) -> Image.Image:
    """An RGBA picture of size × size pixels. Raises KeyError for a name that is not in ICONS."""
    pen = Pen(size)
    _DRAWINGS[name](pen)
    lines = pen.strokes.resize((size, size), Image.Resampling.BOX)
    sheet = Image.new("RGBA", (size, size), (*stroke, 0))
    if fill is not None:
        ground = Image.new("RGBA", (size, size), (*fill, 0))
        ground.putalpha(pen.fills.resize((size, size), Image.Resampling.BOX))
        sheet.alpha_composite(ground)
    ink = Image.new("RGBA", (size, size), (*stroke, 0))
    ink.putalpha(lines)
    sheet.alpha_composite(ink)
    return sheet
