"""Dừng đăng toàn bộ and thu hồi as people do them: one post is stopped, let out, taken back, and a citizen reads why."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import override_settings
from django.urls import reverse

from cms.core import clock
from publishers.delivery.models import Delivery, Freeze, Recall
from publishers.delivery.services import following
from publishers.delivery.states import Reason, State
from tests.browser.world import _booked
from tests.contracts.platforms import Platforms
from tests.publishers.delivery.scene import again, carried, wake

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def facebook(world, tmp_path_factory):
    """The imitated platform, which knows the province's Page."""
    platforms = Platforms.start(tmp_path_factory.mktemp("nen-tang"))
    grant = world.page.connection
    platforms.account(
        platform="facebook", id=world.page.external_id, name=world.page.name, app_id=grant.app.app_id,
        access_token=grant.access_token.reveal(),
    )  # fmt: skip
    with override_settings(FACEBOOK_GRAPH_BASE=f"{platforms.base}/graph"):
        yield platforms
    platforms.stop()


def test_a_post_is_stopped_let_out_and_taken_back(visit, world, facebook, width):
    post = _booked(world, f"Mức lệ phí cấp giấy xác nhận tình trạng hôn nhân {width}")
    Delivery.objects.filter(pk=post.pk).update(due_at=clock.now() - timedelta(seconds=1))
    desk = visit(world.approver)
    page = desk.open(reverse("delivery_stops"))
    page.select_option("select[name=organisation]", label=world.province.name)
    page.fill("[name=reason]", "Có thông tin sai đang lan truyền, chờ kiểm tra.")
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_text("Lệnh này áp dụng cho").wait_for()
    assert desk.is_clean()
    assert not Freeze.objects.filter(lifted_at__isnull=True).exists()
    page.get_by_role("button", name="Dừng đăng ngay").click()
    page.wait_for_url("**/dung-dang/*/")
    assert page.locator(".house-banner").inner_text().startswith("Đang dừng đăng toàn bộ")

    held = carried(post)
    assert (held.state, held.reason) == (State.HELD, Reason.FROZEN)
    page.reload()
    assert page.get_by_text(post.slot.variant.post.title).first.is_visible()
    assert desk.is_clean()
    page.get_by_label("Tôi xác nhận cho đăng trở lại theo các lựa chọn trên").check()
    page.get_by_role("button", name="Gỡ lệnh dừng đăng").click()
    page.get_by_text("Đã gỡ lệnh dừng đăng").first.wait_for()
    assert page.locator(".house-banner").count() == 0
    wake(post)
    assert carried(post).state == State.LIVE
    visible = {"platform": "facebook", "account": world.page.external_id}
    before = len(facebook.effects(**visible))

    window = visit(world.communicator)
    page = window.open(reverse("delivery_page", args=[post.public_id]))
    page.get_by_role("link", name="Thu hồi hoặc đính chính").click()
    page.get_by_label("Thu hồi – gỡ khỏi mọi nơi").check()
    page.get_by_label("Lý do (người dân đọc được trên trang xác minh)").fill(
        "Mức lệ phí trong bài chưa đúng."
    )
    assert window.is_clean()
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_text("Gỡ bài này khỏi mọi kênh và đài?").wait_for()
    page.get_by_role("button", name="Thu hồi ngay").click()
    page.get_by_role("heading", name="Trên các kênh: 0/1 việc đã xong").wait_for()
    recall = Recall.objects.get(post=post.slot.variant.post)
    for _step in range(2):
        carried(recall.deliveries.get())
    following.follow_recalls()
    page.reload()
    assert page.get_by_role("heading", name="Trên các kênh: 1/1 việc đã xong").is_visible()
    assert window.is_clean()
    assert len(facebook.effects(**visible)) == before - 1
    assert again(post).state == State.LIVE

    citizen = visit(None)
    page = citizen.open(f"/xac-minh/{post.slot.variant.post.verify_code}/")
    assert "Mức lệ phí trong bài chưa đúng." in page.locator(".notice.red").inner_text()
    assert citizen.is_clean()
