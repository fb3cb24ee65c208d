"""The 05:12 pages in a real browser: a 360 px phone, dark, with and without script, nothing stopped by the policy."""

from __future__ import annotations

import shutil

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="không có Chromium trên máy này"),
]


@pytest.fixture
def phone(chromium):
    opened = []

    def open_phone(*, script: bool = True):
        context = chromium.new_context(
            viewport={"width": 360, "height": 740},
            color_scheme="dark",
            java_script_enabled=script,
            locale="en-US",
        )
        opened.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text))
        return page

    yield open_phone
    for context in opened:
        context.close()


def test_operator_reads_todays_script_on_a_small_phone(live_server, morning, phone):
    page = phone()
    page.goto(f"{live_server.url}/dai/xa-ia-grai/")
    assert page.inner_text("h2.today").startswith("Hôm nay, thứ hai 23/11 – 1 bản tin")
    page.click("text=Xem bản đọc")
    breath = page.locator(".breath").first
    assert float(breath.evaluate("line => parseFloat(getComputedStyle(line).fontSize)")) >= 24
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert page.is_visible("[data-print]")
    assert page.context.cookies() == []
    assert page.complaints == []


def test_pages_work_without_script(live_server, morning, phone):
    page = phone(script=False)
    page.goto(f"{live_server.url}/")
    page.fill("#q", "ia grai")
    page.click("text=Tìm đài >> nth=-1")
    page.click("text=Đài truyền thanh xã Ia Grai")
    page.click("text=Xem bản đọc")
    assert "Xin nhắc lại" in page.inner_text(".reading")
    assert not page.is_visible("[data-print]")


def test_citizen_verifies_a_code(live_server, morning, phone):
    page = phone()
    page.goto(f"{live_server.url}/xac-minh/")
    page.fill("#ma", morning.script.code.lower())
    page.click("button:has-text('Xác minh')")
    assert "Còn hiệu lực." in page.inner_text(".notice")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert page.complaints == []
