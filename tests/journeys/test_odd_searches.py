"""Every search box of the house, given what is no search: quotes, wildcards, operators, NUL, pages of text, emoji."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client

from cms.accounts.models import Role
from tests.cms.access.addresses import known_addresses
from tests.factories.cms import MembershipFactory, OrganisationFactory
from tests.factories.media import AssetFactory
from tests.factories.publishers import StationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("training")]

TYPED = {
    "double-quote": '"', "lone-quotes": '"a "b', "quote": "'", "percent": "%", "underscore": "_", "star": "*", "column": "title:a",
    "near": "NEAR(a b, 2)", "operators": "AND OR NOT ( ) ^ - +", "nul": "\x00", "nul-inside": "dich\x00vu", "backslash": "\\",
    "injection": "'; DROP TABLE library_asset; --", "long-word": "a" * 10_000, "many-words": "dich vu " * 1_250,
    "many-different-words": " ".join(f"tu{n}" for n in range(1_500)), "emoji": "🙂🇻🇳👩‍💻", "half-a-pair": "\ud83d".encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"),
    "direction": "\u202e\u200f", "digits": "²", "huge-number": "9" * 400, "format": "{{7*7}} %s %(a)s {0}", "expression": "=1+1|cmd",
}  # fmt: skip
#: The modals search with the same backend as the lists.
FOR_CHOOSERS = ("double-quote", "near", "nul", "long-word", "many-different-words", "emoji")
#: Whatever these parameters are called, some list or page reads them as a number, a date or a choice.
PARAMETERS = (
    "p",
    "page",
    "trang",
    "co-quan",
    "organisation",
    "place",
    "kind",
    "loai",
    "tinh",
    "thang",
    "kenh",
    "tinh-trang",
    "topics",
    "ordering",
    "id",
    "chien-dich",
    "province",
)


@contextmanager
def as_strict_as_postgresql() -> Iterator[None]:
    """PostgreSQL refuses a NUL in any parameter, where SQLite takes it."""

    def watch(execute, sql, params, many, context):
        for value in params or ():
            if isinstance(value, str) and "\x00" in value:
                raise AssertionError(f"NUL sent to the database: {sql[:200]}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield


@pytest.fixture
def pages(db) -> tuple[Client, list[str]]:
    """Every address without arguments that answers a person who holds every role."""
    body = OrganisationFactory(leads=True)
    user = MembershipFactory(organisation=body).user
    for role in Role:
        if role != Role.CENTRAL_EDITOR:
            MembershipFactory(user=user, organisation=body, role=role)
    AssetFactory(organisation=body)
    StationFactory()
    browser = Client(raise_request_exception=False)
    browser.force_login(user)
    own = [
        f"/{known.route}"
        for known in known_addresses("admin/", "dai/", "xac-minh/", "tep/")
        if not known.names
    ]
    # The results alone are the same view, asked by a script while one types.
    own = [address for address in own if "logout" not in address and "results" not in address]
    own = [address for address in own if browser.get(address).status_code == 200]
    return browser, own


def test_no_search_box_breaks(pages):
    browser, addresses = pages
    searchable = [
        address for address in addresses
        if re.search(rb'name="q"|type="search"', browser.get(address).content) or "chon" in address or "choose" in address
    ]  # fmt: skip
    assert len(searchable) >= 12, searchable
    faults = []
    with as_strict_as_postgresql():
        for address in searchable:
            chooses = "choose" in address or "chon" in address
            for name in FOR_CHOOSERS if chooses else TYPED:
                answer = browser.get(address, {"q": TYPED[name]})
                if answer.status_code not in (200, 302):
                    faults.append(f"{address} ← {name}: {answer.status_code} {answer.get('Location', '')}")
    assert not faults, "\n".join(faults)


def test_no_parameter_of_a_list_breaks_it(pages):
    browser, addresses = pages
    faults = []
    with as_strict_as_postgresql():
        for address in addresses:
            for name in ("quote", "nul", "digits", "huge-number"):
                answer = browser.get(address, dict.fromkeys(PARAMETERS, TYPED[name]))
                if answer.status_code >= 500:
                    faults.append(f"{address} ← {name}: {answer.status_code}")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    "address",
    [
        "/anh-kenh/%00.png",
        "/dai/%00/",
        "/xac-minh/%00/",
        "/tep/%00/",
        "/xac-minh/?ma=%00",
        "/dai/?tinh=%00",
        "/dai/?q=%00",
        "/tai-khoan/login/?next=%00",
    ],
)
def test_a_nul_in_a_public_address_is_no_fault_of_ours(client, db, address):
    with as_strict_as_postgresql():
        assert client.get(address, follow=True).status_code in (200, 404)


def test_a_nul_in_a_user_name_is_refused_like_any_other(client, db):
    with as_strict_as_postgresql():
        answer = client.post("/tai-khoan/login/", {"login": "a\x00b", "password": "x\x00"})
    assert answer.status_code == 200
