"""The wire: HTTP/1.1 with keep-alive on loopback, one thread per connection, headers as they came.

Python's own server is used because it passes headers with underscores (``access_token``), which
WSGI servers drop without a word.
"""

import mmap
import select
import socket
import tempfile
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from publishers.sandbox.frame import Outcome, answer
from publishers.sandbox.replies import Reply
from publishers.sandbox.request import Body, Request
from publishers.sandbox.world import World

IN_MEMORY = 4 << 20
_BLOCK = 1 << 20


class SandboxServer(ThreadingHTTPServer):
    """Listens on one loopback port and serves a World. Raises ValueError for any other address."""

    daemon_threads = True
    request_queue_size = 512
    allow_reuse_address = True

    def __init__(self, host: str, port: int, world: World) -> None:
        if host not in ("127.0.0.1", "localhost", "::1"):
            raise ValueError("Sân tập chỉ được nghe ở địa chỉ nội bộ của máy (127.0.0.1 hoặc ::1).")
        if ":" in host:
            self.address_family = socket.AF_INET6
        self.world = world
        super().__init__((host, port), SandboxHandler)

    def handle_error(self, request: object, client_address: object) -> None:
        """A caller that hangs up is everyday life here, not an error worth a trace."""


class SandboxHandler(BaseHTTPRequestHandler):
    """Reads one request after another from a connection."""

    protocol_version = "HTTP/1.1"
    server_version = "Sandbox"
    sys_version = ""
    disable_nagle_algorithm = True
    wbufsize = 1 << 16
    timeout = 300
    server: SandboxServer

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is written per request: addresses may carry secrets. See /__sandbox/requests."""

    def _serve(self) -> None:
        body = self._read_body()
        if body is None:
            return
        try:
            self._send(answer(self.server.world, self._request(body)))
        finally:
            if isinstance(body.data, mmap.mmap):
                body.data.close()
            if body.spool is not None:
                body.spool.unlink(missing_ok=True)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = do_PATCH = _serve  # noqa: N815  (http.server asks for these names)

    def _request(self, body: Body) -> Request:
        split = urlsplit(self.path)
        pairs = parse_qsl(split.query, keep_blank_values=True)
        names = [name for name, _ in pairs]
        host = self.headers.get("Host") or "{}:{}".format(*self.server.server_address[:2])
        return Request(
            self.command, unquote(split.path), dict(pairs), self.headers, body, f"http://{host}",
            repeated=tuple({name for name in names if names.count(name) > 1}) if len(names) > 1 else (),
        )  # fmt: skip

    def _read_body(self) -> Body | None:
        if self.headers.get("Transfer-Encoding"):
            self._send(Outcome(Reply.json({"message": "Cần Content-Length."}, status=411)))
            self.close_connection = True
            return None
        try:
            length = int(self.headers.get("Content-Length") or 0)
        except ValueError:
            length = -1
        if length < 0:
            self._send(Outcome(Reply.json({"message": "Content-Length không hợp lệ."}, status=400)))
            self.close_connection = True
            return None
        if length <= IN_MEMORY:
            data = self._receive(length)
            return Body(data, truncated=len(data) < length)
        return self._spool(length)

    def _receive(self, length: int) -> bytes:
        if not length:
            return b""
        pieces: list[bytes] = []
        while length:
            try:
                piece = self.rfile.read1(min(length, _BLOCK))  # type: ignore[attr-defined]
            except OSError:
                piece = b""
            if not piece:
                break
            pieces.append(piece)
            length -= len(piece)
        return b"".join(pieces)

    def _spool(self, length: int) -> Body:
        left = length
        with tempfile.NamedTemporaryFile(dir=self.server.world.spool, delete=False) as out:
            while left and (piece := self._receive(min(left, _BLOCK))):
                out.write(piece)
                left -= len(piece)
            out.flush()
            size = length - left
            data = mmap.mmap(out.fileno(), size, access=mmap.ACCESS_READ) if size else b""
        return Body(data, Path(out.name), truncated=left > 0)

    # -- answering ----------------------------------------------------------------------------

    def _send(self, outcome: Outcome) -> None:
        if outcome.stall:
            self._stall(outcome.stall)
        reply = outcome.reply
        if reply is None:
            self._hang_up()
            return
        body, length = reply.body, len(reply.body)
        if reply.file is not None and reply.file_range is not None:
            length = reply.file_range[1] - reply.file_range[0]
        self.send_response(reply.status)
        if reply.content_type is not None and reply.status != 204:
            self.send_header("Content-Type", reply.content_type)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.status != 204:
            self.send_header("Content-Length", str(length))
        self.end_headers()
        if self.command == "HEAD" or reply.status == 204:
            return
        if outcome.cut:
            self.wfile.write(body[: len(body) // 2])
            self._hang_up()
        elif outcome.slow:
            self._drip(body, outcome.slow)
        elif reply.file is not None and reply.file_range is not None:
            self._send_file(reply.file, *reply.file_range)
        else:
            self.wfile.write(body)
            self.wfile.flush()

    def _drip(self, body: bytes, seconds: float) -> None:
        steps = max(1, min(10, len(body)))
        size = -(-len(body) // steps)
        for start in range(0, len(body), size):
            time.sleep(seconds / steps)
            self.wfile.write(body[start : start + size])
            self.wfile.flush()

    def _send_file(self, path: Path, start: int, end: int) -> None:
        with path.open("rb") as source:
            source.seek(start)
            while start < end and (piece := source.read(min(_BLOCK, end - start))):
                self.wfile.write(piece)
                start += len(piece)
        self.wfile.flush()

    def _stall(self, seconds: float) -> None:
        """Stay silent for a while, or until the caller has given up."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            readable, _, _ = select.select([self.connection], [], [], min(left, 0.5))
            if readable and not self.connection.recv(1, socket.MSG_PEEK):
                return

    def _hang_up(self) -> None:
        self.close_connection = True
        try:
            self.wfile.flush()
            self.connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            return
