"""Told once, in the transaction of what it is about; read by its own person only; one letter a day."""

from __future__ import annotations

import json

import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse

from cms.core import clock
from cms.notices.digest import send_digests
from cms.notices.models import Notice, NoticeKind
from cms.notices.services import mark_read, tell, unread_count
from tests.factories.cms import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


def in_script(words: str) -> str:
    """The words as the admin's menu carries them."""
    return json.dumps(words)[1:-1]


@pytest.fixture(autouse=True)
def _training(settings):
    settings.TRAINING_MODE = True


def test_the_same_cause_is_told_once_to_each_active_person():
    first, second, gone = UserFactory(), UserFactory(), UserFactory(is_active=False)
    assert tell([first, None, gone], NoticeKind.LOOK, "Cần xem lại.", cause="look:1", link="/admin/") == 1
    assert tell([first, second], NoticeKind.LOOK, "Cần xem lại, lần nữa.", cause="look:1") == 1
    assert tell([first], NoticeKind.LOOK, "Việc khác.", cause="look:2") == 1
    assert list(Notice.objects.of(first).order_by("pk").values_list("sentence", flat=True)) == [
        "Cần xem lại.", "Việc khác.",
    ]  # fmt: skip
    assert unread_count(second) == 1
    assert not Notice.objects.of(gone).exists()


def test_a_notice_leads_into_the_house_and_names_its_cause():
    user = UserFactory()
    for link in ("https://ngoai.example/", "//ngoai.example/"):
        with pytest.raises(ValueError, match="into this house"):
            tell([user], NoticeKind.STOP, "x", cause="a", link=link)
    with pytest.raises(ValueError, match="at most 120"):
        tell([user], NoticeKind.STOP, "x", cause="")
    tell([user], NoticeKind.STOP, "d" * 900, cause="long")
    assert len(Notice.objects.get().sentence) == 400


@pytest.mark.django_db(transaction=True)
def test_what_was_rolled_back_was_never_told():
    user = UserFactory()
    with pytest.raises(RuntimeError, match="outside the transaction"):
        tell([user], NoticeKind.STOP, "x", cause="a")
    with transaction.atomic():
        tell([user], NoticeKind.STOP, "x", cause="a")
        transaction.set_rollback(True)
    assert not Notice.objects.exists()


def test_the_bell_counts_and_a_person_reads_only_their_own(client):
    person, other = MembershipFactory().user, UserFactory()
    tell([person, other], NoticeKind.RECALL, "Gỡ bài trên Trang.", cause="recall:1", link="/admin/account/")
    client.force_login(person)
    address = reverse("notices")
    page = client.get(address).content.decode()
    assert "Gỡ bài trên Trang." in page
    assert in_script("Thông báo (1)") in page
    theirs = Notice.objects.of(other).get()
    assert client.post(address, {"mo": theirs.pk}).url == address
    assert client.post(address, {"mo": "9" * 40}).url == address
    assert unread_count(other) == 1
    mine = Notice.objects.of(person).get()
    assert client.post(address, {"mo": mine.pk}).url == "/admin/account/"
    assert unread_count(person) == 0
    assert (
        in_script("Thông báo (")
        not in client.get(address, {"loc": "chua-doc", "trang": "x"}).content.decode()
    )
    assert mark_read(other) == 1


def test_one_letter_names_what_no_letter_has_named(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.PUBLIC_BASE_URL = "https://lantoa.example"
    reader = UserFactory(email="can-bo@co-quan.example", full_name="Chuyên viên Mẫu")
    silent = UserFactory()
    for number in (1, 2):
        tell(
            [reader, silent], NoticeKind.OVERDUE, f"Quá giờ {number}.", cause=f"o:{number}", link="/admin/x/"
        )
    mark_read(reader, Notice.objects.of(reader).get(cause="o:1").pk)
    assert send_digests() == 1
    (letter,) = mail.outbox
    assert letter.to == ["can-bo@co-quan.example"]
    assert letter.subject == "Lan Tỏa: bạn có 1 thông báo chưa đọc"
    assert "Kính gửi Chuyên viên Mẫu," in letter.body
    assert "https://lantoa.example/admin/x/" in letter.body
    assert "Quá giờ 2." in letter.body
    assert "Quá giờ 1." not in letter.body
    assert send_digests() == 0
    assert Notice.objects.filter(mailed_at__lte=clock.now()).count() == 1


def test_a_mail_server_that_is_away_loses_no_letter(settings, monkeypatch):
    reader = UserFactory(email="can-bo@co-quan.example")
    tell([reader], NoticeKind.OVERDUE, "Quá giờ.", cause="o:1")
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    def away(self, messages):
        raise ConnectionRefusedError

    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", away)
        assert send_digests() == 0
    assert not mail.outbox
    assert send_digests() == 1
    assert len(mail.outbox) == 1
