"""Whatever JSON a platform answers, an adapter classifies it and never raises."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publishers.adapters.bases import Bases
from publishers.adapters.registry import adapter_for
from publishers.adapters.seam import Adapter, Answer, Credential, Media, Request, Sighting
from publishers.adapters.youtube import meter, upload

NAMES = [
    "id", "data", "items", "status", "error", "code", "error_subcode", "message", "success", "video_id", "upload_url", "medias",
    "upload_session_id", "start_offset", "end_offset", "post_id", "permalink_url", "attachments", "paging", "cursors", "after",
    "next", "from", "application", "created_time", "target", "subattachments", "token", "title", "create_date", "body", "content",
    "snippet", "contentDetails", "relatedPlaylists", "uploads", "videoId", "fileDetails", "privacyStatus", "uploadStatus",
    "publishing_phase", "processing_phase", "uploading_phase", "bytes_transfered", "errors", "reason", "domain", "error_data",
    "debug_info", "published", "language", "name", "publishedAt", "link_view", "is_transient", "description",
]  # fmt: skip
LEAVES = st.none() | st.booleans() | st.integers(-300, 2_000_000) | st.sampled_from(
    ["", "x", "0", "-214", "show", "public", "ready", "complete", "processed", "Tiêu đề", "Nội dung", "9" * 30]
)  # fmt: skip
BODIES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=6),
    max_leaves=12,
)
# Almost right: the outer shape of each platform, with anything inside.
SHAPED = st.one_of(
    BODIES,
    st.fixed_dictionaries({"items": BODIES | st.lists(BODIES, max_size=3)}),
    st.fixed_dictionaries({"data": BODIES | st.lists(BODIES, max_size=3), "paging": BODIES}),
    st.fixed_dictionaries({"error": st.sampled_from([0, "0"]), "data": BODIES}),
    st.fixed_dictionaries(
        {
            "error": st.sampled_from([0, "0"]),
            "data": st.fixed_dictionaries({"medias": BODIES, "status": BODIES}),
        }
    ),
    st.fixed_dictionaries(
        {"id": LEAVES, "video_id": LEAVES, "status": BODIES, "post_id": BODIES, "permalink_url": BODIES}
    ),
    st.fixed_dictionaries({"error": BODIES}),
    st.fixed_dictionaries(
        {"error": st.fixed_dictionaries({"code": LEAVES, "errors": BODIES, "error_data": BODIES})}
    ),
    st.fixed_dictionaries(
        {"upload_session_id": BODIES, "start_offset": LEAVES, "end_offset": LEAVES, "success": LEAVES}
    ),
)
STATUSES = st.sampled_from([200, 200, 200, 201, 204, 302, 308, 400, 401, 403, 404, 409, 429, 500, 503])
HANDLES = {
    "post_id": "1_2", "video_id": "v", "upload_session_id": "s", "start_offset": 0, "end_offset": 5, "photo_1": "11",
    "article_id": "a", "create_token": "t", "show_token": "t", "video_token": "t", "twins": ["b"], "taken": ["c"],
}  # fmt: skip
NOW = datetime(2026, 11, 23, tzinfo=UTC)


class Oracle:
    """Answers everything with the status and body it was told."""

    def __init__(self) -> None:
        self.status, self.body = 200, b"{}"
        oracle = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True
            wbufsize = 1 << 16

            def _serve(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                body = b"" if oracle.status == 204 else oracle.body
                self.send_response(oracle.status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Range", "bytes=0-3")
                if oracle.status != 204:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST = do_PUT = do_DELETE = _serve  # noqa: N815

            def log_message(self, format: str, *args: object) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(
            target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        ).start()

    def bases(self) -> Bases:
        one = f"{self.base}/mot"
        return Bases(one, one, one, "v26.0", one, one, self.base, timeout=(2.0, 2.0))


@pytest.fixture(scope="module")
def oracle() -> Iterator[Oracle]:
    running = Oracle()
    yield running
    running.server.shutdown()
    running.server.server_close()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Media, Media]:
    folder: Path = tmp_path_factory.mktemp("tep")
    (folder / "a.mp4").write_bytes(b"0123456789")
    (folder / "a.jpg").write_bytes(b"0123456789")
    (folder / "a.srt").write_text("1")
    address = "https://media.lantoa.example/a.jpg"
    return (
        Media("0" * 64, str(folder / "a.mp4"), "video/mp4", 10, captions_path=str(folder / "a.srt")),
        Media("1" * 64, str(folder / "a.jpg"), "image/jpeg", 10, public_url=address),
    )


def requests(kind: str, clip: Media, picture: Media) -> list[Request]:
    common: dict[str, Any] = {
        "title": "Tiêu đề",
        "summary": "Tóm tắt",
        "author": "Cơ quan",
        "first_comment": "Hỏi đáp",
    }
    if kind == "facebook":
        forms = [("", ()), ("", (picture,)), ("", (clip,)), ("reel", (clip,))]
    else:
        forms = [("", (clip, picture)), ("video", (clip, picture))]
    return [
        Request(kind, "1", "Nội dung", media=media, form=form, playlist="PL1", **common)
        for form, media in forms
    ]


def everything(adapter: Adapter, request: Request, handles: dict[str, Any]) -> Iterator[Answer | Sighting]:
    credential = Credential("the-gia", app_id="1")
    for step in adapter.plan(request):
        yield adapter.perform(step, request, handles, credential, lambda: None)
        yield adapter.look(step, request, handles, credential, NOW)
    yield adapter.take_down(request, handles, credential)
    yield adapter.amend(request, handles, credential)
    yield adapter.read(request, handles, credential)


@pytest.mark.parametrize("kind", ["facebook", "youtube", "zalo"])
def test_no_answer_makes_an_adapter_raise(
    kind: str, oracle: Oracle, files: tuple[Media, Media], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upload, "PAUSES", (0.0,))
    monkeypatch.setattr(meter, "meters", [])  # whoever counts calls has a table, and these tests have none
    adapter = adapter_for(kind, oracle.bases())
    choices = requests(kind, *files)
    session = {"session": f"{oracle.base}/mot/upload?upload_id=1", "upload_url": f"{oracle.base}/mot/upload"}

    @settings(max_examples=100, deadline=None)
    @given(status=STATUSES, body=SHAPED, request=st.sampled_from(choices), staged=st.booleans())
    def check(status: int, body: Any, request: Request, staged: bool) -> None:
        oracle.status, oracle.body = status, json.dumps(body).encode()
        for found in everything(adapter, request, {**HANDLES, **session} if staged else {}):
            answer = found.answer if isinstance(found, Sighting) else found
            if answer is not None:
                assert json.dumps(dict(answer.handles) | dict(answer.sealed) | dict(answer.exchange))

    check()
