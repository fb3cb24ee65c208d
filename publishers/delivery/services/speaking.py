"""Speak: carry the script of one slot to every station of its place, in chunks that are committed one by one.

What counts is the page served at the station's address: it is read back over HTTP, and the SHA-256 that the page
names settles the delivery. Interrupted anywhere, the batch goes on with whatever is not settled; doing a chunk twice
changes nothing, because a script with the same content keeps its version and its page."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from random import SystemRandom

from django.conf import settings
from django.db import transaction
from django.db.models import Count, F, Max, Q

from campaigns.schedule.models import SlotState
from cms.approvals.services import standing
from cms.audit.services import record
from cms.core import clock
from cms.core.errors import LanToaError
from publishers.adapters.bases import configured
from publishers.adapters.loudspeaker import read_back, station_session
from publishers.adapters.seam import Answer, Outcome
from publishers.delivery import backoff, checks, frozen_request, pace, telling
from publishers.delivery.checks import Refusal
from publishers.delivery.models import Attempt, Batch, BatchState, Delivery, Evidence, Receipt
from publishers.delivery.services.settling import settle_slot_of
from publishers.delivery.states import OPEN, TERMINAL, Reason, State
from publishers.scripts.services import RenderedScript, render_for_stations

log = logging.getLogger(__name__)
_random = SystemRandom()

#: Stations whose scripts are rendered, read back and settled together.
CHUNK = 200
#: Pages read back at the same time; our own web server answers them.
READERS = 4
LOST = "Bộ xử lý dừng giữa chừng; bản tin được dựng và đọc lại từ đầu, không tạo bản thứ hai."
NOT_SERVED = (
    "Trang đọc của đài chưa phục vụ đúng bản tin sau nhiều lần đọc lại. Vui lòng báo quản trị hệ thống."
)


@dataclass(frozen=True)
class Spoken:
    """What became of one station: its script, if it got one, and what reading its page back said."""

    delivery: Delivery
    script: RenderedScript
    answer: Answer


def speak_due(worker: str) -> int:
    """Work through every batch that is due; return how many stations were settled."""
    settled = 0
    for pk in Batch.objects.filter(state=BatchState.RUNNING, slot__at__lte=clock.now()).values_list(
        "pk", flat=True
    ):
        settled += run_batch(pk, worker)
    return settled


def run_batch(pk: int, worker: str) -> int:
    """Carry one batch as far as it goes; return how many stations were settled. 0 when another worker has it."""
    settled = 0
    if not _lease(pk):
        return 0
    try:
        while chunk := _claim_chunk(pk, worker):
            settled += _work_chunk(pk, chunk)
            _count(pk)
            Batch.objects.filter(pk=pk).update(lease_until=pace.lease_end())
    finally:
        _give_back(pk)
    return settled


def _lease(pk: int) -> bool:
    now = clock.now()
    taken = (
        Batch.objects.filter(pk=pk, state=BatchState.RUNNING)
        .filter(Q(lease_until__isnull=True) | Q(lease_until__lt=now))
        .update(lease_until=pace.lease_end(), fence=F("fence") + 1)
    )
    Batch.objects.filter(pk=pk, started_at__isnull=True).update(started_at=now)
    return bool(taken)


@transaction.atomic
def _claim_chunk(pk: int, worker: str) -> list[Delivery]:
    """Take the next stations that wait, or whose worker died, and write their attempts: nothing is served before."""
    now = clock.now()
    waiting = Delivery.objects.filter(
        slot__batch=pk, state__in=[State.READY, State.SENDING], wake_at__lte=now
    ).select_for_update(skip_locked=True, of=("self",))
    chunk = list(waiting.order_by("pk")[:CHUNK])
    if not chunk:
        return []
    ids = [delivery.pk for delivery in chunk]
    end = pace.lease_end()
    Delivery.objects.filter(pk__in=ids).update(
        state=State.SENDING,
        fence=F("fence") + 1,
        lease_until=end,
        wake_at=end,
        worker=worker,
        heartbeat_at=now,
    )
    Attempt.objects.filter(delivery__in=ids, finished_at__isnull=True).update(
        finished_at=now, outcome=Outcome.UNKNOWN.value, sentence=LOST
    )
    last = dict(
        Attempt.objects.filter(delivery__in=ids)
        .values_list("delivery")
        .annotate(last=Max("number"))
        .order_by()
    )
    Attempt.objects.bulk_create(
        Attempt(
            delivery=delivery, number=last.get(delivery.pk, 0) + 1, step="serve", visible=True,
            fence=delivery.fence + 1, worker=worker, started_at=now,
        )
        for delivery in chunk
    )  # fmt: skip
    return list(
        Delivery.objects.filter(pk__in=ids)
        .select_related("organisation__place", "station__place")
        .order_by("pk")
    )


def _work_chunk(pk: int, chunk: list[Delivery]) -> int:
    batch = Batch.objects.select_related("slot__variant__post__organisation__place").get(pk=pk)
    refused, going = _checked(batch, chunk)
    by_station = {delivery.station_id: delivery for delivery in going if delivery.station_id is not None}
    spoken: list[Spoken] = []
    if going:
        try:
            scripts = render_for_stations(batch.slot, by_station, batch.request, clock.now())
        except LanToaError as error:
            refused += [(each, Refusal(State.HELD, Reason.APPROVAL, error.sentence)) for each in going]
            scripts = []
        spoken = _read_back([(by_station[script.station_id], script) for script in scripts])
    return _settle_chunk(batch, refused, spoken)


def _checked(batch: Batch, chunk: list[Delivery]) -> tuple[list[tuple[Delivery, Refusal]], list[Delivery]]:
    """Ask again what was asked at booking: once for what all stations share, then for each what is its own."""
    refusal = _shared_refusal(batch)
    refused: list[tuple[Delivery, Refusal]] = []
    going = []
    now = clock.now()
    freezes = checks.standing_freezes()
    for delivery in chunk:
        own = refusal or checks.frozen_by(delivery, freezes) or checks.too_late(delivery, now)
        if own is None and delivery.request_sha256 != batch.request_sha256:
            own = checks.TAMPERED
        if own is None:
            going.append(delivery)
        else:
            refused.append((delivery, own))
    return refused, going


def _shared_refusal(batch: Batch) -> Refusal | None:
    if frozen_request.hash_of(batch.request) != batch.request_sha256:
        return checks.TAMPERED
    if batch.slot.state == SlotState.CANCELLED:
        return checks.TAKEN_BACK
    approval = standing(batch.slot.variant.post)
    if approval is None or approval.content_hash != batch.request.get("approval_hash"):
        return checks.APPROVAL_GONE
    return checks.asset_withdrawn(batch.slot_id)


def _read_back(pairs: list[tuple[Delivery, RenderedScript]]) -> list[Spoken]:
    """Ask every served page which version it serves, a few at a time over kept connections. No database here."""
    bases = configured()

    def ask(part: list[tuple[Delivery, RenderedScript]]) -> list[Spoken]:
        with station_session(bases) as session:
            return [
                Spoken(
                    delivery,
                    script,
                    Answer(Outcome.CONTENT, script.held)
                    if script.held
                    else read_back(f"{bases.stations}{script.address}", script.sha256, session),
                )
                for delivery, script in part
            ]

    parts = [pairs[start::READERS] for start in range(READERS)]
    with ThreadPoolExecutor(READERS, thread_name_prefix="read-back") as pool:
        return [spoken for part in pool.map(ask, [part for part in parts if part]) for spoken in part]


@transaction.atomic
def _settle_chunk(batch: Batch, refused: list[tuple[Delivery, Refusal]], spoken: list[Spoken]) -> int:
    """Write down what became of every station of the chunk, in one transaction."""
    now = clock.now()
    live = [each for each in spoken if each.answer.outcome is Outcome.OK]
    held = [
        (each.delivery, Refusal(State.HELD, Reason.STATION, each.script.held))
        for each in spoken
        if each.script.held
    ]
    later = [each for each in spoken if each.answer.outcome is not Outcome.OK and not each.script.held]
    worn_out = [each for each in later if each.delivery.tries + 1 >= backoff.MOST_TRIES]
    held += [
        (each.delivery, Refusal(State.HELD, Reason.UNREACHABLE, each.answer.sentence or NOT_SERVED))
        for each in worn_out
    ]
    answers = {each.delivery.pk: each.answer for each in spoken}
    fences = {delivery.pk: delivery.fence for delivery, _ in refused} | {
        each.delivery.pk: each.delivery.fence for each in spoken
    }
    _close_attempts([*refused, *held], answers, fences, now)
    _end_live(live, now)
    for delivery, refusal in [*refused, *held]:
        _end_refused(delivery, refusal, now)
    waiting = [refusal for _, refusal in [*refused, *held] if refusal.to is State.HELD]
    if any(refusal.reason not in telling.SILENT for refusal in waiting):
        telling.stations_held(batch, len(waiting))
    worn_ids = {each.delivery.pk for each in worn_out}
    for each in later:
        if each.delivery.pk in worn_ids:
            continue
        tries = each.delivery.tries + 1
        _fenced(each.delivery).update(
            state=State.READY, lease_until=None, worker="", tries=tries, updated_at=now,
            wake_at=now + pace.wait(backoff.wait_after(tries, _random)),
        )  # fmt: skip
    record(
        "delivery.speak", batch, organisation_id=batch.slot.variant.post.organisation_id,
        live=len(live), held=len(refused) + len(held), later=len(later) - len(worn_out),
    )  # fmt: skip
    return len(live) + len(refused) + len(held)


def _fenced(delivery: Delivery):
    return Delivery.objects.filter(pk=delivery.pk, fence=delivery.fence, state=State.SENDING)


def _close_attempts(
    refused: list[tuple[Delivery, Refusal]], answers: dict[int, Answer], fences: dict[int, int], now: datetime
) -> None:
    """Close the attempts this worker opened; one that another worker has opened meanwhile is left alone."""
    sentences = {delivery.pk: refusal.sentence for delivery, refusal in refused}
    attempts = [
        attempt
        for attempt in Attempt.objects.filter(
            delivery__in=fences, finished_at__isnull=True
        ).select_for_update()
        if attempt.fence == fences[attempt.delivery_id]
    ]
    for attempt in attempts:
        answer = answers.get(attempt.delivery_id)
        attempt.finished_at = now
        attempt.outcome = answer.outcome.value if answer else "not-sent"
        attempt.code = answer.code[:60] if answer else ""
        attempt.sentence = (answer.sentence if answer else "") or sentences.get(attempt.delivery_id, "")
        attempt.http_status = answer.http_status if answer else None
        attempt.exchange = dict(answer.exchange) if answer else {}
    Attempt.objects.bulk_update(
        attempts, ["finished_at", "outcome", "code", "sentence", "http_status", "exchange"], batch_size=CHUNK
    )


def _end_live(live: list[Spoken], now: datetime) -> None:
    """End as live whatever is still ours; a station another worker has taken meanwhile is left to it."""
    fences = {each.delivery.pk: each.delivery.fence for each in live}
    ours = {
        pk
        for pk, fence in Delivery.objects.filter(pk__in=fences, state=State.SENDING).values_list(
            "pk", "fence"
        )
        if fences[pk] == fence
    }
    mine = [each for each in live if each.delivery.pk in ours]
    Receipt.objects.bulk_create(
        (
            Receipt(
                delivery=each.delivery,
                remote_id=each.script.sha256,
                permalink=f"{settings.PUBLIC_BASE_URL.rstrip('/')}{each.script.address}",
                confirmed_at=now,
                evidence=Evidence.SERVED,
            )
            for each in mine
        ),
        ignore_conflicts=True,
    )
    Delivery.objects.filter(pk__in=[each.delivery.pk for each in mine], state=State.SENDING).update(
        state=State.LIVE, wake_at=None, lease_until=None, worker="", reason="", sentence="",
        accepted_at=now, ended_at=now, next_step="", updated_at=now,
    )  # fmt: skip


def _end_refused(delivery: Delivery, refusal: Refusal, now: datetime) -> None:
    _fenced(delivery).update(
        state=refusal.to, reason=refusal.reason, sentence=refusal.sentence, wake_at=None, lease_until=None,
        worker="", updated_at=now, ended_at=now if refusal.to in TERMINAL else None, **refusal.changes,
    )  # fmt: skip


def _count(pk: int) -> int:
    """Bring the progress up to date; return how many stations still wait."""
    batch = Batch.objects.get(pk=pk)
    numbers = dict(
        Delivery.objects.filter(slot_id=batch.slot_id)
        .values_list("state")
        .annotate(number=Count("pk"))
        .order_by()
    )
    held = numbers.get(State.HELD, 0)
    Batch.objects.filter(pk=pk).update(
        total=sum(numbers.values()),
        held=held,
        done=sum(number for state, number in numbers.items() if State(state) in TERMINAL),
        updated_at=clock.now(),
    )
    return sum(number for state, number in numbers.items() if State(state) in OPEN) - held


@transaction.atomic
def _give_back(pk: int) -> None:
    """Give the batch back; close it, and settle its slot, when nothing waits any more."""
    if _count(pk):
        Batch.objects.filter(pk=pk).update(lease_until=None)
        return
    Batch.objects.filter(pk=pk).update(lease_until=None, state=BatchState.DONE, finished_at=clock.now())
    any_of_them = Delivery.objects.filter(slot__batch=pk).select_related("slot__variant__post").first()
    if any_of_them is not None:
        settle_slot_of(any_of_them, clock.now())
