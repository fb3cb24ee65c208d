"""The library in a real browser: narrowing a list, sending many files over a line that breaks, seeing where it is used."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from django.urls import reverse

from media.library.finding import index
from media.library.models import Asset, AssetKind
from tests.factories.media import AssetFactory, picture_bytes

pytestmark = pytest.mark.browser

LIBRARY = "/admin/kho-tai-lieu/"


def looked_at(page, name: str, width: int) -> None:
    """Keep a picture of the page where LANTOA_PICTURES names a folder: for people who want to look."""
    folder = os.environ.get("LANTOA_PICTURES", "")
    if folder:
        page.screenshot(path=str(Path(folder) / f"{name}-{width}.png"), full_page=True)


@pytest.fixture(scope="module")
def shelf(world, django_db_blocker):
    """Three hundred assets of every kind, in the index."""
    with django_db_blocker.unblock():
        body = world.central_editor.memberships.first().organisation
        for number in range(300):
            AssetFactory(
                organisation=body,
                shared=True,
                kind=AssetKind.values[number % 5],
                title=f"Hướng dẫn nộp hồ sơ trực tuyến cho hộ gia đình, phần {number}",
                summary="Các bước nộp hồ sơ trên Cổng Dịch vụ công quốc gia, dành cho người mới dùng lần đầu.",
            )
        while index.index_pending():
            pass
    return body


def test_a_list_of_three_hundred_is_narrowed_by_words_and_chips(visit, world, shelf, width):
    window = visit(world.communicator)
    page = window.open(f"{LIBRARY}?q=huong+dan+nop+ho+so")
    assert re.search(r"Tìm thấy \d+ tài liệu", page.locator(".library-found").inner_text())
    chip = page.locator(".library-chip", has_text="Video").first
    assert re.search(r"Video \d+", chip.inner_text())
    looked_at(page, "library-search", width)
    assert window.is_clean()
    chip.click()
    page.wait_for_url("**kind=video**")
    assert page.locator(".library-chip--chosen", has_text="Video").is_visible()
    window.open(LIBRARY)
    looked_at(page, "library-list", width)
    assert window.is_clean()
    page.locator("#id_q").press_sequentially("huong dan nop h", delay=20)
    page.locator(".library-suggestions li").first.wait_for()
    looked_at(page, "library-suggestions", width)
    assert page.locator(".library-suggestions li").first.inner_text().startswith("hướng dẫn nộp hồ sơ")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.input_value("#id_q").startswith("hướng dẫn nộp hồ sơ")
    assert page.locator(".library-suggestions").is_hidden()
    assert window.is_clean()


def test_many_files_arrive_although_the_line_breaks(visit, world, tmp_path, width):
    window = visit(world.communicator)
    page = window.open(reverse("library_many_files"))
    assert window.is_clean()
    good = tmp_path / f"to_roi_{width}.png"
    good.write_bytes(picture_bytes(800, 600, colour="#0a7d4f" if width > 500 else "#7d0a4f"))
    bad = tmp_path / "trang.png"
    bad.write_bytes(b"<html><script>alert(1)</script></html>")
    broken = []

    def break_the_line_once(route):
        if route.request.method == "POST" and not broken:
            broken.append(route.request.url)
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route(re.compile(r"/tai-len/[0-9a-f-]{36}/$"), break_the_line_once)
    page.set_input_files("[data-input]", [str(good), str(bad)])
    page.locator(".many-files__row[data-look=kept]").wait_for()
    page.locator(".many-files__row[data-look=refused]").wait_for()
    assert len(broken) == 1
    assert "không phải" in page.locator(".many-files__row[data-look=refused]").inner_text()
    assert page.locator("[data-sum]").inner_text().endswith("2 / 2")
    looked_at(page, "library-many-files", width)
    page.click(".many-files__fill")
    page.wait_for_url("**/edit/**")
    assert page.input_value("[name=title]") == f"to roi {width}"
    looked_at(page, "library-edit", width)
    page.goto("about:blank")


def test_where_it_is_used_can_be_read_and_retired(visit, world, width, django_db_blocker):
    with django_db_blocker.unblock():
        body = world.central_editor.memberships.first().organisation
        asset = AssetFactory(organisation=body, title=f"Sổ tay {width}", shared=True)
    window = visit(world.central_editor)
    page = window.open(reverse("library_used", args=[asset.public_id]))
    assert page.get_by_text("Chưa nơi nào dùng tài liệu này.").is_visible()
    looked_at(page, "library-used", width)
    assert window.is_clean()
    page.get_by_role("button", name="Ngừng dùng").click()
    page.get_by_role("button", name="Dùng lại").wait_for()
    with django_db_blocker.unblock():
        assert Asset.objects.get(pk=asset.pk).retired_at is not None
