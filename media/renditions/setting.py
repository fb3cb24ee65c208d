"""Setting texts: wrapped blocks in one common scale, and where the parts of a sheet finally stand."""

from dataclasses import dataclass

from .canvas import Box
from .typefaces import PITCH_TEXT, Weight, measure
from .wrapping import block_height, tears, wrapped


@dataclass(frozen=True, slots=True)
class Block:
    """A wrapped text; `height` runs from the first capital's top to the last line's foot."""

    lines: tuple[str, ...]
    weight: Weight
    size: int
    pitch: float

    @property
    def height(self) -> int:
        return block_height(len(self.lines), self.size, self.pitch)

    @property
    def width(self) -> float:
        return max((measure(line, self.weight, self.size) for line in self.lines), default=0)


@dataclass(frozen=True, slots=True)
class PlacedStep:
    box: Box
    heading: Block
    text: Block | None
    icon: str
    number: int | None
    badge: int


@dataclass(frozen=True, slots=True)
class PlacedCallout:
    box: Box
    label: Block | None
    value: Block
    icon: str


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A finished layout; `unit` is the recipe's pixel for one pixel of the 1080 design."""

    unit: float
    scale: float
    smallest: int
    header: Box
    kicker: Block | None
    title: Block
    lead: Block | None
    header_left: int
    header_top: int
    steps: tuple[PlacedStep, ...]
    callouts: tuple[PlacedCallout, ...]
    footer: Box
    footer_lines: tuple[tuple[Block, str], ...]
    qr: Box | None

    def px(self, length: float) -> int:
        """Pixels of the sheet for pixels of the design."""
        return round(length * self.unit)

    def air(self, length: float) -> int:
        """Room between things, as `Setter.air` counted it."""
        return round(length * self.unit * max(0.55, min(1.0, self.scale)))

    def boxes(self) -> dict[str, Box]:
        """Every region by name; no two of them may overlap."""
        named: dict[str, Box] = {"header": self.header, "footer": self.footer}
        named |= {f"step {i}": step.box for i, step in enumerate(self.steps, 1)}
        named |= {f"callout {i}": callout.box for i, callout in enumerate(self.callouts, 1)}
        return named


class NoRoom(Exception):
    """A text is wider or higher than its place at this scale."""

    def __init__(self, field: str, text: str, share: float) -> None:
        self.field, self.text, self.share = field, text, share


class Setter:
    """Sets texts of one recipe at one scale; sizes are given in pixels of the 1080 design."""

    def __init__(self, unit: float, scale: float, smallest: int) -> None:
        self.unit, self.scale, self.smallest = unit, scale, smallest
        # Texts stop shrinking at the readable size; from there on only the air between them gives way.
        self.density = max(0.55, min(1.0, scale))

    def px(self, length: float) -> int:
        return round(length * self.unit)

    def air(self, length: float) -> int:
        """Room between things, which closes up on a crowded sheet."""
        return round(length * self.unit * self.density)

    def size(self, ideal: float, least: float = 28, most: float = 999) -> int:
        wished = min(ideal * self.scale, most)
        return max(self.smallest, round(max(wished, least) * self.unit))

    def block(
        self,
        field: str,
        text: str,
        weight: Weight,
        size: int,
        width: float,
        lines: int,
        pitch: float = PITCH_TEXT,
    ) -> Block:
        """Raises NoRoom when the text needs more than `lines` lines.

        A title (tight pitch) rather gets smaller than torn inside a word, as long as it stays large.
        """
        found = wrapped(text, weight, size, width)
        torn = found is not None and pitch < PITCH_TEXT and self.scale > 0.8 and tears(found)
        if found is None or len(found) > lines or torn:
            raise NoRoom(field, text, width * lines * 0.92 / max(1, measure(text, weight, size)))
        return Block(found, weight, size, pitch)

    def one_line(self, field: str, text: str, weight: Weight, ideal: int, width: float, least: int) -> Block:
        """One line, made smaller on its own down to `least` pixels."""
        for size in range(ideal, least - 1, -1):
            if measure(text, weight, size) <= width:
                return Block((text,), weight, size, PITCH_TEXT)
        raise NoRoom(field, text, width / measure(text, weight, least))


def kicker_height(setter: Setter, kicker: Block | None) -> int:
    """The pill with the subject line and the gap below it."""
    return round(kicker.size * 1.75) + setter.air(30) if kicker else 0
