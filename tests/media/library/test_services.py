"""Making, sharing and deleting assets; what is refused leaves nothing behind."""

from __future__ import annotations

import io
import unicodedata

import pytest
from PIL import Image

from cms.audit.models import AuditRow
from cms.core.errors import InputRefused, UploadRefused
from media.library import blobs
from media.library.models import Asset, AssetKind, Blob, LibraryDocument, LibraryImage, LibraryMedia, Sharing
from media.library.services import (
    delete_asset,
    freeze,
    set_document_status,
    share,
    sources_refusal,
    withdraw_from_library,
)
from media.taxonomy.models import Audience, Topic
from tests.factories.media import make_asset, picture_bytes

pytestmark = [pytest.mark.django_db, pytest.mark.database]
BODY = [("heading", "Làm theo sáu bước"), ("steps", ["Vào cổng", "Đăng nhập"]), ("paragraph", "<p>Xong.</p>")]


def article(organisation, **more) -> Asset:
    return make_asset(
        **{"organisation": organisation, "kind": AssetKind.ARTICLE, "title": "Bài viết", "body": BODY, **more}
    )


def infographic(organisation, content: bytes | None = None, **more) -> Asset:
    return make_asset(
        **{
            "organisation": organisation,
            "kind": AssetKind.INFOGRAPHIC,
            "title": "Đồ họa",
            "alt_text": "Sáu bước",
            "file": io.BytesIO(content or picture_bytes()),
            "file_name": "hinh.png",
            **more,
        }
    )


def document(organisation, status="con-hieu-luc", **more) -> Asset:
    return make_asset(
        **{
            "organisation": organisation,
            "kind": AssetKind.DOCUMENT,
            "title": "Quyết định",
            "document_status": status,
            "file": io.BytesIO("Nội dung quyết định.".encode()),
            "file_name": "qd.txt",
            **more,
        }
    )


# ------------------------------------------------------------------------------------------------ making
def test_article_is_made_live_with_a_revision_and_an_audit_row(centre, central_editor):
    topic, audience = Topic.objects.create(name="Nộp hồ sơ"), Audience.objects.create(name="Người dân")
    asset = article(
        centre,
        title=unicodedata.normalize("NFD", "Sáu bước"),
        actor=central_editor,
        sharing=Sharing.PUBLIC,
        topics=[topic],
        audiences=[audience],
    )
    stored = Asset.objects.get()
    assert stored == asset
    assert stored.title == "Sáu bước"
    assert stored.live
    assert stored.body[1].value[0] == "Vào cổng"
    assert list(stored.topics.all()) == [topic]
    assert list(stored.audiences.all()) == [audience]
    assert stored.created_by == central_editor
    assert stored.latest_revision_id == stored.live_revision_id is not None
    assert set(AuditRow.objects.values_list("verb", flat=True)) == {"library.create", "wagtail.publish"}


def test_draft_stays_out_of_the_library(centre):
    assert not article(centre, live=False).live
    assert not Asset.objects.in_library().exists()


def test_infographic_keeps_its_picture_as_a_blob(centre, kept_files):
    asset = infographic(centre)
    blob = Blob.objects.get()
    assert blob.references == 1
    assert kept_files() == [f"{blob.sha256}.png"]
    assert blob.media_type == "image/png"
    assert asset.image.file.name == f"blobs/{blob.sha256[:2]}/{blob.sha256}.png"
    assert (asset.image.width, asset.image.height) == (640, 480)
    with asset.image.file.open() as content:
        assert blobs.sha256_of(content) == blob.sha256


def test_clip_keeps_its_length_size_and_a_poster(centre, clip_bytes):
    asset = make_asset(
        organisation=centre,
        kind=AssetKind.CLIP,
        title="Video",
        file=io.BytesIO(clip_bytes),
        file_name="v.mp4",
        captions="1\n00:00:00,000 --> 00:00:02,000\nXin chào\n",
    )
    assert asset.clip.type == "video"
    assert asset.clip.duration == pytest.approx(3.0, abs=0.1)
    assert (asset.clip.width, asset.clip.height) == (320, 240)
    assert asset.picture == asset.clip.poster
    assert (asset.picture.width, asset.picture.height) == (320, 240)
    assert asset.captions == "WEBVTT\n\n00:00:00.000 --> 00:00:02.000\nXin chào\n"


def test_sound_keeps_its_length(centre, sound_bytes):
    asset = make_asset(
        organisation=centre,
        kind=AssetKind.AUDIO,
        title="Bản ghi",
        file=io.BytesIO(sound_bytes),
        file_name="a.mp3",
        transcript="Lời đọc.",
    )
    assert asset.clip.type == "audio"
    assert asset.clip.duration == pytest.approx(2.0, abs=0.2)
    assert asset.picture is None


def test_document_is_a_file_or_a_text(centre):
    assert document(centre).document.blob.media_type == "text/plain"
    assert document(centre, file=None, body=BODY).document is None


# ------------------------------------------------------------------------------------------------ refusing
@pytest.mark.parametrize(
    ("more", "field", "words"),
    [
        ({"title": "  "}, "title", "nhập tên tài liệu"),
        ({"body": ()}, "body", "viết nội dung bài"),
        ({"kind": AssetKind.INFOGRAPHIC, "alt_text": "x"}, "upload", "chọn tệp hình"),
        ({"kind": AssetKind.CLIP, "transcript": "x"}, "upload", "chọn tệp video"),
        ({"kind": AssetKind.AUDIO, "transcript": "x"}, "upload", "chọn tệp âm thanh"),
        ({"kind": AssetKind.DOCUMENT, "body": ()}, "upload", "chọn tệp văn bản"),
        ({"kind": "khac"}, "kind", "chọn loại tài liệu"),
        ({"captions": "không phải phụ đề"}, "captions", "SRT hoặc WebVTT"),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_nothing_is_written(centre, more, field, words, kept_files):
    with pytest.raises(InputRefused) as refused:
        article(centre, **more)
    assert refused.value.field == field
    assert words in refused.value.sentence
    assert not Asset.objects.exists()
    assert kept_files() == []


def test_picture_needs_words_for_those_who_do_not_see_it(centre):
    with pytest.raises(InputRefused, match="người khiếm thị") as refused:
        infographic(centre, alt_text=" ")
    assert refused.value.field == "alt_text"


def test_clip_needs_words_for_those_who_do_not_hear_it(centre, clip_bytes):
    with pytest.raises(InputRefused, match="người khiếm thính") as refused:
        make_asset(
            organisation=centre,
            kind=AssetKind.CLIP,
            title="Video",
            file=io.BytesIO(clip_bytes),
            file_name="v.mp4",
        )
    assert refused.value.field == "transcript"


def test_failure_after_the_file_was_kept_removes_the_file(centre, kept_files, monkeypatch):
    monkeypatch.setattr(Asset, "save_revision", lambda *args, **options: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        infographic(centre)
    assert kept_files() == []
    assert not Blob.objects.exists()
    assert not LibraryImage.objects.exists()


def test_failure_keeps_a_file_that_was_there_before(centre, kept_files, monkeypatch):
    infographic(centre)
    before = kept_files()
    monkeypatch.setattr(Asset, "save_revision", lambda *args, **options: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        infographic(centre)
    assert kept_files() == before
    assert Blob.objects.get().references == 1


def test_blob_kept_outside_storing_is_refused():
    with pytest.raises(RuntimeError, match="storing"):
        blobs.keep(io.BytesIO(b"x"), None)


# ------------------------------------------------------------------------------------------------ sharing files
def test_deleting_one_of_two_assets_keeps_the_file_both_carry(
    centre, kept_files, django_capture_on_commit_callbacks
):
    first, second = infographic(centre, title="Một"), infographic(centre, title="Hai")
    assert Blob.objects.get().references == 2
    assert len(kept_files()) == 1
    with django_capture_on_commit_callbacks(execute=True):
        delete_asset(first)
    assert Blob.objects.get().references == 1
    assert len(kept_files()) == 1
    second.refresh_from_db()
    with second.image.file.open() as content:
        Image.open(content).verify()
    with django_capture_on_commit_callbacks(execute=True):
        delete_asset(second)
    assert not Blob.objects.exists()
    assert kept_files() == []
    assert not LibraryImage.objects.exists()


def test_deleting_a_clip_deletes_its_poster_too(
    centre, clip_bytes, kept_files, django_capture_on_commit_callbacks
):
    asset = make_asset(
        organisation=centre,
        kind=AssetKind.CLIP,
        title="Video",
        file=io.BytesIO(clip_bytes),
        file_name="v.mp4",
        transcript="Lời thoại.",
    )
    assert len(kept_files()) == 2
    with django_capture_on_commit_callbacks(execute=True):
        delete_asset(asset)
    assert kept_files() == []
    assert not LibraryMedia.objects.exists()
    assert not LibraryImage.objects.exists()


def test_row_deleted_by_somebody_else_s_code_lets_go_of_its_blob(
    centre, kept_files, django_capture_on_commit_callbacks
):
    first, second = document(centre), document(centre)
    Asset.objects.filter(pk=first.pk).update(document=None)
    with django_capture_on_commit_callbacks(execute=True):
        LibraryDocument.objects.get(pk=first.document_id).delete()
    assert Blob.objects.get().references == 1
    assert len(kept_files()) == 1
    assert second.document.blob == Blob.objects.get()


# ------------------------------------------------------------------------------------------------ sources
@pytest.mark.parametrize(
    ("status", "words"), [("du-thao", "còn là dự thảo"), ("het-hieu-luc", "đã hết hiệu lực")]
)
def test_draft_or_expired_source_may_not_feed_a_public_item(centre, status, words):
    source = document(centre, status)
    with pytest.raises(InputRefused, match=words) as refused:
        article(centre, sharing=Sharing.PUBLIC, sources=[source])
    assert refused.value.field == "sources"
    assert Asset.objects.count() == 1
    inside = article(centre, sharing=Sharing.EVERYBODY, sources=[source])
    assert words in sources_refusal(inside)
    with pytest.raises(InputRefused, match=words):
        share(inside, Sharing.PUBLIC)
    inside.refresh_from_db()
    assert inside.sharing == Sharing.EVERYBODY


@pytest.mark.parametrize(
    "title", ["Lấy ý kiến về dự thảo", "LẤY Ý KIẾN nhân dân", unicodedata.normalize("NFD", "Mời lấy ý kiến")]
)
def test_item_that_asks_for_opinions_may_rest_on_a_draft(centre, title):
    asset = article(centre, title=title, sharing=Sharing.PUBLIC, sources=[document(centre, "du-thao")])
    assert asset.live
    assert sources_refusal(asset) is None


def test_source_in_force_refuses_nothing(centre):
    assert sources_refusal(article(centre, sharing=Sharing.PUBLIC, sources=[document(centre)])) is None


def test_draft_document_itself_does_not_go_public(centre):
    with pytest.raises(InputRefused, match="dự thảo") as refused:
        document(centre, "du-thao", sharing=Sharing.PUBLIC)
    assert refused.value.field == "document_status"


def test_expiry_of_a_document_names_the_public_assets_it_touches(centre):
    source = document(centre)
    public = article(centre, title="Công khai", sharing=Sharing.PUBLIC, sources=[source])
    article(centre, title="Nội bộ", sources=[source])
    assert set_document_status(source, "het-hieu-luc") == [public]
    assert set_document_status(source, "con-hieu-luc") == []
    with pytest.raises(InputRefused):
        set_document_status(public, "het-hieu-luc")


# ------------------------------------------------------------------------------------------------ sharing, freezing
def test_sharing_and_withdrawing_are_logged(centre, central_editor):
    asset = article(centre, live=False)
    assert share(asset, Sharing.EVERYBODY, central_editor).live
    assert not withdraw_from_library(asset, central_editor).live
    verbs = list(AuditRow.objects.values_list("verb", flat=True))
    assert verbs.count("library.share") == verbs.count("library.withdraw") == 1


def test_freeze_gives_what_a_post_keeps(centre, clip_bytes):
    asset = make_asset(
        organisation=centre,
        kind=AssetKind.CLIP,
        title="Video",
        file=io.BytesIO(clip_bytes),
        file_name="v.mp4",
        transcript="Lời thoại.",
        machine_made=True,
    )
    frozen = freeze(asset)
    assert [file["role"] for file in frozen["files"]] == ["video", "anh-bia"]
    clip = frozen["files"][0]
    assert clip["sha256"] == asset.clip.blob.sha256
    assert clip["path"] == asset.clip.blob.file.name
    assert clip["media_type"] == "video/mp4"
    assert clip["size"] == asset.clip.blob.file.size > len(clip_bytes)  # the mark in the file takes its place
    assert frozen["machine_made"] is True
    assert frozen["issuing_body"]["name"] == "Cơ quan trung ương mẫu"
    assert len(frozen["version"]) == 64


def test_version_changes_with_every_word_and_only_then(centre):
    asset = article(centre)
    first = freeze(asset)["version"]
    asset.save()
    asset.save_revision().publish()
    assert freeze(asset)["version"] == first
    for field in ("title", "summary", "transcript", "alt_text", "captions", "source_note", "document_number"):
        Asset.objects.filter(pk=asset.pk).update(**{field: f"khác {field}"})
    changed = freeze(asset)["version"]
    assert changed != first
    Asset.objects.filter(pk=asset.pk).update(machine_made=True)
    assert freeze(asset)["version"] != changed


def test_refused_upload_is_an_upload_refusal(centre):
    with pytest.raises(UploadRefused) as refused:
        infographic(centre, b"day la chu, khong phai hinh")
    assert refused.value.field == "upload"
    assert "“hinh.png” không phải là tệp JPG, PNG hoặc WebP" in refused.value.sentence
