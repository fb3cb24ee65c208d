"""Hold, release, cancel, and the two buttons: what a person may do to a delivery, and who may."""

from __future__ import annotations

import pytest

from cms.accounts.models import Role
from cms.audit.models import AuditRow
from cms.channels.kinds import ChannelKind
from cms.core.errors import ConflictingState, InputRefused, NotAllowed
from publishers.connections.models import Connection, ConnectionState
from publishers.connections.services import store_tokens
from publishers.delivery.models import Delivery, Receipt
from publishers.delivery.services import holding, resolving, watching
from publishers.delivery.states import Reason, State
from tests.factories.cms import ChannelFactory, MembershipFactory
from tests.publishers.delivery.scene import again, carried, held

pytestmark = pytest.mark.django_db


def operator_of(delivery: Delivery):
    return MembershipFactory(organisation=delivery.organisation, role=Role.PROVINCIAL_COMMUNICATOR).user


class TestWhatPeopleDo:
    def test_hold_release_and_cancel(self, scene):
        page = scene.page()
        delivery = scene.booked(page)
        person = operator_of(delivery)
        holding.hold(delivery, person, "Chờ ý kiến lãnh đạo.")
        assert held(carried(delivery)) == (State.HELD, Reason.BY_PERSON)
        holding.release(delivery, person)
        assert again(delivery).state == State.READY
        holding.cancel(delivery, person)
        assert carried(delivery).state == State.CANCELLED
        assert scene.platforms.ever(platform="facebook") == []
        verbs = list(AuditRow.objects.filter(verb__startswith="delivery.").values_list("verb", flat=True))
        assert {"delivery.held", "delivery.release", "delivery.cancelled"} <= set(verbs)

    def test_a_neighbour_may_do_none_of_it(self, scene):
        delivery = scene.booked(scene.page())
        neighbour = MembershipFactory(role=Role.PROVINCIAL_COMMUNICATOR).user
        for verb in (
            holding.hold,
            holding.release,
            holding.cancel,
            holding.take_over,
            resolving.found_absent,
        ):
            with pytest.raises(NotAllowed):
                verb(delivery, neighbour)
        assert again(delivery).state == State.READY

    def test_a_live_delivery_is_neither_held_nor_cancelled(self, scene):
        delivery = carried(scene.booked(scene.page()))
        person = operator_of(delivery)
        for verb in (holding.hold, holding.release, holding.cancel, holding.take_over):
            with pytest.raises(ConflictingState):
                verb(delivery, person)

    def needing_a_look(self, scene) -> Delivery:
        delivery = scene.booked(scene.page())
        Delivery.objects.filter(pk=delivery.pk).update(
            state=State.HELD, reason=Reason.NEEDS_LOOK, sentence="Cần xem lại.", wake_at=None
        )
        return again(delivery)

    def test_only_a_look_at_the_channel_releases_what_may_be_there(self, scene):
        delivery = self.needing_a_look(scene)
        person = operator_of(delivery)
        for verb in (holding.release, holding.cancel, holding.take_over):
            with pytest.raises(InputRefused, match="mở kênh"):
                verb(delivery, person)

    def test_it_is_there_attach_this_link(self, scene):
        delivery = self.needing_a_look(scene)
        person = operator_of(delivery)
        with pytest.raises(InputRefused, match="liên kết"):
            resolving.found_live(delivery, person)
        with pytest.raises(InputRefused, match="Liên kết chưa đúng"):
            resolving.found_live(delivery, person, "javascript:alert(1)")
        resolving.found_live(delivery, person, "https://facebook.example/bai/1")

        delivery = again(delivery)
        assert delivery.state == State.LIVE
        receipt = Receipt.objects.get(delivery=delivery)
        assert (receipt.evidence, receipt.recorded_by) == ("declared", person)

    def test_it_is_not_there_send_it_again(self, scene):
        delivery = self.needing_a_look(scene)
        resolving.found_absent(delivery, operator_of(delivery))
        delivery = carried(delivery)
        assert delivery.state == State.LIVE
        assert len(scene.visible(delivery.channel)) == 1

    def test_a_kind_without_a_connector_waits_for_a_person_and_is_recorded_as_declared(self, scene):
        channel = ChannelFactory(kind=ChannelKind.PORTAL, external_id="")
        delivery = scene.booked(channel, title="Hướng dẫn nộp hồ sơ")
        delivery = carried(delivery)
        assert held(delivery) == (State.HELD, Reason.BY_HAND)

        resolving.found_live(delivery, operator_of(delivery), note="Đăng ở mục Tin tức.")

        assert again(delivery).state == State.LIVE
        assert Receipt.objects.get(delivery=delivery).evidence == "declared"

    def test_reconnecting_the_channel_lets_its_queue_go(self, scene):
        page = scene.page()
        delivery = scene.booked(page)
        token = page.connection.access_token.reveal()
        Connection.objects.filter(channel=page).update(state=ConnectionState.NEEDS_RECONNECT)
        assert held(carried(delivery)) == (State.HELD, Reason.RECONNECT)
        assert watching.release_reconnected() == 0

        store_tokens(page, access_token=token)

        assert watching.release_reconnected() == 1
        assert carried(delivery).state == State.LIVE
