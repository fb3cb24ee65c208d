"""Files of a script, made when somebody asks for them and kept by content."""

from __future__ import annotations

import hashlib

from django.core.cache import cache

from cms.core import clock
from publishers.scripts.blocks import spoken_text
from publishers.scripts.composition import weekday
from publishers.scripts.models import Priority, ScriptVersion
from publishers.scripts.renderers.announcer_sheet import SHEET_LAYOUT, SheetHead, make_sheet
from publishers.scripts.timing import length_in_words

_KEEP_SECONDS = 24 * 3600


def download_name(version: ScriptVersion, ending: str) -> str:
    """Return an ASCII name that sorts by day and hour: some players fail on Vietnamese file names."""
    stamp = clock.in_vietnam(version.on_air_at).strftime("%Y%m%d_%H%M")
    return f"{stamp}_{version.station.slug}_{version.code}.{ending}"


def vendor_text(version: ScriptVersion) -> str:
    """Return what is said, and nothing else, one paragraph per announcer's turn: no labels, no music, no brackets."""
    return spoken_text(version.composed()) + "\n"


def announcer_sheet(version: ScriptVersion, verify_address: str) -> bytes:
    """Return the sheet as DOCX. `station.place` and `station.organisation` of the version must have been fetched."""
    head = sheet_head(version, verify_address)
    digest = hashlib.sha256(f"{SHEET_LAYOUT}\0{version.body_sha256}\0{head!r}".encode()).hexdigest()
    key = f"announcer-sheet:{digest}"
    content = cache.get(key)
    if content is None:
        content = make_sheet(head, version.composed())
        cache.set(key, content, _KEEP_SECONDS)
    return content


def sheet_head(version: ScriptVersion, verify_address: str) -> SheetHead:
    """Return what stands above and below the text on paper."""
    on_air = clock.in_vietnam(version.on_air_at)
    return SheetHead(
        body=version.station.organisation.name,
        station=version.station.name,
        title=version.title,
        number=f"{version.code}, bản {version.number}",
        on_air=f"{on_air:%H} giờ {on_air:%M}, {weekday(on_air.date())} {on_air:%d/%m/%Y}",
        windows="; ".join(str(window) for window in version.station.windows.all()),
        priority=str(Priority(version.priority).label),
        length=length_in_words(version.seconds),
        issuer=version.issuer,
        issued=clock.spoken_stamp(version.issued_at),
        verify_address=verify_address,
        sha256=version.body_sha256,
    )
