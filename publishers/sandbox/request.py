"""One request as the imitations see it: read once, parsed on demand."""

import contextlib
import json
import mmap
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from publishers.sandbox.multipart import BrokenMultipart, Part, split_parts


@dataclass
class Body:
    """The bytes of a request: in memory, or mapped from a spooled file when large."""

    data: "bytes | mmap.mmap" = b""
    spool: Path | None = None
    truncated: bool = False

    @property
    def size(self) -> int:
        """Bytes that really arrived."""
        return len(self.data)

    def whole(self) -> Part:
        """The entire body as one part."""
        return Part(Message(), self.data, 0, len(self.data))


@dataclass
class Request:
    """A request after routing: platform, operation, path arguments and the account it acts for."""

    method: str
    path: str
    query: dict[str, str]
    headers: Message
    body: Body
    base: str
    repeated: tuple[str, ...] = ()
    platform: str = ""
    op: str = ""
    args: tuple[str, ...] = ()
    account: str = ""
    fate: dict[str, Any] = field(default_factory=dict)
    fetched: Mapping[str, Any] = field(default_factory=dict)
    reply_headers: dict[str, str] = field(default_factory=dict)

    @cached_property
    def content_type(self) -> str:
        """The media type without parameters, lower case; empty when absent."""
        return (self.headers.get("Content-Type") or "").split(";")[0].strip().lower()

    @cached_property
    def parts(self) -> list[Part]:
        """Parts of a multipart body; raises BrokenMultipart."""
        return split_parts(self.body.data, self.headers.get("Content-Type") or "")

    @cached_property
    def fields(self) -> dict[str, str]:
        """Text fields of a form body, urlencoded or multipart; empty for other bodies."""
        if self.content_type == "multipart/form-data":
            return {p.name: p.read().decode("utf-8", "replace") for p in self.parts if p.filename is None}
        if self.content_type == "application/x-www-form-urlencoded":
            text = bytes(self.body.data).decode("utf-8", "replace")
            return dict(parse_qsl(text, keep_blank_values=True))
        return {}

    @cached_property
    def files(self) -> dict[str, Part]:
        """File fields of a multipart form."""
        if self.content_type != "multipart/form-data":
            return {}
        return {part.name: part for part in self.parts if part.filename is not None}

    @cached_property
    def params(self) -> dict[str, str]:
        """Query and form fields together; the body wins."""
        return {**self.query, **self.fields}

    @cached_property
    def json(self) -> Any:
        """The body as JSON, None when it is not JSON."""
        try:
            return json.loads(bytes(self.body.data))
        except ValueError:
            return None

    def searchable(self) -> str:
        """All texts of the request in one string, for rules that match by content."""
        pieces = [self.path, *self.query.values()]
        with contextlib.suppress(BrokenMultipart):
            pieces += self.fields.values()
        if "json" in self.content_type:
            pieces.append(json.dumps(self.json, ensure_ascii=False))
        return "\n".join(pieces)
