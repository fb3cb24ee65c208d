"""Download packs and designs in a real browser: asked for, waited for, fetched; filled in, looked at, kept."""

from __future__ import annotations

import zipfile

import pytest
from django.urls import reverse

from media.library.models import Asset, AssetKind
from media.packs.making import make_open_packs
from tests.browser.test_library_pages import looked_at
from tests.factories.media import AssetFactory

pytestmark = pytest.mark.browser


def test_a_pack_is_asked_for_waited_for_and_fetched(
    visit, world, width, monkeypatch, django_db_blocker, tmp_path
):
    monkeypatch.setattr("media.packs.screens.make_packs.delay", lambda: None)
    with django_db_blocker.unblock():
        body = world.central_editor.memberships.first().organisation
        asset = AssetFactory(organisation=body, title=f"Gói thử {width}", public=True, kind=AssetKind.ARTICLE)
    window = visit(world.communicator)
    page = window.open(reverse("packs_of_asset", args=[asset.public_id]))
    looked_at(page, "packs-choose", width)
    assert window.is_clean()
    page.locator(".packs-kind", has_text="Gói nhẹ").get_by_role("button").click()
    page.locator("progress").wait_for()
    looked_at(page, "packs-waiting", width)
    with django_db_blocker.unblock():
        make_open_packs()
    # The page brings itself up to date.
    page.evaluate("document.activeElement.blur()")
    fetch = page.get_by_role("link", name="Tải ZIP")
    fetch.wait_for(timeout=15_000)
    looked_at(page, "packs-done", width)
    with page.expect_download() as coming:
        fetch.click()
    coming.value.save_as(tmp_path / "goi.zip")
    assert zipfile.ZipFile(tmp_path / "goi.zip").testzip() is None
    assert coming.value.suggested_filename.startswith("goi-nhe-goi-thu-")
    page = window.open(reverse("packs"))
    looked_at(page, "packs-list", width)
    assert window.is_clean()


def test_a_design_is_filled_looked_at_and_kept(visit, world, width, django_db_blocker):
    window = visit(world.communicator)
    page = window.open(reverse("designs"))
    looked_at(page, "designs", width)
    assert window.is_clean()
    page = window.open(reverse("design") + "?mau=cac-buoc")
    page.fill("[name=title]", f"Nộp hồ sơ tại nhà {width}")
    page.fill("[name=points]", "Mở cổng\n" + "Một bước rất dài không ai đọc hết được " * 8 + "\nGửi")
    page.get_by_role("button", name="Xem thử").click()
    page.get_by_text("Phần “bước 2” dài").first.wait_for()
    looked_at(page, "design-refused", width)
    page.fill("[name=points]", "Mở cổng\nĐăng nhập\nGửi")
    page.get_by_role("button", name="Xem thử").click()
    page.get_by_alt_text("Hình xem thử").wait_for()
    looked_at(page, "design-preview", width)
    page.get_by_role("button", name="Lưu bản nháp").click()
    page.wait_for_url("**/edit/**")
    with django_db_blocker.unblock():
        assert Asset.objects.filter(title=f"Nộp hồ sơ tại nhà {width}", live=False).exists()
    page.goto("about:blank")
