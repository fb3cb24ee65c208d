"""What an imitation answers, and the exception by which it refuses."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

JSON_TYPE = "application/json; charset=UTF-8"


@dataclass
class Reply:
    """One HTTP answer. ``body`` is the bytes, unless ``file`` names a stretch of a file to send."""

    status: int = 200
    body: bytes = b""
    content_type: str | None = JSON_TYPE
    headers: dict[str, str] = field(default_factory=dict)
    file: Path | None = None
    file_range: tuple[int, int] | None = None

    @classmethod
    def json(cls, value: Any, *, status: int = 200, headers: dict[str, str] | None = None) -> "Reply":
        """An answer whose body is ``value`` as JSON."""
        return cls(status, json.dumps(value, ensure_ascii=False).encode(), JSON_TYPE, dict(headers or {}))

    @classmethod
    def html(cls, text: str, *, status: int = 200) -> "Reply":
        """An answer that is a page."""
        return cls(status, text.encode(), "text/html; charset=utf-8")

    @classmethod
    def redirect(cls, address: str) -> "Reply":
        """An answer that sends the browser elsewhere."""
        return cls(302, b"", "text/plain; charset=utf-8", {"Location": address})


class Refusal(Exception):
    """Raised by an imitation to answer with the platform's own error; what was written stays written.

    ``finding`` says in Vietnamese which rule of the contract the caller broke, when it broke one.
    """

    def __init__(self, reply: Reply, finding: str = "") -> None:
        super().__init__(f"HTTP {reply.status}")
        self.reply = reply
        self.finding = finding
