"""One Chromium for all; one world, one server and one signed-in browser per person for each module."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import setup_databases, teardown_databases
from playwright.sync_api import BrowserContext
from pytest_django.live_server_helper import LiveServer

from tests.browser.chromium import CHROMIUM, Window
from tests.browser.world import World, make_world

# Playwright keeps an event loop in this thread; Django's ORM is called beside it, never from within it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if re.search(r"(^|/)tests/browser/", str(item.path)):
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="không có Chromium trên máy"))


@pytest.fixture(params=[1280, 360])
def width(request) -> int:
    """A desk and a cheap phone."""
    return request.param


@pytest.fixture(scope="session")
def database(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The test database without a transaction around each test: rows that are written here stay.

    pytest-django makes it when it has collected a test that is marked for it; with browser tests alone nobody has."""
    with django_db_blocker.unblock():
        made = (
            None if connection.introspection.table_names() else setup_databases(0, False, aliases={"default"})
        )
        yield
        if made is not None:
            teardown_databases(made, 0)


@pytest.fixture(scope="module")
def world(database, django_db_blocker) -> Iterator[World]:
    """The world of `world.py`; when the module ends, the database is as it was."""
    with django_db_blocker.unblock():
        before = connection.creation.serialize_db_to_string()
        call_command("flush", interactive=False, verbosity=0)
        yield make_world()
        call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
        connection.creation.deserialize_db_from_string(before)
        # The kinds of rows came back under their old numbers.
        ContentType.objects.clear_cache()


@pytest.fixture(scope="module")
def server(world) -> Iterator[str]:
    """The address of a server that shows the world, in training mode."""
    with override_settings(TRAINING_MODE=True):
        running = LiveServer("localhost")
        yield running.url
        running.stop()


@pytest.fixture(scope="module")
def _contexts(chromium, server) -> Iterator[dict[Any, BrowserContext]]:
    contexts: dict[Any, BrowserContext] = {}
    yield contexts
    for context in contexts.values():
        context.close()


@pytest.fixture
def visit(chromium, server, width, _contexts) -> Iterator[Callable[..., Window]]:
    """Return a function that opens a window for a person (nobody: not signed in)."""
    windows: list[Window] = []

    def enter(user: Any = None) -> Window:
        key = getattr(user, "pk", None)
        if key not in _contexts:
            _contexts[key] = chromium.new_context(base_url=server, locale="vi-VN")
            _contexts[key].set_default_timeout(15_000)
            if user is not None:
                _contexts[key].add_cookies([_session_of(user, server)])
        page = _contexts[key].new_page()
        page.set_viewport_size({"width": width, "height": 800})
        windows.append(Window(page))
        return windows[-1]

    yield enter
    for window in windows:
        window.page.close()


def _session_of(user: Any, server: str) -> dict[str, str]:
    client = Client()
    client.force_login(user, backend="cms.access.backends.MembershipBackend")
    return {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "url": server,
    }
