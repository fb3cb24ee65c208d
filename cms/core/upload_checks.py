"""What an upload really is: its first bytes decide, not its name. Every refusal is a Vietnamese sentence.

The checks read the file and change nothing. What a picture shows or a clip plays is for the room that keeps it; here
stand size, kind, and whether the file is whole and carries nothing that runs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO, Final

from django.utils.translation import gettext as _

from cms.core.document_checks import check_docx, check_pdf
from cms.core.errors import UploadRefused
from cms.core.virus_scan import scan

MEGABYTE: Final = 1024 * 1024
_HEAD: Final = 4096


@dataclass(frozen=True, slots=True)
class FileType:
    """One kind of file the house takes: its media type, the ending it is kept under and what people call it."""

    media_type: str
    ending: str
    spoken: str


JPEG: Final = FileType("image/jpeg", ".jpg", "JPG")
PNG: Final = FileType("image/png", ".png", "PNG")
WEBP: Final = FileType("image/webp", ".webp", "WebP")
MP4: Final = FileType("video/mp4", ".mp4", "MP4")
WEBM: Final = FileType("video/webm", ".webm", "WebM")
MP3: Final = FileType("audio/mpeg", ".mp3", "MP3")
M4A: Final = FileType("audio/mp4", ".m4a", "M4A")
WAV: Final = FileType("audio/wav", ".wav", "WAV")
OGG: Final = FileType("audio/ogg", ".ogg", "OGG")
PDF: Final = FileType("application/pdf", ".pdf", "PDF")
DOCX: Final = FileType(
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx", "DOCX"
)
TEXT: Final = FileType("text/plain", ".txt", "TXT")

PICTURES: Final = (JPEG, PNG, WEBP)
CLIPS: Final = (MP4, WEBM)
SOUNDS: Final = (MP3, M4A, WAV, OGG)
DOCUMENTS: Final = (PDF, DOCX, TEXT)

LIMITS: Final[dict[tuple[FileType, ...], int]] = {
    PICTURES: 20 * MEGABYTE,
    CLIPS: 1024 * MEGABYTE,
    SOUNDS: 200 * MEGABYTE,
    DOCUMENTS: 20 * MEGABYTE,
}


def check_upload(
    file: BinaryIO, allowed: tuple[FileType, ...], field: str | None = None, name: str = ""
) -> FileType:
    """Return what `file` is, one of `allowed`; the file is left at its beginning.

    Raises UploadRefused, which names `field`, when it is empty, too large, of another kind, cut off, or carries
    something that runs. `name` is only shown to the person."""
    size = _size(file)
    shown = shown_name(name)
    if size == 0:
        raise UploadRefused(_("Tệp %(name)s trống, không có nội dung.") % {"name": shown}, field)
    limit = LIMITS[allowed]
    if size > limit:
        raise UploadRefused(
            _("Tệp %(name)s nặng %(size)s MB, vượt mức cho phép là %(limit)s MB. Vui lòng chọn tệp nhẹ hơn.")
            % {"name": shown, "size": -(-size // MEGABYTE), "limit": limit // MEGABYTE},
            field,
        )
    found = recognise(file)
    if found is None or found not in allowed:
        raise UploadRefused(
            _(
                "Tệp %(name)s không phải là tệp %(kinds)s, dù tên tệp có thể ghi như vậy. Vui lòng chọn tệp khác."
            )
            % {"name": shown, "kinds": _or([kind.spoken for kind in allowed])},
            field,
        )
    complaint = _CHECKS[found](file, size) if found in _CHECKS else None
    file.seek(0)
    if complaint:
        raise UploadRefused(complaint % {"name": shown}, field)
    scan(file, shown, field)
    return found


def recognise(file: BinaryIO) -> FileType | None:
    """Return what the first bytes of `file` say it is; None when it is nothing the house knows."""
    file.seek(0)
    head = file.read(_HEAD)
    file.seek(0)
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return WAV
    if head[4:8] == b"ftyp":
        return M4A if head[8:11] == b"M4A" else MP4
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return WEBM if b"webm" in head[:64] else None
    if head.startswith(b"ID3") or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2):
        return MP3
    if head.startswith(b"OggS"):
        return OGG
    if head.startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"PK\x03\x04"):
        return DOCX
    return TEXT if _reads_as_text(head) else None


def shown_name(name: str) -> str:
    """Return a file name fit to be shown: no folders, no control characters, at most 80 characters, in quotes."""
    last = PurePosixPath(name.replace("\\", "/").replace("\x00", "")).name
    clean = "".join(char for char in last if char.isprintable()).strip()
    return f"“{clean[-80:]}”" if clean else _("vừa chọn")


def _size(file: BinaryIO) -> int:
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    return size


def _or(words: list[str]) -> str:
    return (
        words[0]
        if len(words) == 1
        else _("%(most)s hoặc %(last)s")
        % {
            "most": ", ".join(words[:-1]),
            "last": words[-1],
        }
    )


def _reads_as_text(head: bytes) -> bool:
    """Text is UTF-8 without control characters; a letter cut in half at the end of `head` is no fault."""
    if b"\x00" in head or head.lstrip()[:1] == b"<":
        return False
    for cut in range(4):
        try:
            text = head[: len(head) - cut].decode("utf-8-sig")
        except UnicodeDecodeError:
            continue
        return bool(text.strip()) and all(char.isprintable() or char in "\r\n\t\f" for char in text)
    return False


def _check_text(file: BinaryIO, size: int) -> str | None:
    try:
        text = file.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        return _("Tệp %(name)s không phải văn bản UTF-8. Vui lòng lưu lại tệp với bảng mã Unicode (UTF-8).")
    return _("Tệp %(name)s có ký tự điều khiển, không phải văn bản thuần.") if "\x00" in text else None


def _check_mp4(file: BinaryIO, size: int) -> str | None:
    """Walk the outermost boxes: each must end inside the file, and both the index and the pictures must be there."""
    truncated = _("Tệp %(name)s bị thiếu phần cuối hoặc bị hỏng. Vui lòng tải lại tệp đầy đủ.")
    position, seen = 0, set()
    while position < size:
        file.seek(position)
        header = file.read(16)
        if len(header) < 8:
            return truncated
        length, kind, least = int.from_bytes(header[:4], "big"), header[4:8], 8
        if length == 1:
            length, least = int.from_bytes(header[8:16], "big"), 16
        elif length == 0:
            length = size - position
        if length < least or position + length > size:
            return truncated
        seen.add(kind)
        position += length
    return None if {b"ftyp", b"moov", b"mdat"} <= seen else truncated


def _check_riff(file: BinaryIO, size: int) -> str | None:
    head = file.read(8)
    if int.from_bytes(head[4:8], "little") + 8 > size:
        return _("Tệp %(name)s bị thiếu phần cuối. Vui lòng tải lại tệp đầy đủ.")
    return None


_CHECKS: Final = {
    TEXT: _check_text,
    PDF: check_pdf,
    DOCX: check_docx,
    MP4: _check_mp4,
    M4A: _check_mp4,
    WAV: _check_riff,
    WEBP: _check_riff,
}
