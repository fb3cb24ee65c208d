"""What a phone says was played, as it stood on the phone's own page: the version that was read aloud, though it may
have been corrected or taken back before the phone found a network again. And when two reports are one broadcast."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from cms.core import clock
from cms.core.errors import InputRefused
from publishers.programmes.air_log import AirLogEntry, ItemKind
from publishers.programmes.gathering import Entry, Session
from publishers.programmes.models import LocalNotice
from publishers.programmes.session import Item
from publishers.scripts.models import ScriptVersion


def entry_played(session: Session, key: str, code: str = "") -> Entry:
    """Return the item `key` of `session` in the version `code` (of a script or a notice; empty: as it stands now).

    Raises InputRefused for an item this station never had."""
    here = next((entry for entry in session.entries if entry.item.key == key), None)
    if here is not None and code in ("", _code_of(here)):
        return here
    kind, _colon, number = key.partition(":")
    found: Entry | None = None
    if number.isdecimal() and code:
        found = _earlier_script(session, int(number), code) if kind == ItemKind.SCRIPT else None
        found = found or (_earlier_notice(session, int(number), code) if kind == ItemKind.NOTICE else None)
    if found is None:
        raise InputRefused(
            "Có mục không còn trong chương trình của đài. Xin ghi mục này vào sổ nhật ký trong trang quản trị.",
            field="item",
        )
    return found


def shown_version(entry: Entry) -> str:
    """Return what a page carries along to say later which version was on it."""
    return _code_of(entry)


def came_at(entry: Entry) -> datetime | None:
    """Return when the station got the item as it stands; None for a relay, which asks nobody here."""
    if entry.script is not None:
        return entry.script.issued_at
    return entry.notice.approved_at if entry.notice is not None else None


def first_came_at(entry: Entry) -> datetime | None:
    """Return when the station first had the item; None where that is not known without looking: for a relay, and for a
    correction, before which there was another version."""
    return None if entry.script is not None and entry.script.number > 1 else came_at(entry)


def as_it_stood(entry: Entry, starts_at: datetime, slack: timedelta) -> Entry:
    """Return `entry` in the version the station had when the broadcast began: what was corrected at six was not read
    at half past five. A version counts from `slack` before it came: clocks differ.

    Raises InputRefused when there was none yet."""
    since = came_at(entry)
    if since is None or since <= starts_at + slack:
        return entry
    if entry.script is not None:
        earlier = (
            ScriptVersion.objects.filter(
                station=entry.script.station_id, slot=entry.script.slot_id, issued_at__lte=starts_at + slack
            )
            .order_by("-number")
            .first()
        )
        if earlier is not None:
            return replace(entry, item=replace(entry.item, title=earlier.title), script=earlier)
    came, told = clock.in_vietnam(since), clock.in_vietnam(starts_at)
    raise InputRefused(
        _("“%(title)s” đến %(came)s mới có ở đài nên không thể phát từ %(told)s. Vui lòng sửa giờ bắt đầu.")
        % {"title": entry.item.title, "came": f"{came:%H:%M %d/%m/%Y}", "told": f"{told:%H:%M %d/%m/%Y}"},
        field="starts",
    )


def same_broadcast(
    entry: Entry, starts_at: datetime, ends_at: datetime, rows: Iterable[AirLogEntry]
) -> AirLogEntry | None:
    """Return the row of the log that tells of this very broadcast: the same item at overlapping times. A station plays
    an item once at a time, however many people and phones report it."""
    for row in rows:
        if row.kind == entry.kind and row.starts_at < ends_at and starts_at < row.ends_at:
            if entry.script is not None and row.script is not None:
                same = row.script.slot_id == entry.script.slot_id
            elif entry.notice is not None:
                same = row.notice_id == entry.notice.pk
            else:
                same = row.title == entry.item.title[:200]
            if same:
                return row
    return None


def _code_of(entry: Entry) -> str:
    what = entry.script or entry.notice
    return what.code if what else ""


def _earlier_script(session: Session, slot_id: int, code: str) -> Entry | None:
    version = ScriptVersion.objects.filter(station=session.station, slot=slot_id, code=code).first()
    if version is None:
        return None
    version.station = session.station
    item = Item(f"script:{slot_id}", version.title, version.priority, version.seconds)
    return Entry(item, ItemKind.SCRIPT, script=version)


def _earlier_notice(session: Session, pk: int, code: str) -> Entry | None:
    notice = (
        LocalNotice.objects.select_related("organisation")
        .filter(station=session.station, pk=pk, code=code)
        .first()
    )
    if notice is None:
        return None
    item = Item(f"notice:{pk}", notice.title, notice.priority, notice.seconds)
    return Entry(item, ItemKind.NOTICE, notice=notice)
