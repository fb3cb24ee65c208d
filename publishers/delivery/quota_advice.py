"""Said while a video is planned: the day of its Google project cannot carry everything planned for it.

Nothing is forbidden by it: `quota_plan` asks again, exactly, before the first byte goes up, and what does not fit then
waits for Google's midnight. Here a plan is only estimated, from what its variant carries (PLATFORMS §2.5)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from campaigns.posts.models import VariantMedia
from campaigns.schedule.models import Slot
from cms.channels.kinds import ChannelKind
from cms.core import clock
from media.library.models import AssetKind
from publishers.adapters.seam import Step
from publishers.adapters.waits import PACIFIC, next_pacific_midnight
from publishers.adapters.youtube.costs import Bucket, planned
from publishers.connections.models import Connection, PlatformApp
from publishers.connections.quota import budgets_of
from publishers.delivery import pace
from publishers.delivery.models import NEW_POSTS, Delivery
from publishers.delivery.quota_plan import WORDS, needs_of_begun, number

AHEAD = timedelta(seconds=pace.STAGE_AHEAD)
FIRST, VISIBLE = "open", "publish"

#: A project and the moment at which one of its days ends.
Day = tuple[int, datetime]


@dataclass
class _Load:
    """What is planned through one project for one of its days, and what that day has for it."""

    needed: dict[Bucket, int] = field(default_factory=dict)
    room: Mapping[Bucket, int] = field(default_factory=dict)

    def add(self, amounts: Mapping[Bucket, int]) -> None:
        for bucket, amount in amounts.items():
            self.needed[bucket] = self.needed.get(bucket, 0) + amount

    @property
    def too_much(self) -> Bucket | None:
        return next((each for each, needed in self.needed.items() if needed > self.room[each]), None)


def days_too_full(slots: Collection[Slot]) -> dict[int, str]:
    """Return slot id → a sentence for every video of `slots` on whose day its Google project has too little left.

    At most four queries, none where no slot is a video; the slots have their channels. What goes up early is paid by
    the day on which it goes up, the visible call by its own."""
    now = clock.now()
    videos = [slot for slot in slots if slot.channel and slot.channel.kind == ChannelKind.YOUTUBE]
    if not videos:
        return {}
    connections = Connection.objects.filter(
        channel__in={slot.channel_id for slot in videos}, app__isnull=False
    )
    app_of = {row.channel_id: row.app for row in connections.select_related("app") if row.app is not None}
    apps = {app.pk: app for app in app_of.values()}
    days: dict[int, list[Day]] = {
        slot.pk: [(app_of[slot.channel_id].pk, end) for end in _ends(slot.at, now)]
        for slot in videos
        if slot.channel_id in app_of
    }
    loads = _loads(apps, {day for each in days.values() for day in each}, now)
    said = {}
    for slot_id, each in days.items():
        full = next((day for day in each if loads[day].too_much), None)
        if full is not None:
            said[slot_id] = _sentence(apps[full[0]], full[1], loads[full])
    return said


def _ends(at: datetime, now: datetime) -> list[datetime]:
    """Return the ends of the days that pay for a video due at `at`: of what goes up early, then of its visible call."""
    early, due = max(at - AHEAD, now), max(at, now)
    return list(dict.fromkeys((next_pacific_midnight(early), next_pacific_midnight(due))))


def _loads(apps: Mapping[int, PlatformApp], days: set[Day], now: datetime) -> dict[Day, _Load]:
    if not days:
        return {}
    today = next_pacific_midnight(now)
    budgets = budgets_of(apps.values(), now)
    begun = needs_of_begun(list(apps.values()), today) if any(end == today for _app, end in days) else {}
    loads = {}
    for app_id, end in days:
        budget, kept = budgets[app_id], begun.get(app_id, {}) if end == today else {}
        loads[app_id, end] = _Load(
            room={
                bucket: max(0, budget.left(bucket) - kept.get(bucket, 0))
                if end == today
                else budget.limit(bucket)
                for bucket in (Bucket.UNITS, Bucket.INSERTS)
            }
        )
    for row in _planned_on({end for _app, end in days}, apps):
        for end, amounts in _costs(row, now):
            load = loads.get((row["channel__connection__app"], end))
            # What was begun is in what today has left already.
            if load is not None and not (row["begun"] and end == today):
                load.add(amounts)
    return loads


def _planned_on(ends: Iterable[datetime], apps: Mapping[int, PlatformApp]) -> Iterable[Any]:
    within = Q()
    for end in ends:
        here = end.astimezone(PACIFIC)
        within |= Q(at__gte=here - timedelta(days=1), at__lt=end + AHEAD)
    speaking = VariantMedia.objects.filter(variant=OuterRef("variant"), asset__kind=AssetKind.CLIP)
    begun = Delivery.objects.filter(slot=OuterRef("pk"), purpose__in=NEW_POSTS)
    return (
        Slot.objects.open()
        .filter(within, channel__connection__app__in=apps, channel__kind=ChannelKind.YOUTUBE)
        .annotate(
            captioned=Exists(speaking.exclude(asset__captions="")),
            begun=Exists(begun.exclude(next_step__in=["", FIRST])),
        )
        .values("at", "variant__extras", "captioned", "begun", "channel__connection__app")
    )


def _costs(row: Mapping[str, Any], now: datetime) -> Iterator[tuple[datetime, dict[Bucket, int]]]:
    """Yield the end of each day that pays for a planned video, and what it pays."""
    ends, extras = _ends(row["at"], now), row["variant__extras"] or {}
    if not row["begun"]:
        steps = [FIRST, "upload", "processed"]
        steps += ["thumbnail"] if extras.get("thumbnail") != "none" else []
        steps += ["captions"] if row["captioned"] and extras.get("captions") != "none" else []
        steps += ["playlist"] if extras.get("playlist") else []
        yield ends[0], planned([Step(name) for name in steps])
    yield ends[-1], planned([Step(VISIBLE)])


def _sentence(app: PlatformApp, end: datetime, load: _Load) -> str:
    bucket = load.too_much or Bucket.UNITS
    return _(
        "Các video lên lịch trước %(end)s qua dự án Google “%(app)s” cần khoảng %(needed)s %(word)s, hạn mức của ngày "
        "chỉ còn %(room)s. Video không kịp sẽ tự chờ đến lúc đó; vui lòng dời giờ, bỏ bớt phụ đề hoặc đăng thủ công."
    ) % {
        "end": clock.spoken_stamp(end),
        "app": app.name,
        "needed": number(load.needed[bucket]),
        "word": WORDS[bucket],
        "room": number(load.room[bucket]),
    }
