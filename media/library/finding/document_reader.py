"""`python -m media.library.finding.document_reader <media type>`: the words of the document on stdin, as JSON on stdout.

A process of its own, without Django, database and secrets, that limits its own memory and time before it opens what a
stranger wrote."""

from __future__ import annotations

import io
import json
import resource
import sys
import unicodedata

MOST_CHARACTERS = 400_000
MOST_PAGES = 400
SECONDS = 15
BYTES = 768 * 1024 * 1024


def text_of_docx(content: bytes) -> str:
    """Return the words of a DOCX: paragraphs and tables, in their order."""
    from docx import Document
    from docx.table import Table

    document = Document(io.BytesIO(content))
    parts: list[str] = []
    length = 0
    for item in document.iter_inner_content():
        if isinstance(item, Table):
            words = "\n".join(" ".join(cell.text for cell in row.cells) for row in item.rows)
        else:
            words = item.text
        parts.append(words)
        length += len(words)
        if length > MOST_CHARACTERS:
            break
    return "\n".join(parts)


def text_of_pdf(content: bytes) -> str:
    """Return the words of a PDF's first pages. A scan without a text layer gives none."""
    from pypdf import PdfReader

    parts: list[str] = []
    length = 0
    for number, page in enumerate(PdfReader(io.BytesIO(content)).pages):
        if number >= MOST_PAGES or length > MOST_CHARACTERS:
            break
        words = page.extract_text() or ""
        parts.append(words)
        length += len(words)
    return "\n".join(parts)


def text_of(content: bytes, media_type: str) -> str:
    """Return the words of a document of this media type, NFC, at most MOST_CHARACTERS."""
    if media_type == "application/pdf":
        text = text_of_pdf(content)
    elif media_type.startswith("application/vnd.openxmlformats"):
        text = text_of_docx(content)
    else:
        text = content.decode("utf-8-sig", errors="replace")
    return unicodedata.normalize("NFC", text.replace("\x00", " "))[:MOST_CHARACTERS]


def main() -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    # Whatever it is, a document that can not be read has no words; the parent says so.
    try:
        text = text_of(sys.stdin.buffer.read(), sys.argv[1])
    except Exception:
        return 1
    sys.stdout.write(json.dumps({"text": text}))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
