"""Files of one approved translation at one station: the same forms a Vietnamese script has, each the same bytes as often
as it is made. A machine voice here reads Vietnamese only, so its sound is a person's reading (`sounds.kept_reading`)."""

from __future__ import annotations

from dataclasses import replace

from cms.core import clock
from publishers.scripts.downloads import about, download_name, sheet_head
from publishers.scripts.renderers.announcer_pdf import sheet_pdf
from publishers.scripts.renderers.sheet_layout import SheetHead
from publishers.scripts.renderers.ssml import ssml
from publishers.scripts.renderers.voice_text import voice_text
from publishers.scripts.translations import Translated


def translation_name(told: Translated, ending: str, place: int = 0) -> str:
    """Return the ASCII name under which a file of a translation is downloaded: `….km.docx`."""
    return download_name(told.version, f"{told.language}.{ending}", place)


def translation_text(told: Translated) -> str:
    """Return what is read, and nothing else."""
    return voice_text(told.blocks)


def translation_sheet(told: Translated) -> bytes:
    """Return the announcer's sheet as DOCX."""
    from publishers.scripts.renderers.sheet_press import press_sheet  # python-docx: heavy, seldom needed

    return press_sheet(translation_head(told), told.blocks)


def translation_pdf(told: Translated) -> bytes:
    """Return the announcer's sheet as PDF. Raises LettersMissing."""
    return sheet_pdf(translation_head(told), told.blocks)


def translation_markup(told: Translated) -> str:
    """Return the text as SSML in its language, for a service that has a voice for it."""
    return ssml(told.blocks, replace(about(told.version), title=told.found.title), told.language)


def translation_head(told: Translated) -> SheetHead:
    """Return what stands above and below the text on paper."""
    return replace(
        sheet_head(told.version),
        title=told.found.title,
        number=f"{told.version.code}, {told.language_in_text}, bản {told.found.number}",
        approved=_approved_as(told),
        # How long it takes in this language nobody has timed.
        length="",
        sha256=told.found.approved_hash,
    )


def _approved_as(told: Translated) -> str:
    """Who approved the translation, which is another act than approving what it translates."""
    moment = told.found.approved_at
    return ", ".join(
        filter(None, [told.found.approver_position, clock.spoken_stamp(moment) if moment else ""])
    )
