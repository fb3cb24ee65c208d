"""What lies in a pack: one part per file, kept on disk while the pack is made, never held whole."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Final

from django.core.files.storage import default_storage
from django.utils.text import slugify

from cms.core.folding import fold
from cms.core.steady_zip import SteadyZip
from media.library.models import Asset
from media.renditions.models import Rendition
from media.renditions.shelf import finished

SUMS_NAME: Final = "SHA256SUMS"
README_NAME: Final = "DOC-TRUOC.txt"
LICENCE_NAME: Final = "QUYEN-SU-DUNG.txt"
INDEX_NAME: Final = "index.html"
#: Texts are pressed; pictures, clips and PDF are packed already.
_PRESSED: Final = (".txt", ".html", ".vtt", ".srt")
_CHUNK: Final = 1 << 20


class TooMuch(Exception):
    """The files together are more than one ZIP can hold."""


@dataclass(slots=True)
class Part:
    """One file of a pack. `label` is what people call it; `of` the number of the asset it belongs to (0: all)."""

    name: str
    path: Path
    label: str
    of: int = 0

    @property
    def size(self) -> int:
        return self.path.stat().st_size


@dataclass(slots=True)
class Bench:
    """Where a pack is made: a folder for its parts, somebody who hears how far it is, for whom it is made, and notes for the
    reader."""

    folder: Path
    tell: Callable[[float], None] = lambda share: None
    by: Any = None
    notes: list[str] = field(default_factory=list)
    _count: int = 0
    _share: float = 0.0

    def alive(self, share: float) -> None:
        """Say that `share` (0 to 1) is done. What `tell` raises ends the work."""
        self._share = share
        self.tell(share)

    def from_shelf(self, asset: Asset, offers: Iterable[str]) -> dict[str, Rendition]:
        """Return offer → rendition, finished or failed; what nobody has made is made for everybody."""
        return finished(asset, offers, self.by, lambda: self.alive(self._share))

    def new_path(self, ending: str) -> Path:
        """Return a path nobody uses yet."""
        self._count += 1
        return self.folder / f"{self._count:05d}{ending}"

    def text(self, name: str, words: str, label: str, of: int = 0) -> Part:
        """Keep `words` as a file; line ends are those that every editor on Windows and phones shows right."""
        return self.data(name, words.replace("\r\n", "\n").replace("\n", "\r\n").encode(), label, of)

    def data(self, name: str, content: bytes, label: str, of: int = 0) -> Part:
        path = self.new_path(Path(name).suffix)
        path.write_bytes(content)
        return Part(name, path, label, of)

    def fetched(self, stored: str) -> Path:
        """Return a copy of the file `stored` of the default storage. Raises FileNotFoundError."""
        path = self.new_path(Path(stored).suffix)
        with default_storage.open(stored, "rb") as source, path.open("wb") as target:
            while piece := source.read(_CHUNK):
                target.write(piece)
        return path


def ascii_name(text: str, otherwise: str) -> str:
    """Return `text` in small ASCII letters, digits and "-", whole words, at most 48; `otherwise` when none is left."""
    kept = ""
    for word in slugify(fold(text)).split("-"):
        longer = f"{kept}-{word}" if kept else word
        if len(longer) > 48:
            break
        kept = longer
    return kept.encode("ascii", "ignore").decode() or otherwise


def write_pack(parts: Iterable[Part], target: BinaryIO) -> None:
    """Write the ZIP: parts by name, then the list of sums (`sha256sum -c SHA256SUMS` checks it). Raises TooMuch."""
    sums = []
    try:
        with SteadyZip(target) as steady:
            for part in sorted(parts, key=lambda part: part.name):
                with part.path.open("rb") as content:
                    digest = hashlib.file_digest(content, "sha256").hexdigest()
                sums.append(f"{digest}  {part.name}\n")
                if part.name.endswith(_PRESSED):
                    steady.add(part.name, part.path.read_bytes())
                else:
                    steady.add_file(part.name, part.path)
            steady.add(SUMS_NAME, "".join(sums).encode())
    except ValueError as error:
        raise TooMuch(str(error)) from error
