"""An identity card that is seen in a clip's frames or in the pictures inside a PDF or DOCX; the rule is `identity_cards`'.

A help, no gate: a few frames and pictures are looked at, within a time somebody at the form can wait. What is missed is told
in docs/library.md."""

from __future__ import annotations

import io
import logging
import re
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Final

from PIL import Image

from cms.core.upload_checks import FileType
from media.library.document_pictures import read_pictures
from media.library.identity_cards import gives_number_away
from media.library.recordings import grey_frame

_log = logging.getLogger(__name__)

#: Frames of a clip that are looked at, evenly over its length; in how many of them, and of a document's pictures, print is read.
MOST_FRAMES: Final = 8
MOST_READ: Final = 3
#: Seconds for one upload, looking and reading together; what is left then is not looked at.
PATIENCE: Final = 15.0
#: Seconds the reader of a document's pictures may take.
DOCUMENT_PATIENCE: Final = 12.0
_ROOT: Final = Path(__file__).resolve().parents[2]
#: A picture in a PDF is a stream, and what a stream says of itself stands outside every compressed part.
_PDF_PICTURE: Final = re.compile(rb"/Subtype\s*/Image")


def card_in_clip(path: Path, kind: FileType, seconds: float) -> bool:
    """Return whether one of a few frames of the clip at `path` shows a card."""
    number = min(MOST_FRAMES, 1 + int(seconds // 2))
    moments = [(index + 0.5) * seconds / number for index in range(number)]
    frames = (grey_frame(path, kind, moment) for moment in moments)
    return _seen_in(frame for frame in frames if frame is not None)


def card_in_document(file: BinaryIO, kind: FileType) -> bool:
    """Return whether one of the first pictures inside the PDF or DOCX shows a card. The file is left at its beginning."""
    file.seek(0)
    content = file.read()
    file.seek(0)
    return _has_pictures(content, kind) and _seen_in(_pictures_in(content, kind))


def _seen_in(pictures: Iterable[Image.Image]) -> bool:
    until = time.monotonic() + PATIENCE
    for number, picture in enumerate(pictures):
        if gives_number_away(picture, print_too=number < MOST_READ):
            return True
        if time.monotonic() > until:
            return False
    return False


def _has_pictures(content: bytes, kind: FileType) -> bool:
    """A quick look that spares most documents a process of their own."""
    if kind.media_type == "application/pdf":
        return _PDF_PICTURE.search(content) is not None
    if not kind.media_type.startswith("application/vnd.openxmlformats"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return any(name.startswith("word/media/") for name in parts.namelist())
    except (zipfile.BadZipFile, ValueError):
        return False


def _pictures_in(content: bytes, kind: FileType) -> Iterator[Image.Image]:
    command = [sys.executable, "-m", "media.library.document_pictures", kind.media_type]
    environment = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(_ROOT), "PATH": ""}
    try:
        done = subprocess.run(  # noqa: S603 (our own program)
            command, input=content, capture_output=True, timeout=DOCUMENT_PATIENCE, check=False, cwd=_ROOT,
            env=environment,
        )  # fmt: skip
    except subprocess.TimeoutExpired as late:
        _log.warning("the pictures of a document were not read within %s s", DOCUMENT_PATIENCE)
        return read_pictures(late.stdout or b"")
    # What was written before a crash or a limit is looked at all the same.
    return read_pictures(done.stdout)
