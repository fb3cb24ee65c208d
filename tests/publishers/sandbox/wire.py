"""A bare HTTP caller for these tests: ``http.client`` only, so that what is sent is what is meant."""

import http.client
import json
import uuid
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + b"\x00" * 200
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 200
MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"


def clip(size: int, fill: bytes = b"\x01") -> bytes:
    """Bytes that begin like an mp4 file."""
    return MP4 + fill * (size - len(MP4))


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Caller:
    """Calls one sandbox; every request on a connection of its own."""

    def __init__(self, port: int, timeout: float = 10) -> None:
        self.port = port
        self.base = f"http://127.0.0.1:{port}"
        self.timeout = timeout

    def send(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
        timeout: float | None = None,
    ) -> Answer:
        split = urlsplit(path)
        target = split.path + (f"?{split.query}" if split.query else "")
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout or self.timeout)
        try:
            connection.request(method, target, body=body, headers=headers or {})
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    # -- control ------------------------------------------------------------------------------

    def control(self, method: str, name: str, document: Any = None) -> Any:
        body = json.dumps(document).encode() if document is not None else None
        answer = self.send(method, f"/__sandbox/{name}", body, {"Content-Type": "application/json"})
        assert answer.status < 300, answer.body.decode()
        return answer.json if answer.body else None

    def account(self, **document: Any) -> Any:
        return self.control("POST", "accounts", document)

    def rule(self, **document: Any) -> int:
        return int(self.control("POST", "rules", document)["id"])

    def effects(self, **wanted: str) -> list[dict[str, Any]]:
        return list(self.control("GET", "effects?" + urlencode(wanted)))

    def live(self, **wanted: str) -> list[dict[str, Any]]:
        return self.effects(live="true", **wanted)

    def advance(self, seconds: float) -> None:
        self.control("POST", "clock", {"advance_seconds": seconds})

    def findings(self) -> list[dict[str, Any]]:
        return list(self.control("GET", "requests?findings=true"))

    # -- the platforms' ways of sending -------------------------------------------------------

    def form(self, path: str, headers: dict[str, str] | None = None, **fields: str) -> Answer:
        sent = {"Content-Type": "application/x-www-form-urlencoded", **(headers or {})}
        return self.send("POST", path, urlencode(fields).encode(), sent)

    def multipart(
        self, path: str, fields: dict[str, str], files: dict[str, bytes], headers: dict[str, str]
    ) -> Answer:
        boundary = uuid.uuid4().hex
        pieces = []
        for name, value in fields.items():
            pieces.append(f'Content-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + value.encode())
        for name, content in files.items():
            head = f'Content-Disposition: form-data; name="{name}"; filename="tep"\r\n'
            pieces.append(head.encode() + b"Content-Type: application/octet-stream\r\n\r\n" + content)
        mark = f"--{boundary}".encode()
        body = b"".join(mark + b"\r\n" + piece + b"\r\n" for piece in pieces) + mark + b"--\r\n"
        return self.send(
            "POST", path, body, {"Content-Type": f"multipart/form-data; boundary={boundary}", **headers}
        )

    def post_json(self, path: str, document: Any, headers: dict[str, str], method: str = "POST") -> Answer:
        body = json.dumps(document).encode()
        return self.send(method, path, body, {"Content-Type": "application/json", **headers})
