"""A small web server on loopback with pictures good and bad."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.publishers.sandbox.wire import JPEG, PNG, clip

FILES = {
    "/anh.jpg": (200, "image/jpeg", JPEG),
    "/anh2.png": (200, "image/png", PNG),
    "/to.jpg": (200, "image/jpeg", JPEG + b"\x00" * (1 << 20)),
    "/chu.jpg": (200, "image/jpeg", b"khong phai anh"),
    "/clip.mp4": (200, "video/mp4", clip(5000)),
    "/trang": (200, "text/html", b"<title>Trang</title>"),
}


class PictureHost:
    """Serves FILES and remembers (Host header, path) of every call."""

    def __init__(self) -> None:
        hits: list[tuple[str, str]] = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                hits.append((self.headers.get("Host") or "", self.path))
                status, kind, body = FILES.get(self.path, (404, "text/plain", b"khong co"))
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Quiet."""

        self.hits = hits
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(
            target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        ).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
