"""Is this really from them? What may be told publicly about an item, by the code printed on it.

Told are the body, the approved text, the channels, when it was approved and in which position; never a person's name,
never a post's internal title, and nothing at all about what has not gone out yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from campaigns.posts.models import Post
from campaigns.posts.verify_code import tidy
from campaigns.schedule.models import Slot, SlotState
from cms.approvals.models import Approval
from cms.approvals.services import CHANGED_REASON
from cms.channels.kinds import ChannelKind
from cms.core import clock
from publishers.delivery.models import Delivery, Recall
from publishers.delivery.recall_models import RecallKind
from publishers.delivery.states import State
from publishers.programmes.models import LocalNotice, NoticeState
from publishers.scripts import script_code
from publishers.scripts.models import ScriptState, ScriptVersion


class Standing(StrEnum):
    VALID = "valid"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class ApprovedText:
    """One text as it was approved, and where it went."""

    kind: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The public answer about one code."""

    code: str
    standing: Standing
    issuer: str
    texts: tuple[ApprovedText, ...]
    channels: tuple[str, ...]
    approved_at: datetime | None
    approved_by: str
    went_out_at: datetime | None
    reason: str = ""
    # When it was taken back or corrected.
    ended_at: datetime | None = None
    # Where the text that counts now is read, if this one was corrected.
    newer_address: str = ""


def verify(typed: str) -> Verdict | None:
    """Return what may be told about the item with this code (typed with or without spaces and dashes, in any case);
    None when there is none, or none that has gone out."""
    code = tidy(typed)
    if len(code) == script_code.LENGTH:
        return _script_verdict(code) or _notice_verdict(code)
    return _post_verdict(code) if code else None


def _script_verdict(code: str) -> Verdict | None:
    version = (
        ScriptVersion.objects.select_related("station__place", "organisation", "slot__variant")
        .filter(code=code)
        .first()
    )
    if version is None:
        return None
    approval = _approvals_of(version.slot.variant.post_id).filter(content_hash=version.approval_hash).first()
    standing = {
        ScriptState.LIVE: Standing.VALID,
        ScriptState.SUPERSEDED: Standing.CORRECTED,
        ScriptState.WITHDRAWN: Standing.WITHDRAWN,
    }[ScriptState(version.state)]
    newer = None
    if standing is Standing.CORRECTED:
        newer = ScriptVersion.objects.live().filter(station=version.station_id, slot=version.slot_id).first()
        if newer is None:
            standing = Standing.WITHDRAWN
    # What was taken back or corrected is named, not spread further.
    text = "\n".join(block.written for block in version.composed() if block.sentences)
    shown = text if standing is Standing.VALID else ""
    return Verdict(
        code=code,
        standing=standing,
        issuer=version.issuer,
        texts=(ApprovedText(str(ChannelKind.LOUDSPEAKER.label), version.title, shown),),
        channels=(version.station.name,),
        approved_at=approval.approved_at if approval else None,
        approved_by=_signed(approval),
        went_out_at=version.on_air_at,
        reason=version.end_reason if standing is Standing.WITHDRAWN else "",
        ended_at=version.ended_at,
        newer_address=f"/xac-minh/{newer.code}/" if newer else "",
    )


def _notice_verdict(code: str) -> Verdict | None:
    """A commune's own notice: its body, what was approved and in which position."""
    notice = (
        LocalNotice.objects.select_related("organisation", "station")
        .filter(code=code, state__in=[NoticeState.APPROVED, NoticeState.WITHDRAWN])
        .first()
    )
    if notice is None:
        return None
    valid = notice.state == NoticeState.APPROVED
    return Verdict(
        code=code,
        standing=Standing.VALID if valid else Standing.WITHDRAWN,
        issuer=notice.organisation.name,
        texts=(ApprovedText("Thông báo của địa phương", notice.title, notice.text if valid else ""),),
        channels=(notice.station.name,),
        approved_at=notice.approved_at,
        approved_by=", ".join(filter(None, [notice.approver_position, notice.organisation.name])),
        went_out_at=None,
        reason="" if valid else notice.end_reason,
    )


def _post_verdict(code: str) -> Verdict | None:
    post = Post.objects.select_related("organisation").filter(verify_code=code).first()
    if post is None:
        return None
    slots = list(
        Slot.objects.filter(variant__post=post)
        .filter(Q(state=SlotState.DONE) | Q(state=SlotState.BOOKED, at__lte=clock.now()))
        .select_related("variant", "channel", "stations_of")
        .order_by("at")
    )
    approvals = list(_approvals_of(post.pk))
    if not slots or not approvals:
        return None
    sent = _sent_approvals(slots, approvals)
    kinds = {slot.variant.kind for slot in slots}
    newest = {slot.variant.kind: sent[slot.pk] for slot in slots if slot.pk in sent}
    recall = _recall_in_force(post)
    ended_at: datetime | None
    taken_back = _taken_back(approvals, newest.values())
    if recall is not None and recall.kind == RecallKind.WITHDRAW:
        standing, ended_at, reason = Standing.WITHDRAWN, recall.started_at, recall.reason
    elif recall is not None and recall.approval is not None:
        standing, ended_at, reason = Standing.CORRECTED, recall.started_at, recall.reason
        newest = dict.fromkeys(kinds, recall.approval)
    elif taken_back is not None:
        standing, ended_at, reason = Standing.WITHDRAWN, taken_back.voided_at, taken_back.void_reason
    else:
        standing, ended_at, reason = Standing.VALID, None, ""
        if any(
            _said(sent[slot.pk], slot) != _said(newest[slot.variant.kind], slot)
            for slot in slots
            if slot.pk in sent
        ):
            standing = Standing.CORRECTED
            ended_at = max(row.approved_at for row in newest.values())
    shown = standing is not Standing.WITHDRAWN
    approval = max(newest.values(), key=lambda row: row.approved_at) if newest else approvals[0]
    return Verdict(
        code=code,
        standing=standing,
        issuer=post.organisation.name,
        texts=tuple(
            text
            for kind in sorted(kinds)
            if kind in newest
            for text in _texts(newest[kind].payload, [kind], shown=shown)
        ),
        channels=tuple(dict.fromkeys(_place_of(slot) for slot in slots)),
        approved_at=approval.approved_at,
        approved_by=_signed(approval),
        went_out_at=slots[0].at,
        reason=reason,
        ended_at=ended_at,
    )


def _sent_approvals(slots: list[Slot], approvals: list[Approval]) -> dict[int, Approval]:
    """Return slot id → the approval under which it went out: what delivery kept, else what stood at its time. A text
    that was edited or approved since and has not gone out is nobody's business yet."""
    kept = {
        delivery.slot_id: delivery.approval
        for delivery in Delivery.objects.publications()
        .filter(slot__in=slots, state=State.LIVE, approval__isnull=False)
        .select_related("approval__organisation")
        .order_by("accepted_at")
    }
    found = {slot.pk: kept.get(slot.pk) or _in_force(approvals, slot.at) for slot in slots}
    return {pk: approval for pk, approval in found.items() if approval is not None}


def _recall_in_force(post: Post) -> Recall | None:
    """Return the last recall or correction of the post, unless it was published anew after having been taken back."""
    recall = post.recalls.select_related("approval__organisation").order_by("-started_at", "-pk").first()
    if recall is None or recall.kind != RecallKind.WITHDRAW:
        return recall
    anew = Delivery.objects.publications().filter(
        slot__variant__post=post, state=State.LIVE, accepted_at__gt=recall.started_at
    )
    # What was on its way when the recall began is part of it, and is taken down by it.
    own = recall.deliveries.values("about_id")
    return (
        None
        if anew.exclude(pk__in=own).filter(approval__approved_at__gt=recall.started_at).exists()
        else recall
    )


def _taken_back(approvals: list[Approval], sent: Iterable[Approval]) -> Approval | None:
    """Return the approval that a person ended for a reason of its own, while none stands. An edit ends one too, but
    changes nothing of what is out."""
    if any(row.voided_at is None for row in approvals):
        return None
    ended = [row for row in sent if row.voided_at is not None and row.void_reason != CHANGED_REASON]
    return max(ended, key=lambda row: row.voided_at or row.approved_at, default=None)


def _said(approval: Approval, slot: Slot) -> list[tuple[Any, ...]]:
    return [
        (row["title"], row["summary"], row["text"], row["link"], tuple(row["media"]))
        for row in approval.payload.get("variants", [])
        if row["kind"] == slot.variant.kind
    ]


def _in_force(approvals: Iterable[Approval], moment: datetime) -> Approval | None:
    """Return the approval that stood at `moment`."""
    for row in approvals:
        if row.approved_at <= moment and (row.voided_at is None or row.voided_at > moment):
            return row
    return None


def _approvals_of(post_id: int) -> Any:
    content_type = ContentType.objects.get_for_model(Post)
    rows = Approval.objects.filter(content_type=content_type, object_id=post_id)
    return rows.select_related("organisation").order_by("-approved_at")


def _signed(approval: Approval | None) -> str:
    """The position and the body that approved, without the person's name."""
    if approval is None:
        return ""
    return ", ".join(filter(None, [approval.approver_position, approval.organisation.name]))


def _place_of(slot: Slot) -> str:
    if slot.channel is not None:
        return f"{slot.channel.name} ({slot.channel.get_kind_display()})"
    return f"Các đài truyền thanh trên địa bàn {slot.stations_of}"


def _texts(payload: dict[str, Any], kinds: Iterable[str], *, shown: bool) -> Iterable[ApprovedText]:
    wanted = set(kinds)
    for row in payload.get("variants", []):
        if row["kind"] in wanted:
            text = row["text"] if shown else ""
            yield ApprovedText(str(ChannelKind(row["kind"]).label), row["title"] or row["text"][:80], text)
