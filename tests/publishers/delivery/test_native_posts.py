"""What people post on our accounts by hand is found, kept apart from ours, and shown in the calendar."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from cms.accounts.models import Role
from cms.core import clock
from publishers.delivery.models import NativePost, NativeReading
from publishers.delivery.services import native
from tests.factories.cms import MembershipFactory
from tests.publishers.delivery.scene import carried

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _training(settings):
    settings.TRAINING_MODE = True


def test_ours_is_not_theirs_and_the_calendar_shows_it(scene, client):
    page = scene.page()
    ours = carried(scene.booked(page, "Bài của hệ thống."))
    made = scene.platforms.control(
        "POST",
        "native",
        {"platform": "facebook", "account": page.external_id, "text": "Bài đăng tay trên Trang."},
    )
    assert native.read_due() == 1
    found = NativePost.objects.get()
    assert (found.channel, found.remote_id, found.text) == (page, made["id"], "Bài đăng tay trên Trang.")
    assert ours.receipt.remote_id != found.remote_id
    # Read once an hour, however often the bell rings.
    asked = len(scene.platforms.requests(platform="facebook"))
    assert native.read_due() == 0
    assert len(scene.platforms.requests(platform="facebook")) == asked

    member = MembershipFactory(organisation=page.organisation, role=Role.PROVINCIAL_COMMUNICATOR).user
    client.force_login(member)
    text = client.get(reverse("schedule_calendar")).content.decode()
    assert "Bài đăng tay trên Trang." in text
    assert "đăng ngoài hệ thống" in text
    assert "Bài đăng tay" not in client.get(reverse("schedule_calendar"), {"kenh": "zalo"}).content.decode()
    client.force_login(MembershipFactory(role=Role.PROVINCIAL_COMMUNICATOR).user)
    assert "Bài đăng tay" not in client.get(reverse("schedule_calendar")).content.decode()


def test_what_turns_out_to_be_ours_is_taken_out_again(scene):
    page = scene.page()
    live = carried(scene.booked(page))
    now = clock.now()
    NativePost.objects.create(
        channel=page,
        remote_id=live.receipt.remote_id,
        text="x",
        published_at=now,
        first_seen_at=now,
        last_seen_at=now,
    )
    native.read_due()
    assert not NativePost.objects.exists()


def test_a_platform_that_is_away_is_asked_again_later(scene, settings):
    page = scene.page()
    settings.FACEBOOK_GRAPH_BASE = "http://127.0.0.1:9/graph"
    assert native.read_due() == 0
    reading = NativeReading.objects.get(channel=page)
    assert reading.sentence
    assert reading.next_at > clock.now() + timedelta(hours=2)
