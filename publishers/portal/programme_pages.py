"""Pages of a session: the running sheet to read from and to print, and a commune's own notice."""

from __future__ import annotations

from datetime import date, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse

from cms.core import clock
from publishers.portal.public_pages import public_page
from publishers.programmes.gathering import Entry, Session, session_at
from publishers.programmes.models import LocalNotice, NoticeState
from publishers.scripts.composition import weekday
from publishers.stations.models import Station

GONE = 410


@public_page
def running_sheet(request: HttpRequest, slug: str, day: str, key: str) -> HttpResponse:
    """Everything a station reads in one session, in order, with the minute each item begins: to read from, to print.

    Anybody may read it: it is what is said in the street."""
    station = open_station(slug)
    session = session_at(station, day_of(day), key, with_bodies=True)
    if session is None:
        raise Http404
    parts = [
        {"entry": entry, "blocks": entry.blocks(station.reading_rate), "number": number}
        for number, entry in enumerate(session.played, start=1)
    ]
    context = {
        "station": station,
        "session": session,
        "parts": parts,
        "day_name": f"{weekday(session.day)} {session.day:%d/%m/%Y}",
        "left_out": [entry for entry in session.entries if entry.item.skipped],
    }
    return render(request, "portal/running_sheet.html", context)


@public_page
def audio_list(request: HttpRequest, slug: str, day: str, key: str) -> HttpResponse:
    """The session as one list for a player (M3U8): items with a sound file in playing order, the others as remarks."""
    station = open_station(slug)
    session = session_at(station, day_of(day), key)
    if session is None:
        raise Http404
    text = playlist(session, request)
    response = HttpResponse(text, content_type="audio/x-mpegurl; charset=utf-8")
    name = f"{session.day:%Y%m%d}_{session.key}_{station.slug}.m3u8"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@public_page
def notice(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """A commune's own notice as it is read. One that was taken back says so (410)."""
    rows = LocalNotice.objects.select_related("station__place", "organisation")
    row = get_object_or_404(rows.exclude(code=""), code=code.upper(), station__slug=slug)
    gone = row.state != NoticeState.APPROVED
    context = {"notice": row, "station": row.station, "blocks": () if gone else row.composed(), "gone": gone}
    return render(request, "portal/notice.html", context, status=GONE if gone else 200)


def playlist(session: Session, request: HttpRequest) -> str:
    """Return the M3U8 of a session; what has no sound of its own is a remark, so that nobody forgets it."""
    lines = ["#EXTM3U", f"#PLAYLIST:{session.station.name}, {session.name}, {session.day:%d/%m/%Y}"]
    for entry in session.played:
        title = " ".join(entry.item.title.split())
        address = sound_address(entry)
        if address:
            lines.append(f"#EXTINF:{entry.item.seconds},{entry.kind_label}: {title}")
            lines.append(request.build_absolute_uri(address))
        else:
            lines.append(f"# Đọc trực tiếp hoặc tiếp âm – {entry.kind_label}: {title} ({entry.length_text})")
    return "\n".join(lines) + "\n"


def sound_address(entry: Entry) -> str:
    """Return where the sound of a whole script is had; empty for what has none: a relay, a notice, a shorter
    version, which is read live."""
    if entry.script is None or entry.minutes:
        return ""
    try:
        return reverse("portal:script_mp3", args=[entry.script.station.slug, entry.script.code])
    except NoReverseMatch:
        return ""


def open_station(slug: str) -> Station:
    """Return the active station, with what its sessions need. Raises Http404."""
    rows = (
        Station.objects.active().select_related("place__parent", "organisation").prefetch_related("windows")
    )
    return get_object_or_404(rows, slug=slug)


def day_of(text: str) -> date:
    """Return the day "20261123" of an address. Raises Http404 for anything else."""
    try:
        return datetime.strptime(text, "%Y%m%d").replace(tzinfo=clock.VIETNAM).date()
    except ValueError:
        raise Http404 from None
