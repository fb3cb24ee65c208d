"""One script in another language of the country, read by the station beside the Vietnamese one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from cms.core import clock
from cms.core.paper import LettersMissing
from cms.facts.placeholders import fill
from publishers.portal.public_pages import public_page
from publishers.portal.station_pages import DOCX, UNAVAILABLE
from publishers.scripts.blocks import Block, BlockKind, Part
from publishers.scripts.downloads import download_name, sheet_head, with_what_files_need
from publishers.scripts.language_services import served_with
from publishers.scripts.languages import LanguageVersion
from publishers.scripts.local_wording import generic_wording, place_in_text
from publishers.scripts.models import ScriptVersion
from publishers.scripts.renderers.announcer_pdf import sheet_pdf


@dataclass(frozen=True, slots=True)
class Translated:
    """A live script with its approved translation, filled for the station: paragraphs as the translator wrote them."""

    version: ScriptVersion
    found: LanguageVersion
    paragraphs: list[str]


def translated(slug: str, code: str, language: str) -> Translated:
    """Return the approved translation of a live script; raises Http404 when there is none of this very text.

    Places are filled from the facts frozen with the script; numbers stand as the translator wrote them."""
    rows = with_what_files_need(ScriptVersion.objects.live()).select_related("slot__variant")
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
    lines = fill(found.text, values).splitlines()
    return Translated(version, found, [line for line in lines if line.strip() and "{{" not in line])


@public_page
def script_in_language(request: HttpRequest, slug: str, code: str, language: str) -> HttpResponse:
    """The translation as it is read aloud."""
    told = translated(slug, code, language)
    context = {
        "version": told.version,
        "station": told.version.station,
        "found": told.found,
        "paragraphs": told.paragraphs,
        "day": clock.in_vietnam(told.version.on_air_at),
    }
    response = render(request, "portal/script_language.html", context)
    response.headers["Content-Language"] = language
    return response


@public_page
def language_file(request: HttpRequest, slug: str, code: str, language: str, ending: str) -> HttpResponse:
    """The sheet of a translation as DOCX or PDF. What cannot be printed without losing letters says why (503)."""
    from publishers.scripts.renderers.sheet_press import press_sheet  # python-docx: heavy, seldom needed

    told = translated(slug, code, language)
    version = told.version
    head = replace(
        sheet_head(version),
        title=told.found.title,
        number=f"{version.code}, {_in_text(told.found.get_language_display())}, bản {told.found.number}",
        sha256=told.found.approved_hash,
    )
    # One person reads it through; a paragraph is kept whole, because its sentences are not ours to cut.
    blocks = [Block(BlockKind.CONTENT, sentences=(((Part(line),),),)) for line in told.paragraphs]
    try:
        content = press_sheet(head, blocks) if ending == "docx" else sheet_pdf(head, blocks)
    except LettersMissing as refusal:
        context = {"version": version, "station": version.station, "sentence": refusal.sentence}
        return render(request, "portal/file_not_made.html", context, status=UNAVAILABLE)
    response = HttpResponse(content, content_type=DOCX if ending == "docx" else "application/pdf")
    name = download_name(version, f"{language}.{ending}")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _in_text(name: str) -> str:
    """Return "Tiếng Khmer" as it stands inside a line: "tiếng Khmer"."""
    return name[:1].lower() + name[1:]
