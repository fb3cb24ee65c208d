"""The file door: who gets a file, which part of it, and how it is served."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from PIL import Image

from media.library.models import Asset, AssetKind, Sharing
from media.library.services import withdraw_from_library
from media.library.withdrawals import lift, withdraw
from tests.factories.media import make_asset, picture_bytes

pytestmark = pytest.mark.django_db


def whole(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.fixture
def picture(province) -> Asset:
    return make_asset(
        organisation=province,
        kind=AssetKind.INFOGRAPHIC,
        title="Sáu bước nộp hồ sơ",
        alt_text="Sáu bước",
        file=io.BytesIO(picture_bytes()),
        file_name="a.png",
    )


@pytest.fixture
def clip(province, clip_bytes) -> Asset:
    return make_asset(
        organisation=province,
        kind=AssetKind.CLIP,
        title="Video hướng dẫn",
        sharing=Sharing.PUBLIC,
        file=io.BytesIO(clip_bytes),
        file_name="v.mp4",
        captions="1\n00:00:00,000 --> 00:00:02,000\nXin chào\n",
    )


def address(asset: Asset, name: str) -> str:
    return reverse("library:file", args=[asset.public_id, name])


def test_own_body_and_those_above_get_the_file_and_the_neighbour_does_not(
    client, picture, communicator, central_editor, neighbour
):
    where = address(picture, "hinh-anh.png")
    for user, status in ((None, 404), (neighbour, 404), (communicator, 200), (central_editor, 200)):
        client.logout()
        if user:
            client.force_login(user)
        assert client.get(where).status_code == status


def test_every_address_of_an_asset_is_closed_to_the_neighbour(client, picture, neighbour):
    client.force_login(neighbour)
    rendition = picture.image.get_rendition("max-100x100")
    closed = [
        address(picture, "hinh-anh.png"),
        picture.get_absolute_url(),
        reverse("library:thumbnail", args=[picture.public_id, "o"]),
        reverse("library:captions", args=[picture.public_id]),
        rendition.url,
        picture.get_absolute_url() + "?ban-thao",
    ]
    assert [client.get(where).status_code for where in closed] == [404] * 6
    assert client.post(address(picture, "hinh-anh.png")).status_code == 405


def test_public_asset_is_open_to_everybody_until_it_is_withdrawn(client, clip):
    where = address(clip, "video.mp4")
    assert client.get(where).status_code == 200
    assert client.get(clip.get_absolute_url()).status_code == 200
    withdraw_from_library(clip)
    assert client.get(where).status_code == 404


def test_recalled_asset_is_closed_to_citizens_until_it_is_given_back(client, clip, central_editor):
    addresses = [clip.get_absolute_url(), address(clip, "video.mp4")]
    row = withdraw(clip, central_editor, "Số tổng đài sai")
    assert [client.get(where).status_code for where in addresses] == [404, 404]
    client.force_login(central_editor)
    assert client.get(addresses[1]).status_code == 200, "who has to put it right sees it"
    lift(row, central_editor)
    client.logout()
    assert [client.get(where).status_code for where in addresses] == [200, 200]


def test_file_comes_with_its_type_its_name_and_no_leave_to_guess(client, picture, communicator):
    client.force_login(communicator)
    response = client.get(address(picture, "hinh-anh.png"))
    assert response["Content-Type"] == "image/png"
    assert response["Content-Disposition"] == 'inline; filename="sau-buoc-nop-ho-so.png"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, max-age=300"
    assert len(whole(response)) == picture.image.blob.size == int(response["Content-Length"])
    assert client.get(address(picture, "video.mp4")).status_code == 404
    assert client.get(address(picture, "..%2f..%2fetc%2fpasswd")).status_code == 404


def test_document_is_always_a_download(client, province):
    asset = make_asset(
        organisation=province,
        kind=AssetKind.DOCUMENT,
        title="Công văn",
        sharing=Sharing.PUBLIC,
        file=io.BytesIO("Nội dung".encode()),
        file_name="a.txt",
    )
    response = client.get(address(asset, "van-ban.txt"))
    assert response["Content-Disposition"] == 'attachment; filename="cong-van.txt"'
    assert response["Content-Type"] == "text/plain"


@pytest.mark.parametrize(
    ("wanted", "first", "last"),
    [("bytes=0-99", 0, 99), ("bytes=100-", 100, -1), ("bytes=-50", -50, -1), ("bytes=0-999999999", 0, -1)],
)
def test_players_get_the_part_they_ask_for(client, clip, clip_bytes, wanted, first, last):
    # What is kept is the clip without the notes a phone writes into it, of the same length.
    kept = clip.clip.file.open("rb").read()
    size = len(clip_bytes)
    assert len(kept) == size
    begin = first % size
    end = last % size
    response = client.get(address(clip, "video.mp4"), headers={"Range": wanted})
    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes {begin}-{end}/{size}"
    assert whole(response) == kept[begin : end + 1]
    assert int(response["Content-Length"]) == end - begin + 1


@pytest.mark.parametrize(
    ("wanted", "status"),
    [
        ("bytes=999999999-", 416),
        ("bytes=50-10", 416),
        ("bytes=-0", 416),
        ("bytes=0-1,5-6", 200),
        ("lines=1-2", 200),
        ("bytes=-", 200),
        ("", 200),
    ],
)
def test_ranges_that_cannot_be_served_are_said_so_or_ignored(client, clip, wanted, status):
    response = client.get(address(clip, "video.mp4"), headers={"Range": wanted})
    assert response.status_code == status
    if status == 416:
        assert response["Content-Range"] == f"bytes */{clip.clip.blob.size}"
    else:
        assert response["Accept-Ranges"] == "bytes"
        whole(response)


def test_captions_poster_and_thumbnail_are_served(client, clip):
    captions = client.get(reverse("library:captions", args=[clip.public_id]))
    assert captions["Content-Type"] == "text/vtt; charset=utf-8"
    assert "Xin chào" in captions.content.decode()
    assert client.get(address(clip, "anh-bia.png"))["Content-Type"] == "image/png"
    thumbnail = client.get(reverse("library:thumbnail", args=[clip.public_id, "o"]))
    assert thumbnail["Content-Type"] == "image/png"
    assert thumbnail["Cache-Control"] == "public, max-age=300"
    assert client.get(reverse("library:thumbnail", args=[clip.public_id, "khac"])).status_code == 404


def test_file_missing_from_storage_is_not_found(client, clip, own_media_folder):
    (own_media_folder / clip.clip.blob.file.name).unlink()
    assert client.get(address(clip, "video.mp4")).status_code == 404


def test_draft_of_a_live_asset_is_shown_to_its_editors_only(client, picture, communicator, central_editor):
    picture.sharing = Sharing.PUBLIC
    picture.save_revision().publish()
    picture.refresh_from_db()
    picture.title = "Tên chưa công bố"
    picture.save_revision()
    where = picture.get_absolute_url() + "?ban-thao"
    assert "Tên chưa công bố" not in client.get(where).content.decode()
    client.force_login(communicator)
    assert "Tên chưa công bố" in client.get(where).content.decode()
    assert "Tên chưa công bố" not in client.get(picture.get_absolute_url()).content.decode()


def test_media_folder_has_no_address_of_its_own(client, picture, settings):
    assert client.get(f"{settings.MEDIA_URL}{picture.image.blob.file.name}").status_code == 404
    assert client.get(f"/media/{picture.image.blob.file.name}").status_code == 404


def test_captions_of_a_clip_are_downloaded_as_srt(client, centre, clip_bytes):
    clip = make_asset(
        organisation=centre, kind=AssetKind.CLIP, title="Video hướng dẫn", sharing=Sharing.PUBLIC,
        captions="1\n00:00:00,500 --> 00:00:02,000\nXin chào", file=io.BytesIO(clip_bytes), file_name="a.mp4",
    )  # fmt: skip
    answer = client.get(reverse("library:captions_srt", args=[clip.public_id]))
    assert answer.content.decode() == "1\n00:00:00,500 --> 00:00:02,000\nXin chào\n"
    assert answer["Content-Disposition"] == 'attachment; filename="video-huong-dan.srt"'
    assert "Tải phụ đề" in client.get(clip.get_absolute_url()).content.decode()


def test_public_page_shows_a_light_avif_and_webp_with_a_jpeg_beside_it_and_offers_the_original(
    client, centre
):
    content = io.BytesIO()
    Image.effect_noise((2400, 1200), 60).convert("RGBA").save(content, "PNG")
    content.seek(0)
    asset = make_asset(
        organisation=centre, kind=AssetKind.INFOGRAPHIC, title="Hình nặng", alt_text="Hình.", sharing=Sharing.PUBLIC,
        file=content, file_name="a.png",
    )  # fmt: skip
    page = client.get(f"/tep/{asset.public_id}/").content.decode()
    assert 'width="1200" height="600"' in page
    found = {}
    for size, kind in (("trang-avif", "AVIF"), ("trang-webp", "WEBP"), ("trang-jpeg", "JPEG")):
        assert f"/tep/{asset.public_id}/thu-nho/{size}/" in page
        answer = client.get(f"/tep/{asset.public_id}/thu-nho/{size}/")
        with Image.open(io.BytesIO(answer.content)) as picture:
            assert (picture.format, picture.size) == (kind, (1200, 600))
        assert answer["Content-Type"] == f"image/{kind.lower()}"
        found[size] = len(answer.content)
    assert max(found.values()) * 4 < asset.image.file_size
    assert f"/tep/{asset.public_id}/hinh-anh.png" in page
