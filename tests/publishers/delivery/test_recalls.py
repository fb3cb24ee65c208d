"""Taking back and correcting: every live copy is found, dealt with on the rails of delivery, and proven; citizens read why."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import requests
from django.urls import reverse

from campaigns.posts.models import Post, VariantMedia
from campaigns.posts.services import VariantText, edit_post
from campaigns.schedule.models import Slot, SlotState
from cms.accounts.models import Role
from cms.approvals import services as approvals
from cms.approvals.approvable import present_hash
from cms.core import clock
from cms.core.errors import ConflictingState, InputRefused, NotAllowed
from cms.notices.models import Notice
from media.library.models import PublishedVersion
from media.library.published_versions import versions_of
from media.library.uses import resting_on
from media.library.withdrawals import lift as lift_withdrawal
from media.library.withdrawals import withdraw as withdraw_asset
from publishers.delivery.models import Attempt, Batch, Delivery, Purpose, Recall, RecalledStation
from publishers.delivery.services import booking, following, holding, recalling, resolving, speaking, stopping
from publishers.delivery.states import Reason, State
from publishers.portal.verification import Standing, verify
from tests.factories.campaigns import (
    PostFactory,
    SlotFactory,
    VariantFactory,
    approve_post,
    approver_of,
    editor_of,
)
from tests.factories.cms import ChannelFactory, MembershipFactory, OrganisationFactory, PlaceFactory
from tests.factories.media import AssetFactory
from tests.factories.publishers import StationFactory
from tests.publishers.delivery.scene import again, carried, wake

pytestmark = pytest.mark.django_db
OLD = "Lệ phí là 50.000 đồng."
NEW = "Lệ phí là 30.000 đồng."


def rewritten(post: Post, text: str, *, approve: bool = True) -> None:
    """An editor writes the right text; a second person approves it."""
    editor = editor_of(post.organisation)
    variants = [
        VariantText(
            row.kind, text, row.title, row.summary, row.link, [media.asset for media in row.media.all()]
        )
        for row in post.variants.all()
    ]
    edit_post(post, editor, variants=variants)
    if approve:
        fresh = Post.objects.get(pk=post.pk)
        approvals.submit(fresh, editor)
        approvals.approve(fresh, approver_of(post.organisation), present_hash(fresh))


def all_carried(recall: Recall) -> list[Delivery]:
    for delivery in recall.deliveries.order_by("pk"):
        for _step in range(3):
            carried(delivery)
    return list(recall.deliveries.order_by("pk"))


def test_a_post_is_taken_down_everywhere_with_proof_and_citizens_read_why(scene, client, settings):
    settings.TRAINING_MODE = True
    first = scene.page()
    second = scene.page(organisation=first.organisation)
    live = carried(scene.booked(first, OLD))
    post = live.slot.variant.post
    waiting_slot = SlotFactory(variant=live.slot.variant, channel=second)
    boss = editor_of(post.organisation)
    with pytest.raises(InputRefused, match="người dân sẽ đọc được"):
        recalling.withdraw(post, boss, "  ")
    with pytest.raises(NotAllowed):
        recalling.withdraw(post, editor_of(OrganisationFactory()), "Sai mức phí.")

    client.force_login(boss)
    address = reverse("delivery_recall_start", args=[post.pk])
    asked = client.post(address, {"kind": "withdraw", "reason": "Sai mức phí."})
    assert "Gỡ bài này khỏi mọi kênh và đài?" in asked.content.decode()
    assert not Recall.objects.exists()
    started = client.post(address, {"kind": "withdraw", "reason": "Sai mức phí.", "confirmed": "1"})
    recall = Recall.objects.get()
    assert started.url == reverse("delivery_recall", args=[recall.public_id])
    assert Slot.objects.get(pk=waiting_slot.pk).state == SlotState.CANCELLED
    # Citizens are told before the platform has answered.
    verdict = verify(post.verify_code)
    assert verdict is not None
    assert (verdict.standing, verdict.reason) == (Standing.WITHDRAWN, "Sai mức phí.")
    assert verdict.ended_at == recall.started_at
    assert all(text.text == "" for text in verdict.texts)
    assert following.follow_recalls() == 0
    with pytest.raises(ConflictingState, match="chưa xong"):
        recalling.withdraw(post, boss, "Lần nữa.")

    (remedy,) = all_carried(recall)
    assert (remedy.purpose, remedy.state, remedy.state_words) == (Purpose.TAKE_DOWN, State.LIVE, "Đã gỡ")
    assert scene.visible(first) == []
    assert again(live).state == State.LIVE  # what went out went out
    assert [a.step for a in Attempt.objects.filter(delivery=remedy)] == ["take-down", "prove-gone"]
    assert following.follow_recalls() == 1
    page = client.get(started.url).content.decode()
    assert "1/1 việc đã xong" in page
    assert "Đã gỡ" in page
    assert "thu hồi thông tin này lúc" in client.get(f"/xac-minh/{post.verify_code}/").content.decode()
    assert "Thu hồi, đính chính" in client.get(reverse("delivery_recalls")).content.decode()


def test_a_lost_answer_of_a_take_down_is_looked_for(scene):
    page = scene.page()
    live = carried(scene.booked(page, OLD))
    recall = recalling.withdraw(live.slot.variant.post, editor_of(page.organisation), "Sai.")
    scene.platforms.rule(platform="facebook", op="object.delete", action="drop_after", nth=1, times=1)
    (remedy,) = all_carried(recall)
    assert remedy.state == State.LIVE
    assert scene.visible(page) == []


def test_what_is_on_its_way_when_the_recall_begins_is_taken_down_when_it_is_out(scene):
    page = scene.page()
    live = carried(scene.booked(page, OLD))
    post = live.slot.variant.post
    other = scene.page(organisation=page.organisation)
    second = SlotFactory(variant=live.slot.variant, channel=other)
    approvals.void(post, "Sửa giờ.")
    approve_post(Post.objects.get(pk=post.pk))
    (approved,) = Slot.objects.filter(pk=second.pk).approved()
    booking.book(approved, approved.approval)
    flying = Delivery.objects.get(slot=second)
    # Accepted by the platform, not yet proven: nobody can call it back.
    Delivery.objects.filter(pk=flying.pk).update(
        state=State.HELD, reason=Reason.NEEDS_LOOK, sentence="Xem.", wake_at=None
    )
    boss = editor_of(page.organisation)
    recall = recalling.withdraw(post, boss, "Sai.")
    all_carried(recall)
    assert following.follow_recalls() == 0
    resolving.found_live(again(flying), boss, "https://trang.example/bai/9")
    following.follow_recalls()
    late = recall.deliveries.get(about=flying)
    # A post that a person declared has no handle: a person takes it down, with proof.
    assert (late.state, late.reason) == (State.HELD, Reason.BY_HAND)
    assert "gỡ bài bằng tay" in late.sentence
    assert Notice.objects.of(boss).filter(cause__startswith=f"recall:{late.pk}:").count() == 1
    resolving.found_live(late, boss, note="Đã xóa bài lúc 9 giờ.")
    assert again(late).state_words == "Đã gỡ"
    assert following.follow_recalls() == 1


def test_editing_what_is_out_changes_nothing_for_citizens_until_the_correction_goes_out(scene):
    page = scene.page()
    live = carried(scene.booked(page, OLD))
    post = live.slot.variant.post
    boss = editor_of(page.organisation)
    rewritten(post, NEW, approve=False)
    verdict = verify(post.verify_code)
    assert (verdict.standing, verdict.texts[0].text) == (Standing.VALID, OLD)
    with pytest.raises(InputRefused, match="chưa được duyệt"):
        recalling.correct(post, boss, "Mức phí đúng là 30.000 đồng.")

    approve_post(Post.objects.get(pk=post.pk))
    assert verify(post.verify_code).texts[0].text == OLD
    recall = recalling.correct(post, boss, "Mức phí đúng là 30.000 đồng.")
    (remedy,) = all_carried(recall)
    assert (remedy.purpose, remedy.state, remedy.state_words) == (
        Purpose.CORRECT,
        State.LIVE,
        "Đã đính chính",
    )
    (effect,) = scene.visible(page)
    assert effect["text"].startswith(NEW)
    assert effect["object_id"] == live.receipt.remote_id
    verdict = verify(post.verify_code)
    assert (verdict.standing, verdict.texts[0].text) == (Standing.CORRECTED, NEW)
    assert verdict.reason == "Mức phí đúng là 30.000 đồng."
    assert following.follow_recalls() == 1
    assert Slot.objects.get(pk=live.slot_id).state == SlotState.DONE


def test_a_correction_waits_for_a_stop_and_a_take_down_does_not(scene):
    lead = OrganisationFactory(leads=True)
    boss = MembershipFactory(organisation=lead, role=Role.CENTRAL_EDITOR).user
    page = scene.page(organisation=OrganisationFactory(place=lead.place))
    live = carried(scene.booked(page, OLD))
    post = live.slot.variant.post
    rewritten(post, NEW)
    correction = recalling.correct(post, boss, "Sửa phí.")
    stopping.stop(boss, "Thiên tai", place=lead.place)
    (held,) = all_carried(correction)
    assert (held.state, held.reason) == (State.HELD, Reason.FROZEN)
    assert scene.visible(page)[0]["text"].startswith(OLD)
    Recall.objects.update(finished_at=clock.now())
    (gone,) = all_carried(recalling.withdraw(post, boss, "Gỡ khi thiên tai."))
    assert gone.state == State.LIVE
    assert scene.visible(page) == []


def test_kinds_without_connector_become_tasks_for_a_person(scene):
    channel = ChannelFactory(kind="press", external_id="")
    delivery = carried(scene.booked(channel, OLD, title="Tin"))
    boss = editor_of(channel.organisation)
    assert delivery.reason == Reason.BY_HAND
    resolving.found_live(delivery, boss, "https://bao.example/tin")
    recall = recalling.withdraw(delivery.slot.variant.post, boss, "Sai.")
    (task,) = recall.deliveries.all()
    assert (task.state, task.reason) == (State.HELD, Reason.BY_HAND)


def test_nothing_out_nothing_new(scene):
    page = scene.page()
    slot = scene.post_for(page, OLD, approve=False)
    boss = editor_of(page.organisation)
    approve_post(Post.objects.get(pk=slot.variant.post_id))
    with pytest.raises(InputRefused, match="chưa đăng ở đâu"):
        recalling.correct(slot.variant.post, boss, "Sửa.")
    live = carried(scene.booked(page, OLD))
    with pytest.raises(InputRefused, match="không khác nội dung đã đăng"):
        recalling.correct(live.slot.variant.post, boss, "Sửa.")
    assert not Recall.objects.exists()


class TestWithdrawnAssets:
    def booked_with(self, scene, page, asset, *, due=True) -> Delivery:
        slot = scene.post_for(page, OLD, approve=False)
        VariantMedia.objects.create(variant=slot.variant, asset=asset)
        approve_post(Post.objects.get(pk=slot.variant.post_id))
        (approved,) = Slot.objects.filter(pk=slot.pk).approved()
        booking.book(approved, approved.approval)
        delivery = Delivery.objects.get(slot=slot)
        if due:
            Delivery.objects.filter(pk=delivery.pk).update(due_at=clock.now() - timedelta(seconds=1))
            wake(delivery)
        return again(delivery)

    def test_what_waits_is_held_and_those_who_are_out_are_told(self, scene):
        page = scene.page()
        page.responsible = editor_of(page.organisation)
        page.save()
        asset = AssetFactory(organisation=page.organisation, shared=True)
        out = carried(self.booked_with(scene, page, asset))
        assert out.state == State.LIVE
        waiting = self.booked_with(scene, page, asset, due=False)
        untouched = scene.booked(page, "Bài không dùng tài liệu.", due=False)
        boss = editor_of(page.organisation)
        withdrawal = withdraw_asset(asset, boss, "Sai biểu mẫu.")

        assert following.follow_withdrawals() == 1
        waiting = again(waiting)
        assert (waiting.state, waiting.reason) == (State.HELD, Reason.WITHDRAWN)
        assert "Sai biểu mẫu." in waiting.sentence
        assert again(untouched).state == State.READY
        assert following.follow_withdrawals() == 0
        told = Notice.objects.filter(cause=f"withdrawn:{withdrawal.pk}:{out.slot.variant.post_id}")
        assert boss.pk in set(told.values_list("user", flat=True))
        assert Notice.objects.of(page.responsible).filter(kind="library").count() == 1
        assert again(out).state == State.LIVE

        lift_withdrawal(withdrawal, boss)
        again_told = Notice.objects.of(page.responsible).get(cause=f"usable:{withdrawal.pk}:{waiting.pk}")
        assert "được dùng lại" in again_told.sentence
        holding.release(waiting, boss)
        assert again(waiting).state == State.READY

    def test_a_worker_that_is_faster_than_the_sweep_asks_by_itself(self, scene):
        page = scene.page()
        asset = AssetFactory(organisation=page.organisation)
        due = self.booked_with(scene, page, asset)
        withdraw_asset(asset, editor_of(page.organisation), "Sai.")
        due = carried(due)
        assert (due.state, due.reason) == (State.HELD, Reason.WITHDRAWN)
        assert scene.visible(page) == []

    def test_a_version_says_which_posts_were_booked_with_it(self, scene):
        page = scene.page()
        asset = AssetFactory(organisation=page.organisation, shared=True)
        booked = self.booked_with(scene, page, asset, due=False)
        (version,) = versions_of(asset)
        assert [use.row for use in resting_on(version)] == [booked.slot.variant.post]
        another = PublishedVersion(asset=asset, version="0" * 64, at=clock.now())
        assert resting_on(another) == []

    def test_an_urgent_one_takes_back_what_other_bodies_have_out(self, scene):
        centre = OrganisationFactory(leads=True)
        page = scene.page()
        asset = AssetFactory(organisation=centre, shared=True)
        out = carried(self.booked_with(scene, page, asset))
        boss = editor_of(centre)
        withdrawal = withdraw_asset(asset, boss, "Lộ thông tin.", urgent=True)
        following.follow_withdrawals()
        recall = Recall.objects.get()
        assert (recall.post, recall.withdrawal) == (out.slot.variant.post, withdrawal)
        (gone,) = all_carried(recall)
        assert gone.state == State.LIVE
        assert scene.visible(page) == []
        following.follow_withdrawals()
        assert Recall.objects.count() == 1


@pytest.mark.django_db(transaction=True)
class TestStations:
    @pytest.fixture
    def spoken(self, live_server, settings):
        settings.STATION_READBACK_BASE = live_server.url
        lead = OrganisationFactory(leads=True)
        province = PlaceFactory(province=True, parent=lead.place)
        for _ in range(3):
            StationFactory(place=PlaceFactory(commune=True, parent=province))
        post = PostFactory(organisation=lead)
        variant = VariantFactory(post=post, loudspeaker=True, title="Lệ phí", text=OLD)
        slot = SlotFactory(variant=variant, channel=None, stations_of=province)
        approve_post(Post.objects.get(pk=post.pk))
        (approved,) = Slot.objects.filter(pk=slot.pk).approved()
        booking.book(approved, approved.approval)
        Delivery.objects.filter(slot=slot).update(
            due_at=clock.now(), wake_at=clock.now() - timedelta(seconds=1)
        )
        speaking.run_batch(Batch.objects.get().pk, "thợ")
        return post, live_server.url

    def page(self, base: str, delivery: Delivery) -> requests.Response:
        path = Delivery.objects.get(pk=delivery.pk).receipt.permalink.split("/", 3)[3]
        return requests.get(f"{base}/{path}", timeout=5)

    def test_stations_get_the_corrected_then_the_withdrawn_version_read_back(self, spoken):
        post, base = spoken
        boss = editor_of(post.organisation)
        copies = list(Delivery.objects.all())
        first = {copy.pk: copy.receipt.remote_id for copy in copies}
        rewritten(post, NEW)
        recall = recalling.correct(post, boss, "Mức phí đúng là 30.000 đồng.")
        assert following.follow_recalls() == 1
        assert RecalledStation.objects.filter(recall=recall, proven_at__isnull=False).count() == 3
        for copy in copies:
            served = self.page(base, copy)
            assert served.status_code == 200
            assert "ba mươi nghìn" in re.sub(r"<[^>]+>", "", served.text), served.text
            assert served.headers["X-Script-SHA256"] == Delivery.objects.get(pk=copy.pk).receipt.remote_id
            assert served.headers["X-Script-SHA256"] != first[copy.pk]

        recall = recalling.withdraw(post, boss, "Bài không còn đúng.")
        assert {self.page(base, copy).status_code for copy in copies} == {410}
        assert following.follow_recalls() == 1
        assert recall.stations.filter(proven_at__isnull=False).count() == 3
        assert Attempt.objects.filter(step="prove-gone", outcome="ok").count() == 3
