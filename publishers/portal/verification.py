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
from cms.channels.kinds import ChannelKind
from cms.core import clock
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
    # Where the text that counts now is read, if this one was corrected.
    newer_address: str = ""


def verify(typed: str) -> Verdict | None:
    """Return what may be told about the item with this code (typed with or without spaces and dashes, in any case);
    None when there is none, or none that has gone out."""
    code = tidy(typed)
    if len(code) == script_code.LENGTH:
        return _script_verdict(code)
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
        newer_address=f"/xac-minh/{newer.code}/" if newer else "",
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
    standing_row = next((row for row in approvals if row.voided_at is None), None)
    approval = standing_row or approvals[0]
    went_out = slots[0].at
    ended = [row for row in approvals if row.voided_at and row.voided_at > went_out]
    sent = _in_force(approvals, slots[-1].at)
    kinds = {slot.variant.kind for slot in slots}
    if standing_row is None:
        standing = Standing.WITHDRAWN
    elif sent is not None and sent != standing_row and _goes_out_later(post, kinds):
        # Approved again for a time to come: until then nothing is told of it, and what went out stands.
        approval, standing = sent, Standing.VALID
    elif ended and standing_row.approved_at > went_out:
        standing = Standing.CORRECTED
    else:
        standing = Standing.VALID
    return Verdict(
        code=code,
        standing=standing,
        issuer=post.organisation.name,
        texts=tuple(_texts(approval.payload, kinds, shown=standing is not Standing.WITHDRAWN)),
        channels=tuple(dict.fromkeys(_place_of(slot) for slot in slots)),
        approved_at=approval.approved_at,
        approved_by=_signed(approval),
        went_out_at=went_out,
        reason=approval.void_reason if standing is Standing.WITHDRAWN else "",
    )


def _in_force(approvals: Iterable[Approval], moment: datetime) -> Approval | None:
    """Return the approval that stood at `moment`."""
    for row in approvals:
        if row.approved_at <= moment and (row.voided_at is None or row.voided_at > moment):
            return row
    return None


def _goes_out_later(post: Post, kinds: Iterable[str]) -> bool:
    """Whether one of the texts of `kinds` has a time to come."""
    coming = Slot.objects.filter(variant__post=post, variant__kind__in=kinds, at__gt=clock.now())
    return coming.exclude(state=SlotState.CANCELLED).exists()


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
