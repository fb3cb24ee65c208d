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
    running_platforms.take_the_place_of_the_real_ones(settings, read_timeout=2.0)
    return running_platforms


@pytest.fixture
def scene(platforms: Platforms) -> Scene:
    """A stage for this test's channels and posts."""
    return Scene(platforms)
