"""One page that the head of a village reads aloud: what is said, large, with the number to call and the QR code of the
verify page. Knows no database.

What only a station says (its opening, its closing) is left out; one person reads, so no voices take turns."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files
from typing import Any, Final

from cms.core.paper import page_count, plain_runs, print_pdf
from cms.core.verify_mark import ALTERNATIVE, verify_mark_svg
from publishers.scripts.blocks import Block, BlockKind
from publishers.scripts.renderers.sheet_layout import (
    BREATHE,
    SCAN,
    LineKind,
    Run,
    RunStyle,
    SheetHead,
    foot_texts,
    has_breath_marks,
    reading_lines,
    tidy,
)

LAYOUT: Final = files("publishers.scripts.renderers") / "layouts" / "leader_page.typ"
HEADING: Final = "BẢN ĐỌC CHO TRƯỞNG THÔN, TỔ TRƯỞNG TỔ DÂN PHỐ"
#: Sizes tried, in points, with the room between lines in parts of the size: the first at which the text fits one page.
#: Lines move closer only where a smaller letter would be hard to read.
SIZES: Final = ((20, 0.4), (18, 0.4), (17, 0.4), (16, 0.4), (15, 0.4), (14, 0.4), (14, 0.3), (14, 0.2))
#: With a second page there is room again.
ROOMY: Final = 5
_READ: Final = (BlockKind.CONTENT, BlockKind.REMINDER)


def leader_page(head: SheetHead, blocks: Iterable[Block]) -> bytes:
    """Return the page as PDF; a text that does not fit one page at 14 pt gets more, and says so at the top."""
    data = _data(head, [block for block in blocks if block.kind in _READ])
    made = b""
    for size, leading in SIZES:
        made = print_pdf(LAYOUT, {**data, "size": size, "leading": leading}, head.issued_at)
        if page_count(made) == 1:
            return made
    pages = page_count(made)
    told = f"Bản này dài {pages} trang, vui lòng in và đọc đủ {pages} trang."
    size, leading = SIZES[ROOMY]
    return print_pdf(LAYOUT, {**data, "size": size, "leading": leading, "too_long": told}, head.issued_at)


def _data(head: SheetHead, blocks: list[Block]) -> dict[str, Any]:
    turns = [[line for line in reading_lines([block]) if line.kind is LineKind.SENTENCE] for block in blocks]
    return {
        "title": tidy(head.title),
        "issuer": tidy(head.issuer),
        "body": tidy(head.body).upper(),
        "heading": HEADING,
        "facts": [
            f"Cơ quan ban hành: {tidy(head.issuer)} · {tidy(head.issued)}",
            *([f"Duyệt nội dung: {tidy(head.approved)}"] if head.approved else []),
            f"Đọc khoảng {tidy(head.length)} · Loại: {tidy(head.priority).lower()}",
            *([BREATHE] if any(map(has_breath_marks, turns)) else []),
        ],
        "foot": foot_texts(head),
        "mark": verify_mark_svg(tidy(head.verify_address)),
        "mark_alternative": ALTERNATIVE,
        "scan": SCAN,
        "too_long": "",
        "paragraphs": [[{"runs": plain_runs(map(_upright, line.runs))} for line in lines] for lines in turns],
    }


def _upright(run: Run) -> Run:
    return Run(run.text, RunStyle.PLAIN, run.family) if run.style is RunStyle.ITALIC else run
