"""Says inside the file of a clip or sound that a machine made it: a comment in the container with the IPTC term. The
streams are copied as they are; the same file marked twice is the same file."""

from __future__ import annotations

import shutil
import tempfile
from typing import BinaryIO, Final

from django.utils.translation import gettext as _

from cms.core.errors import UploadRefused
from cms.core.upload_checks import FileType
from media.library import fenced_ffmpeg
from media.library.recording_copies import copied

TERM: Final = "trainedAlgorithmicMedia"
COMMENT: Final = f"Hình hoặc giọng do máy tạo ({TERM})"
_SECONDS: Final = 180


def marked(content: BinaryIO, kind: FileType) -> BinaryIO | None:
    """Return a file with the mark; None when it is marked already. Raises UploadRefused when it cannot be written."""
    content.seek(0)
    with tempfile.NamedTemporaryFile(suffix=kind.ending) as source:
        shutil.copyfileobj(content, source)
        source.flush()
        content.seek(0)
        if is_marked(source.name, kind):
            return None
    made = copied(content, kind, ["-map", "0", "-metadata", f"comment={COMMENT}"])
    if made is None:
        raise UploadRefused(
            _("Không ghi được dấu “do máy tạo” vào tệp. Vui lòng xuất lại tệp từ phần mềm dựng rồi tải lên."),
            "upload",
        )
    return made


def is_marked(path: str, kind: FileType) -> bool:
    """Return whether the file says already that a machine made it."""
    done = fenced_ffmpeg.run(["-v", "error"], path, ["-f", "ffmetadata", "-"], kind, _SECONDS)
    return TERM.encode() in done.stdout
