"""Finding a station: by the name of its commune or province, present or former, or from the list of provinces."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from cms.core.models import nfc
from cms.places.models import AdministrativeUnit
from publishers.portal.public_pages import public_page
from publishers.stations.models import Station
from publishers.stations.querysets import without_prefix

#: Stations on one page: keeps the heaviest page well below 100 KB.
PER_PAGE = 120
#: Longer than any name of a place with what it lies in; the rest is not looked at.
LONGEST_QUERY = 100


@dataclass
class FoundPlace:
    """A place that matched, why (a former name), and its stations."""

    place: AdministrativeUnit
    explanation: str
    stations: list[Station] = field(default_factory=list)


@public_page
def find(request: HttpRequest) -> HttpResponse:
    """`q` searches; `tinh` (a province's code) lists; without either the provinces are shown."""
    query = nfc(request.GET.get("q", "")).replace("\x00", "").strip()[:LONGEST_QUERY]
    code = request.GET.get("tinh", "").replace("\x00", "")[:8]
    context: dict[str, Any] = {"query": query}
    if query:
        context["found"] = places_with_stations(query)
    elif code:
        province = get_object_or_404(AdministrativeUnit.objects.provinces(), code=code)
        rows = Station.objects.active().within(province).select_related("place")
        rows = rows.order_by("place__sort_name", "name")
        context["province"] = province
        context["page"] = Paginator(rows, PER_PAGE).get_page(request.GET.get("trang"))
    else:
        context["provinces"] = provinces_with_counts()
    return render(request, "portal/station_finder.html", context)


def places_with_stations(query: str, limit: int = 12) -> list[FoundPlace]:
    """Return the places that `query` names, each with its active stations (at most PER_PAGE in all).

    A province brings only a link to its list, not its hundreds of stations. Three queries."""
    units = AdministrativeUnit.objects.filter(level__gt=0)
    found = [
        FoundPlace(match.unit, match.explanation)
        for match in units.search(without_prefix(query), limit=limit)
    ]
    communes = {item.place.pk: item for item in found if item.place.level > 1}
    for station in Station.objects.active().filter(place__in=communes).order_by("name")[:PER_PAGE]:
        communes[station.place_id].stations.append(station)
    # What can be opened stands first; among equals the order of the search stays.
    found.sort(key=lambda item: item.place.level > 1 and not item.stations)
    return found


def provinces_with_counts() -> list[AdministrativeUnit]:
    """Return the provinces in the order of the alphabet, each with `.stations_count`. One query."""
    active = Count("children__stations", filter=Q(children__stations__is_active=True))
    return list(AdministrativeUnit.objects.provinces().annotate(stations_count=active).order_by("sort_name"))
