"""A central original that everybody may read, and two provinces that may copy it."""

from __future__ import annotations

import pytest

from cms.accounts.models import Role
from media.library.models import Asset, AssetKind, Sharing
from tests.factories.cms import MembershipFactory, OrganisationFactory, PlaceFactory
from tests.factories.media import make_asset
from tests.media.library.conftest import clip_bytes  # noqa: F401

BODY = [
    ("paragraph", "<p>Chứng thực bản sao điện tử làm trên mạng.</p>"),
    ("warning", "Lệ phí 2.000 đồng một trang."),
    ("steps", ["Đăng nhập", "Nộp hồ sơ"]),
]


@pytest.fixture(autouse=True)
def own_media_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.TRAINING_MODE = True


@pytest.fixture
def centre():
    return OrganisationFactory(name="Cục Chuyển đổi số quốc gia", leads=True)


@pytest.fixture
def province(centre):
    return OrganisationFactory(
        name="Sở Khoa học và Công nghệ Gia Lai", place=PlaceFactory(province=True), leads=True
    )


@pytest.fixture
def other_province(centre):
    return OrganisationFactory(
        name="Sở Khoa học và Công nghệ Thanh Hóa", place=PlaceFactory(province=True), leads=True
    )


@pytest.fixture
def editor(centre):
    return MembershipFactory(organisation=centre, role=Role.CENTRAL_EDITOR).user


@pytest.fixture
def communicator(province):
    return MembershipFactory(organisation=province, role=Role.PROVINCIAL_COMMUNICATOR).user


@pytest.fixture
def original(centre, editor) -> Asset:
    return make_asset(
        organisation=centre, kind=AssetKind.ARTICLE, title="Chứng thực bản sao điện tử", actor=editor,
        summary="Ai cũng làm được tại nhà.", body=BODY, sharing=Sharing.EVERYBODY,
    )  # fmt: skip


def correct(original: Asset, editor, **texts) -> Asset:
    """Put a corrected version of `original` into the library; `warning` names the warning's new text."""
    draft = original.get_latest_revision_as_object()
    raw = draft.body.get_prep_value()
    for block in raw:
        if block["type"] == "warning" and "warning" in texts:
            block["value"] = texts["warning"]
    draft.body = Asset._meta.get_field("body").to_python(
        raw if isinstance(raw, str) else __import__("json").dumps(raw)
    )
    for name in ("title", "summary"):
        if name in texts:
            setattr(draft, name, texts[name])
    draft.save_revision(user=editor).publish(user=editor, skip_permission_checks=True)
    original.refresh_from_db()
    return original
