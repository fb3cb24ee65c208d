"""What one station finds in a package of its province: spoken text, sheet and record, and the same of every translation
it broadcasts; and the key that changes whenever one of these bytes would."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence

from django.conf import settings

from publishers.scripts.downloads import (
    bulletin_codes,
    bulletin_item,
    download_name,
    province_code,
    sheet_head,
)
from publishers.scripts.models import ScriptVersion
from publishers.scripts.renderers.bulletin_record import (
    FORMAT,
    RECORD_NAME,
    TranslationItem,
    bulletin_record,
)
from publishers.scripts.renderers.sheet_layout import SHEET_LAYOUT
from publishers.scripts.translation_files import translation_name, translation_sheet, translation_text
from publishers.scripts.translations import Translated


def station_members(
    version: ScriptVersion, translations: Sequence[Translated]
) -> Iterator[tuple[str, bytes]]:
    """Yield names and contents of the files of `version`, the record last.

    `version.station.place.parent` is the province, whose code values the record has."""
    from publishers.scripts.renderers.sheet_press import press_sheet  # python-docx: heavy, seldom needed

    blocks = version.composed()
    item = bulletin_item(version, blocks)
    sums: dict[str, str] = {}
    for name, content in (
        (download_name(version, "txt"), item.spoken.encode()),
        (download_name(version, "docx"), press_sheet(sheet_head(version), blocks)),
        *translated_members(translations),
    ):
        sums[name] = hashlib.sha256(content).hexdigest()
        yield name, content
    codes = bulletin_codes(province_code(version))
    yield RECORD_NAME, bulletin_record(item, codes, sums, translation_items(translations))


def translated_members(translations: Iterable[Translated], place: int = 0) -> Iterator[tuple[str, bytes]]:
    """Yield text and sheet of each translation."""
    for told in translations:
        yield translation_name(told, "txt", place), translation_text(told).encode()
        yield translation_name(told, "docx", place), translation_sheet(told)


def translation_items(translations: Iterable[Translated]) -> list[TranslationItem]:
    """Return what the record says of each translation."""
    return [
        TranslationItem(
            language=told.language,
            language_name=str(told.found.get_language_display()),
            title=told.found.title,
            text=translation_text(told),
            translator=told.found.translator,
            sha256=told.found.approved_hash,
        )
        for told in translations
    ]


def ground_key(province: str) -> str:
    """Return the part of a member's key that all stations of a province share: layout, form of the record, the
    province's own code values, and the address at which everything is verified."""
    codes = json.dumps(bulletin_codes(province).values, sort_keys=True)
    return hashed((SHEET_LAYOUT, FORMAT, codes, settings.PUBLIC_BASE_URL))


def hashed(parts: Iterable[object]) -> str:
    """Return the content address of what is made from `parts`."""
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()
