"""A recording at a glance: frames of a clip on one sheet, the waveform of a sound. Drawn by ffmpeg in one run each; the
same recording gives the same bytes."""

from __future__ import annotations

from pathlib import Path

from .encoder import run_ffmpeg
from .errors import EncodingFailed

COLUMNS, ROWS = 4, 3
_FRAME = 320
_SECONDS = 300.0
_STEADY = ("-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact")


def contact_sheet(source: Path, seconds: float, target: Path) -> None:
    """Write twelve frames of the clip, evenly spread, as one picture. Raises EncodingFailed."""
    count = COLUMNS * ROWS
    # One frame in the middle of each twelfth: neither the fade at the beginning nor the last black one.
    rate = count / max(seconds, 0.1)
    _drawn(
        [
            "-y", "-protocol_whitelist", "file", "-i", source, "-an", "-vf",
            f"fps={rate:.6f}:round=near:start_time={1 / rate / 2:.6f},scale={_FRAME}:-2,"
            f"tpad=stop={count}:stop_mode=clone,tile={COLUMNS}x{ROWS}:padding=8:margin=8:color=white",
            "-frames:v", "1", "-q:v", "4", *_STEADY, "-f", "image2", "-update", "1", "-c:v", "mjpeg", target,
        ],
        target,
    )  # fmt: skip


def waveform(source: Path, seconds: float, target: Path) -> None:
    """Write the waveform as a picture of 1280 × 240. Raises EncodingFailed for a recording without sound."""
    _drawn(
        [
            "-y", "-protocol_whitelist", "file", "-i", source, "-filter_complex",
            "[0:a:0]aformat=channel_layouts=mono,showwavespic=s=1280x240:colors=#0B4F8A[wave];"
            "color=white:s=1280x240[ground];[ground][wave]overlay=format=auto:shortest=1",
            "-frames:v", "1", *_STEADY, "-f", "image2", "-update", "1", "-c:v", "png", target,
        ],
        target,
    )  # fmt: skip


def _drawn(arguments: list[str | Path], target: Path) -> None:
    run_ffmpeg(arguments, timeout=_SECONDS)
    if not target.exists() or not target.stat().st_size:
        raise EncodingFailed("Không vẽ được hình tổng quan của tệp.")
