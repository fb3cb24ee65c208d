"""Pages of an enrolled phone: enrol it, confirm what was played, time one reading. No account, no name: a token that
only this phone keeps, and a PIN.

These pages set a cookie and are never kept; the pages to read on set none and need neither."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import wraps
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from cms.core import clock
from cms.core.errors import ConflictingState, InputRefused
from publishers.portal.offline_phone import addresses_to_keep
from publishers.portal.programme_pages import day_of, open_station
from publishers.programmes.device_services import device_of, enrol, prove
from publishers.programmes.gathering import Session, sessions_of
from publishers.programmes.log_services import OLDEST, Broadcast, log_broadcasts
from publishers.programmes.models import AirLogEntry, OperatorDevice
from publishers.programmes.played import entry_played, first_came_at, shown_version
from publishers.programmes.session import window_of
from publishers.scripts.composition import weekday
from publishers.scripts.timing import DEFAULT_RATE
from publishers.stations.calibration import SAMPLE, SAMPLE_SYLLABLES, rate_from
from publishers.stations.models import Station
from publishers.stations.services import keep_rate

COOKIE: Final = "may_truc"
UNAUTHORISED: Final = 401
REFUSED: Final = 422
#: More items than any session has.
MOST_ITEMS: Final = 100
NOT_ENROLLED: Final = "Máy này chưa ghi danh hoặc đã bị thu hồi, nên chưa gửi được. Lượt ghi vẫn được giữ trong máy; xin ghi danh lại."
KEPT_FOR: Final = timedelta(days=400)


def operator_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Wrap a page of an enrolled phone: Vietnamese, never kept, protected against forged forms."""

    @never_cache
    @csrf_protect
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with translation.override("vi"):
            response = view(request, *args, **kwargs)
        response.headers["Content-Language"] = "vi"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return wrapped


@operator_page
def enrolment(request: HttpRequest, slug: str) -> HttpResponse:
    """Enrol this phone with the code a commune officer read out."""
    station = open_station(slug)
    context: dict[str, Any] = {"station": station, "device": _device(request, station)}
    if request.method == "POST":
        pin = request.POST.get("pin", "")
        try:
            if pin != request.POST.get("pin_again", ""):
                raise InputRefused("Hai lần nhập PIN chưa giống nhau.", field="pin")
            _row, token = enrol(station, request.POST.get("code", ""), request.POST.get("label", ""), pin)
        except (InputRefused, ConflictingState) as refusal:
            context |= {"refusal": refusal, "field": getattr(refusal, "field", ""), "typed": request.POST}
            return render(request, "portal/enrolment.html", context, status=422)
        response = redirect("portal:confirm", slug)
        response.set_cookie(
            COOKIE,
            token,
            max_age=int(KEPT_FOR.total_seconds()),
            # Each station has its own phone: the token goes nowhere else.
            path=reverse("portal:station", args=[slug]),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        return response
    return render(request, "portal/enrolment.html", context)


@operator_page
def confirm(request: HttpRequest, slug: str) -> HttpResponse:
    """ "Đã phát": what was played, start and end filled in before, confirmed with the PIN.

    A phone that found no network sends later (`operator.js`): the answer to it is JSON, and everything that was on its
    page comes along: the day, the session, and which version of each item was read."""
    station = open_station(slug)
    device = _device(request, station)
    by_script = request.headers.get("Accept") == "application/json"
    if device is None:
        if by_script:
            return JsonResponse({"refusal": NOT_ENROLLED, "field": "device"}, status=UNAUTHORISED)
        return redirect("portal:enrolment", slug)
    try:
        day = _day_asked(request)
    except InputRefused as refusal:
        if by_script:
            return JsonResponse({"refusal": str(refusal.sentence), "field": "ngay"}, status=REFUSED)
        return redirect(request.path)
    sessions = sessions_of(station, day)
    session = _chosen(sessions, request)
    context: dict[str, Any] = {"station": station, "device": device, "sessions": sessions, "session": session}
    status = 200
    if request.method == "POST":
        try:
            prove(device, request.POST.get("pin", ""))
            rows = log_broadcasts(
                station, _played(session, request), request.POST.get("lan", ""), device=device
            )
        except (InputRefused, ConflictingState) as refusal:
            context |= {"refusal": refusal, "field": getattr(refusal, "field", "")}
            status = REFUSED
            if by_script:
                return JsonResponse(
                    {"refusal": str(refusal.sentence), "field": context["field"]}, status=status
                )
        else:
            address = f"{request.path}?ngay={day:%Y%m%d}&gio={session.key}&xong={len(rows)}"
            return (
                JsonResponse({"written": len(rows), "address": address}) if by_script else redirect(address)
            )
    logged = list(AirLogEntry.objects.filter(station=station).between(day, day))
    done = {_key_of(row) for row in logged if _session_key(row, sessions) == session.key}
    today = clock.today()
    context |= {
        "day": day,
        "day_name": f"{weekday(day)} {day.day}/{day.month}",
        "today": today,
        "yesterday": today - timedelta(days=1),
        "kept_addresses": addresses_to_keep(station, today),
        "rows": [_row(entry, session, request, entry.item.key in done) for entry in session.played],
        "logged": logged,
        "clusters": request.POST.get("clusters", station.clusters),
        "note": request.POST.get("note", ""),
        "request_key": request.POST.get("lan") or secrets.token_urlsafe(12),
        "done": request.GET.get("xong", ""),
    }
    return render(request, "portal/confirm.html", context, status=status)


@operator_page
def timed_reading(request: HttpRequest, slug: str) -> HttpResponse:
    """Read twenty seconds aloud against the clock; the rate that comes out is the station's own from then on.

    Anybody may try; keeping it takes the enrolled phone and its PIN, because it changes every length the station is
    told, and the one who reads sits at the phone, not in the admin."""
    station = open_station(slug)
    device = _device(request, station)
    context: dict[str, Any] = {
        "station": station,
        "device": device,
        "sample": SAMPLE,
        "syllables": SAMPLE_SYLLABLES,
        "usual": DEFAULT_RATE,
    }
    if request.method == "POST":
        try:
            rate = rate_from(request.POST.get("seconds", ""))
            context["rate"] = rate
            if device is None:
                raise InputRefused("Máy này chưa ghi danh nên chưa lưu được tốc độ của đài.", field="pin")
            prove(device, request.POST.get("pin", ""))
            keep_rate(station, rate, device_label=device.label)
        except (InputRefused, ConflictingState) as refusal:
            context |= {"refusal": refusal, "field": getattr(refusal, "field", ""), "typed": request.POST}
            return render(request, "portal/timed_reading.html", context, status=422)
        context["kept"] = True
    return render(request, "portal/timed_reading.html", context)


def _device(request: HttpRequest, station: Station) -> OperatorDevice | None:
    return device_of(station, request.COOKIES.get(COOKIE, ""))


def _day_asked(request: HttpRequest) -> date:
    """The day of the session: today, unless the address or a form kept on the phone names one of the last days, or
    tomorrow (which a phone keeps ahead of time)."""
    text = request.POST.get("ngay") or request.GET.get("ngay") or ""
    today = clock.today()
    if not text:
        return today
    day = day_of(text)
    if today - OLDEST <= day <= today + timedelta(days=1):
        return day
    if request.method == "POST":
        raise InputRefused("Chỉ ghi được lượt phát trong 7 ngày gần đây.", field="ngay")
    return today


def _chosen(sessions: list[Session], request: HttpRequest) -> Session:
    """The session asked for; without a word the last one that has begun and has something in it, else the first."""
    wanted = request.POST.get("gio") or request.GET.get("gio")
    for session in sessions:
        if session.key == wanted:
            return session
    full = [session for session in sessions if session.played] or sessions
    begun = [session for session in full if session.begins <= clock.now()]
    return begun[-1] if begun else full[0]


def _played(session: Session, request: HttpRequest) -> list[Broadcast]:
    """What was ticked, with the times typed beside it."""
    ticked = list(dict.fromkeys(request.POST.getlist("item")))[:MOST_ITEMS]
    clusters = request.POST.get("clusters", "").strip()
    if not clusters.isdecimal():
        raise InputRefused("Vui lòng ghi số cụm loa phát được.", field="clusters")
    note = request.POST.get("note", "")
    return [
        Broadcast(
            entry_played(session, key, request.POST.get(f"version-{key}", "")),
            _moment(session, request.POST.get(f"starts-{key}", "")),
            _moment(session, request.POST.get(f"ends-{key}", "")),
            int(clusters[:6]),
            note,
        )
        for key in ticked
    ]


def _moment(session: Session, typed: str) -> datetime:
    for shape in ("%H:%M:%S", "%H:%M"):
        try:
            at = datetime.strptime(typed.strip(), shape).time()
        except ValueError:
            continue
        return datetime.combine(session.day, at, tzinfo=clock.VIETNAM)
    raise InputRefused("Giờ ghi dạng 05:41 hoặc 05:41:30.", field="starts")


def _row(entry: Any, session: Session, request: HttpRequest, done: bool) -> dict[str, Any]:
    """One line of the form: ticked unless it stands in the log already or came when the session was over; times as
    planned, not before it came, or as typed before."""
    came = first_came_at(entry)
    starts = entry.starts or session.begins
    if came is not None and starts < came < session.ends:
        starts = clock.in_vietnam(came)
    key = entry.item.key
    posted = request.method == "POST"
    return {
        "entry": entry,
        "key": key,
        "version": shown_version(entry),
        "done": done,
        "ticked": key in request.POST.getlist("item")
        if posted
        else not done and (came is None or came < session.ends),
        "starts": request.POST.get(f"starts-{key}", "") if posted else f"{starts:%H:%M:%S}",
        "ends": request.POST.get(f"ends-{key}", "")
        if posted
        else f"{starts + timedelta(seconds=entry.item.seconds):%H:%M:%S}",
    }


def _session_key(row: AirLogEntry, sessions: list[Session]) -> str:
    """In which session a broadcast fell."""
    window = window_of(clock.in_vietnam(row.starts_at).time(), [session.window for session in sessions])
    return next(session.key for session in sessions if session.window == window)


def _key_of(row: AirLogEntry) -> str:
    return row.request_key.split(":", 2)[-1]
