"""The QR code of an identity card in a picture: told on upload, never shared."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
import segno
from docx import Document
from PIL import Image

from campaigns.posts.asset_facts import media_facts
from cms.core import clock
from cms.core.errors import InputRefused, UploadRefused
from cms.core.upload_checks import PDF
from media.library.document_pictures import read_pictures
from media.library.hidden_cards import card_in_document
from media.library.models import AssetKind, Sharing
from media.library.services import share
from media.library.similar import warnings_about
from media.library.usability import refusal_for_good
from media.renditions.encoder import run_ffmpeg
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


def _clip_showing(photo: bytes, folder) -> io.BytesIO:
    """Four seconds: a plain ground, and in the last two the photo."""
    (folder / "anh.jpg").write_bytes(photo)
    run_ffmpeg(
        ["-y", "-f", "lavfi", "-i", "color=gray:size=960x640:rate=5:duration=2", "-loop", "1", "-t", "2", "-i",
         folder / "anh.jpg", "-filter_complex", "[1:v]scale=960:640,fps=5,setsar=1[p];[0:v]setsar=1[g];[g][p]concat=n=2:v=1[v]",
         "-map", "[v]", "-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "ultrafast", folder / "phim.mp4"],
        timeout=60,
    )  # fmt: skip
    return io.BytesIO((folder / "phim.mp4").read_bytes())


@pytest.mark.parametrize(("text", "shows"), [(CARD, True), ("https://dichvucong.gov.vn", False)])
def test_a_card_in_a_clip_is_found_in_its_frames(centre, central_editor, tmp_path, text, shows):
    film = _clip_showing(_with_code(text).getvalue(), tmp_path)
    asset = make_asset(
        organisation=centre, kind=AssetKind.CLIP, title="Lễ trao thẻ", transcript="Trao thẻ.", file=film,
        file_name="phim.mp4",
    )  # fmt: skip
    assert asset.clip.shows_identity_card is shows
    if shows:
        assert "Video có cảnh thấy mã QR" in media_facts(asset).refusal
        with pytest.raises(InputRefused, match="che hoặc cắt cảnh ấy"):
            share(asset, Sharing.EVERYBODY, central_editor)


def _document(kind: str, photo: io.BytesIO) -> io.BytesIO:
    target = io.BytesIO()
    if kind == "docx":
        document = Document()
        document.add_paragraph("Hướng dẫn")
        document.add_picture(photo, width=3_000_000)
        document.save(target)
    else:
        with Image.open(photo) as picture:
            picture.save(target, "PDF")
    target.seek(0)
    return target


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_a_card_inside_a_document_is_found(centre, central_editor, kind):
    def kept(text):
        return make_asset(
            organisation=centre, kind=AssetKind.DOCUMENT, title="Hướng dẫn", file=_document(kind, _with_code(text)),
            file_name=f"a.{kind}",
        )  # fmt: skip

    asset = kept(CARD)
    assert asset.document.shows_identity_card
    with pytest.raises(InputRefused, match="văn bản này chưa chia sẻ"):
        share(asset, Sharing.EVERYBODY, central_editor)
    assert not kept("https://dichvucong.gov.vn").document.shows_identity_card


def test_a_document_whose_pictures_cannot_be_read_is_taken_as_having_none():
    broken = io.BytesIO(b"%PDF-1.4\n/Subtype /Image\n%%EOF")
    assert not card_in_document(broken, PDF)
    assert list(read_pictures(b"\x00\x00\x00\x02\x00\x00\x00\x02abc")) == []
