"""Thông báo Zalo: one message to everybody who follows an OA. Proposed, approved by a second person, sent once.

Zalo offers no recall, no list and no status of it: an unclear answer is weighed by a person against the quota before
and after, and nothing here ever sends the same broadcast again."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.permissions import policy_registry

from cms.access.roles import roles_allowing
from cms.access.scopes import reachable_organisations
from cms.audit.services import record
from cms.channels.kinds import ChannelKind
from cms.channels.models import Channel
from cms.core import clock
from cms.core.errors import ConflictingState, InputRefused, LanToaError, NotAllowed
from cms.core.models import nfc
from publishers.adapters.bases import configured
from publishers.adapters.seam import Answer, Outcome
from publishers.adapters.zalo.broadcast import MOST_ARTICLES, broadcast, quota_left
from publishers.connections.services import credential_for
from publishers.delivery import checks, telling
from publishers.delivery.broadcast_models import BroadcastState
from publishers.delivery.models import Broadcast, BroadcastArticle, Delivery, Evidence, Purpose
from publishers.delivery.services.parking import rests_until
from publishers.delivery.states import State

log = logging.getLogger(__name__)

#: A broadcast whose worker said nothing for this long is unclear: it may have been sent.
SILENCE = timedelta(minutes=5)
#: Hours of the day between which Zalo takes broadcasts.
FIRST_HOUR, LAST_HOUR = 6, 22
#: In these an article counts as broadcast: it is not proposed again.
SPENT = (
    BroadcastState.PROPOSED, BroadcastState.APPROVED, BroadcastState.SENDING, BroadcastState.SENT,
    BroadcastState.UNCLEAR,
)  # fmt: skip
MOVED_ON = "Thông báo này vừa được xử lý ở nơi khác. Vui lòng tải lại trang."
NOT_YOURS = "Bạn không có quyền đề xuất thông báo cho Zalo OA này."
NOT_APPROVER = "Bạn không có quyền duyệt thông báo của cơ quan này."
SECOND_PERSON = "Người đề xuất không được tự duyệt; cần một người thứ hai."
NO_POSITION = "Tài khoản của bạn chưa ghi chức vụ nên chưa ký duyệt được. Vui lòng báo quản trị hệ thống."
GONE = "Có bài trong thông báo không còn hiện trên OA (đã gỡ hoặc đã thu hồi) nên không gửi."
ABANDONED = (
    "Bộ xử lý dừng giữa chừng nên chưa rõ Zalo đã gửi thông báo hay chưa. Vui lòng xem trên OA Manager rồi xác nhận; "
    "hệ thống không tự gửi lại."
)


def articles_of(channel: Channel) -> QuerySet[Delivery]:
    """Return the articles of an OA that can be broadcast: shown, with Zalo's own receipt, not recalled, not broadcast
    before."""
    gone = Delivery.objects.filter(purpose__in=[Purpose.TAKE_DOWN, Purpose.HIDE], about__isnull=False)
    return (
        Delivery.objects.publications()
        .filter(channel=channel, kind=ChannelKind.ZALO, state=State.LIVE, receipt__evidence=Evidence.PLATFORM)
        .exclude(pk__in=gone.values("about"))
        .exclude(broadcast_in__broadcast__state__in=SPENT)
        .select_related("slot__variant__post", "receipt")
        .order_by("-due_at")
    )


@transaction.atomic
def propose(channel: Channel, articles: Sequence[Delivery], note: str, by: Any) -> Broadcast:
    """Ask a second person to let these articles be broadcast. Raises NotAllowed, or InputRefused for no or too many
    articles, one that cannot be broadcast (any more), or without a reason."""
    policy = policy_registry.get_by_type(Delivery)
    if not policy.organisations_where(by, "operate").filter(pk=channel.organisation_id).exists():
        raise NotAllowed(NOT_YOURS)
    note = " ".join(nfc(note).split())[:250]
    if not note:
        raise InputRefused(_("Vui lòng ghi lý do gửi thông báo để người duyệt được biết."), field="note")
    if not 1 <= len(articles) <= MOST_ARTICLES:
        raise InputRefused(
            _("Một thông báo Zalo mang từ một đến năm bài. Vui lòng chọn lại."), field="articles"
        )
    usable = set(
        articles_of(channel).filter(pk__in=[row.pk for row in articles]).values_list("pk", flat=True)
    )
    if len(usable) != len(articles) or not all(row.handles.get("article_id") for row in articles):
        raise InputRefused(
            _("Có bài không gửi được: chưa hiện trên OA, đã gỡ, hoặc đã có trong thông báo khác."),
            field="articles",
        )
    row = Broadcast.objects.create(
        channel=channel,
        organisation_id=channel.organisation_id,
        note=note,
        proposed_by=by,
        proposed_at=clock.now(),
    )
    BroadcastArticle.objects.bulk_create(
        BroadcastArticle(broadcast=row, delivery=article, position=position)
        for position, article in enumerate(articles)
    )
    record("broadcast.propose", row, actor=by, articles=[article.pk for article in articles], note=note)
    telling.broadcast_proposed(row)
    return row


def may_decide(row: Broadcast, by: Any) -> str:
    """Return why `by` may not decide about a proposal; "" when they may."""
    bodies = reachable_organisations(by, roles_allowing("posts.post", frozenset({"approve"})))
    if not bodies.filter(pk=row.organisation_id).exists():
        return NOT_APPROVER
    if by.pk == row.proposed_by_id:
        return SECOND_PERSON
    return "" if by.position.strip() else NO_POSITION


@transaction.atomic
def decide(row: Broadcast, by: Any, *, approve: bool) -> None:
    """Approve or reject a proposal. Raises NotAllowed for its proposer and for people who approve nothing there,
    ConflictingState when it was decided already."""
    refusal = may_decide(row, by)
    if refusal:
        raise NotAllowed(refusal)
    state = BroadcastState.APPROVED if approve else BroadcastState.REJECTED
    _move(row, [BroadcastState.PROPOSED], state=state, decided_by=by, decided_at=clock.now())
    record(f"broadcast.{state.value}", row, actor=by)


@transaction.atomic
def settle(row: Broadcast, by: Any, *, was_sent: bool) -> None:
    """Say what became of an unclear broadcast, after looking. Raises NotAllowed or ConflictingState."""
    policy = policy_registry.get_by_type(Delivery)
    if not policy.organisations_where(by, "operate").filter(pk=row.organisation_id).exists():
        raise NotAllowed(NOT_YOURS)
    state = BroadcastState.SENT if was_sent else BroadcastState.NOT_SENT
    _move(row, [BroadcastState.UNCLEAR], state=state, settled_by=by, sentence="")
    record(f"broadcast.{state.value}", row, actor=by, declared=True)


def is_speaking_hour(at: datetime) -> bool:
    """Whether Zalo takes broadcasts at `at`: from 06:00 to 21:59 in Viet Nam (PLATFORMS §3.5)."""
    return FIRST_HOUR <= clock.in_vietnam(at).hour < LAST_HOUR


def send_due() -> int:
    """Send every approved broadcast whose channel may speak now, once; return how many were sent or became unclear."""
    now = clock.now()
    for row in Broadcast.objects.filter(state=BroadcastState.SENDING, sent_at__lt=now - SILENCE):
        _end(row, BroadcastState.UNCLEAR, Answer(Outcome.UNKNOWN, ABANDONED))
    if not is_speaking_hour(now):
        return 0
    waiting = Broadcast.objects.filter(state=BroadcastState.APPROVED).select_related(
        "channel__connection", "channel__responsible", "channel__deputy", "organisation__place"
    )
    freezes = checks.standing_freezes()
    sent = 0
    for row in waiting:
        if any(checks.covers(freeze, row.organisation) for freeze in freezes):
            continue
        if rests_until(row.channel, may_be_seen=True) is not None or not row.channel.is_active:
            continue
        sent += _send(row)
    return sent


def _send(row: Broadcast) -> bool:
    """Commit that it is being sent, then send it. Whatever happens, it is never sent again."""
    articles = [link.delivery for link in row.articles.select_related("delivery__slot__variant__post")]
    gone = Delivery.objects.filter(
        about__in=articles, purpose__in=[Purpose.TAKE_DOWN, Purpose.HIDE]
    ).exists() or any(checks.asset_withdrawn(article.slot_id) for article in articles)
    if gone:
        _end(row, BroadcastState.REFUSED, Answer(Outcome.CONTENT, GONE), since=BroadcastState.APPROVED)
        return False
    bases = configured()
    try:
        credential = credential_for(row.channel)
    except LanToaError as error:
        Broadcast.objects.filter(pk=row.pk, state=BroadcastState.APPROVED).update(sentence=error.sentence)
        return False
    before = quota_left(credential, bases)
    try:
        with transaction.atomic():
            _move(
                row, [BroadcastState.APPROVED],
                state=BroadcastState.SENDING, sent_at=clock.now(), quota_before=before, sentence="",
            )  # fmt: skip
            record("broadcast.send", row, quota_before=before)
    except (ConflictingState, IntegrityError):
        return False
    ids = tuple(str(article.handles["article_id"]) for article in articles)
    answer = broadcast(row.channel.external_id, ids, credential, bases)
    state = {
        Outcome.OK: BroadcastState.SENT,
        Outcome.UNKNOWN: BroadcastState.UNCLEAR,
        Outcome.PENDING: BroadcastState.UNCLEAR,
    }.get(answer.outcome, BroadcastState.REFUSED)
    _end(row, state, answer, after=quota_left(credential, bases))
    return state in (BroadcastState.SENT, BroadcastState.UNCLEAR)


@transaction.atomic
def _end(
    row: Broadcast,
    state: BroadcastState,
    answer: Answer,
    *,
    since: str = BroadcastState.SENDING,
    after: int | None = None,
) -> None:
    try:
        _move(
            row, [since], state=state, sentence=nfc(answer.sentence), exchange=dict(answer.exchange),
            message_id=str(answer.handles.get("message_id", ""))[:200], quota_after=after,
        )  # fmt: skip
    except ConflictingState:
        log.warning("broadcast moved on", extra={"event": "broadcast_moved", "broadcast": row.pk})
        return
    record(f"broadcast.{state.value}", row, code=answer.code, quota_after=after)
    if state is not BroadcastState.SENT:
        telling.broadcast_needs_a_person(row)


def _move(row: Broadcast, sources: Sequence[str], **changes: Any) -> None:
    changed = Broadcast.objects.filter(pk=row.pk, state__in=sources).update(**changes, updated_at=clock.now())
    if changed != 1:
        raise ConflictingState(MOVED_ON)
    for name, value in changes.items():
        setattr(row, name, value)
