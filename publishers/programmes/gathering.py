"""Gathers the sessions of a station on a day: the scripts and notices of each window, what is relayed, and how people
arranged it. Reading only; a session nobody has touched is gathered all the same."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time

from cms.core import clock
from publishers.programmes.air_log import ItemKind
from publishers.programmes.models import LocalNotice, Programme, ProgrammeItem, Relay
from publishers.programmes.notices import NoticeState
from publishers.programmes.running_order import one_session
from publishers.programmes.session import (
    USUAL_WINDOWS,
    Item,
    Timed,
    length,
    moment,
    ordered,
    over_by,
    part_of_day,
    timed,
    window_of,
)
from publishers.scripts.blocks import Block
from publishers.scripts.cuts import cut_to, seconds_of
from publishers.scripts.models import RecordedReading, ScriptVersion
from publishers.scripts.sounds import translated_readings
from publishers.scripts.timing import length_in_words, short_length, whole_seconds
from publishers.scripts.translations import Translated, shelf_for
from publishers.stations.models import Station
from publishers.stations.windows import hard_warnings, shown


@dataclass(frozen=True)
class InLanguage:
    """An approved translation of a script, and the reading of it where somebody has read it."""

    told: Translated
    reading: RecordedReading | None = None

    @property
    def length_text(self) -> str:
        return length_in_words(self.reading.seconds) if self.reading is not None else ""


@dataclass
class Entry:
    """One item of a session with the thing it stands for: a script, a notice or a relay."""

    item: Item
    kind: ItemKind
    script: ScriptVersion | None = None
    notice: LocalNotice | None = None
    relay: Relay | None = None
    minutes: int = 0
    starts: datetime | None = None
    # What is read of it in this very session; empty for a relay and for what is left out.
    said: tuple[Block, ...] = ()
    # What is read behind a script in the languages the station broadcasts in.
    translations: list[InLanguage] = field(default_factory=list)

    @property
    def translated_seconds(self) -> float:
        """How long the readings of its translations last; one nobody has read is not counted."""
        return sum(each.reading.seconds for each in self.translations if each.reading is not None)

    @property
    def length_text(self) -> str:
        return length_in_words(self.item.seconds)

    @property
    def kind_label(self) -> str:
        return str(self.kind.label)

    @property
    def issuer(self) -> str:
        if self.script is not None:
            return self.script.issuer
        if self.notice is not None:
            return self.notice.organisation.name
        return self.relay.source if self.relay else ""

    @property
    def address(self) -> str:
        """Where the item is read; empty for a relay, which nobody here reads."""
        if self.script is not None:
            suffix = f"?phut={self.minutes}" if self.minutes else ""
            return self.script.get_absolute_url() + suffix
        return self.notice.get_absolute_url() if self.notice else ""

    def blocks(self, rate: int) -> tuple[Block, ...]:
        """The item by itself, cut to the version chosen for this session; empty for a relay."""
        if self.notice is not None:
            return self.notice.composed()
        if self.script is None:
            return ()
        blocks = self.script.composed()
        return cut_to(blocks, self.minutes, rate).blocks if self.minutes else blocks


@dataclass
class Session:
    """One session of a station on one day, in playing order."""

    station: Station
    day: date
    window: tuple[time, time]
    entries: list[Entry] = field(default_factory=list)
    programme: Programme | None = None

    @property
    def key(self) -> str:
        """How a session is named in an address: "0530"."""
        return f"{self.window[0]:%H%M}"

    @property
    def items(self) -> list[Item]:
        return [entry.item for entry in self.entries]

    @property
    def played(self) -> list[Entry]:
        return [entry for entry in self.entries if not entry.item.skipped]

    @property
    def seconds(self) -> int:
        return length(self.items)

    @property
    def begins(self) -> datetime:
        return moment(self.day, self.window[0], clock.VIETNAM)

    @property
    def ends(self) -> datetime:
        return moment(self.day, self.window[1], clock.VIETNAM)

    @property
    def name(self) -> str:
        """ "sáng, 05:30–06:30" """
        return f"{part_of_day(self.window[0])}, {shown(self.window)}"

    @property
    def summary(self) -> str:
        """ "2 bản tin, 1 thông báo, 7 phút 40" """
        counted = [
            (sum(entry.kind is kind for entry in self.played), word)
            for kind, word in (
                (ItemKind.SCRIPT, "bản tin"),
                (ItemKind.NOTICE, "thông báo"),
                (ItemKind.RELAY, "tiếp âm"),
            )
        ]
        parts = [f"{count} {word}" for count, word in counted if count]
        return ", ".join([*parts, short_length(self.seconds)]) if parts else "chưa có gì để phát"

    @property
    def warnings(self) -> list[str]:
        """What speaks against the session, as sentences: an early or long window, and more than fits into it."""
        found = hard_warnings([self.window])
        excess = over_by(self.items, self.window)
        if excess:
            found.append(
                f"Chương trình dài {length_in_words(self.seconds)}, quá khung giờ {shown(self.window)} "
                f"{length_in_words(excess)}. Hãy chọn bản ngắn hơn hoặc bỏ bớt mục."
            )
        return found

    def timetable(self) -> list[Timed]:
        return timed(self.items, self.begins)


def sessions_of(station: Station, day: date) -> list[Session]:
    """Return the sessions of `station` on `day`, the earliest first; every window has one. A constant number of
    queries. Texts are read too: how long an item lasts depends on what stands around it."""
    windows = [(row.starts, row.ends) for row in station.windows.all()] or list(USUAL_WINDOWS)
    sessions = {window: Session(station, day, window) for window in sorted(windows)}
    programmes = {
        (row.starts, row.ends): row
        for row in Programme.objects.filter(station=station, day=day).prefetch_related("items", "relays")
    }
    for window, session in sessions.items():
        session.programme = programmes.get(window)
    placed = {
        window: {item.key: item for item in (session.programme.items.all() if session.programme else [])}
        for window, session in sessions.items()
    }
    versions = list(ScriptVersion.objects.programme(station, day).select_related("slot"))
    for version in versions:
        version.station = station
    translations = _translations(station, versions)
    for version in versions:
        at = clock.in_vietnam(version.on_air_at)
        home = window_of(at.time(), list(sessions))
        if home is not None:
            sessions[home].entries.append(
                _script_entry(version, placed[home], station.reading_rate, translations.get(version.pk, []))
            )
    for notice in notices_of(station, day):
        for window, session in sessions.items():
            session.entries.append(_notice_entry(notice, placed[window]))
    for window, session in sessions.items():
        for relay in session.programme.relays.all() if session.programme else []:
            session.entries.append(_relay_entry(relay, placed[window]))
        _order(session)
    return list(sessions.values())


def notices_of(station: Station, day: date) -> list[LocalNotice]:
    """Return the commune's own notices that hold on a day. One query."""
    rows = LocalNotice.objects.filter(
        station=station, state=NoticeState.APPROVED, first_day__lte=day, last_day__gte=day
    ).select_related("organisation")
    for row in rows:
        row.station = station
    return list(rows)


def session_at(station: Station, day: date, key: str) -> Session | None:
    """Return the session named `key` ("0530"), or None when the station has none then."""
    return next((session for session in sessions_of(station, day) if session.key == key), None)


def _translations(station: Station, versions: list[ScriptVersion]) -> dict[int, list[InLanguage]]:
    """Script id → its translations in the languages of the station; no query for a station that has none."""
    if not station.languages:
        return {}
    shelf = shelf_for(versions)
    found = {version.pk: shelf.of_station(version) for version in versions}
    readings = translated_readings([told for rows in found.values() for told in rows])
    return {
        pk: [InLanguage(told, readings.get((pk, told.language))) for told in rows]
        for pk, rows in found.items()
    }


def _script_entry(
    version: ScriptVersion, placed: dict[str, ProgrammeItem], rate: int, translations: list[InLanguage]
) -> Entry:
    key = f"script:{version.slot_id}"
    row = placed.get(key)
    minutes = row.minutes if row else 0
    seconds = whole_seconds(cut_to(version.composed(), minutes, rate).seconds) if minutes else version.seconds
    item = Item(key, version.title, version.priority, seconds, *_place(row), at=version.on_air_at)
    entry = Entry(item, ItemKind.SCRIPT, script=version, minutes=minutes, translations=translations)
    entry.item = replace(item, seconds=seconds + whole_seconds(entry.translated_seconds))
    return entry


def _notice_entry(notice: LocalNotice, placed: dict[str, ProgrammeItem]) -> Entry:
    key = f"notice:{notice.pk}"
    item = Item(
        key, notice.title, notice.priority, notice.seconds, *_place(placed.get(key)), at=notice.approved_at
    )
    return Entry(item, ItemKind.NOTICE, notice=notice)


def _relay_entry(relay: Relay, placed: dict[str, ProgrammeItem]) -> Entry:
    key = f"relay:{relay.pk}"
    item = Item(key, relay.title, "thong-thuong", relay.minutes * 60, *_place(placed.get(key)))
    return Entry(item, ItemKind.RELAY, relay=relay)


def _place(row: ProgrammeItem | None) -> tuple[int | None, bool]:
    return (row.position, row.skipped) if row else (None, False)


def _order(session: Session) -> None:
    by_key = {entry.item.key: entry for entry in session.entries}
    session.entries = [by_key[item.key] for item in ordered(session.items)]
    rate = session.station.reading_rate
    bodies = [entry.blocks(rate) for entry in session.played]
    for entry, body, said in zip(session.played, bodies, one_session(bodies), strict=True):
        entry.said = said
        if said != body:
            seconds = seconds_of(said, rate) + entry.translated_seconds
            entry.item = replace(entry.item, seconds=whole_seconds(seconds))
    for row in session.timetable():
        by_key[row.item.key].starts = row.starts
