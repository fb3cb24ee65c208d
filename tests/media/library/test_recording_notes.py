"""What phones, recorders and editors hang on a clip or sound is not kept: places, numbers, cover pictures, chapters."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pytest
from imageio_ffmpeg import get_ffmpeg_exe
from PIL import Image

from cms.core.errors import UploadRefused
from media.library import fenced_ffmpeg, uploads
from media.library.recordings import LARGEST_SIDE

SECRET = "goi rieng 0912345678"
FORMS = {
    "a.mp3": ["-id3v2_version", "3"],
    "a.ogg": ["-c:a", "libvorbis"],
    "a.wav": [],
    "a.webm": [
        "-f",
        "lavfi",
        "-i",
        "testsrc2=size=96x64:rate=10:duration=2",
        "-c:v",
        "libvpx",
        "-c:a",
        "libvorbis",
    ],
}


def made(path: Path, *arguments: str) -> Path:
    subprocess.run([get_ffmpeg_exe(), "-v", "error", "-y", *arguments, str(path)], check=True, timeout=60)
    return path


def cover(folder: Path) -> Path:
    """A picture that says where it was taken."""
    exif = Image.Exif()
    exif.get_ifd(0x8825)[2] = (21.0, 1.0, 42.0)
    Image.new("RGB", (120, 120), "red").save(folder / "bia.jpg", exif=exif)
    return folder / "bia.jpg"


def kept(path: Path) -> bytes:
    with path.open("rb") as file:
        content = uploads.check_recording(file, "upload", path.name, moving=path.suffix == ".webm").content
        content.seek(0)
        return content.read()


@pytest.mark.parametrize("name", FORMS)
def test_notes_go_and_the_recording_stays_the_same_each_time(tmp_path, name):
    source = ["-f", "lavfi", "-i", "sine=frequency=440:duration=2"]
    path = made(tmp_path / name, *source, *FORMS[name], "-metadata", f"comment={SECRET}")
    assert any(SECRET.encode(form) in path.read_bytes() for form in ("ascii", "utf-16-le"))
    bare = kept(path)
    assert not any(SECRET.encode(form) in bare for form in ("ascii", "utf-16-le"))
    assert bare == kept(path)
    assert len(bare) > 0.8 * path.stat().st_size


def test_a_cover_picture_with_a_place_is_not_kept(tmp_path):
    path = made(
        tmp_path / "a.mp3", "-f", "lavfi", "-i", "sine=duration=2", "-i", str(cover(tmp_path)), "-map", "0", "-map", "1",
        "-c:v", "copy", "-disposition:v", "attached_pic",
    )  # fmt: skip
    assert b"Exif" in path.read_bytes()
    assert b"Exif" not in kept(path)


def test_a_clip_whose_frames_would_fill_the_memory_is_refused_before_it_is_played(tmp_path, monkeypatch):
    wide = made(tmp_path / "rong.mp4", "-f", "lavfi", "-i", f"color=red:s={LARGEST_SIDE + 8}x64:r=5:d=1")
    with pytest.raises(UploadRefused, match="lớn hơn 8192 điểm mỗi chiều"):
        kept(wide.rename(tmp_path / "rong.webm"))
    fine = made(tmp_path / "vua.mp4", "-f", "lavfi", "-i", "color=red:s=640x360:r=5:d=1").rename(
        tmp_path / "vua.webm"
    )
    monkeypatch.setattr(fenced_ffmpeg, "MEMORY", 30_000_000)
    with pytest.raises(UploadRefused, match="không phát được"):
        kept(fine)


def test_a_recording_that_cannot_be_written_anew_is_refused(monkeypatch, tmp_path):
    path = made(tmp_path / "a.mp3", "-f", "lavfi", "-i", "sine=duration=1")
    monkeypatch.setattr("media.library.recording_notes.copied", lambda *given: None)
    with pytest.raises(UploadRefused, match="Không bỏ được ghi chú"):
        uploads.check_recording(io.BytesIO(path.read_bytes()), "upload", "a.mp3", moving=False)
