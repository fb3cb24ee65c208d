"""Book: approved slots become deliveries with a frozen request. The row is the schedule from here on."""

from __future__ import annotations

import logging
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, cast

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from campaigns.posts.imprint import imprint, signed
from campaigns.schedule.models import Slot, SlotState
from campaigns.schedule.services import settle as settle_slot
from campaigns.schedule.spreading import moment_of
from cms.approvals.models import Approval
from cms.audit.services import record
from cms.channels.kinds import CONNECTED, ChannelKind
from cms.channels.models import Channel
from cms.channels.sockets import not_ready
from cms.core import clock
from cms.core.errors import InputRefused
from cms.core.models import nfc
from cms.places.models import AdministrativeUnit
from media.library.services import freeze
from media.library.withdrawals import withdrawn
from publishers.adapters.registry import adapter_for
from publishers.adapters.seam import Media, Request
from publishers.delivery import decide, frozen_request, pace, variant_extras
from publishers.delivery.checks import Refusal, refusal_for, refused_content
from publishers.delivery.models import Batch, BatchState, CarriedAsset, Delivery, PublicFile, Purpose
from publishers.delivery.moves import move
from publishers.delivery.prepared_files import media_of
from publishers.delivery.services.settling import refuse, settle_slot_of
from publishers.delivery.states import AT_REST, MAYBE_THERE, Lane, Reason, State
from publishers.stations.models import Station

log = logging.getLogger(__name__)

#: How far ahead slots are booked: until then an editor may still move them.
BOOK_AHEAD = timedelta(hours=24)
#: Planned slots older than this were never approved in time; they are left to the calendar.
LOOK_BACK = timedelta(days=7)
NO_STATION = "Địa bàn này chưa có đài truyền thanh nào đang hoạt động."


def book_due(now: datetime | None = None) -> int:
    """Book every approved slot of the coming day, and book anew what was approved again after a change.

    Returns how many slots were booked. A slot that cannot be booked holds up no other."""
    now = now or clock.now()
    near = Slot.objects.between(now - LOOK_BACK, now + BOOK_AHEAD)
    slots = {slot.pk: slot for slot in [*near.planned().approved(), *_approved_again(near)]}
    blocked = not_ready({slot.channel for slot in slots.values() if slot.channel})
    booked = 0
    for slot in slots.values():
        try:
            book(slot, cast(Approval, slot.approval), blocked.get(slot.channel_id or 0, ""))
            booked += 1
        except IntegrityError:
            continue  # another booker was faster
        except Exception:
            log.exception("slot not booked", extra={"event": "not_booked", "slot": slot.pk})
    return booked


def _approved_again(near: Any) -> list[Slot]:
    """Slots whose waiting delivery was frozen under an approval that has ended, and that stand approved again."""
    stale = Delivery.objects.filter(
        slot__in=near,
        purpose=Purpose.PUBLISH,
        approval__voided_at__isnull=False,
        state__in=[*AT_REST, State.HELD],
        accepted_at__isnull=True,
    ).exclude(reason__in=MAYBE_THERE)
    slots = near.filter(pk__in=stale.values("slot_id")).exclude(
        state__in=[SlotState.CANCELLED, SlotState.DONE]
    )
    return slots.approved()


def book(slot: Slot, approval: Approval, not_ready_because: str = "") -> None:
    """Make the deliveries of `slot` under `approval`: one for its channel, or one per station of its place.

    Twice does nothing, unless the approval has changed: then waiting deliveries get the new request. Content that
    the channel would refuse makes a held delivery with the sentence. Pictures are cut before the transaction begins.
    """
    if slot.channel_id is not None:
        _book_channel(slot, approval, not_ready_because)
    else:
        _book_stations(slot, approval)


# ------------------------------------------------------------------------------------------ one channel
def _book_channel(slot: Slot, approval: Approval, not_ready_because: str) -> None:
    known = Delivery.objects.filter(slot=slot, channel=slot.channel, purpose=Purpose.PUBLISH).first()
    if known is not None and known.approval_id == approval.pk:
        settle_slot_of(known, clock.now())
        return
    public_id = known.public_id if known else uuid.uuid4()
    addresses: list[tuple[str, Media]] = []
    carried: dict[int, str] = {}
    try:
        request = frozen_for_channel(slot, public_id.hex, addresses, carried)
        refused = refused_content(adapter_for(_channel_of(slot).kind), request)
    except InputRefused as error:
        request = frozen_for_channel(slot, public_id.hex, addresses, carried, with_media=False)
        refused = Refusal(State.HELD, Reason.REFUSED, error.sentence)
    gone = withdrawn(carried)
    if gone:
        outcome = (Reason.WITHDRAWN, refusal_for(next(iter(gone.values()))).sentence)
    elif refused is not None:
        outcome = (refused.reason, refused.sentence)
    elif not_ready_because:
        outcome = (Reason.RECONNECT, not_ready_because)
    else:
        outcome = None
    frozen = frozen_request.as_json(request)
    due_at = moment_of(slot)
    first_step, state, wake_at = _start(slot, request, due_at, held=outcome is not None)
    values: dict[str, Any] = {
        "request": frozen,
        "request_sha256": frozen_request.hash_of(frozen),
        "approval": approval,
        "approval_hash": approval.content_hash,
        "due_at": due_at,
        "late_after": slot.late_after,
        "late_rule": slot.late_rule,
        "next_step": first_step,
    }
    with transaction.atomic():
        if known is None:
            delivery = Delivery.objects.create(
                public_id=public_id,
                slot=slot,
                channel=slot.channel,
                kind=_channel_of(slot).kind,
                organisation=_channel_of(slot).organisation,
                state=state,
                lane=Lane.UPLOAD if state is State.BOOKED else Lane.PUBLISH,
                wake_at=wake_at,
                **values,
            )
        else:
            delivery = known
            move(
                delivery, state, sources=[State(known.state)], fence=None, wake_at=wake_at,
                handles={}, sealed_handles="", tries=0, polls=0, looks=0, **values,
            )  # fmt: skip
            PublicFile.objects.filter(delivery=delivery).delete()
        open_files(delivery, addresses)
        keep_carried(slot, carried)
        record("delivery.book", delivery, approval=approval.pk, request_sha256=delivery.request_sha256)
        if outcome is not None:
            refuse(delivery, State.HELD, *outcome, sources=[state], fence=None)
        else:
            settle_slot_of(delivery, clock.now())


def open_files(delivery: Delivery, addresses: list[tuple[str, Media]]) -> None:
    """Let the platform fetch these files itself, each under the token it was frozen with."""
    PublicFile.objects.bulk_create(
        PublicFile(
            token=token,
            delivery=delivery,
            sha256=media.sha256,
            path=media.path,
            media_type=media.media_type,
        )
        for token, media in addresses
    )


def keep_carried(slot: Slot, carried: Mapping[int, str], *, besides: bool = False) -> None:
    """Write down which asset versions go out at `slot`; `besides` what went out there before, or instead of it."""
    if not besides:
        CarriedAsset.objects.filter(slot=slot).delete()
    CarriedAsset.objects.bulk_create(
        (CarriedAsset(slot=slot, asset_id=pk, version=version) for pk, version in carried.items()),
        ignore_conflicts=True,
    )


def _channel_of(slot: Slot) -> Channel:
    if slot.channel is None:
        raise LookupError("this slot goes to stations")
    return slot.channel


def _start(slot: Slot, request: Request, due_at: datetime, *, held: bool) -> tuple[str, State, datetime]:
    """Return the first step, the state it waits in and when somebody looks at it."""
    if held or _channel_of(slot).kind not in set(CONNECTED):
        return "", State.READY, due_at
    plan = adapter_for(_channel_of(slot).kind).plan(request)
    if decide.visible_position(plan) == 0:
        return plan[0].name, State.READY, due_at
    ahead = due_at - timedelta(seconds=pace.STAGE_AHEAD)
    return plan[0].name, State.BOOKED, max(ahead, clock.now())


def frozen_for_channel(
    slot: Slot,
    marker: str,
    addresses: list[tuple[str, Media]],
    carried: dict[int, str],
    *,
    with_media: bool = True,
) -> Request:
    """Return the request of `slot` as its adapter will get it.

    Pictures that the platform fetches itself get an unguessable address; `addresses` receives (token, file), `carried`
    the version of every asset. Raises InputRefused when a picture cannot be made to fit."""
    variant, kind = slot.variant, _channel_of(slot).kind
    files: list[list[Media]] = []
    machine_made = False
    for row in variant.media.all():
        asset = freeze(row.asset)
        carried[row.asset_id] = asset["version"]
        machine_made = machine_made or asset["machine_made"]
        files.append(media_of(asset, kind) if with_media else [])
    post = variant.post
    closing = imprint(kind, nfc(post.organisation.name), post.verify_address, machine_made=machine_made)
    media = variant_extras.files_of(kind, variant.extras, files)
    if kind == ChannelKind.ZALO:
        media = [
            _with_address(each, addresses) if each.media_type.startswith("image/") else each for each in media
        ]
    return Request(
        kind=kind,
        account=_channel_of(slot).external_id,
        text=signed(nfc(variant.text), closing),
        title=nfc(variant.title),
        # A video article shows no text: who issued it stands at the end of its summary.
        summary=signed(nfc(variant.summary), closing if variant.extras.get("form") == "video" else ""),
        link=variant.link,
        media=tuple(media),
        author=nfc(variant.extras.get("author") or post.organisation.name),
        marker=marker,
        machine_made=machine_made,
        **variant_extras.fields_of(variant.extras),
    )


def _with_address(media: Media, addresses: list[tuple[str, Media]]) -> Media:
    token = secrets.token_urlsafe(24)
    ending = media.path.rsplit(".", 1)[-1]
    path = reverse("delivery:public-file", args=[token, ending])
    addresses.append((token, media))
    return replace(media, public_url=f"{settings.PUBLIC_MEDIA_BASE.rstrip('/')}{path}")


# ------------------------------------------------------------------------------------------ all stations
@transaction.atomic
def _book_stations(slot: Slot, approval: Approval) -> None:
    variant = slot.variant
    request = Request(
        kind=ChannelKind.LOUDSPEAKER,
        account="",
        text=nfc(variant.text),
        title=nfc(variant.title),
        summary=nfc(variant.summary),
        author=nfc(variant.post.organisation.name),
    )
    frozen = {**frozen_request.as_json(request), "approval_hash": approval.content_hash}
    digest = frozen_request.hash_of(frozen)
    stations = list(
        Station.objects.active()
        .within(cast(AdministrativeUnit, slot.stations_of))
        .values_list("pk", "organisation_id")
        .order_by("pk")
    )
    batch, _created = Batch.objects.update_or_create(
        slot=slot,
        defaults={
            "request": frozen,
            "request_sha256": digest,
            "state": BatchState.RUNNING if stations else BatchState.DONE,
            "finished_at": None if stations else clock.now(),
        },
    )
    common: dict[str, Any] = {
        "request_sha256": digest,
        "approval": approval,
        "approval_hash": approval.content_hash,
        "due_at": slot.at,
        "late_after": slot.late_after,
        "late_rule": slot.late_rule,
    }
    Delivery.objects.bulk_create(
        (
            Delivery(
                slot=slot, station_id=station_id, organisation_id=organisation_id, kind=ChannelKind.LOUDSPEAKER,
                state=State.READY, lane=Lane.SPEAK, wake_at=slot.at, next_step="serve", **common,
            )
            for station_id, organisation_id in stations
        ),
        batch_size=500,
        ignore_conflicts=True,
    )  # fmt: skip
    # Approved again after a change: what waits gets the new hash and goes out with the new text.
    Delivery.objects.filter(slot=slot, state__in=[State.READY, State.HELD]).exclude(approval=approval).update(
        state=State.READY, wake_at=slot.at, reason="", sentence="", updated_at=clock.now(), **common
    )
    keep_carried(slot, {row.asset_id: freeze(row.asset)["version"] for row in variant.media.all()})
    batch.total = Delivery.objects.filter(slot=slot).count()
    batch.save(update_fields=["total"])
    record(
        "delivery.book_stations", batch, organisation_id=variant.post.organisation_id,
        stations=batch.total, approval=approval.pk, request_sha256=digest,
    )  # fmt: skip
    if batch.total:
        settle_slot(slot, SlotState.BOOKED, clock.now())
    else:
        log.warning(NO_STATION, extra={"event": "no_station", "slot": slot.pk})
        settle_slot(slot, SlotState.HELD, clock.now())
