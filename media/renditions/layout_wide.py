"""The layout of wide sheets: a panel that speaks on the left, a short list on the right."""

from .content import InfographicContent
from .recipes import Recipe
from .setting import Arrangement, Block, NoRoom, PlacedCallout, PlacedStep, Setter, kicker_height
from .typefaces import PITCH_TEXT, PITCH_TITLE, Weight, measure
from .wrapping import wrapped


def panel_and_list(content: InfographicContent, recipe: Recipe, scale: float) -> Arrangement:
    """A panel with title and call-outs on the left, steps and footer on the right. Raises NoRoom."""
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
        raise NoRoom("tiêu đề", content.title, bottom / header_needs)

    right = panel + px(36)
    room_wide = width - px(40) - right
    size = setter.smallest
    qr_side = px(132) if content.verify_address and content.show_qr else 0
    words = room_wide - (qr_side + px(20) if qr_side else 0)
    issuer = wrapped(content.issuer, Weight.BOLD, size, words)
    if issuer is None or len(issuer) > 2:
        raise NoRoom(
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
            raise NoRoom(name, step.heading, 0.55)
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
