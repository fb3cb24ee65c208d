from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from campaigns.schedule.models import Slot
from cms.accounts.models import Role, User
from cms.core import clock
from cms.core.clock import vietnam_time
from publishers.programmes.models import LocalNotice
from publishers.programmes.notice_services import NoticeText, approve_notice, submit_notice, write_notice
from publishers.scripts.models import ScriptVersion
from publishers.scripts.services import render_for_stations
from publishers.stations.models import BroadcastWindow, Station
from tests.factories.campaigns import PostFactory, SlotFactory, VariantFactory
from tests.factories.cms import MembershipFactory, PlaceFactory
from tests.factories.publishers import StationFactory

MORNING = datetime(2026, 11, 22, 22, 12, tzinfo=UTC)
AT = vietnam_time(2026, 11, 23, 5, 30)
TEXT = "Từ nay bà con nộp hồ sơ tại nhà.\nCần giúp đỡ, xin gọi tổng đài 18001096."
LONG = "\n".join(["Bà con nộp hồ sơ tại nhà, không phải đi lại nhiều lần, không phải chờ đợi lâu."] * 14)


@dataclass
class Commune:
    """05:12 on Monday 23/11/2026 in one commune: its station with two sessions, its officer, operator and leader."""

    station: Station
    officer: User
    operator: User
    leader: User
    slots: list[Slot]

    def issue(self, slot: Slot | None = None, **request) -> ScriptVersion:
        """Give the station a script; at 05:30 unless `slot` says otherwise."""
        if slot is None:
            slot = SlotFactory(
                variant=VariantFactory(loudspeaker=True, post=PostFactory(), text=TEXT),
                channel=None,
                stations_of=self.station.place.parent,
                at=request.pop("at", AT),
            )
            self.slots.append(slot)
        wanted = {"text": TEXT, "title": "Nộp hồ sơ tại nhà", "approval_hash": "a" * 64, **request}
        (row,) = render_for_stations(slot, [self.station.pk], wanted, MORNING)
        assert row.held == ""
        return ScriptVersion.objects.select_related("station").get(pk=row.script_version_id)

    def text(self, **more) -> NoticeText:
        given = {
            "title": "Cắt nước sáng thứ ba",
            "text": "Thôn 2 mất nước từ 7h30. Bà con gọi 0900.000.000.",
            "priority": "thong-thuong",
            "first_day": clock.today(),
            "last_day": clock.today() + timedelta(days=1),
        }
        return NoticeText(**{**given, **more})

    def approved_notice(self, **more) -> LocalNotice:
        """A notice written by the officer and approved by the commune's leader."""
        row = submit_notice(write_notice(self.station, self.text(**more), self.officer), self.officer)
        return approve_notice(row, self.leader, row.present_hash())


@pytest.fixture
def at_five_twelve():
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def commune(db, at_five_twelve) -> Commune:
    place = PlaceFactory(commune=True, name="Ia Grai")
    station = StationFactory(place=place, slug="xa-ia-grai", clusters=6)
    for hour, ends in (((5, 30), (6, 0)), ((17, 0), (18, 0))):
        starts = AT.time().replace(hour=hour[0], minute=hour[1])
        BroadcastWindow.objects.create(
            station=station, starts=starts, ends=starts.replace(hour=ends[0], minute=ends[1])
        )
    body = station.organisation
    return Commune(
        station,
        MembershipFactory(organisation=body, role=Role.COMMUNE_OFFICER).user,
        MembershipFactory(organisation=body, role=Role.WARD_OPERATOR).user,
        MembershipFactory(organisation=body, role=Role.APPROVER).user,
        [],
    )
