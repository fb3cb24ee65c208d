"""Pages of a session: the running sheet to read from and to print, and a commune's own notice."""

from __future__ import annotations

from datetime import date, datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from cms.core import clock
from publishers.portal.public_pages import public_page
from publishers.portal.sound_files import sound_answer, wish
from publishers.programmes.gathering import Session, session_at
from publishers.programmes.models import LocalNotice, NoticeState
from publishers.programmes.session_sound import ask_for_session, download_name, standing_of
from publishers.scripts.composition import weekday
from publishers.stations.models import Station

GONE, UNAVAILABLE = 410, 503
#: Sounds are made for the days around today.
SOUND_DAYS = 7


@public_page
def running_sheet(request: HttpRequest, slug: str, day: str, key: str) -> HttpResponse:
    """Everything a station reads in one session, in order, with the minute each item begins: to read from, to print.

    Anybody may read it: it is what is said in the street."""
    session = open_session(slug, day, key)
    parts = [
        {"entry": entry, "blocks": entry.said, "number": number}
        for number, entry in enumerate(session.played, start=1)
    ]
    context = {
        "station": session.station,
        "sound": standing_of(session),
        "session": session,
        "parts": parts,
        "day_name": f"{weekday(session.day)} {session.day:%d/%m/%Y}",
        "left_out": [entry for entry in session.entries if entry.item.skipped],
    }
    return render(request, "portal/running_sheet.html", context)


@public_page
def session_sound(request: HttpRequest, slug: str, day: str, key: str) -> HttpResponseBase:
    """The sound of the whole session in one file. One that is not made yet says so (503); nothing is made here."""
    session = open_session(slug, day, key)
    standing = standing_of(session)
    if standing.is_made:
        recipe = standing.recipe
        name = download_name(session, recipe)
        return sound_answer(request, recipe.file, name, is_machine=recipe.by_machine)
    if not standing.recipe.can_be_made:
        raise Http404
    context = {"station": session.station, "session": session, "sound": standing}
    response = render(request, "portal/session_sound_waits.html", context, status=UNAVAILABLE)
    response.headers["Retry-After"] = "30"
    return response


@wish
def want_session_sound(request: HttpRequest, slug: str, day: str, key: str) -> str:
    """Have the sound of a session made; days far away are not made ahead."""
    session = open_session(slug, day, key)
    if abs((session.day - clock.today()).days) > SOUND_DAYS:
        raise Http404
    ask_for_session(session)
    return reverse("portal:session", args=[slug, day, key])


@public_page
def notice(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """A commune's own notice as it is read. One that was taken back says so (410)."""
    rows = LocalNotice.objects.select_related("station__place", "organisation")
    row = get_object_or_404(rows.exclude(code=""), code=code.upper(), station__slug=slug)
    gone = row.state != NoticeState.APPROVED
    context = {"notice": row, "station": row.station, "blocks": () if gone else row.composed(), "gone": gone}
    return render(request, "portal/notice.html", context, status=GONE if gone else 200)


def open_session(slug: str, day: str, key: str) -> Session:
    """Return the session of an address. Raises Http404."""
    session = session_at(open_station(slug), day_of(day), key)
    if session is None:
        raise Http404
    return session


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
