"""What is inside a video file, found out safely: first bytes, whole boxes, ffmpeg's words read by moviepy's
parser.

moviepy's own `ffmpeg_parse_infos` waits for ffmpeg without a time limit and lets it guess the format; so
ffmpeg is run here, told what to read, and moviepy's parser gets its words.
"""

import struct
from dataclasses import dataclass
from pathlib import Path

from .encoder import run_ffmpeg
from .errors import EncodingFailed, EncodingTimedOut, UnreadableClip

LONGEST_SECONDS = 4 * 3600.0
_ACCEPTED = "Hệ thống nhận video MP4, MOV và WebM."
_BROKEN = "Video bị hỏng hoặc chưa tải lên đủ. Vui lòng tải lại tệp video."


@dataclass(frozen=True, slots=True)
class Probe:
    """A playable video: seconds, frame size in pixels (as seen), frames per second, codec names."""

    duration: float
    width: int
    height: int
    fps: float
    video_codec: str
    audio_codec: str | None
    size_bytes: int

    @property
    def codecs(self) -> tuple[str, ...]:
        return (self.video_codec,) if self.audio_codec is None else (self.video_codec, self.audio_codec)


def probe(path: Path, *, timeout: float = 20.0) -> Probe:
    """Reads a video's facts and decodes its last second.

    Raises UnreadableClip with a Vietnamese sentence for a file that is no video, is cut off, claims to be
    longer than four hours, or has no picture.
    """
    from moviepy.video.io.ffmpeg_reader import FFmpegInfosParser  # heavy, and only needed here

    size = path.stat().st_size
    if size == 0:
        raise UnreadableClip("Tệp rỗng, không có nội dung. Vui lòng chọn lại tệp video.")
    demuxer = demuxer_of(path)
    if demuxer == "mov":
        _require_whole_boxes(path, size)
    source: list[str | Path] = ["-protocol_whitelist", "file", "-f", demuxer, "-i", path]
    try:
        said = run_ffmpeg([*source, "-frames:v", "1", "-f", "null", "-"], timeout=timeout, verbosity="info")
        # The parser knows only what ffmpeg says of its input.
        said = said.partition("Stream mapping:")[0].partition("Output #0")[0]
        facts = FFmpegInfosParser(said, str(path), fps_source="fps").parse()
    except EncodingTimedOut as error:
        raise UnreadableClip("Video cần quá nhiều thời gian để mở nên bị từ chối.") from error
    except (EncodingFailed, OSError, ValueError, KeyError, IndexError, AttributeError) as error:
        raise UnreadableClip(_BROKEN) from error
    duration = float(facts.get("duration") or 0)
    if not facts.get("video_found") or not facts.get("video_size"):
        raise UnreadableClip(f"Tệp này không có hình. {_ACCEPTED}")
    if duration <= 0:
        raise UnreadableClip("Video không cho biết độ dài. Vui lòng xuất lại video.")
    if duration > LONGEST_SECONDS:
        raise UnreadableClip(f"Video dài quá {LONGEST_SECONDS / 3600:.0f} giờ nên không được nhận.")
    _require_playable_end(path, demuxer, duration, timeout)
    width, height = (int(side) for side in facts["video_size"])
    if abs(int(facts.get("video_rotation") or 0)) % 180 == 90:
        width, height = height, width
    return Probe(
        duration=round(duration, 3),
        width=width,
        height=height,
        fps=float(facts.get("video_fps") or 0),
        video_codec=str(facts.get("video_codec_name") or ""),
        audio_codec=_audio_codec(said) if facts.get("audio_found") else None,
        size_bytes=size,
    )


def demuxer_of(path: Path) -> str:
    """Return ffmpeg's name of the reader for the clip, told by its first bytes. Raises UnreadableClip for anything else."""
    with path.open("rb") as file:
        head = file.read(16)
    if head[4:8] == b"ftyp":
        return "mov"
    if head[:4] == b"\x1a\x45\xdf\xa3":
        return "matroska"
    if head.lstrip(b"\xef\xbb\xbf").startswith((b"#EXTM3U", b"ffconcat")):
        raise UnreadableClip(f"Danh sách phát không phải là video. {_ACCEPTED}")
    raise UnreadableClip(f"Tệp này không phải là video. {_ACCEPTED}")


def _require_whole_boxes(path: Path, size: int) -> None:
    """An MP4 is a row of boxes that tell their length; a cut-off file ends inside one."""
    seen: set[bytes] = set()
    at = 0
    with path.open("rb") as file:
        for _ in range(100_000):
            if at == size:
                break
            file.seek(at)
            head = file.read(16)
            if len(head) < 8:
                raise UnreadableClip(_BROKEN)
            length, name = struct.unpack(">I4s", head[:8])
            if length == 1 and len(head) == 16:
                length = struct.unpack(">Q", head[8:16])[0]
            elif length == 0:
                length = size - at
            if length < 8 or at + length > size:
                raise UnreadableClip(_BROKEN)
            seen.add(name)
            at += length
    if not {b"moov", b"mdat"} <= seen and b"moof" not in seen:
        raise UnreadableClip(_BROKEN)


def _require_playable_end(path: Path, demuxer: str, duration: float, timeout: float) -> None:
    start = max(0.0, duration - 1.0)
    arguments: list[str | Path] = [
        "-xerror",
        "-protocol_whitelist",
        "file",
        "-f",
        demuxer,
        "-ss",
        f"{start:.3f}",
    ]
    arguments += ["-i", path, "-map", "0:v:0", "-f", "null", "-"]
    try:
        said = run_ffmpeg(arguments, timeout=timeout)
    except EncodingTimedOut as error:
        raise UnreadableClip("Video cần quá nhiều thời gian để mở nên bị từ chối.") from error
    except EncodingFailed as error:
        raise UnreadableClip(_BROKEN) from error
    if "File ended prematurely" in said or "Invalid data" in said:
        raise UnreadableClip(_BROKEN)


def _audio_codec(said: str) -> str | None:
    for line in said.splitlines():
        if " Audio: " in line and "Stream #0" in line:
            return line.split(" Audio: ", 1)[1].replace(",", " ").split()[0]
    return None
