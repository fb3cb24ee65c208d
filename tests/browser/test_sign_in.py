"""Signing in as people do: password, second factor, passkey, lock-out; and nothing for the content policy to refuse."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from axes.utils import reset

from cms.accounts.models import Role
from tests.browser.signing_in import context, page, press, sign_in, window
from tests.factories.cms import PASSWORD, MembershipFactory

__all__ = ["context", "page", "sign_in", "window"]

pytestmark = pytest.mark.django_db(transaction=True)

HEADING = "main h1"


@pytest.fixture
def person():
    reset()
    return MembershipFactory(role=Role.ADMINISTRATOR, user__username="quan-tri-thu").user


def virtual_key(context, page) -> None:
    """Plug a key into the browser that agrees to everything and holds nothing yet."""
    cdp = context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    cdp.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
                "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
            }
        },
    )  # fmt: skip


def code_for(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_the_sign_in_page_is_vietnamese_and_fits_a_phone(window, person):
    phone = window.page
    phone.set_viewport_size({"width": 360, "height": 740})
    window.open("/tai-khoan/login/")
    assert phone.locator("html").get_attribute("lang") == "vi"
    assert phone.inner_text(HEADING) == "Đăng nhập"
    label, field = phone.locator("label[for=id_login]"), phone.locator("#id_login")
    assert label.bounding_box()["y"] < field.bounding_box()["y"]
    assert not phone.get_by_text("Đăng ký").count()
    assert window.is_clean()


def test_a_wrong_password_is_said_in_a_sentence_and_the_fifth_locks(page, person):
    page.goto("/tai-khoan/login/")
    for attempt in range(5):
        page.fill("[name=login]", person.username)
        page.fill("[name=password]", "mat-khau-sai")
        press(page, "main form button[type=submit]")
        if attempt == 0:
            assert page.inner_text("[role=alert]") == "Tên đăng nhập hoặc mật khẩu chưa đúng."
    assert page.inner_text(HEADING) == "Tạm khóa đăng nhập"
    page.goto("/tai-khoan/login/")
    page.fill("[name=login]", person.username)
    page.fill("[name=password]", PASSWORD)
    press(page, "main form button[type=submit]")
    assert page.inner_text(HEADING) == "Tạm khóa đăng nhập"
    reset()


def test_a_person_without_second_factor_enrols_an_app_and_then_needs_its_code(page, sign_in, window, person):
    sign_in(person)
    assert page.inner_text(HEADING) == "Lớp xác thực thứ hai"
    press(page, "text=Dùng ứng dụng xác thực")
    if page.locator("[name=password]").count():
        page.fill("[name=password]", PASSWORD)
        press(page, "main form button[type=submit]")
    picture = page.locator("img.qr")
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
    secret = page.inner_text(".secret")
    page.fill("[name=code]", code_for(secret))
    press(page, "text=Bật lớp xác thực thứ hai")
    assert page.inner_text(HEADING) == "Mã dự phòng"
    codes = page.locator(".codes li").all_inner_texts()
    assert len(codes) == 10
    assert not Authenticator.objects.filter(data__icontains=secret).exists(), "the secret is kept sealed"

    page.goto("/tai-khoan/logout/")
    press(page, "main button[type=submit]")
    sign_in(person)
    assert page.inner_text(HEADING) == "Xác thực lần hai"
    page.goto("/admin/")
    assert "/tai-khoan/" in page.url, "a password alone opens nothing"
    page.goto("/tai-khoan/2fa/authenticate/")
    page.fill("[name=code]", codes[0])
    press(page, "main form button[type=submit]")
    page.wait_for_url("**/admin/")
    assert page.inner_text(HEADING) == "Tổng quan"
    assert window.is_clean()


def test_a_passkey_is_enrolled_and_signs_in_without_a_password(page, context, sign_in, window, person):
    virtual_key(context, page)
    sign_in(person)
    press(page, "text=Thêm khóa truy cập")
    if page.locator("[name=password]").count():
        page.fill("[name=password]", PASSWORD)
        press(page, "main form button[type=submit]")
    page.fill("[name=name]", "Máy ở cơ quan")
    page.check("[name=passwordless]")
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/2fa/recovery-codes/**")
    assert Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).count() == 1

    page.goto("/tai-khoan/logout/")
    press(page, "main button[type=submit]")
    page.goto("/tai-khoan/login/")
    page.click("#passkey_login")
    page.wait_for_url("**/admin/")
    assert page.inner_text(HEADING) == "Tổng quan"
    assert window.is_clean()


def test_a_passkey_that_is_not_there_is_said_on_the_page(page, context, person):
    virtual_key(context, page)
    page.goto("/tai-khoan/login/")
    page.click("#passkey_login")
    page.wait_for_selector("#khoa-truy-cap-loi", timeout=15_000)
    assert "Máy chưa nhận được khóa truy cập" in page.inner_text("#khoa-truy-cap-loi")


def test_the_training_banner_stands_on_both_sides_of_the_sign_in(page, sign_in, settings, person):
    settings.TRAINING_MODE = True
    said = "Chế độ tập huấn: đăng nhập không hỏi lớp xác thực thứ hai."
    page.goto("/tai-khoan/login/")
    assert page.get_by_text(said).is_visible()
    sign_in(person)
    page.wait_for_url("**/admin/")
    assert page.get_by_text(said).is_visible()


def test_the_language_switch_changes_the_page_and_is_remembered(page, person):
    page.goto("/tai-khoan/login/")
    press(page, "button[lang=en]")
    assert page.inner_text(HEADING) == "Sign in"
    page.goto("/tai-khoan/login/")
    assert page.locator("html").get_attribute("lang") == "en"
    press(page, "button[lang=vi]")
    assert page.inner_text(HEADING) == "Đăng nhập"
