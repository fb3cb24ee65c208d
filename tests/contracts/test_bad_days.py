"""Scenarios 3 to 17 as far as an adapter alone can meet them; effects are counted in the sandbox's ledger. Uploads that
break off, limits of calls and what a look may believe have modules of their own."""

from __future__ import annotations

import logging
import threading
import unicodedata
from dataclasses import replace

import pytest

from publishers.adapters.seam import Answer, Look, Outcome, Step
from publishers.adapters.zalo.broadcast import broadcast, quota_left
from tests.contracts.platforms import Platforms
from tests.contracts.samples import OA, Samples
from tests.contracts.walker import Walker, walker

# -- 3: the same visible step twice at once -----------------------------------------------------


@pytest.mark.parametrize(("form", "step"), [("youtube", "publish"), ("zalo", "show")])
def test_visible_step_made_by_two_workers_at_once_shows_one_post(
    form: str, step: str, platforms: Platforms, samples: Samples
) -> None:
    first = walker(platforms, samples, form)
    first.run(stop_before=step)
    second = Walker(samples.adapter(form), first.request, first.credential, platforms.advance)
    second.walk.handles = dict(first.walk.handles)
    threads = [threading.Thread(target=one.run, kwargs={"start_at": step}) for one in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert first.walk.live
    assert second.walk.live
    assert first.walk.receipt.remote_id == second.walk.receipt.remote_id
    assert len(platforms.ever()) == 1


# -- 4: the token dies in the middle ------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "platform", "last"),
    [("pictures", "facebook", "feed"), ("video", "facebook", "finish"), ("youtube", "youtube", "upload"),
     ("youtube", "youtube", "publish"), ("zalo", "zalo", "show"), ("zalo", "zalo", "verify-shown")],
)  # fmt: skip
def test_token_that_dies_between_steps_is_told_and_a_new_one_goes_on(
    form: str, platform: str, last: str, platforms: Platforms, samples: Samples
) -> None:
    account = {"facebook": samples.page, "youtube": samples.channel, "zalo": samples.oa}[platform]
    one = walker(platforms, samples, form)
    one.run(stop_before=last)
    platforms.expire(platform, one.request.account)
    one.refreshed = lambda: account(access_token="the-moi-sau-khi-lam-moi")
    walk = one.run(start_at=last)
    assert walk.outcomes(last)[0] is Outcome.TOKEN
    assert walk.live, walk.ended
    assert len(platforms.ever()) == 1


# -- 9: processing fails after "success" --------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "platform", "op", "fate"),
    [
        ("video", "facebook", "videos.finish", {"processing": "error"}),
        ("reel", "facebook", "reels.finish", {"processing": "error"}),
        ("youtube", "youtube", "videos.insert.chunk", {"failureReason": "codec"}),
        ("youtube", "youtube", "videos.insert.chunk", {"rejectionReason": "copyright"}),
        ("zalo-clip", "zalo", "video.prepare", {"processing": "error"}),
        ("zalo", "zalo", "article.create", {"media_failure": "HTTP 404"}),
    ],
)
def test_failure_after_success_is_told_and_nothing_is_seen(
    form: str, platform: str, op: str, fate: dict[str, object], platforms: Platforms, samples: Samples
) -> None:
    platforms.rule(platform=platform, op=op, action="fate", fate=fate, times=0)
    walk = walker(platforms, samples, form).run()
    assert walk.ended.outcome is Outcome.CONTENT, walk.ended
    assert walk.ended.sentence.endswith(".")
    assert platforms.ever() == []


def test_picture_that_zalo_missed_once_is_offered_once_more(platforms: Platforms, samples: Samples) -> None:
    platforms.rule(
        platform="zalo", op="article.create", action="fate", fate={"media_failure": "HTTP 404"}, times=1
    )
    walk = walker(platforms, samples, "zalo").run()
    assert [answer.restart_from for _, answer in walk.answers if answer.restart_from] == ["create"]
    assert walk.live
    assert len(platforms.ever()) == 1


# -- 12 and 13: refused for good, done in part --------------------------------------------------


@pytest.mark.parametrize(
    ("form", "platform", "op", "error"),
    [
        ("text", "facebook", "feed.create", {"code": 100, "message": "(#100) Invalid parameter"}),
        ("picture", "facebook", "photos.create", {"code": 100, "subcode": 1366046}),
        ("youtube", "youtube", "videos.insert.start", {"reason": "invalidTitle", "http": 400}),
        ("youtube", "youtube", "videos.update", {"reason": "invalidDescription", "http": 400}),
        ("zalo", "zalo", "article.create", {"error": -201, "message": "title allow 1 to 150 characters"}),
        ("zalo", "zalo", "article.update", {"error": -248, "message": "Violates platform standards"}),
    ],
)
def test_content_that_is_refused_for_good_is_sent_once(
    form: str, platform: str, op: str, error: dict[str, object], platforms: Platforms, samples: Samples
) -> None:
    platforms.rule(platform=platform, op=op, action="error", error=error, times=0)
    walk = walker(platforms, samples, form).run()
    assert walk.ended.outcome is Outcome.CONTENT
    assert len(platforms.requests(op=op)) == 1
    assert platforms.ever() == []


def test_video_goes_public_although_its_thumbnail_is_refused(platforms: Platforms, samples: Samples) -> None:
    one = walker(platforms, samples, "youtube")
    samples.channel(phone_verified=False)
    one.request = samples.youtube(media=(samples.clip(), samples.picture("anh-bia")))
    walk = one.run()
    assert walk.failed_options == ["thumbnail"]
    assert walk.outcomes("thumbnail") == [Outcome.CONFIG]
    assert walk.live
    assert len(platforms.ever()) == 1


def test_comment_whose_answer_was_lost_is_found_and_not_repeated(
    platforms: Platforms, samples: Samples
) -> None:
    one = walker(platforms, samples, "picture")
    one.request = replace(one.request, first_comment="Hỏi đáp tại tổng đài 1022")
    platforms.rule(platform="facebook", op="comments.create", action="drop_after", times=1)
    walk = one.run()
    assert walk.live
    assert walk.handles["comment_id"]
    assert len(platforms.effects(secondary="true", kind="comment")) == 1


def test_playlist_entry_whose_answer_was_lost_is_not_added_twice(
    platforms: Platforms, samples: Samples
) -> None:
    one = walker(platforms, samples, "youtube")
    samples.channel(playlists=["PLthunghiem"])
    one.request = samples.youtube(playlist="PLthunghiem", media=(samples.clip(captions=True),))
    platforms.rule(platform="youtube", op="playlistItems.insert", action="drop_after", times=1)
    platforms.rule(platform="youtube", op="captions.insert.chunk", action="drop_after", times=1)
    walk = one.run()
    assert walk.live
    assert walk.failed_options == []
    assert len(platforms.requests(op="playlistItems.insert")) == 1
    assert len(platforms.requests(op="captions.insert.start")) == 1


def test_account_that_may_not_publish_is_a_matter_for_a_person(
    platforms: Platforms, samples: Samples
) -> None:
    one = walker(platforms, samples, "zalo")
    samples.oa(is_verified=False)
    assert one.run().ended.outcome is Outcome.CONFIG
    two = walker(platforms, samples, "youtube")
    samples.channel(force_private=True)
    locked = two.run()
    assert (locked.ended.outcome, locked.ended.code) == (Outcome.CONFIG, "privacy-private")
    three = walker(platforms, samples, "text")
    samples.page(scopes=["pages_read_engagement"])
    assert three.run().ended.outcome is Outcome.CONFIG
    assert platforms.ever() == []


# -- 14: what is gone is gone -------------------------------------------------------------------


@pytest.mark.parametrize("form", ["text", "pictures", "video", "youtube", "zalo"])
def test_post_is_amended_then_taken_down_and_a_second_take_down_is_fine(
    form: str, platforms: Platforms, samples: Samples
) -> None:
    one = walker(platforms, samples, form)
    handles = one.run().handles
    corrected = replace(one.request, text="Đính chính: thời gian tiếp nhận là 7 giờ 30.")
    amended = one.adapter.amend(corrected, handles, one.credential)
    while amended.outcome is Outcome.PENDING:
        handles = {**handles, **amended.sealed}
        amended = one.adapter.perform(Step("prove-amended"), corrected, handles, one.credential, lambda: None)
    assert amended.outcome is Outcome.OK, amended
    [effect] = platforms.effects()
    assert "Đính chính" in effect["text"]
    assert one.adapter.read(one.request, handles, one.credential).look is Look.DONE
    assert one.adapter.take_down(one.request, handles, one.credential).outcome is Outcome.OK
    assert platforms.effects() == []
    assert one.adapter.read(one.request, handles, one.credential).look is Look.NOT_DONE
    assert one.adapter.take_down(one.request, handles, one.credential).outcome is Outcome.OK
    assert one.adapter.amend(corrected, handles, one.credential).outcome is Outcome.CONTENT
    assert len(platforms.ever()) == 1


@pytest.mark.parametrize("form", ["pictures", "video", "youtube", "zalo"])
def test_what_was_only_staged_is_taken_away_unseen(form: str, platforms: Platforms, samples: Samples) -> None:
    one = walker(platforms, samples, form)
    visible = next(step.name for step in one.adapter.plan(one.request) if step.visible)
    one.run(stop_before=visible)
    assert one.adapter.take_down(one.request, one.walk.handles, one.credential).outcome is Outcome.OK
    assert platforms.ever() == []


# -- 15: texts at the limit ---------------------------------------------------------------------

LETTER = "ệ"  # one character in NFC, three in NFD


@pytest.mark.parametrize("form_of_text", ["NFC", "NFD"])
@pytest.mark.parametrize(
    ("form", "field", "longest"),
    [("text", "text", 63_206), ("youtube", "title", 100), ("zalo", "title", 140), ("zalo", "summary", 280)],
)
def test_text_of_exactly_the_limit_goes_out_and_one_more_is_refused(
    form: str, field: str, longest: int, form_of_text: str, platforms: Platforms, samples: Samples
) -> None:
    one = walker(platforms, samples, form)
    exact = unicodedata.normalize(form_of_text, LETTER * (longest - 1) + "😀")
    one.request = replace(one.request, **{field: exact})
    assert one.adapter.refuse(one.request) == []
    assert one.run().live, one.walk.ended
    assert len(platforms.ever()) == 1
    [sentence] = one.adapter.refuse(replace(one.request, **{field: exact + "ề"}))
    assert str(longest).replace(".", "") in sentence


@pytest.mark.parametrize("form_of_text", ["NFC", "NFD"])
def test_youtube_description_is_counted_in_bytes(
    form_of_text: str, platforms: Platforms, samples: Samples
) -> None:
    one = walker(platforms, samples, "youtube")
    exact = unicodedata.normalize(form_of_text, LETTER * 1666 + "ab")  # 3 bytes each in NFC: 5,000 in all
    one.request = replace(one.request, text=exact)
    assert one.adapter.refuse(one.request) == []
    assert one.run().live, one.walk.ended
    assert len(one.adapter.refuse(replace(one.request, text=exact + "c"))) == 1


# -- 17: secrets stay secret --------------------------------------------------------------------


@pytest.mark.parametrize("form", ["text", "pictures", "video", "reel", "youtube", "zalo-clip"])
def test_no_secret_in_answers_logs_or_addresses(
    form: str, platforms: Platforms, samples: Samples, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    one = walker(platforms, samples, form)
    platforms.rule(platform="*", op="*", action="drop_after", nth=2, times=1)
    walk = one.run()
    assert walk.live
    shown = "\n".join(
        [repr(answer.exchange) + answer.sentence + repr(dict(answer.handles)) for _, answer in walk.answers]
        + [repr(seen.answer.exchange) for _, seen in walk.sightings if seen.answer]
        + [caplog.text, repr(one.credential)]
    )
    secrets = [
        one.credential.access_token,
        *(value for _, answer in walk.answers for value in answer.sealed.values()),
    ]
    assert [secret for secret in secrets if secret in shown] == []
    sent = platforms.requests()
    assert sent
    assert [call for call in sent if one.credential.access_token in repr(call)] == []
    # A chunk that is sent twice after a crash is how the server is asked for the right place.
    assert [call for call in platforms.findings() if call["op"] != "videos.transfer"] == []


# -- broadcasts ---------------------------------------------------------------------------------


def test_broadcast_is_sent_once_and_an_unclear_one_is_left_to_a_person(
    platforms: Platforms, samples: Samples
) -> None:
    one = walker(platforms, samples, "zalo")
    article = one.run().receipt.remote_id
    platforms.control("POST", "clock", {"now": "2026-11-23T09:00:00+07:00"})
    bases = platforms.bases()
    sent = broadcast(OA, (article,), one.credential, bases)
    assert (sent.outcome, bool(sent.receipt.remote_id)) == (Outcome.OK, True)
    before = quota_left(one.credential, bases)
    platforms.rule(platform="zalo", op="oa.broadcast", action="drop_after", times=1)
    unclear = broadcast(OA, (article,), one.credential, bases)
    assert unclear.outcome is Outcome.UNKNOWN
    assert "không tự gửi lại" in unclear.sentence
    assert quota_left(one.credential, bases) == before - 1
    assert len(platforms.ever(kind="broadcast")) == 2
    platforms.control("POST", "clock", {"now": "2026-11-23T23:00:00+07:00"})
    night = broadcast(OA, (article,), samples.oa(access_token="the-moi-cua-hom-sau"), bases)
    assert night.outcome is Outcome.RATE
    assert broadcast(OA, (), one.credential, bases).outcome is Outcome.CONTENT
    assert len(platforms.ever(kind="broadcast")) == 2


def test_unreachable_platform_is_tried_later_with_a_sentence(samples: Samples, platforms: Platforms) -> None:
    nowhere = "http://127.0.0.1:9"
    changes = dict.fromkeys(("graph", "graph_video", "rupload", "youtube", "zalo"), nowhere)
    for form in ("text", "picture", "video", "reel", "youtube", "zalo"):
        one = walker(platforms, samples, form)
        one.adapter = samples.adapter(one.request.kind, **changes)
        first: Answer = one.perform(one.adapter.plan(one.request)[0])
        assert (first.outcome, first.code) == (Outcome.RETRY, "unreachable")
        assert "kết nối" in first.sentence
    assert platforms.ever() == []


def test_every_answer_of_the_wire_carries_its_record(platforms: Platforms, samples: Samples) -> None:
    for form in ("pictures", "video", "reel", "youtube", "zalo-clip"):
        walk = walker(platforms, samples, form).run()
        bare = [(step, answer.code) for step, answer in walk.answers if not answer.exchange.get("method")]
        assert bare == []
    platforms.rule(platform="facebook", op="feed.create", action="drop_after", times=1)
    [(_, seen)] = walker(platforms, samples, "picture").run().sightings
    assert seen.answer.exchange["path"].endswith("/published_posts")


# -- records, and a right that is refused in passing ---------------------------------------------


@pytest.mark.parametrize(
    ("form", "op"), [("text", "feed.create"), ("picture", "photos.create"), ("video", "videos.finish")]
)
def test_right_refused_once_is_asked_again_and_refused_twice_calls_a_person(
    form: str, op: str, platforms: Platforms, samples: Samples
) -> None:
    blocked = {"code": 200, "message": "API access blocked.", "http": 400}
    platforms.rule(platform="facebook", op=op, action="error", error=blocked, nth=1, times=1)
    passing = walker(platforms, samples, form).run()
    assert passing.live, passing.ended
    assert len(platforms.ever()) == 1
    platforms.rule(platform="facebook", op=op, action="error", error=blocked, times=0)
    second = walker(platforms, samples, form)
    second.walk.handles["taken"] = [effect["object_id"] for effect in platforms.ever()]
    lasting = second.run()
    assert lasting.ended is not None
    assert (lasting.ended.outcome, lasting.ended.code) == (Outcome.CONFIG, "200")
    assert len(platforms.ever()) == 1
