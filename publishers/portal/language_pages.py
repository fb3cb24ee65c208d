"""One script in another language of the country, read by the station beside the Vietnamese one."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from cms.core import clock
from cms.facts.placeholders import fill
from publishers.portal.public_pages import public_page
from publishers.scripts.language_services import served_with
from publishers.scripts.local_wording import generic_wording, place_in_text
from publishers.scripts.models import ScriptVersion


@public_page
def script_in_language(request: HttpRequest, slug: str, code: str, language: str) -> HttpResponse:
    """The approved translation of a live script; 404 when there is none of this very text.

    Places are filled from the facts frozen with the script; numbers stand as the translator wrote them."""
    rows = ScriptVersion.objects.live().select_related("station__place", "slot__variant")
    version = get_object_or_404(rows, code=code.upper(), station__slug=slug)
    found = next((row for row in served_with(version) if row.language == language), None)
    if found is None:
        raise Http404
    place = place_in_text(version.station.place.full_name)
    values = {
        **generic_wording(place),
        **{name: str(fact["value"]) for name, fact in version.facts.items()},
        "ten_dai": version.station.name,
        "dia_ban": place.name,
    }
    paragraphs = [line for line in fill(found.text, values).splitlines() if line.strip() and "{{" not in line]
    context = {
        "version": version,
        "station": version.station,
        "found": found,
        "paragraphs": paragraphs,
        "day": clock.in_vietnam(version.on_air_at),
    }
    response = render(request, "portal/script_language.html", context)
    response.headers["Content-Language"] = language
    return response
