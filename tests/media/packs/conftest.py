"""Assets that are packed here, and people who ask for packs."""

from __future__ import annotations

import io
import random

import pytest
from PIL import Image

from media.library.models import AssetKind, Sharing
from media.taxonomy.models import Audience, Topic
from tests.factories.media import make_asset
from tests.media.library.conftest import (  # noqa: F401
    central_editor,
    centre,
    clip_bytes,
    communicator,
    neighbour,
    other_province,
    own_media_folder,
    province,
    sound_bytes,
)


def noise(width: int, height: int, seed: int = 1) -> bytes:
    """Return a JPEG that no encoder makes small: the heaviest picture of its size."""
    content = random.Random(seed).randbytes(width * height * 3)
    target = io.BytesIO()
    Image.frombytes("RGB", (width, height), content).save(target, "JPEG", quality=95)
    return target.getvalue()


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.TRAINING_MODE = True


@pytest.fixture
def topic(db):
    return Topic.objects.create(name="Cách nộp hồ sơ trực tuyến")


@pytest.fixture
def pupils(db):
    return Audience.objects.create(name="Học sinh, sinh viên")


@pytest.fixture
def graphic(centre, topic, pupils):  # noqa: F811
    picture = io.BytesIO()
    Image.linear_gradient("L").resize((1600, 1200)).convert("RGB").save(picture, "PNG")
    picture.seek(0)
    return make_asset(
        organisation=centre,
        kind=AssetKind.INFOGRAPHIC,
        title="Nộp hồ sơ tại nhà: sáu bước",
        alt_text="Sáu bước nộp hồ sơ.",
        file=picture,
        file_name="hinh.png",
        sharing=Sharing.PUBLIC,
        topics=[topic],
        audiences=[pupils],
    )


@pytest.fixture
def article(centre, topic):  # noqa: F811
    return make_asset(
        organisation=centre,
        kind=AssetKind.ARTICLE,
        title="Đăng ký thường trú qua mạng",
        body=[
            ("paragraph", "<p>Bà con làm tại nhà.</p><p>Không cần đi xa.</p>"),
            ("steps", ["Mở trang dịch vụ công", "Đăng nhập VNeID", "Nộp hồ sơ"]),
        ],
        sharing=Sharing.EVERYBODY,
        topics=[topic],
    )
