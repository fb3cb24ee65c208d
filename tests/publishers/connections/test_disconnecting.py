"""Taking a grant away over HTTP: gone here at once, ended at Google, and no secret in any address on the way."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest
import requests
from django.urls import reverse

from cms.audit.models import AuditRow
from cms.channels.kinds import ChannelKind
from cms.channels.models import Channel
from cms.channels.sockets import not_ready
from cms.core import clock
from cms.core.errors import OutsideUnreachable
from publishers.connections import services
from publishers.connections.disconnecting import disconnect
from publishers.connections.models import Connection, ConnectionState
from tests.publishers.connections.dialogs import APP_SECRET, USER

pytestmark = pytest.mark.django_db

PAGE, TUBE, OA = "260000000000038", "UCthanhhoa0000000000001", "3600000000000000038"


@pytest.fixture
def addresses(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every address that is asked over the wire while the test runs."""
    asked: list[str] = []
    send = requests.Session.send

    def noted(self, request, **options):
        asked.append(request.url)
        return send(self, request, **options)

    monkeypatch.setattr(requests.Session, "send", noted)
    return asked


def disconnected(desk, channel: Channel) -> str:
    address = reverse("channel_disconnect", args=[channel.public_id])
    return unescape(desk.client.post(address, follow=True).content.decode())


def test_disconnecting_a_youtube_channel_ends_the_grant_at_google(desk):
    desk.tube(TUBE)
    channel = desk.channel(ChannelKind.YOUTUBE, TUBE)
    desk.connect(channel, TUBE)
    said = disconnected(desk, channel)
    assert "thu hồi quyền ở Google" in said
    assert len(desk.platforms.requests(platform="youtube", op="token.revoke")) == 1
    gone = Connection.objects.get(channel=channel)
    assert (bool(gone.access_token), bool(gone.refresh_token)) == (False, False)
    (row,) = AuditRow.objects.filter(verb="connections.revoke", actor=desk.person)
    assert row.detail["confirmed"] is True


@pytest.mark.parametrize("trouble", ["html_502", "drop_before", "timeout_after"])
def test_google_that_does_not_answer_keeps_no_token_here_and_the_person_is_told(desk, settings, trouble):
    settings.PLATFORM_TIMEOUT = (1.0, 1.0)
    desk.tube(TUBE)
    channel = desk.channel(ChannelKind.YOUTUBE, TUBE)
    desk.connect(channel, TUBE)
    desk.platforms.rule(platform="youtube", op="token.revoke", action=trouble, times=1, seconds=2)
    said = disconnected(desk, channel)
    assert "Google chưa xác nhận đã thu hồi quyền" in said
    assert "myaccount.google.com/permissions" in said
    gone = Connection.objects.get(channel=channel)
    assert (gone.state, bool(gone.access_token), bool(gone.refresh_token)) == (
        ConnectionState.DISCONNECTED,
        False,
        False,
    )
    (row,) = AuditRow.objects.filter(verb="connections.revoke")
    assert row.detail["confirmed"] is False


def test_platforms_without_such_a_call_are_not_asked(desk):
    desk.oa(OA)
    channel = desk.channel(ChannelKind.ZALO, OA)
    desk.connect(channel, OA)
    before = len(desk.platforms.requests(platform="zalo"))
    assert "Đã ngắt kết nối và xóa mã truy cập của kênh." in disconnected(desk, channel)
    assert len(desk.platforms.requests(platform="zalo")) == before
    assert not AuditRow.objects.filter(verb="connections.revoke").exists()


@pytest.mark.parametrize(
    ("kind", "id_", "choice"),
    [
        (ChannelKind.FACEBOOK, PAGE, USER),
        (ChannelKind.YOUTUBE, TUBE, TUBE),
        (ChannelKind.ZALO, OA, OA),
    ],
)
def test_no_secret_stands_in_an_address_from_connecting_to_disconnecting(desk, addresses, kind, id_, choice):
    make = {ChannelKind.FACEBOOK: desk.page, ChannelKind.YOUTUBE: desk.tube, ChannelKind.ZALO: desk.oa}
    make[kind](id_)
    channel = desk.channel(kind, id_)
    desk.connect(channel, choice)
    grant = Connection.objects.get(channel=channel)
    secrets = [APP_SECRET, grant.access_token.reveal(), grant.refresh_token.reveal()]
    desk.client.post(reverse("channel_check", args=[channel.public_id]), follow=True)
    disconnected(desk, channel)
    assert len(addresses) >= 3
    for word in (*filter(None, secrets), "client_secret", "access_token=", "fb_exchange_token=", "code="):
        assert not any(word in address for address in addresses), word


def test_disconnecting_erases_the_grant_and_holds_what_is_due(desk):
    desk.oa(OA)
    channel = desk.channel(ChannelKind.ZALO, OA)
    desk.connect(channel, OA)
    address = reverse("channel_disconnect", args=[channel.public_id])
    assert "được tạm giữ cho tới khi kênh được kết nối lại" in desk.client.get(address).content.decode()
    assert Connection.objects.get(channel=channel).access_token
    desk.client.post(address)
    gone = Connection.objects.get(channel=channel)
    assert not gone.access_token
    assert not gone.refresh_token
    assert gone.state == ConnectionState.DISCONNECTED
    assert "chưa được kết nối" in not_ready([channel])[channel.pk]
    with pytest.raises((services.NeedsReconnect, OutsideUnreachable)):
        services.credential_for(channel)
    assert services.refresh_expiring() == 0
    assert AuditRow.objects.filter(verb="connections.disconnect", actor=desk.person).count() == 1


def test_renewal_under_way_does_not_undo_a_disconnect(desk, monkeypatch):
    desk.oa(OA)
    channel = desk.channel(ChannelKind.ZALO, OA)
    desk.connect(channel, OA)
    Connection.objects.filter(channel=channel).update(expires_at=clock.now() - timedelta(minutes=1))
    ask = services._ask

    def asked(connection):
        answer = ask(connection)
        disconnect(channel, by=desk.person)
        return answer

    monkeypatch.setattr(services, "_ask", asked)
    with pytest.raises(services.NeedsReconnect):
        services.credential_for(channel)
    assert not Connection.objects.get(channel=channel).access_token
