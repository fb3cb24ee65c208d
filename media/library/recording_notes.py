"""Where and with what a clip was taken: notes that phones hang on a recording, left out of what is kept.

The notes are boxes of their own inside an MP4 (ISO 14496-12: `udta`, `meta`, `uuid`). They are read as empty `free`
boxes of the same length, so every other byte stays where the index says it is and nothing is encoded again. Other
containers (WebM, MP3, WAV, OGG) are written anew around the same streams, without tags, chapters and cover pictures."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from django.utils.translation import gettext as _

from cms.core.errors import UploadRefused
from cms.core.upload_checks import CLIPS, M4A, MP3, MP4, FileType
from media.library.recording_copies import copied

_NOTES: Final = frozenset({b"udta", b"meta", b"uuid"})
_HOLDING: Final = frozenset({b"moov", b"trak", b"mdia", b"moof", b"traf"})
# More boxes than any recording has; what comes after is not looked at, because the file is refused before.
_MOST_BOXES: Final = 100_000


@dataclass(frozen=True, slots=True)
class _Box:
    name_at: int
    body_at: int
    end: int


def without_notes(file: BinaryIO, kind: FileType) -> BinaryIO:
    """Return `file` as it may be kept: the same recording without notes; `file` itself is not changed.

    Raises UploadRefused for a recording whose container cannot be written anew."""
    if kind not in (MP4, M4A):
        return _in_a_fresh_container(file, kind)
    size = file.seek(0, io.SEEK_END)
    notes = list(_notes_in(file, 0, size, [_MOST_BOXES]))
    file.seek(0)
    return _WithoutNotes(file, notes) if notes else file  # type: ignore[return-value]


def _in_a_fresh_container(file: BinaryIO, kind: FileType) -> BinaryIO:
    streams = ["-map", "0:v:0", "-map", "0:a?"] if kind in CLIPS else ["-map", "0:a:0"]
    bare = ["-map_metadata", "-1", "-map_metadata:s", "-1", "-map_chapters", "-1", "-id3v2_version", "0"]
    made = copied(file, kind, [*streams, *(bare if kind == MP3 else bare[:-2])])
    if made is None:
        raise UploadRefused(
            _("Không bỏ được ghi chú riêng trong tệp. Vui lòng xuất lại tệp từ phần mềm dựng rồi tải lên."),
            "upload",
        )
    return made


def _notes_in(file: BinaryIO, begin: int, end: int, left: list[int]) -> Iterator[_Box]:
    position = begin
    while position + 8 <= end and left[0] > 0:
        left[0] -= 1
        file.seek(position)
        header = file.read(16)
        length, name, body = int.from_bytes(header[:4], "big"), header[4:8], 8
        if length == 1:
            length, body = int.from_bytes(header[8:16], "big"), 16
        elif length == 0:
            length = end - position
        if length < body or position + length > end:
            return
        if name in _NOTES:
            yield _Box(position + 4, position + body, position + length)
        elif name in _HOLDING:
            yield from _notes_in(file, position + body, position + length, left)
        position += length


class _WithoutNotes(io.RawIOBase):
    """A view of `file` in which the named boxes are empty. Closing it leaves `file` open."""

    def __init__(self, file: BinaryIO, notes: list[_Box]) -> None:
        self._file = file
        self._notes = notes

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._file.seek(offset, whence)
        return self._file.tell()

    def tell(self) -> int:
        return self._file.tell()

    def readinto(self, buffer) -> int:
        at = self._file.tell()
        content = bytearray(self._file.read(len(buffer)))
        for note in self._notes:
            _overlay(content, at, note.name_at, b"free")
            begin, end = max(note.body_at, at), min(note.end, at + len(content))
            if begin < end:
                content[begin - at : end - at] = bytes(end - begin)
        buffer[: len(content)] = content
        return len(content)


def _overlay(content: bytearray, at: int, where: int, words: bytes) -> None:
    for index, byte in enumerate(words, start=where - at):
        if 0 <= index < len(content):
            content[index] = byte
