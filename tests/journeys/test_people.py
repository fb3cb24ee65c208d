"""One message on its way through the pages people use: written, approved by a second person, sent, read, verified."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from campaigns.posts.models import Post
from cms.accounts.models import Role
from cms.core import clock
from cms.core.clock import vietnam_time
from publishers.delivery import tasks
from publishers.delivery.models import Delivery
from publishers.delivery.services import booking
from publishers.delivery.states import State
from publishers.scripts.models import ScriptVersion
from tests.factories.campaigns import CampaignFactory
from tests.factories.cms import MembershipFactory, OrganisationFactory, PlaceFactory
from tests.factories.publishers import StationFactory
from tests.publishers.delivery.scene import Scene, wake

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("training", "kept_folder"),
]

ADD = reverse("wagtailsnippets_posts_post:add")
TEXT = "Từ nay bà con nộp hồ sơ tại nhà. Cần giúp đỡ, xin gọi 18001096."


@pytest.fixture
def province():
    return OrganisationFactory(place=PlaceFactory(province=True), name="Sở mẫu tỉnh A", leads=True)


def browser_of(organisation, role: Role) -> Client:
    """A browser in which a new person with `role` in `organisation` is signed in."""
    client = Client()
    client.force_login(MembershipFactory(organisation=organisation, role=role).user)
    return client


def soon() -> datetime:
    """An hour of the day within the next day, whenever the test runs: booking looks a day ahead."""
    now = clock.in_vietnam(clock.now())
    today = vietnam_time(now.year, now.month, now.day, 0, 0)
    hours = (today + timedelta(hours=each) for each in (12, 18, 33))
    return next(at for at in hours if at > now + timedelta(minutes=30))


def written(editor: Client, scene: Scene, province) -> Post:
    """Have the editor write a post for the province's Page and for its stations, and hand it in."""
    page = scene.page(organisation=province)
    at = soon().strftime("%Y-%m-%dT%H:%M")
    answer = editor.post(
        ADD,
        {
            "title": "Nộp hồ sơ tại nhà",
            "organisation": province.pk,
            "campaign": CampaignFactory(organisation=province).pk,
            "facebook-text": TEXT,
            f"channel-{page.pk}-on": "on",
            f"channel-{page.pk}-at": at,
            "loudspeaker-title": "Nộp hồ sơ tại nhà",
            "loudspeaker-text": TEXT,
            "stations-1-place": province.place.name,
            "stations-1-at": at,
            "action": "submit",
        },
    )
    assert answer.status_code == 302, answer.content.decode()
    return Post.objects.get()


def decide(post: Post) -> str:
    return reverse("wagtailsnippets_posts_post:decide", args=[post.pk])


def approve(person: Client, post: Post):
    shown = person.get(decide(post))
    return person.post(
        decide(post), {"action": "approve", "content_hash": shown.context["content_hash"]}, follow=True
    )


def test_who_writes_cannot_approve_and_nothing_is_booked_until_a_second_person_has(scene: Scene, province):
    editor = browser_of(province, Role.PROVINCIAL_COMMUNICATOR)
    post = written(editor, scene, province)
    assert "Duyệt đúng nội dung này" not in editor.get(decide(post)).content.decode()
    editor.post(
        decide(post), {"action": "approve", "content_hash": editor.get(decide(post)).context["content_hash"]}
    )
    assert booking.book_due() == 0
    assert not Delivery.objects.exists()


def test_sent_back_with_a_reason_it_returns_to_the_editor_and_can_be_handed_in_again(scene: Scene, province):
    editor, leader = (browser_of(province, role) for role in (Role.PROVINCIAL_COMMUNICATOR, Role.APPROVER))
    post = written(editor, scene, province)
    leader.post(decide(post), {"action": "send_back", "reason": "Bỏ số điện thoại."})
    shown = editor.get(reverse("wagtailsnippets_posts_post:edit", args=[post.pk])).content.decode()
    assert "Bỏ số điện thoại." in shown
    assert f'href="{decide(post)}"' not in leader.get(reverse("posts_waiting")).content.decode()
    assert booking.book_due() == 0


def test_an_approved_message_reaches_the_page_and_the_station_once_and_a_citizen_can_verify_it(
    scene: Scene, province, live_server, settings
):
    settings.STATION_READBACK_BASE = live_server.url
    commune = PlaceFactory(commune=True, parent=province.place)
    station = StationFactory(place=commune, slug="xa-mau")
    editor, leader = (browser_of(province, role) for role in (Role.PROVINCIAL_COMMUNICATOR, Role.APPROVER))
    post = written(editor, scene, province)
    assert f'href="{decide(post)}"' in leader.get(reverse("posts_waiting")).content.decode()
    assert "Đã duyệt" in approve(leader, post).content.decode()

    tasks.book_approved()
    assert sorted(Delivery.objects.values_list("kind", flat=True)) == ["facebook", "loudspeaker"]
    with time_machine.travel(soon() + timedelta(seconds=5)):
        tasks.publish_due()
        tasks.speak_due()
        tasks.publish_due()

        for delivery in Delivery.objects.all():
            assert delivery.state == State.LIVE, (delivery.kind, delivery.sentence)
        page = Delivery.objects.get(kind="facebook").channel
        (seen,) = scene.visible(page)
        assert seen["text"].startswith(TEXT)

        citizen = Client()
        listed = citizen.get(f"/dai/{station.slug}/").content.decode()
        assert "Nộp hồ sơ tại nhà" in listed
        script = ScriptVersion.objects.get()
        read = citizen.get(script.get_absolute_url()).content.decode()
        assert "một tám không không" in read
        for code in (script.code, post.verify_code):
            verdict = citizen.get(f"/xac-minh/{code}/").content.decode()
            assert "<strong>Còn hiệu lực.</strong>" in verdict
            assert "Sở mẫu tỉnh A" in verdict
        assert citizen.cookies == {}
        # The queue says so too, with what the platform confirmed.
        operator = browser_of(province, Role.PROVINCIAL_COMMUNICATOR)
        shown = operator.get(reverse("delivery_page", args=[Delivery.objects.get(kind="facebook").public_id]))
        assert "Nền tảng xác nhận" in shown.content.decode()


def test_what_is_changed_after_approval_is_not_sent(scene: Scene, province):
    editor, leader = (browser_of(province, role) for role in (Role.PROVINCIAL_COMMUNICATOR, Role.APPROVER))
    post = written(editor, scene, province)
    approve(leader, post)
    tasks.book_approved()
    delivery = Delivery.objects.get(kind="facebook")
    answer = editor.post(
        reverse("wagtailsnippets_posts_post:edit", args=[post.pk]),
        {
            "title": post.title,
            "campaign": post.campaign_id,
            "facebook-text": "Nội dung khác hẳn.",
            "loudspeaker-title": "Nộp hồ sơ tại nhà",
            "loudspeaker-text": TEXT,
            "action": "save",
        },
    )
    assert answer.status_code == 302
    with time_machine.travel(soon() + timedelta(seconds=5)):
        wake(delivery)
        tasks.publish_due()
        delivery.refresh_from_db()
        assert delivery.state == State.HELD
        assert "duyệt" in delivery.sentence
        assert scene.visible(delivery.channel) == []
