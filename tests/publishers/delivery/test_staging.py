"""Media go up early and unseen; the visible call comes at the due time, once."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse

from campaigns.posts.models import Post, VariantMedia
from campaigns.schedule.models import Slot
from cms.core import clock
from media.library.captions import as_srt
from media.library.models import Asset, AssetKind
from publishers.delivery import pace
from publishers.delivery.models import Attempt, Delivery, Parking, PublicFile
from publishers.delivery.prepared_files import local_path
from publishers.delivery.services.booking import book
from publishers.delivery.states import Lane, Reason, State
from tests.factories.campaigns import approve_post
from tests.factories.cms import ChannelFactory
from tests.factories.media import make_asset, picture_bytes
from tests.factories.publishers import ConnectionFactory
from tests.publishers.delivery.scene import again, carried, wake

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def with_picture(scene, channel, **variant) -> Delivery:
    """A booked delivery whose post carries one picture of the library."""
    slot = scene.post_for(channel, approve=False, **variant)
    asset = make_asset(
        organisation=channel.organisation, kind=AssetKind.INFOGRAPHIC, title="Sáu bước nộp hồ sơ",
        file=io.BytesIO(picture_bytes(1600, 1200)), file_name="do-hoa.png", alt_text="Đồ họa sáu bước nộp hồ sơ.",
    )  # fmt: skip
    VariantMedia.objects.create(variant=slot.variant, asset=asset)
    approve_post(Post.objects.get(pk=slot.variant.post_id))
    (approved,) = Slot.objects.filter(pk=slot.pk).approved()
    book(approved, approved.approval)
    return Delivery.objects.get(slot=slot)


def now_due(delivery: Delivery) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(due_at=clock.now() - timedelta(seconds=1))
    wake(delivery)


def test_a_picture_is_staged_before_the_due_time_and_seen_after_it(scene):
    page = scene.page()
    delivery = with_picture(scene, page)
    assert delivery.state == State.BOOKED
    assert delivery.wake_at == delivery.due_at - timedelta(seconds=pace.STAGE_AHEAD)

    delivery = carried(delivery, Lane.UPLOAD)
    assert delivery.state == State.READY
    assert delivery.wake_at == delivery.due_at
    assert scene.visible(page) == []

    now_due(delivery)
    delivery = carried(delivery)
    assert delivery.state == State.LIVE
    (effect,) = scene.visible(page)
    assert effect["media_count"] == 1
    steps = list(Attempt.objects.filter(delivery=delivery).values_list("step", "visible", "outcome"))
    assert steps == [("photo-1", False, "ok"), ("feed", True, "ok")]


def test_a_vanished_picture_is_held_with_its_name(scene):
    page = scene.page()
    delivery = with_picture(scene, page)
    Path(local_path(delivery.request["media"][0]["path"])).unlink()
    delivery = carried(delivery, Lane.UPLOAD)
    assert (delivery.state, delivery.reason) == (State.HELD, Reason.CHANGED)
    assert "Sáu bước nộp hồ sơ" in delivery.sentence


def test_a_picture_whose_bytes_were_changed_is_not_sent(scene):
    page = scene.page()
    delivery = with_picture(scene, page)
    path = Path(local_path(delivery.request["media"][0]["path"]))
    path.write_bytes(bytes(path.stat().st_size))
    assert carried(delivery, Lane.UPLOAD).reason == Reason.CHANGED


def zalo_oa(scene):
    channel = ChannelFactory(zalo=True)
    grant = ConnectionFactory(channel=channel)
    scene.platforms.account(
        platform="zalo", id=channel.external_id, name=channel.name, processing_polls=1,
        access_token=grant.access_token.reveal(),
    )  # fmt: skip
    return channel


def test_a_zalo_article_is_made_hidden_and_shown_at_the_due_time(scene, client):
    oa = zalo_oa(scene)
    delivery = with_picture(scene, oa, title="Nộp hồ sơ tại nhà", summary="Sáu bước nộp hồ sơ trực tuyến.")
    (file,) = PublicFile.objects.filter(delivery=delivery)
    address = reverse("delivery:public-file", args=[file.token, "jpg"])
    assert delivery.request["media"][0]["public_url"].endswith(address)
    served = client.get(address)
    scene.platforms.media.files[address] = ("image/jpeg", b"".join(served.streaming_content))

    for _ in range(8):
        delivery = carried(delivery, Lane.UPLOAD)
        if delivery.state == State.READY:
            break
    assert delivery.state == State.READY
    assert scene.visible(oa) == []

    now_due(delivery)
    for _ in range(8):
        delivery = carried(delivery)
        if delivery.state == State.LIVE:
            break
    assert delivery.state == State.LIVE
    (effect,) = scene.visible(oa)
    assert effect["title"] == "Nộp hồ sơ tại nhà"


def test_a_picture_that_zalo_could_not_fetch_makes_its_own_article_wait_and_no_other(scene, client):
    oa = zalo_oa(scene)
    unlucky = with_picture(scene, oa, title="Ảnh chưa lấy được", summary="Sáu bước nộp hồ sơ trực tuyến.")
    for _ in range(6):
        unlucky = carried(unlucky, Lane.UPLOAD)
        if unlucky.handles.get("media_retried"):
            break
    assert unlucky.handles["media_retried"] is True
    assert unlucky.next_step == "create"
    assert unlucky.wake_at >= clock.now() + timedelta(minutes=4, seconds=50)
    assert not Parking.objects.exists()

    other = with_picture(scene, oa, title="Bài kế tiếp", summary="Sáu bước nộp hồ sơ trực tuyến.")
    (file,) = PublicFile.objects.filter(delivery=other)
    address = reverse("delivery:public-file", args=[file.token, "jpg"])
    scene.platforms.media.files[address] = (
        "image/jpeg",
        b"".join(client.get(address).streaming_content),
    )
    for _ in range(8):
        other = carried(other, Lane.UPLOAD)
        if other.state == State.READY:
            break
    assert other.state == State.READY


def test_the_public_address_closes_seven_days_after_the_end_and_never_lists_anything(scene, client):
    delivery = with_picture(scene, zalo_oa(scene), title="Nộp hồ sơ", summary="Sáu bước.")
    (file,) = PublicFile.objects.filter(delivery=delivery)
    address = reverse("delivery:public-file", args=[file.token, "jpg"])
    assert client.get(address)["Content-Type"] == "image/jpeg"
    assert len(file.token) >= 32
    assert client.get(reverse("delivery:public-file", args=["x" * 32, "jpg"])).status_code == 404
    Delivery.objects.filter(pk=delivery.pk).update(
        state=State.CANCELLED, wake_at=None, ended_at=clock.now() - timedelta(days=7, minutes=1)
    )
    assert client.get(address).status_code == 404
    assert again(delivery).state == State.CANCELLED


def test_captions_are_given_to_youtube_as_srt():
    webvtt = "WEBVTT\n\n00:01.000 --> 00:03.500\nXin chào bà con.\n\n01:00:04.000 --> 01:00:05.000\nHết.\n"
    assert as_srt(webvtt) == (
        "1\n00:00:01,000 --> 00:00:03,500\nXin chào bà con.\n\n2\n01:00:04,000 --> 01:00:05,000\nHết.\n"
    )


@pytest.mark.parametrize("limit", ["retired", "ended", "not begun"])
def test_a_picture_whose_time_of_use_ended_after_approval_is_held_and_never_seen(scene, limit):
    page = scene.page()
    delivery = with_picture(scene, page)
    asset = Asset.objects.get()
    now = clock.now()
    changes = {
        "retired": {"retired_at": now},
        "ended": {"usable_until": clock.today() - timedelta(days=1)},
        "not begun": {"usable_from": now + timedelta(days=30)},
    }
    Asset.objects.filter(pk=asset.pk).update(**changes[limit])
    now_due(delivery)
    delivery = carried(carried(delivery, Lane.UPLOAD))
    assert (delivery.state, delivery.reason) == (State.HELD, Reason.CHANGED)
    assert "Sáu bước nộp hồ sơ" in delivery.sentence
    assert scene.visible(page) == []


@pytest.mark.django_db(transaction=True)
def test_picture_is_fetched_through_our_own_public_door_before_zalo_hears_of_it(scene, settings, live_server):
    settings.PUBLIC_MEDIA_CHECK_BASE = live_server.url
    delivery = with_picture(scene, zalo_oa(scene), title="Nộp hồ sơ", summary="Sáu bước.")
    assert delivery.next_step == "pictures"
    delivery = carried(delivery, Lane.UPLOAD)
    steps = list(Attempt.objects.filter(delivery=delivery).order_by("number").values_list("step", "outcome"))
    assert steps[:2] == [("pictures", "ok"), ("create", "ok")]

    closed = with_picture(scene, zalo_oa(scene), title="Nộp hồ sơ", summary="Sáu bước.")
    PublicFile.objects.filter(delivery=closed).delete()
    closed = carried(closed, Lane.UPLOAD)
    assert (closed.state, closed.reason) == (State.HELD, Reason.SETTINGS)
    assert "máy chủ trả lời 404" in closed.sentence
