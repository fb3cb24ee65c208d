"""Files for channels in a real browser: the focal point moved with a click, a file cut, watched and taken away."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from PIL import Image

from media.library.models import AssetKind, Sharing
from media.renditions.making import make_waiting
from tests.browser.test_library_pages import looked_at
from tests.factories.media import make_asset, picture_bytes

pytestmark = pytest.mark.browser


def test_a_file_is_cut_around_the_chosen_point_and_taken_away(
    visit, world, width, monkeypatch, django_db_blocker, tmp_path
):
    monkeypatch.setattr("media.renditions.screens.make_renditions.delay", lambda: None)
    with django_db_blocker.unblock():
        asset = make_asset(
            organisation=world.central_editor.memberships.first().organisation, kind=AssetKind.INFOGRAPHIC,
            title=f"Sáu bước nộp hồ sơ {width}", alt_text="Sáu bước nộp hồ sơ.", sharing=Sharing.PUBLIC,
            file=io.BytesIO(picture_bytes(1200, 800)), file_name="hinh.png",
        )  # fmt: skip
    window = visit(world.central_editor)
    page = window.open(reverse("renditions", args=[asset.public_id]))
    looked_at(page, "renditions", width)
    assert window.is_clean()
    drawn = page.locator("[data-focal]").bounding_box()
    page.locator("[data-focal]").click(position={"x": drawn["width"] * 0.75, "y": drawn["height"] * 0.5})
    assert page.input_value("[name=ngang]") == "75"
    page.get_by_role("button", name="Lưu điểm chính").click()
    page.get_by_text("Đã lưu điểm chính").wait_for()
    page.locator(".cuts-card", has_text="Vuông 1080×1080").get_by_role("button").click()
    page.locator(".cuts-rows progress").wait_for()
    looked_at(page, "renditions-waiting", width)
    with django_db_blocker.unblock():
        assert make_waiting() == 1
    page.evaluate("document.activeElement.blur()")
    take = page.get_by_role("link", name="Tải Vuông 1080×1080")
    take.wait_for(timeout=15_000)
    looked_at(page, "renditions-done", width)
    with page.expect_download() as coming:
        take.click()
    coming.value.save_as(tmp_path / "cat.jpg")
    with Image.open(tmp_path / "cat.jpg") as cut:
        assert cut.size == (1080, 1080)
    assert coming.value.suggested_filename == f"sau-buoc-nop-ho-so-{width}-portal-square.jpg"
    assert window.is_clean()
