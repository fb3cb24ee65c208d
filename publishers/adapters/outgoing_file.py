"""A part of a file on its way out: streamed, never whole in memory, and telling delivery that it is alive."""

from __future__ import annotations

import os
import time
from types import TracebackType

from publishers.adapters.seam import Beat

# Seconds between two signs of life while bytes flow; well under the shortest lease.
BEAT_EVERY = 5.0


class OutgoingFile:
    """The bytes of `path` from `start` to its end, as a body that `requests` streams with a known length.

    Raises OSError when the file cannot be opened."""

    def __init__(self, path: str, beat: Beat, start: int = 0) -> None:
        self._file = open(path, "rb")  # noqa: SIM115 - closed in __exit__
        self._left = max(0, os.fstat(self._file.fileno()).st_size - start)
        self._length = self._left
        self._file.seek(start)
        self._beat = beat
        self._beaten = time.monotonic()

    def __len__(self) -> int:
        return self._length

    def __enter__(self) -> OutgoingFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def read(self, size: int = -1) -> bytes:
        """Return up to `size` further bytes."""
        if time.monotonic() - self._beaten > BEAT_EVERY:
            self._beat()
            self._beaten = time.monotonic()
        piece = self._file.read(self._left if size < 0 else min(size, self._left))
        self._left -= len(piece)
        return piece


def piece_of(path: str, start: int, end: int) -> bytes:
    """Return the bytes [start, end) of a file. Raises OSError, and ValueError when the file is shorter than that."""
    with open(path, "rb") as source:
        source.seek(start)
        piece = source.read(end - start)
    if len(piece) != end - start:
        raise ValueError("file is shorter than the part that was asked for")
    return piece
