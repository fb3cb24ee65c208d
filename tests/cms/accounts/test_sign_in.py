"""The rules of signing in, without a browser: what opens the admin and what never does."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from axes.models import AccessAttempt
from django.core.cache import cache
from django.test import Client, RequestFactory

from cms.accounts.lockout import name_tried
from cms.audit.models import AuditRow
from tests.factories.cms import PASSWORD, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

SIGN_IN = "/tai-khoan/login/"
LOCKED = "tài khoản này tạm khóa trên máy bạn đang dùng"


@pytest.fixture(autouse=True)
def _no_counts_left():
    cache.clear()


@pytest.fixture
def person():
    return MembershipFactory().user


def try_password(client: Client, name: str, password: str = "mat-khau-sai"):
    return client.post(SIGN_IN, {"login": name, "password": password})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_wagtails_own_form_never_signs_in(client, person):
    answer = client.post("/admin/login/", {"username": person.username, "password": PASSWORD})
    assert answer.status_code == 302
    assert answer.url.startswith(SIGN_IN)
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "address", ["/admin/password_reset/", "/tai-khoan/signup/", "/tai-khoan/password/reset/"]
)
def test_nobody_signs_up_or_sends_a_password_letter(client, address):
    answer = client.post(
        address, {"username": "moi", "password1": PASSWORD, "password2": PASSWORD, "email": "a@vidu.example"}
    )
    assert answer.status_code in (302, 404)
    assert not is_signed_in(client)


def test_a_right_password_alone_leads_to_enrolment_not_into_the_admin(client, person):
    try_password(client, person.username, PASSWORD)
    answer = client.get("/admin/")
    assert (answer.status_code, answer.url) == (302, "/tai-khoan/2fa/")


def test_training_mode_lets_a_person_in_without_the_second_factor_and_says_so(client, person, settings):
    settings.TRAINING_MODE = True
    try_password(client, person.username, PASSWORD)
    page = client.get("/admin/")
    assert page.status_code == 200
    assert "Chế độ tập huấn: đăng nhập không hỏi lớp xác thực thứ hai." in page.content.decode()


def test_an_enrolled_person_is_asked_for_the_code_even_in_training_mode(client, person, settings):
    settings.TRAINING_MODE = True
    TOTP.activate(person, generate_totp_secret())
    answer = try_password(client, person.username, PASSWORD)
    assert answer.url == "/tai-khoan/2fa/authenticate/"
    assert not is_signed_in(client)


def test_without_training_mode_nothing_speaks_of_it(client):
    assert "tập huấn" not in client.get(SIGN_IN).content.decode()


def test_the_secret_of_an_app_is_sealed_in_the_database(person):
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    assert secret not in str(Authenticator.objects.get(user=person).data)


def test_the_fifth_wrong_password_locks_and_the_right_one_no_longer_opens(client, person):
    for _ in range(4):
        assert LOCKED not in try_password(client, person.username).content.decode()
    fifth = try_password(client, person.username)
    assert fifth.status_code == 429
    assert LOCKED in fifth.content.decode()
    assert try_password(client, person.username, PASSWORD).status_code == 429
    assert not is_signed_in(client)
    assert AccessAttempt.objects.get().username == person.username


def test_the_lock_holds_for_one_name_on_one_machine_only(client, person):
    for _ in range(5):
        try_password(client, person.username)
    neighbour = MembershipFactory().user
    assert try_password(client, neighbour.username, PASSWORD).status_code == 302
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert try_password(elsewhere, person.username, PASSWORD).status_code == 302


def test_a_name_that_does_not_exist_locks_alike_and_reads_alike(client, person):
    real = try_password(client, person.username).content.decode()
    unreal = try_password(Client(), "khong-co-ai").content.decode()
    sentence = "Tên đăng nhập hoặc mật khẩu chưa đúng."
    assert sentence in real
    assert sentence in unreal


def test_a_person_without_a_membership_does_not_enter_the_admin(client, settings):
    settings.TRAINING_MODE = True
    stranger = UserFactory(is_superuser=True, is_staff=True)
    try_password(client, stranger.username, PASSWORD)
    answer = client.get("/admin/")
    assert answer.status_code in (302, 403)
    assert answer.status_code == 403 or answer.url.startswith(SIGN_IN)


def test_log_out_needs_a_post(client, person, settings):
    settings.TRAINING_MODE = True
    client.force_login(person, backend="cms.access.backends.MembershipBackend")
    assert "kết thúc phiên làm việc" in client.get("/tai-khoan/logout/").content.decode()
    assert is_signed_in(client)
    client.post("/tai-khoan/logout/")
    assert not is_signed_in(client)


def test_the_account_page_keeps_name_and_language_and_is_audited(client, person, settings):
    settings.TRAINING_MODE = True
    client.force_login(person, backend="cms.access.backends.MembershipBackend")
    decomposed = "Cán bộ thử"
    answer = client.post("/admin/account/", {"full_name": decomposed, "language": "en", "theme": "light"})
    assert answer.status_code == 302
    person.refresh_from_db()
    assert person.full_name == "Cán bộ thử"
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"
    assert AuditRow.objects.get(verb="accounts.change_own").actor == person


def test_an_empty_name_is_refused_beside_the_field(client, person, settings):
    settings.TRAINING_MODE = True
    client.force_login(person, backend="cms.access.backends.MembershipBackend")
    before = person.full_name
    page = client.post("/admin/account/", {"full_name": "", "language": "vi", "theme": "light"})
    assert page.context["form"].errors["full_name"]
    person.refresh_from_db()
    assert person.full_name == before


@pytest.mark.parametrize(
    ("credentials", "posted", "counted"),
    [
        ({"username": "TW.BienTap "}, {}, "tw.bientap"),
        ({"login": "tw.bientap"}, {}, "tw.bientap"),
        ({"password": "x"}, {"login": "tw.bientap"}, "tw.bientap"),
        (None, {}, ""),
    ],
)
def test_failures_are_counted_under_the_name_that_was_tried(credentials, posted, counted):
    assert name_tried(RequestFactory().post(SIGN_IN, posted), credentials) == counted


def test_the_language_is_vietnamese_whatever_the_browser_accepts(client):
    page = client.get(SIGN_IN, headers={"accept-language": "en-US,en;q=0.9"})
    assert '<html lang="vi">' in page.content.decode()
    client.post("/ngon-ngu/setlang/", {"language": "en", "next": SIGN_IN})
    assert '<html lang="en">' in client.get(SIGN_IN).content.decode()
