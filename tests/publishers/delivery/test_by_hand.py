"""Posting by hand: one package with everything, a link, a note or a photo as proof, counted like any other."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from campaigns.posts.models import Post, VariantMedia
from campaigns.schedule.models import Slot, SlotState
from cms.accounts.models import Role
from media.library.blobs import storing
from media.library.models import AssetKind
from media.library.uploads import check_picture, picture_row
from publishers.delivery.models import Delivery, Receipt
from publishers.delivery.prepared_files import local_path
from publishers.delivery.services.booking import book
from publishers.delivery.states import Reason, State
from tests.factories.campaigns import approve_post
from tests.factories.cms import ChannelFactory, MembershipFactory
from tests.factories.media import AssetFactory, picture_bytes
from tests.publishers.delivery.scene import again, carried

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _training(settings):
    settings.TRAINING_MODE = True


@pytest.fixture
def waiting(scene, client) -> Delivery:
    """A post with a picture for a channel without connector, due, and somebody signed in who posts it."""
    channel = ChannelFactory(kind="portal", external_id="", address="https://cong.example/")
    slot = scene.post_for(channel, "Dòng một.\nDòng hai.", approve=False, title="Nộp hồ sơ tại nhà")
    with storing():
        picture = picture_row(
            check_picture(io.BytesIO(picture_bytes(800, 600)), "upload", "a.png"),
            "Ảnh",
            channel.organisation_id,
            None,
        )
    asset = AssetFactory(
        organisation=channel.organisation,
        kind=AssetKind.INFOGRAPHIC,
        image=picture,
        alt_text="Sáu bước nộp hồ sơ.",
    )
    VariantMedia.objects.create(variant=slot.variant, asset=asset)
    approve_post(Post.objects.get(pk=slot.variant.post_id))
    (approved,) = Slot.objects.filter(pk=slot.pk).approved()
    book(approved, approved.approval)
    delivery = carried(Delivery.objects.get(slot=slot))
    client.force_login(
        MembershipFactory(organisation=channel.organisation, role=Role.PROVINCIAL_COMMUNICATOR).user
    )
    return delivery


def test_the_package_holds_every_text_and_file_with_sums_that_are_right(waiting, client):
    assert (waiting.state, waiting.reason) == (State.HELD, Reason.BY_HAND)
    answer = client.get(reverse("delivery_package", args=[waiting.public_id]))
    assert answer["Content-Type"] == "application/zip"
    package = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    names = package.namelist()
    assert names == ["00-huong-dan.txt", "01-tieu-de.txt", "03-noi-dung.txt", "tep-01.png", "SHA256SUMS.txt"]
    assert all(name.isascii() for name in names)
    assert package.read("01-tieu-de.txt").decode() == "Nộp hồ sơ tại nhà"
    assert package.read("03-noi-dung.txt").decode().startswith("Dòng một.\r\nDòng hai.")
    sheet = package.read("00-huong-dan.txt").decode()
    assert "Mở kênh: https://cong.example/" in sheet
    assert "tep-01.png: Sáu bước nộp hồ sơ." in sheet
    sums = dict(
        reversed(line.split("  ")) for line in package.read("SHA256SUMS.txt").decode().split("\r\n") if line
    )
    assert set(sums) == set(names) - {"SHA256SUMS.txt"}
    for name, digest in sums.items():
        assert hashlib.sha256(package.read(name)).hexdigest() == digest


def test_a_file_that_is_no_longer_what_was_approved_goes_into_no_package(waiting, client):
    path = Path(local_path(waiting.request["media"][0]["path"]))
    content = path.read_bytes()
    path.write_bytes(bytes(len(content)))
    try:
        answer = client.get(reverse("delivery_package", args=[waiting.public_id]), follow=True)
        assert "không còn đúng như đã duyệt" in answer.content.decode()
        Delivery.objects.filter(pk=waiting.pk).update(request={**waiting.request, "text": "Khác."})
        assert client.get(reverse("delivery_package", args=[waiting.public_id])).status_code == 404
    finally:
        path.write_bytes(content)


def test_a_photo_is_drawn_again_and_shown_to_those_who_see_the_delivery(waiting, client):
    with_place = io.BytesIO()
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (21.0, 1.0, 0.0)}
    Image.new("RGB", (640, 480), "#888").save(with_place, "JPEG", exif=exif)
    page = reverse("delivery_page", args=[waiting.public_id])
    false = client.post(page, {"action": "found-live", "photo": SimpleUploadedFile("a.jpg", b"<script>")})
    assert false.status_code == 422
    assert "không phải là tệp" in false.content.decode()
    empty = client.post(page, {"action": "found-live"})
    assert empty.status_code == 422
    assert again(waiting).state == State.HELD

    photo = SimpleUploadedFile("bang-tin.jpg", with_place.getvalue(), "image/jpeg")
    client.post(page, {"action": "found-live", "photo": photo, "note": "Dán ở bảng tin."})
    delivery = again(waiting)
    assert delivery.state == State.LIVE
    assert Slot.objects.get(pk=delivery.slot_id).state == SlotState.DONE
    receipt = Receipt.objects.get(delivery=delivery)
    assert (receipt.evidence, receipt.note) == ("declared", "Dán ở bảng tin.")
    shown = client.get(reverse("delivery_proof_photo", args=[delivery.public_id]))
    kept = b"".join(shown.streaming_content)
    assert shown["Content-Type"] == "image/jpeg"
    assert not Image.open(io.BytesIO(kept)).getexif()
    assert reverse("delivery_proof_photo", args=[delivery.public_id]) in client.get(page).content.decode()
    client.force_login(MembershipFactory(role=Role.PROVINCIAL_COMMUNICATOR).user)
    for name in ("delivery_proof_photo", "delivery_package"):
        assert client.get(reverse(name, args=[delivery.public_id])).status_code == 404


def test_beside_a_connector_too(scene, client):
    delivery = scene.booked(scene.page())
    client.force_login(
        MembershipFactory(organisation=delivery.organisation, role=Role.PROVINCIAL_COMMUNICATOR).user
    )
    client.post(reverse("delivery_page", args=[delivery.public_id]), {"action": "take-over"})
    delivery = again(delivery)
    assert (delivery.state, delivery.reason) == (State.HELD, Reason.BY_HAND)
    assert "sẽ làm thủ công" in delivery.sentence
    answer = client.get(reverse("delivery_package", args=[delivery.public_id]))
    assert b"".join(answer.streaming_content).startswith(b"PK")


def test_the_queue_is_narrowed_to_one_channel(scene, client):
    first = scene.page()
    second = scene.page(organisation=first.organisation)
    here, there = scene.booked(first), scene.booked(second)
    client.force_login(
        MembershipFactory(organisation=first.organisation, role=Role.PROVINCIAL_COMMUNICATOR).user
    )
    text = client.get(reverse("delivery_queue"), {"kenh": first.pk}).content.decode()
    assert reverse("delivery_page", args=[here.public_id]) in text
    assert reverse("delivery_page", args=[there.public_id]) not in text
    assert client.get(reverse("delivery_queue"), {"kenh": "x"}).status_code == 200
