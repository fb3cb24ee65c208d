"""The session under facebook-sdk, against a real socket: what really goes over the wire."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from publishers.adapters.bases import Bases
from publishers.adapters.facebook.answers import answer
from publishers.adapters.facebook.client import GraphClient
from publishers.adapters.facebook.session import GraphSession
from publishers.adapters.seam import Credential, Outcome

TOKEN = "the-bi-mat-cua-trang"


class Graph:
    """Remembers requests and answers with what it was told."""

    def __init__(self) -> None:
        self.calls: list[dict[str, Any]] = []
        self.reply: tuple[int, str, bytes] = (200, "application/json", b'{"id":"1_2"}')
        graph = self

        class Handler(BaseHTTPRequestHandler):
            def _serve(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                graph.calls.append(
                    {"method": self.command, "path": self.path, "headers": self.headers, "body": body}
                )
                status, kind, content = graph.reply
                self.send_response(status)
                if kind:
                    self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = do_DELETE = _serve  # noqa: N815

            def log_message(self, format: str, *args: object) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(
            target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        ).start()

    def client(self, proof: bool = False) -> GraphClient:
        bases = Bases(
            f"{self.base}/g", f"{self.base}/v", f"{self.base}/r", "v26.0", "", "", "", appsecret_proof=proof
        )
        return GraphClient(bases, GraphSession(bases), Credential(TOKEN, app_secret="bi-mat-ung-dung"))


@pytest.fixture
def graph() -> Iterator[Graph]:
    running = Graph()
    yield running
    running.server.shutdown()
    running.server.server_close()


def test_token_travels_in_the_header_only_for_every_kind_of_call(graph: Graph) -> None:
    client = graph.client()
    client.read("1", fields="id")
    client.read_edge("1", "feed")
    client.put("1", "feed", message="Nộp hồ sơ")
    client.put_and_read("1", "feed", "id,permalink_url", message="Nộp hồ sơ")
    client.put_photo("1", b"anh", "anh.jpg", published=False)
    client.edit("1_2", message="x")
    client.delete("1_2")
    client.post_video("1", b"doan", upload_phase="transfer")
    assert [call["method"] for call in graph.calls] == [
        "GET",
        "GET",
        "POST",
        "POST",
        "POST",
        "POST",
        "DELETE",
        "POST",
    ]
    for call in graph.calls:
        assert call["headers"]["Authorization"] == f"Bearer {TOKEN}"
        assert TOKEN.encode() not in call["path"].encode() + call["body"]
        assert "/v26.0/" in call["path"]


def test_version_and_hosts_come_from_the_bases(graph: Graph) -> None:
    client = graph.client()
    client.put_and_read("1", "feed", "id", message="x")
    client.post_video("1", upload_phase="start", file_size=5)
    assert urlsplit(graph.calls[0]["path"]).path == "/g/v26.0/1/feed"
    assert parse_qs(urlsplit(graph.calls[0]["path"]).query) == {"fields": ["id"]}
    assert graph.calls[1]["path"] == "/v/v26.0/1/videos"


def test_list_reaches_facebook_whole(graph: Graph) -> None:
    graph.client().put("1", "feed", attached_media=[{"media_fbid": "11"}], published=False)
    assert parse_qs(graph.calls[0]["body"].decode()) == {
        "attached_media": ['[{"media_fbid":"11"}]'],
        "published": ["false"],
    }


def test_proof_of_the_secret_is_sent_only_when_switched_on(graph: Graph) -> None:
    graph.client().put("1", "feed", message="x")
    graph.client(proof=True).put("1", "feed", message="x")
    assert b"appsecret_proof" not in graph.calls[0]["body"]
    assert len(parse_qs(graph.calls[1]["body"].decode())["appsecret_proof"][0]) == 64


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        ((200, "application/json", b'{"id":"1_2"}'), Outcome.OK),
        ((200, "", b'{"id":"1_2"}'), Outcome.OK),
        ((200, "text/javascript", b'{"id":"1_2"}'), Outcome.OK),
        ((500, "application/json", b'{"id":"1_2"}'), Outcome.UNKNOWN),  # the SDK calls this a success
        ((200, "application/json", b""), Outcome.UNKNOWN),
        ((200, "application/json", b"{}"), Outcome.UNKNOWN),
        ((200, "application/json", b'{"id":null}'), Outcome.UNKNOWN),
        ((200, "application/json", b'"ok"'), Outcome.UNKNOWN),
        ((502, "text/html", b"<html>"), Outcome.UNKNOWN),
        ((302, "text/html", b""), Outcome.UNKNOWN),
        ((400, "application/json", b'{"error":{"code":190,"message":"x"}}'), Outcome.TOKEN),
    ],
)
def test_stored_answer_decides_whatever_the_sdk_makes_of_it(
    reply: tuple[int, str, bytes], outcome: Outcome, graph: Graph
) -> None:
    graph.reply = reply
    assert answer(graph.client().put("1", "feed", message="x"), "id").outcome is outcome
    assert len(graph.calls) == 1


def test_callers_dictionary_is_left_alone(graph: Graph) -> None:
    fields = {"message": "x"}
    graph.client().edit("1_2", **fields)
    assert fields == {"message": "x"}
