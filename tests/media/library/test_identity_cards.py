"""The QR code of an identity card in a picture: told on upload, never shared."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
import segno
from PIL import Image

from campaigns.posts.asset_facts import media_facts
from cms.core import clock
from cms.core.errors import InputRefused, UploadRefused
from media.library.models import AssetKind, Sharing
from media.library.services import share
from media.library.similar import warnings_about
from media.library.usability import refusal_for_good
from publishers.delivery.proof_photos import keep_photo
from tests.factories.media import make_asset

pytestmark = pytest.mark.django_db


def _with_code(text: str, angle: int = 0) -> io.BytesIO:
    code = io.BytesIO()
    segno.make(text).save(code, kind="png", scale=4)
    code.seek(0)
    photo = Image.new("RGB", (2400, 1600), "#cfc8bd")
    with Image.open(code) as picture:
        photo.paste(picture.convert("RGB").rotate(angle, expand=True, fillcolor="#ffffff"), (1300, 600))
    target = io.BytesIO()
    photo.save(target, "JPEG", quality=85)
    target.seek(0)
    return target


CARD = "038099001234|172345678|Nguyễn Văn Mẫu|01011990|Nam|Thôn Mẫu, xã Mẫu|10052021"


@pytest.mark.parametrize("angle", [0, 12, 90])
def test_identity_card_is_told_on_upload_and_cannot_be_shared(centre, central_editor, angle):
    asset = make_asset(
        organisation=centre, kind=AssetKind.INFOGRAPHIC, title="Ảnh trao thẻ", alt_text="Ảnh",
        file=_with_code(CARD, angle), file_name="anh.jpg",
    )  # fmt: skip
    assert asset.image.shows_identity_card
    assert warnings_about(asset, central_editor)[0].startswith("Hình có mã QR chứa số định danh cá nhân")
    with pytest.raises(InputRefused, match="che mã QR và số trên thẻ") as refused:
        share(asset, Sharing.EVERYBODY, central_editor)
    assert refused.value.field == "upload"
    with pytest.raises(InputRefused, match="che mã QR"):
        make_asset(
            organisation=centre, kind=AssetKind.INFOGRAPHIC, title="Ảnh", alt_text="Ảnh", sharing=Sharing.PUBLIC,
            file=_with_code(CARD), file_name="anh.jpg",
        )  # fmt: skip


@pytest.mark.parametrize("text", ["https://dichvucong.gov.vn", "1800 1096", "hồ sơ 123456789012345"])
def test_other_codes_are_no_identity_cards(centre, text):
    asset = make_asset(
        organisation=centre, kind=AssetKind.INFOGRAPHIC, title="Áp phích", alt_text="Ảnh",
        file=_with_code(text), file_name="anh.jpg", sharing=Sharing.PUBLIC,
    )  # fmt: skip
    assert not asset.image.shows_identity_card


def test_own_body_s_post_and_proof_of_a_posting_do_not_take_a_card_either(centre, settings, tmp_path):
    asset = make_asset(
        organisation=centre, kind=AssetKind.INFOGRAPHIC, title="Ảnh trao thẻ", alt_text="Ảnh",
        file=_with_code(CARD), file_name="anh.jpg",
    )  # fmt: skip
    assert "che mã QR và số trên thẻ" in media_facts(asset).refusal, "an error: such a post is not approved"
    settings.MEDIA_ROOT = tmp_path / "bang-chung"
    with pytest.raises(UploadRefused, match="che mã QR") as refused:
        keep_photo(_with_code(CARD), "anh.jpg")
    assert refused.value.field == "photo"
    assert not settings.MEDIA_ROOT.exists()


def test_what_will_never_be_usable_again_is_said_while_the_post_is_written(centre):
    now = clock.now()
    asset = make_asset(
        organisation=centre, kind=AssetKind.INFOGRAPHIC, title="Áp phích", alt_text="Ảnh",
        file=_with_code("https://dichvucong.gov.vn"), file_name="anh.jpg",
    )  # fmt: skip
    assert media_facts(asset).refusal == ""
    asset.usable_from = now + timedelta(days=3)
    assert refusal_for_good(asset, now) is None, "its day may come before the post's"
    asset.usable_from, asset.usable_until = None, clock.today() - timedelta(days=1)
    assert "chỉ được dùng đến hết ngày" in media_facts(asset).refusal
    asset.usable_until, asset.retired_at = None, now
    assert media_facts(asset).refusal == "Tài liệu “Áp phích” đã ngừng dùng. Vui lòng chọn tài liệu thay thế."
