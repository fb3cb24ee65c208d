"""One whole connect flow in a real browser: our pages, the imitated dialog on another origin, and back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cms.accounts.models import Role
from cms.channels.kinds import ChannelKind
from cms.core.sealed_field import Secret
from publishers.connections.models import Connection, Platform
from tests.browser.signing_in import context, page, sign_in, window
from tests.contracts.platforms import Platforms
from tests.factories.cms import ChannelFactory, MembershipFactory, OrganisationFactory, PlaceFactory
from tests.factories.publishers import PlatformAppFactory

__all__ = ["context", "page", "sign_in", "window"]

pytestmark = pytest.mark.django_db(transaction=True)

OA = "3600000000000000038"


@pytest.fixture
def platforms(tmp_path, settings) -> Iterator[Platforms]:
    """The sandbox, with its dialogs."""
    running = Platforms.start(tmp_path)
    settings.TRAINING_MODE = True
    settings.ZALO_OAUTH_BASE = f"{running.base}/zalo-oauth"
    settings.ZALO_API_BASE = f"{running.base}/zalo"
    yield running
    running.stop()


def test_administrator_connects_an_oa_and_sees_how_it_stands(platforms, window, page, sign_in):
    body = OrganisationFactory(place=PlaceFactory(province=True), leads=True)
    person = MembershipFactory(
        organisation=body, role=Role.ADMINISTRATOR, user__username="quan-tri-kenh"
    ).user
    channel = ChannelFactory(organisation=body, kind=ChannelKind.ZALO, name="Chuyển đổi số", external_id=OA)
    app = PlatformAppFactory(organisation=body, platform=Platform.ZALO, name="Lan Tỏa", secret=Secret("khoa"))
    platforms.account(
        platform="zalo", id=OA, name="OA Chuyển đổi số", app_id=app.app_id, secret_key="khoa",
        package_valid_through_date="01/01/2020",
    )  # fmt: skip
    sign_in(person)
    page.wait_for_url("**/admin/")
    window.open("/admin/kenh/")
    page.get_by_role("link", name="Chuyển đổi số").first.click()
    page.get_by_role("link", name="Kết nối", exact=True).click()
    page.get_by_text("Chế độ tập huấn: không hỏi lớp xác thực thứ hai.").wait_for()
    page.get_by_role("button", name="Tiếp tục").click()
    assert window.is_clean()
    page.get_by_role("link", name="Mở trang cấp quyền của Zalo").click()
    page.get_by_role("button", name="Đồng ý cho “OA Chuyển đổi số”").click()
    page.wait_for_url("**/admin/kenh/*/*")
    assert page.get_by_text("Đã kết nối kênh “Chuyển đổi số”.").is_visible()
    assert page.get_by_text("Gói dịch vụ của OA hết hạn ngày 01/01/2020.").first.is_visible()
    assert "code=" not in page.url
    assert Connection.objects.get(channel=channel).connected_by == person
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        for address in (
            f"/admin/kenh/{channel.public_id}/",
            "/admin/kenh/suc-khoe/",
            f"/admin/kenh/{channel.public_id}/ket-noi/",
        ):
            window.open(address)
            assert window.is_clean()
    page.set_viewport_size({"width": 360, "height": 800})
    window.open(f"/admin/kenh/{channel.public_id}/")
    page.locator("#step-zalo-verified summary").click()
    page.locator("#step-zalo-verified select").select_option("da-xong")
    page.locator("#step-zalo-verified").get_by_role("button", name="Lưu").click()
    page.wait_for_url("**#checklist")
    assert page.locator("#step-zalo-verified .channel-chip").inner_text() == "Đã xong"
    assert window.is_clean()
