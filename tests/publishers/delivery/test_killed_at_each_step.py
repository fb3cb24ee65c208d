"""A worker process killed with kill -9 at each step of each adapter, before and after its call: one visible post."""

from __future__ import annotations

import os
import signal
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from cms.approvals.approvable import present_hash
from cms.approvals.models import Approval
from cms.core import clock
from publishers.adapters.facebook.adapter import FacebookAdapter
from publishers.adapters.registry import adapter_for
from publishers.adapters.youtube import upload
from publishers.delivery import frozen_request, lanes
from publishers.delivery.models import Attempt, Delivery, Receipt
from publishers.delivery.services.booking import book
from publishers.delivery.states import Lane, State
from tests.contracts.samples import Samples
from tests.factories.cms import ChannelFactory, UserFactory
from tests.factories.publishers import ConnectionFactory
from tests.publishers.delivery.doomed import Moment, dress, go_on, killed_at, killed_while
from tests.publishers.delivery.scene import Scene, again, die

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]

#: Form → kind of channel and the steps of its plan, in order; the visible one is marked.
PLANS = {
    "text": ("facebook", ["feed!"]),
    "photos": ("facebook", ["photo-1", "photo-2", "feed!"]),
    "video": ("facebook", ["open", "transfer", "finish!", "confirm"]),
    "reel": ("facebook", ["open", "transfer", "finish!", "confirm"]),
    "youtube": ("youtube", ["open", "upload", "processed", "publish!"]),
    "zalo": ("zalo", ["pictures", "create", "verify-hidden", "show!", "verify-shown"]),
    "comment": ("facebook", ["feed!", "comment"]),
    "youtube-whole": (
        "youtube",
        ["open", "upload", "processed", "thumbnail", "captions", "playlist", "publish!"],
    ),
    "zalo-clip": (
        "zalo",
        ["pictures", "prepare-video", "video-ready", "create", "verify-hidden", "show!", "verify-shown"],
    ),
}
PLAYLIST = "PLthunghiem2026"
#: What hangs under a post there once however often a worker died, by form.
PARTS = {"comment": "comment", "youtube-whole": "playlist_item"}
QUICK: dict[str, dict[str, Any]] = {
    "facebook": {"processing_seconds": 0},
    "youtube": {"processing_seconds": 0, "playlists": [PLAYLIST]},
    "zalo": {"processing_polls": 1, "video_converting_seconds": 0},
}


@pytest.fixture
def samples(scene: Scene, settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Samples:
    monkeypatch.setattr(upload, "PAUSES", (0.0, 0.0, 0.0))
    settings.MEDIA_ROOT = tmp_path
    settings.PUBLIC_MEDIA_CHECK_BASE = scene.platforms.media.base
    return Samples(scene.platforms, tmp_path)


def channel_of(scene: Scene, kind: str):
    channel = ChannelFactory(**({} if kind == "facebook" else {kind: True}))
    grant = ConnectionFactory(channel=channel)
    scene.platforms.account(
        platform=kind, id=channel.external_id, name=channel.name, access_token=grant.access_token.reveal(),
        **({} if kind == "youtube" else {"app_id": grant.app.app_id}), **QUICK[kind],
    )  # fmt: skip
    return channel


def booked(scene: Scene, samples: Samples, channel, form: str, number: int) -> Delivery:
    slot = scene.post_for(
        channel, f"Bài thử số {number}: nộp hồ sơ tại nhà.", approve=False,
        title="" if form in ("text", "photos", "comment") else f"Nộp hồ sơ trực tuyến {number}", summary="Các bước.",
    )  # fmt: skip
    post = slot.variant.post
    # The files come below, past the editor's own checks; the approval is of the post as it stands.
    approval = Approval.objects.create(
        item=post, organisation=post.organisation, content_hash=present_hash(post), payload={},
        approver=UserFactory(), approver_name="Người duyệt thử nghiệm", approved_at=clock.now(),
    )  # fmt: skip
    book(slot, approval)
    delivery = Delivery.objects.get(slot=slot)
    Delivery.objects.filter(pk=delivery.pk).update(due_at=clock.now() - timedelta(seconds=1))
    match form:
        case "photos":
            return dress(delivery, samples.picture("anh-1"), samples.picture("anh-2", "darkgreen"))
        case "video" | "youtube":
            return dress(delivery, samples.clip(300_000))
        case "reel":
            return dress(delivery, samples.clip(300_000), form="reel")
        case "zalo":
            return dress(delivery, samples.picture("bia"))
        case "comment":
            return dress(delivery, first_comment="Xem hướng dẫn chi tiết tại cổng.")
        case "youtube-whole":
            clip = samples.clip(300_000, captions=True)
            return dress(delivery, clip, samples.picture("bia"), playlist=PLAYLIST)
        case "zalo-clip":
            return dress(delivery, samples.picture("bia"), samples.clip(90_000))
    return dress(delivery)


@pytest.mark.parametrize("form", PLANS)
def test_a_worker_killed_at_any_step_leaves_one_visible_post(scene: Scene, samples: Samples, form: str):
    kind, steps = PLANS[form]
    channel = channel_of(scene, kind)
    number = 0
    for marked in steps:
        for moment in Moment:
            step, where = marked.rstrip("!"), f"{form}, {marked}: {moment}"
            number += 1
            delivery = booked(scene, samples, channel, form, number)
            plan = adapter_for(kind).plan(frozen_request.thaw(delivery.request))
            assert [each.name + "!" * each.visible for each in plan] == steps

            assert killed_at(delivery, step, moment), where

            (lost,) = Attempt.objects.filter(delivery=delivery, finished_at=None)
            assert (lost.step, lost.visible) == (step, marked.endswith("!")), where
            die(delivery)
            delivery = go_on(again(delivery), "kế tiếp")

            assert delivery.state == State.LIVE, (where, delivery.reason, delivery.sentence)
            ever = scene.platforms.ever(platform=kind, secondary="true")
            seen = [effect for effect in ever if effect["kind"] not in PARTS.values()]
            assert len(seen) == number, where
            assert Receipt.objects.filter(delivery=delivery).exclude(remote_id="").exists(), where
            assert not Attempt.objects.filter(finished_at=None).exists(), where
            if form in PARTS:
                assert len(ever) - len(seen) == number, where


def test_post_of_a_killed_worker_is_picked_up_by_another_within_a_minute(scene: Scene, settings):
    """Two processes that run the lane as Celery's tasks do, at a tenth of all waits: no lease is ended by hand here."""
    settings.DELIVERY_PACE = 0.1
    delivery = scene.booked(scene.page())
    real = FacebookAdapter.perform

    def hit(self: Any, *parts: Any) -> Any:
        os.kill(os.getpid(), signal.SIGKILL)

    def work() -> None:
        FacebookAdapter.perform = hit  # type: ignore[method-assign]
        lanes.run(Lane.PUBLISH)

    assert killed_while(work)
    assert FacebookAdapter.perform is real
    died, minute = clock.now(), timedelta(seconds=60 * settings.DELIVERY_PACE)
    held = again(delivery)
    assert (held.state, held.lease_until is not None) == (State.SENDING, True)
    looks = Attempt.objects.filter(delivery=delivery, is_look=True).order_by("number")

    while not looks.exists():
        assert clock.now() < died + 2 * minute, "nobody took over"
        lanes.run(Lane.PUBLISH)
        time.sleep(settings.CELERY_BEAT_SCHEDULE["publish-due"]["schedule"] * settings.DELIVERY_PACE)

    look = looks[0]
    assert look.started_at - died < minute
    assert look.worker != held.worker
    # It looked and did not send: nobody could know yet that the first call had never left.
    assert scene.platforms.requests(op="feed.create") == []
