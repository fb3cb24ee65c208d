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


@pytest.fixture
def stage(
    platforms: Platforms, tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> Stage:  # fmt: skip
    """The sandbox, the settings that point at it, and files under the storage's root."""
    base = platforms.base
    settings.FACEBOOK_GRAPH_BASE = f"{base}/graph"
    settings.FACEBOOK_VIDEO_BASE = f"{base}/graph-video"
    settings.FACEBOOK_UPLOAD_BASE = f"{base}/rupload"
    settings.YOUTUBE_BASE = f"{base}/youtube"
    settings.ZALO_API_BASE = f"{base}/zalo"
    settings.ZALO_OAUTH_BASE = f"{base}/zalo-oauth"
    settings.GOOGLE_TOKEN_BASE = f"{base}/google-token"
    settings.PUBLIC_MEDIA_CHECK_BASE = platforms.media.base
    settings.PLATFORM_TIMEOUT = (2.0, 5.0)
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(upload, "PAUSES", (0.0, 0.0, 0.0))
    return Stage(platforms, Samples(platforms, tmp_path), tmp_path, monkeypatch, caplog, settings)
