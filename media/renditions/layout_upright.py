"""The layout of squares and upright sheets: header, cards in one or two columns, call-outs, footer."""

from .content import InfographicContent
from .recipes import Recipe
from .setting import Arrangement, Block, NoRoom, PlacedCallout, PlacedStep, Setter, kicker_height
from .typefaces import PITCH_TEXT, PITCH_TITLE, Weight, measure
from .wrapping import wrapped


def one_column(content: InfographicContent, recipe: Recipe, scale: float) -> Arrangement:
    """Steps below each other. Raises NoRoom."""
    return _stacked(content, recipe, scale, 1)


def two_columns(content: InfographicContent, recipe: Recipe, scale: float) -> Arrangement:
    """Steps in pairs, a last odd one across both columns. Raises NoRoom."""
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
        raise NoRoom(f"bước {number}", f"{longest.heading} {longest.text}", max(0.3, room / (room - spare)))
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
        raise NoRoom(
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
