"""A station's page is read back: header, meta tag and status decide."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from publishers.adapters.bases import Bases
from publishers.adapters.loudspeaker import SCRIPT_HEADER, LoudspeakerAdapter, read_back, station_session
from publishers.adapters.seam import Credential, Look, Outcome, Request

SHA, OTHER = "a" * 64, "b" * 64
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def page(sha: str) -> bytes:
    return f'<html><head><meta name="script-sha256" content="{sha}"></head><body>Kính thưa</body></html>'.encode()


PAGES = {
    "/dung/": (200, SHA, page(SHA)),
    "/chi-tieu-de/": (200, SHA.upper(), b"Kinh thua"),
    "/khac/": (200, OTHER, page(OTHER)),
    "/lech/": (200, SHA, page(OTHER)),
    "/khong-ghi/": (200, "", b"Kinh thua"),
    "/trong/": (200, SHA, b""),
    "/da-thu-hoi/": (410, "", b"Da thu hoi"),
    "/loi/": (500, "", b"loi"),
}


@pytest.fixture(scope="module")
def portal() -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, sha, body = PAGES.get(self.path, (404, "", b""))
            self.send_response(status)
            if sha:
                self.send_header(SCRIPT_HEADER, sha)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def bases(stations: str) -> Bases:
    return Bases("", "", "", "v26.0", "", "", stations, timeout=(1.0, 2.0))


@pytest.mark.parametrize(
    ("path", "outcome"),
    [
        ("/dung/", Outcome.OK), ("/chi-tieu-de/", Outcome.OK), ("/khac/", Outcome.PENDING), ("/lech/", Outcome.PENDING),
        ("/khong-ghi/", Outcome.PENDING), ("/trong/", Outcome.PENDING), ("/da-thu-hoi/", Outcome.PENDING),
        ("/chua-co/", Outcome.PENDING), ("/loi/", Outcome.RETRY),
    ],
)  # fmt: skip
def test_only_the_page_that_serves_this_version_is_a_receipt(
    path: str, outcome: Outcome, portal: str
) -> None:
    found = read_back(portal + path, SHA, station_session(bases(portal)))
    assert found.outcome is outcome
    assert (found.receipt is not None) == (outcome is Outcome.OK)
    assert bool(found.sentence) == (outcome is not Outcome.OK)
    if found.receipt:
        assert (found.receipt.remote_id, found.receipt.permalink) == (SHA, portal + path)


def test_unreachable_portal_is_tried_again_and_foreign_hosts_are_never_asked(portal: str) -> None:
    nowhere = "http://127.0.0.1:9"
    assert read_back(nowhere + "/dung/", SHA, station_session(bases(nowhere))).outcome is Outcome.RETRY
    assert read_back(portal + "/dung/", SHA, station_session(bases(nowhere))).code == "foreign-address"


def test_adapter_reads_by_handles_and_knows_when_a_version_is_gone(portal: str) -> None:
    adapter = LoudspeakerAdapter(bases(portal))
    request = Request("loudspeaker", "dai-1", "Kính thưa bà con", title="Nộp hồ sơ")
    assert adapter.refuse(request) == []
    [step] = adapter.plan(request)
    assert step.visible
    nobody = Credential("")
    live = {"address": "/dung/", "sha256": SHA}
    assert adapter.perform(step, request, {}, nobody, lambda: None).code == "not-rendered"
    assert adapter.perform(step, request, live, nobody, lambda: None).outcome is Outcome.OK
    assert adapter.look(step, request, live, nobody, NOW).look is Look.DONE
    gone = {"address": "/da-thu-hoi/", "sha256": SHA}
    seen = adapter.look(step, request, gone, nobody, NOW)
    assert (seen.look, seen.certain) == (Look.NOT_DONE, True)
    assert adapter.take_down(request, live, nobody).outcome is Outcome.PENDING
    assert adapter.take_down(request, gone, nobody).outcome is Outcome.OK
    assert adapter.read(request, {"address": "/loi/", "sha256": SHA}, nobody).look is Look.AGAIN
    assert adapter.amend(request, live, nobody).outcome is Outcome.CONFIG


def test_empty_script_is_refused() -> None:
    found = LoudspeakerAdapter(bases("http://127.0.0.1:9")).refuse(Request("loudspeaker", "dai-1", " "))
    assert found == [
        "Loa truyền thanh cần có nội dung. Xin bổ sung rồi gửi lại.", "Loa truyền thanh cần có tiêu đề. Xin bổ sung rồi gửi lại."
    ]  # fmt: skip
