"""Pictures and clips the platforms were given: recognised by their bytes, kept as files."""

import hashlib
import os
from pathlib import Path
from typing import Any

from publishers.sandbox.multipart import Part
from publishers.sandbox.request import Body
from publishers.sandbox.store import Store, Thing

JPEG, PNG, GIF, MP4, WEBM, AVI = (
    "image/jpeg",
    "image/png",
    "image/gif",
    "video/mp4",
    "video/webm",
    "video/x-msvideo",
)
_BLOCK = 1 << 20


def recognise(head: bytes) -> str:
    """The media type told by the first bytes, empty when it is none we know."""
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith((b"GIF87a", b"GIF89a")):
        return GIF
    if head[4:8] == b"ftyp":
        return MP4
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return WEBM
    if head.startswith(b"RIFF") and head[8:12] == b"AVI ":
        return AVI
    return ""


def digest_of_file(path: Path) -> str:
    """SHA-256 of the file; of a long one only of its size, head and tail, to keep the lock short."""
    size = path.stat().st_size
    with path.open("rb") as source:
        if size <= 16 * _BLOCK:
            return hashlib.sha256(source.read()).hexdigest()
        head = source.read(_BLOCK)
        source.seek(-_BLOCK, os.SEEK_END)
        return hashlib.sha256(str(size).encode() + head + source.read(_BLOCK)).hexdigest()


class MediaShelf:
    """Files under the state folder, one per media id, with a row in the store."""

    def __init__(self, folder: Path, store: Store) -> None:
        self.folder = folder
        self.store = store
        folder.mkdir(parents=True, exist_ok=True)

    def path(self, id_: str) -> Path:
        """Where the bytes of a media id lie."""
        return self.folder / id_

    def write_at(self, id_: str, offset: int, part: Part, *, spool: Path | None = None) -> None:
        """Put a stretch of bytes into a file; a spooled whole body starting at 0 is moved, not copied."""
        target = self.path(id_)
        if spool is not None and offset == 0 and part.size == spool.stat().st_size:
            os.replace(spool, target)
            return
        with target.open("r+b" if target.exists() else "wb") as out:
            out.seek(offset)
            out.truncate()
            for start in range(0, part.size, _BLOCK):
                out.write(part.read(start, start + _BLOCK))

    def add(
        self, id_: str, platform: str, account: str, part: Part, now: float, body: Body | None = None
    ) -> Thing:
        """Keep a whole file under ``id_`` and describe it."""
        whole = body is not None and body.spool is not None and part.size == body.size
        self.write_at(id_, 0, part, spool=body.spool if whole and body else None)
        return self.describe(id_, platform, account, now)

    def describe(self, id_: str, platform: str, account: str, now: float) -> Thing:
        """Write the row for a file that is complete on disk."""
        path = self.path(id_)
        with path.open("rb") as source:
            mime = recognise(source.read(64))
        data: dict[str, Any] = {"mime": mime, "size": path.stat().st_size, "digest": digest_of_file(path)}
        return self.store.put(Thing(f"media:{id_}", platform, "media", account, now, data))

    def row(self, id_: str) -> Thing | None:
        """The description of a media id, None when nothing complete is kept under it."""
        for platform in ("facebook", "youtube", "zalo"):
            if found := self.store.get(platform, f"media:{id_}", "media"):
                return found
        return None

    def digest(self, id_: str) -> str:
        """The digest of a kept file, empty when there is none."""
        found = self.row(id_)
        return str(found.data["digest"]) if found else ""

    def wipe(self) -> None:
        """Delete every file."""
        for path in self.folder.iterdir():
            path.unlink()
