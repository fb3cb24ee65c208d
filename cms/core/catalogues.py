"""Message catalogues without GNU gettext: Babel reads the .po files and writes the .mo files beside them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings


def source_files(folders: Iterable[Path | str] | None = None) -> list[Path]:
    """Return the catalogues below `folders` (None: those of the settings), sorted."""
    folders = settings.LOCALE_PATHS if folders is None else folders
    return sorted(path for folder in folders for path in Path(folder).glob("*/LC_MESSAGES/*.po"))


def compile_catalogues(folders: Iterable[Path | str] | None = None) -> list[Path]:
    """Write every .mo below `folders` (None: those of the settings) that is missing or older than its .po; return
    those written. Each is written beside and renamed, so that a reader never meets half a file."""
    written = []
    for source in source_files(folders):
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
