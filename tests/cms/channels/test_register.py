"""The register of a channel: its page, its checklist with states, and the workbook an inspection asks for."""

from __future__ import annotations

import io
from datetime import date, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from cms.accounts.models import Role
from cms.audit.models import AuditRow
from cms.channels.checklist import OF_KIND, steps_for
from cms.channels.kinds import ChannelKind
from cms.channels.models import Channel, GoLiveStep, StepState
from cms.channels.services import checklist_of, progress, set_step
from cms.core import clock
from cms.core.errors import InputRefused, NotAllowed
from cms.core.sealed_field import Secret
from publishers.connections.dialogs import FACEBOOK_SCOPES, GOOGLE_SCOPES
from tests.factories.cms import ChannelFactory, MembershipFactory, OrganisationFactory, PlaceFactory

pytestmark = pytest.mark.django_db
EXPORT = reverse("channel_register")
SEALED = "hop-thu-cong-vu-bi-mat@example"


@pytest.fixture
def administrator(client, settings):
    settings.TRAINING_MODE = True
    body = OrganisationFactory(place=PlaceFactory(province=True), leads=True)
    person = MembershipFactory(organisation=body, role=Role.ADMINISTRATOR).user
    client.force_login(person, backend="cms.access.backends.MembershipBackend")
    return person


@pytest.fixture
def body(administrator):
    return administrator.memberships.get().organisation


def page_of(channel: Channel) -> str:
    return reverse("channel_page", args=[channel.public_id])


def exported(client) -> list[list]:
    answer = client.get(EXPORT)
    assert answer.status_code == 200
    return [[cell.value for cell in row] for row in load_workbook(io.BytesIO(answer.content)).active.rows]


def test_what_a_platform_demands_stands_in_the_checklist_of_its_kind():
    keys = {kind: {step.key for step in steps_for(kind)} for kind in ChannelKind.values}
    common = {"decision", "phone", "two-people"}
    assert keys["facebook"] - common == {
        "meta-business", "meta-app-review", "meta-permissions", "meta-page-role", "meta-page-authorisation",
        "meta-callback", "meta-public-post",
    }  # fmt: skip
    assert keys["youtube"] - common == {
        "google-apis", "google-scopes", "google-production", "google-audit", "youtube-phone", "google-quota",
        "google-callback", "youtube-public-video",
    }  # fmt: skip
    assert keys["zalo"] - common == {
        "zalo-verified", "zalo-package", "zalo-app", "zalo-permissions", "zalo-callback", "zalo-media-base",
        "zalo-one-house", "zalo-public-article",
    }  # fmt: skip
    assert keys["portal"] == {"decision", "phone", "two-people"}
    for kind in OF_KIND:
        assert len({step.key for step in steps_for(kind)}) == len(steps_for(kind))


def test_every_right_that_connecting_asks_for_stands_in_the_checklist():
    told = {step.key: str(step.what) for kind in OF_KIND for step in steps_for(kind)}
    rights = set(told["meta-permissions"].rstrip(".").split(", "))
    assert rights == set(FACEBOOK_SCOPES)
    assert all(scope.rsplit("/", 1)[-1] in told["google-scopes"] for scope in GOOGLE_SCOPES)


def test_state_is_noted_with_who_and_when_and_shown_with_progress(administrator, body, client):
    channel = ChannelFactory(organisation=body)
    of = len(steps_for("facebook"))
    assert f"Đã xong 0/{of} việc." in client.get(page_of(channel)).content.decode()
    sent = {"key": "meta-app-review", "state": "da-xong", "note": "  Duyệt   ngày 20/11 "}
    page = unescape(client.post(page_of(channel), sent, follow=True).content.decode())
    assert f"Đã xong 1/{of} việc." in page
    assert f"Duyệt ngày 20/11 · {administrator.get_full_name()}, " in page
    client.post(page_of(channel), {"key": "meta-business", "state": "khong-ap-dung", "note": ""})
    assert f"Đã xong 1/{of - 1} việc." in client.get(page_of(channel)).content.decode()
    row = AuditRow.objects.get(verb="channels.set_step", detail__step="meta-app-review")
    assert (row.actor, row.detail["state"]) == (administrator, "da-xong")


def test_words_too_many_and_steps_that_do_not_exist_are_refused_and_nothing_typed_is_lost(
    body, administrator, client
):
    channel = ChannelFactory(organisation=body, zalo=True)
    long = "ấ" * 301
    answer = client.post(page_of(channel), {"key": "zalo-package", "state": "dang-lam", "note": long})
    assert answer.status_code == 422
    assert "Ghi chú dài tối đa 300 ký tự." in answer.content.decode()
    assert long in answer.content.decode()
    for wrong in ({"key": "meta-app-review", "state": "da-xong"}, {"key": "zalo-package", "state": "la"}):
        assert client.post(page_of(channel), wrong).status_code == 422
    assert not GoLiveStep.objects.exists()
    set_step(channel, "zalo-package", StepState.DOING, "ấ" * 300, by=administrator)
    assert GoLiveStep.objects.get().note == "ấ" * 300


def test_only_who_may_change_the_register_notes_a_state(administrator, body, client):
    channel = ChannelFactory(organisation=body)
    viewer = MembershipFactory(organisation=body, role=Role.APPROVER).user
    with pytest.raises(NotAllowed):
        set_step(channel, "decision", StepState.DONE, "", by=viewer)
    client.force_login(viewer, backend="cms.access.backends.MembershipBackend")
    assert "Ghi tình trạng" not in client.get(page_of(channel)).content.decode()
    client.post(page_of(channel), {"key": "decision", "state": "da-xong"})
    assert not GoLiveStep.objects.exists()
    with pytest.raises(InputRefused):
        set_step(channel, "khong-co", StepState.DONE, "", by=administrator)


def test_recovery_contact_is_sealed_and_shown_to_those_who_may_connect_only(administrator, body, client):
    add = reverse("wagtailsnippets_channels_channel:add")
    client.post(
        add,
        {
            "organisation": body.pk, "kind": "facebook", "name": "Chuyển đổi số", "minimum_gap": "0", "is_active": "on",
            "verified_phone": "024 3944 1234", "phone_verified_on": "2026-11-02", "recovery_role": "Chánh Văn phòng",
            "recovery_contact": SEALED, "account_admins": "Phó Chánh Văn phòng, chuyên viên CNTT",
        },
    )  # fmt: skip
    channel = Channel.objects.get()
    assert (channel.recovery_contact.reveal(), channel.phone_verified_on) == (SEALED, date(2026, 11, 2))
    with connection.cursor() as cursor:
        cursor.execute("SELECT recovery_contact FROM channels_channel")
        assert SEALED not in str(cursor.fetchone())
    assert SEALED in client.get(page_of(channel)).content.decode()
    viewer = MembershipFactory(organisation=body, role=Role.PROVINCIAL_COMMUNICATOR).user
    client.force_login(viewer, backend="cms.access.backends.MembershipBackend")
    page = client.get(page_of(channel)).content.decode()
    assert "Chánh Văn phòng" in page
    assert SEALED not in page
    assert SEALED not in str(exported(client))


def test_phone_that_is_no_phone_is_refused(administrator, body, client):
    sent = {
        "organisation": body.pk,
        "kind": "facebook",
        "name": "A",
        "minimum_gap": "0",
        "verified_phone": "gọi anh Ba",
    }
    page = client.post(reverse("wagtailsnippets_channels_channel:add"), sent).content.decode()
    assert "Số điện thoại chỉ gồm chữ số" in page
    assert not Channel.objects.exists()


def test_register_is_exported_as_text_and_dates_and_only_what_one_may_see(administrator, body, client):
    made = ChannelFactory(
        organisation=body, name='=HYPERLINK("http://xau.example";"a")', decision_number="12/QĐ-UBND",
        decision_date=date(2026, 3, 2), recovery_contact=Secret(SEALED), account_admins="Dòng\x0bmột",
    )  # fmt: skip
    ChannelFactory(name="Của tỉnh khác")
    set_step(made, "decision", StepState.DONE, "", by=administrator)
    set_step(made, "meta-business", StepState.NOT_NEEDED, "", by=administrator)
    head, *rows = exported(client)
    assert head[0] == "Cơ quan, đơn vị"
    (row,) = rows
    line = dict(zip(head, row, strict=True))
    assert line["Tên kênh"] == made.name
    assert line["Ngày quyết định"].date() == date(2026, 3, 2)
    assert (line["Việc đã xong"], line["Việc phải làm"]) == (1, len(steps_for("facebook")) - 1)
    assert "Xét duyệt ứng dụng" in line["Việc còn lại"]
    assert line["Ai quản trị tài khoản"] == "Dòngmột"
    book = load_workbook(io.BytesIO(client.get(EXPORT).content))
    kinds = {cell.data_type for line in book.active.iter_rows(min_row=2) for cell in line}
    assert "f" not in kinds, "nothing typed is ever a formula"
    assert client.get(EXPORT)["Content-Disposition"].endswith(
        f'so-dang-ky-kenh-{clock.today():%Y-%m-%d}.xlsx"'
    )


def test_export_asks_the_same_number_of_questions_for_two_channels_and_for_thirty(
    administrator, body, client
):
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(EXPORT)
        return len(asked)

    ChannelFactory.create_batch(2, organisation=body)
    questions()
    few = questions()
    ChannelFactory.create_batch(28, organisation=body)
    assert questions() == few


def test_progress_counts_what_applies(administrator, body):
    channel = ChannelFactory(organisation=body, zalo=True)
    rows = checklist_of(channel)
    assert progress(rows) == (0, len(rows))
    for row in rows:
        set_step(channel, row.step.key, StepState.NOT_NEEDED, "", by=administrator)
    assert progress(checklist_of(channel)) == (0, 0)
    entry = GoLiveStep.objects.first()
    assert clock.now() - entry.changed_at < timedelta(minutes=1)
