"""Documents that do something when they are opened: PDF with actions, Word files with programs or a foreign template.

A check returns the Vietnamese sentence why the file is refused (`%(name)s` stands for its name), or None."""

from __future__ import annotations

import re
import zipfile
import zlib
from typing import BinaryIO, Final
from xml.etree import ElementTree

from django.utils.translation import gettext as _

_MEGABYTE: Final = 1024 * 1024

# Names of a PDF that act when it is opened (ISO 32000-1, 12.6.4) or carry something that does. A script is only run
# through an action named JavaScript or Rendition, so its key /JS, which three chance bytes also spell, is not asked.
_ACTING: Final = re.compile(rb"/(JavaScript|Rendition|Launch|EmbeddedFile|RichMedia|XFA)\b")
_SPELLED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM: Final = re.compile(rb"stream\r?\n")
# How far before its stream a dictionary is looked for.
_DICTIONARY: Final = 1000
_PDF_UNPACKED: Final = 64 * _MEGABYTE
_PIECE: Final = 64 * 1024

_DOCX_UNPACKED: Final = 200 * _MEGABYTE
_DOCX_FACTOR: Final = 200
_MOST_RELATIONS: Final = 2 * _MEGABYTE
# Ends of relation types (ECMA-376 part 1, 15.2; MS-OFFMACRO) behind which something runs.
_RUNNING: Final = frozenset(
    {"vbaProject", "wordVbaData", "oleObject", "package", "control", "activeXControlBinary", "aFChunk"}
)
# A template on the writer's own disk is named in many honest files; one on another machine is fetched and run.
_ON_ANOTHER_MACHINE: Final = re.compile(r"(?i)^\s*(?!file:)[a-z][a-z0-9+.-]+:|^\s*(file:)?[\\/]{2}[^\\/]")


def check_pdf(file: BinaryIO, size: int) -> str | None:
    """Refuse a PDF that is cut off, acts when it is opened, or can not be looked into."""
    content = file.read()
    if b"%%EOF" not in content[-2048:]:
        return _("Tệp %(name)s bị thiếu phần cuối. Vui lòng tải lại tệp đầy đủ.")
    packed = _packed_objects(content)
    if packed is None or b"/Encrypt" in content:
        return _(
            "Không kiểm tra được bên trong tệp %(name)s. Vui lòng bỏ mật khẩu của tệp hoặc xuất lại thành PDF thường."
        )
    if any(_acts(part) for part in (content, *packed)):
        return _(
            "Tệp %(name)s có chứa mã lệnh hoặc tệp nhúng nên không được nhận. Vui lòng xuất lại thành PDF thường."
        )
    return None


def _acts(content: bytes) -> bool:
    return bool(_ACTING.search(content) or _ACTING.search(_plain_names(content)))


def _plain_names(content: bytes) -> bytes:
    """Undo the #xx spelling that a name may use for any of its letters."""
    return _SPELLED.sub(lambda found: bytes([int(found[1], 16)]), content)


def _packed_objects(content: bytes) -> list[bytes] | None:
    """Return the object streams unpacked; None when one of them can not be, or all together are too large."""
    named = _plain_names(content).count(b"/ObjStm")
    parts, seen, left = [], 0, _PDF_UNPACKED
    for found in _STREAM.finditer(content) if named else ():
        before = content[max(0, found.start() - _DICTIONARY) : found.start()]
        dictionary = _plain_names(before[before.rfind(b"obj") + 3 :])
        if b"/ObjStm" not in dictionary:
            continue
        seen += 1
        if b"/Filter" not in dictionary:
            continue  # plain, and searched with the rest
        part = _unpacked(content, found.end(), left)
        if part is None:
            return None
        left -= len(part)
        parts.append(part)
    # One whose stream was not found (a dictionary blown up to hide it) has not been looked into.
    return parts if seen >= named else None


def _unpacked(content: bytes, begin: int, most: int) -> bytes | None:
    """Return the Flate stream that begins at `begin`; None when it is broken or longer than `most` bytes."""
    unpacking, part = zlib.decompressobj(), bytearray()
    # In pieces: whatever follows the stream would be copied for every one of thousands of streams.
    for at in range(begin, len(content), _PIECE):
        try:
            part += unpacking.decompress(content[at : at + _PIECE], most - len(part) + 1)
        except zlib.error:
            return None
        if len(part) > most:
            return None
        if unpacking.eof:
            return bytes(part)
    return None


def check_docx(file: BinaryIO, size: int) -> str | None:
    """Refuse a Word file that is broken, unpacks to too much, or brings a program or a template from elsewhere."""
    try:
        with zipfile.ZipFile(file) as package:
            return _package_fault(package, size)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, zlib.error, EOFError):
        return _("Tệp %(name)s bị hỏng hoặc bị thiếu phần cuối. Vui lòng tải lại tệp đầy đủ.")


def _package_fault(package: zipfile.ZipFile, size: int) -> str | None:
    entries = package.infolist()
    names = {entry.filename for entry in entries}
    if not {"[Content_Types].xml", "word/document.xml"} <= names:
        return _("Tệp %(name)s không phải là tệp Word (DOCX).")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > _DOCX_UNPACKED or unpacked > max(size, 1) * _DOCX_FACTOR:
        return _("Tệp %(name)s giải nén ra quá lớn nên không được nhận.")
    running = any(
        "vbaproject" in name or name.startswith(("word/embeddings/", "word/activex/"))
        for name in map(str.lower, names)
    )
    foreign = False
    for name in names:
        if name.lower().endswith(".rels"):
            for kind, target, outside in _relations(package, name):
                running = running or kind in _RUNNING
                foreign = foreign or (
                    outside and kind != "hyperlink" and bool(_ON_ANOTHER_MACHINE.match(target))
                )
    if running:
        return _(
            "Tệp %(name)s có chứa macro hoặc tệp nhúng nên không được nhận. Vui lòng lưu lại thành DOCX thường."
        )
    if foreign:
        return _(
            "Tệp %(name)s lấy mẫu hoặc hình từ nơi khác khi được mở nên không được nhận. "
            "Vui lòng nhúng hẳn hình vào tệp, bỏ mẫu đính kèm rồi lưu lại."
        )
    return None


def _relations(package: zipfile.ZipFile, name: str) -> list[tuple[str, str, bool]]:
    """Return the end of its type, the target and whether that lies outside, for every relation of one part.

    Raises ValueError for what no word processor writes: a document type declaration, broken XML, megabytes of it."""
    with package.open(name) as part:
        content = part.read(_MOST_RELATIONS + 1)
    if (
        len(content) > _MOST_RELATIONS
        or b"<!" in content.replace(b"<!--", b"")
        or content[:2] in (b"\xff\xfe", b"\xfe\xff")
    ):
        raise ValueError(name)
    try:
        root = ElementTree.fromstring(content)  # noqa: S314 - no document type, so no entities
    except ElementTree.ParseError as broken:
        raise ValueError(name) from broken
    return [
        (
            element.get("Type", "").rsplit("/", 1)[-1],
            element.get("Target", ""),
            element.get("TargetMode", "").lower() == "external",
        )
        for element in root.iter()
        if element.tag.rsplit("}", 1)[-1] == "Relationship"
    ]
