"""Bad input, sent through the doors people use: a clear sentence where the person stands, nothing half-written,
nothing typed is lost, and the workers go on."""

from __future__ import annotations

import socket
import subprocess
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from imageio_ffmpeg import get_ffmpeg_exe

from campaigns.planning.models import Campaign
from campaigns.posts.models import Post
from campaigns.schedule.models import Slot
from cms.accounts.models import Role
from cms.channels.models import Channel
from cms.core import clock
from media.library.models import Asset
from publishers.connections.models import Connection
from publishers.delivery import tasks
from publishers.delivery.models import Attempt, Delivery
from publishers.delivery.states import Reason, State
from tests.factories.campaigns import CampaignFactory
from tests.factories.cms import ChannelFactory, MembershipFactory, OrganisationFactory
from tests.factories.media import picture_bytes
from tests.factories.publishers import ConnectionFactory
from tests.publishers.delivery.scene import Scene, again, wake

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("training", "kept_folder")]

LIBRARY_ADD = "/admin/kho-tai-lieu/add/"
POST_ADD = reverse("wagtailsnippets_posts_post:add")
TYPED = {
    "title": "Đồ họa sáu bước",
    "alt_text": "Sáu bước nộp hồ sơ.",
    "summary": "Tóm tắt đã gõ.",
    "sharing": "rieng",
}


@pytest.fixture
def clip(tmp_path: Path) -> bytes:
    """A clip of two seconds, its index first."""
    path = tmp_path / "mau.mp4"
    command = [
        get_ffmpeg_exe(), "-v", "error", "-y", "-f", "lavfi", "-i", "testsrc2=size=160x120:rate=10:duration=2",
        "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-movflags", "+faststart", str(path),
    ]  # fmt: skip
    subprocess.run(command, check=True, timeout=60)
    return path.read_bytes()


@pytest.fixture
def editor(client) -> Any:
    """A signed-in communicator of a body with a campaign and a connected Page; `client` is their browser."""
    organisation = OrganisationFactory(leads=True)
    user = MembershipFactory(organisation=organisation, role=Role.PROVINCIAL_COMMUNICATOR).user
    CampaignFactory(organisation=organisation)
    ConnectionFactory(channel=ChannelFactory(organisation=organisation))
    client.force_login(user)
    # The first page opens the session; what is counted afterwards is the work of the form alone.
    client.get("/admin/")
    return user


def rows() -> dict[str, int]:
    """Return how many rows every table of the house and of Wagtail holds, sessions aside."""
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models()
        if model._meta.managed and model._meta.label not in ("sessions.Session",)
    }


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def said_at(page: Any, field: str) -> list[str]:
    """Return the sentences that stand at a field of the library's form."""
    return [str(sentence) for sentence in page.context["form"].errors.get(field, [])]


def typed_still(page: Any, **typed: str) -> bool:
    form = page.context["form"]
    return all(form[name].value() == value for name, value in typed.items())


def minute(moment: datetime) -> str:
    return clock.in_vietnam(moment).strftime("%Y-%m-%dT%H:%M")


def post_data(at: datetime, **more: str) -> dict[str, Any]:
    """What the browser sends from the post editor: a text for Facebook, ticked on the body's first Page."""
    page = Channel.objects.first()
    assert page is not None
    return {
        "title": "Hướng dẫn nộp hồ sơ",
        "organisation": page.organisation_id,
        "campaign": Campaign.objects.get().pk,
        "facebook-text": "Nộp hồ sơ tại nhà, không phải chờ đợi.",
        f"channel-{page.pk}-on": "on",
        f"channel-{page.pk}-at": minute(at),
        "action": "save",
        **more,
    }


def in_two_days() -> datetime:
    """Noon in Viet Nam the day after tomorrow: neither past nor in the quiet hours."""
    return clock.in_vietnam(clock.now()).replace(hour=12, minute=0, second=0, microsecond=0) + timedelta(
        days=2
    )


# ------------------------------------------------------------------------------------------------ uploads
def test_text_file_renamed_png_is_called_what_it_is_not(client, editor, kept_folder):
    before = rows()
    upload = SimpleUploadedFile("bao-cao.png", "Đây là một bản báo cáo.".encode(), "image/png")
    page = client.post(f"{LIBRARY_ADD}?loai=do-hoa", {**TYPED, "upload": upload})
    assert said_at(page, "upload") == [
        "Tệp “bao-cao.png” không phải là tệp JPG, PNG hoặc WebP, dù tên tệp có thể ghi như vậy. Vui lòng chọn tệp khác."
    ]
    assert "Tệp “bao-cao.png” không phải là tệp JPG, PNG hoặc WebP" in page.content.decode()
    assert typed_still(page, **TYPED)
    assert rows() == before
    assert files(kept_folder) == []


def test_truncated_video_is_refused_before_anything_is_kept(client, editor, clip, kept_folder):
    before = rows()
    upload = SimpleUploadedFile("huong-dan.mp4", clip[: len(clip) * 2 // 3], "video/mp4")
    typed = {"title": "Video sáu bước", "transcript": "Lời thoại đã gõ.", "sharing": "rieng"}
    page = client.post(f"{LIBRARY_ADD}?loai=video", {**typed, "upload": upload})
    assert said_at(page, "upload") == [
        "Tệp “huong-dan.mp4” bị thiếu phần cuối hoặc bị hỏng. Vui lòng tải lại tệp đầy đủ."
    ]
    assert "bị thiếu phần cuối" in page.content.decode()
    assert typed_still(page, **typed)
    assert rows() == before
    assert files(kept_folder) == []


def test_the_whole_video_is_taken_by_the_same_door(client, editor, clip, kept_folder):
    upload = SimpleUploadedFile("huong-dan.mp4", clip, "video/mp4")
    typed = {"title": "Video sáu bước", "transcript": "Lời thoại đã gõ.", "sharing": "rieng"}
    assert client.post(f"{LIBRARY_ADD}?loai=video", {**typed, "upload": upload}).status_code == 302
    assert Asset.objects.get().title == "Video sáu bước"
    assert files(kept_folder) != []


# ------------------------------------------------------------------------------------------------ titles
@pytest.mark.parametrize("empty", ["", "   ", "\u00a0"])
def test_asset_without_a_title_is_asked_for_one(client, editor, kept_folder, empty):
    before = rows()
    upload = SimpleUploadedFile("hinh.png", picture_bytes(), "image/png")
    page = client.post(f"{LIBRARY_ADD}?loai=do-hoa", {**TYPED, "title": empty, "upload": upload})
    assert said_at(page, "title") == ["Vui lòng nhập tên tài liệu."]
    assert typed_still(page, alt_text=TYPED["alt_text"], summary=TYPED["summary"])
    assert rows() == before
    assert files(kept_folder) == []


def test_post_without_a_title_is_asked_for_one(client, editor):
    before = rows()
    page = client.post(POST_ADD, post_data(in_two_days(), title="  "))
    text = page.content.decode()
    assert page.status_code == 422
    assert "Tên bài đăng đang để trống, vui lòng nhập." in text
    assert "Nộp hồ sơ tại nhà, không phải chờ đợi." in text
    assert minute(in_two_days()) in text
    assert rows() == before


# ------------------------------------------------------------------------------------------------ times and channels
def test_slot_in_the_past_is_refused_at_its_time(client, editor):
    before = rows()
    yesterday = in_two_days() - timedelta(days=3)
    page = client.post(POST_ADD, post_data(yesterday))
    text = page.content.decode()
    assert page.status_code == 422
    sentence = f"Giờ đăng {yesterday:%H:%M, %d/%m/%Y} đã qua, vui lòng chọn một giờ trong tương lai."
    assert text.count(sentence) == 1
    # At the time of the ticked channel, not somewhere at the top.
    ticked = f'name="channel-{Channel.objects.get().pk}-at"'
    assert text.index(ticked) < text.index(sentence) < text.index("</li>", text.index(ticked))
    assert "Nộp hồ sơ tại nhà, không phải chờ đợi." in text
    assert minute(yesterday) in text
    assert rows() == before


def test_channel_without_credentials_is_refused_at_the_channel(client, editor):
    Connection.objects.all().delete()
    before = rows()
    page = client.post(POST_ADD, post_data(in_two_days()))
    text = page.content.decode()
    assert page.status_code == 422
    sentence = (
        "Kênh này chưa được kết nối với nền tảng. Vui lòng nhờ quản trị hệ thống kết nối kênh trước khi đăng."
    )
    ticked = f'name="channel-{Channel.objects.get().pk}-at"'
    assert text.index(ticked) < text.index(sentence) < text.index("</li>", text.index(ticked))
    assert "Nộp hồ sơ tại nhà, không phải chờ đợi." in text
    assert rows() == before


@pytest.mark.django_db(transaction=True)
def test_channel_that_loses_its_credentials_after_approval_holds_its_post_and_sends_nothing(
    client, scene: Scene
):
    delivery = scene.booked(scene.page())
    Connection.objects.all().delete()
    tasks.publish_due()
    delivery = again(delivery)
    assert (delivery.state, delivery.reason) == (State.HELD, Reason.RECONNECT)
    assert "Vui lòng nhờ quản trị hệ thống kết nối" in delivery.sentence
    assert scene.platforms.requests() == []
    operator = MembershipFactory(organisation=delivery.organisation, role=Role.PROVINCIAL_COMMUNICATOR).user
    client.force_login(operator)
    assert delivery.sentence in client.get(reverse("delivery_queue")).content.decode()


# ------------------------------------------------------------------------------------------------ the platform is away
def closed_port() -> int:
    """Return a loopback port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.django_db(transaction=True)
def test_unreachable_platform_lets_posts_wait_with_a_sentence_and_the_worker_goes_on(
    client, scene: Scene, settings
):
    reachable = settings.FACEBOOK_GRAPH_BASE
    settings.FACEBOOK_GRAPH_BASE = f"http://127.0.0.1:{closed_port()}/graph"
    waiting = [scene.booked(scene.page()), scene.booked(scene.page())]

    tasks.publish_due()

    for delivery in map(again, waiting):
        assert delivery.state == State.READY
        assert delivery.tries == 1
        assert delivery.wake_at is not None
        assert delivery.wake_at > clock.now()
        (attempt,) = Attempt.objects.filter(delivery=delivery)
        assert attempt.outcome == "retry"
        assert attempt.sentence == (
            "Chưa kết nối được tới Facebook. Phần mềm sẽ tự thử lại; nếu kéo dài, xin kiểm tra đường mạng ra ngoài."
        )
    operator = MembershipFactory(organisation=waiting[0].organisation, role=Role.PROVINCIAL_COMMUNICATOR).user
    client.force_login(operator)
    shown = client.get(reverse("delivery_page", args=[waiting[0].public_id])).content.decode()
    assert "chưa gửi được, sẽ thử lại" in shown
    assert scene.platforms.ever() == []

    # The platform is back: the same worker function sends the new post and the two that waited, each once.
    settings.FACEBOOK_GRAPH_BASE = reachable
    fresh = scene.booked(scene.page())
    for delivery in waiting:
        wake(delivery)
    tasks.publish_due()
    for delivery in [*waiting, fresh]:
        assert again(delivery).state == State.LIVE
        assert len(scene.visible(delivery.channel)) == 1


@pytest.mark.django_db(transaction=True)
def test_platform_that_stays_away_ends_in_a_held_post_that_a_person_can_send_again(
    client, scene: Scene, settings
):
    reachable = settings.FACEBOOK_GRAPH_BASE
    settings.FACEBOOK_GRAPH_BASE = f"http://127.0.0.1:{closed_port()}/graph"
    delivery = scene.booked(scene.page())
    for _ in range(40):
        wake(delivery)
        tasks.publish_due()
        if again(delivery).state == State.HELD:
            break
    delivery = again(delivery)
    assert (delivery.state, delivery.reason) == (State.HELD, Reason.UNREACHABLE)
    assert delivery.sentence == (
        "Nền tảng chưa trả lời sau nhiều lần thử. Vui lòng kiểm tra kết nối mạng rồi bấm “Gửi lại”."
    )

    settings.FACEBOOK_GRAPH_BASE = reachable
    operator = MembershipFactory(organisation=delivery.organisation, role=Role.PROVINCIAL_COMMUNICATOR).user
    client.force_login(operator)
    client.post(reverse("delivery_page", args=[delivery.public_id]), {"action": "release"})
    wake(delivery)
    tasks.publish_due()
    assert again(delivery).state == State.LIVE
    assert len(scene.visible(delivery.channel)) == 1
    assert Delivery.objects.count() == Slot.objects.count() == Post.objects.count() == 1
