"""Channels the sandbox knows, and approved posts that are due: rows in bulk, requests frozen by the verb's own code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from benchmarks.ground.house import Sandbox

#: Rows written in one statement.
PORTION = 500


def body_of_the_run() -> Any:
    """Return the one body that owns everything of a run."""
    from cms.organisations.models import LeadBody, Organisation, OrganisationKind
    from cms.places.models import AdministrativeUnit, UnitKind

    place, _ = AdministrativeUnit.objects.get_or_create(
        code="00", defaults={"name": "Trung ương", "kind": UnitKind.CENTRE}
    )
    body, created = Organisation.objects.get_or_create(
        place=place, name="Cơ quan đo tải", defaults={"short_name": "Đo tải", "kind": OrganisationKind.OTHER}
    )
    if created:
        LeadBody.objects.create(place=place, organisation=body)
    return body


def make_channels(sandbox: Sandbox, count: int, kind: str = "facebook", **account: Any) -> list[Any]:
    """Register `count` connected channels of `kind`, each with a token of its own; `account` are settings of the sandbox.

    Pages and OAs share one app per run, YouTube channels have a Google project each."""
    from cms.channels.models import Channel
    from publishers.connections.services import store_tokens

    body, start, channels = body_of_the_run(), Channel.objects.count(), []
    for number in range(start, start + count):
        channel = Channel.objects.create(
            organisation=body, kind=kind, name=f"Kênh {number}", external_id=_account_id(kind, number)
        )
        channels.append(channel)
        if kind not in ("facebook", "youtube", "zalo"):
            continue
        token, refresh = f"the-do-tai-{number}", f"gia-han-{number}"
        app = _app(kind, number)
        renewable: dict[str, Any] = {} if kind == "facebook" else {"refresh_token": refresh}
        store_tokens(channel, access_token=token, app=app, **renewable)
        named = {
            "facebook": {"app_id": app.app_id},
            "zalo": {"app_id": app.app_id, "secret_key": "khoa-do-tai"},
        }.get(kind, {"project": f"du-an-{number}", "client_id": app.app_id, "client_secret": "khoa-do-tai"})
        sandbox.control(
            "POST", "accounts",
            {
                "platform": kind, "id": channel.external_id, "name": channel.name, "access_token": token,
                **renewable, **named, **account,
            },
        )  # fmt: skip
    return channels


def _account_id(kind: str, number: int) -> str:
    return {"youtube": f"UCdotai{number:017d}", "zalo": f"40000000000{number:08d}"}.get(
        kind, f"{500000 + number}"
    )


def _app(kind: str, number: int) -> Any:
    from cms.core.sealed_field import Secret
    from publishers.connections.models import Platform, PlatformApp

    platform, app_id = {
        "facebook": (Platform.FACEBOOK, "100000000000001"),
        "youtube": (Platform.GOOGLE, f"do-tai-{number}.apps.vidu.example"),
        "zalo": (Platform.ZALO, "7000000000000000001"),
    }[kind]
    app, _ = PlatformApp.objects.get_or_create(
        platform=platform,
        app_id=app_id,
        defaults={"organisation": body_of_the_run(), "name": "Đo tải", "secret": Secret("khoa-do-tai")},
    )
    return app


def make_due(
    channels: Sequence[Any],
    count: int,
    at: datetime,
    dressed: Callable[[Any, int, list[Any]], Any] | None = None,
) -> list[Any]:
    """Book `count` posts for `at`, spread evenly over `channels`; return the deliveries.

    Nobody clicks ten thousand times: posts, times, approvals and deliveries are written as rows. The approval's hash is
    the real one, the request is frozen by booking's own code and refused by the adapter's own rules; `dressed(request,
    number, addresses)` may give it media first."""
    from campaigns.posts.models import Post, Variant
    from campaigns.schedule.models import Slot
    from cms.approvals.content import content_hash
    from cms.approvals.models import Approval

    body, approver, campaign = body_of_the_run(), _approver(), _campaign(at)
    offset = Post.objects.count()
    posts = Post.objects.bulk_create(
        [
            Post(
                organisation=body, campaign=campaign, title=f"Bài {offset + number}", live=True,
                verify_code=f"D{offset + number:07d}",
            )
            for number in range(count)
        ],
        batch_size=PORTION,
    )  # fmt: skip
    on = [channels[number % len(channels)] for number in range(count)]
    variants = Variant.objects.bulk_create(
        [
            Variant(
                post=post, kind=on[number].kind, text=text_of(offset + number),
                title=f"Nộp hồ sơ trực tuyến, bài {offset + number:07d}", summary="Các bước nộp hồ sơ tại nhà.",
            )
            for number, post in enumerate(posts)
        ],
        batch_size=PORTION,
    )  # fmt: skip
    slots = Slot.objects.bulk_create(
        [
            Slot(variant=variant, channel=on[number], at=at, state="booked")
            for number, variant in enumerate(variants)
        ],
        batch_size=PORTION,
    )
    deliveries = []
    for start in range(0, count, PORTION):
        part = posts[start : start + PORTION]
        payloads = Post.approval_payloads(part)
        approvals = Approval.objects.bulk_create(
            Approval(
                item=post, organisation=body, content_hash=content_hash(payloads[post.pk]), payload=payloads[post.pk],
                approver=approver, approver_name="Người duyệt", approver_position="Đo tải", approved_at=at,
            )
            for post in part
        )  # fmt: skip
        ids = [slot.pk for slot in slots[start : start + PORTION]]
        deliveries += _booked(ids, dict(zip(ids, approvals, strict=True)), start + offset, dressed)
    return deliveries


def _booked(slot_ids: list[int], approvals: dict[int, Any], first: int, dressed: Any) -> list[Any]:
    import uuid

    from campaigns.schedule.models import Slot
    from publishers.adapters.registry import adapter_for
    from publishers.delivery import frozen_request
    from publishers.delivery.models import Delivery, PublicFile
    from publishers.delivery.services import booking
    from publishers.delivery.states import Lane, State

    rows, files = [], []
    slots = Slot.objects.filter(pk__in=slot_ids).order_by("pk").select_related(
        "channel", "variant__post__organisation"
    ).prefetch_related("variant__media")  # fmt: skip
    for number, slot in enumerate(slots):
        public_id = uuid.uuid4()
        addresses: list[Any] = []
        channel: Any = slot.channel
        request = booking.frozen_for_channel(slot, public_id.hex, addresses, {})
        if dressed is not None:
            request = dressed(request, first + number, addresses)
        refusals = adapter_for(channel.kind).refuse(_on_disk(request))
        if refusals:
            raise SystemExit(f"Nội dung đo tải bị từ chối: {' '.join(refusals)}")
        frozen = frozen_request.as_json(request)
        first_step, state, wake_at = booking._start(slot, request, slot.at, held=False)
        row = Delivery(
            public_id=public_id, slot=slot, channel=channel, kind=channel.kind,
            organisation=channel.organisation, state=state, wake_at=wake_at, next_step=first_step,
            lane=Lane.UPLOAD if state is State.BOOKED else Lane.PUBLISH, due_at=slot.at, request=frozen,
            request_sha256=frozen_request.hash_of(frozen), approval=approvals[slot.pk],
            approval_hash=approvals[slot.pk].content_hash,
        )  # fmt: skip
        rows.append(row)
        files += [
            PublicFile(
                token=token, delivery=row, sha256=media.sha256, path=media.path, media_type=media.media_type
            )
            for token, media in addresses
        ]
    Delivery.objects.bulk_create(rows)
    PublicFile.objects.bulk_create(files)
    return rows


def _on_disk(request: Any) -> Any:
    from publishers.delivery.prepared_files import local_path

    return replace(request, media=tuple(replace(each, path=local_path(each.path)) for each in request.media))


def fall_due(deliveries: Sequence[Any], at: datetime) -> None:
    """Give `deliveries` another due moment, a few statements in all; their approvals cover the slot's time."""
    from publishers.delivery.models import Delivery

    ids = [row.pk for row in deliveries]
    for start in range(0, len(ids), PORTION):
        Delivery.objects.filter(pk__in=ids[start : start + PORTION]).update(due_at=at, wake_at=at)


def _approver() -> Any:
    from cms.accounts.models import User

    return User.objects.get_or_create(username="nguoi-duyet-do-tai", defaults={"full_name": "Người duyệt"})[0]


def _campaign(at: datetime) -> Any:
    from campaigns.planning.models import Campaign, Orientation

    body = body_of_the_run()
    orientation, _ = Orientation.objects.get_or_create(
        organisation=body, year=2027, defaults={"title": "Đo tải"}
    )
    campaign, _ = Campaign.objects.get_or_create(
        organisation=body, orientation=orientation, title="Đo tải",
        defaults={"starts_on": at.date(), "ends_on": at.date() + timedelta(days=1)},
    )  # fmt: skip
    return campaign


def text_of(number: int) -> str:
    """Return the words of post `number`, unlike those of any other."""
    return f"Bài đo tải số {number:07d}: nộp hồ sơ trực tuyến tại nhà, không phải chờ đợi."
