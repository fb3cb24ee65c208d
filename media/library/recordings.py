"""Clips and sounds: how long, how large, whether they play to the end, and a frame that stands for them."""

from __future__ import annotations

import io
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _
from PIL import Image

from cms.core.errors import UploadRefused
from cms.core.upload_checks import CLIPS, SOUNDS, FileType, shown_name
from media.library import fenced_ffmpeg

SECONDS_TO_LOOK: Final = 60
LONGEST_SECONDS: Final = 4 * 3600
#: Larger frames no channel takes, and each costs as much memory as a large photograph.
LARGEST_SIDE: Final = 8192

_DURATION = re.compile(r"Duration: (\d+):(\d\d):(\d\d(?:\.\d+)?)")
_PICTURE = re.compile(r"Stream #\S+.*Video: .*?\b(\d{2,5})x(\d{2,5})\b")
_SOUND = re.compile(r"Stream #\S+.*Audio: ")


@dataclass(frozen=True, slots=True)
class Recording:
    """What was found in a clip or a sound; width and height are None for a sound."""

    seconds: float
    width: int | None
    height: int | None


def look_at(path: Path, kind: FileType, field: str | None = None, name: str = "") -> Recording:
    """Return what the recording at `path` holds. Raises UploadRefused when it can not be played to its end."""
    shown = {"name": shown_name(name)}
    said = _ffmpeg(["-i", str(path)], path, kind).stderr.decode(errors="replace")
    length, picture = _DURATION.search(said), _PICTURE.search(said)
    moves, sounds = kind in CLIPS, kind in SOUNDS
    if length is None or (moves and picture is None) or (sounds and not _SOUND.search(said)):
        raise UploadRefused(_broken(kind) % shown, field)
    seconds = int(length[1]) * 3600 + int(length[2]) * 60 + float(length[3])
    if seconds > LONGEST_SECONDS:
        raise UploadRefused(
            _("Tệp %(name)s dài quá 4 giờ. Vui lòng cắt ngắn trước khi tải lên.") % shown, field
        )
    if moves and picture is not None and max(int(picture[1]), int(picture[2])) > LARGEST_SIDE:
        raise UploadRefused(
            _(
                "Khung hình của video %(name)s lớn hơn %(most)d điểm mỗi chiều. Vui lòng xuất lại với khung nhỏ hơn."
            )
            % {**shown, "most": LARGEST_SIDE},
            field,
        )
    if seconds <= 0 or not _plays_to_the_end(path, kind, seconds):
        raise UploadRefused(_broken(kind) % shown, field)
    if not moves:
        return Recording(seconds, None, None)
    return Recording(seconds, int(picture[1]), int(picture[2]))  # type: ignore[index]


def frame_of(path: Path, kind: FileType, seconds: float) -> io.BytesIO | None:
    """Return one frame of the clip, a little after its beginning, as PNG; None when none can be read."""
    at = min(1.0, seconds / 2)
    done = _ffmpeg(
        [
            "-ss",
            f"{at:.2f}",
            "-i",
            str(path),
            "-frames:v",
            "1",
            "-vf",
            "scale='min(1280,iw)':-2",
            "-f",
            "image2pipe",
            "-c:v",
            "png",
            "pipe:1",
        ],
        path,
        kind,
    )
    return io.BytesIO(done.stdout) if done.stdout.startswith(b"\x89PNG") else None


def grey_frame(path: Path, kind: FileType, moment: float) -> Image.Image | None:
    """Return the frame of the clip at `moment` seconds in grey, no side over 1920 points; None when none can be read."""
    done = _ffmpeg(
        ["-ss", f"{moment:.2f}", "-i", str(path), "-frames:v", "1",
         "-vf", "scale=w='min(1920,iw)':h='min(1920,ih)':force_original_aspect_ratio=decrease",
         "-pix_fmt", "gray", "-f", "image2pipe", "-c:v", "pgm", "pipe:1"],
        path, kind,
    )  # fmt: skip
    if not done.stdout.startswith(b"P5"):
        return None
    with Image.open(io.BytesIO(done.stdout), formats=["PPM"]) as picture:
        picture.load()
        return picture.copy()


def _plays_to_the_end(path: Path, kind: FileType, seconds: float) -> bool:
    """Decode the last two seconds: a recording that was cut off has an index of what is no longer there."""
    start = max(0.0, seconds - 2)
    done = _ffmpeg(["-xerror", "-ss", f"{start:.2f}", "-i", str(path), "-f", "null", "-"], path, kind)
    return done.returncode == 0


def _ffmpeg(arguments: list[str], path: Path, kind: FileType) -> subprocess.CompletedProcess[bytes]:
    first = arguments.index("-i")
    return fenced_ffmpeg.run(arguments[:first], path, arguments[first + 2 :], kind, SECONDS_TO_LOOK)


def _broken(kind: FileType) -> str:
    if kind in CLIPS:
        return _(
            "Video %(name)s bị hỏng hoặc bị thiếu phần cuối nên không phát được. Vui lòng tải lại tệp đầy đủ."
        )
    return _(
        "Âm thanh %(name)s bị hỏng hoặc bị thiếu phần cuối nên không phát được. Vui lòng tải lại tệp đầy đủ."
    )
