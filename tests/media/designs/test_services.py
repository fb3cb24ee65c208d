"""Drawings in the library: the record is never retyped, copies are drawn again for their own body."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from django.urls import reverse

from cms.audit.models import AuditRow
from cms.core.errors import InputRefused
from media.designs.models import Drawing, Logo
from media.designs.services import draw_again, draw_new, drawing_of, keep_logo
from media.designs.words import Words
from media.library.models import Asset, AssetKind, Sharing
from media.library.services import share
from media.library.versions import version_hash
from media.localisations.models import Localisation
from media.localisations.services import take, update, waiting_changes
from tests.factories.media import picture_bytes, shareable

pytestmark = pytest.mark.django_db
BACKEND = "cms.access.backends.MembershipBackend"
STEPS = Words("cac-buoc", "Nộp hồ sơ tại nhà", points=("Mở cổng", "Đăng nhập", "Gửi hồ sơ"))
OTHER = Words("cac-buoc", "Nộp hồ sơ tại nhà", points=("Mở cổng", "Đăng nhập", "Trả phí rồi gửi"))


@pytest.fixture
def original(centre, central_editor):
    centre.hotline, centre.address = "1800 1096", "Hà Nội"
    centre.save()
    asset = draw_new(centre, STEPS, actor=central_editor)
    Asset.objects.filter(pk=asset.pk).update(
        **{name: value for name, value in shareable().items()}, sharing=Sharing.EVERYBODY
    )
    asset.refresh_from_db()
    return share(asset, Sharing.EVERYBODY, central_editor)


@pytest.fixture
def copy(original, province, communicator):
    province.hotline, province.address = "0237 3851 022", "Thanh Hóa"
    province.save()
    return take(original, province, actor=communicator)


def test_new_drawing_is_a_draft_whose_description_says_what_stands_on_it(original):
    assert original.kind == AssetKind.INFOGRAPHIC
    assert original.alt_text == (
        "Nộp hồ sơ tại nhà. Bước 1: Mở cổng. Bước 2: Đăng nhập. Bước 3: Gửi hồ sơ. Đường dây nóng: 1800 1096. "
        "Cơ quan trung ương mẫu."
    )
    assert (original.image.width, original.image.height) == (1080, 1350)
    assert AuditRow.objects.filter(verb="designs.draw").count() == 1


def test_copy_for_a_place_is_drawn_with_the_places_own_record(original, copy):
    drawing = drawing_of(copy.asset)
    assert copy.asset.image_id != original.image_id
    assert drawing.words == drawing_of(original).words
    assert (drawing.imprint["hotline"], drawing.imprint["address"]) == ("0237 3851 022", "Thanh Hóa")
    assert "0237 3851 022" in copy.asset.alt_text
    assert "1800 1096" not in copy.asset.alt_text


def test_correction_of_the_original_draws_the_copy_again_without_asking(
    original, copy, central_editor, communicator
):
    draw_again(original, OTHER, actor=central_editor)
    # Unpublished work on the original reaches nobody.
    assert waiting_changes(copy) == []
    original.refresh_from_db()
    original.get_latest_revision().publish(user=central_editor, skip_permission_checks=True)
    original.refresh_from_db()
    copy = Localisation.objects.get(pk=copy.pk)
    assert {change.verdict.value for change in waiting_changes(copy)} == {"take"}
    update(copy, {}, version_hash(original), communicator)
    copied = copy.asset.__class__.objects.get(pk=copy.asset_id).get_latest_revision_as_object()
    drawing = drawing_of(copied)
    assert drawing.words["points"][2] == "Trả phí rồi gửi"
    assert drawing.imprint["hotline"] == "0237 3851 022"
    assert "Trả phí rồi gửi" in copied.alt_text
    assert "0237 3851 022" in copied.alt_text
    assert waiting_changes(Localisation.objects.get(pk=copy.pk)) == []


def test_copy_that_does_not_fit_is_refused_with_the_sentence_and_nothing_is_kept(original, province):
    province.address = "Thôn rất xa, xã rất rộng, tỉnh rất dài " * 6
    province.save()
    before = (Asset.objects.count(), Drawing.objects.count())
    with pytest.raises(InputRefused, match="Phần “địa chỉ cơ quan” dài"):
        take(original, province)
    assert (Asset.objects.count(), Drawing.objects.count()) == before


def test_logo_is_kept_once_per_body_and_shows_what_is_drawn_with_an_older_one(
    centre, original, central_editor
):
    keep_logo(centre, io.BytesIO(picture_bytes(200, 200)), "logo.png", central_editor)
    keep_logo(centre, io.BytesIO(picture_bytes(300, 300)), "logo.png", central_editor)
    assert Logo.objects.count() == 1
    browser = Client()
    browser.force_login(central_editor, backend=BACKEND)
    page = browser.get(reverse("redraw", args=[original.public_id])).content.decode()
    assert "đã đổi từ khi vẽ" in page
    draw_again(original, STEPS, actor=central_editor)
    page = browser.get(reverse("redraw", args=[original.public_id])).content.decode()
    assert "đã đổi từ khi vẽ" not in page


def test_person_fills_looks_and_keeps(centre, central_editor):
    browser = Client()
    browser.force_login(central_editor, backend=BACKEND)
    assert browser.get(reverse("designs")).content.decode().count("data:image/png") == 4
    address = reverse("design") + "?mau=cac-buoc"
    given = {"title": "Nộp hồ sơ", "points": "Một\nHai\nBa", "colour": "tim"}
    looked = browser.post(address, {**given, "viec": "xem"})
    assert "data:image/png" in looked.content.decode()
    assert Asset.objects.count() == 0
    kept = browser.post(address, {**given, "viec": "luu"})
    asset = Asset.objects.get()
    assert kept.status_code == 302
    assert (asset.live, drawing_of(asset).words["colour"]) == (False, "tim")


def test_what_does_not_fit_is_said_at_its_field_and_nothing_typed_is_lost(centre, central_editor):
    browser = Client()
    browser.force_login(central_editor, backend=BACKEND)
    long = "Một bước rất dài không ai đọc hết được " * 8
    answer = browser.post(
        reverse("design") + "?mau=cac-buoc",
        {"title": "Nộp hồ sơ", "points": f"Một\n{long}\nBa", "colour": "tim", "viec": "luu"},
    )
    assert answer.status_code == 422
    assert "Phần “bước 2” dài" in str(answer.context["form"].errors["points"])
    assert long.strip() in answer.content.decode()
    assert Asset.objects.count() == 0


def test_words_of_a_copy_for_a_place_are_locked_and_its_record_is_not(copy, communicator, neighbour):
    browser = Client()
    browser.force_login(communicator, backend=BACKEND)
    address = reverse("redraw", args=[copy.asset.public_id])
    assert "theo bản gốc nên không sửa ở đây" in browser.get(address).content.decode()
    browser.post(address, {"title": "Chữ khác", "points": "a\nb\nc", "colour": "do", "viec": "luu"})
    asset = Asset.objects.get(pk=copy.asset_id).get_latest_revision_as_object()
    assert drawing_of(asset).words["title"] == "Nộp hồ sơ tại nhà"
    stranger = Client()
    stranger.force_login(neighbour, backend=BACKEND)
    assert stranger.get(address).status_code == 404
