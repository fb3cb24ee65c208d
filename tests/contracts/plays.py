"""How each scenario is played. A play makes deliveries on the stage, lets one thing go wrong, and lets the engine cope.

`take` names which form, step or call it is about."""

from __future__ import annotations

import logging
import unicodedata
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import time_machine

from cms.channels.models import Channel
from cms.notices.models import Notice
from publishers.adapters.registry import adapter_for
from publishers.adapters.seam import Look, Purpose
from publishers.connections.models import Connection
from publishers.delivery import frozen_request
from publishers.delivery.errand import sealed_values
from publishers.delivery.models import Parking
from publishers.delivery.services.claiming import claim
from publishers.delivery.states import Lane, Reason, State
from tests.contracts.stage import WORKER, Stage
from tests.contracts.walker import Walker
from tests.factories.cms import UserFactory

TRANSIENT: dict[str, dict[str, Any]] = {
    "facebook": {"code": 2, "http": 500, "transient": True, "message": "An unexpected error has occurred."},
    "youtube": {"reason": "backendError", "http": 503, "message": "Backend Error"},
    "zalo": {"error": -1, "http": 502, "message": "Bad gateway"},
}
# The fault that each scenario's table of calls is tried with.
LOST = ("drop_after", "timeout_after", "error_after", "cut_body")


# -- 1: killed between every two steps -----------------------------------------------------------


def killed(stage: Stage, take: str) -> None:
    """`form:step:place`. The worker dies, its lease runs out, another goes on from what was committed."""
    form, step, place = take.split(":")
    delivery = stage.killed(stage.booked(stage.request(form)), step, place)
    stage.play(delivery)


# -- 2: the answer to a write is lost ------------------------------------------------------------


def answer_lost(stage: Stage, take: str) -> None:
    """`form:call:fault`. The call is made, its answer does not come, or is false, or is half."""
    form, op, fault = take.split(":")
    delivery = stage.booked(stage.request(form))
    late, said = fault == "timeout_after", fault.removeprefix("said-")
    error = TRANSIENT[delivery.kind]
    if said.isdigit():  # Facebook answers with a refusal although the post stands
        fault, error = "error_after", {"code": int(said), "message": "refused"}
    stage.platforms.rule(
        platform=delivery.kind, op=op, action=fault, nth=1, times=1, seconds=1.0 if late else 0.2,
        error=error,
    )  # fmt: skip
    with stage.impatient(0.5 if late else 3.0):
        stage.play(delivery)


# -- 3: the same task twice at once --------------------------------------------------------------


def twice_at_once(stage: Stage, take: str) -> None:
    """`form:step:how`. While the first worker is on the wire with `step`, a second one comes: by a claim of its own, or
    with the very claim of the first (the task was delivered twice)."""
    form, step, how = take.split(":")
    delivery = stage.booked(stage.request(form))
    adapter = type(adapter_for(delivery.kind))
    real, inside = adapter.perform, []

    def perform(self: Any, now: Any, *given: Any) -> Any:
        if now.name != step or inside:
            return real(self, now, *given)
        inside.append(how)
        if how == "same-claim":
            row = stage.again(delivery)
            stage.carry_again(row)
        else:
            stage.work()
        return real(self, now, *given)

    with stage.monkeypatch.context() as patch:
        patch.setattr(adapter, "perform", perform)
        stage.play(delivery)
    assert inside == [how]


# -- 4: the token dies in the middle -------------------------------------------------------------


def token_dies(stage: Stage, take: str) -> None:
    """`form:step`. The platform no longer knows the token when `step` comes; Facebook's dies for good, the others' are
    renewed."""
    form, step = take.split(":")
    delivery = stage.booked(stage.request(form))
    channel = delivery.channel
    assert channel is not None
    with stage.before(step, lambda: stage.platforms.expire(delivery.kind, channel.external_id)):
        stage.play(delivery)
    if delivery.kind == "facebook":
        # What was refused at the visible call may be there all the same: it is looked for with the new key.
        stage.held_because(delivery, Reason.BLIND if step in ("feed", "finish") else Reason.RECONNECT)
        assert stage.ever(delivery) == []
        stage.play(stage.reconnect(delivery))
    assert "token" in [outcome for _, outcome, _ in stage.history(delivery)]


# -- 5 and 6: renewing ---------------------------------------------------------------------------


def ten_with_one_dead_token(stage: Stage, take: str) -> None:
    """Ten deliveries of one account are staged by ten workers when its token has died: one refresh call."""
    channel = stage.channel(take)
    deliveries = [
        stage.booked(replace(stage.request(take), title=f"Nộp hồ sơ trực tuyến, phần {number}"), channel)
        for number in range(10)
    ]
    stage.platforms.expire(take, channel.external_id)
    stage.platforms.rule(platform=take, op="token.refresh", action="delay", seconds=0.2)
    claims = claim(Lane.UPLOAD, WORKER, 10)
    assert len(claims) == 10
    stage.side_by_side(claims)
    assert stage.refresh_calls() == 1
    for delivery in deliveries:
        stage.play(delivery)
    assert stage.refresh_calls() == 1


def refresh_reply_lost(stage: Stage, take: str) -> None:
    """The pair that a refresh brought is lost on the way. Zalo's old one is dead then: a person connects again."""
    delivery = stage.booked(stage.request(take))
    assert delivery.channel is not None
    stage.platforms.expire(take, delivery.channel.external_id)
    stage.platforms.rule(platform=take, op="token.refresh", action="drop_after", nth=1, times=1)
    stage.play(delivery)
    assert stage.refresh_calls() == 2
    if take == "zalo":
        stage.held_because(delivery, Reason.RECONNECT)
        assert stage.ever(delivery) == []
        stage.play(stage.reconnect(delivery))


# -- 7: a limit ----------------------------------------------------------------------------------


def limited(stage: Stage, take: str) -> None:
    """`form:call`. One account is limited, another goes on meanwhile; when the limit ends the first goes up once."""
    form, op = take.split(":")
    refused = {
        "facebook": {"code": 80001, "subcode": 2446079},
        "youtube": {"reason": "uploadLimitExceeded", "http": 403},
        "zalo": {"error": -32, "message": "Your OA reached limit call api"},
    }
    first, other = stage.booked(stage.request(form)), stage.booked(stage.request(form))
    assert first.channel is not None
    stage.platforms.rule(
        platform=first.kind, op=op, account=first.channel.external_id, action="error", error=refused[first.kind],
        nth=1, times=1,
    )  # fmt: skip
    stage.play(other)
    assert len(stage.ever(other)) == 1
    stage.play(first, until=lambda row: Parking.objects.filter(channel=row.channel).exists())
    assert stage.ever(first) == []
    assert stage.again(first).tries == 0
    stage.limit_ends()
    stage.play(first)


# -- 8: chunks and sessions ----------------------------------------------------------------------


def upload_broken(stage: Stage, take: str) -> None:
    """`form:call:nth:fate`. A chunk does not arrive whole, or the session is forgotten near the end."""
    form, op, nth, fate = take.split(":")
    request = stage.request(form)
    if form == "youtube":
        request = replace(request, media=(stage.samples.clip(20 * 1024 * 1024),))
    delivery = stage.booked(request)
    name, value = fate.split("=")
    known = {"store_bytes": 262_144, "move_session": True}
    stage.platforms.rule(
        platform=delivery.kind,
        op=op,
        nth=int(nth),
        times=1,
        action="fate",
        fate={name: known.get(name, value)},
    )
    stage.play(delivery)


def reel_cut_in_the_middle(stage: Stage, take: str) -> None:
    """The bytes stop on the way; the reel itself says how many arrived."""
    delivery = stage.booked(stage.request("reel"))
    error = {"http": 500, "transient": True, "type": "Retriable"}
    stage.platforms.rule(platform="facebook", op="reels.upload", action="error", error=error, nth=1, times=1)
    stage.play(delivery)


# -- 9, 12: failed for good ----------------------------------------------------------------------


def processing_fails(stage: Stage, take: str) -> None:
    """`form:call:fate`. The platform took it and cannot use it: nothing is seen, a person is told."""
    form, op, fate = take.split(":")
    name, value = fate.split("=")
    delivery = stage.booked(stage.request(form))
    stage.platforms.rule(platform=delivery.kind, op=op, action="fate", fate={name: value}, times=0)
    stage.play(delivery)
    assert stage.again(delivery).state == State.HELD
    assert stage.again(delivery).sentence.endswith(".")


REFUSALS: dict[str, dict[str, Any]] = {
    "feed.create": {"code": 100, "message": "(#100) Invalid parameter"},
    "photos.create": {"code": 1, "subcode": 1366046},
    "videos.finish": {"code": 1346003, "http": 400, "message": "abusive"},
    "videos.insert.start": {"reason": "invalidTitle", "http": 400},
    "videos.update": {"reason": "invalidDescription", "http": 400},
    "article.create": {"error": -201, "message": "title allow 1 to 150 characters"},
    "article.update": {"error": -248, "message": "Violates platform standards"},
}


def refused_for_good(stage: Stage, take: str) -> None:
    """`form:call`. This content is never taken: one call, held with a sentence, not sent again."""
    form, op = take.split(":")
    delivery = stage.booked(stage.request(form))
    stage.platforms.rule(platform=delivery.kind, op=op, action="error", error=REFUSALS[op], times=0)
    stage.play(delivery)
    stage.held_because(delivery, Reason.REFUSED)
    stage.platforms.advance(3600)
    stage.work()
    assert len(stage.platforms.requests(op=op)) == 1


# -- 10, 11: evidence and lag --------------------------------------------------------------------


def refused_as_a_duplicate(stage: Stage, take: str) -> None:
    """The first try went up unheard, the list hides it for both looks, the second try is refused as a duplicate."""
    delivery = stage.booked(stage.request(take), duplicate_window_seconds=7200)
    stage.platforms.rule(platform="facebook", op="feed.create", action="drop_after", nth=1, times=1)
    stage.platforms.rule(platform="facebook", op="feed.create", action="lag", n=240, nth=1, times=1)
    stage.play(delivery)
    assert [code for _, _, code in stage.history(delivery) if code in ("506", "1/1366051")]


def entry_exists_already(stage: Stage, take: str) -> None:
    """Captions and a playlist entry went in unheard: found by name and by video, not put in again."""
    delivery = stage.booked(stage.request("youtube-all"))
    for op in ("captions.insert.chunk", "playlistItems.insert"):
        stage.platforms.rule(platform="youtube", op=op, action="drop_after", nth=1, times=1)
    stage.play(delivery)
    assert len(stage.platforms.requests(op="playlistItems.insert")) == 1
    assert len(stage.platforms.requests(op="captions.insert.start")) == 1


def list_lags(stage: Stage, take: str) -> None:
    """`form:call`. The answer is lost and the list does not show the new object at the first look."""
    form, op = take.split(":")
    lag = {"facebook": "list_lag_seconds", "youtube": "uploads_lag_seconds", "zalo": "list_lag_seconds"}
    request = stage.request(form)
    delivery = stage.booked(request, **{lag[request.kind]: 60})
    stage.platforms.rule(platform=request.kind, op=op, action="drop_after", nth=1, times=1)
    if request.kind == "zalo":  # the article is there although nobody could verify it
        stage.platforms.rule(
            platform="zalo", op=op, action="fate", fate={"made_at_once": True}, nth=1, times=1
        )
    if request.kind == "youtube":
        stage.platforms.rule(
            platform="youtube",
            op="videos.insert.status",
            nth=2,
            action="fate",
            fate={"session": "gone"},
            times=0,
        )
    stage.play(delivery)
    looks = [outcome for _, outcome, _ in stage.history(delivery) if outcome in ("done", "not-done")]
    assert looks[-1] == "done"
    assert "not-done" in looks
    assert len(stage.platforms.requests(op=op)) == 1


# -- 13: done in part ----------------------------------------------------------------------------


def part_is_lost(stage: Stage, take: str) -> None:
    """`form:call:fault`. The post stands; what belongs to it fails or is not heard of, and stays single."""
    form, op, fault = take.split(":")
    delivery = stage.booked(stage.request(form))
    officer = UserFactory()
    Channel.objects.filter(pk=delivery.channel_id).update(responsible=officer)
    error, part = {
        "comments.create": ({"code": 200}, "bình luận đầu tiên"),
        "thumbnails.set": ({"reason": "forbidden", "http": 403}, "ảnh bìa"),
        "captions.insert.start": ({"reason": "forbidden", "http": 403}, "phụ đề"),
        "playlistItems.insert": ({"reason": "playlistNotFound", "http": 404}, "danh sách phát"),
    }[op]
    times = 0 if fault == "error" else 1
    stage.platforms.rule(platform=delivery.kind, op=op, action=fault, error=error, nth=1, times=times)
    row = stage.play(delivery)
    assert row.state == State.LIVE
    # Whoever looks after the channel learns that a part is missing, and only then.
    assert row.sentence.split(". ")[0] == (f"Bài đã lên nhưng thiếu: {part}" if fault == "error" else "")
    told = Notice.objects.filter(user=officer).values_list("sentence", flat=True)
    assert [part in sentence for sentence in told] == [True] * (fault == "error")


# -- 14: already gone ----------------------------------------------------------------------------


def gone_already(stage: Stage, take: str) -> None:
    """The post was removed on the platform itself: taking it down succeeds, correcting it is refused, nothing returns."""
    request = stage.request(take)
    delivery = stage.play(stage.booked(request))
    assert delivery.channel is not None
    handles = {**delivery.handles, **sealed_values(delivery)}
    thawed = frozen_request.thaw(delivery.request)
    token = stage.credential(delivery)
    adapter = adapter_for(delivery.kind)
    assert adapter.take_down(thawed, handles, token).outcome == "ok"
    for purpose, live in ((Purpose.TAKE_DOWN, True), (Purpose.HIDE, False), (Purpose.CORRECT, False)):
        walker = Walker(adapter, thawed, token, stage.platforms.advance, purpose=purpose)
        walker.walk.handles = dict(handles)
        walk = walker.run()
        if purpose is not Purpose.HIDE:
            assert walk.live is live, (purpose, walk.ended)
    assert adapter.read(thawed, handles, token).look is Look.NOT_DONE
    assert stage.platforms.effects(platform=delivery.kind) == []


# -- 15: texts at the limit ----------------------------------------------------------------------

LETTER = "ệ"  # one character in NFC, three in NFD
LONGEST = {
    "text:text": 63_206, "youtube:title": 100, "youtube:text": 5_000, "zalo:title": 140, "zalo:summary": 280,
}  # fmt: skip


def text_at_the_limit(stage: Stage, take: str) -> None:
    """`form:field:NFC|NFD`. A text of exactly the limit, with an emoji at its end, goes out whole."""
    form, name, normal = take.split(":")
    longest = LONGEST[f"{form}:{name}"]
    request = stage.request(form)
    if f"{form}:{name}" == "youtube:text":
        exact = LETTER * 1665 + "a" + "😀"  # 4,995 + 1 + 4 bytes
    else:
        exact = LETTER * (longest - 1) + "😀"
    request = replace(request, link="", **{name: unicodedata.normalize(normal, exact)})
    assert adapter_for(request.kind).refuse(request) == []
    delivery = stage.play(stage.booked(request))
    [effect] = stage.ever(delivery)
    seen = effect["title"] if name == "title" else effect["text"]
    assert unicodedata.normalize("NFC", exact) in seen
    assert unicodedata.is_normalized("NFC", seen)


# -- 16: the day changes -------------------------------------------------------------------------

# A quarter to midnight where the platform's day ends, on an ordinary night and when Californian clocks change.
BORDERS = {
    "ordinary": ("2026-11-24T23:45:00-08:00", "2026-11-25T00:00:00-08:00"),
    "clocks-back": ("2026-11-01T23:45:00-08:00", "2026-11-02T00:00:00-08:00"),
    "clocks-forward": ("2027-03-13T23:45:00-08:00", "2027-03-14T00:00:00-08:00"),
    "viet-nam": ("2026-11-24T23:45:00+07:00", "2026-11-25T00:05:00+07:00"),
}


def day_changes(stage: Stage, take: str) -> None:
    """`form:border`. The day's budget is spent shortly before the platform's midnight: it rests exactly until then."""
    form, border = take.split(":")
    before, after = (datetime.fromisoformat(one) for one in BORDERS[border])
    stage.platforms.control("POST", "clock", {"now": before.isoformat()})
    with time_machine.travel(before, tick=True):
        if form == "youtube":
            stage.platforms.account(platform="youtube", kind="project", id="du-an-1", inserts_per_day=1)
            stage.play(stage.booked(stage.request(form)))
            delivery = stage.booked(stage.request(form))
        else:
            delivery = stage.booked(stage.request(form))
            error = {"error": -211, "message": "Out of quota"}
            stage.platforms.rule(
                platform="zalo", op="article.create", action="error", error=error, nth=1, times=1
            )
        stage.play(delivery, until=lambda row: Parking.objects.exists())
        [parking] = Parking.objects.all()
        assert parking.until == after
        assert stage.ever(delivery) == []
    stage.platforms.control("POST", "clock", {"now": (after + timedelta(minutes=1)).isoformat()})
    with time_machine.travel(after + timedelta(minutes=1), tick=True):
        stage.play(delivery)


# -- 17: secrets ---------------------------------------------------------------------------------


def nothing_leaks(stage: Stage, take: str) -> None:
    """A full run with a lost answer: no token in any row, log line or recorded request."""
    logs = stage.caplog
    logs.set_level(logging.DEBUG)
    delivery = stage.booked(stage.request(take))
    grant = Connection.objects.get(channel=delivery.channel)
    stage.platforms.rule(platform="*", op="*", action="drop_after", nth=2, times=1)
    done = stage.play(delivery)
    secrets = [grant.access_token.reveal(), grant.app.secret.reveal(), *sealed_values(done).values()]
    if grant.refresh_token:
        secrets.append(grant.refresh_token.reveal())
    shown = stage.everything_written() + logs.text + repr(stage.platforms.requests())
    assert [secret for secret in secrets if secret and secret in shown] == []
    assert len(shown) > 2000
