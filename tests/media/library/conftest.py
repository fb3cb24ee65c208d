"""Files and people the library's tests share. Clips are made once per run by the bundled ffmpeg."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from imageio_ffmpeg import get_ffmpeg_exe

from cms.accounts.models import Role
from tests.factories.cms import MembershipFactory, OrganisationFactory, PlaceFactory


def _made(path: Path, *arguments: str) -> bytes:
    subprocess.run([get_ffmpeg_exe(), "-v", "error", "-y", *arguments, str(path)], check=True, timeout=60)
    return path.read_bytes()


@pytest.fixture(scope="session")
def clip_bytes(tmp_path_factory) -> bytes:
    """A clip of three seconds, index first (as phones and editors that mean well write it), with sound."""
    return _made(
        tmp_path_factory.mktemp("clip") / "mau.mp4",
        "-f",
        "lavfi",
        "-i",
        "testsrc2=size=320x240:rate=10:duration=3",
        "-f",
        "lavfi",
        "-i",
        "sine=frequency=440:duration=3",
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
        "-pix_fmt",
        "yuv420p",
        "-c:a",
        "aac",
        "-shortest",
        "-movflags",
        "+faststart",
    )


@pytest.fixture(scope="session")
def sound_bytes(tmp_path_factory) -> bytes:
    return _made(
        tmp_path_factory.mktemp("sound") / "mau.mp3", "-f", "lavfi", "-i", "sine=frequency=440:duration=2"
    )


@pytest.fixture(autouse=True)
def own_media_folder(settings, tmp_path):
    """Every test keeps its files in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def kept_files(own_media_folder):
    """Return a function that lists the blobs on disk."""

    def names() -> list[str]:
        folder = own_media_folder / "blobs"
        return sorted(path.name for path in folder.rglob("*") if path.is_file()) if folder.exists() else []

    return names


@pytest.fixture
def centre(db):
    """The central body, which leads everywhere."""
    return OrganisationFactory(name="Cơ quan trung ương mẫu", leads=True)


@pytest.fixture
def province(centre):
    """A body that leads its province."""
    return OrganisationFactory(name="Sở mẫu tỉnh A", place=PlaceFactory(province=True), leads=True)


@pytest.fixture
def other_province(centre):
    """A body of another province."""
    return OrganisationFactory(name="Sở mẫu tỉnh B", place=PlaceFactory(province=True), leads=True)


@pytest.fixture
def central_editor(centre):
    return MembershipFactory(organisation=centre, role=Role.CENTRAL_EDITOR).user


@pytest.fixture
def communicator(province):
    return MembershipFactory(organisation=province, role=Role.PROVINCIAL_COMMUNICATOR).user


@pytest.fixture
def neighbour(other_province):
    return MembershipFactory(organisation=other_province, role=Role.PROVINCIAL_COMMUNICATOR).user
