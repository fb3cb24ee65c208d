"""The scenarios of a commune's loudspeakers: what counts is the script version that the station's page serves."""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from typing import Any

import pytest
import requests

from campaigns.posts.models import Post
from campaigns.schedule.models import Slot
from cms.approvals.services import void
from cms.core import clock
from publishers.adapters.registry import adapter_for
from publishers.adapters.seam import Credential, Outcome, Purpose
from publishers.delivery import frozen_request
from publishers.delivery.models import Batch, Delivery, Receipt
from publishers.delivery.services import booking, speaking
from publishers.delivery.states import Reason, State
from publishers.scripts.models import ScriptVersion
from publishers.scripts.services import withdraw_scripts
from tests.contracts.stage import Stage, WorkerKilled
from tests.factories.campaigns import PostFactory, SlotFactory, VariantFactory, approve_post
from tests.factories.cms import OrganisationFactory, PlaceFactory
from tests.factories.publishers import StationFactory

TEXT = "Từ nay bà con nộp hồ sơ tại nhà.\nCần giúp đỡ, xin gọi tổng đài 18001096."


def booked(stage: Stage, text: str = TEXT, stations: int = 2) -> Slot:
    """A script for the stations of one province, approved, booked, due now."""
    lead = OrganisationFactory(leads=True)
    province = PlaceFactory(province=True, parent=lead.place)
    for _ in range(stations):
        StationFactory(place=PlaceFactory(commune=True, parent=province))
    post = PostFactory(organisation=lead)
    variant = VariantFactory(post=post, loudspeaker=True, title="Nộp hồ sơ tại nhà", text=text)
    slot = SlotFactory(variant=variant, channel=None, stations_of=province)
    approve_post(Post.objects.get(pk=post.pk))
    (approved,) = Slot.objects.filter(pk=slot.pk).approved()
    booking.book(approved, approved.approval)
    now = clock.now() - timedelta(seconds=1)
    Delivery.objects.filter(slot=slot).update(due_at=now, wake_at=now)
    stage.made += list(Delivery.objects.filter(slot=slot))
    return slot


def speak(slot: Slot) -> int:
    """One run of the batch, whatever it was waiting for."""
    past = clock.now() - timedelta(seconds=1)
    Delivery.objects.filter(wake_at__isnull=False, lease_until__isnull=True).update(wake_at=past)
    Delivery.objects.filter(lease_until__isnull=False).update(wake_at=past, lease_until=past)
    Batch.objects.update(lease_until=None)
    return speaking.run_batch(Batch.objects.get(slot=slot).pk, "thợ loa")


def served(stage: Stage, delivery: Delivery) -> list[str]:
    """The script versions that the delivery's station serves now, read over HTTP; two would be two announcements."""
    found = []
    for version in ScriptVersion.objects.filter(station=delivery.station, slot=delivery.slot):
        address = f"{stage.settings.STATION_READBACK_BASE}{version.get_absolute_url()}"
        page = requests.get(address, timeout=5)
        if page.status_code == 200:
            found.append(page.headers["X-Script-SHA256"])
    return found


def killed(stage: Stage, take: str) -> None:
    """The worker dies in the middle of a chunk; another one goes on and makes no second script."""
    slot, real = booked(stage), getattr(speaking, take)

    def dies(*parts: Any) -> Any:
        if take == "_read_back":
            real(*parts)
        raise WorkerKilled

    with stage.monkeypatch.context() as patch:
        patch.setattr(speaking, take, dies)
        patch.setattr(speaking, "_give_back", lambda pk: None)
        with pytest.raises(WorkerKilled):
            speak(slot)
    assert speak(slot) == 2


def page_not_answering(stage: Stage, take: str) -> None:
    """The page cannot be read back, or does not name the version: nothing is believed until it does."""
    slot = booked(stage)
    kept = stage.settings.STATION_READBACK_BASE
    if take == "away":
        stage.settings.STATION_READBACK_BASE = "http://127.0.0.1:9"
        assert speak(slot) == 0
        stage.settings.STATION_READBACK_BASE = kept
    else:
        with stage.odd_page(take) as address:
            stage.settings.STATION_READBACK_BASE = address
            assert speak(slot) == 0
        stage.settings.STATION_READBACK_BASE = kept
    assert not Receipt.objects.exists()
    assert speak(slot) == 2


def twice_at_once(stage: Stage, take: str) -> None:
    """While the pages are read back a second worker takes up the same batch."""
    slot, real, seconds = booked(stage), speaking._read_back, []

    def read_back(pairs: Any) -> Any:
        if not seconds:
            seconds.append(speaking.run_batch(Batch.objects.get(slot=slot).pk, "thợ thứ hai"))
        return real(pairs)

    with stage.monkeypatch.context() as patch:
        patch.setattr(speaking, "_read_back", read_back)
        assert speak(slot) == 2
    assert seconds == [0]


def approval_gone(stage: Stage, take: str) -> None:
    """The approval is taken back after booking: no page is made, asked again nothing changes."""
    slot = booked(stage)
    void(Post.objects.get(), "Thử thu hồi.")
    for _ in range(2):
        speak(slot)
    assert set(Delivery.objects.values_list("state", "reason")) == {(State.HELD, Reason.APPROVAL)}
    assert not ScriptVersion.objects.exists()


def one_station_without_facts(stage: Stage, take: str) -> None:
    """One of the stations lacks the hotline that the text names: the other is served, this one is held with a sentence."""
    slot = booked(stage, "Bà con cần giúp đỡ, xin gọi {{duong_day_nong}}.")
    told, silent = stage.made
    stage.fact_for(told)
    speak(slot)
    assert stage.again(told).state == State.LIVE
    held = stage.again(silent)
    assert (held.state, held.reason) == (State.HELD, Reason.STATION)
    assert held.sentence.endswith(".")
    assert served(stage, silent) == []
    stage.made.remove(silent)


def withdrawn_already(stage: Stage, take: str) -> None:
    """The script was withdrawn: taking it down only proves that no page serves it, twice with the same answer."""
    slot = booked(stage)
    speak(slot)
    withdraw_scripts(slot, "Đính chính thời gian tiếp nhận.", clock.now())
    adapter = adapter_for("loudspeaker")
    for delivery in stage.made:
        receipt = Receipt.objects.get(delivery=delivery)
        handles = {"address": "/" + receipt.permalink.split("/", 3)[3], "sha256": receipt.remote_id}
        request = frozen_request.thaw(slot.batch.request)
        [step] = adapter.plan_for(Purpose.TAKE_DOWN, request)
        for _ in range(2):
            answer = adapter.perform(step, request, handles, Credential(""), lambda: None)
            assert answer.outcome is Outcome.OK
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.LIVE}


def text_in_nfd_with_emoji(stage: Stage, take: str) -> None:
    """A script pasted in NFD, with an emoji, is spoken in NFC."""
    slot = booked(stage, unicodedata.normalize("NFD", TEXT) + " 😀")
    assert speak(slot) == 2
    for version in ScriptVersion.objects.all():
        assert unicodedata.is_normalized("NFC", str(version.blocks))
