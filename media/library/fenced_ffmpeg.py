"""Runs the bundled ffmpeg on what a stranger uploaded: the reader named, files only, limits of time and memory."""

from __future__ import annotations

import os
import resource
import subprocess
from pathlib import Path
from typing import Final

from imageio_ffmpeg import get_ffmpeg_exe

from cms.core.upload_checks import FileType

#: Address space one run may take, in bytes: far more than a film of 8192 points a side, far less than a server has.
MEMORY: Final = 4_000_000_000

# The reader is named, so that a playlist can not pass for a clip and make ffmpeg open other files.
READERS: Final = {
    "video/mp4": "mov",
    "audio/mp4": "mov",
    "video/webm": "matroska",
    "audio/mpeg": "mp3",
    "audio/wav": "wav",
    "audio/ogg": "ogg",
}


def run(
    before: list[str], source: str | Path, after: list[str], kind: FileType, seconds: float
) -> subprocess.CompletedProcess[bytes]:
    """Return how ffmpeg ended that read `source` as `kind`; `before` and `after` are its other arguments.

    One that took longer than `seconds` or more than MEMORY ended with an error."""
    command = [
        get_ffmpeg_exe(), "-hide_banner", "-nostdin", "-threads", "1", *before,
        "-protocol_whitelist", "file,pipe", "-f", READERS[kind.media_type], "-i", str(source), *after,
    ]  # fmt: skip
    # One arena per thread would reserve 64 MB for each of the many decoders.
    environment = {**os.environ, "MALLOC_ARENA_MAX": "2"}
    with subprocess.Popen(  # noqa: S603 (our own program and arguments, no shell)
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as process:
        _limit(process.pid)
        try:
            out, said = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return subprocess.CompletedProcess(command, 1, b"", b"")
        return subprocess.CompletedProcess(command, process.returncode, out, said)


def _limit(pid: int) -> None:
    try:
        resource.prlimit(pid, resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (ProcessLookupError, PermissionError, ValueError, AttributeError):
        # Gone already, or a system without this limit: the time limit still holds.
        return
