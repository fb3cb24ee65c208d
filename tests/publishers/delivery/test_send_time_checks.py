"""What is asked again right before something goes out, and the sentence a person gets when the answer is no."""

from __future__ import annotations

from datetime import timedelta

import pytest

from campaigns.posts.models import Variant
from campaigns.schedule.models import LateRule, Slot, SlotState
from campaigns.schedule.services import settle
from cms.accounts.models import Role
from cms.approvals.services import void
from cms.core import clock
from cms.core.errors import NotAllowed
from publishers.adapters.seam import ParkScope
from publishers.connections.models import Connection, ConnectionState
from publishers.delivery.models import Attempt, Delivery
from publishers.delivery.services import holding, stopping, watching
from publishers.delivery.services.parking import park
from publishers.delivery.states import Reason, State
from tests.factories.cms import MembershipFactory, OrganisationFactory
from tests.publishers.delivery.scene import again, carried, held

pytestmark = pytest.mark.django_db


def operator_of(delivery: Delivery):
    return MembershipFactory(organisation=delivery.organisation, role=Role.PROVINCIAL_COMMUNICATOR).user


class TestWhatForbidsSending:
    def test_an_approval_voided_after_booking(self, scene):
        page = scene.page()
        delivery = scene.booked(page)
        void(delivery.slot.variant.post, "Thử thu hồi phê duyệt.")

        delivery = carried(delivery)

        assert held(delivery) == (State.HELD, Reason.APPROVAL)
        assert "gửi duyệt lại" in delivery.sentence
        assert scene.platforms.ever(platform="facebook") == []
        assert Attempt.objects.filter(delivery=delivery).count() == 0
        assert Slot.objects.get(pk=delivery.slot_id).state == SlotState.HELD

    def test_a_text_changed_behind_everybodys_back(self, scene):
        page = scene.page()
        delivery = scene.booked(page)
        Variant.objects.filter(pk=delivery.slot.variant_id).update(text="Nội dung khác hẳn.")

        assert held(carried(delivery)) == (State.HELD, Reason.APPROVAL)
        assert scene.visible(page) == []

    def test_a_hand_edited_request(self, scene):
        page = scene.page()
        delivery = scene.booked(page)
        Delivery.objects.filter(pk=delivery.pk).update(
            request={**delivery.request, "text": "Chữ bị sửa trong bảng."}
        )

        delivery = carried(delivery)

        assert held(delivery) == (State.HELD, Reason.CHANGED)
        assert "mã băm" in delivery.sentence
        assert scene.visible(page) == []

    def test_a_request_that_cannot_be_read_any_more(self, scene):
        page = scene.page()
        delivery = scene.booked(page)
        Delivery.objects.filter(pk=delivery.pk).update(request={"lạ": 1})

        assert held(carried(delivery)) == (State.HELD, Reason.CHANGED)
        assert scene.visible(page) == []

    def test_a_channel_switched_off(self, scene):
        page = scene.page()
        delivery = scene.booked(page)
        page.is_active = False
        page.save()
        assert held(carried(delivery)) == (State.HELD, Reason.CHANGED)

    def test_a_channel_that_changed_hands(self, scene):
        page = scene.page()
        delivery = scene.booked(page)
        page.organisation = OrganisationFactory()
        page.save()
        delivery = carried(delivery)
        assert held(delivery) == (State.HELD, Reason.CHANGED)
        assert "đổi cơ quan quản lý" in delivery.sentence

    def test_a_slot_cancelled_in_the_calendar(self, scene):
        page = scene.page()
        delivery = scene.booked(page)
        settle(delivery.slot, SlotState.CANCELLED, clock.now())
        assert carried(delivery).state == State.CANCELLED
        assert scene.visible(page) == []

    def test_a_channel_without_a_credential(self, scene):
        page = scene.page()
        delivery = scene.booked(page)
        Connection.objects.filter(channel=page).delete()

        delivery = carried(delivery)

        assert held(delivery) == (State.HELD, Reason.RECONNECT)
        assert "chưa được kết nối" in delivery.sentence

    def test_a_dead_page_token_holds_the_channel_and_marks_it(self, scene):
        page = scene.page()
        first, second = scene.booked(page), scene.booked(page)
        scene.platforms.expire("facebook", page.external_id)

        carried(first)
        carried(second)

        # One call was refused and could not be read back; the other delivery was never tried.
        reasons = {held(again(first)), held(again(second))}
        assert reasons == {(State.HELD, Reason.BLIND), (State.HELD, Reason.RECONNECT)}
        assert Connection.objects.get(channel=page).state == ConnectionState.NEEDS_RECONNECT
        assert list(Attempt.objects.values_list("is_look", flat=True)) == [False, True]


class TestLateness:
    @pytest.mark.parametrize(
        ("rule", "state"),
        [(LateRule.HOLD, State.HELD), (LateRule.DROP, State.DROPPED), (LateRule.SEND, State.LIVE)],
    )
    def test_a_late_slot_follows_its_own_rule(self, scene, rule, state):
        page = scene.page()
        delivery = scene.booked(page)
        late = clock.now() - timedelta(seconds=delivery.late_after + 5)
        Delivery.objects.filter(pk=delivery.pk).update(due_at=late, late_rule=rule)

        delivery = carried(delivery)

        assert delivery.state == state
        assert len(scene.visible(page)) == (1 if state is State.LIVE else 0)

    def test_one_held_for_being_late_goes_out_when_a_person_says_so(self, scene):
        page = scene.page()
        delivery = scene.booked(page)
        late = clock.now() - timedelta(hours=3)
        Delivery.objects.filter(pk=delivery.pk).update(due_at=late)
        delivery = carried(delivery)
        assert held(delivery) == (State.HELD, Reason.LATE)

        holding.release(delivery, operator_of(delivery))

        assert carried(delivery).state == State.LIVE


class TestOneChannelNeverStopsAnother:
    def test_a_rate_limit_parks_its_own_channel_and_costs_no_try(self, scene):
        limited, other = scene.page(), scene.page()
        error = {"code": 32, "message": "Page request limit reached", "type": "OAuthException"}
        scene.platforms.rule(
            platform="facebook", op="feed.create", account=limited.external_id, action="error", error=error
        )
        first, second = scene.booked(limited), scene.booked(other)
        for _ in range(3):  # a refused visible call is looked for before it is believed
            first = carried(first)

        assert (first.state, first.tries) == (State.READY, 0)
        assert first.wake_at > clock.now() + timedelta(minutes=4)
        assert again(second).state == State.LIVE
        next_on_it = scene.booked(limited)
        assert carried(next_on_it).state == State.READY
        assert Attempt.objects.filter(delivery=next_on_it).count() == 0

    def test_the_minimum_gap_of_a_channel_is_kept(self, scene):
        page = scene.page(minimum_gap=600)
        first, second = scene.booked(page), scene.booked(page)

        carried(first)
        carried(second)

        assert {again(first).state, again(second).state} == {State.LIVE, State.READY}
        assert len(scene.visible(page)) == 1

    def test_a_longer_rest_is_not_shortened(self, scene):
        page = scene.page()
        far = clock.now() + timedelta(hours=2)
        park(page, ParkScope.CHANNEL, far, "Giới hạn trong ngày.")
        park(page, ParkScope.CHANNEL, clock.now() + timedelta(minutes=5), "Giới hạn phút.")
        page.refresh_from_db()
        assert page.parking.until == far


class TestAnUnreachablePlatform:
    def test_it_is_tried_again_later_and_the_worker_survives(self, scene, settings):
        settings.FACEBOOK_GRAPH_BASE = "http://127.0.0.1:9/graph"
        page = scene.page()

        delivery = carried(scene.booked(page))

        assert (delivery.state, delivery.tries) == (State.READY, 1)
        attempt = Attempt.objects.get(delivery=delivery)
        assert attempt.outcome == "retry"
        assert attempt.sentence.endswith(".")
        assert delivery.wake_at > clock.now() + timedelta(seconds=5)

    def test_after_ten_tries_a_person_is_asked(self, scene, settings):
        settings.FACEBOOK_GRAPH_BASE = "http://127.0.0.1:9/graph"
        delivery = scene.booked(scene.page())
        for _ in range(10):
            delivery = carried(delivery)
        assert held(delivery) == (State.HELD, Reason.UNREACHABLE)


class TestStops:
    def test_a_stop_for_a_place_holds_what_lies_below_and_lifting_it_spaces_the_rest(self, scene):
        lead = OrganisationFactory(leads=True)
        boss = MembershipFactory(organisation=lead, role=Role.ADMINISTRATOR).user
        page = scene.page(organisation=OrganisationFactory(place=lead.place))
        first, second = scene.booked(page), scene.booked(page)
        freeze = stopping.stop(boss, "Quốc tang", place=lead.place)

        carried(first)
        carried(second)
        assert held(again(first)) == held(again(second)) == (State.HELD, Reason.FROZEN)
        assert "Quốc tang" in again(first).sentence

        assert stopping.lift(freeze, boss) == 2
        wakes = sorted([again(first).wake_at, again(second).wake_at])
        assert wakes[1] - wakes[0] >= stopping.SPACING - timedelta(seconds=2)

    def test_nobody_stops_what_lies_outside_their_reach(self, scene):
        stranger = MembershipFactory(role=Role.ADMINISTRATOR).user
        with pytest.raises(NotAllowed):
            stopping.stop(stranger, "Thử", organisation=scene.page().organisation)


class TestTheWatchdog:
    def test_it_barks_once_at_what_is_overdue_and_not_at_what_is_held(self, scene):
        page = scene.page()
        overdue, held_one = scene.booked(page), scene.booked(page)
        long_ago = clock.now() - timedelta(minutes=6)
        Delivery.objects.filter(pk__in=[overdue.pk, held_one.pk]).update(due_at=long_ago)
        holding.hold(again(held_one), operator_of(held_one))

        assert watching.raise_alarms() == 1
        assert watching.raise_alarms() == 0
        assert again(overdue).alarmed_at is not None


class TestQuietHours:
    def test_a_delivery_that_drifts_into_them_waits_and_is_then_asked_again(self, scene):
        page = scene.page()
        delivery = scene.booked(page)
        here = clock.in_vietnam(clock.now())
        page.quiet_from, page.quiet_until = (
            (here - timedelta(hours=1)).time(),
            (here + timedelta(hours=1)).time(),
        )
        page.save()
        delivery = carried(delivery)
        assert delivery.state == State.READY
        assert scene.visible(page) == []
        wait = (delivery.wake_at - clock.now()).total_seconds()
        assert 3000 < wait < 3700
        # By the end of a night it is too late: a person decides.
        Delivery.objects.filter(pk=delivery.pk).update(due_at=clock.now() - timedelta(hours=9))
        page.quiet_from = page.quiet_until = None
        page.save()
        assert held(carried(delivery)) == (State.HELD, Reason.LATE)
        assert scene.visible(page) == []
