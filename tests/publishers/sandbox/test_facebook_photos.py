"""Pictures: bytes are looked at, staged ones stay unseen."""

import pytest

from tests.publishers.sandbox.imitated import MEDIA, FacebookPage
from tests.publishers.sandbox.test_facebook_feed import refused
from tests.publishers.sandbox.wire import JPEG, PNG, Caller


def test_published_photo_is_a_post_of_its_own(sandbox: Caller, fb_page: FacebookPage) -> None:
    answer = fb_page.photo(PNG, published="true", caption="Đồ họa").json
    (effect,) = sandbox.effects()
    assert (effect["object_id"], effect["kind"], effect["text"]) == (
        answer["post_id"],
        "photo_post",
        "Đồ họa",
    )


def test_single_attached_photo_reads_back_as_a_photo_target(sandbox: Caller, fb_page: FacebookPage) -> None:
    photo = fb_page.staged()
    post = fb_page.with_photos(photo).json["id"]
    row = fb_page.get(post, fields="attachments{media_type,target{id}}").json
    assert row["attachments"]["data"] == [{"media_type": "photo", "target": {"id": photo}}]


@pytest.mark.parametrize("content", [b"chi la chu", b"", JPEG + b"\x00" * (4 << 20)])
def test_bytes_that_are_no_small_picture_are_1366046(
    sandbox: Caller, fb_page: FacebookPage, content: bytes
) -> None:
    assert refused(fb_page.photo(content)) == (400, 1, 1366046)
    assert sandbox.send("GET", "/__sandbox/media/1").status == 404


def test_photo_without_a_file_is_324(sandbox: Caller, fb_page: FacebookPage) -> None:
    assert refused(fb_page.post("photos", published="false")) == (400, 324, None)


def test_photo_by_address_is_really_fetched(sandbox: Caller, fb_page: FacebookPage, picture_host) -> None:
    assert fb_page.post("photos", url=f"{MEDIA}/anh.jpg", published="false").status == 200
    assert refused(fb_page.post("photos", url=f"{MEDIA}/mat.jpg", published="false")) == (400, 100, 2061006)
    assert refused(fb_page.post("photos", url="http://127.0.0.1/anh.jpg", published="false")) == (
        400,
        100,
        2061006,
    )
    assert [path for _, path in picture_host.hits] == ["/anh.jpg", "/mat.jpg"]


def test_photo_of_another_page_cannot_be_attached(sandbox: Caller, fb_page: FacebookPage) -> None:
    other = FacebookPage.register(sandbox, id="900000000000002", token="trang-2")
    assert refused(fb_page.with_photos(other.staged())) == (400, 100, 33)
    assert sandbox.effects() == []


def test_more_than_ten_photos_or_one_twice_are_refused(sandbox: Caller, fb_page: FacebookPage) -> None:
    photos = [fb_page.staged() for _ in range(11)]
    assert refused(fb_page.with_photos(*photos)) == (400, 100, None)
    assert refused(fb_page.with_photos(photos[0], photos[0])) == (400, 100, None)
    assert fb_page.with_photos(*photos[:10]).status == 200


def test_cut_multipart_is_refused(sandbox: Caller, fb_page: FacebookPage) -> None:
    body = b'--b\r\nContent-Disposition: form-data; name="source"; filename="a"\r\n\r\n' + JPEG
    headers = {**fb_page.auth, "Content-Type": "multipart/form-data; boundary=b"}
    assert refused(sandbox.send("POST", f"/graph/v26.0/{fb_page.id}/photos", body, headers)) == (
        400,
        100,
        None,
    )


def test_alt_text_is_kept_and_shown_on_the_wall(sandbox: Caller, fb_page: FacebookPage) -> None:
    photo = fb_page.photo(alt_text_custom="Sơ đồ bốn bước").json["id"]
    fb_page.with_photos(photo)
    assert fb_page.get(photo, fields="alt_text_custom").json["alt_text_custom"] == "Sơ đồ bốn bước"
    assert 'alt="Sơ đồ bốn bước"' in sandbox.send("GET", "/tuong").body.decode()
