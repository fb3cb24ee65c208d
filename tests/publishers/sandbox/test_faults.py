"""Every bad day a rule can bring, and what it leaves behind."""

import http.client
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishers.sandbox.faults import AFTER, BEFORE, DURING, BadRule, check_rule
from tests.publishers.sandbox.imitated import FacebookPage, YouTubeChannel, ZaloAccount
from tests.publishers.sandbox.wire import Caller, clip

NOTHING, ONE = 0, 1


@pytest.mark.parametrize(("action", "effects"), [("drop_before", NOTHING), ("drop_after", ONE)])
def test_dropped_connection(sandbox: Caller, fb_page: FacebookPage, action: str, effects: int) -> None:
    sandbox.rule(platform="facebook", op="feed.create", action=action)
    with pytest.raises(http.client.RemoteDisconnected):
        fb_page.post("feed", message="Rơi")
    assert len(sandbox.effects()) == effects
    assert fb_page.post("feed", message="Sau đó").status == 200


@pytest.mark.parametrize(("action", "effects"), [("timeout_before", NOTHING), ("timeout_after", ONE)])
def test_silence_until_the_caller_gives_up(
    sandbox: Caller, fb_page: FacebookPage, action: str, effects: int
) -> None:
    sandbox.rule(platform="facebook", op="feed.create", action=action, seconds=30)
    body = b"message=Im"
    headers = {**fb_page.auth, "Content-Type": "application/x-www-form-urlencoded"}
    with pytest.raises(TimeoutError):
        sandbox.send("POST", f"/graph/v26.0/{fb_page.id}/feed", body, headers, timeout=0.3)
    assert len(sandbox.effects()) == effects


@pytest.mark.parametrize(("action", "effects"), [("error", NOTHING), ("error_after", ONE)])
def test_error_in_facebooks_envelope(
    sandbox: Caller, fb_page: FacebookPage, action: str, effects: int
) -> None:
    error = {"code": 368, "subcode": 1390008, "message": "Chậm lại", "http": 400}
    sandbox.rule(platform="facebook", op="feed.create", action=action, error=error)
    answer = fb_page.post("feed", message="Lỗi")
    assert (answer.status, answer.json["error"]["code"], answer.json["error"]["error_subcode"]) == (
        400,
        368,
        1390008,
    )
    assert len(sandbox.effects()) == effects


def test_transient_error_is_http_500(sandbox: Caller, fb_page: FacebookPage) -> None:
    sandbox.rule(platform="facebook", action="error", error={"code": 2})
    answer = fb_page.post("feed", message="Lỗi")
    assert (answer.status, answer.json["error"]["is_transient"]) == (500, True)


def test_status_alone(sandbox: Caller, fb_page: FacebookPage) -> None:
    sandbox.rule(platform="facebook", action="status", status=503)
    assert fb_page.post("feed", message="Lỗi").status == 503
    assert sandbox.effects() == []


@pytest.mark.parametrize(("action", "effects"), [("html_502", NOTHING), ("html_502_after", ONE)])
def test_html_instead_of_json(sandbox: Caller, fb_page: FacebookPage, action: str, effects: int) -> None:
    sandbox.rule(platform="facebook", op="feed.create", action=action)
    answer = fb_page.post("feed", message="Lỗi")
    assert (answer.status, answer.headers["Content-Type"]) == (502, "text/html; charset=utf-8")
    assert len(sandbox.effects()) == effects


def test_cut_body_has_been_committed(sandbox: Caller, fb_page: FacebookPage) -> None:
    sandbox.rule(platform="facebook", op="feed.create", action="cut_body")
    with pytest.raises(http.client.IncompleteRead):
        fb_page.post("feed", message="Cắt")
    assert len(sandbox.effects()) == 1


def test_empty_200_has_been_committed(sandbox: Caller, fb_page: FacebookPage) -> None:
    sandbox.rule(platform="facebook", op="feed.create", action="empty_200")
    answer = fb_page.post("feed", message="Rỗng")
    assert (answer.status, answer.body) == (200, b"")
    assert len(sandbox.effects()) == 1


def test_answer_without_a_content_type(sandbox: Caller, fb_page: FacebookPage) -> None:
    sandbox.rule(platform="facebook", op="feed.create", action="no_content_type")
    answer = fb_page.post("feed", message="Không kiểu")
    assert (answer.headers["Content-Type"], "id" in answer.json) == (None, True)


def test_slow_body_and_delay_take_their_time(sandbox: Caller, fb_page: FacebookPage) -> None:
    for action in ("slow_body", "delay"):
        sandbox.rule(platform="facebook", op="feed.create", action=action, seconds=0.3)
        started = time.monotonic()
        assert "id" in fb_page.post("feed", message=f"Chậm {action}").json
        assert 0.25 < time.monotonic() - started < 3


def test_lag_keeps_one_post_out_of_the_lists(sandbox: Caller, fb_page: FacebookPage) -> None:
    sandbox.rule(platform="facebook", op="feed.create", action="lag", n=90)
    fb_page.post("feed", message="Chậm hiện")
    quick = fb_page.post("feed", message="Hiện ngay").json["id"]
    assert [row["id"] for row in fb_page.get(f"{fb_page.id}/published_posts").json["data"]] == [quick]
    sandbox.advance(91)
    assert len(fb_page.get(f"{fb_page.id}/published_posts").json["data"]) == 2


def test_nth_and_times_choose_the_calls(sandbox: Caller, fb_page: FacebookPage) -> None:
    sandbox.rule(platform="facebook", op="feed.create", nth=2, times=2, action="status", status=500)
    assert [fb_page.post("feed", message=str(n)).status for n in range(5)] == [200, 500, 500, 200, 200]


def test_times_zero_is_for_ever_until_lifted(sandbox: Caller, fb_page: FacebookPage) -> None:
    rule = sandbox.rule(platform="facebook", times=0, action="status", status=500)
    assert [fb_page.post("feed", message="x").status for _ in range(3)] == [500, 500, 500]
    assert sandbox.control("GET", "rules")[0]["seen"] == 3
    sandbox.control("DELETE", f"rules/{rule}")
    assert fb_page.post("feed", message="x").status == 200


def test_account_and_match_choose_the_calls(sandbox: Caller, fb_page: FacebookPage) -> None:
    other = FacebookPage.register(sandbox, id="900000000000002", token="trang-2")
    sandbox.rule(op="feed.*", account=other.id, times=0, action="status", status=500)
    sandbox.rule(platform="facebook", match="chống", times=0, action="status", status=503)
    sandbox.rule(platform="facebook", match={"message": "đúng"}, times=0, action="status", status=504)
    assert other.post("feed", message="a").status == 500
    found = [fb_page.post("feed", message=m).status for m in ("a", "phòng chống", "đúng", "đúng hơn")]
    assert found == [200, 503, 504, 200]


def test_chance_is_drawn_from_the_seed(sandbox: Caller, fb_page: FacebookPage) -> None:
    runs = []
    for _ in range(2):
        sandbox.control("POST", "reset", {})
        FacebookPage.register(sandbox)
        sandbox.rule(platform="facebook", times=0, chance=0.5, action="status", status=500)
        runs.append([fb_page.post("feed", message=str(n)).status for n in range(30)])
    assert runs[0] == runs[1]
    assert 5 < runs[0].count(500) < 25


@pytest.mark.parametrize(
    ("op", "committed"),
    [("videos.update", 1), ("videos.insert.chunk", 0)],
)
def test_lost_youtube_answers_are_found_again(
    sandbox: Caller, channel: YouTubeChannel, op: str, committed: int
) -> None:
    session = channel.session(1000)
    sandbox.rule(platform="youtube", op=op, action="drop_after")
    if op == "videos.update":
        video = channel.put(session, clip(1000), 0, 1000).json["id"]
        with pytest.raises(http.client.RemoteDisconnected):
            channel.publish(video)
    else:
        with pytest.raises(http.client.RemoteDisconnected):
            channel.put(session, clip(1000), 0, 1000)
        assert len(channel.ask(session, 1000).json["id"]) == 11
    assert len(sandbox.effects()) == committed


def test_youtube_and_zalo_errors_speak_their_own_envelopes(
    sandbox: Caller, channel: YouTubeChannel, oa: ZaloAccount
) -> None:
    error = {"http": 429, "reason": "rateLimitExceeded", "headers": {"Retry-After": "30"}}
    sandbox.rule(platform="youtube", action="error", error=error)
    answer = channel.get("channels", part="id", mine="true")
    assert (answer.status, answer.headers["Retry-After"]) == (429, "30")
    assert answer.json["error"]["errors"][0]["reason"] == "rateLimitExceeded"
    sandbox.rule(
        platform="zalo",
        op="oa.getoa",
        action="error",
        error={"error": -32, "message": "Your OA reached limit call api"},
    )
    assert oa.get("oa/getoa").json == {"error": -32, "message": "Your OA reached limit call api"}


def test_zalo_update_lost_after_commit_still_shows_after_verify(sandbox: Caller, oa: ZaloAccount) -> None:
    id_ = oa.publish(status="hide")
    sandbox.rule(platform="zalo", op="article.verify", action="drop_after")
    token = oa.post("article/update", {"id": id_, **oa.article(status="show")}).json["data"]["token"]
    with pytest.raises(http.client.RemoteDisconnected):
        oa.verify(token)
    assert len(sandbox.live()) == 1
    assert oa.verify(token).json["data"]["id"] == id_
    assert len(sandbox.live()) == 1


@pytest.mark.parametrize(
    "rule",
    [{}, {"action": "no"}, {"action": "error"}, {"action": "fate"}, {"action": "delay", "seconds": -1},
     {"action": "delay", "seconds": True}, {"action": "delay", "platform": "x"}, {"action": "delay", "what": 1},
     {"action": "delay", "match": 3}],
)  # fmt: skip
def test_senseless_rule_is_refused_with_a_sentence(sandbox: Caller, rule: dict[str, object]) -> None:
    answer = sandbox.post_json("/__sandbox/rules", rule, {})
    assert (answer.status, answer.json["error"][-1]) == (400, ".")
    assert sandbox.control("GET", "rules") == []


@given(st.sampled_from(sorted(BEFORE | AFTER | DURING)), st.integers(0, 9), st.integers(0, 9))
def test_every_named_action_is_accepted(action: str, nth: int, times: int) -> None:
    check_rule({"action": action, "nth": nth, "times": times, "error": {}, "fate": {}})


@given(st.text(max_size=12).filter(lambda text: text not in BEFORE | AFTER | DURING))
def test_no_other_action_is_accepted(action: str) -> None:
    with pytest.raises(BadRule):
        check_rule({"action": action})
