"""Looks for letters that were printed as an empty box: whatever the font, that is its glyph number 0."""

from __future__ import annotations

import io
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream


def pages_with_boxes(pdf: bytes) -> list[int]:
    """Return the pages (from 1) on which a letter is drawn as the font's empty box, which is always its glyph 0."""
    reader = PdfReader(io.BytesIO(pdf))
    return [number for number, page in enumerate(reader.pages, 1) if _draws_a_box(page, reader)]


def _draws_a_box(page, reader: PdfReader) -> bool:
    wide = {
        name: font.get_object().get("/Subtype") == "/Type0"
        for name, font in page["/Resources"].get_object().get("/Font", {}).items()
    }
    current = False
    for operands, operator in ContentStream(page.get_contents(), reader).operations:
        if operator == b"Tf":
            current = wide.get(operands[0], False)
        elif operator in (b"Tj", b"TJ") and current:
            texts = operands[0] if operator == b"TJ" else operands
            if any(_holds_glyph_zero(text) for text in texts):
                return True
    return False


def _holds_glyph_zero(text: Any) -> bool:
    if not isinstance(text, (str, bytes)):
        return False
    raw = text if isinstance(text, bytes) else text.original_bytes  # type: ignore[attr-defined]
    return any(raw[at : at + 2] == b"\0\0" for at in range(0, len(raw) - 1, 2))
