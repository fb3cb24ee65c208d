"""Where everything of an infographic stands: texts are measured, wrapped and shrunk until the sheet holds
them.

The largest common text scale that fits is taken, so equal things stay equally large. No text goes below
the recipe's smallest readable size; if the sheet is still too small, TextDoesNotFit names the text that
needs most room.
"""

from collections.abc import Callable
from dataclasses import dataclass

from .canvas import Box
from .content import InfographicContent
from .errors import TextDoesNotFit
from .recipes import Recipe
from .typefaces import PITCH_TEXT, PITCH_TITLE, Weight, measure
from .wrapping import block_height, tears, wrapped

_SCALES = tuple(round(1.5 - 0.03 * i, 2) for i in range(34))


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


class _NoRoom(Exception):
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
        """Raises _NoRoom when the text needs more than `lines` lines.

        A title (tight pitch) rather gets smaller than torn inside a word, as long as it stays large.
        """
        found = wrapped(text, weight, size, width)
        torn = found is not None and pitch < PITCH_TEXT and self.scale > 0.8 and tears(found)
        if found is None or len(found) > lines or torn:
            raise _NoRoom(field, text, width * lines * 0.92 / max(1, measure(text, weight, size)))
        return Block(found, weight, size, pitch)

    def one_line(self, field: str, text: str, weight: Weight, ideal: int, width: float, least: int) -> Block:
        """One line, made smaller on its own down to `least` pixels."""
        for size in range(ideal, least - 1, -1):
            if measure(text, weight, size) <= width:
                return Block((text,), weight, size, PITCH_TEXT)
        raise _NoRoom(field, text, width / measure(text, weight, least))


def arrange(content: InfographicContent, recipe: Recipe) -> Arrangement:
    """The best layout of the content on the recipe's sheet. Raises TextDoesNotFit."""
    if recipe.ratio > 1.3:
        return _largest(content, recipe, (_wide,))
    if len(content.steps) <= 3:
        return _largest(content, recipe, (_one_column,))
    if recipe.ratio > 0.6:
        return _largest(content, recipe, (_two_columns, _one_column))
    return _largest(content, recipe, (_one_column,), (_two_columns,))


_Way = Callable[[InfographicContent, Recipe, float], "Arrangement"]


def _largest(content: InfographicContent, recipe: Recipe, *choices: tuple[_Way, ...]) -> Arrangement:
    """Each choice is a set of equal ways; a later choice is only looked at when none of an earlier one
    fits.
    """
    trouble: _NoRoom | None = None
    for ways in choices:
        for scale in _SCALES:
            for way in ways:
                try:
                    return way(content, recipe, scale)
                except _NoRoom as problem:
                    # The editor hears what the usual way lacks, not the last resort.
                    if way is choices[0][0]:
                        trouble = problem
    assert trouble is not None
    advice = int(len(trouble.text) * trouble.share) if trouble.share < 1 else None
    raise TextDoesNotFit(trouble.field, recipe.label, advice)


def _one_column(content: InfographicContent, recipe: Recipe, scale: float) -> Arrangement:
    return _stacked(content, recipe, scale, 1)


def _two_columns(content: InfographicContent, recipe: Recipe, scale: float) -> Arrangement:
    return _stacked(content, recipe, scale, 2)


def _stacked(content: InfographicContent, recipe: Recipe, scale: float, columns: int) -> Arrangement:
    """Header on top, steps in one or two columns, call-outs, footer: squares and upright sheets."""
    width, height = recipe.width, recipe.height
    unit = width / 1080
    setter = Setter(unit, scale, recipe.smallest_text)
    px = setter.px
    margin, gap = px(52), setter.air(24)
    inner = width - 2 * margin
    airy = height / width > 1.3

    header_top = setter.air(80 if airy else 50)
    kicker = (
        setter.one_line(
            "dòng chủ đề",
            content.kicker.upper(),
            Weight.BOLD,
            setter.size(29, most=36),
            inner * 0.8,
            setter.smallest,
        )
        if content.kicker
        else None
    )
    title = setter.block(
        "tiêu đề",
        content.title,
        Weight.BLACK,
        setter.size(62, 46, 88),
        inner * 0.94,
        4 if airy else 3,
        PITCH_TITLE,
    )
    lead = (
        setter.block("dòng dẫn", content.lead, Weight.MEDIUM, setter.size(33, 29, 44), inner * 0.88, 2)
        if content.lead
        else None
    )
    header_bottom = header_top + title.height + setter.air(56 if airy else 42)
    header_bottom += kicker_height(setter, kicker) + (lead.height + setter.air(24) if lead else 0)

    footer_lines, qr_side, footer_height = _footer(content, setter, inner)
    footer = (0, height - footer_height, width, height)
    qr = None
    if qr_side:
        top = footer[1] + (footer_height - qr_side) // 2
        qr = (width - margin - qr_side, top, width - margin, top + qr_side)

    callout_height = px(0)
    callouts: tuple[PlacedCallout, ...] = ()
    if content.callouts:
        callouts = _callout_row(content, setter, margin, inner)
        callout_height = callouts[0].box[3] + gap

    below = setter.air(28)
    top = header_bottom + setter.air(30)
    room = footer[1] - below - callout_height - top
    cards = _step_cards(content, recipe, setter, margin, inner, columns)
    rows = [cards[i : i + columns] for i in range(0, len(cards), columns)]
    needed = [max(card.box[3] for card in row) for row in rows]
    spare = room - sum(needed) - gap * (len(rows) - 1)
    if spare < 0:
        longest = max(content.steps, key=lambda step: len(step.heading) + len(step.text))
        number = content.steps.index(longest) + 1
        raise _NoRoom(f"bước {number}", f"{longest.heading} {longest.text}", max(0.3, room / (room - spare)))
    stretch = min(spare // len(rows), px(60))
    left_over = spare - stretch * len(rows)
    row_gap = gap + (min(left_over // max(1, len(rows) - 1), px(22)) if len(rows) > 1 else 0)
    left_over = spare - stretch * len(rows) - (row_gap - gap) * (len(rows) - 1)
    header_bottom += left_over // 2
    header_top += left_over // 4
    y = top + left_over // 2 + (left_over % 2)
    placed: list[PlacedStep] = []
    for row, need in zip(rows, needed, strict=True):
        placed += [_moved(card, y, need + stretch) for card in row]
        y += need + stretch + row_gap
    y += gap - row_gap
    spare_below = footer[1] - below - (y + callout_height - gap) if callouts else 0
    shifted = tuple(
        PlacedCallout(
            (c.box[0], y + spare_below, c.box[2], y + spare_below + c.box[3]), c.label, c.value, c.icon
        )
        for c in callouts
    )
    return Arrangement(
        unit,
        scale,
        setter.smallest,
        (0, 0, width, header_bottom),
        kicker,
        title,
        lead,
        margin,
        header_top,
        tuple(placed),
        shifted,
        footer,
        footer_lines,
        qr,
    )


def kicker_height(setter: Setter, kicker: Block | None) -> int:
    """The pill with the subject line and the gap below it."""
    return round(kicker.size * 1.75) + setter.air(30) if kicker else 0


def _moved(card: PlacedStep, y: int, height: int) -> PlacedStep:
    box = (card.box[0], y, card.box[2], y + height)
    return PlacedStep(box, card.heading, card.text, card.icon, card.number, card.badge)


def _step_cards(
    content: InfographicContent, recipe: Recipe, setter: Setter, left: int, inner: int, columns: int
) -> list[PlacedStep]:
    """Cards with their x positions and, as bottom, the height they need."""
    px = setter.px
    gap = px(22)
    padding = setter.air(44)
    column = (inner - gap * (columns - 1)) // columns
    cards: list[PlacedStep] = []
    count = len(content.steps)
    heading_size = setter.size(35 if columns == 1 else 32, 30, 50)
    text_size = setter.size(30 if columns == 1 else 29, 28, 42)
    for i, step in enumerate(content.steps):
        alone = columns > 1 and i == count - 1 and i % columns == 0
        wide = inner if alone else column
        badge = round(heading_size * 2.7) if columns == 1 else setter.air(90)
        words = wide - px(22) - badge - px(22) - px(20)
        name = f"bước {i + 1}" if content.numbered else f"ý {i + 1}"
        heading = setter.block(
            f"tiêu đề {name}",
            step.heading,
            Weight.BOLD,
            heading_size,
            words,
            3 if columns > 1 else 2,
            PITCH_TITLE,
        )
        text = None
        if step.text and recipe.shows_step_text:
            text = setter.block(f"nội dung {name}", step.text, Weight.REGULAR, text_size, words, 4)
        need = heading.height + (text.height + setter.air(14) if text else 0) + padding
        need = max(need, badge + setter.air(40))
        x = left + (0 if alone else (i % columns) * (column + gap))
        cards.append(
            PlacedStep(
                (x, 0, x + wide, need), heading, text, step.icon, i + 1 if content.numbered else None, badge
            )
        )
    return cards


def _callout_row(
    content: InfographicContent, setter: Setter, left: int, inner: int
) -> tuple[PlacedCallout, ...]:
    """Call-outs side by side, each as wide as its words ask; the bottom of a box is its height."""
    px = setter.px
    gap = px(22)
    label_size, value_size = (
        setter.size(29, 28, 36),
        setter.size(50 if len(content.callouts) > 1 else 66, 40, 84),
    )
    edge = px(24) + round(value_size * 1.5) + px(20) + px(26)
    wishes = [
        max(measure(c.value, Weight.BLACK, value_size), measure(c.label, Weight.MEDIUM, label_size)) + edge
        for c in content.callouts
    ]
    usable = inner - gap * (len(wishes) - 1)
    if len(wishes) > 1 and sum(wishes) > usable * 1.02:
        value_size = max(setter.smallest, round(value_size * 0.8))
    spare = (usable - sum(wishes)) / len(wishes)
    widths = [round(wish + spare) if spare >= 0 else round(usable * wish / sum(wishes)) for wish in wishes]
    placed: list[PlacedCallout] = []
    x = left
    for callout, wide in zip(content.callouts, widths, strict=True):
        words = wide - edge
        label = (
            setter.one_line(
                "nhãn ô nổi bật", callout.label, Weight.MEDIUM, label_size, words, setter.smallest
            )
            if callout.label
            else None
        )
        least = max(setter.smallest, px(34))
        value = setter.one_line(
            "ô nổi bật", callout.value, Weight.BLACK, max(value_size, least), words, least
        )
        placed.append(PlacedCallout((x, 0, x + wide, 0), label, value, callout.icon))
        x += wide + gap
    smallest = min(p.value.size for p in placed)
    height = max((p.label.height + px(12) if p.label else 0) + smallest for p in placed) + setter.air(46)
    return tuple(
        PlacedCallout(
            (p.box[0], 0, p.box[2], height),
            p.label,
            Block(p.value.lines, Weight.BLACK, smallest, PITCH_TEXT),
            p.icon,
        )
        for p in placed
    )


def _footer(
    content: InfographicContent, setter: Setter, inner: int
) -> tuple[tuple[tuple[Block, str], ...], int, int]:
    """Lines of the footer with their role, side of the QR code, height of the band."""
    px = setter.px
    size = max(setter.smallest, px(28))
    qr_side = px(140) if content.verify_address and content.show_qr else 0
    words = inner - (qr_side + px(28) if qr_side else 0)
    lines: list[tuple[Block, str]] = []
    issuer = wrapped(content.issuer, Weight.BOLD, size, words)
    if issuer is None or len(issuer) > 2:
        raise _NoRoom(
            "cơ quan ban hành", content.issuer, words * 1.8 / measure(content.issuer, Weight.BOLD, size)
        )
    lines += [(Block((line,), Weight.BOLD, size, PITCH_TEXT), "issuer") for line in issuer]
    dated = content.date_line + (f" · {content.notice}" if content.notice else "")
    if measure(dated, Weight.REGULAR, size) > words and content.notice:
        lines.append(
            (setter.one_line("ngày ban hành", content.date_line, Weight.REGULAR, size, words, size), "date")
        )
        lines.append(
            (setter.one_line("nhãn ghi chú", content.notice, Weight.REGULAR, size, words, size), "date")
        )
    else:
        lines.append((setter.one_line("ngày ban hành", dated, Weight.REGULAR, size, words, size), "date"))
    if content.verify_address:
        whole = f"Xác minh: {content.verify_text}"
        if measure(whole, Weight.REGULAR, size) > words:
            whole = content.verify_text
        lines.append(
            (setter.one_line("địa chỉ xác minh", whole, Weight.REGULAR, size, words, size), "verify")
        )
    text_height = round(size * PITCH_TEXT * 1.02) * len(lines)
    return tuple(lines), qr_side, max(text_height, qr_side) + max(px(36), setter.air(44))


def _wide(content: InfographicContent, recipe: Recipe, scale: float) -> Arrangement:
    """A panel with title and call-outs on the left, steps and footer on the right."""
    width, height = recipe.width, recipe.height
    unit = width / 1200
    setter = Setter(unit, scale, recipe.smallest_text)
    px = setter.px
    margin = px(44)
    panel = round(width * 0.45)
    inner = panel - 2 * margin
    kicker = (
        setter.one_line(
            "dòng chủ đề", content.kicker, Weight.BOLD, setter.smallest, inner - px(48), setter.smallest
        )
        if content.kicker
        else None
    )
    title = setter.block(
        "tiêu đề", content.title, Weight.BLACK, setter.size(54, 40, 72), inner, 6, PITCH_TITLE
    )
    header_top = px(44)

    callouts: list[PlacedCallout] = []
    bottom = height - px(36)
    for callout in reversed(content.callouts):
        label_size = setter.smallest
        edge = px(20) + px(64) + px(16) + px(18)
        words = inner - edge
        label = (
            setter.block("nhãn ô nổi bật", callout.label, Weight.MEDIUM, label_size, words, 2)
            if callout.label
            else None
        )
        value = setter.one_line(
            "ô nổi bật", callout.value, Weight.BLACK, setter.size(44, 34, 50), words, setter.smallest
        )
        tall = (label.height + px(8) if label else 0) + value.size + px(26)
        callouts.append(
            PlacedCallout((margin, bottom - tall, panel - margin, bottom), label, value, callout.icon)
        )
        bottom -= tall + px(14)
    callouts.reverse()
    header_needs = header_top + kicker_height(setter, kicker) + title.height + px(20)
    if header_needs > bottom:
        raise _NoRoom("tiêu đề", content.title, bottom / header_needs)

    right = panel + px(36)
    room_wide = width - px(40) - right
    size = setter.smallest
    qr_side = px(132) if content.verify_address and content.show_qr else 0
    words = room_wide - (qr_side + px(20) if qr_side else 0)
    issuer = wrapped(content.issuer, Weight.BOLD, size, words)
    if issuer is None or len(issuer) > 2:
        raise _NoRoom(
            "cơ quan ban hành", content.issuer, words * 1.8 / measure(content.issuer, Weight.BOLD, size)
        )
    footer_lines = [(Block((line,), Weight.BOLD, size, PITCH_TEXT), "issuer") for line in issuer]
    footer_lines.append(
        (setter.one_line("ngày ban hành", content.date_line, Weight.REGULAR, size, words, size), "date")
    )
    if content.notice:
        footer_lines.append(
            (setter.one_line("nhãn ghi chú", content.notice, Weight.REGULAR, size, words, size), "date")
        )
    footer_height = max(round(size * PITCH_TEXT * 1.02) * len(footer_lines), qr_side) + px(30)
    footer = (panel, height - footer_height, width, height)
    qr = None
    if qr_side:
        middle = footer[1] + (footer_height - qr_side) // 2
        qr = (width - px(40) - qr_side, middle, width - px(40), middle + qr_side)

    count = len(content.steps)
    gap = px(12)
    top = px(34)
    row = (footer[1] - px(18) - top - gap * (count - 1)) // count
    heading_size = setter.size(34, 28, 42)
    badge = min(row - px(14), px(62))
    placed: list[PlacedStep] = []
    for i, step in enumerate(content.steps):
        name = f"tiêu đề bước {i + 1}" if content.numbered else f"tiêu đề ý {i + 1}"
        heading = setter.block(
            name, step.heading, Weight.BOLD, heading_size, room_wide - badge - px(52), 2, PITCH_TITLE
        )
        if heading.height > row - px(20) or badge < heading_size:
            raise _NoRoom(name, step.heading, 0.55)
        y = top + i * (row + gap)
        placed.append(
            PlacedStep(
                (right, y, width - px(40), y + row),
                heading,
                None,
                "" if content.numbered else step.icon,
                i + 1 if content.numbered else None,
                badge,
            )
        )
    spare = bottom - header_needs
    return Arrangement(
        unit,
        scale,
        setter.smallest,
        (0, 0, panel, height),
        kicker,
        title,
        None,
        margin,
        header_top + min(spare // 3, px(60)),
        tuple(placed),
        tuple(callouts),
        footer,
        tuple(footer_lines),
        qr,
    )
