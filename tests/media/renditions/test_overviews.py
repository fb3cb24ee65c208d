"""Contact sheets and waveforms: the whole recording at a glance, the same bytes each time."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from media.renditions.encoder import run_ffmpeg
from media.renditions.errors import EncodingFailed
from media.renditions.overviews import contact_sheet, waveform


@pytest.fixture
def clip(tmp_path) -> Path:
    """Three seconds red, then three seconds blue, with a tone in the second half."""
    path = tmp_path / "mau.mp4"
    run_ffmpeg(
        [
            "-y", "-f", "lavfi", "-i", "color=red:s=320x180:d=3", "-f", "lavfi", "-i", "color=blue:s=320x180:d=3",
            "-f", "lavfi", "-i", "sine=440:d=3", "-filter_complex",
            "[0][1]concat=n=2:v=1[v];[2]adelay=3000,apad=whole_dur=6[a]", "-map", "[v]", "-map", "[a]", "-pix_fmt",
            "yuv420p", path,
        ],
        timeout=60,
    )  # fmt: skip
    return path


def test_sheet_shows_twelve_frames_from_beginning_to_end(clip, tmp_path):
    contact_sheet(clip, 6.0, tmp_path / "a.jpg")
    contact_sheet(clip, 6.0, tmp_path / "b.jpg")
    assert (tmp_path / "a.jpg").read_bytes() == (tmp_path / "b.jpg").read_bytes()
    with Image.open(tmp_path / "a.jpg") as sheet:
        assert sheet.size == (4 * 320 + 5 * 8, 3 * 180 + 4 * 8)
        first, last = sheet.getpixel((168, 98)), sheet.getpixel((3 * 328 + 168, 2 * 188 + 98))
    assert first[0] > 200 > 60 > first[2]
    assert last[2] > 200 > 60 > last[0]


def test_waveform_shows_where_there_is_sound(clip, tmp_path):
    waveform(clip, 6.0, tmp_path / "a.png")
    with Image.open(tmp_path / "a.png") as picture:
        assert picture.size == (1280, 240)
        grey = picture.convert("L")
        silent, loud = grey.crop((50, 0, 590, 240)).getextrema(), grey.crop((690, 0, 1230, 240)).getextrema()
    assert (silent[1], loud[0] < 200) == (255, True)
    dark = sum(1 for value in grey.crop((690, 0, 1230, 240)).getdata() if value < 200)
    quiet = sum(1 for value in grey.crop((50, 0, 590, 240)).getdata() if value < 200)
    assert dark > 10 * max(1, quiet)


def test_clip_without_sound_has_no_waveform(tmp_path):
    path = tmp_path / "cam.mp4"
    run_ffmpeg(
        ["-y", "-f", "lavfi", "-i", "color=red:s=320x180:d=1", "-pix_fmt", "yuv420p", path], timeout=60
    )
    with pytest.raises(EncodingFailed):
        waveform(path, 1.0, tmp_path / "a.png")
