"""Pages of a station: what it reads today, and one script to read aloud, to download, to print."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render

from cms.core import clock
from cms.core.paper import LettersMissing
from publishers.portal.programme_pages import open_station
from publishers.portal.public_pages import public_page
from publishers.portal.sound_files import sound_answer, wish
from publishers.programmes.air_log import ItemKind
from publishers.programmes.gathering import Session, notices_of, sessions_of
from publishers.programmes.models import AirLogEntry, LocalNotice
from publishers.programmes.session import part_of_day, window_of
from publishers.scripts.blocks import spoken_text
from publishers.scripts.composition import weekday
from publishers.scripts.cut_files import shortened
from publishers.scripts.cuts import versions
from publishers.scripts.downloads import (
    announcer_pdf,
    announcer_sheet,
    download_name,
    marked_up,
    vendor_text,
    verify_address,
    village_page,
    with_what_files_need,
)
from publishers.scripts.models import Priority, ScriptState, ScriptVersion, SoundKind
from publishers.scripts.services import body_sha256
from publishers.scripts.sound_making import ask_for_script, job_of
from publishers.scripts.sounds import kept_sound
from publishers.scripts.station_package import LocalWords, day_package, station_package
from publishers.scripts.timing import length_in_words, short_length
from publishers.scripts.translations import Translated, served_with, shelf_for
from publishers.scripts.voices.choice import machine_voice
from publishers.stations.models import Station
from publishers.stations.windows import script_warnings, shown

#: Days shown below today's programme.
DAYS_BACK = 14
#: Scripts already issued for the days to come.
DAYS_AHEAD = 7

TXT = "text/plain; charset=utf-8"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
GONE = 410
UNAVAILABLE = 503
#: Ending of the name → media type and maker.
FILES: dict[str, tuple[str, Callable[[ScriptVersion], bytes]]] = {
    "pdf": ("application/pdf", lambda version: announcer_pdf(version, _speaker(version))),
    "truong_thon.pdf": ("application/pdf", village_page),
    "ssml.xml": ("application/ssml+xml", lambda version: marked_up(version).encode()),
    "zip": ("application/zip", station_package),
}


@dataclass
class Day:
    """One day of a station's page."""

    day: date
    scripts: list[ScriptVersion]

    @property
    def name(self) -> str:
        """ "thứ hai 23/11" """
        return f"{weekday(self.day)} {self.day.day}/{self.day.month}"

    @property
    def summary(self) -> str:
        """ "2 bản tin, 7 phút 40" """
        if not self.scripts:
            return "chưa có bản tin"
        return f"{len(self.scripts)} bản tin, {short_length(sum(script.seconds for script in self.scripts))}"


@public_page
def station(request: HttpRequest, slug: str) -> HttpResponse:
    """What a station reads today, what is ready for the next days, and what it read before."""
    row = open_station(slug)
    today = clock.today()
    scripts = (
        ScriptVersion.objects.live()
        .filter(station=row)
        .between(today - timedelta(days=DAYS_BACK), today + timedelta(days=DAYS_AHEAD))
        .in_playing_order()
        .select_related("slot")
        .without_body()
    )
    days: dict[date, Day] = {today: Day(today, [])}
    for version in scripts:
        version.station = row
        day = clock.in_vietnam(version.on_air_at).date()
        days.setdefault(day, Day(day, [])).scripts.append(version)
    sessions = [session for session in sessions_of(row, today) if session.entries]
    # A notice is read in every session; it is told once.
    urgent = {
        entry.item.key: entry for session in sessions for entry in session.entries if entry.item.is_urgent
    }
    context = {
        "station": row,
        "windows": list(row.windows.all()),
        "today": days[today],
        "cards": _cards(row, days[today].scripts),
        "coming": [days[day] for day in sorted(days) if day > today],
        "earlier": [days[day] for day in sorted(days, reverse=True) if day < today],
        "recalled": _recalled(row, today),
        "played_old": _played_old(row, today),
        "sessions": sessions,
        "urgent": list(urgent.values()),
        "has_notices": any(
            entry.kind is ItemKind.NOTICE for session in sessions for entry in session.entries
        ),
        "day_summary": _day_summary(days[today], sessions),
    }
    return render(request, "portal/station.html", context)


def _cards(row: Station, scripts: list[ScriptVersion]) -> list[tuple[ScriptVersion, list[Translated]]]:
    """Today's scripts, each with its translations in the languages the station broadcasts in."""
    if not row.languages:
        return [(script, []) for script in scripts]
    shelf = shelf_for(scripts)
    return [(script, shelf.of_station(script)) for script in scripts]


def _day_summary(day: Day, sessions: list[Session]) -> str:
    """ "2 bản tin, 1 thông báo, 11 phút": what the day holds, each thing once however often it is played, and how long all
    sessions take; a day of bulletins only is told by their own length."""
    kinds = {entry.item.key: entry.kind for session in sessions for entry in session.played}
    others = [
        (sum(kind is wanted for kind in kinds.values()), word)
        for wanted, word in ((ItemKind.NOTICE, "thông báo"), (ItemKind.RELAY, "tiếp âm"))
    ]
    if not any(count for count, _word in others):
        return day.summary
    scripts = sum(kind is ItemKind.SCRIPT for kind in kinds.values())
    told = [f"{count} {word}" for count, word in ((scripts, "bản tin"), *others) if count]
    return ", ".join([*told, short_length(sum(session.seconds for session in sessions))])


@public_page
def day_files(request: HttpRequest, slug: str, year: int, month: int, day: int) -> HttpResponse:
    """Everything a station plays on one day, numbered in playing order."""
    row = get_object_or_404(Station.objects.active(), slug=slug)
    try:
        wanted = date(year, month, day)
    except ValueError:
        raise Http404 from None
    versions = list(with_what_files_need(ScriptVersion.objects.programme(row, wanted)))
    notices = [_local_words(request, notice) for notice in notices_of(row, wanted)]
    if not versions and not notices:
        raise Http404
    response = HttpResponse(day_package(versions, notices, wanted), content_type="application/zip")
    name = f"{wanted:%Y%m%d}_{row.slug}.zip"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _hour_warnings(version: ScriptVersion, seconds: float) -> list[str]:
    """What speaks against the hour of a script, and in which session it is therefore played. An urgent one is played at
    once: no window counts for it."""
    at = clock.in_vietnam(version.on_air_at).time()
    windows = [(window.starts, window.ends) for window in version.station.windows.all()]
    if version.priority == Priority.URGENT:
        return script_warnings(at, seconds, [])
    found = script_warnings(at, seconds, windows)
    home = window_of(at, windows)
    if home is not None and not home[0] <= at < home[1]:
        found.append(f"Bản tin được xếp vào buổi {part_of_day(home[0])}, {shown(home)}.")
    return found


def _local_words(request: HttpRequest, notice: LocalNotice) -> LocalWords:
    assert notice.approved_at is not None
    return LocalWords(
        notice.title,
        spoken_text(notice.composed()),
        notice.organisation.name,
        notice.seconds,
        notice.approved_at,
        request.build_absolute_uri(notice.get_absolute_url()),
    )


@public_page
def script(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """One script as it is read aloud. A version that no longer counts says so (410) and is not shown.

    The hash in header and meta tag is taken over what this answer shows, not copied from the row."""
    version = _version(slug, code)
    if not version.is_live:
        return _gone(request, version)
    digest = body_sha256(version.title, version.issuer, version.priority, version.blocks)
    rate = version.station.reading_rate
    whole = version.composed()
    shorter = versions(whole, rate)
    cut = next((each for each in shorter if str(each.minutes) == request.GET.get("phut")), None)
    context = {
        "version": version,
        "station": version.station,
        "blocks": cut.blocks if cut else whole,
        "cut": cut,
        "languages": served_with(version),
        "shorter": [(each.minutes, length_in_words(each.seconds)) for each in shorter],
        "whole_length": length_in_words(version.seconds),
        "digest": digest,
        "length": length_in_words(cut.seconds if cut else version.seconds),
        "day": clock.in_vietnam(version.on_air_at),
        "weekday": weekday(clock.in_vietnam(version.on_air_at).date()),
        "warnings": _hour_warnings(version, cut.seconds if cut else version.seconds),
        "urgent": version.priority == Priority.URGENT,
        "verify_address": verify_address(version.code),
    }
    response = render(request, "portal/script.html", {**_sound(version), **context})
    if cut is None:
        # The hash is of the whole: a shorter version says which script it is cut from, not that it is that script.
        response.headers["X-Script-SHA256"] = digest
    return response


@public_page
def script_as_text(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """The spoken text alone, for the text box of a vendor's voice."""
    version = _version(slug, code)
    if not version.is_live:
        return _gone(request, version)
    version = shortened(version, request.GET.get("phut"))
    return _download(version, vendor_text(version).encode(), TXT, "txt")


@public_page
def script_as_sheet(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """The announcer's sheet, made when it is first asked for."""
    version = _version(slug, code)
    if not version.is_live:
        return _gone(request, version)
    version = shortened(version, request.GET.get("phut"))
    return _download(version, announcer_sheet(version, _speaker(version)), DOCX, "docx")


@public_page
def script_file(request: HttpRequest, slug: str, code: str, ending: str) -> HttpResponse:
    """Another file of a script: PDF sheet, village page, SSML, package. What cannot be printed says why (503)."""
    version = _version(slug, code)
    if not version.is_live:
        return _gone(request, version)
    version = shortened(version, request.GET.get("phut"))
    media_type, make = FILES[ending]
    try:
        content = make(version)
    except LettersMissing as refusal:
        context = {"version": version, "station": version.station, "sentence": refusal.sentence}
        return render(request, "portal/file_not_made.html", context, status=UNAVAILABLE)
    return _download(version, content, media_type, ending)


@public_page
def script_as_sound(request: HttpRequest, slug: str, code: str) -> HttpResponseBase:
    """The sound of a script: a person's reading, or a machine's, which says that it is one (name, tags, first words).

    Nothing is made here: what is not there yet says so (503)."""
    version = _version(slug, code)
    if not version.is_live:
        return _gone(request, version)
    sound = kept_sound(version)
    if sound is not None:
        answer = sound_answer(
            request, sound.file, download_name(version, sound.ending), is_machine=sound.is_machine
        )
        answer.headers["X-Script-SHA256"] = version.body_sha256
        return answer
    if machine_voice() is None:
        raise Http404
    response = render(request, "portal/script_sound_waits.html", _sound(version), status=UNAVAILABLE)
    response.headers["Retry-After"] = "30"
    return response


@wish
def want_script_sound(request: HttpRequest, slug: str, code: str) -> str:
    """Have the sound of a script made by the machine voice."""
    version = _version(slug, code)
    if not version.is_live or machine_voice() is None:
        raise Http404
    ask_for_script(version)
    return version.get_absolute_url()


def _sound(version: ScriptVersion) -> dict[str, Any]:
    """What pages say of the sound of a script: who is heard, or that it is being made, or that it may be asked for."""
    sound, provider = kept_sound(version), machine_voice()
    job = job_of(SoundKind.SCRIPT, str(version.pk)) if sound is None and provider is not None else None
    return {
        "version": version,
        "station": version.station,
        "heard": sound.label if sound is not None else "",
        "may_be_made": sound is None and provider is not None,
        "sound_job": job,
    }


def _speaker(version: ScriptVersion) -> str:
    """Who speaks in the sound that goes with a sheet; a shorter version has none."""
    sound = None if version.cut_minutes else kept_sound(version)
    return sound.label if sound is not None else ""


def _version(slug: str, code: str) -> ScriptVersion:
    rows = with_what_files_need(ScriptVersion.objects.all())
    return get_object_or_404(rows.select_related("slot__variant"), code=code.upper(), station__slug=slug)


def _download(version: ScriptVersion, content: bytes, media_type: str, ending: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{download_name(version, ending)}"'
    # A text for a voice carries no address that would be read aloud; the answer names it (RFC 8288, POWDER).
    response.headers["Link"] = f'<{verify_address(version.code)}>; rel="describedby"'
    if not version.cut_minutes:
        # The hash is of the whole, like the page's.
        response.headers["X-Script-SHA256"] = version.body_sha256
    return response


def _gone(request: HttpRequest, version: ScriptVersion) -> HttpResponse:
    newer = (
        ScriptVersion.objects.live()
        .filter(station=version.station_id, slot=version.slot_id)
        .without_body()
        .first()
        if version.state == ScriptState.SUPERSEDED
        else None
    )
    if newer is not None:
        newer.station = version.station
    context = {"version": version, "station": version.station, "newer": newer}
    return render(request, "portal/script_gone.html", context, status=GONE)


def _recalled(row: Station, today: date) -> list[ScriptVersion]:
    """Scripts of the last days that were taken back: whoever printed one must see it here."""
    rows = ScriptVersion.objects.filter(station=row, state=ScriptState.WITHDRAWN)
    return list(rows.between(today - timedelta(days=2), today + timedelta(days=DAYS_AHEAD)).without_body())


def _played_old(row: Station, today: date) -> list[AirLogEntry]:
    """What this station has already played of scripts that were corrected or taken back since."""
    played = AirLogEntry.objects.filter(station=row).between(today - timedelta(days=2), today)
    return list(
        played.exclude(script__isnull=True).exclude(script__state=ScriptState.LIVE).order_by("starts_at")
    )
