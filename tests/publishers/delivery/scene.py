"""What the tests of delivery stand on: a connected channel in the sandbox, and a booked delivery that is due."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from campaigns.planning.models import Campaign
from campaigns.posts.models import Post
from campaigns.schedule.models import Slot
from cms.accounts.models import Role
from cms.approvals.approvable import present_hash
from cms.approvals.models import Approval
from cms.channels.kinds import ChannelKind
from cms.channels.models import Channel
from cms.core import clock
from publishers.delivery.errand import Claim
from publishers.delivery.models import Delivery
from publishers.delivery.services.booking import book
from publishers.delivery.services.carrying import carry
from publishers.delivery.services.claiming import claim
from publishers.delivery.states import Lane, State
from tests.contracts.platforms import Platforms
from tests.factories.campaigns import PostFactory, SlotFactory, VariantFactory, approve_post
from tests.factories.cms import ChannelFactory, MembershipFactory
from tests.factories.publishers import ConnectionFactory

WORKER = "bo-xu-ly-thu"


class Scene:
    """Makes channels that the sandbox knows, and deliveries by the verbs people use: write, approve, book."""

    def __init__(self, platforms: Platforms) -> None:
        self.platforms = platforms

    def page(self, account: dict[str, Any] | None = None, **more: Any) -> Channel:
        """A Facebook Page with a living credential, known to the sandbox under the settings of `account`."""
        channel = ChannelFactory(**more)
        grant = ConnectionFactory(channel=channel)
        self.platforms.account(
            platform="facebook", id=channel.external_id, name=channel.name, app_id=grant.app.app_id,
            access_token=grant.access_token.reveal(), **(account or {}),
        )  # fmt: skip
        return channel

    def post_for(self, channel: Channel, text: str = "", *, approve: bool = True, **variant: Any) -> Slot:
        """A post with one time tomorrow on `channel`, approved by a second person."""
        campaign = Campaign.objects.filter(organisation=channel.organisation).first()
        known = {"campaign": campaign} if campaign else {}
        post = PostFactory(organisation=channel.organisation, **known)
        words = text or f"Nộp hồ sơ trực tuyến, không phải chờ đợi. Bài {post.pk}."
        made = VariantFactory(post=post, kind=channel.kind, text=words, **variant)
        slot = SlotFactory(variant=made, channel=channel)
        if approve:
            approve_post(Post.objects.get(pk=post.pk))
        return slot

    def booked(self, channel: Channel, text: str = "", *, due: bool = True, **variant: Any) -> Delivery:
        """A booked delivery on `channel`; `due` moves its time to a moment ago (the approval covers the slot's)."""
        slot = self.post_for(channel, text, **variant)
        (approved,) = Slot.objects.filter(pk=slot.pk).approved()
        book(approved, approved.approval)
        delivery = Delivery.objects.get(slot=slot)
        if due:
            now = clock.now() - timedelta(seconds=1)
            Delivery.objects.filter(pk=delivery.pk).update(due_at=now)
            Delivery.objects.filter(pk=delivery.pk, wake_at__isnull=False).update(wake_at=now)
        return Delivery.objects.get(pk=delivery.pk)

    def visible(self, channel: Channel) -> list[dict[str, Any]]:
        """What citizens can see on the channel, from the sandbox's ledger."""
        return self.platforms.effects(platform=channel.kind, account=channel.external_id)


def claimed(lane: Lane = Lane.PUBLISH, worker: str = WORKER) -> Claim:
    """Claim the one delivery that is due in `lane`."""
    (only,) = claim(lane, worker, 5)
    return only


def carried(delivery: Delivery, lane: Lane = Lane.PUBLISH) -> Delivery:
    """Wake the delivery, carry it as far as it goes in `lane`, and return it as it stands then."""
    wake(delivery)
    for each in claim(lane, WORKER, 50):
        carry(each, lambda: None)
    return again(delivery)


def wake(delivery: Delivery) -> None:
    """Let the delivery be due now, whatever it was waiting for; a living lease is not touched."""
    Delivery.objects.filter(pk=delivery.pk, wake_at__isnull=False, lease_until__isnull=True).update(
        wake_at=clock.now() - timedelta(seconds=1)
    )


def die(delivery: Delivery) -> None:
    """What a kill -9 leaves behind, later: the lease runs out, nothing else changes."""
    past = clock.now() - timedelta(seconds=1)
    Delivery.objects.filter(pk=delivery.pk, lease_until__isnull=False).update(lease_until=past, wake_at=past)


def again(delivery: Delivery) -> Delivery:
    """Return the delivery as it stands in the database."""
    return Delivery.objects.get(pk=delivery.pk)


__all__ = ["ChannelKind", "Scene", "State", "again", "carried", "claimed", "die", "wake"]


def held(delivery: Delivery) -> tuple[str, str]:
    """Return the state and the reason of a delivery."""
    return delivery.state, delivery.reason


def approval_of(slot: Slot) -> Approval:
    """An approval row for a post that the editor's own checks would not let through to the second person."""
    post = slot.variant.post
    approver = MembershipFactory(organisation=post.organisation, role=Role.APPROVER).user
    return Approval.objects.create(
        item=post, organisation=post.organisation, content_hash=present_hash(post), payload={},
        approver=approver, approver_name=approver.full_name, approved_at=clock.now(),
    )  # fmt: skip
