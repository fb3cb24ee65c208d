"""Says inside the file of a clip or sound that a machine made it: a comment in the container with the IPTC term. The
streams are copied as they are; the same file marked twice is the same file."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from typing import BinaryIO, Final

from django.utils.translation import gettext as _
from imageio_ffmpeg import get_ffmpeg_exe

from cms.core.errors import UploadRefused
from cms.core.upload_checks import FileType
from media.library.recordings import READERS

TERM: Final = "trainedAlgorithmicMedia"
COMMENT: Final = f"Hình hoặc giọng do máy tạo ({TERM})"
#: Copying a gigabyte takes seconds; a file that takes longer is broken.
_SECONDS: Final = 180
_WRITERS: Final = {
    "video/mp4": "mp4",
    "audio/mp4": "ipod",
    "video/webm": "webm",
    "audio/mpeg": "mp3",
    "audio/wav": "wav",
    "audio/ogg": "ogg",
}


def marked(content: BinaryIO, kind: FileType) -> BinaryIO | None:
    """Return a file with the mark; None when it is marked already. Raises UploadRefused when it cannot be written."""
    content.seek(0)
    with tempfile.NamedTemporaryFile(suffix=kind.ending) as source:
        shutil.copyfileobj(content, source)
        source.flush()
        content.seek(0)
        if is_marked(source.name, kind):
            return None
        target = tempfile.NamedTemporaryFile(suffix=kind.ending)  # noqa: SIM115 (whoever keeps it closes it)
        command = [
            get_ffmpeg_exe(), "-v", "error", "-nostdin", "-y", "-protocol_whitelist", "file", "-f",
            READERS[kind.media_type], "-i", source.name, "-map", "0", "-c", "copy", "-fflags", "+bitexact",
            "-metadata", f"comment={COMMENT}", "-movflags", "+faststart", "-f", _WRITERS[kind.media_type], target.name,
        ]  # fmt: skip
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)  # noqa: S603 (our own program)
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
            target.close()
            raise UploadRefused(
                _(
                    "Không ghi được dấu “do máy tạo” vào tệp. Vui lòng xuất lại tệp từ phần mềm dựng rồi tải lên."
                ),
                "upload",
            ) from None
    target.seek(0)
    return target  # type: ignore[return-value]


def is_marked(path: str, kind: FileType) -> bool:
    """Return whether the file says already that a machine made it."""
    command = [
        get_ffmpeg_exe(), "-v", "error", "-nostdin", "-protocol_whitelist", "file,pipe", "-f",
        READERS[kind.media_type], "-i", path, "-f", "ffmetadata", "-",
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, timeout=_SECONDS)  # noqa: S603 (our own program)
    return TERM.encode() in done.stdout
