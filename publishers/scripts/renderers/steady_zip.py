"""ZIP files that are the same bytes whenever and wherever they are made: fixed times, given order, ASCII names.

Contents that many files share are packed once and written again as they are (`Packed`), so a thousand sheets do not
compress the same style table a thousand times. Written to a stream that need not seek; nothing is held but the list of
names. Pure: no Django."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
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
        if not name.isascii():
            raise ValueError(f"file names inside are ASCII, not {name!r}")
        packed = content if isinstance(content, Packed) else pack(content)
        label = name.encode("ascii")
        head = (
            _VERSION,
            0,
            packed.method,
            _TIME,
            _DATE,
            packed.crc,
            len(packed.data),
            packed.size,
            len(label),
            0,
        )
        local = _LOCAL.pack(b"PK\x03\x04", *head) + label
        if len(self._central) >= MOST_FILES or self._at + len(local) + len(packed.data) > MOST_BYTES:
            raise ValueError("too much for one ZIP file")
        self._central.append(_CENTRAL.pack(b"PK\x01\x02", _VERSION, *head, 0, 0, 0, 0, self._at) + label)
        self._write(local)
        self._write(packed.data)

    def close(self) -> None:
        """Write the table of contents; the target stays open."""
        start, count = self._at, len(self._central)
        for row in self._central:
            self._write(row)
        self._write(_END.pack(b"PK\x05\x06", 0, 0, count, count, self._at - start, start, 0))

    def _write(self, data: bytes) -> None:
        self._target.write(data)
        self._at += len(data)
