"""The bulletin package: a ZIP whose bytes depend on its contents alone, with a list of SHA-256 sums. Pure: no Django."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import BinaryIO, Final

from cms.core.steady_zip import Packed, SteadyZip, pack

SUMS_NAME: Final = "SHA256SUMS"
README_NAME: Final = "DOC-TRUOC.txt"
#: Files that are packed already: pressing them again costs time and saves nothing.
_PRESSED: Final = (".docx", ".pdf", ".mp3", ".zip")


class BulletinPackage:
    """Writes a package to `target` file by file, keeping nothing but names and sums.

    `sha256sum -c SHA256SUMS` checks an unpacked one. Raises ValueError for a name that is not ASCII or comes twice."""

    def __init__(self, target: BinaryIO) -> None:
        self._zip = SteadyZip(target)
        self._sums: dict[str, str] = {}

    def add(self, name: str, content: bytes) -> str:
        """Add a file and return its SHA-256."""
        if name in self._sums:
            raise ValueError(f"{name} twice in one package")
        self._zip.add(name, pack(content, squeeze=not name.endswith(_PRESSED)))
        self._sums[name] = hashlib.sha256(content).hexdigest()
        return self._sums[name]

    def add_packed(self, name: str, content: Packed, digest: str) -> None:
        """Add a file as it lay in another package; `digest` is its SHA-256 as that one's list says."""
        if name in self._sums:
            raise ValueError(f"{name} twice in one package")
        self._zip.add(name, content)
        self._sums[name] = digest

    def add_all(self, files: Iterable[tuple[str, bytes]]) -> None:
        for name, content in files:
            self.add(name, content)

    def close(self) -> None:
        """Write the list of sums and the table of contents."""
        lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(self._sums.items()))
        self._zip.add(SUMS_NAME, lines.encode())
        self._zip.close()
