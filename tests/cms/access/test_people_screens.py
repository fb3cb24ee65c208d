"""The administrator's screen of people: only those within reach, through audited verbs, nothing half-done."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse

from cms.accounts.models import Membership, Role, User
from cms.audit.models import AuditRow
from tests.factories.cms import PASSWORD, MembershipFactory, OrganisationFactory, PlaceFactory

pytestmark = pytest.mark.django_db

STRONG = "cau-mat-khau-rat-dai-2026"


@pytest.fixture
def body(db):
    return OrganisationFactory(place=PlaceFactory(province=True), leads=True)


@pytest.fixture
def admin(client, body, settings):
    settings.TRAINING_MODE = True
    person = MembershipFactory(organisation=body, role=Role.ADMINISTRATOR).user
    client.force_login(person, backend="cms.access.backends.MembershipBackend")
    return person


def add_form(body, **changed):
    return {
        "username": "Can.Bo.Moi", "full_name": "Cán bộ mới", "position": "Chuyên viên", "password": STRONG,
        "organisation": str(body.pk), "role": Role.COMMUNE_OFFICER.value, **changed,
    }  # fmt: skip


def edit_form(membership, **changed):
    return {
        "full_name": membership.user.full_name,
        "position": membership.user.position,
        "active": "on",
        **changed,
    }


def edit(client, membership, **changed):
    address = reverse("wagtailsnippets_accounts_membership:edit", args=[membership.pk])
    return client.post(
        address, {key: value for key, value in edit_form(membership, **changed).items() if value != ""}
    )


def errors(answer) -> str:
    return str(answer.context["form"].errors)


ADD = "/admin/nguoi-dung/add/"


def test_a_new_person_can_sign_in_and_the_act_is_recorded(client, admin, body):
    assert client.post(ADD, add_form(body)).status_code == 302
    person = User.objects.get(username="can.bo.moi")
    assert person.check_password(STRONG)
    assert [(row.organisation, row.role) for row in person.memberships.all()] == [
        (body, Role.COMMUNE_OFFICER)
    ]
    assert set(AuditRow.objects.filter(actor=admin).values_list("verb", flat=True)) >= {
        "accounts.create_person", "accounts.give_role",
    }  # fmt: skip
    assert not AuditRow.objects.filter(detail__icontains=STRONG).exists()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"password": "ngan"}, "Mật khẩu phải có ít nhất 12 ký tự."),
        ({"full_name": ""}, "Vui lòng nhập, vì đây là tài khoản mới."),
        ({"username": ""}, "bắt buộc"),
    ],
)
def test_a_refused_form_leaves_nobody_behind(client, admin, body, changed, sentence):
    before = (User.objects.count(), Membership.objects.count(), AuditRow.objects.count())
    answer = client.post(ADD, add_form(body, **changed))
    assert sentence in errors(answer)
    assert (User.objects.count(), Membership.objects.count(), AuditRow.objects.count()) == before


def test_the_same_role_is_not_given_twice(client, admin, body):
    held = MembershipFactory(organisation=body, role=Role.APPROVER)
    answer = client.post(ADD, add_form(body, username=held.user.username, role=Role.APPROVER.value))
    assert "Người này đã có vai trò đó ở cơ quan này." in errors(answer)


def test_a_known_person_gets_one_more_role(client, admin, body):
    held = MembershipFactory(organisation=body, role=Role.APPROVER)
    assert client.post(ADD, add_form(body, username=held.user.username)).status_code == 302
    assert held.user.memberships.count() == 2


def test_a_person_of_another_province_is_not_reached_by_name(client, admin, body):
    stranger = MembershipFactory(organisation=OrganisationFactory(place=PlaceFactory(province=True)))
    answer = client.post(ADD, add_form(body, username=stranger.user.username))
    assert "Tên đăng nhập này đã có người dùng." in errors(answer)
    assert stranger.user.memberships.count() == 1


def test_a_role_is_not_given_in_another_province(client, admin, body):
    elsewhere = OrganisationFactory(place=PlaceFactory(province=True))
    answer = client.post(ADD, add_form(body, organisation=str(elsewhere.pk)))
    assert "organisation" in answer.context["form"].errors
    assert not User.objects.filter(username="can.bo.moi").exists()


def test_ending_a_role_takes_effect_and_is_recorded(client, admin, body):
    held = MembershipFactory(organisation=body)
    assert edit(client, held, end_role="on").status_code == 302
    held.refresh_from_db()
    assert held.ended_at is not None
    assert AuditRow.objects.filter(verb="accounts.end_role", actor=admin).count() == 1


def test_switching_off_ends_open_sessions(client, admin, body):
    held = MembershipFactory(organisation=body)
    theirs = Client()
    theirs.force_login(held.user, backend="cms.access.backends.MembershipBackend")
    assert theirs.get("/admin/").status_code == 200
    edit(client, held, active="")
    assert theirs.get("/admin/").status_code == 302


def test_the_second_factor_is_reset(client, admin, body):
    held = MembershipFactory(organisation=body)
    TOTP.activate(held.user, generate_totp_secret())
    edit(client, held, reset_second_factor="on")
    assert not Authenticator.objects.filter(user=held.user).exists()
    assert AuditRow.objects.filter(verb="accounts.reset_second_factor").exists()


def test_an_account_with_roles_beyond_reach_is_not_taken_over(client, admin, body):
    held = MembershipFactory(organisation=body)
    MembershipFactory(user=held.user, organisation=OrganisationFactory())
    answer = edit(client, held, password=STRONG)
    assert "ngoài phạm vi của bạn" in errors(answer)
    held.user.refresh_from_db()
    assert held.user.check_password(PASSWORD)
    assert edit(client, held, end_role="on").status_code == 302


def test_nobody_switches_the_own_account_off(client, admin, body):
    own = admin.memberships.get()
    assert "chính mình" in errors(edit(client, own, active=""))
    assert "chính mình" in errors(edit(client, own, end_role="on"))


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_administrators_open_the_screen(client, body, settings, role):
    settings.TRAINING_MODE = True
    held = MembershipFactory(organisation=body, role=role)
    client.force_login(held.user, backend="cms.access.backends.MembershipBackend")
    assert client.get("/admin/nguoi-dung/").status_code in (302, 403)
    assert client.post(ADD, add_form(body)).status_code in (302, 403)
    assert not User.objects.filter(username="can.bo.moi").exists()
