"""Uploaded clips cut for channels: shape, length, loudness, captions where they belong; stopped and gone on with."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from PIL import Image

from media.renditions import recut_plan
from media.renditions.captions import Cue
from media.renditions.content import CardContent
from media.renditions.encoder import run_ffmpeg
from media.renditions.errors import EncodingFailed, EncodingTimedOut
from media.renditions.probing import probe
from media.renditions.recipes import ClipRecipe
from media.renditions.recut_plan import Fit, Piece, PieceKind, pieces, source_graph
from media.renditions.recutting import Recut, fitting_card, recut
from media.renditions.sound import loudness_of

TALL = ClipRecipe("tall", "thử dọc", 180, 320, fps=10, preset="ultrafast")
PLENTY = 3_000_000_000


@pytest.fixture(scope="module")
def source(tmp_path_factory) -> Path:
    """Four seconds of quiet sound over red."""
    path = tmp_path_factory.mktemp("nguon") / "nguon.mp4"
    run_ffmpeg(
        [
            "-y", "-f", "lavfi", "-i", "color=red:s=320x180:r=25:d=4", "-f", "lavfi", "-i", "sine=f=440:d=4", "-af",
            "volume=0.1", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac", path,
        ],
        timeout=60,
    )  # fmt: skip
    return path


def frame(clip: Path, at: float) -> Image.Image:
    target = clip.with_suffix(f".{at}.png")
    run_ffmpeg(["-y", "-ss", str(at), "-i", clip, "-frames:v", "1", "-update", "1", target], timeout=30)
    with Image.open(target) as picture:
        return picture.convert("RGB")


def wanted(tmp_path: Path, **more) -> Recut:
    logo = tmp_path / "bieu-trung.png"
    Image.new("RGB", (60, 60), "#00ff00").save(logo)
    return Recut(
        TALL, captions=(Cue(1.0, 3.0, ("Mời bà con",)),), logo=logo,
        intro=CardContent(title="Nộp hồ sơ"), end=CardContent(title="Gọi 1022"), **more,
    )  # fmt: skip


def test_a_clip_is_cut_into_pieces_of_whole_frames():
    assert pieces(130.0, 25, intro=True, end=True) == (
        Piece(PieceKind.INTRO, 0.0, 65),
        Piece(PieceKind.SOURCE, 0.0, 1500),
        Piece(PieceKind.SOURCE, 60.0, 1500),
        Piece(PieceKind.SOURCE, 120.0, 250),
        Piece(PieceKind.END, 0.0, 65),
    )


def test_the_same_shape_gets_no_ground_and_filling_keeps_the_focal_point():
    wide = ClipRecipe("w", "", 1280, 720)
    assert source_graph(wide, 1920, 1080, Fit.WHOLE, (0.5, 0.5), ()).startswith(
        "[0:v]scale=1280:720[fitted];"
    )
    filled = source_graph(TALL, 1920, 1080, Fit.FILL, (0.2, 0.7), ())
    assert "crop=180:320:x='clip(iw*0.2000-ow/2,0,iw-ow)':y='clip(ih*0.7000-oh/2,0,ih-oh)'" in filled
    assert "boxblur" not in filled


def test_an_upright_clip_has_cards_logo_captions_in_their_time_and_the_promised_loudness(source, tmp_path):
    target, heard = tmp_path / "dung.mp4", []
    seconds = recut(
        source, wanted(tmp_path), tmp_path, target, progress=heard.append, timeout=120, memory=PLENTY
    )
    found = probe(target)
    assert seconds == 9.2
    assert (found.width, found.height, found.duration) == (180, 320, 9.2)
    assert heard == sorted(heard)
    assert heard[-1] == 1.0
    assert loudness_of(source).integrated < -35
    assert loudness_of(target).integrated == pytest.approx(-16, abs=1)
    # The opening card is blue; the source stands whole in the middle; the logo lies on its white tile in the corner.
    assert frame(target, 1.3).getpixel((90, 20))[2] > 90
    middle = frame(target, 4.4)
    assert middle.getpixel((90, 160))[0] > 200
    assert middle.getpixel((12, 12))[1] > 200
    # The caption's dark box stands there from second 1 to 3 of the source, which begins after 2.6 s.
    box = (60, 262, 120, 288)
    dark = [min(pixel[0] for pixel in frame(target, at).crop(box).getdata()) for at in (3.0, 4.6, 6.2)]
    assert dark[1] < 40
    assert min(dark[0], dark[2]) > 60


def test_a_stopped_job_goes_on_after_its_finished_pieces_and_gives_the_same_bytes(
    source, tmp_path, monkeypatch
):
    monkeypatch.setattr(recut_plan, "PIECE_SECONDS", 2)
    whole, folder = tmp_path / "mot-lan", tmp_path / "hai-lan"
    whole.mkdir()
    folder.mkdir()
    order = wanted(tmp_path)
    recut(source, order, whole, whole / "tp.mp4", timeout=120, memory=PLENTY)

    def stop(share: float) -> None:
        if (folder / "0001.mp4").exists():
            raise InterruptedError

    with pytest.raises(InterruptedError):
        recut(source, order, folder, folder / "tp.mp4", progress=stop, timeout=120, memory=PLENTY)
    assert not (folder / "tp.mp4").exists()
    kept = {path.name: path.stat().st_mtime_ns for path in folder.glob("0*.mp4")}
    assert sorted(kept) == ["0000.mp4", "0001.mp4"]
    recut(source, order, folder, folder / "tp.mp4", timeout=120, memory=PLENTY)
    assert {name: (folder / name).stat().st_mtime_ns for name in kept} == kept
    digests = [hashlib.sha256((each / "tp.mp4").read_bytes()).hexdigest() for each in (whole, folder)]
    assert digests[0] == digests[1]


@pytest.mark.parametrize(
    ("limits", "error", "sentence"),
    [
        ({"timeout": 0.3, "memory": PLENTY}, EncodingTimedOut, "nên đã dừng"),
        ({"timeout": 60, "memory": 90_000_000}, EncodingFailed, "Không xử lý được"),
    ],
)
def test_a_job_over_its_time_or_memory_ends_with_a_sentence_and_leaves_no_half_file(
    source, tmp_path, limits, error, sentence
):
    with pytest.raises(error, match=sentence):
        recut(source, wanted(tmp_path), tmp_path, tmp_path / "tp.mp4", **limits)
    assert not (tmp_path / "tp.mp4").exists()
    assert list(tmp_path.glob(".*part*")) == []


def test_a_clip_without_sound_gets_a_silent_track(tmp_path):
    mute = tmp_path / "im.mp4"
    run_ffmpeg(
        [
            "-y",
            "-f",
            "lavfi",
            "-i",
            "color=blue:s=320x180:r=25:d=1",
            "-c:v",
            "libx264",
            "-pix_fmt",
            "yuv420p",
            mute,
        ],
        timeout=60,
    )
    recut(mute, Recut(TALL), tmp_path, tmp_path / "tp.mp4", timeout=60, memory=PLENTY)
    assert probe(tmp_path / "tp.mp4").audio_codec == "aac"
    assert loudness_of(tmp_path / "tp.mp4").silent


def test_a_title_without_room_is_cut_at_a_word():
    card = fitting_card(
        CardContent(title="Hướng dẫn nộp hồ sơ trực tuyến " * 14), ClipRecipe("t", "", 1080, 1080)
    )
    assert card.title.endswith("…")
    assert len(card.title) > 60
