"""The admin's frame in a real browser: choosing a day under the content policy, and every screen without a complaint."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import Error, expect

from campaigns.planning.models import Campaign
from publishers.scripts.models import LexiconEntry
from tests.cms.access.addresses import known_addresses

pytestmark = pytest.mark.browser

#: Answers for scripts, modals that open inside a page, and the way out.
NOT_SCREENS = re.compile(
    r"admin/(logout|login|password_reset|jsi18n|sprite|dismissibles|block-preview|choose-|bulk|tag-)|/results/|/chon/|/preview/|choose/"
)


def test_a_day_is_chosen_with_the_mouse_and_written_as_dd_mm_yyyy(visit, world):
    window = visit(world.communicator)
    page = window.open("/admin/chien-dich/add/")
    field = page.locator("[name=starts_on]")
    field.click()
    calendar = page.locator(".xdsoft_datetimepicker:visible")
    calendar.locator("td[data-date='15']:not(.xdsoft_other_month)").first.click()
    assert re.fullmatch(r"15/\d\d/20\d\d", field.input_value())
    assert window.is_clean()


def test_a_day_is_typed_with_the_keyboard_and_kept(visit, world, width):
    window = visit(world.communicator)
    page = window.open("/admin/chien-dich/add/")
    page.fill("[name=title]", f"Chiến dịch gõ ngày {width}")
    page.select_option("[name=organisation]", str(world.province.pk))
    page.select_option("[name=orientation]", index=1)
    for name, day in (("starts_on", "05/12/2027"), ("ends_on", "31/12/2027")):
        page.focus(f"[name={name}]")
        page.keyboard.press("Control+a")
        page.keyboard.type(day)
        page.keyboard.press("Tab")
        assert page.input_value(f"[name={name}]") == day
    # The calendar of a field that was left is gone before anything below it is pressed.
    page.focus("[name=title]")
    expect(page.locator(".xdsoft_datetimepicker:visible")).to_have_count(0)
    assert window.is_clean()
    with page.expect_navigation():
        page.locator("main form button[type=submit]").last.click()
    kept = Campaign.objects.get(title=f"Chiến dịch gõ ngày {width}")
    assert (kept.starts_on, kept.ends_on) == (date(2027, 12, 5), date(2027, 12, 31))


def test_the_first_page_says_what_is_next_and_hides_stock_menus(visit, world):
    window = visit(world.communicator)
    page = window.open("/admin/")
    assert page.inner_text("main h1") == "Tổng quan"
    headings = page.locator("main h2").all_inner_texts()
    assert any(each.startswith("Tạm giữ, cần xem lại") for each in headings)
    assert any(each.startswith("Sắp đăng hôm nay") for each in headings)
    assert page.get_by_text("Chế độ tập huấn").first.is_visible()
    for stock in ("Reports", "Báo cáo", "Settings", "Cài đặt", "Images", "Snippets", "Help"):
        assert not page.locator("#wagtail-sidebar").get_by_text(stock, exact=True).count(), stock
    assert window.is_clean()


@pytest.mark.parametrize("width", [1280])
def test_no_name_in_the_menu_is_cut_off(visit, world):
    page = visit(world.communicator).open("/admin/")
    menu = page.locator("#wagtail-sidebar")
    assert menu.get_by_text("Chương trình phát thanh").count() == 1
    cut = menu.evaluate(
        "menu => [...menu.querySelectorAll('.menuitem-label')].filter(each => each.scrollWidth > each.clientWidth)"
        ".map(each => each.textContent)"
    )
    assert cut == []


@pytest.mark.parametrize("width", [360])
def test_on_a_phone_a_message_begins_beside_the_menu_button(visit, world):
    page = visit(world.communicator).open(reverse("lexicon_trial"))
    page.fill("textarea[name=text]", "Thôn đạt mức 3.5.")
    page.get_by_role("button", name="Đọc thử").click()
    page.get_by_role("button", name="Luôn đọc “ba phẩy năm”").click()
    page.get_by_text("Thôn đạt mức ba phẩy năm.").first.wait_for()
    button = page.locator(".sidebar-nav-toggle").bounding_box()
    tick = page.locator(".messages li.success .messages-icon").bounding_box()
    assert tick["x"] >= button["x"] + button["width"]
    LexiconEntry.objects.all().delete()


@pytest.mark.parametrize("width", [1280])
@pytest.mark.parametrize("who", ["central_editor", "approver", "administrator", "communicator"])
def test_every_screen_opens_without_a_complaint(visit, world, width, who):
    window = visit(getattr(world, who))
    opened = 0
    for known in known_addresses("admin/"):
        if known.names or NOT_SCREENS.search(known.route):
            continue
        try:
            answer = window.page.goto("/" + known.route)
        except Error as error:
            if "Download is starting" not in str(error):
                raise
            continue  # a table to keep is no screen: the browser puts it away and stays where it is
        if answer is not None and answer.status == 200:
            window.page.wait_for_load_state("load")
            opened += 1
    # Screens that are closed to a role answer 403 or 404, which the browser notes; nothing else may be said.
    said = [line for line in window.complaints if not re.search(r"status of 40[34]", line)]
    assert said == []
    assert opened > 5
