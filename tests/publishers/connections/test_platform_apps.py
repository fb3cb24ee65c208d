"""The apps through which channels are connected: registered once, their secrets never shown again."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode

import pytest
from django.urls import reverse

from publishers.connections.models import PlatformApp
from tests.publishers.connections.dialogs import APP_SECRET

pytestmark = pytest.mark.django_db


def test_app_is_registered_once_and_its_secret_never_comes_back(desk):
    add = reverse("wagtailsnippets_connections_platformapp:add")
    sent = {
        "organisation": desk.body.pk,
        "platform": "zalo",
        "name": "Ứng dụng Zalo",
        "app_id": "4000000000000000009",
    }
    assert "new_secret" in desk.client.post(add, sent).context["form"].errors
    desk.client.post(add, {**sent, "new_secret": APP_SECRET})
    app = PlatformApp.objects.get(app_id=sent["app_id"])
    assert app.secret.reveal() == APP_SECRET
    edit = reverse("wagtailsnippets_connections_platformapp:edit", args=[app.pk])
    page = desk.client.get(edit).content.decode()
    assert APP_SECRET not in page
    assert "/admin/ket-noi/tro-ve/zalo/" in page
    desk.client.post(edit, {**sent, "name": "Tên mới", "app_id": "9", "new_secret": ""})
    app.refresh_from_db()
    assert (app.name, app.app_id, app.secret.reveal()) == ("Tên mới", sent["app_id"], APP_SECRET)


def test_console_mode_shows_the_challenge_and_not_the_verifier(desk, settings):
    settings.ZALO_PKCE_MODE = "console"
    sent = {
        "organisation": desk.body.pk,
        "platform": "zalo",
        "name": "Z",
        "app_id": "9",
        "new_secret": APP_SECRET,
    }
    desk.client.post(reverse("wagtailsnippets_connections_platformapp:add"), sent)
    app = PlatformApp.objects.get(app_id="9")
    verifier = app.console_verifier.reveal()
    page = desk.client.get(
        reverse("wagtailsnippets_connections_platformapp:edit", args=[app.pk])
    ).content.decode()
    assert urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=") in page
    assert verifier not in page
    assert len(verifier) == 43
