"""One sandbox process for all contract tests, emptied before each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contracts.platforms import Platforms
from tests.contracts.samples import Samples


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
