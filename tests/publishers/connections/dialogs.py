"""A person's way through a connect flow: our pages by Django's client, the platform's dialog over real HTTP."""

from __future__ import annotations

import http.client
import re
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from django.test import Client
from django.urls import reverse

from cms.accounts.models import Role
from cms.channels.kinds import ChannelKind
from cms.channels.models import Channel
from cms.core.sealed_field import Secret
from publishers.connections.models import PLATFORM_OF_KIND, Platform, PlatformApp
from tests.contracts.platforms import Platforms
from tests.factories.cms import ChannelFactory, MembershipFactory, OrganisationFactory, PlaceFactory

APP_SECRET = "khoa-ung-dung-cua-thu-nghiem"
APP_IDS = {
    Platform.FACEBOOK: "100000000000001",
    Platform.GOOGLE: "lan-toa.apps.vidu.example",
    Platform.ZALO: "4000000000000000001",
}
USER = "100000000000900"  # the person of the sandbox's Facebook dialog


def fetched(address: str) -> tuple[int, str, str]:
    """GET `address` without following: status, Location, body."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=10)
    try:
        connection.request("GET", f"{parts.path}?{parts.query}")
        answer = connection.getresponse()
        return answer.status, answer.headers.get("Location", ""), answer.read().decode()
    finally:
        connection.close()


class Desk:
    """One administrator of one body, the body's apps, and the way through the pages."""

    def __init__(self, platforms: Platforms, client: Client) -> None:
        self.platforms = platforms
        self.client = client
        self.body = OrganisationFactory(place=PlaceFactory(province=True), leads=True)
        self.person = MembershipFactory(organisation=self.body, role=Role.ADMINISTRATOR).user
        client.force_login(self.person, backend="cms.access.backends.MembershipBackend")

    def app(self, platform: Platform, **more: Any) -> PlatformApp:
        app, _created = PlatformApp.objects.get_or_create(
            platform=platform, app_id=APP_IDS[platform],
            defaults={"organisation": self.body, "name": "Lan Tỏa thử", "secret": Secret(APP_SECRET), **more},
        )  # fmt: skip
        return app

    def channel(self, kind: ChannelKind, external_id: str = "", **more: Any) -> Channel:
        self.app(PLATFORM_OF_KIND[kind])
        return ChannelFactory(organisation=self.body, kind=kind, external_id=external_id, **more)

    # -- accounts on the other side -------------------------------------------------------------
    def page(self, id_: str, **more: Any) -> None:
        self.platforms.account(
            platform="facebook", id=id_, name=f"Trang {id_}", app_id=APP_IDS[Platform.FACEBOOK], app_secret=APP_SECRET, **more
        )  # fmt: skip

    def tube(self, id_: str, **more: Any) -> None:
        self.platforms.account(
            platform="youtube", id=id_, name=f"Kênh {id_}", client_id=APP_IDS[Platform.GOOGLE], client_secret=APP_SECRET, **more
        )  # fmt: skip

    def oa(self, id_: str, **more: Any) -> None:
        self.platforms.account(
            platform="zalo", id=id_, name=f"OA {id_}", app_id=APP_IDS[Platform.ZALO], secret_key=APP_SECRET, **more
        )  # fmt: skip

    # -- the way --------------------------------------------------------------------------------
    def open_dialog(self, channel: Channel) -> str:
        """Press "Kết nối" and "Tiếp tục"; return the dialog's address as the page shows it."""
        app = self.app(PLATFORM_OF_KIND[ChannelKind(channel.kind)])
        answer = self.client.post(reverse("channel_connect", args=[channel.public_id]), {"app": app.pk})
        found = re.search(r'id="open-dialog"[^>]*href="([^"]+)"', answer.content.decode())
        assert found, answer.content.decode()[:2000]
        return unescape(found[1])

    def agree(self, address: str, choice: str) -> str:
        """Press a button of the dialog; return our address to which it sends the person back."""
        status, _location, body = fetched(address)
        assert status == 200, body
        status, location, body = fetched(f"{address}&{urlencode({'chon': choice})}")
        assert status == 302, body
        return location

    def come_back(self, location: str, client: Client | None = None) -> str:
        """Follow the platform back into our house; return the page on which the person ends."""
        parts = urlsplit(location)
        answer = (client or self.client).get(f"{parts.path}?{parts.query}", follow=True)
        assert answer.status_code == 200, answer.status_code
        return unescape(answer.content.decode())

    def connect(self, channel: Channel, choice: str) -> str:
        """The whole way."""
        return self.come_back(self.agree(self.open_dialog(channel), choice))


def query_of(address: str) -> dict[str, str]:
    """The parameters of an address."""
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
