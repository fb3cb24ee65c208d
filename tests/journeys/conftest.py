"""What the journeys share: imitated platforms, uploads in a folder of their own, small real recordings."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from imageio_ffmpeg import get_ffmpeg_exe

from tests.publishers.delivery.conftest import platforms, running_platforms, scene

__all__ = ["platforms", "running_platforms", "scene"]


def made_clip(folder: Path, form: str) -> bytes:
    """A clip of one second that says where it was taken, as phones write it: in boxes of QuickTime ("mov") or MP4."""
    path = folder / f"may-anh.{form}"
    flags = "+faststart" if form == "mov" else "+faststart+use_metadata_tags"
    command = [
        get_ffmpeg_exe(), "-v", "error", "-y", "-f", "lavfi", "-i", "testsrc2=size=128x96:rate=10:duration=1",
        "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p",
        "-metadata", "location=+21.0285+105.8542/", "-metadata", "comment=ghi-chu-rieng-cua-may",
        "-movflags", flags, "-f", form, str(path),
    ]  # fmt: skip
    subprocess.run(command, check=True, timeout=60)
    return path.read_bytes()


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A small real clip."""
    return made_clip(tmp_path_factory.mktemp("clip"), "mp4")


@pytest.fixture(scope="session", params=["mov", "mp4"])
def clip_with_a_place(request, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A small real clip in both ways of noting the place."""
    return made_clip(tmp_path_factory.mktemp("clip"), request.param)


@pytest.fixture
def kept_folder(settings, tmp_path: Path) -> Path:
    """The folder that holds every uploaded file of this test."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def training(settings) -> None:
    """Signing in without a second factor: enrolment has tests of its own."""
    settings.TRAINING_MODE = True
