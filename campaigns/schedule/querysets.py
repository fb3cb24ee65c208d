"""Named questions about slots."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q

from campaigns.posts.models import Post
from cms.approvals.models import Approval
from cms.approvals.services import standing_for

if TYPE_CHECKING:
    from campaigns.schedule.models import Slot


class SlotQuerySet(models.QuerySet["Slot"]):
    """Questions about slots; all of them but `approved` can be chained."""

    def planned(self) -> SlotQuerySet:
        """Slots that nobody has taken over for sending yet."""
        return self.filter(state="planned")

    def open(self) -> SlotQuerySet:
        """Slots that may still go out: planned, booked or held."""
        return self.filter(state__in=["planned", "booked", "held"])

    def due(self, now: datetime) -> SlotQuerySet:
        """Slots that are planned or booked and whose time has come (at or before `now`)."""
        return self.filter(state__in=["planned", "booked"], at__lte=now)

    def until(self, moment: datetime) -> SlotQuerySet:
        """Slots whose time is at or before `moment`."""
        return self.filter(at__lte=moment)

    def between(self, start: datetime, end: datetime) -> SlotQuerySet:
        """Slots from `start` on and before `end`."""
        return self.filter(at__gte=start, at__lt=end)

    def of_posts_in(self, organisations) -> SlotQuerySet:
        """Slots of posts that belong to one of `organisations` (a queryset of bodies)."""
        return self.filter(variant__post__organisation__in=organisations)

    def with_subject(self) -> SlotQuerySet:
        """With everything a list or a booking says about a slot: one query."""
        return self.select_related(
            "variant__post__organisation__place",
            "variant__post__campaign",
            "channel__organisation",
            "stations_of",
        )

    def for_stations(self) -> SlotQuerySet:
        """Slots that go to the stations of a place."""
        return self.filter(stations_of__isnull=False)

    def for_channels(self) -> SlotQuerySet:
        """Slots that go to one channel each."""
        return self.filter(channel__isnull=False)

    def of_kind(self, kind: str) -> SlotQuerySet:
        """Slots whose text is for channels of `kind`."""
        return self.filter(variant__kind=kind)

    def taken_on(self, channel_id: int) -> SlotQuerySet:
        """Slots that take up time on a channel: open ones and those that went out."""
        return self.filter(Q(channel_id=channel_id) & ~Q(state="cancelled"))

    def approved(self) -> list[Slot]:
        """Return the slots whose post stands approved exactly as it is now, each with `.approval` set to that row.

        Asks a constant number of queries, however many slots and posts. The answer is true at the moment of asking:
        whoever sends later asks again."""
        standing = Approval.objects.filter(
            content_type__app_label="posts",
            content_type__model="post",
            object_id=OuterRef("variant__post_id"),
            voided_at__isnull=True,
        )
        # What nobody has approved is not even read.
        slots = list(self.with_subject().filter(Exists(standing)))
        posts: dict[int, Post] = {slot.variant.post_id: slot.variant.post for slot in slots}
        approvals = standing_for(posts.values())
        kept = []
        for slot in slots:
            approval = approvals.get(slot.variant.post_id)
            if approval is not None:
                slot.approval = approval
                kept.append(slot)
        return kept
