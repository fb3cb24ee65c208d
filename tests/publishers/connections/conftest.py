"""The same sandbox as delivery's tests use, with its consent dialogs, and a channel whose administrator is signed in."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contracts.platforms import Platforms
from tests.publishers.connections.dialogs import Desk
from tests.publishers.delivery.conftest import platforms as imitated
from tests.publishers.delivery.conftest import running_platforms

__all__ = ["imitated", "running_platforms"]


@pytest.fixture
def platforms(imitated: Platforms, settings) -> Platforms:
    """The sandbox, empty; settings point at it, the dialogs included."""
    settings.FACEBOOK_DIALOG_BASE = f"{imitated.base}/facebook-www"
    settings.GOOGLE_DIALOG_BASE = f"{imitated.base}/google-accounts"
    settings.ZALO_PKCE_MODE = "request"
    return imitated


@pytest.fixture
def desk(platforms: Platforms, client: Any, settings) -> Desk:
    """An administrator at a desk, in training mode: the second factor has tests of its own."""
    settings.TRAINING_MODE = True
    return Desk(platforms, client)
