"""Follow what was started: recalls until every copy is proven, withdrawals of assets until nothing carries them."""

from __future__ import annotations

import logging
from datetime import timedelta
from random import SystemRandom
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max, Q, QuerySet

from campaigns.posts.models import Post
from cms.core import clock
from cms.core.errors import LanToaError
from cms.core.models import nfc
from media.library.models import Withdrawal
from publishers.adapters.bases import configured
from publishers.adapters.loudspeaker import LoudspeakerAdapter, read_back, station_session
from publishers.adapters.seam import Answer, Credential, Look, Outcome
from publishers.delivery import backoff, checks, frozen_request, pace, telling
from publishers.delivery.models import (
    Attempt,
    CarriedAsset,
    Delivery,
    Evidence,
    Purpose,
    Recall,
    RecalledStation,
    Receipt,
)
from publishers.delivery.recall_models import RecallKind
from publishers.delivery.services import recalling
from publishers.delivery.services.settling import refuse
from publishers.delivery.states import AT_REST, TERMINAL, Reason, State
from publishers.scripts.services import render_for_stations

log = logging.getLogger(__name__)
_random = SystemRandom()

#: Stations read back together.
CHUNK = 100
#: New withdrawals are followed for so long; later nothing can be out that was not seen.
FOLLOW = timedelta(days=2)
NOT_PROVEN = (
    "Trang đọc của đài chưa cho thấy kết quả sau nhiều lần đọc lại. Vui lòng mở trang của đài để kiểm tra."
)
LOST = "Bộ xử lý dừng giữa chừng; trang của đài được đọc lại từ đầu."


# ------------------------------------------------------------------------------------------ recalls
def follow_recalls() -> int:
    """Take every open recall a step further; return how many were finished.

    What came out after the recall began is taken down too; a recall ends when nothing of its post waits any more and
    every copy is proven."""
    finished = 0
    for recall in Recall.objects.filter(finished_at__isnull=True).select_related(
        "post__organisation", "started_by"
    ):
        try:
            if recall.kind == RecallKind.WITHDRAW:
                _catch_up(recall)
            _work_stations(recall)
            finished += _finish(recall)
        except LanToaError:
            log.exception("recall not followed", extra={"event": "recall_stuck", "recall": recall.pk})
    return finished


@transaction.atomic
def _catch_up(recall: Recall) -> None:
    recalling.stop_waiting(recall)
    known = set(recall.deliveries.values_list("about_id", flat=True))
    known |= set(recall.stations.values_list("delivery_id", flat=True))
    late = [
        copy
        for copy in recalling.copies_of(recall.post)
        if copy.pk not in known and copy.created_at <= recall.started_at
    ]
    if late:
        recalling.take_down(recall, late)


@transaction.atomic
def _finish(recall: Recall) -> int:
    if recall.deliveries.exclude(state__in=TERMINAL).exists():
        return 0
    if recall.stations.filter(proven_at__isnull=True).exists():
        return 0
    in_flight = (
        Delivery.objects.publications()
        .filter(slot__variant__post=recall.post, created_at__lte=recall.started_at)
        .open()
    )
    if recall.kind == RecallKind.WITHDRAW and in_flight.exists():
        return 0
    return Recall.objects.filter(pk=recall.pk, finished_at__isnull=True).update(finished_at=clock.now())


# ------------------------------------------------------------------------------------------ stations
def _work_stations(recall: Recall) -> None:
    """Serve (for a correction) and read back the pages of a chunk of stations."""
    while chunk := _claim(recall):
        texts = _serve(recall, chunk) if recall.kind == RecallKind.CORRECT else {}
        bases = configured()
        results: list[tuple[RecalledStation, Answer]] = []
        with station_session(bases) as session:
            gone = LoudspeakerAdapter(bases)
            for row in chunk:
                if row.delivery_id in texts:
                    address, digest, why = texts[row.delivery_id]
                    answer = (
                        Answer(Outcome.CONTENT, why)
                        if why
                        else read_back(f"{bases.stations}{address}", digest, session)
                    )
                else:
                    answer = _gone(gone, row)
                results.append((row, answer))
        _write(recall, results, texts)


def _gone(adapter: LoudspeakerAdapter, row: RecalledStation) -> Answer:
    """Ask the page of the script that was taken back; OK when it no longer serves it."""
    receipt = row.delivery.receipt
    handles = {"address": urlsplit(receipt.permalink).path, "sha256": receipt.remote_id}
    frozen = row.delivery.slot.batch.request
    seen = adapter.read(frozen_request.thaw(frozen), handles, Credential(""))
    if seen.look is Look.NOT_DONE:
        exchange = seen.answer.exchange if seen.answer else {}
        return Answer(
            Outcome.OK, http_status=seen.answer.http_status if seen.answer else None, exchange=exchange
        )
    return Answer(
        Outcome.PENDING, seen.sentence, "still-served", exchange=seen.answer.exchange if seen.answer else {}
    )


@transaction.atomic
def _claim(recall: Recall) -> list[RecalledStation]:
    now = clock.now()
    rows = RecalledStation.objects.filter(recall=recall, next_at__lte=now).order_by("pk")
    ids = [row.pk for row in rows.select_for_update(skip_locked=True, of=("self",))[:CHUNK]]
    if not ids:
        return []
    RecalledStation.objects.filter(pk__in=ids).update(next_at=pace.lease_end())
    chunk = list(
        RecalledStation.objects.filter(pk__in=ids)
        .select_related("delivery__station", "delivery__receipt", "delivery__slot__variant__post", "delivery__slot__batch")
        .order_by("pk")
    )  # fmt: skip
    deliveries = [row.delivery_id for row in chunk]
    Attempt.objects.filter(delivery__in=deliveries, finished_at__isnull=True).update(
        finished_at=now, outcome=Outcome.UNKNOWN.value, sentence=LOST
    )
    last = dict(
        Attempt.objects.filter(delivery__in=deliveries)
        .values_list("delivery")
        .annotate(last=Max("number"))
        .order_by()
    )
    step = "serve" if recall.kind == RecallKind.CORRECT else "prove-gone"
    Attempt.objects.bulk_create(
        Attempt(
            delivery_id=row.delivery_id, number=last.get(row.delivery_id, 0) + 1, step=step,
            visible=recall.kind == RecallKind.CORRECT, is_look=recall.kind == RecallKind.WITHDRAW,
            fence=row.delivery.fence, worker="recall", started_at=now,
        )
        for row in chunk
    )  # fmt: skip
    return chunk


def _serve(recall: Recall, chunk: list[RecalledStation]) -> dict[int, tuple[str, str, str]]:
    """Give every station of the chunk the corrected script; return delivery id → (address, SHA-256, why not)."""
    found: dict[int, tuple[str, str, str]] = {}
    by_slot: dict[int, list[RecalledStation]] = {}
    for row in chunk:
        by_slot.setdefault(row.delivery.slot_id, []).append(row)
    for rows in by_slot.values():
        slot = rows[0].delivery.slot
        variant = slot.variant
        request = {
            "text": nfc(variant.text), "title": nfc(variant.title), "author": nfc(variant.post.organisation.name),
            "approval_hash": recall.approval.content_hash if recall.approval else "",
        }  # fmt: skip
        by_station = {row.delivery.station_id: row.delivery_id for row in rows if row.delivery.station_id}
        for script in render_for_stations(slot, by_station, request, clock.now()):
            found[by_station[script.station_id]] = (script.address, script.sha256, script.held)
    return found


@transaction.atomic
def _write(
    recall: Recall, results: list[tuple[RecalledStation, Answer]], texts: dict[int, tuple[str, str, str]]
) -> None:
    now = clock.now()
    for row, answer in results:
        Attempt.objects.filter(delivery=row.delivery_id, finished_at__isnull=True, worker="recall").update(
            finished_at=now, outcome=answer.outcome.value, code=answer.code[:60], sentence=answer.sentence,
            http_status=answer.http_status, exchange=dict(answer.exchange),
        )  # fmt: skip
        mine = RecalledStation.objects.filter(pk=row.pk, proven_at__isnull=True)
        if answer.outcome is Outcome.OK:
            mine.update(proven_at=now, next_at=None, sentence="")
            if row.delivery_id in texts:
                address, digest, _why = texts[row.delivery_id]
                Receipt.objects.filter(delivery=row.delivery_id).update(
                    remote_id=digest, confirmed_at=now, evidence=Evidence.SERVED,
                    permalink=f"{settings.PUBLIC_BASE_URL.rstrip('/')}{address}",
                )  # fmt: skip
            continue
        tries = row.tries + 1
        if tries >= backoff.MOST_TRIES or answer.outcome is Outcome.CONTENT:
            mine.update(tries=tries, next_at=None, sentence=answer.sentence or NOT_PROVEN)
            telling.station_not_proven(recall)
        else:
            mine.update(tries=tries, next_at=now + pace.wait(backoff.wait_after(tries, _random)))


# ------------------------------------------------------------------------------------------ withdrawn assets
def follow_withdrawals() -> int:
    """Hold whatever waits and carries an asset that was withdrawn, and say so to those whose posts are out with it.

    An urgent withdrawal takes those posts back at once, whoever's they are. Returns how many deliveries were held."""
    standing = Withdrawal.objects.standing().select_related("asset", "by")
    # Most withdrawals are old and nothing carries them any more: two questions find those that matter.
    waiting = standing.filter(
        Q(version="") | Q(version=F("asset__carried_by__version")),
        asset__carried_by__slot__deliveries__state__in=AT_REST,
    )
    held = sum(_hold_waiting(withdrawal, _carrying(withdrawal)) for withdrawal in waiting.distinct())
    for withdrawal in standing.filter(at__gte=clock.now() - FOLLOW):
        _deal_with_what_is_out(withdrawal, _carrying(withdrawal))
    return held


def _carrying(withdrawal: Withdrawal) -> QuerySet[CarriedAsset]:
    carried = CarriedAsset.objects.filter(asset=withdrawal.asset_id)
    return carried.filter(version=withdrawal.version) if withdrawal.version else carried


def _hold_waiting(withdrawal: Withdrawal, carried) -> int:
    refusal = checks.refusal_for(withdrawal)
    waiting = Delivery.objects.filter(slot__in=carried.values("slot"), state__in=AT_REST).exclude(
        purpose__in=[Purpose.TAKE_DOWN, Purpose.HIDE]
    )
    held = 0
    rows = waiting.filter(channel__isnull=False).select_related(
        "channel__responsible",
        "channel__deputy",
        "channel__connection",
        "organisation__place",
        "slot__variant__post",
    )
    for delivery in rows:
        try:
            refuse(delivery, refusal.to, refusal.reason, refusal.sentence, sources=AT_REST, fence=None)
            held += 1
        except LanToaError:
            continue  # a worker was faster: it asks by itself before it sends
    with transaction.atomic():
        stations = waiting.filter(station__isnull=False, lease_until__isnull=True)
        slots = set(stations.values_list("slot", flat=True))
        held += stations.update(
            state=State.HELD,
            reason=refusal.reason,
            sentence=refusal.sentence,
            wake_at=None,
            updated_at=clock.now(),
        )
        for delivery in _one_of_each(slots):
            telling.stations_held(delivery.slot.batch, delivery.slot.batch.total)
    return held


def _one_of_each(slots: set[int]) -> list[Delivery]:
    rows = Delivery.objects.filter(slot__in=slots, reason=Reason.WITHDRAWN).select_related(
        "slot__batch", "slot__variant__post"
    )
    return list({row.slot_id: row for row in rows}.values())


def _deal_with_what_is_out(withdrawal: Withdrawal, carried) -> None:
    out = Delivery.objects.publications().filter(slot__in=carried.values("slot"), state=State.LIVE)
    posts = Post.objects.filter(variants__slots__deliveries__in=out).distinct().select_related("organisation")
    dealt_with = Q(recalls__withdrawal=withdrawal) | Q(recalls__kind=RecallKind.WITHDRAW)
    for post in posts.exclude(dealt_with):
        if not withdrawal.urgent:
            with transaction.atomic():
                telling.asset_withdrawn(withdrawal, post)
            continue
        try:
            recalling.withdraw(
                post, withdrawal.by, recalling.sentence_for_citizens(withdrawal), withdrawal=withdrawal
            )
        except LanToaError:
            log.warning("urgent recall refused", extra={"event": "recall_refused", "post": post.pk})
