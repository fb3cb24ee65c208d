"""The verb of the air log: write down what was played."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from cms.audit.services import record
from cms.core import clock
from cms.core.errors import InputRefused, NotAllowed
from cms.core.models import nfc
from publishers.programmes.gathering import Entry
from publishers.programmes.models import AirLogEntry, Evidence, OperatorDevice
from publishers.programmes.played import as_it_stood, same_broadcast
from publishers.programmes.services import may_arrange
from publishers.stations.models import Station

#: Said by an enrolled phone within so long after the end, a broadcast is evidence of the best grade.
ON_TIME: Final = timedelta(hours=2)
#: Nobody remembers longer; older broadcasts are not written down any more.
OLDEST: Final = timedelta(days=7)
LONGEST: Final = timedelta(hours=2)
#: A phone's clock may be ahead of ours by so much.
CLOCK_SLACK: Final = timedelta(minutes=5)


@dataclass(frozen=True)
class Broadcast:
    """One item as it was played."""

    entry: Entry
    starts_at: datetime
    ends_at: datetime
    clusters: int
    note: str = ""


@transaction.atomic
def log_broadcasts(
    station: Station,
    played: Iterable[Broadcast],
    request_key: str,
    *,
    device: OperatorDevice | None = None,
    by: Any = None,
) -> list[AirLogEntry]:
    """Write down what a station played, said by an enrolled phone (whose PIN has been proved) or by a person in the
    admin, and return the rows that tell of it. The same `request_key` again writes nothing; neither does a report of a
    broadcast that stands in the log already, but a phone's word raises the grade of what a person had declared.

    Raises NotAllowed for a person who may not act for the station, InputRefused for times that cannot be,
    such as one before the item came to the station."""
    if device is None and not (by and may_arrange(by, station)):
        raise NotAllowed(_("Bạn không có quyền ghi nhật ký cho đài này."))
    request_key = request_key[:40]
    if not request_key:
        raise InputRefused(_("Thiếu mã lượt ghi. Vui lòng mở lại trang rồi ghi lần nữa."))
    # A phone that sends the same twice takes turns with itself.
    Station.objects.select_for_update().get(pk=station.pk)
    known = {
        row.request_key: row
        for row in AirLogEntry.objects.filter(
            station=station, request_key__startswith=f"{station.pk}:{request_key}:"
        )
    }
    now = clock.now()
    wanted = [(f"{station.pk}:{request_key}:{each.entry.item.key}"[:64], each) for each in played]
    wanted = [(key, _as_it_can_be(station, each, now)) for key, each in wanted if key not in known]
    standing = _standing(station, [each for _key, each in wanted])
    fresh: list[AirLogEntry] = []
    for key, each in wanted:
        entry = _entry(station, each, key, now, device, by)
        told = same_broadcast(each.entry, each.starts_at, each.ends_at, [*standing, *fresh])
        if told is None:
            fresh.append(entry)
        elif told not in fresh:
            known[key] = told
            if device is not None and told.device_id is None:
                _raise_grade(told, entry.evidence, device)
    if not fresh and not known:
        raise InputRefused(_("Chưa chọn mục nào đã phát."), field="item")
    AirLogEntry.objects.bulk_create(fresh)
    if fresh:
        record(
            "log_broadcasts",
            station,
            actor=by,
            entries=[row.pk for row in fresh],
            device=device.pk if device else None,
            evidence=fresh[0].evidence,
        )
    return [*known.values(), *fresh]


def _standing(station: Station, played: list[Broadcast]) -> list[AirLogEntry]:
    """What the log already tells of the hours these broadcasts fell in."""
    if not played:
        return []
    first = min(each.starts_at for each in played)
    last = max(each.ends_at for each in played)
    rows = AirLogEntry.objects.filter(station=station, starts_at__lt=last, ends_at__gt=first)
    return list(rows.select_related("script").defer("script__blocks", "script__facts", "script__notes"))


def _raise_grade(row: AirLogEntry, evidence: str, device: OperatorDevice) -> None:
    row.evidence, row.device = evidence, device
    row.save(update_fields=["evidence", "device"])
    record(
        "confirm_declared_broadcast",
        row,
        organisation_id=row.station.organisation_id,
        evidence=evidence,
        device=device.pk,
    )


def _as_it_can_be(station: Station, played: Broadcast, now: datetime) -> Broadcast:
    """Return what was played in the version that was there then. Raises InputRefused for times that cannot be."""
    if not timedelta(0) < played.ends_at - played.starts_at <= LONGEST:
        raise InputRefused(_("Giờ kết thúc phải sau giờ bắt đầu, không quá 2 giờ."), field="ends")
    if played.ends_at > now + CLOCK_SLACK:
        raise InputRefused(_("Giờ kết thúc chưa tới; chỉ ghi sau khi đã phát xong."), field="ends")
    if played.starts_at < now - OLDEST:
        raise InputRefused(_("Chỉ ghi được lượt phát trong 7 ngày gần đây."), field="starts")
    if not 0 <= played.clusters <= 500:
        raise InputRefused(_("Số cụm loa không hợp lệ."), field="clusters")
    if 0 < station.clusters < played.clusters:
        raise InputRefused(
            _("Đài có %(clusters)s cụm loa; vui lòng ghi số cụm phát được, từ 0 đến %(clusters)s.")
            % {"clusters": station.clusters},
            field="clusters",
        )
    return replace(played, entry=as_it_stood(played.entry, played.starts_at, CLOCK_SLACK))


def _entry(
    station: Station, played: Broadcast, key: str, now: datetime, device: OperatorDevice | None, by: Any
) -> AirLogEntry:
    if device is None:
        evidence = Evidence.DECLARED
    else:
        evidence = Evidence.ON_TIME if now - played.ends_at <= ON_TIME else Evidence.LATER
    entry = played.entry
    digest = ""
    if entry.script is not None:
        digest = entry.script.body_sha256
    elif entry.notice is not None:
        digest = entry.notice.approved_hash
    return AirLogEntry(
        station=station,
        kind=entry.kind,
        title=entry.item.title[:200],
        issuer=entry.issuer[:200],
        priority=entry.item.priority,
        script=entry.script,
        notice=entry.notice,
        text_sha256=digest,
        starts_at=played.starts_at,
        ends_at=played.ends_at,
        clusters=played.clusters,
        note=nfc(played.note).strip()[:250],
        evidence=evidence,
        device=device,
        recorded_by=None if device else by,
        recorded_at=now,
        request_key=key,
    )
