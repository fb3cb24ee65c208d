"""ZIP files that are the same bytes whenever and wherever they are made: fixed times, given order, ASCII names.

Contents that many files share are packed once and written again as they are (`Packed`), so a thousand sheets do not
compress the same style table a thousand times. Written to a stream that need not seek; nothing is held but the list of
names. A file made here gives its contents back as they lie in it (`KeptZip`), to be written into the next one without
being pressed again. Pure: no Django."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

#: 1 January 1980, the first day a ZIP file knows: no content depends on when it was packed.
_TIME, _DATE = 0, 0x0021
_STORED, _DEFLATED = 0, 8
_VERSION: Final = 20
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
#: What the plain format can say; a larger file would need another one.
MOST_FILES: Final = 0xFFFF
MOST_BYTES: Final = 0xFFFF_FFFF
_PIECE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Packed:
    """A content as it lies in a ZIP file."""

    data: bytes
    method: int
    crc: int
    size: int


def pack(content: bytes, *, squeeze: bool = True) -> Packed:
    """Return `content` compressed; as it is when that is not smaller, or when `squeeze` is off (it is packed already)."""
    crc = zlib.crc32(content)
    if squeeze:
        press = zlib.compressobj(6, zlib.DEFLATED, -15)
        data = press.compress(content) + press.flush()
        if len(data) < len(content):
            return Packed(data, _DEFLATED, crc, len(content))
    return Packed(content, _STORED, crc, len(content))


class KeptZip:
    """A ZIP file that is there already, read piece by piece from `source`, which must be able to seek.

    Raises zipfile.BadZipFile for anything else."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._files = zipfile.ZipFile(source)
        self._rows = {row.filename: row for row in self._files.infolist()}

    def names(self) -> Iterator[str]:
        """Yield the names of its files, in their order."""
        yield from self._rows

    def read(self, name: str) -> bytes:
        """Return the content of a file. Raises KeyError, zipfile.BadZipFile when it is damaged."""
        return self._files.read(name)

    def packed(self, name: str) -> Packed:
        """Return a file as it lies there. Raises KeyError, zipfile.BadZipFile when it is cut short."""
        row = self._rows[name]
        self._source.seek(row.header_offset)
        head = self._source.read(_LOCAL.size)
        if len(head) < _LOCAL.size or head[:4] != b"PK\x03\x04":
            raise zipfile.BadZipFile(f"{name} does not begin where it should")
        label, extra = _LOCAL.unpack(head)[-2:]
        self._source.seek(label + extra, 1)
        data = self._source.read(row.compress_size)
        if len(data) < row.compress_size:
            raise zipfile.BadZipFile(f"{name} is cut short")
        return Packed(data, row.compress_type, row.CRC, row.file_size)


class SteadyZip:
    """Writes one ZIP file to `target`; closing it (or leaving the `with` block) writes the table of contents."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target
        self._central: list[bytes] = []
        self._at = 0

    def __enter__(self) -> SteadyZip:
        return self

    def __exit__(self, failed: object, *_: object) -> None:
        if failed is None:
            self.close()

    def add(self, name: str, content: bytes | Packed) -> None:
        """Add a file. Raises ValueError for a name that is not ASCII or when the file grows too large."""
        packed = content if isinstance(content, Packed) else pack(content)
        self._begin(name, packed.method, packed.crc, len(packed.data), packed.size)
        self._write(packed.data)

    def add_file(self, name: str, path: Path) -> None:
        """Add the file at `path` as it is, piece by piece: it is never held whole. Raises ValueError as `add` does."""
        size = crc = 0
        with path.open("rb") as content:
            while piece := content.read(_PIECE):
                size, crc = size + len(piece), zlib.crc32(piece, crc)
            self._begin(name, _STORED, crc, size, size)
            content.seek(0)
            while piece := content.read(_PIECE):
                self._write(piece)

    def _begin(self, name: str, method: int, crc: int, packed: int, size: int) -> None:
        if not name.isascii():
            raise ValueError(f"file names inside are ASCII, not {name!r}")
        if name.startswith("/") or "\\" in name or ".." in name.split("/"):
            raise ValueError(f"a file inside stays below the folder it is unpacked in, unlike {name!r}")
        label = name.encode("ascii")
        if self._at + len(label) + _LOCAL.size + packed > MOST_BYTES or len(self._central) >= MOST_FILES:
            raise ValueError("too much for one ZIP file")
        head = (_VERSION, 0, method, _TIME, _DATE, crc, packed, size, len(label), 0)
        self._central.append(_CENTRAL.pack(b"PK\x01\x02", _VERSION, *head, 0, 0, 0, 0, self._at) + label)
        self._write(_LOCAL.pack(b"PK\x03\x04", *head) + label)

    def close(self) -> None:
        """Write the table of contents; the target stays open."""
        start, count = self._at, len(self._central)
        for row in self._central:
            self._write(row)
        self._write(_END.pack(b"PK\x05\x06", 0, 0, count, count, self._at - start, start, 0))

    def _write(self, data: bytes) -> None:
        self._target.write(data)
        self._at += len(data)
