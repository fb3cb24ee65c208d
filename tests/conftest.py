"""What every test stands on: no network but loopback, a frozen clock on request, nothing left behind."""

from __future__ import annotations

import os
import socket
import tempfile

# Before Django is imported: keys, uploads and the broker folder of a test run never touch var/.
os.environ.setdefault("LANTOA_VAR_DIR", tempfile.mkdtemp(prefix="lantoa-test-var-"))
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

import pytest
from hypothesis import settings as hypothesis_settings

from cms.core.catalogues import compile_catalogues
from tests.browser.chromium import CHROMIUM, FLAGS

# The same examples on every run: a suite that is green today is green tomorrow. Searching further is done by hand with
# `--hypothesis-profile=search`. A busy machine is no fault of the code, so examples have no deadline.
hypothesis_settings.register_profile("house", deadline=None, derandomize=True)
hypothesis_settings.register_profile("search", deadline=None, max_examples=2000)
hypothesis_settings.load_profile("house")


def pytest_configure(config: pytest.Config) -> None:
    """Compile the interface's catalogues once, before the workers of xdist start and read them."""
    if not hasattr(config, "workerinput"):
        compile_catalogues()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with a slow test come first: begun last, one of them would keep one core busy while the other is idle."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.fixture(scope="session")
def chromium(playwright):
    """The one Chromium of a run. pytest-playwright starts Playwright: a second start in one process is refused."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture(autouse=True)
def _the_house_speaks_vietnamese():
    """A page that was asked for in English leaves its thread speaking English: the next test starts in Vietnamese."""
    from django.conf import settings
    from django.utils import translation

    translation.activate(settings.LANGUAGE_CODE)
    yield
    translation.activate(settings.LANGUAGE_CODE)


LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class OutsideWorldReached(RuntimeError):
    """A test tried to speak to something that is not on this machine."""


@pytest.fixture(autouse=True, scope="session")
def _no_network_but_loopback():
    real_connect = socket.socket.connect

    def connect(self: socket.socket, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and str(address[0]) not in LOOPBACK:
            raise OutsideWorldReached(f"connection to {address[0]} refused by the test suite")
        return real_connect(self, address)

    socket.socket.connect = connect  # type: ignore[method-assign]
    yield
    socket.socket.connect = real_connect  # type: ignore[method-assign]


class WireInsideTransaction(RuntimeError):
    """Somebody spoke to a platform while a transaction was open: locks would last as long as the other side pleases."""


@pytest.fixture(autouse=True, scope="session")
def _no_transaction_is_open_on_the_wire():
    """No call of the product leaves while its thread holds a transaction; the one a test itself lives in is no matter."""
    from django.db import connection

    from cms.core.outbound import OutboundSession

    def send(self, request, **options):
        own = [block for block in connection.atomic_blocks if not block._from_testcase]
        if own:
            call = f"{request.method} {request.path_url.split('?')[0]}"
            _calls_inside_transactions.append(call)
            raise WireInsideTransaction(call)
        return super(OutboundSession, self).send(request, **options)

    OutboundSession.send = send  # type: ignore[method-assign]
    yield
    del OutboundSession.send


_calls_inside_transactions: list[str] = []


@pytest.fixture(autouse=True)
def calls_inside_transactions():
    """What left inside a transaction during this test; anything left in it at the end fails the test.

    What raises there may be caught by the code under test: a worker outlives every fault of one row."""
    _calls_inside_transactions.clear()
    yield _calls_inside_transactions
    assert _calls_inside_transactions == []


@pytest.fixture(autouse=True, scope="session")
def _roots_come_back_after_a_flush():
    """Give back what Wagtail's migrations made: a test that flushes the tables takes it from all that follow."""
    from django.apps import apps
    from django.db.models.signals import post_migrate
    from wagtail.models import Collection, Locale

    def restore(using: str) -> None:
        if not Collection.objects.using(using).exists():
            Collection.add_root(name="Root")
        Locale.objects.using(using).get_or_create(language_code="vi")

    sender = apps.get_app_config("wagtailcore")

    def ready(**kwargs) -> None:
        from django.db import connections

        if Collection._meta.db_table in connections[kwargs["using"]].introspection.table_names():
            restore(kwargs["using"])

    post_migrate.connect(ready, sender=sender, weak=False)
    yield
    post_migrate.disconnect(ready, sender=sender)
