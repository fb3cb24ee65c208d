"""From an approved time to a delivery: once, with a sentence where it cannot be, and anew after a change."""

from __future__ import annotations

from datetime import timedelta

import pytest

from campaigns.posts.models import Post, Variant
from campaigns.schedule.models import Slot, SlotState
from cms.approvals.services import void
from cms.core import clock
from publishers.delivery.models import Delivery
from publishers.delivery.services import booking
from publishers.delivery.states import Reason, State
from tests.factories.campaigns import approve_post
from tests.factories.cms import ChannelFactory
from tests.factories.publishers import ConnectionFactory
from tests.publishers.delivery.scene import approval_of, carried, held

pytestmark = pytest.mark.django_db


class TestBooking:
    def test_booking_twice_makes_one_delivery(self, scene):
        slot = scene.post_for(scene.page())
        assert booking.book_due(slot.at - timedelta(hours=1)) == 1
        assert booking.book_due(slot.at - timedelta(hours=1)) == 0
        assert Delivery.objects.filter(slot=slot).count() == 1

    def test_an_unapproved_post_is_not_booked(self, scene):
        slot = scene.post_for(scene.page())
        void(Post.objects.get(pk=slot.variant.post_id), "Thử.")
        assert booking.book_due(slot.at - timedelta(hours=1)) == 0
        assert not Delivery.objects.exists()

    def test_what_the_platform_would_refuse_is_held_with_a_sentence(self, scene):
        zalo = ChannelFactory(zalo=True)
        ConnectionFactory(channel=zalo)
        slot = scene.post_for(zalo, title="Hướng dẫn", summary="Cách nộp hồ sơ.", approve=False)
        booking.book(slot, approval_of(slot))

        delivery = Delivery.objects.get(slot=slot)
        assert held(delivery) == (State.HELD, Reason.REFUSED)
        assert "ảnh" in delivery.sentence

    def test_approved_again_after_a_change_the_new_text_goes_out(self, scene):
        page = scene.page()
        delivery = scene.booked(page, "Câu cũ.")
        slot = delivery.slot
        void(slot.variant.post, "Sửa nội dung.")
        assert held(carried(delivery)) == (State.HELD, Reason.APPROVAL)
        Variant.objects.filter(pk=slot.variant_id).update(text="Câu mới.")
        Slot.objects.filter(pk=slot.pk).update(state=SlotState.PLANNED)
        approve_post(Post.objects.get(pk=slot.variant.post_id))

        assert booking.book_due(slot.at - timedelta(hours=1)) == 1
        Delivery.objects.filter(pk=delivery.pk).update(due_at=clock.now())
        delivery = carried(delivery)

        assert delivery.state == State.LIVE
        assert [effect["text"].split("\n")[0] for effect in scene.visible(page)] == ["Câu mới."]
