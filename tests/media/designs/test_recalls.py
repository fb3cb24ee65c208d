"""A photo that was drawn into graphics: they are listed as its uses and recalled and given back with it."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse

from media.designs.services import behind_their_photo, draw_again, draw_new, drawing_of
from media.designs.words import Words
from media.library.blobs import storing
from media.library.models import Asset, AssetKind, Withdrawal
from media.library.services import attach, check_file
from media.library.uses import is_used, resting_on, uses_of
from media.library.versions import version_hash
from media.library.withdrawals import lift, withdraw, withdrawn
from tests.factories.media import make_asset, picture_bytes

pytestmark = pytest.mark.django_db
WORDS = Words("anh-va-y", "Điểm hỗ trợ của thôn", points=("Mở cửa buổi sáng", "Không thu tiền"))


@pytest.fixture
def photo(centre):
    return make_asset(
        organisation=centre, kind=AssetKind.INFOGRAPHIC, title="Ảnh nhà văn hóa", alt_text="Nhà văn hóa thôn",
        file=io.BytesIO(picture_bytes(1200, 800)), file_name="anh.png", sharing="toan-he-thong",
    )  # fmt: skip


@pytest.fixture
def drawn(photo, province, communicator):
    return draw_new(province, WORDS, picture=photo.image, actor=communicator)


def seen(asset) -> str:
    return version_hash(Asset.objects.with_files().get(pk=asset.pk))


def standing() -> set[str]:
    return {row.asset.title for row in Withdrawal.objects.standing().select_related("asset")}


def test_graphic_is_a_use_of_its_photo_so_the_photo_is_not_deleted(photo, drawn, province):
    (use,) = uses_of([photo.pk])
    assert (use.kind, use.name, use.organisation) == ("Đồ họa theo mẫu", drawn.title, province)
    assert is_used(photo)
    assert not is_used(drawn)


def test_recall_of_the_photo_holds_every_graphic_and_giving_back_gives_them_back(
    photo, drawn, central_editor
):
    row = withdraw(photo, central_editor, "Người trong ảnh rút lại sự đồng ý")
    assert standing() == {"Ảnh nhà văn hóa", "Điểm hỗ trợ của thôn"}
    lift(row, central_editor)
    assert standing() == set()


def test_graphic_recalled_for_a_reason_of_its_own_stays_recalled(photo, drawn, central_editor, communicator):
    withdraw(drawn, communicator, "Sai giờ mở cửa")
    row = withdraw(photo, central_editor, "Ảnh cũ")
    lift(row, central_editor)
    assert standing() == {"Điểm hỗ trợ của thôn"}


def replace_photo(photo, actor, colour="#b91c1c"):
    """Put another picture into the photo's asset, as its own body does."""
    with storing():
        checked = check_file(photo.kind, io.BytesIO(picture_bytes(1200, 800, colour=colour)), "moi.png")
        working = photo.get_latest_revision_as_object()
        attach(working, checked, actor)
        working.version_note = "Ảnh mới"
        working.save_revision(user=actor).publish(user=actor, skip_permission_checks=True)
    photo.refresh_from_db()


def put_into_library(asset, actor):
    asset.refresh_from_db()
    asset.get_latest_revision().publish(user=actor, skip_permission_checks=True)
    asset.refresh_from_db()


def test_a_replaced_photo_is_followed_into_what_was_drawn_from_it(
    client, photo, drawn, central_editor, communicator
):
    put_into_library(drawn, communicator)
    client.force_login(communicator)
    page = reverse("redraw", args=[drawn.public_id])
    assert "Ảnh nguồn đã có bản mới" not in client.get(page).content.decode()
    before = drawn.image.blob.sha256
    replace_photo(photo, central_editor)
    assert [use.name for use in uses_of([photo.pk])] == ["Điểm hỗ trợ của thôn"]
    assert "Ảnh nguồn đã có bản mới" in client.get(page).content.decode()
    assert "Ảnh nguồn đã có bản mới" in client.get(reverse("designs")).content.decode()
    assert list(behind_their_photo(Asset.objects.all())) == [drawn]
    client.post(page, {"viec": "anh-moi"})
    put_into_library(drawn, communicator)
    assert drawing_of(drawn).picture == photo.image
    assert drawn.image.blob.sha256 != before
    assert not behind_their_photo(Asset.objects.all())


def test_recall_of_one_version_of_the_photo_holds_just_the_graphics_that_showed_it(
    photo, drawn, province, other_province, central_editor, communicator
):
    put_into_library(drawn, communicator)
    first = photo.published_versions.get()
    showing = seen(drawn)
    replace_photo(photo, central_editor)
    newer = draw_new(other_province, WORDS, picture=photo.image)
    assert [use.organisation for use in resting_on(first)] == [province]
    draw_again(drawn, WORDS, photo.image, communicator)
    put_into_library(drawn, communicator)
    assert [use.organisation for use in resting_on(first)] == [province], "it stood in the library showing it"
    row = withdraw(photo, central_editor, "Ảnh chụp nhầm", version=first.version)
    assert set(withdrawn({photo.pk: first.version, drawn.pk: showing})) == {photo.pk, drawn.pk}
    assert not withdrawn({photo.pk: seen(photo), drawn.pk: seen(drawn), newer.pk: seen(newer)})
    lift(row, central_editor)
    assert not Withdrawal.objects.standing().exists()


def test_recall_of_the_whole_photo_reaches_graphics_drawn_before_it_was_replaced_and_what_they_showed_before(
    photo, drawn, central_editor, communicator
):
    put_into_library(drawn, communicator)
    showing = seen(drawn)
    replace_photo(photo, central_editor)
    draw_again(drawn, Words("loi-nhan", "Không dùng ảnh nữa"), None, communicator)
    put_into_library(drawn, communicator)
    withdraw(photo, central_editor, "Rút lại sự đồng ý")
    assert set(withdrawn({drawn.pk: showing})) == {drawn.pk}, (
        "a delivery booked with the earlier version is held"
    )
    assert not withdrawn({drawn.pk: seen(drawn)})


def test_one_version_is_recalled_and_given_back_on_the_page_of_uses(client, photo, drawn, central_editor):
    client.force_login(central_editor)
    page = reverse("library_used", args=[photo.public_id])
    assert "Thu hồi phiên bản này" not in client.get(page).content.decode()
    shown = client.get(page + "?phien-ban").content.decode()
    assert "Thu hồi phiên bản này" in shown
    assert "Đồ họa theo mẫu" in shown
    version = photo.published_versions.get().version
    client.post(page, {"viec": "thu-hoi-phien-ban", "phien-ban": "0" * 64, "ly-do": "Sai"})
    assert standing() == set()
    client.post(page, {"viec": "thu-hoi-phien-ban", "phien-ban": version, "ly-do": "Ảnh chụp nhầm"})
    assert standing() == {"Ảnh nhà văn hóa", "Điểm hỗ trợ của thôn"}
    assert set(Withdrawal.objects.values_list("version", flat=True)).isdisjoint({""})
    client.post(page, {"viec": "go-phien-ban", "phien-ban": version})
    assert standing() == set()
