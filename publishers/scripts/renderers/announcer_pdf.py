"""The announcer's sheet as PDF: the same lines as the DOCX, for printers and phones without Word. Knows no database."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files
from typing import Final

from cms.core.paper import plain_runs, print_pdf
from cms.core.verify_mark import ALTERNATIVE, verify_mark_svg
from publishers.scripts.blocks import Block
from publishers.scripts.renderers.sheet_layout import (
    SCAN,
    SIGN_HERE,
    SIGNERS,
    SheetHead,
    foot_texts,
    sheet_lines,
    tidy,
)

LAYOUT: Final = files("publishers.scripts.renderers") / "layouts" / "announcer_sheet.typ"


def sheet_pdf(head: SheetHead, blocks: Iterable[Block]) -> bytes:
    """Return the sheet as PDF. Raises LettersMissing when a letter has no shape on this machine."""
    data = {
        "title": tidy(head.title),
        "issuer": tidy(head.issuer),
        "body": tidy(head.body).upper(),
        "station": tidy(head.station).upper(),
        "foot": foot_texts(head),
        "mark": verify_mark_svg(tidy(head.verify_address)),
        "mark_alternative": ALTERNATIVE,
        "scan": SCAN,
        "signers": SIGNERS,
        "sign_here": SIGN_HERE,
        "lines": [
            {"kind": str(line.kind), "runs": plain_runs(line.runs)} for line in sheet_lines(head, blocks)
        ],
    }
    return print_pdf(LAYOUT, data, head.issued_at)
