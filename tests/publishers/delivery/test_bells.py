"""The bells of beat, the processes they wake, and who notices when one of them is gone."""

from __future__ import annotations

import logging
import re
import time
from datetime import timedelta
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest
from celery.signals import worker_ready, worker_shutting_down
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from campaigns.schedule.models import Slot
from cms.accounts.models import Role
from cms.celery import app
from cms.core import clock
from cms.notices.models import Notice
from publishers.delivery import pace, tasks
from publishers.delivery.models import Delivery, Heartbeat
from publishers.delivery.services import booking, pulse, watching
from publishers.delivery.services.claiming import claim
from publishers.delivery.states import Lane, State
from tests.factories.cms import MembershipFactory
from tests.publishers.delivery.scene import again, carried, die

ROOT = Path(__file__).resolve().parents[3]
WINGS = ("cms", "media", "campaigns", "publishers")


def test_every_task_is_acknowledged_after_its_work_and_given_back_when_its_worker_is_lost():
    for room in apps.get_app_configs():
        if find_spec(f"{room.name}.tasks"):
            import_module(f"{room.name}.tasks")
    ours = {name: task for name, task in app.tasks.items() if not name.startswith("celery.")}
    assert len(ours) >= 5
    assert {name for name, task in ours.items() if not task.acks_late} == set()
    assert app.conf.task_acks_late
    assert app.conf.task_reject_on_worker_lost
    assert app.conf.worker_prefetch_multiplier == 1


def test_no_message_sleeps_in_the_broker():
    """The row is the schedule: no task is sent with an ETA or a countdown, and a bell nobody hears dies within minutes."""
    sleeping = re.compile(r"\b(countdown|eta)\s*=|apply_async\(|\.retry\(")
    found = [
        str(path.relative_to(ROOT))
        for wing in WINGS
        for path in sorted((ROOT / wing).rglob("*.py"))
        if sleeping.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_the_bells_of_delivery_ring_often_and_go_stale_soon():
    bells = {
        entry["task"]: entry
        for entry in settings.CELERY_BEAT_SCHEDULE.values()
        if entry["task"].startswith("publishers.delivery.")
    }
    assert bells["publishers.delivery.tasks.publish_due"]["schedule"] <= 2
    assert bells["publishers.delivery.tasks.stage_upcoming"]["schedule"] <= 2
    assert bells["publishers.delivery.tasks.book_approved"]["schedule"] <= 2
    # A bell that waited longer than until the next one is worthless.
    assert all(entry["options"]["expires"] <= max(60, entry["schedule"]) for entry in bells.values())


def test_a_dead_worker_is_noticed_within_a_minute_at_the_default_pace():
    assert settings.DELIVERY_PACE == 1
    for lane in ("publish-due", "stage-upcoming", "speak-due"):
        assert pace.LEASE + settings.CELERY_BEAT_SCHEDULE[lane]["schedule"] < 60
    # Two heartbeats may be missed before a living worker is taken for dead.
    assert pace.HEARTBEAT_EVERY * 3 <= pace.LEASE


@pytest.mark.django_db
class TestTheWatchdog:
    def overdue(self, scene, state: State) -> Delivery:
        delivery = scene.booked(scene.page())
        if state is State.SENDING:
            claim(Lane.PUBLISH, "bộ xử lý chết", 1)
        Delivery.objects.filter(pk=delivery.pk).update(due_at=clock.now() - timedelta(minutes=6))
        return delivery

    def test_barks_at_what_waits_and_at_what_a_dead_worker_holds(self, scene, caplog):
        rows = [self.overdue(scene, State.SENDING), self.overdue(scene, State.READY)]
        die(rows[0])
        fresh = scene.booked(scene.page())

        with caplog.at_level(logging.ERROR):
            assert watching.watch()

        told = [
            record.delivery for record in caplog.records if getattr(record, "event", "") == "delivery_overdue"
        ]
        assert sorted(told) == sorted(row.pk for row in rows)
        assert again(fresh).alarmed_at is None

    def test_is_silent_about_what_has_ended(self, scene):
        delivery = self.overdue(scene, State.READY)
        assert carried(delivery).state == State.LIVE
        assert watching.raise_alarms() == 0

    def test_barks_at_an_approved_time_that_never_became_a_delivery(self, scene, caplog, monkeypatch):
        slot = scene.post_for(scene.page())
        passed = slot.at + timedelta(minutes=6)
        monkeypatch.setattr(clock, "now", lambda: passed)
        assert watching.report_unbooked() == 1
        assert caplog.records[-1].event == "slot_never_booked"

        (approved,) = Slot.objects.filter(pk=slot.pk).approved()
        booking.book(approved, approved.approval)

        assert watching.report_unbooked() == 0


@pytest.mark.django_db
def test_asking_what_is_to_be_booked_costs_the_same_however_much_is_planned(scene):
    page = scene.page()
    with CaptureQueriesContext(connection) as empty:
        assert booking.book_due() == 0
    for _ in range(3):
        scene.post_for(page, approve=False)
    with CaptureQueriesContext(connection) as planned:
        assert booking.book_due() == 0
    assert len(planned) == len(empty) == 2


@pytest.mark.django_db(transaction=True)
class TestTheWatchman:
    @pytest.fixture(autouse=True)
    def _quick(self, settings):
        settings.DELIVERY_PACE = 0.01

    def wait_for(self, question) -> bool:
        end = time.monotonic() + 5
        while not question() and time.monotonic() < end:
            time.sleep(0.05)
        return question()

    def test_any_worker_process_barks_while_the_others_and_beat_are_gone(self, scene, caplog):
        """What Celery says when a worker has come up, whatever its queues; nobody rings a bell here."""
        delivery = scene.booked(scene.page())
        long_ago = clock.now() - timedelta(minutes=6)
        Delivery.objects.filter(pk=delivery.pk).update(due_at=long_ago)
        for part in ("beat", "lane:speak"):
            Heartbeat.objects.create(name=part, seen_at=long_ago)
        boss = MembershipFactory(organisation__place__level=1, role=Role.ADMINISTRATOR).user

        worker_ready.send(sender=None)
        try:
            assert self.wait_for(lambda: Notice.objects.filter(user=boss).count() == 2)
        finally:
            worker_shutting_down.send(sender=None)

        assert again(delivery).alarmed_at is not None
        said = {getattr(record, "part", "") for record in caplog.records if record.levelname == "ERROR"}
        assert {"beat", "lane:speak"} <= said
        words = " ".join(Notice.objects.filter(user=boss).values_list("sentence", flat=True))
        assert "Bộ định nhịp ngừng hoạt động từ" in words
        assert "Bộ xử lý nền ngừng hoạt động từ" in words

    def test_of_many_who_watch_one_makes_the_round_and_a_silence_is_told_once(self, settings):
        settings.DELIVERY_PACE = 1
        Heartbeat.objects.create(name="lane:upload", seen_at=clock.now() - timedelta(minutes=6))
        boss = MembershipFactory(organisation__place__level=1, role=Role.ADMINISTRATOR).user
        assert [watching.watch(), watching.watch()] == [True, False]
        Heartbeat.objects.filter(name="watch").update(seen_at=clock.now() - timedelta(seconds=61))
        assert watching.watch()
        assert Notice.objects.filter(user=boss).count() == 1


@pytest.mark.django_db
class TestSignsOfLife:
    @pytest.fixture(autouse=True)
    def _nobody_was_seen_yet(self, monkeypatch):
        monkeypatch.setattr(pulse, "_written", {})

    def test_each_bell_leaves_one_and_silence_shows(self):
        tasks.publish_due()
        tasks.stage_upcoming()
        tasks.speak_due()
        assert set(Heartbeat.objects.values_list("name", flat=True)) == {
            "beat", "lane:publish", "lane:upload", "lane:speak",
        }  # fmt: skip
        Heartbeat.objects.filter(name="beat").update(seen_at=clock.now() - timedelta(minutes=3))
        silent = {each.name: each.silent_for for each in pulse.pulses()}
        assert silent["beat"] >= 180
        assert silent["lane:publish"] < 30

    def test_the_lag_is_that_of_the_longest_waiting_and_a_worker_at_work_is_no_lag(self, scene):
        assert pulse.lag(Lane.PUBLISH) == 0.0
        delivery = scene.booked(scene.page())
        Delivery.objects.filter(pk=delivery.pk).update(wake_at=clock.now() - timedelta(seconds=90))
        assert 90 <= pulse.lag(Lane.PUBLISH) < 120
        claim(Lane.PUBLISH, "đang làm", 1)
        assert pulse.lag(Lane.PUBLISH) == 0.0

    def test_the_queue_screen_names_who_is_silent_and_how_far_behind_the_queue_is(
        self, client, scene, settings
    ):
        settings.TRAINING_MODE = True
        delivery = scene.booked(scene.page())
        Delivery.objects.filter(pk=delivery.pk).update(wake_at=clock.now() - timedelta(seconds=90))
        Heartbeat.objects.create(name="beat", seen_at=clock.now() - timedelta(minutes=3))
        person = MembershipFactory(organisation=delivery.organisation, role=Role.PROVINCIAL_COMMUNICATOR).user
        client.force_login(person)

        page = client.get(reverse("delivery_queue")).content.decode()

        assert page.count("queue-pulse--silent") >= 2
        assert re.search(r"chậm \d{2,3} giây", page)
