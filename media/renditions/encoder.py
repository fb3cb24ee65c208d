"""Runs the ffmpeg that comes with imageio-ffmpeg: with a time limit, a memory limit, progress, and nothing
left behind.
"""

import os
import resource
import signal
import subprocess
import tempfile
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import imageio_ffmpeg

from .errors import EncodingFailed, EncodingTimedOut

Progress = Callable[[float], None]

#: Address space, in bytes, that one ffmpeg may take. It is a fence against hostile input, not a budget: thread stacks
#: and allocator arenas count here long before they are touched.
MEMORY_LIMIT = 6_000_000_000
_TAIL = 2000


def ffmpeg_path() -> str:
    """The bundled program; no ffmpeg of the system is needed."""
    return imageio_ffmpeg.get_ffmpeg_exe()


def run_ffmpeg(
    arguments: Sequence[str | Path],
    *,
    timeout: float,
    seconds: float | None = None,
    progress: Progress | None = None,
    verbosity: str = "error",
    memory: int = MEMORY_LIMIT,
) -> str:
    """Runs ffmpeg and gives what it wrote to its error stream.

    `progress` hears shares from 0 to 1 of the output's `seconds`; an exception it raises stops the
    encoding and travels on (that is how a job is cancelled). ffmpeg may only open files and pipes. `memory` is the
    address space in bytes it may take. Raises EncodingTimedOut after `timeout` seconds and EncodingFailed when ffmpeg
    ends with an error.
    """
    command = [ffmpeg_path(), "-hide_banner", "-nostdin", "-nostats", "-v", verbosity, "-progress", "pipe:1"]
    command += [str(argument) for argument in arguments]
    late = threading.Event()
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(  # noqa: S603 (our own program and arguments, no shell)
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            start_new_session=True,
            # One arena per thread would reserve 64 MB for each of the many decoders.
            env={**os.environ, "MALLOC_ARENA_MAX": "2"},
        )
        _limit_memory(process.pid, memory)

        def stop() -> None:
            late.set()
            _kill(process)

        watch = threading.Timer(timeout, stop)
        watch.daemon = True
        watch.start()
        try:
            assert process.stdout is not None
            for line in process.stdout:
                name, _, value = line.decode("ascii", "replace").strip().partition("=")
                if progress and seconds and name == "out_time_us" and value.isdigit():
                    progress(min(1.0, int(value) / 1e6 / seconds))
            code = process.wait()
        finally:
            watch.cancel()
            if process.poll() is None:
                _kill(process)
                process.wait()
            if process.stdout is not None:
                process.stdout.close()
        errors.seek(0)
        said = errors.read().decode("utf-8", "replace")
    if late.is_set():
        raise EncodingTimedOut(
            f"Xử lý âm thanh, hình ảnh quá {timeout:g} giây nên đã dừng. Vui lòng thử lại sau.", said[-_TAIL:]
        )
    if code != 0:
        raise EncodingFailed(
            "Không xử lý được âm thanh, hình ảnh. Vui lòng kiểm tra lại tệp nguồn.", said[-_TAIL:]
        )
    return said


def _limit_memory(pid: int, most: int) -> None:
    try:
        resource.prlimit(pid, resource.RLIMIT_AS, (most, most))
    except (ProcessLookupError, PermissionError, ValueError, AttributeError):
        # Gone already, or a system without this limit: the time limit still holds.
        return


def _kill(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        process.kill()
