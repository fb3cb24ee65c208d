"""The address from which Zalo fetches our pictures: found wanting by the daily look, not by the first lost article."""

from __future__ import annotations

import socket
from html import unescape

import pytest
from django.urls import reverse

from cms.channels.kinds import ChannelKind
from publishers.connections import checking, media_door
from publishers.connections.models import Connection, Health
from tests.publishers.connections.test_health import OA, PAGE, connected

REAL = "https://openapi.zalo.me"


@pytest.mark.parametrize(
    ("base", "zalo", "expected"),
    [
        ("https://media.lantoa.example", REAL, False),  # the default: nobody has set it
        ("https://tep.thanhhoa.gov.vn", REAL, True),
        ("https://tep.thanhhoa.gov.vn:8443/kho", REAL, True),
        ("http://tep.thanhhoa.gov.vn", REAL, False),
        ("https://localhost", REAL, False),
        ("https://may-chu", REAL, False),
        ("https://kho.local.", REAL, False),
        ("", REAL, False),
        ("https://media.lantoa.example", "http://127.0.0.1:8100/zalo", True),  # the sandbox maps it
        ("", "http://127.0.0.1:8100/zalo", False),
    ],
)
def test_address_that_cannot_be_one_of_the_internet_is_not_set(base: str, zalo: str, expected: bool) -> None:
    assert media_door.is_set(base, zalo) is expected


@pytest.fixture
def closed_door() -> str:
    """An address of this machine behind which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}"


@pytest.mark.django_db
def test_door_that_stays_shut_is_a_finding_of_every_oa_and_of_nobody_else(desk, settings, closed_door):
    oa, page = connected(desk, ChannelKind.ZALO), connected(desk, ChannelKind.FACEBOOK)
    settings.PUBLIC_MEDIA_CHECK_BASE = closed_door
    for channel in (oa, page):
        checking.check(channel)
    kept = Connection.objects.get(channel=oa)
    assert (kept.health, [each["code"] for each in kept.findings]) == (Health.CARE, ["media-door"])
    assert Connection.objects.get(channel__external_id=PAGE).findings == []
    shown = unescape(desk.client.get(reverse("channel_health")).content.decode())
    assert "Không mở được địa chỉ công khai mà Zalo sẽ lấy ảnh" in shown
    assert closed_door not in shown


@pytest.mark.django_db
def test_door_that_answers_again_is_no_finding(desk, settings, closed_door, live_server, monkeypatch):
    monkeypatch.setattr(media_door, "REMEMBERED_FOR", 0.0)
    oa = connected(desk, ChannelKind.ZALO)
    settings.PUBLIC_MEDIA_CHECK_BASE = closed_door
    checking.check(oa)
    settings.PUBLIC_MEDIA_CHECK_BASE = live_server.url
    checking.check(oa)
    kept = Connection.objects.get(channel__external_id=OA)
    assert (kept.health, kept.findings) == (Health.GOOD, [])


@pytest.mark.django_db
def test_closed_door_is_knocked_at_once_for_many_oas(settings, closed_door, monkeypatch):
    knocks = []
    real = media_door.call

    def call(*parts, **named):
        knocks.append(parts)
        return real(*parts, **named)

    monkeypatch.setattr(media_door, "call", call)
    settings.PUBLIC_MEDIA_CHECK_BASE = closed_door
    settings.ZALO_API_BASE = "http://127.0.0.1:1/zalo"
    assert [media_door.trouble() for _oa in range(50)] == [media_door.CLOSED] * 50
    assert len(knocks) == 1


@pytest.mark.django_db
def test_default_address_beside_a_real_zalo_is_said_to_forbid_pictures(settings):
    settings.ZALO_API_BASE = REAL
    settings.PUBLIC_MEDIA_BASE = "https://media.lantoa.example"
    found = media_door.trouble()
    assert found is media_door.NOT_SET
    assert "PUBLIC_MEDIA_BASE" in found.sentence
