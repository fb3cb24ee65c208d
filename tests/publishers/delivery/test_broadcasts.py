"""A Zalo broadcast needs a second person and is sent once; an unclear one is left to people for good."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from campaigns.schedule.models import SlotState
from cms.accounts.models import Role
from cms.core import clock
from cms.core.errors import InputRefused, NotAllowed
from cms.notices.models import Notice
from publishers.delivery.models import Broadcast, Delivery, Receipt
from publishers.delivery.services import broadcasting, stopping
from publishers.delivery.states import State
from tests.factories.campaigns import SlotFactory, VariantFactory
from tests.factories.cms import ChannelFactory, MembershipFactory, OrganisationFactory
from tests.factories.publishers import ConnectionFactory
from tests.publishers.delivery.scene import again

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _training(settings):
    settings.TRAINING_MODE = True


@pytest.fixture
def morning(scene, monkeypatch):
    """Nine o'clock in Viet Nam, on the platform and here."""
    scene.platforms.control("POST", "clock", {"now": f"{clock.today():%Y-%m-%d}T09:00:00+07:00"})
    monkeypatch.setattr(broadcasting, "is_speaking_hour", lambda at: True)


@pytest.fixture
def article(scene, morning) -> Delivery:
    """An article that Zalo shows, made there directly, with our delivery's receipt."""
    channel = ChannelFactory(zalo=True, organisation=OrganisationFactory(leads=True))
    grant = ConnectionFactory(channel=channel)
    scene.platforms.account(
        platform="zalo", id=channel.external_id, name=channel.name, access_token=grant.access_token.reveal(),
        app_id=grant.app.app_id,
    )  # fmt: skip
    made = scene.platforms.control(
        "POST",
        "native",
        {"platform": "zalo", "account": channel.external_id, "title": "Phí mới", "text": "Phí mới."},
    )["id"]
    variant = VariantFactory(
        zalo=True, post__organisation=channel.organisation, title="Phí mới", text="Phí mới."
    )
    slot = SlotFactory(variant=variant, channel=channel, state=SlotState.DONE)
    now = clock.now()
    delivery = Delivery.objects.create(
        slot=slot, channel=channel, kind=channel.kind, organisation=channel.organisation, state=State.LIVE,
        due_at=now, ended_at=now, accepted_at=now, handles={"article_id": made},
    )  # fmt: skip
    Receipt.objects.create(delivery=delivery, remote_id=made, confirmed_at=now, evidence="platform")
    return again(delivery)


def people(article):
    body = article.organisation
    return (
        MembershipFactory(organisation=body, role=Role.CENTRAL_EDITOR).user,
        MembershipFactory(organisation=body, role=Role.APPROVER).user,
    )


def sent(scene):
    return scene.platforms.ever(kind="broadcast")


def test_proposed_by_one_approved_by_another_sent_once(scene, client, article):
    editor, approver = people(article)
    client.force_login(editor)
    address = reverse("delivery_broadcasts")
    refused = client.post(address, {"kenh": article.channel_id, "note": "Nhắc phí mới."})
    assert refused.status_code == 422
    assert "từ một đến năm bài" in refused.content.decode()
    client.post(address, {"kenh": article.channel_id, "articles": [article.pk], "note": "Nhắc phí mới."})
    row = Broadcast.objects.get()
    page = reverse("delivery_broadcast", args=[row.public_id])
    assert 'value="approve"' not in client.get(page).content.decode()
    client.post(page, {"action": "approve"})
    row.refresh_from_db()
    assert row.state == "proposed"
    MembershipFactory(user=editor, organisation=article.organisation, role=Role.APPROVER)
    editor.__dict__.pop("_memberships_kept", None)
    with pytest.raises(NotAllowed, match="không được tự duyệt"):
        broadcasting.decide(row, editor, approve=True)
    with pytest.raises(InputRefused, match="đã có trong thông báo khác"):
        broadcasting.propose(article.channel, [article], "Lần nữa.", editor)
    assert broadcasting.send_due() == 0
    assert Notice.objects.of(approver).filter(kind="approval").count() == 1

    client.force_login(approver)
    assert 'value="approve"' in client.get(page).content.decode()
    client.post(page, {"action": "approve"})
    assert broadcasting.send_due() == 1
    assert broadcasting.send_due() == 0
    row.refresh_from_db()
    assert (row.state, row.decided_by) == ("sent", approver)
    assert row.quota_before - row.quota_after == 1
    assert len(sent(scene)) == 1
    client.force_login(MembershipFactory(role=Role.CENTRAL_EDITOR).user)
    assert client.get(page).status_code == 404


def test_an_unclear_answer_is_final_and_a_person_says_what_it_was(scene, article):
    editor, approver = people(article)
    row = broadcasting.propose(article.channel, [article], "Nhắc.", editor)
    broadcasting.decide(row, approver, approve=True)
    scene.platforms.rule(platform="zalo", op="oa.broadcast", action="drop_after", times=1)
    broadcasting.send_due()
    row.refresh_from_db()
    assert row.state == "unclear"
    for _ in range(3):
        assert broadcasting.send_due() == 0
    assert len(sent(scene)) == 1
    assert Notice.objects.of(editor).filter(kind="look").count() == 1
    broadcasting.settle(row, editor, was_sent=True)
    row.refresh_from_db()
    assert (row.state, row.settled_by) == ("sent", editor)
    assert len(sent(scene)) == 1


def test_a_worker_that_died_while_sending_leaves_it_unclear(scene, article):
    editor, approver = people(article)
    row = broadcasting.propose(article.channel, [article], "Nhắc.", editor)
    broadcasting.decide(row, approver, approve=True)
    Broadcast.objects.filter(pk=row.pk).update(
        state="sending", sent_at=clock.now() - 2 * broadcasting.SILENCE
    )
    assert broadcasting.send_due() == 0
    row.refresh_from_db()
    assert row.state == "unclear"
    assert "không tự gửi lại" in row.sentence
    assert sent(scene) == []


def test_a_stop_holds_it_and_the_database_wants_a_second_person(scene, article):
    editor, approver = people(article)
    row = broadcasting.propose(article.channel, [article], "Nhắc.", editor)
    broadcasting.decide(row, approver, approve=True)
    freeze = stopping.stop(approver, "Quốc tang", organisation=article.organisation)
    assert broadcasting.send_due() == 0
    assert sent(scene) == []
    stopping.lift(freeze, approver)
    with pytest.raises(IntegrityError), transaction.atomic():
        Broadcast.objects.filter(pk=row.pk).update(decided_by=editor)
    assert broadcasting.send_due() == 1
