"""`python -m media.library.document_pictures <media type>`: the first pictures inside the document on stdin, grey, to stdout.

A process of its own, without Django, database and secrets, that limits its own memory and time before it opens what a
stranger wrote. Each picture goes out as soon as it is read: width and height in four bytes each, then a byte per point."""

from __future__ import annotations

import io
import resource
import struct
import sys
import zipfile
from collections.abc import Iterator
from typing import Final

from PIL import Image

#: Pictures handed out, and looked at in search of large enough ones.
MOST_PICTURES: Final = 12
MOST_LOOKED_AT: Final = 60
MOST_PAGES: Final = 60
#: A smaller picture shows no card that could be read.
LEAST_SIDE: Final = 200
LONGEST_SIDE: Final = 2400
MOST_POINTS: Final = 60_000_000
MOST_BYTES: Final = 40_000_000
SECONDS: Final = 10
MEMORY: Final = 1024 * 1024 * 1024
_HEAD: Final = struct.Struct(">II")


def read_pictures(sent: bytes) -> Iterator[Image.Image]:
    """Return what the process wrote, as pictures of mode "L"; a part that is cut off is left out."""
    at = 0
    while at + _HEAD.size <= len(sent):
        width, height = _HEAD.unpack_from(sent, at)
        at += _HEAD.size
        if not 0 < width <= LONGEST_SIDE or not 0 < height <= LONGEST_SIDE or at + width * height > len(sent):
            return
        yield Image.frombytes("L", (width, height), sent[at : at + width * height])
        at += width * height


def _in_docx(content: bytes) -> Iterator[bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for part in parts.infolist():
            if part.filename.startswith("word/media/") and part.file_size <= MOST_BYTES:
                with parts.open(part) as file:
                    yield file.read(MOST_BYTES)


def _in_pdf(content: bytes) -> Iterator[bytes]:
    from pypdf import PdfReader

    for number, page in enumerate(PdfReader(io.BytesIO(content)).pages):
        if number >= MOST_PAGES:
            return
        for name in page.images.keys():  # noqa: SIM118 (a lazy list: each picture is read when it is asked for)
            try:
                yield page.images[name].data
            except Exception:  # noqa: S112 (a picture nobody can read shows no card)
                continue


def _grey(data: bytes) -> Image.Image | None:
    try:
        with Image.open(
            io.BytesIO(data), formats=["PNG", "JPEG", "JPEG2000", "TIFF", "WEBP", "BMP", "GIF"]
        ) as picture:
            if picture.width * picture.height > MOST_POINTS or min(picture.size) < LEAST_SIDE:
                return None
            picture.draft("L", (LONGEST_SIDE, LONGEST_SIDE))
            grey = picture.convert("L")
    except Exception:
        return None
    grey.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return grey


def main() -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    content = sys.stdin.buffer.read()
    found = _in_pdf(content) if sys.argv[1] == "application/pdf" else _in_docx(content)
    sent = 0
    for number, data in enumerate(found):
        if number >= MOST_LOOKED_AT or sent >= MOST_PICTURES:
            break
        grey = _grey(data)
        if grey is not None:
            sys.stdout.buffer.write(_HEAD.pack(*grey.size) + grey.tobytes())
            sys.stdout.buffer.flush()
            sent += 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
