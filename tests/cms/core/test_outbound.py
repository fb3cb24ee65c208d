"""The one way out: only to the configured bases, never by a detour."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from cms.core.outbound import HostNotAllowed, OutboundSession


@pytest.fixture
def elsewhere() -> Iterator[tuple[str, list[str]]]:
    """A server that sends everybody on to itself under another name, and what it was asked."""
    heard: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(f"{self.headers['Host'].split(':')[0]}{self.path}")
            self.send_response(302)
            self.send_header("Location", f"http://localhost:{self.server.server_address[1]}/noi-khac")
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_POST = do_HEAD = do_GET  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}", heard
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_redirect_is_never_followed_whichever_verb_asks(
    method: str, elsewhere: tuple[str, list[str]]
) -> None:
    base, heard = elsewhere
    with OutboundSession([base], (2.0, 2.0)) as session:
        answer = getattr(session, method)(f"{base}/duong-dan")
    assert answer.status_code == 302
    assert heard == ["127.0.0.1/duong-dan"]


def test_even_a_caller_who_asks_for_redirects_does_not_get_them(elsewhere: tuple[str, list[str]]) -> None:
    base, heard = elsewhere
    with OutboundSession([base], (2.0, 2.0)) as session:
        assert session.request("GET", f"{base}/a", allow_redirects=True).status_code == 302
    assert heard == ["127.0.0.1/a"]


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/", "https://127.0.0.1/", "http://vidu.example/"])
def test_address_outside_the_bases_is_refused_before_anything_is_sent(address: str) -> None:
    with OutboundSession(["http://127.0.0.1:2"], (2.0, 2.0)) as session, pytest.raises(HostNotAllowed):
        session.get(address)
