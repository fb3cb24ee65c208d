"""The operator's morning on a 360 px phone, dark: read the session, enrol the phone, confirm what was played."""

from __future__ import annotations

import os
import shutil

import pytest
from django.core.cache import cache

from publishers.programmes.device_services import give_code
from publishers.programmes.models import AirLogEntry
from tests.publishers.programmes.conftest import LONG

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
#: A folder for pictures of every page, to look at; none are taken without it.
PICTURES = os.environ.get("LANTOA_PICTURES", "")
SMALL = 100 * 1024

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="không có Chromium trên máy này"),
]


@pytest.fixture
def phone(chromium):
    context = chromium.new_context(viewport={"width": 360, "height": 740}, color_scheme="dark")
    page = context.new_page()
    page.complaints = []
    page.bytes = 0
    page.on("console", lambda message: page.complaints.append(message.text))
    page.on("response", lambda answer: _weigh(page, answer))
    yield page
    context.close()


def _weigh(page, answer) -> None:
    page.bytes += int(answer.headers.get("content-length") or 0)


def looked_at(page, name: str) -> None:
    """Nothing hangs over the edge of a narrow screen; a picture is kept where somebody wants to look."""
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}-360.png", full_page=True)
        page.set_viewport_size({"width": 1280, "height": 900})
        page.screenshot(path=f"{PICTURES}/{name}-1280.png", full_page=True)
        page.set_viewport_size({"width": 360, "height": 740})


def test_operator_reads_enrols_and_confirms_on_a_small_phone(live_server, commune, phone):
    cache.clear()
    commune.issue(title="Nộp hồ sơ tại nhà", text=LONG)
    commune.issue(title="Lũ quét: di dời trước 10 giờ", priority="khan-cap")
    commune.approved_notice()
    page = phone
    page.goto(f"{live_server.url}/dai/xa-ia-grai/")
    assert page.inner_text(".notice.red").startswith("KHẨN CẤP Lũ quét")
    assert (
        page.locator("section.session")
        .first.inner_text()
        .startswith("Buổi sáng, 05:30–06:00 – 2 bản tin, 1 thông báo")
    )
    assert page.bytes < SMALL
    looked_at(page, "dai")
    page.bytes = 0
    page.click("section.session >> nth=0 >> text=Xem cả chương trình")
    titles = page.locator("article.played > h2").all_inner_texts()
    assert titles == ["1. Lũ quét: di dời trước 10 giờ", "2. Nộp hồ sơ tại nhà", "3. Cắt nước sáng thứ ba"]
    assert page.bytes < SMALL
    assert page.context.cookies() == []
    looked_at(page, "chuong-trinh")
    page.goto(f"{live_server.url}/dai/xa-ia-grai/doc-thu/")
    page.click("[data-timer-button]")
    page.wait_for_timeout(300)
    page.click("[data-timer-button]")
    assert page.input_value("[data-timer-seconds]").endswith(
        ("3", "4", "5", "6", "7", "8", "9", "0", "1", "2")
    )
    looked_at(page, "doc-thu")
    page.goto(f"{live_server.url}/dai/xa-ia-grai/da-phat/")
    assert page.url.endswith("/ghi-danh/")
    looked_at(page, "ghi-danh")
    page.fill("#code", give_code(commune.station, commune.officer).lower())
    page.fill("#pin", "2580")
    page.fill("#pin-again", "2580")
    page.click("text=Ghi danh máy này")
    assert page.url.endswith("/da-phat/")
    looked_at(page, "da-phat")
    # At 05:12 nothing has been played yet: the page says so, keeps what was typed, and writes nothing.
    page.fill("#note", "cụm 3 mất tiếng")
    page.fill("#pin", "2580")
    page.click("[data-confirm] button[type=submit]")
    assert "chưa tới" in page.inner_text("[data-waiting-told].red")
    assert page.input_value("#note") == "cụm 3 mất tiếng"
    assert AirLogEntry.objects.count() == 0
    for field in page.locator("input[name^=starts-]").all():
        field.fill("05:08:00")
    for field in page.locator("input[name^=ends-]").all():
        field.fill("05:11:30")
    page.fill("#pin", "2580")
    page.click("[data-confirm] button[type=submit]")
    assert "3 mục được ghi" in page.inner_text(".notice.green")
    assert AirLogEntry.objects.count() == 3
    assert set(AirLogEntry.objects.values_list("evidence", "note")) == {("a", "cụm 3 mất tiếng")}
    looked_at(page, "da-phat-xong")
    assert [cookie["httpOnly"] for cookie in page.context.cookies() if cookie["name"] == "may_truc"] == [True]
    # The browser itself tells of the one answer that refused, and has advice about fields; nothing was stopped.
    assert [text for text in page.complaints if "422" not in text and not text.startswith("[DOM]")] == []
