"""The suite has teeth: a client with one thing wrong counts differently from the right one, on the same day.

What is counted is what the scenarios count: posts seen, posts seen before their hour, parts seen twice, how the walk
ended, and whether the platform found something to complain about."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from publishers.adapters import loudspeaker
from publishers.adapters.seam import Credential, Look, Outcome, Request
from tests.contracts.mutants import HEADER, MUTANTS, PARAMETER, READ_BACK, Mutant
from tests.contracts.platforms import Platforms
from tests.contracts.samples import Samples
from tests.contracts.walker import Walker

# Calls by which an upload goes on where it stood: how many there are is the server's choice.
RESUMED = ("videos.transfer", "videos.insert.chunk", "videos.insert.status", "token.refresh")
# What a right client brings about, by form and bad day; each was seen in the scenarios.
GOOD_DAYS: dict[tuple[str, tuple[str, str]], Counted] = {}


@dataclass(frozen=True)
class Counted:
    """What citizens and platforms saw of one walk."""

    seen: int
    early: int
    parts: int
    ended: str
    same_object: bool
    complaints: bool
    # How often each write was heard: a read-back that is skipped makes one more, even where nobody can see it.
    writes: tuple[tuple[str, int], ...]


def count(mutant: Mutant, platforms: Platforms, samples: Samples) -> Counted:
    """Publish once on an empty platform, on the bad day of `mutant`, and count."""
    platforms.control("POST", "reset", {})
    walker = prepared(mutant.form, platforms, samples)
    op, action = mutant.fault
    if action.startswith("fate:"):
        fate, _, besides = action.removeprefix("fate:").partition(":")
        name, value = fate.split("=")
        platforms.rule(platform=mutant.platform, op=op, action="fate", fate={name: value}, times=0)
        if besides:
            platforms.rule(platform=mutant.platform, op=op, action=besides, nth=1, times=1)
    elif action:
        platforms.rule(platform=mutant.platform, op=op, action=action, nth=1, times=1)
    visible = next(step.name for step in walker.plan if step.visible)
    early = 0
    try:
        walk = walker.run(stop_before=visible)
        early = len(platforms.ever())
        if walk.ended is None:
            walker.run(start_at=visible)
        ended = walk.ended.outcome.value if walk.ended else "live" if walk.receipt else "no receipt"
    except AssertionError:
        ended = "in circles"
    platforms.advance(600)
    rows = platforms.ever(secondary="true")
    posts = [row for row in rows if row["kind"] not in ("comment", "playlist_item")]
    receipt = walker.walk.receipt
    return Counted(
        seen=len(posts),
        early=early,
        parts=len(rows) - len(posts),
        ended=ended,
        same_object=bool(receipt and posts and receipt.remote_id == posts[0]["object_id"]),
        # A chunk that is sent twice after a crash is how the server is asked for the right place.
        complaints=any(one["op"] != "videos.transfer" for one in platforms.findings()),
        writes=tuple(
            sorted(
                Counter(
                    one["op"]
                    for one in platforms.requests()
                    if one["method"] != "GET" and one["op"] not in RESUMED
                ).items()
            )
        ),
    )


def prepared(form: str, platforms: Platforms, samples: Samples) -> Walker:
    request, credential = samples.of(form.removesuffix("-comment"))
    if form == "text-comment":
        request = replace(request, first_comment="Hỏi đáp tại tổng đài 1022.")
    if form == "youtube-list":
        samples.channel(playlists=["PLthunghiem"])
        request = replace(request, playlist="PLthunghiem")
    if form == "youtube-locked":
        samples.channel(force_private=True)
    return Walker(samples.adapter(request.kind), request, credential, platforms.advance)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda one: f"{one.platform}-{one.kind}-{one.name}")
def test_mutant_is_killed(
    mutant: Mutant, platforms: Platforms, samples: Samples, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = (mutant.form, mutant.fault)
    if day not in GOOD_DAYS:
        GOOD_DAYS[day] = count(mutant, platforms, samples)
    right = GOOD_DAYS[day]
    assert right.early == 0
    assert right.seen <= 1
    assert not right.complaints
    with monkeypatch.context() as patch:
        mutant.patch(patch)
        wrong = count(mutant, platforms, samples)
    assert wrong != right
    if mutant.kind != READ_BACK:
        # The platform itself must have objected, or citizens have seen it too early.
        assert wrong.ended != "live" or wrong.early, wrong


def test_each_adapter_has_several_mutants_of_each_kind() -> None:
    per_kind = Counter((one.platform, one.kind) for one in MUTANTS)
    for platform in ("facebook", "youtube", "zalo"):
        for kind in (PARAMETER, HEADER, READ_BACK):
            assert per_kind[platform, kind] >= 3, (platform, kind)
    assert len({(one.platform, one.name) for one in MUTANTS}) == len(MUTANTS)


# -- the loudspeakers' reading page ---------------------------------------------------------------

RIGHT, OTHER = "a" * 64, "b" * 64


class Station(BaseHTTPRequestHandler):
    """A reading page that serves the right script, another one, one that denies its header, or none."""

    def do_GET(self) -> None:
        served = {"/dung": (RIGHT, RIGHT), "/khac": (OTHER, OTHER), "/mau-thuan": (RIGHT, OTHER)}.get(
            self.path
        )
        body = f'<meta name="script-sha256" content="{served[1]}">'.encode() if served else b""
        self.send_response(200 if served else 404)
        if served:
            self.send_header("X-Script-SHA256", served[0])
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


def station_counts(samples: Samples) -> list[tuple[Outcome, bool]]:
    """How the adapter judges the four pages."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Station)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    adapter = samples.adapter("loudspeaker", stations=f"http://127.0.0.1:{server.server_address[1]}")
    request = Request("loudspeaker", "tram-1", "Nội dung", title="Bản tin")
    [step] = adapter.plan(request)
    found = []
    for path in ("/dung", "/khac", "/mau-thuan", "/khong-co"):
        answer = adapter.perform(
            step, request, {"address": path, "sha256": RIGHT}, Credential(""), lambda: None
        )
        found.append((answer.outcome, answer.receipt is not None))
    server.shutdown()
    server.server_close()
    return found


SERVED, NOT_SERVED = (Outcome.OK, True), (Outcome.PENDING, False)


def test_station_page_is_believed_only_when_it_serves_the_version(samples: Samples) -> None:
    assert station_counts(samples) == [SERVED, NOT_SERVED, NOT_SERVED, NOT_SERVED]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SCRIPT_HEADER", "X-Script-Sha"),
        ("_META", loudspeaker.re.compile(rb"<nothing>([0-9a-f]{64})")),
        ("read_back", lambda address, sha256, session: loudspeaker.Answer(Outcome.OK, receipt=loudspeaker.Receipt(sha256))),
        ("NOT_FOUND", ()),
    ],
)  # fmt: skip
def test_station_mutant_is_killed(
    name: str, value: object, samples: Samples, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loudspeaker, name, value)
    assert station_counts(samples) != [SERVED, NOT_SERVED, NOT_SERVED, NOT_SERVED]


def test_clock_of_the_first_attempt_is_what_a_look_is_given(platforms: Platforms, samples: Samples) -> None:
    request, credential = samples.of("text")
    walker = Walker(samples.adapter("facebook"), request, credential, platforms.advance)
    assert walker.run().live
    later = datetime.fromisoformat("2030-01-01T00:00:00+00:00")
    [step] = walker.plan
    assert walker.adapter.look(step, request, {}, credential, later).look is Look.NOT_DONE
