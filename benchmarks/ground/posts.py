"""Channels the sandbox knows, and approved text posts that are due, made in bulk by rows and booked by the verb."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from benchmarks.ground.house import Sandbox


def make_channels(sandbox: Sandbox, count: int) -> list[Any]:
    """Register `count` connected Pages of one body, each with its own token."""
    from cms.channels.kinds import ChannelKind
    from cms.channels.models import Channel
    from cms.organisations.models import LeadBody, Organisation, OrganisationKind
    from cms.places.models import AdministrativeUnit, UnitKind
    from publishers.connections.models import Platform, PlatformApp
    from publishers.connections.services import store_tokens

    place, _ = AdministrativeUnit.objects.get_or_create(
        code="00", defaults={"name": "Trung ương", "kind": UnitKind.CENTRE}
    )
    body, created = Organisation.objects.get_or_create(
        place=place, name="Cơ quan đo tải", defaults={"short_name": "Đo tải", "kind": OrganisationKind.OTHER}
    )
    if created:
        LeadBody.objects.create(place=place, organisation=body)
    app, _ = PlatformApp.objects.get_or_create(
        platform=Platform.FACEBOOK,
        app_id="100000000000001",
        defaults={"organisation": body, "name": "Đo tải"},
    )
    start = Channel.objects.count()
    channels = []
    for number in range(start, start + count):
        channel = Channel.objects.create(
            organisation=body,
            kind=ChannelKind.FACEBOOK,
            name=f"Trang {number}",
            external_id=f"{500000 + number}",
        )
        token = f"the-do-tai-{number}"
        store_tokens(channel, access_token=token, app=app)
        sandbox.control(
            "POST", "accounts",
            {
                "platform": "facebook", "id": channel.external_id, "name": channel.name, "access_token": token,
                "app_id": app.app_id,
            },
        )  # fmt: skip
        channels.append(channel)
    return channels


def make_due(channels: list[Any], count: int, at: datetime) -> list[Any]:
    """Book `count` text posts for `at`, spread evenly over `channels`; return the deliveries.

    Posts, times and approvals are written as rows (nobody clicks ten thousand times), the hash is the real one, and
    the booking is the verb that beat calls."""
    from campaigns.planning.models import Campaign, Orientation
    from campaigns.posts.models import Post, Variant
    from campaigns.schedule.models import Slot
    from cms.accounts.models import User
    from cms.approvals.content import content_hash
    from cms.approvals.models import Approval
    from publishers.delivery.models import Delivery
    from publishers.delivery.services.booking import book

    body = channels[0].organisation
    approver, _ = User.objects.get_or_create(
        username="nguoi-duyet-do-tai", defaults={"full_name": "Người duyệt"}
    )
    orientation, _ = Orientation.objects.get_or_create(
        organisation=body, year=2027, defaults={"title": "Đo tải"}
    )
    campaign, _ = Campaign.objects.get_or_create(
        organisation=body, orientation=orientation, title="Đo tải",
        defaults={"starts_on": at.date(), "ends_on": at.date() + timedelta(days=1)},
    )  # fmt: skip
    offset = Post.objects.count()
    posts = Post.objects.bulk_create(
        [
            Post(
                organisation=body, campaign=campaign, title=f"Bài {offset + number}", live=True,
                verify_code=f"D{offset + number:07d}",
            )
            for number in range(count)
        ],
        batch_size=500,
    )  # fmt: skip
    variants = Variant.objects.bulk_create(
        [
            Variant(post=post, kind="facebook", text=text_of(offset + number))
            for number, post in enumerate(posts)
        ],
        batch_size=500,
    )
    slots = Slot.objects.bulk_create(
        [
            Slot(variant=variant, channel=channels[number % len(channels)], at=at)
            for number, variant in enumerate(variants)
        ],
        batch_size=500,
    )
    for start in range(0, count, 500):
        part = posts[start : start + 500]
        payloads = Post.approval_payloads(part)
        Approval.objects.bulk_create(
            Approval(
                item=post, organisation=body, content_hash=content_hash(payloads[post.pk]), payload=payloads[post.pk],
                approver=approver, approver_name="Người duyệt", approver_position="Đo tải", approved_at=at,
            )
            for post in part
        )  # fmt: skip
    ids = [slot.pk for slot in slots]
    for start in range(0, count, 500):
        for slot in Slot.objects.filter(pk__in=ids[start : start + 500]).approved():
            book(slot, slot.approval)
    return list(Delivery.objects.filter(slot__in=ids))


def text_of(number: int) -> str:
    """Return the words of post `number`, unlike those of any other."""
    return f"Bài đo tải số {number:07d}: nộp hồ sơ trực tuyến tại nhà, không phải chờ đợi."
