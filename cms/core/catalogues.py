"""Message catalogues without GNU gettext: Babel reads the .po files and writes the .mo files beside them."""

from __future__ import annotations

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings


def source_files() -> list[Path]:
    """Return the catalogues of the house, sorted."""
    return sorted(path for root in settings.LOCALE_PATHS for path in Path(root).glob("*/LC_MESSAGES/*.po"))


def compile_catalogues() -> list[Path]:
    """Write every .mo that is missing or older than its .po; return those written.

    Each is written beside and renamed, so that a reader never meets half a file."""
    written = []
    for source in source_files():
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as lines:
            catalogue = read_po(lines)
        partial = target.with_suffix(".mo.part")
        with partial.open("wb") as out:
            write_mo(out, catalogue)
        partial.replace(target)
        written.append(target)
    return written
