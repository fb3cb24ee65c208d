"""Named questions about scripts: what a station reads today, and in which order."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Case, IntegerField, Value, When

from cms.core.clock import vietnam_time

if TYPE_CHECKING:
    from publishers.scripts.models import ScriptVersion
    from publishers.stations.models import Station

# In the order in which a session plays them.
_PLAYED = ("khan-cap", "uu-tien", "thong-thuong")


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """Return the first moment of `day` in Viet Nam and that of the next day."""
    start = vietnam_time(day.year, day.month, day.day)
    return start, start + timedelta(days=1)


class ScriptVersionQuerySet(models.QuerySet["ScriptVersion"]):
    """Questions about script versions; all of them can be chained."""

    def live(self) -> ScriptVersionQuerySet:
        """Versions that may be read: not corrected since, not withdrawn."""
        return self.filter(state="live")

    def between(self, first: date, last: date) -> ScriptVersionQuerySet:
        """Versions on air from `first` to `last`, both days included, as days in Viet Nam."""
        return self.filter(on_air_at__gte=day_bounds(first)[0], on_air_at__lt=day_bounds(last)[1])

    def of_day(self, day: date) -> ScriptVersionQuerySet:
        return self.between(day, day)

    def in_playing_order(self) -> ScriptVersionQuerySet:
        """Urgent before preferred before normal; within each by time."""
        rank = Case(
            *[When(priority=value, then=Value(place)) for place, value in enumerate(_PLAYED)],
            default=Value(len(_PLAYED)),
            output_field=IntegerField(),
        )
        return self.annotate(rank=rank).order_by("rank", "on_air_at", "pk")

    def programme(self, station: Station, day: date) -> ScriptVersionQuerySet:
        """What `station` reads on `day`, in playing order."""
        return self.live().filter(station=station).of_day(day).in_playing_order()

    def without_body(self) -> ScriptVersionQuerySet:
        """For lists: everything but the text itself, which is most of a row."""
        return self.defer("blocks", "facts", "notes")

    def newest_by_station(self, slot_id: int, station_ids: Iterable[int]) -> dict[int, ScriptVersion]:
        """Return station id → the version of `slot_id` with the highest number, whatever its state. One query."""
        rows = self.filter(slot_id=slot_id, station_id__in=list(station_ids)).order_by("number")
        return {row.station_id: row for row in rows.defer("blocks", "facts", "notes")}
