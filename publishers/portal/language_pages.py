"""One script in another language of the country, read by the station beside the Vietnamese one: its page and its files."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render

from cms.core import clock
from cms.core.paper import LettersMissing
from publishers.portal.public_pages import public_page
from publishers.portal.sound_files import sound_answer
from publishers.portal.station_pages import DOCX, TXT, UNAVAILABLE
from publishers.scripts.downloads import verify_address, with_what_files_need
from publishers.scripts.models import ScriptVersion
from publishers.scripts.sounds import kept_reading
from publishers.scripts.translation_files import (
    translation_markup,
    translation_name,
    translation_pdf,
    translation_sheet,
    translation_text,
)
from publishers.scripts.translations import Translated, shelf_for

NOT_FOUND = 404
#: Ending of the name → media type and maker.
FILES: dict[str, tuple[str, Callable[[Translated], bytes]]] = {
    "txt": (TXT, lambda told: translation_text(told).encode()),
    "docx": (DOCX, translation_sheet),
    "pdf": ("application/pdf", translation_pdf),
    "ssml.xml": ("application/ssml+xml", lambda told: translation_markup(told).encode()),
}


def translated(slug: str, code: str, language: str) -> Translated:
    """Return the approved translation of a live script; raises Http404 when there is none of this very text."""
    rows = with_what_files_need(ScriptVersion.objects.live())
    version = get_object_or_404(rows, code=code.upper(), station__slug=slug)
    found = next((row for row in shelf_for([version]).beside(version) if row.language == language), None)
    if found is None:
        raise Http404
    return Translated(version, found)


@public_page
def script_in_language(request: HttpRequest, slug: str, code: str, language: str) -> HttpResponse:
    """The translation as it is read aloud."""
    told = translated(slug, code, language)
    context = {
        "told": told,
        "version": told.version,
        "station": told.version.station,
        "found": told.found,
        "paragraphs": told.paragraphs,
        "day": clock.in_vietnam(told.version.on_air_at),
        "sound": kept_reading(told),
    }
    response = render(request, "portal/script_language.html", context)
    response.headers["Content-Language"] = language
    return response


@public_page
def language_file(request: HttpRequest, slug: str, code: str, language: str, ending: str) -> HttpResponse:
    """A file of a translation. What cannot be printed without losing letters says why (503)."""
    told = translated(slug, code, language)
    media_type, make = FILES[ending]
    try:
        content = make(told)
    except LettersMissing as refusal:
        context = {
            "version": told.version,
            "station": told.version.station,
            "sentence": refusal.sentence,
            "told": told,
        }
        return render(request, "portal/file_not_made.html", context, status=UNAVAILABLE)
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{translation_name(told, ending)}"'
    response.headers["Content-Language"] = language
    response.headers["Link"] = f'<{verify_address(told.version.code)}>; rel="describedby"'
    return response


@public_page
def language_sound(request: HttpRequest, slug: str, code: str, language: str) -> HttpResponseBase:
    """A person's reading of a translation. Without one the answer says that one is needed (404): no machine here speaks
    these languages."""
    told = translated(slug, code, language)
    sound = kept_reading(told)
    if sound is not None:
        name = translation_name(told, sound.ending)
        return sound_answer(request, sound.file, name, is_machine=sound.is_machine)
    context = {"told": told, "version": told.version, "station": told.version.station}
    return render(request, "portal/script_language_unread.html", context, status=NOT_FOUND)
