"""Reading multipart bodies (form-data and related) without copying large files."""

import mmap
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser


class BrokenMultipart(ValueError):
    """The body is not a complete multipart message."""


@dataclass
class Part:
    """One part: its headers and the stretch of the body that holds its content."""

    headers: Message
    source: "bytes | mmap.mmap"
    start: int
    end: int

    @property
    def size(self) -> int:
        """Length of the content in bytes."""
        return self.end - self.start

    @property
    def name(self) -> str:
        """The form field's name, empty when the part has none."""
        return str(self.headers.get_param("name", "", header="content-disposition"))

    @property
    def filename(self) -> str | None:
        """The file name the sender gave, None for a plain field."""
        return self.headers.get_filename()

    def read(self, start: int = 0, end: int | None = None) -> bytes:
        """A copy of (a stretch of) the content."""
        stop = self.end if end is None else min(self.start + end, self.end)
        return bytes(self.source[self.start + start : stop])


def split_parts(body: "bytes | mmap.mmap", content_type: str) -> list[Part]:
    """The parts of a multipart body; raises BrokenMultipart when it is cut or has no boundary."""
    described = Message()
    described["content-type"] = content_type
    boundary = described.get_param("boundary")
    if not boundary:
        raise BrokenMultipart("no boundary")
    delimiter = b"--" + str(boundary).encode()
    position = body.find(delimiter)
    if position < 0:
        raise BrokenMultipart("first boundary missing")
    # Google's own client separates lines with a bare newline; a browser never does.
    after = position + len(delimiter)
    newline = b"\n" if body[after : after + 1] == b"\n" else b"\r\n"
    parts: list[Part] = []
    while True:
        position += len(delimiter)
        if body[position : position + 2] == b"--":
            return parts
        head_end = body.find(newline * 2, position)
        following = body.find(newline + delimiter, max(head_end, position))
        if head_end < 0 or following < 0:
            raise BrokenMultipart("last boundary missing")
        content = head_end + 2 * len(newline)
        headers = BytesParser().parsebytes(bytes(body[position + len(newline) : content]))
        parts.append(Part(headers, body, content, max(following, content)))
        position = following + len(newline)
