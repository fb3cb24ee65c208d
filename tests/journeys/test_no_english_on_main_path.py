"""Every page of the main path, as every role: no word of the packages' English is left on it."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from cms.accounts.models import Role
from tests.cms.access.addresses import Arguments, known_addresses
from tests.cms.access.addresses import filled as fill
from tests.cms.access.neighbours import Province, lead_body, scoped_models
from tests.factories.cms import MembershipFactory
from tests.journeys.english import english_words
from tests.journeys.visible_text import visible_texts, words

pytestmark = pytest.mark.django_db

BACKEND = "cms.access.backends.MembershipBackend"
SIGN_IN_PAGES = (
    "/tai-khoan/login/", "/tai-khoan/2fa/", "/tai-khoan/2fa/totp/activate/", "/tai-khoan/2fa/webauthn/",
    "/tai-khoan/2fa/webauthn/add/", "/tai-khoan/2fa/recovery-codes/generate/", "/tai-khoan/password/change/",
    "/tai-khoan/reauthenticate/", "/tai-khoan/logout/", "/tai-khoan/inactive/",
)  # fmt: skip
PUBLIC_PAGES = ("/", "/dai/", "/xac-minh/", "/khong-co-trang-nay/", "/dai/khong-co/")
#: Not pages: answers for scripts, and Wagtail's link choosers, which the editor opens in a frame of its own.
NOT_PAGES = ("admin/logout/", "admin/jsi18n/", "admin/sprite/", "admin/dismissibles/", "admin/block-preview/")


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.TRAINING_MODE = True


@pytest.fixture
def province(db) -> Province:
    made = Province(lead_body("Sở Khoa học và Công nghệ tỉnh Mẫu"))
    made.fill()
    return made


def english_on(html: str) -> list[str]:
    """Return the texts of a page in which a word of the packages' English stands."""
    return sorted({text for text in visible_texts(html) if set(words(text)) & english_words()})


def page_addresses(province: Province) -> list[str]:
    """Return the admin's pages: every list and form, and the pages of one row of every kind."""
    own = Arguments(province)
    found = []
    for known in known_addresses("admin/"):
        if known.route in NOT_PAGES:
            continue
        if not known.names:
            found.append("/" + known.route)
        elif known.names == ["pk"] and known.model in scoped_models():
            found += fill(known, own)
        elif known.names == ["public_id"] and "hang-doi-dang" in known.route:
            found.append(
                "/"
                + known.route.replace("<uuid:public_id>", str(province.rows["delivery.delivery"].public_id))
            )
    return found


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.name.lower())
def test_the_admin_speaks_no_english(province, role):
    client = Client()
    client.force_login(MembershipFactory(organisation=province.body, role=role).user, backend=BACKEND)
    faults, opened = [], 0
    for address in page_addresses(province):
        # A search that finds nothing says so in words of its own.
        for query in ("", *(["?q=zzzzz"] if not re.search(r"\d", address) else [])):
            response = client.get(address + query)
            if response.status_code != 200 or "text/html" not in response["Content-Type"]:
                continue
            opened += 1
            faults += [f"{address}{query}: {text}" for text in english_on(response.content.decode())]
    assert not faults, "\n".join(faults)
    assert opened > 4


def test_the_pages_around_the_sign_in_speak_no_english():
    faults = []
    user = MembershipFactory().user
    TOTP.activate(MembershipFactory().user, generate_totp_secret())
    stranger, signed_in = Client(), Client()
    signed_in.force_login(user, backend=BACKEND)
    for client in (stranger, signed_in):
        for address in SIGN_IN_PAGES:
            response = client.get(address, follow=True)
            faults += [f"{address}: {text}" for text in english_on(response.content.decode())]
    for form in ("/tai-khoan/login/", "/tai-khoan/password/change/"):
        client = stranger if "login" in form else signed_in
        for body in (
            {},
            {
                "login": "khong-co",
                "password": "sai",
                "oldpassword": "sai",
                "password1": "1",
                "password2": "2",
            },
        ):
            response = client.post(form, body, follow=True)
            faults += [f"POST {form}: {text}" for text in english_on(response.content.decode())]
    assert not faults, "\n".join(faults)


def test_public_pages_speak_no_english(province):
    client = Client(headers={"accept-language": "en-US,en;q=0.9"})
    station = province.rows["stations.station"]
    faults = []
    for address in (*PUBLIC_PAGES, f"/dai/{station.slug}/"):
        faults += [f"{address}: {text}" for text in english_on(client.get(address).content.decode())]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>Lưu bản thảo</p>", []),
        ("<p>Save draft</p>", ["Save draft"]),
        ('<img alt="Preview"><script>var save = "draft"</script>', ["Preview"]),
        ('<button lang="en">English</button><p>Đăng nhập</p>', []),
        ('<input type="submit" value="Sign In"><input value="Sign In">', ["Sign In"]),
        ("<p>Trang Facebook, kênh YouTube, Zalo OA, tệp MP3</p>", []),
    ],
)
def test_the_reader_tells_english_from_vietnamese(html, found):
    assert english_on(html) == found
