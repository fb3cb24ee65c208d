"""A post is taken down, hidden or corrected on the same rails: the call, the read-back proof, whatever happens between."""

from __future__ import annotations

from dataclasses import replace

import pytest

from publishers.adapters import recall
from publishers.adapters.registry import adapter_for
from publishers.adapters.seam import Answer, Credential, Look, Outcome, Purpose, Request
from tests.contracts.platforms import Platforms
from tests.contracts.samples import Samples
from tests.contracts.walker import Walk, Walker

CORRECTION = "Đính chính: thời gian tiếp nhận hồ sơ là 7 giờ 30 phút."
RECALLS = [Purpose.TAKE_DOWN, Purpose.HIDE, Purpose.CORRECT]
FORMS = ["text", "link", "pictures", "video", "reel", "youtube", "zalo"]
# The write of each purpose, by the sandbox's name for it; Zalo's verify carries a change through.
CALLS = [
    *[(form, purpose, op) for form in ("text", "pictures", "video") for purpose, op in (
        (Purpose.TAKE_DOWN, "object.delete"), (Purpose.HIDE, "object.edit"), (Purpose.CORRECT, "object.edit"))],
    ("youtube", Purpose.TAKE_DOWN, "videos.delete"), ("youtube", Purpose.HIDE, "videos.update"),
    ("youtube", Purpose.CORRECT, "videos.update"),
    ("zalo", Purpose.TAKE_DOWN, "article.remove"), ("zalo", Purpose.HIDE, "article.update"),
    ("zalo", Purpose.CORRECT, "article.update"),
    ("zalo", Purpose.HIDE, "article.verify"), ("zalo", Purpose.CORRECT, "article.verify"),
]  # fmt: skip
FAULTS = ["drop_before", "drop_after", "cut_body", "html_502", "html_502_after", "empty_200", "timeout_after"]


def live(platforms: Platforms, samples: Samples, form: str) -> Walker:
    """One post that stands."""
    request, credential = samples.of(form)
    walker = Walker(samples.adapter(request.kind), request, credential, platforms.advance)
    assert walker.run().live
    return walker


def errand(out: Walker, purpose: Purpose, platforms: Platforms, **changes: str) -> Walker:
    """A recall of what `out` published, as a later delivery row would know it."""
    request = replace(out.request, text=CORRECTION) if purpose is Purpose.CORRECT else out.request
    later = Walker(
        out.adapter, replace(request, **changes), out.credential, platforms.advance, purpose=purpose
    )
    later.walk.handles = dict(out.walk.handles)
    return later


def achieved(purpose: Purpose, walk: Walk, out: Walker, platforms: Platforms) -> None:
    """The purpose is reached, proved, and nothing else happened."""
    assert walk.live, walk.ended
    assert walk.receipt is not None
    assert walk.receipt.visible_at is not None
    assert len(platforms.ever()) == 1
    shown = platforms.effects()
    if purpose is Purpose.CORRECT:
        assert [CORRECTION in effect["text"] for effect in shown] == [True]
    else:
        assert shown == []
        assert out.adapter.read(out.request, walk.handles, out.credential).look is Look.NOT_DONE


@pytest.mark.parametrize("purpose", RECALLS)
@pytest.mark.parametrize("form", FORMS)
def test_purpose_is_reached_and_proved_by_reading_back(
    form: str, purpose: Purpose, platforms: Platforms, samples: Samples
) -> None:
    out = live(platforms, samples, form)
    walk = errand(out, purpose, platforms).run()
    achieved(purpose, walk, out, platforms)
    assert [name for name, answer in walk.answers if answer.outcome is Outcome.OK] == [
        step.name for step in out.adapter.plan_for(purpose, out.request)
    ]
    assert platforms.findings() == []
    assert [step.visible for step in out.adapter.plan_for(purpose, out.request)].count(True) == 1


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize(("form", "purpose", "op"), CALLS)
def test_spoilt_answer_of_a_recall_is_looked_up_and_repeated_without_harm(
    form: str, purpose: Purpose, op: str, fault: str, platforms: Platforms, samples: Samples
) -> None:
    out = live(platforms, samples, form)
    late = fault == "timeout_after"
    if late:
        out.adapter = samples.adapter(out.request.kind, read_timeout=0.35)
    platforms.rule(
        platform=out.request.kind, op=op, action=fault, nth=1, times=1, seconds=0.8 if late else 0.2
    )
    achieved(purpose, errand(out, purpose, platforms).run(), out, platforms)


@pytest.mark.parametrize("purpose", RECALLS)
@pytest.mark.parametrize("form", ["text", "youtube", "zalo"])
def test_worker_killed_with_the_answer_in_hand_finishes_the_recall(
    form: str, purpose: Purpose, platforms: Platforms, samples: Samples
) -> None:
    for step in (0, 1):
        out = live(platforms, samples, form)
        one = errand(out, purpose, platforms)
        one.killed_in = one.plan[step].name
        assert one.run().live
    assert len(platforms.effects()) == (2 if purpose is Purpose.CORRECT else 0)
    assert len(platforms.ever()) == 2


@pytest.mark.parametrize("form", FORMS)
def test_post_that_is_gone_already_counts_as_taken_down_and_cannot_be_corrected(
    form: str, platforms: Platforms, samples: Samples
) -> None:
    out = live(platforms, samples, form)
    assert errand(out, Purpose.TAKE_DOWN, platforms).run().live
    achieved(Purpose.TAKE_DOWN, errand(out, Purpose.TAKE_DOWN, platforms).run(), out, platforms)
    refused = errand(out, Purpose.CORRECT, platforms).run().ended
    assert refused is not None
    assert (refused.outcome, refused.code) == (Outcome.CONTENT, "not-visible")
    assert refused.sentence == recall.NOT_VISIBLE
    assert platforms.effects() == []


@pytest.mark.parametrize("form", ["text", "youtube", "zalo"])
def test_correction_does_not_show_what_was_hidden(form: str, platforms: Platforms, samples: Samples) -> None:
    out = live(platforms, samples, form)
    hidden = errand(out, Purpose.HIDE, platforms)
    assert hidden.run().live
    hidden.walk.receipt = None
    later = errand(hidden, Purpose.CORRECT, platforms).run()
    assert later.ended is not None
    assert later.ended.code == "not-visible"
    assert platforms.effects() == []
    # Hidden first, taken down afterwards: nothing of the hiding is left to be settled.
    achieved(Purpose.TAKE_DOWN, errand(hidden, Purpose.TAKE_DOWN, platforms).run(), out, platforms)


@pytest.mark.parametrize(
    ("form", "purpose"),
    [("text", Purpose.TAKE_DOWN), ("text", Purpose.HIDE), ("youtube", Purpose.HIDE), ("zalo", Purpose.TAKE_DOWN)],
)  # fmt: skip
def test_answer_that_claims_success_while_the_post_stands_is_not_believed(
    form: str, purpose: Purpose, platforms: Platforms, samples: Samples, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = live(platforms, samples, form)
    name = {Purpose.TAKE_DOWN: "take_down", Purpose.HIDE: "hide"}[purpose]
    monkeypatch.setattr(out.adapter, name, lambda *_: Answer(Outcome.OK))
    one = errand(out, purpose, platforms)
    for step in one.plan:
        answer = one.perform(step)
    assert (answer.outcome, answer.sentence) == (Outcome.PENDING, recall.STILL_SEEN)
    assert one.walk.receipt is None
    assert len(platforms.effects()) == 1


@pytest.mark.parametrize(
    ("form", "op", "error", "outcome"),
    [
        ("text", "object.delete", {"code": 190, "subcode": 460}, Outcome.TOKEN),
        ("text", "object.delete", {"code": 200}, Outcome.CONFIG),
        ("youtube", "videos.delete", {"reason": "quotaExceeded", "http": 403}, Outcome.RATE),
        ("zalo", "article.remove", {"error": -221, "message": "OA is not verified"}, Outcome.CONFIG),
        ("zalo", "article.remove", {"error": -220, "message": "access_token is expired"}, Outcome.TOKEN),
    ],
)
def test_refused_recall_says_what_to_do_and_the_post_still_stands(
    form: str, op: str, error: dict[str, object], outcome: Outcome, platforms: Platforms, samples: Samples
) -> None:
    out = live(platforms, samples, form)
    platforms.rule(platform=out.request.kind, op=op, action="error", error=error, times=0)
    ended = errand(out, Purpose.TAKE_DOWN, platforms).run().ended
    assert ended is not None
    assert ended.outcome is outcome
    assert ended.sentence.endswith(".")
    assert len(platforms.effects()) == 1


def test_delete_that_facebook_refused_although_it_was_done_counts(
    platforms: Platforms, samples: Samples
) -> None:
    out = live(platforms, samples, "text")
    platforms.rule(platform="facebook", op="object.delete", action="error_after", error={"code": 32}, times=1)
    achieved(Purpose.TAKE_DOWN, errand(out, Purpose.TAKE_DOWN, platforms).run(), out, platforms)
    assert len(platforms.requests(op="object.delete")) == 1


def test_page_clip_whose_post_is_not_known_yet_is_corrected_by_its_own_name(
    platforms: Platforms, samples: Samples
) -> None:
    out = live(platforms, samples, "video")
    del out.walk.handles["post_id"]
    achieved(Purpose.CORRECT, errand(out, Purpose.CORRECT, platforms).run(), out, platforms)
    achieved(Purpose.TAKE_DOWN, errand(out, Purpose.TAKE_DOWN, platforms).run(), out, platforms)


def test_hidden_video_keeps_its_title_and_words(platforms: Platforms, samples: Samples) -> None:
    out = live(platforms, samples, "youtube")
    assert errand(out, Purpose.HIDE, platforms, title="Tiêu đề khác", text="Chữ khác").run().live
    [call] = [one for one in platforms.requests(op="videos.update")][-1:]
    assert "Tiêu đề khác" not in str(call)
    [effect] = platforms.ever()
    assert effect["title"] == out.request.title


def test_station_page_proves_that_a_withdrawn_script_is_no_longer_served(samples: Samples) -> None:
    """The page itself is served by the script room; here a small web server stands for it."""
    request = Request("loudspeaker", "tram-1", "Nội dung", title="Bản tin")
    adapter = samples.adapter("loudspeaker")
    [step] = adapter.plan_for(Purpose.TAKE_DOWN, request)
    assert step.visible
    handles = {"address": "/khong-con", "sha256": "0" * 64}
    gone = adapter.perform(step, request, handles, Credential(""), lambda: None)
    assert gone.outcome is Outcome.OK
    assert gone.receipt is not None
    assert gone.receipt.remote_id == "0" * 64
    assert adapter.plan_for(Purpose.CORRECT, request) == adapter.plan(request)


@pytest.mark.parametrize("purpose", RECALLS)
def test_kind_without_connector_asks_a_person(purpose: Purpose) -> None:
    adapter = adapter_for("press")
    request = Request("press", "", "Nội dung", title="Tiêu đề")
    [step] = adapter.plan_for(purpose, request)
    answer = adapter.perform(step, request, {}, Credential(""), lambda: None)
    assert answer.outcome is Outcome.PENDING
    assert "gỡ hoặc sửa" in answer.sentence
