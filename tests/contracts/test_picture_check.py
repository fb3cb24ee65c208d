"""Before Zalo is told about a picture, we fetch it ourselves as a stranger would; what Zalo could not fetch never gets there."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from publishers.adapters.seam import Answer, Outcome
from publishers.delivery.models import Delivery
from publishers.delivery.services import holding
from publishers.delivery.states import Reason, State
from tests.contracts.platforms import Platforms
from tests.contracts.samples import Samples, picture_bytes
from tests.contracts.stage import Stage
from tests.contracts.walker import Walker


def asked(
    platforms: Platforms, samples: Samples, base: str = "", served: tuple[str, bytes] | None = None
) -> Answer:
    """What the first step says about the picture of a Zalo article, with `served` in its place."""
    adapter = samples.adapter("zalo", media_check=base or platforms.media.base)
    request, credential = samples.of("zalo")
    if served is not None:
        platforms.media.files["/bia.jpg"] = served
    first = adapter.plan(request)[0]
    assert (first.name, first.visible) == ("pictures", False)
    return adapter.perform(first, request, {}, credential, lambda: None)


def test_article_whose_pictures_open_is_published_once(platforms: Platforms, samples: Samples) -> None:
    request, credential = samples.of("zalo-clip")
    adapter = samples.adapter("zalo", media_check=platforms.media.base)
    walk = Walker(adapter, request, credential, platforms.advance).run()
    assert walk.live
    assert walk.answers[0][0] == "pictures"
    assert len(platforms.ever()) == 1
    assert platforms.findings() == []


def test_without_an_address_to_ask_or_a_picture_there_is_no_such_step(
    platforms: Platforms, samples: Samples
) -> None:
    request, _ = samples.of("zalo")
    assert samples.adapter("zalo").plan(request)[0].name == "create"
    clip_only = samples.zalo(media=(samples.clip(90_000),))
    assert (
        samples.adapter("zalo", media_check=platforms.media.base).plan(clip_only)[0].name == "prepare-video"
    )


@pytest.mark.parametrize(
    "served",
    [
        ("image/jpeg", picture_bytes("red")),
        ("image/jpeg", picture_bytes("navy") + b"\0" * 200_000),
        ("image/jpeg", picture_bytes("navy")[:-1]),
        ("text/html", picture_bytes("navy")),  # a log-in page in front of the door
    ],
    ids=["another-picture", "longer", "cut", "another-type"],
)
def test_what_is_not_the_approved_picture_is_held_before_zalo_hears_of_it(
    served: tuple[str, bytes], platforms: Platforms, samples: Samples
) -> None:
    answered = asked(platforms, samples, served=served)
    assert (answered.outcome, answered.code) == (Outcome.CONFIG, "picture-differs")
    assert answered.sentence.startswith(
        "Địa chỉ công khai của ảnh “bia” trả về nội dung khác với ảnh đã duyệt."
    )
    assert platforms.requests(platform="zalo") == []


@pytest.fixture
def odd_door() -> Iterator[str]:
    """A door that answers every request with the status its first path segment names."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(int(self.path.split("/")[1]))
            self.send_header("Location", "/200/bia.jpg")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (404, Outcome.CONFIG),
        (403, Outcome.CONFIG),
        (302, Outcome.CONFIG),
        (500, Outcome.RETRY),
        (503, Outcome.RETRY),
    ],
)
def test_door_that_refuses_asks_for_a_person_and_one_that_stumbles_is_asked_again(
    status: int, outcome: Outcome, odd_door: str, platforms: Platforms, samples: Samples
) -> None:
    answered = asked(platforms, samples, f"{odd_door}/{status}")
    assert (answered.outcome, answered.http_status) == (outcome, status)
    assert "PUBLIC_MEDIA_BASE" in answered.sentence
    assert "/bia.jpg" not in str(answered.exchange), "the address is unguessable for a reason"


def test_door_that_does_not_answer_is_tried_again(platforms: Platforms, samples: Samples) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        answered = asked(platforms, samples, f"http://127.0.0.1:{taken.getsockname()[1]}")
    assert (answered.outcome, answered.code) == (Outcome.RETRY, "picture-unreachable")
    assert platforms.requests(platform="zalo") == []


@pytest.mark.django_db
def test_post_is_held_while_its_picture_is_missing_and_goes_out_once_afterwards(stage: Stage) -> None:
    delivery = stage.booked(stage.request("zalo"))
    kept = stage.platforms.media.files.pop("/bia.jpg")
    held = stage.play(delivery)
    assert (held.state, held.reason) == (State.HELD, Reason.SETTINGS)
    assert "máy chủ trả lời 404" in held.sentence
    assert stage.ever(held) == []
    assert stage.platforms.requests(op="article.create") == []

    stage.platforms.media.files["/bia.jpg"] = kept
    holding.release(held)
    row: Delivery = stage.play(held)
    assert row.state == State.LIVE
    assert len(stage.ever(row)) == 1
