from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
import time_machine

from campaigns.schedule.models import Slot
from cms.core.clock import vietnam_time
from publishers.scripts.models import ScriptVersion
from publishers.scripts.services import render_for_stations
from publishers.stations.models import Station
from tests.factories.campaigns import PostFactory, SlotFactory, VariantFactory
from tests.factories.cms import PlaceFactory
from tests.factories.publishers import StationFactory

MORNING = datetime(2026, 11, 22, 22, 12, tzinfo=UTC)
AT = vietnam_time(2026, 11, 23, 5, 30)
TEXT = "Từ nay bà con nộp hồ sơ tại nhà.\nCần giúp đỡ, xin gọi tổng đài 18001096 từ 7h30."


@dataclass
class Morning:
    """05:12 on Monday 23/11/2026 at one station with one script for 05:30."""

    station: Station
    slot: Slot
    script: ScriptVersion

    def issue(self, **request) -> ScriptVersion:
        wanted = {"text": TEXT, "title": "Nộp hồ sơ tại nhà", "approval_hash": "a" * 64, **request}
        (row,) = render_for_stations(self.slot, [self.station.pk], wanted, MORNING)
        assert row.held == ""
        return ScriptVersion.objects.select_related("station").get(pk=row.script_version_id)


@pytest.fixture
def at_five_twelve():
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def morning(db, at_five_twelve) -> Morning:
    # A name of its own: the length of what is read must not depend on how many places were made before.
    province = PlaceFactory(province=True, name="Gia Lai")
    place = PlaceFactory(commune=True, name="Ia Grai", parent=province)
    station = StationFactory(place=place, slug="xa-ia-grai")
    variant = VariantFactory(loudspeaker=True, post=PostFactory(), title="Nộp hồ sơ tại nhà", text=TEXT)
    slot = SlotFactory(variant=variant, channel=None, stations_of=place.parent, at=AT)
    made = Morning(station, slot, None)  # type: ignore[arg-type]
    made.script = made.issue()
    return made
