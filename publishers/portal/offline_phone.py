"""An enrolled phone without a network: what it keeps to read from and to confirm on, and the worker that keeps it.

Only an enrolled phone keeps anything, and only pages of its own station. A page is always asked for anew first; the kept
copy is shown when there is no answer, with the time it was kept, because it may have been recalled since."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from publishers.portal.programme_pages import open_station
from publishers.programmes.gathering import sessions_of
from publishers.stations.models import Station

#: Kept ahead: the phone that had a network last evening works at five in the morning.
DAYS_AHEAD: Final = 1
_SOURCE: Final = Path(__file__).parent / "static" / "portal" / "phone-worker.js"


def addresses_to_keep(station: Station, today: date) -> list[str]:
    """Return the addresses a phone keeps: the station's page, and for today and tomorrow each session's sheet and the
    form to confirm it."""
    form = reverse("portal:confirm", args=[station.slug])
    kept = [reverse("portal:station", args=[station.slug]), form]
    for ahead in range(DAYS_AHEAD + 1):
        day = today + timedelta(days=ahead)
        kept.append(f"{form}?ngay={day:%Y%m%d}")
        for session in sessions_of(station, day):
            if session.entries:
                kept.append(reverse("portal:session", args=[station.slug, f"{day:%Y%m%d}", session.key]))
                kept.append(f"{form}?ngay={day:%Y%m%d}&gio={session.key}")
    return kept


@require_safe
def service_worker(request: HttpRequest, slug: str) -> HttpResponse:
    """The worker, served below the station's own address: it governs the pages of this station and no other."""
    open_station(slug)
    response = HttpResponse(_source(), content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


@cache
def _source() -> str:
    return _SOURCE.read_text(encoding="utf-8")
