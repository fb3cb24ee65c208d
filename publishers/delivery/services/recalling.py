"""Thu hồi, đính chính: find every live copy of a post, and have it taken down or corrected on the rails of delivery.

What is done to a channel is a delivery of its own, with attempts, fence, outcome classes and a proof read back; what no
connector can do becomes a task for a person, with a link, photo or note as proof. Stations stop serving the script in
the same transaction; each page is read back afterwards (`following.py`)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.permissions import policy_registry

from campaigns.posts.models import Post
from campaigns.schedule.models import LateRule, Slot, SlotState
from campaigns.schedule.services import settle as settle_slot
from cms.approvals import services as approvals
from cms.approvals.models import Approval
from cms.audit.services import record
from cms.channels.kinds import CONNECTED, ChannelKind
from cms.core import clock
from cms.core.errors import ConflictingState, InputRefused, NotAllowed
from cms.core.models import nfc
from media.library.models import Withdrawal
from publishers.adapters.registry import adapter_for
from publishers.adapters.seam import Media, Request
from publishers.delivery import frozen_request, remedies, telling
from publishers.delivery.models import Delivery, Evidence, Purpose, Recall, RecalledStation
from publishers.delivery.recall_models import RecallKind
from publishers.delivery.services.booking import frozen_for_channel, keep_carried, open_files
from publishers.delivery.services.settling import refuse
from publishers.delivery.states import AT_REST, MAYBE_THERE, Lane, Reason, State
from publishers.scripts.services import withdraw_scripts

NOT_YOURS = "Bạn không có quyền thu hồi hoặc đính chính bài của cơ quan này."
REASON_WANTED = "Vui lòng ghi lý do: người dân sẽ đọc được lý do này trên trang xác minh."
NOTHING_OUT = (
    "Bài này chưa đăng ở đâu nên không có gì để thu hồi hay đính chính. Vui lòng hủy các giờ đăng của bài."
)
NOTHING_NEW = (
    "Nội dung đã duyệt của bài không khác nội dung đã đăng. Vui lòng sửa bài và để người thứ hai duyệt bản đúng trước "
    "khi đính chính."
)
NOT_APPROVED = (
    "Bản đúng chưa được duyệt. Vui lòng sửa bài, gửi duyệt, và đính chính sau khi người thứ hai đã duyệt."
)
STANDS_ALREADY = "Bài này đang có một lệnh thu hồi hoặc đính chính chưa xong. Vui lòng mở lệnh đó."
TAKEN_BACK = "Bài đã được thu hồi nên không đăng nữa."
CORRECTED_BELOW = "Đính chính: nội dung bài này đã được sửa. Bản đúng do {issuer} ban hành: {address}"


@dataclass(frozen=True, slots=True)
class How:
    """How what is out is dealt with. `hide`: out of sight, kept on the platform. `replace`: what happens where a
    post cannot be edited in place because its pictures or clip have changed: REPOST or COMMENT."""

    hide: bool = False
    replace: str = Purpose.REPOST


def copies_of(post: Post) -> list[Delivery]:
    """Return every delivery of `post` that is out and was not taken down since, channels and stations."""
    return list(live_copies(post))


def live_copies(post: Post) -> QuerySet[Delivery]:
    """`copies_of` as a question that has not been asked yet."""
    gone = Delivery.objects.filter(
        slot__variant__post=post, purpose__in=[Purpose.TAKE_DOWN, Purpose.HIDE], state=State.LIVE
    )
    rows = Delivery.objects.publications().filter(slot__variant__post=post, state=State.LIVE)
    related = (
        "channel__organisation",
        "station",
        "organisation__place",
        "slot__variant__post",
        "receipt",
        "approval",
    )
    return rows.exclude(pk__in=gone.values("about_id")).select_related(*related).order_by("due_at", "pk")


@transaction.atomic
def withdraw(
    post: Post, by: Any, reason: str, *, how: How | None = None, withdrawal: Withdrawal | None = None
) -> Recall:
    """Take `post` back everywhere: what waits is cancelled, its approval ends, what is out is taken down with proof.

    An urgent withdrawal of an asset reaches posts of other bodies too. Raises NotAllowed, InputRefused without a public
    reason or when the post is not out, ConflictingState while another recall of it is open."""
    recall = _begin(post, by, RecallKind.WITHDRAW, reason, withdrawal, approval=None)
    copies = copies_of(post)
    approvals.void(post, recall.reason, by)
    stopped = stop_waiting(recall, by)
    if not copies and not stopped:
        raise InputRefused(NOTHING_OUT)
    purpose = Purpose.HIDE if (how or How()).hide else Purpose.TAKE_DOWN
    take_down(recall, copies, purpose)
    telling.recall_started(recall)
    return recall


def correct(
    post: Post, by: Any, reason: str, *, how: How | None = None, withdrawal: Withdrawal | None = None
) -> Recall:
    """Bring what stands approved now to every copy of `post` that says something else.

    In place where the platform can; where pictures or a clip have changed, as `how.replace` says. Pictures are cut before
    the transaction begins. Raises like `withdraw`, InputRefused when the corrected text is not approved or differs
    nowhere from what is out, ConflictingState when it was changed meanwhile."""
    approval = approvals.standing(post)
    if approval is None:
        raise InputRefused(NOT_APPROVED)
    wanted = _differing(copies_of(post), approval, how or How())
    prepared = {
        copy.pk: _prepare(copy, makes_new=Purpose.REPOST in purposes)
        for copy, purposes in wanted
        if copy.channel_id is not None and Purpose.COMMENT not in purposes
    }
    with transaction.atomic():
        recall = _begin(post, by, RecallKind.CORRECT, reason, withdrawal, approval=approval)
        if not wanted:
            raise InputRefused(NOTHING_NEW if copies_of(post) else NOTHING_OUT)
        if approvals.standing(post) != approval:
            raise ConflictingState(NOT_APPROVED)
        for copy, purposes in wanted:
            for purpose in purposes:
                _remedy(
                    recall, copy, purpose, prepared.get(copy.pk) if purpose != Purpose.TAKE_DOWN else None
                )
        _recall_stations(recall, [copy for copy, _purposes in wanted if copy.station_id is not None])
        telling.recall_started(recall)
    return recall


def _differing(
    copies: list[Delivery], approval: Approval, how: How
) -> list[tuple[Delivery, tuple[Purpose, ...]]]:
    """Return the copies that say something else than `approval`, each with what is to be done to it (nothing by
    delivery for a station: it is served anew)."""
    shown, found = _shown(copies), []
    for copy in copies:
        before, after = _said(shown.get(copy.pk, copy.approval), copy.kind), _said(approval, copy.kind)
        if after is None or before == after:
            continue
        purposes: tuple[Purpose, ...] = (Purpose.TAKE_DOWN, Purpose.REPOST)
        if copy.station_id is not None:
            purposes = ()
        elif (before or {}).get("media") == after.get("media"):
            purposes = (Purpose.CORRECT,)
        elif how.replace == Purpose.COMMENT and copy.kind == ChannelKind.FACEBOOK:
            purposes = (Purpose.COMMENT,)
        found.append((copy, purposes))
    return found


def _shown(copies: list[Delivery]) -> dict[int, Approval]:
    """Return delivery id → the approval of what it shows since it was corrected; two queries."""
    ids = [copy.pk for copy in copies]
    rows = Delivery.objects.filter(about__in=ids, purpose=Purpose.CORRECT, state=State.LIVE)
    found = {row.about_id: row.approval for row in rows.select_related("approval").order_by("ended_at")}
    proven = RecalledStation.objects.filter(
        delivery__in=ids, proven_at__isnull=False, recall__kind=RecallKind.CORRECT
    )
    for row in proven.select_related("recall__approval").order_by("proven_at"):
        found[row.delivery_id] = row.recall.approval
    return {pk: approval for pk, approval in found.items() if pk is not None and approval is not None}


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A request made of the text that stands now, and what was made for it."""

    public_id: uuid.UUID
    request: Request
    addresses: list[tuple[str, Media]]
    carried: dict[int, str]


def _prepare(copy: Delivery, *, makes_new: bool) -> _Prepared:
    """Cut pictures and freeze the request of a correction; nothing is written but files by content."""
    public_id, addresses, carried = uuid.uuid4(), list[tuple[str, Media]](), dict[int, str]()
    copy.slot.channel = copy.channel
    marker = public_id.hex if makes_new else copy.public_id.hex
    return _Prepared(public_id, frozen_for_channel(copy.slot, marker, addresses, carried), addresses, carried)


def take_down(recall: Recall, copies: list[Delivery], purpose: str = Purpose.TAKE_DOWN) -> None:
    """Have `copies` taken down for `recall`; inside a transaction. Scripts stop being served at once."""
    on_channels = [copy for copy in copies if copy.channel_id is not None]
    for copy in on_channels:
        _remedy(recall, copy, Purpose(purpose))
    stations = [copy for copy in copies if copy.station_id is not None]
    now = clock.now()
    for slot in {copy.slot_id: copy.slot for copy in stations}.values():
        withdraw_scripts(slot, recall.reason, now, recall.started_by)
    _recall_stations(recall, stations)


def stop_waiting(recall: Recall, by: Any = None) -> int:
    """Cancel whatever of the recalled post nobody can have seen yet; return how many times were called off.

    What is being sent at this moment is left to end: `following` takes it down as soon as it is out."""
    post, sentence = recall.post, f"{TAKEN_BACK} {recall.reason}"
    waiting = Delivery.objects.filter(
        created_at__lte=recall.started_at,
        slot__variant__post=post, state__in=[*AT_REST, State.HELD], accepted_at__isnull=True
    ).exclude(reason__in=MAYBE_THERE).exclude(purpose__in=[Purpose.TAKE_DOWN, Purpose.HIDE])  # fmt: skip
    stopped = 0
    for delivery in waiting.filter(channel__isnull=False).select_related(
        "channel", "organisation", "slot__variant__post"
    ):
        try:
            with transaction.atomic():
                refuse(
                    delivery, State.CANCELLED, Reason.BY_PERSON, sentence,
                    sources=AT_REST | {State.HELD}, fence=None, by=by,
                )  # fmt: skip
            stopped += 1
        except ConflictingState:
            continue  # a worker was faster
    now = clock.now()
    stopped += waiting.filter(station__isnull=False, lease_until__isnull=True).update(
        state=State.CANCELLED,
        reason=Reason.BY_PERSON,
        sentence=sentence,
        wake_at=None,
        ended_at=now,
        updated_at=now,
    )
    # Times that were planned after the recall began are a new publication, under an approval of their own.
    planned = Slot.objects.filter(variant__post=post, created_at__lte=recall.started_at).open()
    for slot in planned.select_related("variant__post"):
        if not Delivery.objects.filter(slot=slot).open().exists():
            settle_slot(slot, SlotState.CANCELLED, now, by=by)
            stopped += 1
    return stopped


# ---------------------------------------------------------------------------------------------- parts
def _begin(
    post: Post, by: Any, kind: str, reason: str, withdrawal: Withdrawal | None, *, approval: Approval | None
) -> Recall:
    policy = policy_registry.get_by_type(Post, fallback=False)
    urgent = withdrawal is not None and withdrawal.urgent and withdrawal.by_id == by.pk
    if not urgent and not policy.user_has_permission_for_instance(by, "recall", post):
        raise NotAllowed(NOT_YOURS)
    reason = " ".join(nfc(reason).split())[:250]
    if not reason:
        raise InputRefused(REASON_WANTED, field="reason")
    try:
        with transaction.atomic():
            recall = Recall.objects.create(
                kind=kind, post=post, organisation_id=post.organisation_id, withdrawal=withdrawal, reason=reason,
                approval=approval, started_at=clock.now(), started_by=by,
            )  # fmt: skip
    except IntegrityError:
        raise ConflictingState(STANDS_ALREADY) from None
    record(f"delivery.{kind}", recall, actor=by, post=post.pk, reason=reason)
    return recall


def _said(approval: Approval | None, kind: str) -> dict[str, Any] | None:
    """Return what an approval lets a kind of channel say."""
    rows = approval.payload.get("variants", []) if approval is not None else []
    return next((row for row in rows if row["kind"] == kind), None)


def _remedy(recall: Recall, copy: Delivery, purpose: Purpose, prepared: _Prepared | None = None) -> Delivery:
    """Book what is to be done to one copy: due now, on the same rails as any delivery."""
    delivery = Delivery(
        slot=copy.slot, channel=copy.channel, kind=copy.kind, organisation=copy.organisation, purpose=purpose,
        about=copy, recall=recall, approval=copy.approval, approval_hash=copy.approval_hash,
        due_at=clock.now(), late_rule=LateRule.SEND, late_after=copy.late_after,
    )  # fmt: skip
    makes_new = purpose == Purpose.REPOST
    request = frozen_request.thaw(copy.request) if copy.request else None
    frozen = dict(copy.request)
    if prepared is not None:
        request = prepared.request
        frozen = frozen_request.as_json(request)
        delivery.public_id = prepared.public_id
    if purpose == Purpose.COMMENT:
        frozen["first_comment"] = CORRECTED_BELOW.format(
            issuer=recall.post.organisation.name, address=recall.post.verify_address
        )
        request = frozen_request.thaw(frozen)
    if recall.approval is not None and purpose != Purpose.TAKE_DOWN:
        delivery.approval, delivery.approval_hash = recall.approval, recall.approval.content_hash
    delivery.request, delivery.request_sha256 = frozen, frozen_request.hash_of(frozen)
    if not makes_new:
        delivery.handles, delivery.sealed_handles = dict(copy.handles), copy.sealed_handles
    _start(delivery, copy, request)
    delivery.save(force_insert=True)
    if prepared is not None:
        open_files(delivery, prepared.addresses)
        keep_carried(copy.slot, prepared.carried, besides=True)
    record(
        f"delivery.book_{purpose.value}", delivery, actor=recall.started_by, about=copy.pk, recall=recall.pk
    )
    if not makes_new and not _reachable(copy):
        refuse(
            delivery, State.HELD, Reason.BY_HAND, remedies.by_hand(delivery),
            sources=[State(delivery.state)], fence=None,
        )  # fmt: skip
    return delivery


def _reachable(copy: Delivery) -> bool:
    """Whether a connector can name the post: it has an exact handle that the platform itself gave."""
    receipt = getattr(copy, "receipt", None)
    return (
        copy.kind in CONNECTED
        and receipt is not None
        and receipt.evidence == Evidence.PLATFORM
        and bool(copy.handles)
    )


def _start(delivery: Delivery, copy: Delivery, request: Request | None) -> None:
    """Put the delivery where a worker finds it: before its first step."""
    now = clock.now()
    delivery.state, delivery.lane, delivery.wake_at = State.READY, Lane.PUBLISH, now
    if delivery.kind not in CONNECTED or request is None:
        return
    plan = remedies.plan_of(adapter_for(delivery.kind), delivery, request)
    delivery.next_step = plan[0].name
    if not plan[0].visible:
        delivery.state, delivery.lane = State.BOOKED, Lane.UPLOAD


def _recall_stations(recall: Recall, stations: list[Delivery]) -> None:
    now = clock.now()
    RecalledStation.objects.bulk_create(
        (RecalledStation(recall=recall, delivery=copy, next_at=now) for copy in stations),
        batch_size=500,
        ignore_conflicts=True,
    )


def sentence_for_citizens(withdrawal: Withdrawal) -> str:
    """Return the public reason of a recall that a withdrawn asset makes necessary."""
    return _("Tài liệu dùng trong bài đã bị thu hồi: %(reason)s") % {"reason": withdrawal.reason}
