"""A communicator adapts a shared article, the centre corrects it, and the two are merged: by mouse and keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from media.library.models import Asset, AssetKind, Sharing
from media.localisations.models import Localisation
from tests.browser.test_library_pages import looked_at
from tests.factories.media import make_asset
from tests.media.localisations.conftest import BODY, correct

pytestmark = pytest.mark.browser


def is_clean(window) -> bool:
    """The paragraph editor asks for a style attribute to place its toolbar; the policy refuses, and typing goes on."""
    window.complaints[:] = [said for said in window.complaints if "Applying inline style" not in said]
    return window.is_clean()


def test_from_the_shared_article_to_a_merged_copy(visit, world, width):
    title = f"Chứng thực bản sao điện tử {width}"
    original = make_asset(
        organisation=world.centre, kind=AssetKind.ARTICLE, title=title, actor=world.central_editor,
        summary="Ai cũng làm được tại nhà.", body=BODY, sharing=Sharing.EVERYBODY,
    )  # fmt: skip
    window = visit(world.communicator)
    page = window.open(f"/admin/ban-dia-phuong/tao/{original.public_id}/")
    assert window.is_clean()
    page.get_by_role("button", name="Tạo bản địa phương").click()

    page.wait_for_url("**/ban-dia-phuong/*-*-*/")
    page.wait_for_load_state("networkidle")
    assert page.get_by_text("Lệ phí 2.000 đồng một trang.").is_visible()
    assert page.locator(".copy-part--locked").count() == 4
    page.get_by_label("Tên tài liệu").fill(f"Ở Thanh Hóa {width}")
    page.locator(".copy-part--open [role=textbox]").last.click()
    page.keyboard.type("Trung tâm mở cửa từ 7 giờ 30.")
    # The editor hands its text to the form a moment after the last key.
    expect(page.locator("[name=added]")).to_have_value(re.compile("7 giờ 30"))
    assert is_clean(window)
    page.get_by_role("button", name="Lưu và đưa vào kho").click()
    page.get_by_text("Đã đưa").wait_for()
    copy = Localisation.objects.get(upstream=original)
    assert copy.asset.live
    assert "Trung tâm mở cửa từ 7 giờ 30." in copy.asset.body[-1].value.source

    correct(original, world.central_editor, title=f"Tên gốc mới {width}", warning="Lệ phí 0 đồng.")
    page = window.open(f"/admin/ban-dia-phuong/{copy.public_id}/cap-nhat/")
    assert page.get_by_text("Bản gốc đổi 2 chỗ, trong đó 1 chỗ bạn cũng đã sửa.").is_visible()
    assert is_clean(window)
    looked_at(page, "merge", width)
    page.get_by_label("Giữ bản của địa phương").check()
    page.get_by_role("button", name="Cập nhật", exact=True).click()
    page.get_by_text("Đã cập nhật").wait_for()
    merged = Asset.objects.get(pk=copy.asset_id)
    assert merged.title == f"Ở Thanh Hóa {width}"
    assert [block.value for block in merged.body if block.block_type == "warning"] == ["Lệ phí 0 đồng."]
    assert "Trung tâm mở cửa từ 7 giờ 30." in merged.body[-1].value.source
