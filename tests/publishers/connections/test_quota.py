"""The count of a Google project's calls: whole under many hands, silent about its own troubles, shown to people."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.db import connections
from django.urls import reverse

from cms.channels.kinds import ChannelKind
from cms.core import clock
from publishers.adapters.waits import pacific_day
from publishers.adapters.youtube.costs import Bucket, Cost
from publishers.connections import quota
from publishers.connections.models import Platform, PlatformApp, QuotaUse
from publishers.connections.quota import budget_of, count
from tests.factories.publishers import PlatformAppFactory

READ = Cost(Bucket.UNITS, 1)
TUBE = "UCthanhhoa0000000000001"


@pytest.mark.django_db
def test_call_through_an_unknown_project_is_nobodys_and_stops_nothing():
    count("khong-co.apps.googleusercontent.com", READ)
    assert not QuotaUse.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 26, 7, 59, tzinfo=UTC), "2026-11-25"),  # winter: midnight is 08:00 UTC
        (datetime(2026, 11, 26, 8, 0, tzinfo=UTC), "2026-11-26"),
        (datetime(2026, 7, 1, 6, 59, tzinfo=UTC), "2026-06-30"),  # summer: 07:00 UTC
        (datetime(2026, 7, 1, 7, 0, tzinfo=UTC), "2026-07-01"),
    ],
)
def test_day_begins_at_midnight_in_california(moment, day, monkeypatch):
    app = PlatformAppFactory(platform="google")
    monkeypatch.setattr(quota.clock, "now", lambda: moment)
    count(app.app_id, READ)
    assert [str(row.day) for row in QuotaUse.objects.all()] == [day]
    assert budget_of(app, moment).spent(Bucket.UNITS) == 1
    assert budget_of(app, moment + timedelta(days=1)).spent(Bucket.UNITS) == 0


@pytest.mark.django_db
def test_more_than_the_limit_leaves_nothing_and_not_less():
    app = PlatformAppFactory(platform="google", daily_units=100)
    count(app.app_id, Cost(Bucket.UNITS, 400))
    budget = budget_of(app)
    assert (budget.spent(Bucket.UNITS), budget.left(Bucket.UNITS), budget.left(Bucket.INSERTS)) == (
        400,
        0,
        100,
    )


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_no_call_is_lost_when_many_workers_count_at_once():
    app = PlatformAppFactory(platform="google")
    start = threading.Barrier(6)

    def work() -> None:
        start.wait(10)
        for _ in range(5):
            count(app.app_id, READ)
        connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert budget_of(app).spent(Bucket.UNITS) == 30
    assert QuotaUse.objects.count() == 1


@pytest.mark.django_db
def test_looks_at_an_account_are_counted_and_the_health_page_tells_the_figures(desk):
    desk.tube(TUBE)
    channel = desk.channel(ChannelKind.YOUTUBE, TUBE)
    desk.connect(channel, TUBE)
    app = PlatformApp.objects.get(connections__channel=channel)
    # Whose channel it is was asked when it was connected, and its health right afterwards.
    assert budget_of(app).spent(Bucket.UNITS) == 2
    desk.client.post(reverse("channel_check", args=[channel.public_id]))
    assert budget_of(app).spent(Bucket.UNITS) == 3

    QuotaUse.objects.create(app=app, day=pacific_day(clock.now()), bucket="inserts", used=100)
    page = unescape(desk.client.get(reverse("channel_health")).content.decode())
    assert f"Dự án Google “{app.name}”: hôm nay đã dùng 3/10.000 đơn vị và 100/100 lượt tải video." in page
    assert "Hết hạn mức" in page
    other = unescape(desk.client.get(reverse("channel_health"), {"loai": "zalo"}).content.decode())
    assert "Dự án Google" not in other


@pytest.mark.django_db
def test_limits_stand_on_the_page_of_a_google_project_and_on_no_other(desk):
    for platform, shown in ((Platform.GOOGLE, True), (Platform.FACEBOOK, False), (Platform.ZALO, False)):
        page = desk.client.get(f"/admin/ung-dung-nen-tang/edit/{desk.app(platform).pk}/")
        assert page.status_code == 200
        assert ('name="daily_units"' in page.content.decode()) is shown
    app = desk.app(Platform.GOOGLE)
    answer = desk.client.post(
        f"/admin/ung-dung-nen-tang/edit/{app.pk}/",
        {"organisation": app.organisation_id, "name": app.name, "daily_units": 50_000, "daily_inserts": 300},
    )
    assert answer.status_code == 302, answer.content.decode()[:3000]
    app.refresh_from_db()
    assert (app.daily_units, app.daily_inserts) == (50_000, 300)
    assert bool(app.secret)
    emptied = {
        "organisation": app.organisation_id,
        "name": app.name,
        "daily_units": "",
        "daily_inserts": "-5",
    }
    page = desk.client.post(f"/admin/ung-dung-nen-tang/edit/{app.pk}/", emptied)
    assert page.status_code == 200, "a negative limit is refused on the page"
    desk.client.post(f"/admin/ung-dung-nen-tang/edit/{app.pk}/", emptied | {"daily_inserts": ""})
    app.refresh_from_db()
    assert (app.daily_units, app.daily_inserts) == (10_000, 100)
