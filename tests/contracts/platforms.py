"""The imitated platforms in a process of their own, and a small web server that stands for our public media host."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from publishers.adapters.bases import Bases

ROOT = Path(__file__).resolve().parents[2]
MEDIA_HOST = "media.lantoa.example"
OWN_HOST = "lantoa.example"


class PublicMedia:
    """Serves files by path as Zalo would fetch them."""

    def __init__(self) -> None:
        files: dict[str, tuple[str, bytes]] = {}

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                kind, body = files.get(self.path, ("text/plain", b""))
                self.send_response(200 if self.path in files else 404)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Quiet."""

        self.files = files
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        ).start()

    @property
    def base(self) -> str:
        """Where it stands on this machine."""
        return f"http://127.0.0.1:{self.port}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@dataclass
class Platforms:
    """A running sandbox: its control calls and the bases that point at it."""

    base: str
    process: subprocess.Popen[str]
    media: PublicMedia
    log: list[str] = field(default_factory=list)

    @classmethod
    def start(cls, state: Path) -> Platforms:
        """Start it on a free port; wait until it listens."""
        media = PublicMedia()
        command = [
            sys.executable, "-m", "publishers.sandbox", "--port", "0", "--state", str(state),
            "--media-host", f"{MEDIA_HOST}=127.0.0.1:{media.port}",
        ]  # fmt: skip
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        ready = process.stdout.readline()
        assert ready.startswith("sẵn sàng"), ready
        return cls(ready.split()[-1].removesuffix("/tuong"), process, media)

    def stop(self) -> None:
        """End the process that was started here."""
        self.process.terminate()
        self.process.wait(timeout=10)
        self.media.close()

    def take_the_place_of_the_real_ones(self, settings: Any, *, read_timeout: float) -> None:
        """Point every base address of `settings` (pytest-django's) here; answers are waited for `read_timeout` seconds."""
        settings.FACEBOOK_GRAPH_BASE = f"{self.base}/graph"
        settings.FACEBOOK_VIDEO_BASE = f"{self.base}/graph-video"
        settings.FACEBOOK_UPLOAD_BASE = f"{self.base}/rupload"
        settings.YOUTUBE_BASE = f"{self.base}/youtube"
        settings.ZALO_API_BASE = f"{self.base}/zalo"
        settings.ZALO_OAUTH_BASE = f"{self.base}/zalo-oauth"
        settings.GOOGLE_TOKEN_BASE = f"{self.base}/google-token"
        settings.PLATFORM_TIMEOUT = (2.0, read_timeout)

    def bases(self, *, read_timeout: float = 5.0, **changes: Any) -> Bases:
        """Return bases that point every platform at the sandbox."""
        named: dict[str, Any] = {
            "graph": f"{self.base}/graph",
            "graph_video": f"{self.base}/graph-video",
            "rupload": f"{self.base}/rupload",
            "graph_version": "v26.0",
            "youtube": f"{self.base}/youtube",
            "zalo": f"{self.base}/zalo",
            "stations": f"http://127.0.0.1:{self.media.port}",
            "own_hosts": frozenset({OWN_HOST}),
            "timeout": (2.0, read_timeout),
        }
        return Bases(**named | changes)

    def control(self, method: str, name: str, document: Any = None) -> Any:
        """Make one control call and return its JSON."""
        body = None if document is None else json.dumps(document).encode()
        call = Request(
            f"{self.base}/__sandbox/{name}", body, {"Content-Type": "application/json"}, method=method
        )
        with urlopen(call, timeout=10) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def account(self, **document: Any) -> None:
        self.control("POST", "accounts", document)

    def rule(self, **document: Any) -> None:
        self.control("POST", "rules", document)

    def advance(self, seconds: float) -> None:
        """Move the virtual clock."""
        self.control("POST", "clock", {"advance_seconds": seconds})

    def expire(self, platform: str, account: str) -> None:
        """Let the access tokens of an account die."""
        self.control("POST", "tokens", {"platform": platform, "account": account, "action": "expire"})

    def effects(self, **wanted: str) -> list[dict[str, Any]]:
        """Return what citizens can see now."""
        return list(self.control("GET", "effects?" + urlencode({"live": "true", **wanted})))

    def ever(self, **wanted: str) -> list[dict[str, Any]]:
        """Return everything that citizens could see at some time."""
        return list(self.control("GET", "effects?" + urlencode(wanted)))

    def requests(self, **wanted: str) -> list[dict[str, Any]]:
        """Return the recorded requests."""
        return list(self.control("GET", "requests?" + urlencode(wanted)))

    def findings(self) -> list[dict[str, Any]]:
        """Return requests in which the sandbox found a caller's mistake."""
        return self.requests(findings="true")
