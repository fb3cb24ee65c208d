"""One sandbox process for all contract tests, emptied before each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from publishers.adapters.youtube import upload
from tests.contracts.platforms import Platforms
from tests.contracts.samples import Samples
from tests.contracts.stage import Stage


@pytest.fixture(scope="session")
def running_platforms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platforms]:
    """The sandbox, started once."""
    platforms = Platforms.start(tmp_path_factory.mktemp("nen-tang"))
    yield platforms
    platforms.stop()


@pytest.fixture
def platforms(running_platforms: Platforms) -> Platforms:
    """The sandbox, empty."""
    running_platforms.control("POST", "reset", {})
    running_platforms.media.files.clear()
    return running_platforms


@pytest.fixture
def samples(platforms: Platforms, tmp_path: Path) -> Samples:
    """Registered accounts and requests that go out to them."""
    return Samples(platforms, tmp_path)


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken upload is taken up again at once."""
    monkeypatch.setattr(upload, "PAUSES", (0.0, 0.0, 0.0))


@pytest.fixture
def stage(
    platforms: Platforms, tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> Stage:  # fmt: skip
    """The sandbox, the settings that point at it, and files under the storage's root."""
    platforms.take_the_place_of_the_real_ones(settings, read_timeout=5.0)
    settings.PUBLIC_MEDIA_CHECK_BASE = platforms.media.base
    settings.MEDIA_ROOT = tmp_path
    return Stage(platforms, Samples(platforms, tmp_path), tmp_path, monkeypatch, caplog, settings)
