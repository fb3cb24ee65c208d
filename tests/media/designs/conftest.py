from __future__ import annotations

import pytest

from tests.media.library.conftest import (  # noqa: F401
    central_editor,
    centre,
    communicator,
    neighbour,
    other_province,
    own_media_folder,
    province,
)


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.TRAINING_MODE = True
