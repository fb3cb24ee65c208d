"""A day of a Google project that is planned too full is said to whoever plans, long before a video has to wait."""

from __future__ import annotations

from datetime import datetime, timedelta
from html import unescape

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from campaigns.planning.models import Campaign
from campaigns.posts.checks import findings_of
from campaigns.posts.content_rules import Severity
from campaigns.posts.models import Post, VariantMedia
from campaigns.schedule.models import Slot, SlotState
from cms.channels.kinds import ChannelKind
from cms.core import clock
from media.library.models import Asset, AssetKind
from publishers.adapters.waits import next_pacific_midnight, pacific_day
from publishers.connections.models import PlatformApp, QuotaUse
from publishers.delivery.quota_advice import days_too_full
from tests.campaigns.conftest import house
from tests.factories.campaigns import PostFactory, SlotFactory, VariantFactory
from tests.factories.cms import ChannelFactory, PlaceFactory
from tests.factories.media import AssetFactory
from tests.factories.publishers import ConnectionFactory

pytestmark = pytest.mark.django_db


def moment(hours: float, day: int = 2) -> datetime:
    """So many hours after midnight in California, the day after tomorrow or another."""
    return next_pacific_midnight(clock.now()) + timedelta(days=day, hours=hours)


@pytest.fixture
def project() -> PlatformApp:
    """A Google project with a channel; a plain video needs 110 units of its day, 50 of them for the visible call."""
    app = ConnectionFactory(channel=ChannelFactory(youtube=True)).app
    app.daily_units, app.daily_inserts = 330, 100
    app.save()
    return app


def video(project: PlatformApp, at: datetime, captions: str = "", **variant) -> Slot:
    channel = project.connections.get().channel
    campaign = Campaign.objects.filter(organisation=channel.organisation).first()
    post = PostFactory(organisation=channel.organisation, **({"campaign": campaign} if campaign else {}))
    made = VariantFactory(post=post, youtube=True, kind=ChannelKind.YOUTUBE, **variant)
    clip = AssetFactory(organisation=channel.organisation)
    Asset.objects.filter(pk=clip.pk).update(kind=AssetKind.CLIP, captions=captions)
    VariantMedia.objects.create(variant=made, asset=clip)
    return SlotFactory(variant=made, channel=channel, at=at)


def test_three_videos_fit_and_the_fourth_is_said_on_each_of_that_day_and_on_no_other(project):
    three = [video(project, moment(8 + number)) for number in range(3)]
    assert days_too_full(three) == {}
    fourth, next_day = video(project, moment(12)), video(project, moment(8, day=3))
    said = days_too_full([*three, fourth, next_day])
    assert set(said) == {slot.pk for slot in (*three, fourth)}
    assert "cần khoảng 440 đơn vị, hạn mức của ngày chỉ còn 330" in said[fourth.pk]
    assert f"“{project.name}”" in said[fourth.pk]
    assert clock.spoken_stamp(next_pacific_midnight(fourth.at)) in said[fourth.pk]
    Slot.objects.filter(pk=three[0].pk).update(state=SlotState.CANCELLED)
    assert days_too_full([fourth]) == {}


def test_what_goes_up_the_day_before_is_paid_by_that_day(project):
    early = [
        video(project, moment(3)) for _each in range(4)
    ]  # they go up six hours before: yesterday in California
    PlatformApp.objects.update(daily_units=239)
    assert "cần khoảng 240 đơn vị" in days_too_full(early)[early[0].pk], "4 × 60 for what is unseen"
    PlatformApp.objects.update(daily_units=240)
    assert days_too_full(early) == {}, "and 4 × 50 for the visible calls, on the day itself"


@pytest.mark.parametrize(
    ("captions", "extras", "needed"),
    [
        ("", {"thumbnail": "none"}, 60),
        ("", {}, 110),
        ("WEBVTT", {}, 560),
        ("WEBVTT", {"captions": "none"}, 110),
        ("WEBVTT", {"playlist": "PL1"}, 611),
    ],
)
def test_needs_are_those_of_what_the_video_carries(project, captions, extras, needed):
    slot = video(project, moment(10), captions, extras=extras)
    PlatformApp.objects.update(daily_units=needed)
    assert days_too_full([slot]) == {}
    PlatformApp.objects.update(daily_units=needed - 1)
    assert slot.pk in days_too_full([slot])


def test_number_of_uploads_is_a_purse_of_its_own(project):
    PlatformApp.objects.update(daily_units=10_000, daily_inserts=1)
    slots = [video(project, moment(8)), video(project, moment(9))]
    assert "cần khoảng 2 lượt tải video, hạn mức của ngày chỉ còn 1" in days_too_full(slots)[slots[0].pk]


def test_today_counts_what_was_spent_already(project):
    slot = video(project, clock.now() + timedelta(minutes=1))
    assert days_too_full([slot]) == {}
    QuotaUse.objects.create(app=project, day=pacific_day(clock.now()), bucket="units", used=300)
    assert "chỉ còn 30" in days_too_full([slot])[slot.pk]


def test_other_projects_and_other_kinds_have_nothing_to_do_with_it(project):
    full = [video(project, moment(8 + number)) for number in range(4)]
    other = ConnectionFactory(channel=ChannelFactory(youtube=True)).app
    page = SlotFactory()
    without = SlotFactory(variant__kind=ChannelKind.YOUTUBE, channel__kind=ChannelKind.YOUTUBE)
    calm = video(other, moment(9))
    assert set(days_too_full([*full, page, without, calm])) == {slot.pk for slot in full}
    with CaptureQueriesContext(database) as asked:
        days_too_full([page])
    assert len(asked) == 0


def test_questions_do_not_grow_with_videos_and_projects(project):
    def questions(slots: list[Slot]) -> int:
        with CaptureQueriesContext(database) as asked:
            days_too_full(slots)
        return len(asked)

    few = [video(project, clock.now() + timedelta(hours=1))]
    before = questions(few)
    assert before == 4
    others = [ConnectionFactory(channel=ChannelFactory(youtube=True)).app for _each in range(5)]
    many = few + [video(app, clock.now() + timedelta(hours=number)) for app in others for number in range(3)]
    assert questions(many) == before


def test_editor_reads_it_at_the_time_and_the_approver_among_the_findings_and_may_approve(
    project, client, settings
):
    settings.TRAINING_MODE = True
    home = house(PlaceFactory(province=True))
    channel = project.connections.get().channel
    channel.organisation = home.organisation
    channel.save()
    slot = video(project, moment(10))
    PlatformApp.objects.update(daily_units=100)
    sentence = days_too_full([slot])[slot.pk]
    client.force_login(home.editor)
    page = client.get(reverse("wagtailsnippets_posts_post:edit", args=[slot.variant.post_id]))
    assert sentence in unescape(page.content.decode())
    [finding] = [
        each for each in findings_of(Post.objects.get(pk=slot.variant.post_id)) if each.sentence == sentence
    ]
    assert (finding.severity, finding.forbids, finding.kind) == (Severity.WARNING, False, "youtube")
