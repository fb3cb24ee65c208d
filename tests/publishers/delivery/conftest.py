"""The imitated platforms for this room's tests, emptied before each, and a stage with posts that are due."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.contracts.platforms import Platforms
from tests.publishers.delivery.scene import Scene


@pytest.fixture(scope="session")
def running_platforms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platforms]:
    """The sandbox, started once."""
    platforms = Platforms.start(tmp_path_factory.mktemp("nen-tang"))
    yield platforms
    platforms.stop()


@pytest.fixture
def platforms(running_platforms: Platforms, settings) -> Platforms:
    """The sandbox, empty; the settings point at it."""
    running_platforms.control("POST", "reset", {})
    base = running_platforms.base
    settings.FACEBOOK_GRAPH_BASE = f"{base}/graph"
    settings.FACEBOOK_VIDEO_BASE = f"{base}/graph-video"
    settings.FACEBOOK_UPLOAD_BASE = f"{base}/rupload"
    settings.YOUTUBE_BASE = f"{base}/youtube"
    settings.ZALO_API_BASE = f"{base}/zalo"
    settings.ZALO_OAUTH_BASE = f"{base}/zalo-oauth"
    settings.GOOGLE_TOKEN_BASE = f"{base}/google-token"
    settings.PLATFORM_TIMEOUT = (2.0, 2.0)
    return running_platforms


@pytest.fixture
def scene(platforms: Platforms) -> Scene:
    """A stage for this test's channels and posts."""
    return Scene(platforms)
