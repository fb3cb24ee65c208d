"""The queue, one delivery and what needs a look, as the people see them who may; nobody else sees them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cms.accounts.models import Role
from publishers.delivery.models import Attempt, Delivery
from publishers.delivery.services import holding
from publishers.delivery.states import Reason, State
from tests.factories.cms import MembershipFactory
from tests.publishers.delivery.scene import again, carried

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _training(settings):
    settings.TRAINING_MODE = True


def signed_in(client, organisation, role=Role.PROVINCIAL_COMMUNICATOR):
    user = MembershipFactory(organisation=organisation, role=role).user
    client.force_login(user)
    return user


def page_of(delivery: Delivery) -> str:
    return reverse("delivery_page", args=[delivery.public_id])


def needing_a_look(scene) -> Delivery:
    delivery = scene.booked(scene.page())
    Delivery.objects.filter(pk=delivery.pk).update(
        state=State.HELD, reason=Reason.NEEDS_LOOK, sentence="Vui lòng mở kênh để xem.", wake_at=None
    )
    return again(delivery)


def test_the_queue_shows_what_is_held_and_why(client, scene):
    delivery = scene.booked(scene.page())
    user = signed_in(client, delivery.organisation)
    holding.hold(delivery, user, "Chờ ý kiến.")
    text = client.get(reverse("delivery_queue")).content.decode()
    assert "Hàng đợi đăng" in text
    assert "Người phụ trách tạm giữ" in text
    assert "Chờ ý kiến." in text
    assert "Bộ định nhịp" in text


def test_filters_narrow_the_queue(client, scene):
    live, waiting = carried(scene.booked(scene.page())), scene.booked(scene.page())
    Delivery.objects.filter(pk=waiting.pk).update(organisation=live.organisation)
    signed_in(client, live.organisation)
    address = reverse("delivery_queue")
    whole = client.get(address).content.decode()
    assert page_of(live) in whole
    assert page_of(waiting) in whole
    narrowed = client.get(address, {"tinh-trang": "live", "loai": "facebook"}).content.decode()
    assert page_of(live) in narrowed
    assert page_of(waiting) not in narrowed
    odd = client.get(address, {"tinh-trang": "'", "loai": "x", "co-quan": "1 OR 1", "trang": "abc"})
    assert odd.status_code == 200


def test_the_number_of_queries_does_not_grow_with_the_queue(client, scene, django_assert_max_num_queries):
    page = scene.page()
    signed_in(client, page.organisation)
    for _ in range(3):
        scene.booked(page)
    address = reverse("delivery_queue")
    client.get(address)
    with django_assert_max_num_queries(40) as few:
        client.get(address)
    for _ in range(6):
        scene.booked(page)
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(address)


def test_a_neighbour_gets_404_by_address_whatever_the_method(client, scene):
    delivery = needing_a_look(scene)
    signed_in(client, MembershipFactory().organisation)
    assert client.get(page_of(delivery)).status_code == 404
    assert client.post(page_of(delivery), {"action": "found-absent"}).status_code == 404
    package = reverse("delivery_package_file", args=[delivery.public_id, 0])
    assert client.get(package).status_code == 404
    assert page_of(delivery) not in client.get(reverse("delivery_queue")).content.decode()
    assert page_of(delivery) not in client.get(reverse("delivery_needs_look")).content.decode()
    assert again(delivery).state == State.HELD


def test_who_may_only_look_gets_no_button_and_no_effect(client, scene):
    delivery = scene.booked(scene.page())
    signed_in(client, delivery.organisation, Role.COMMUNE_OFFICER)
    assert 'value="hold"' not in client.get(page_of(delivery)).content.decode()
    client.post(page_of(delivery), {"action": "hold"})
    assert again(delivery).state == State.READY


def test_a_person_without_a_role_for_deliveries_is_refused(client, scene):
    delivery = scene.booked(scene.page())
    signed_in(client, delivery.organisation, Role.WARD_OPERATOR)
    assert client.get(reverse("delivery_queue")).status_code in (302, 403)


def test_the_two_buttons_of_what_needs_a_look(client, scene):
    delivery = needing_a_look(scene)
    signed_in(client, delivery.organisation)
    listed = client.get(reverse("delivery_needs_look")).content.decode()
    assert "Đã lên, gắn liên kết này" in listed
    assert "Chưa lên, gửi lại" in listed

    refused = client.post(page_of(delivery), {"action": "found-live", "permalink": "", "note": ""})
    assert refused.status_code == 422
    assert "Vui lòng dán liên kết" in refused.content.decode()

    client.post(page_of(delivery), {"action": "found-live", "permalink": "https://trang.example/bai/1"})
    delivery = again(delivery)
    assert delivery.state == State.LIVE
    assert "Người đăng khai báo" in client.get(page_of(delivery)).content.decode()


def test_an_unknown_button_is_no_button(client, scene):
    delivery = scene.booked(scene.page())
    signed_in(client, delivery.organisation)
    assert client.post(page_of(delivery), {"action": "delete"}).status_code == 404


def test_the_page_shows_every_attempt_without_a_secret(client, scene):
    page = scene.page()
    scene.platforms.rule(platform="facebook", op="feed.create", action="drop_after", nth=1, times=1)
    delivery = carried(scene.booked(page))
    signed_in(client, page.organisation)
    text = client.get(page_of(delivery)).content.decode()
    assert text.count("<li>") >= 2
    assert "thấy bài đã lên" in text
    token = page.connection.access_token.reveal()
    assert token not in text
    for attempt in Attempt.objects.all():
        assert token not in str(attempt.exchange) + attempt.sentence


def test_words_from_outside_are_escaped(client, scene):
    delivery = needing_a_look(scene)
    Delivery.objects.filter(pk=delivery.pk).update(sentence="<script>alert(1)</script>")
    signed_in(client, delivery.organisation)
    for address in (page_of(delivery), reverse("delivery_needs_look"), reverse("delivery_queue")):
        assert "<script>alert(1)</script>" not in client.get(address).content.decode()
