"""Rotating the keys of the house: after it the old key can be dropped and everything still opens."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.test import Client

from cms.accounts import key_rotation
from cms.audit.models import AuditRow
from cms.channels.models import Channel
from cms.core import clock
from cms.core.sealed_field import SealedField, Secret, seal, unseal
from publishers.connections.models import Connection, PlatformApp
from tests.factories.cms import ChannelFactory, MembershipFactory
from tests.factories.publishers import ConnectionFactory

pytestmark = pytest.mark.django_db


def rotated() -> str:
    said = io.StringIO()
    call_command("rotate_keys", stdout=said)
    return said.getvalue()


@pytest.fixture
def keys(settings) -> tuple[str, str]:
    """A house sealed with an old key, before which a new one was put."""
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.FIELD_KEYS = [old]
    return old, new


@pytest.fixture
def house(keys, settings):
    """Sealed things of every kind, sealed with the old key; then the new key comes in front."""
    settings.TRAINING_MODE = True
    channel = ChannelFactory(recovery_contact=Secret("024 3944 0000"))
    ConnectionFactory(
        channel=channel, access_token=Secret("the-bi-mat"), refresh_token=Secret("gia-han-bi-mat")
    )
    person = MembershipFactory().user
    Authenticator.objects.create(
        user=person, type=Authenticator.Type.TOTP, data={"secret": seal("MA-BI-MAT")}
    )
    browser = Client()
    browser.force_login(person, backend="cms.access.backends.MembershipBackend")
    settings.FIELD_KEYS = [keys[1], keys[0]]
    return browser


def test_old_key_can_be_dropped_after_rotation_and_everything_still_opens(house, keys, settings):
    said = rotated()
    assert "connections.connection.access_token: đổi 1, đã mới 0" in said
    assert "Tổng cộng: đổi 6, đã mới 0." in said
    settings.FIELD_KEYS = [keys[1]]
    row = Connection.objects.get()
    assert (row.access_token.reveal(), row.refresh_token.reveal()) == ("the-bi-mat", "gia-han-bi-mat")
    assert PlatformApp.objects.get().secret.reveal() == "khoa-ung-dung-thu"
    assert Channel.objects.get().recovery_contact.reveal() == "024 3944 0000"
    assert unseal(Authenticator.objects.get().data["secret"]) == "MA-BI-MAT"
    assert house.get("/admin/account/").status_code == 200, "nobody was signed out"


def test_without_rotation_the_dropped_key_would_have_closed_everything(house, keys, settings):
    settings.FIELD_KEYS = [keys[1]]
    with pytest.raises(ImproperlyConfigured):
        Connection.objects.get()


def test_second_run_finds_nothing_to_do_and_writes_no_audit_row(house):
    rotated()
    rows = AuditRow.objects.filter(verb="accounts.rotate_keys")
    places = {row.detail["place"] for row in rows}
    assert {
        "connections.connection.access_token",
        "mfa.authenticator.data",
        "sessions.session.session_data",
    } <= places
    before = rows.count()
    said = rotated()
    assert "Tổng cộng: đổi 0, đã mới 6." in said
    assert "có thể bỏ các khóa cũ" in said
    assert rows.count() == before
    assert "bi-mat" not in repr(list(rows.values()))


def test_broken_off_run_goes_on_where_it_stopped(house, monkeypatch):
    monkeypatch.setattr(key_rotation, "_turn_factors", lambda: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        rotated()
    monkeypatch.undo()
    assert "Tổng cộng: đổi 2, đã mới 4." in rotated()


def test_token_renewed_in_the_middle_is_not_overwritten(house, monkeypatch):
    real = key_rotation.unseal

    def unsealed(token: str) -> str:
        Connection.objects.update(access_token=Secret("the-moi"))
        return real(token)

    monkeypatch.setattr(key_rotation, "unseal", unsealed)
    rotated()
    assert Connection.objects.get().access_token.reveal() == "the-moi"


def test_value_that_no_key_opens_is_said_without_being_shown(house, settings):
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(CommandError, match="Vui lòng thêm lại khóa cũ") as refusal:
        rotated()
    assert "gAAAA" not in str(refusal.value)


def test_session_that_no_key_opens_stops_nobody(house):
    expires = clock.now() + timedelta(days=1)
    Session.objects.create(session_key="cu", session_data="khong-mo-duoc", expire_date=expires)
    assert "Tổng cộng: đổi 6, đã mới 0." in rotated()
    assert Session.objects.get(session_key="cu").session_data == "khong-mo-duoc"


def test_every_sealed_field_of_the_house_is_reached(house):
    fields = {
        f"{model._meta.label_lower}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, SealedField)
    }
    assert len(fields) >= 8
    assert fields <= {line.split(":")[0] for line in rotated().splitlines()}
