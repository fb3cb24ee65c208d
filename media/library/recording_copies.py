"""Copies of clips and sounds in a fresh container: the same streams, not encoded again, with these notes and no others.
The same recording with the same notes gives the same bytes."""

from __future__ import annotations

import shutil
import tempfile
from typing import BinaryIO, Final

from cms.core.upload_checks import FileType
from media.library import fenced_ffmpeg

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


def copied(content: BinaryIO, kind: FileType, arguments: list[str]) -> BinaryIO | None:
    """Return a copy of `content`, which is left at its beginning; `arguments` tell ffmpeg what to take over. None when
    it cannot be copied."""
    content.seek(0)
    with tempfile.NamedTemporaryFile(suffix=kind.ending) as source:
        shutil.copyfileobj(content, source)
        source.flush()
        content.seek(0)
        target = tempfile.NamedTemporaryFile(suffix=kind.ending)  # noqa: SIM115 (whoever keeps it closes it)
        writer = ["-movflags", "+faststart", "-f", _WRITERS[kind.media_type], target.name]
        steady = ["-c", "copy", "-fflags", "+bitexact"]
        done = fenced_ffmpeg.run(
            ["-v", "error", "-y"], source.name, [*steady, *arguments, *writer], kind, _SECONDS
        )
    if done.returncode or not target.seek(0, 2):
        target.close()
        return None
    target.seek(0)
    return target  # type: ignore[return-value]
