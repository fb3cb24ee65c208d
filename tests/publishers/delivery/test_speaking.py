"""A due script reaches every station of its place once, counted on the pages that are served."""

from __future__ import annotations

import os
import signal
from datetime import timedelta

import pytest
import requests

from campaigns.posts.models import Post
from campaigns.schedule.models import Slot, SlotState
from cms.approvals.services import void
from cms.core import clock
from publishers.adapters import loudspeaker
from publishers.delivery.models import Attempt, Batch, BatchState, Delivery, Receipt
from publishers.delivery.services import booking, speaking
from publishers.delivery.services.speaking import speak_due
from publishers.delivery.states import Reason, State
from publishers.scripts.models import ScriptVersion
from tests.factories.campaigns import PostFactory, SlotFactory, VariantFactory, approve_post
from tests.factories.cms import OrganisationFactory, PlaceFactory
from tests.factories.publishers import StationFactory
from tests.publishers.delivery.doomed import killed_while

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "Từ nay bà con nộp hồ sơ tại nhà.\nCần giúp đỡ, xin gọi tổng đài 18001096."


class Killed(BaseException):
    """Stands for kill -9."""


@pytest.fixture
def served(live_server, settings):
    """Our own web server, where the pages of stations are read back."""
    settings.STATION_READBACK_BASE = live_server.url
    return live_server


@pytest.fixture
def due_slot():
    """A booked slot to the three stations of one province, due now."""
    lead = OrganisationFactory(leads=True)
    province = PlaceFactory(province=True, parent=lead.place)
    for _ in range(3):
        StationFactory(place=PlaceFactory(commune=True, parent=province))
    StationFactory(place=PlaceFactory(commune=True))
    post = PostFactory(organisation=lead)
    variant = VariantFactory(post=post, loudspeaker=True, title="Nộp hồ sơ tại nhà", text=TEXT)
    slot = SlotFactory(variant=variant, channel=None, stations_of=province)
    approve_post(Post.objects.get(pk=post.pk))
    (approved,) = Slot.objects.filter(pk=slot.pk).approved()
    booking.book(approved, approved.approval)
    now = clock.now() - timedelta(seconds=1)
    Delivery.objects.filter(slot=slot).update(due_at=now, wake_at=now)
    return slot


@pytest.fixture
def batch(due_slot, monkeypatch):
    """Its batch; the slot's time itself stays tomorrow, because the approval covers it."""
    monkeypatch.setattr(speaking, "speak_due", speak_due)
    return Batch.objects.get(slot=due_slot)


def wake() -> None:
    past = clock.now() - timedelta(seconds=1)
    Delivery.objects.filter(wake_at__isnull=False, lease_until__isnull=True).update(wake_at=past)
    Delivery.objects.filter(lease_until__isnull=False).update(wake_at=past, lease_until=past)
    Batch.objects.update(lease_until=None)


def test_every_station_of_the_place_gets_its_page_and_nobody_else(served, batch):
    assert batch.total == 3

    assert speaking.run_batch(batch.pk, "thợ") == 3

    batch.refresh_from_db()
    assert (batch.state, batch.done, batch.held) == (BatchState.DONE, 3, 0)
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.LIVE}
    assert Slot.objects.get().state == SlotState.DONE
    for receipt in Receipt.objects.select_related("delivery__station"):
        assert receipt.evidence == "served"
        path = receipt.permalink.split("/", 3)[3]
        page = requests.get(f"{served.url}/{path}", timeout=5)
        assert page.headers["X-Script-SHA256"] == receipt.remote_id
        assert f"/dai/{receipt.delivery.station.slug}/" in receipt.permalink


def test_running_again_changes_nothing(served, batch):
    speaking.run_batch(batch.pk, "thợ")
    before = list(ScriptVersion.objects.values_list("pk", "number"))
    assert speaking.run_batch(batch.pk, "thợ") == 0
    assert list(ScriptVersion.objects.values_list("pk", "number")) == before
    assert Attempt.objects.count() == 3


@pytest.mark.parametrize("place", ["render_for_stations", "_read_back", "_settle_chunk"])
def test_killed_at_any_point_it_goes_on_and_makes_no_second_script(served, batch, monkeypatch, place):
    real = getattr(speaking, place)

    def killed(*parts):
        if place == "_read_back":
            real(*parts)
        raise Killed

    monkeypatch.setattr(speaking, place, killed)
    monkeypatch.setattr(speaking, "_give_back", lambda pk: None)
    with pytest.raises(Killed):
        speaking.run_batch(batch.pk, "chết")
    monkeypatch.undo()
    assert speaking.run_batch(batch.pk, "kế tiếp") == 0, "the lease still stands"
    wake()

    assert speaking.run_batch(batch.pk, "kế tiếp") == 3

    assert ScriptVersion.objects.count() == 3
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.LIVE}
    lost = Attempt.objects.filter(outcome="unknown")
    assert lost.count() == 3
    assert not Attempt.objects.filter(finished_at__isnull=True).exists()


def test_an_unreachable_page_is_read_again_later(served, batch, settings):
    settings.STATION_READBACK_BASE = "http://127.0.0.1:9"
    assert speaking.run_batch(batch.pk, "thợ") == 0
    batch.refresh_from_db()
    assert (batch.state, batch.done) == (BatchState.RUNNING, 0)
    assert set(Delivery.objects.values_list("state", "tries")) == {(State.READY, 1)}

    settings.STATION_READBACK_BASE = served.url
    wake()
    assert speaking.run_batch(batch.pk, "thợ") == 3


def test_an_approval_voided_after_booking_holds_every_station(served, batch):
    void(Post.objects.get(), "Thử thu hồi.")
    speaking.run_batch(batch.pk, "thợ")
    assert set(Delivery.objects.values_list("state", "reason")) == {(State.HELD, Reason.APPROVAL)}
    assert not ScriptVersion.objects.exists()
    assert Slot.objects.get().state == SlotState.HELD


def test_a_page_that_serves_something_else_is_not_believed(served, batch, monkeypatch):
    real = loudspeaker.read_back
    monkeypatch.setattr(
        speaking, "read_back", lambda address, sha256, session: real(address, "0" * 64, session)
    )
    assert speaking.run_batch(batch.pk, "thợ") == 0
    assert not Receipt.objects.exists()


def test_only_due_batches_are_run(served, batch):
    assert speak_due("thợ") == 0
    Slot.objects.update(at=clock.now() - timedelta(seconds=1))
    # Moving the time behind everybody's back ends the approval: nothing is spoken.
    assert speak_due("thợ") == 3
    assert set(Delivery.objects.values_list("reason", flat=True)) == {Reason.APPROVAL}


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("place", ["render_for_stations", "_read_back", "_settle_chunk", "_give_back"])
def test_worker_killed_with_kill_9_at_any_step_leaves_one_script_per_station(
    served, batch, monkeypatch, place, moment
):
    real = getattr(speaking, place)

    def doomed(*parts):
        if moment == "after":
            real(*parts)
        os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr(speaking, place, doomed)
    assert killed_while(lambda: speaking.run_batch(batch.pk, "chết") and None)
    monkeypatch.undo()
    settled = Delivery.objects.filter(state=State.LIVE).count()
    assert settled == (3 if place == "_give_back" or (place, moment) == ("_settle_chunk", "after") else 0)
    wake()

    assert speaking.run_batch(batch.pk, "kế tiếp") == 3 - settled

    batch.refresh_from_db()
    assert (batch.state, batch.done) == (BatchState.DONE, 3)
    assert ScriptVersion.objects.count() == Receipt.objects.count() == 3
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.LIVE}
    assert not Attempt.objects.filter(finished_at__isnull=True).exists()
