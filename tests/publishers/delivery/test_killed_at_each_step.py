"""A worker process killed with kill -9 at each step of each adapter, before and after its call: one visible post."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from cms.approvals.approvable import present_hash
from cms.approvals.models import Approval
from cms.core import clock
from publishers.adapters.registry import adapter_for
from publishers.adapters.youtube import upload
from publishers.delivery import frozen_request
from publishers.delivery.models import Attempt, Delivery, Receipt
from publishers.delivery.services.booking import book
from publishers.delivery.states import State
from tests.contracts.samples import Samples
from tests.factories.cms import ChannelFactory, UserFactory
from tests.factories.publishers import ConnectionFactory
from tests.publishers.delivery.doomed import Moment, dress, go_on, killed_at
from tests.publishers.delivery.scene import Scene, again, die

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]

#: Form → kind of channel and the steps of its plan, in order; the visible one is marked.
PLANS = {
    "text": ("facebook", ["feed!"]),
    "photos": ("facebook", ["photo-1", "photo-2", "feed!"]),
    "video": ("facebook", ["open", "transfer", "finish!", "confirm"]),
    "reel": ("facebook", ["open", "transfer", "finish!", "confirm"]),
    "youtube": ("youtube", ["open", "upload", "processed", "publish!"]),
    "zalo": ("zalo", ["create", "verify-hidden", "show!", "verify-shown"]),
    "comment": ("facebook", ["feed!", "comment"]),
    "youtube-whole": (
        "youtube",
        ["open", "upload", "processed", "thumbnail", "captions", "playlist", "publish!"],
    ),
    "zalo-clip": (
        "zalo",
        ["prepare-video", "video-ready", "create", "verify-hidden", "show!", "verify-shown"],
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
