"""Fixtures of the tests that sign in by hand: a browser that remembers nothing, and the pages around the sign-in."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page
from wagtail.models import Collection, Locale

from cms.accounts.models import User
from tests.browser.chromium import Window
from tests.factories.cms import PASSWORD


def press(page: Page, selector: str) -> None:
    """Press what `selector` finds first and wait for the page it leads to."""
    with page.expect_navigation():
        page.locator(selector).first.click()


@pytest.fixture
def context(chromium, live_server) -> Iterator[BrowserContext]:
    """A fresh browser, in a language that is not the house's."""
    # A live server's test flushes every table, also what Wagtail's migrations put there.
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    Locale.objects.get_or_create(language_code="vi")
    context = chromium.new_context(
        # A passkey belongs to a host name: an address made of numbers cannot have one.
        base_url=live_server.url.replace("127.0.0.1", "localhost"),
        viewport={"width": 1280, "height": 800},
        locale="en-US",
    )
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture
def window(context) -> Window:
    return Window(context.new_page())


@pytest.fixture
def page(window) -> Page:
    return window.page


@pytest.fixture
def sign_in(page) -> Callable[[User], None]:
    """Return a function that signs a person of the factories in with the password, as people do."""

    def enter(user: User) -> None:
        page.goto("/tai-khoan/login/")
        page.fill("[name=login]", user.username)
        page.fill("[name=password]", PASSWORD)
        press(page, "main form button[type=submit]")

    return enter
