"""One wrong call, the platform's exact refusal, nothing seen: what the other modules of this room leave out.

docs/sandbox.md lists every behaviour of the platform contract with the test that shows it."""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.publishers.sandbox.imitated import FacebookPage, YouTubeChannel, ZaloAccount
from tests.publishers.sandbox.wire import JPEG, Answer, Caller, clip

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def of_facebook(answer: Answer) -> tuple[int, int, int | None]:
    error = answer.json["error"]
    return answer.status, error["code"], error.get("error_subcode")


def of_youtube(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.json["error"]["errors"][0]["reason"]


# -- the wrong host -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    ["/graph-video/v26.0/{page}/feed", "/rupload/v26.0/{page}/feed", "/graph-video/v26.0/{page}/photos",
     "/facebook-www/v26.0/{page}/feed", "/graph/v26.0/{page}/fead"],
)  # fmt: skip
def test_facebook_call_on_another_host_or_path_is_refused(
    sandbox: Caller, fb_page: FacebookPage, path: str
) -> None:
    answer = sandbox.send("POST", path.format(page=fb_page.id), b"message=Lac", {**fb_page.auth, **FORM})
    assert answer.status >= 400
    assert sandbox.effects() == []


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/youtube/youtube/v3/videos?uploadType=resumable&part=snippet,status"),
     ("POST", "/youtube/upload/youtube/v3/playlistItems?part=snippet"),
     ("GET", "/youtube/upload/youtube/v3/channels?part=id&mine=true"),
     ("GET", "/youtube-analytics/youtube/v3/channels?part=id&mine=true"),
     ("POST", "/youtube/token")],
)  # fmt: skip
def test_google_call_on_another_host_is_404(
    sandbox: Caller, channel: YouTubeChannel, method: str, path: str
) -> None:
    answer = sandbox.send(method, path, b"{}", {**channel.auth, "Content-Type": "application/json"})
    assert answer.status == 404
    assert sandbox.effects() == []


@pytest.mark.parametrize(
    "path", ["/zalo/v4/oa/access_token", "/zalo-oauth/v2.0/article/create", "/zalo/v2.0/articles"]
)
def test_zalo_call_on_another_host_is_404_with_209(sandbox: Caller, oa: ZaloAccount, path: str) -> None:
    answer = sandbox.post_json(path, oa.article(), oa.auth)
    assert (answer.status, answer.json["error"]) == (404, -209)
    assert sandbox.effects() == []


# -- limits ---------------------------------------------------------------------------------------


def test_app_budget_is_told_in_percent_and_stops_every_page_with_4(sandbox: Caller) -> None:
    first, second = (
        FacebookPage.register(sandbox),
        FacebookPage.register(sandbox, id="900000000000002", token="trang-2"),
    )
    sandbox.account(platform="facebook", kind="app", id="100000000000001", calls_per_hour=4)
    for number in range(4):
        answer = first.post("feed", message=f"Bài {number}")
    assert json.loads(answer.headers["X-App-Usage"])["call_count"] == 100
    assert of_facebook(second.post("feed", message="Không qua")) == (400, 4, None)
    assert len(sandbox.effects()) == 4
    sandbox.advance(3600)
    assert second.post("feed", message="Giờ sau").status == 200


def test_page_budget_tells_the_minutes_until_it_returns(sandbox: Caller) -> None:
    page = FacebookPage.register(sandbox, calls_per_day=2)
    page.post("feed", message="Một")
    answer = page.post("feed", message="Hai")
    [usage] = json.loads(answer.headers["X-Business-Use-Case-Usage"])[page.id]
    assert (usage["type"], usage["call_count"], usage["estimated_time_to_regain_access"]) == ("pages", 100, 0)
    refused = page.post("feed", message="Ba")
    [usage] = json.loads(refused.headers["X-Business-Use-Case-Usage"])[page.id]
    assert 0 < usage["estimated_time_to_regain_access"] <= 60
    assert "Retry-After" not in refused.headers
    assert len(sandbox.effects()) == 2


@pytest.mark.parametrize(("code", "http_status"), [(32, 400), (613, 400), (17, 400), (341, 400), (368, 400)])
def test_every_limit_code_of_facebook_can_be_played(
    sandbox: Caller, fb_page: FacebookPage, code: int, http_status: int
) -> None:
    sandbox.rule(platform="facebook", op="feed.create", action="error", error={"code": code})
    assert of_facebook(fb_page.post("feed", message="Giới hạn")) == (http_status, code, None)
    assert sandbox.effects() == []


@pytest.mark.parametrize("headers", [{}, {"Retry-After": "30"}])
def test_429_comes_with_and_without_a_time(
    sandbox: Caller, channel: YouTubeChannel, headers: dict[str, str]
) -> None:
    error = {"http": 429, "reason": "rateLimitExceeded", "headers": headers}
    sandbox.rule(platform="youtube", op="videos.update", action="error", error=error)
    answer = channel.publish(channel.upload())
    assert (answer.status, answer.headers.get("Retry-After")) == (429, headers.get("Retry-After"))
    assert sandbox.effects() == []


def test_the_two_limits_of_zalo_differ_only_in_their_words(sandbox: Caller) -> None:
    busy, other = (
        ZaloAccount.register(sandbox, calls_per_minute=1),
        ZaloAccount.register(sandbox, id="4000000000000000002", token="oa-2"),
    )
    assert busy.get("oa/getoa").json["error"] == 0
    own = busy.get("oa/getoa")
    assert (own.status, own.json) == (200, {"error": -32, "message": "Your OA reached limit call api"})
    assert other.get("oa/getoa").json["error"] == 0
    sandbox.account(platform="zalo", kind="app", id=other.app, calls_per_minute=1)
    whole = other.get("oa/getoa")
    assert whole.json == {"error": -32, "message": "Your application reached limit call api"}
    assert whole.headers["X-RateLimit-Remain"] == "0"
    sandbox.advance(60)
    assert busy.get("oa/getoa").json["error"] == 0


# -- tokens and standing --------------------------------------------------------------------------


@pytest.mark.parametrize("subcode", [458, 459, 460, 463, 467, 492])
def test_page_token_dies_in_the_middle_with_its_subcode(
    sandbox: Caller, fb_page: FacebookPage, subcode: int
) -> None:
    photo = fb_page.staged()
    sandbox.control(
        "POST",
        "tokens",
        {"platform": "facebook", "account": fb_page.id, "action": "revoke", "subcode": subcode},
    )
    assert of_facebook(fb_page.with_photos(photo)) == (400, 190, subcode)
    assert sandbox.effects() == []


def test_page_token_with_an_end_dies_by_the_clock(sandbox: Caller) -> None:
    page = FacebookPage.register(sandbox, expires_in=3600)
    assert page.post("feed", message="Trước").status == 200
    sandbox.advance(3601)
    assert of_facebook(page.post("feed", message="Sau")) == (400, 190, 463)
    assert len(sandbox.effects()) == 1


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"scopes": ["pages_read_engagement"]}, (403, 200, None)),
        ({"tasks": ["MODERATE"]}, (403, 10, None)),
        ({"publishing_authorised": False}, (403, 200, 1404078)),
    ],
)
def test_page_that_loses_its_right_in_the_middle_may_not_publish(
    sandbox: Caller, fb_page: FacebookPage, change: dict[str, Any], refusal: tuple[int, int, int | None]
) -> None:
    photo = fb_page.staged()
    FacebookPage.register(sandbox, **change)
    assert of_facebook(fb_page.with_photos(photo)) == refusal
    assert sandbox.effects() == []
    assert fb_page.get(f"{fb_page.id}/published_posts").status == 200


def test_zalo_token_dies_between_create_and_show(sandbox: Caller, oa: ZaloAccount) -> None:
    id_ = oa.publish(status="hide")
    sandbox.control("POST", "tokens", {"platform": "zalo", "account": oa.id, "action": "expire"})
    answer = oa.post("article/update", {"id": id_, **oa.article()})
    assert (answer.status, answer.json["error"]) == (200, -220)
    assert sandbox.effects() == []


# -- done, but the answer is lost ------------------------------------------------------------------


def page_with_post(page: FacebookPage) -> str:
    return str(page.post("feed", message="Bài").json["id"])


def do_feed(page: FacebookPage, channel: YouTubeChannel, oa: ZaloAccount) -> Callable[[], Any]:
    return lambda: page.post("feed", message="Im lặng")


def do_finish(page: FacebookPage, channel: YouTubeChannel, oa: ZaloAccount) -> Callable[[], Any]:
    session = page.upload_video(clip(2000))["upload_session_id"]
    return lambda: page.finish_video(session)


def do_comment(page: FacebookPage, channel: YouTubeChannel, oa: ZaloAccount) -> Callable[[], Any]:
    post = page_with_post(page)
    return lambda: page.sandbox.form(f"/graph/v26.0/{post}/comments", page.auth, message="Bình luận")


def do_last_chunk(page: FacebookPage, channel: YouTubeChannel, oa: ZaloAccount) -> Callable[[], Any]:
    session = channel.session(2000, channel.body(privacy="public"))
    return lambda: channel.put(session, clip(2000), 0, 2000)


def do_update(page: FacebookPage, channel: YouTubeChannel, oa: ZaloAccount) -> Callable[[], Any]:
    video = channel.upload()
    return lambda: channel.publish(video)


def do_entry(page: FacebookPage, channel: YouTubeChannel, oa: ZaloAccount) -> Callable[[], Any]:
    YouTubeChannel.register(channel.sandbox, playlists=["PL1"])
    video = channel.upload()
    body = {"snippet": {"playlistId": "PL1", "resourceId": {"kind": "youtube#video", "videoId": video}}}
    return lambda: channel.sandbox.post_json(
        "/youtube/youtube/v3/playlistItems?part=snippet", body, channel.auth
    )


def do_verify_shown(page: FacebookPage, channel: YouTubeChannel, oa: ZaloAccount) -> Callable[[], Any]:
    token = oa.create()
    return lambda: oa.verify(token)


def do_broadcast(page: FacebookPage, channel: YouTubeChannel, oa: ZaloAccount) -> Callable[[], Any]:
    oa.sandbox.control("POST", "clock", {"now": "2026-11-23T09:00:00+07:00"})
    oa.sandbox.account(platform="zalo", id=oa.id, access_token="oa-sang")
    oa.token = "oa-sang"
    element = {"media_type": "article", "attachment_id": oa.publish()}
    payload = {"template_type": "media", "elements": [element]}
    document = {"recipient": {"target": {"gender": "0"}},
                "message": {"attachment": {"type": "template", "payload": payload}}}  # fmt: skip
    return lambda: oa.post("oa/message", document)


COMMITTED = [
    ("feed.create", do_feed, "post"), ("videos.finish", do_finish, "video"), ("comments.create", do_comment, "comment"),
    ("videos.insert.chunk", do_last_chunk, "video"), ("videos.update", do_update, "video"),
    ("playlistItems.insert", do_entry, "playlist_item"), ("article.verify", do_verify_shown, "article"),
    ("oa.broadcast", do_broadcast, "broadcast"),
]  # fmt: skip


@pytest.mark.parametrize("action", ["timeout_after", "drop_after", "html_502_after", "error_after"])
@pytest.mark.parametrize(("op", "prepare", "kind"), COMMITTED)
def test_call_that_was_done_before_its_answer_was_lost_is_in_the_ledger(
    sandbox: Caller, fb_page: FacebookPage, channel: YouTubeChannel, oa: ZaloAccount, op: str, kind: str, action: str,
    prepare: Callable[[FacebookPage, YouTubeChannel, ZaloAccount], Callable[[], Any]],
) -> None:  # fmt: skip
    call = prepare(fb_page, channel, oa)
    sandbox.rule(
        op=op, action=action, seconds=5, error={"code": 2, "http": 503, "reason": "backendError", "error": -1}
    )
    sandbox.timeout, kept = 0.4, sandbox.timeout
    try:
        answer = call()
        assert answer.status >= 500
        assert action in ("html_502_after", "error_after")
    except (TimeoutError, http.client.RemoteDisconnected):
        assert action in ("timeout_after", "drop_after")
    finally:
        sandbox.timeout = kept
    assert len(sandbox.effects(secondary="true", kind=kind)) == 1


@pytest.mark.parametrize("op", ["videos.insert.start", "videos.insert.chunk", "videos.update"])
def test_503_of_youtube_before_the_commit_leaves_nothing(
    sandbox: Caller, channel: YouTubeChannel, op: str
) -> None:
    sandbox.rule(platform="youtube", op=op, action="error", error={"http": 503, "reason": "backendError"})
    opened = channel.open(2000)
    if op == "videos.insert.start":
        assert of_youtube(opened) == (503, "backendError")
    elif op == "videos.insert.chunk":
        session = str(opened.headers["Location"])
        assert channel.put(session, clip(2000), 0, 2000).status == 503
        assert "Range" not in channel.ask(session, 2000).headers
    else:
        assert of_youtube(channel.publish(channel.upload())) == (503, "backendError")
    assert sandbox.effects() == []


def test_308_without_a_range_means_that_nothing_was_kept(sandbox: Caller, channel: YouTubeChannel) -> None:
    session = channel.session(600_000)
    sandbox.rule(platform="youtube", op="videos.insert.chunk", action="fate", fate={"store_bytes": 0})
    answer = channel.put(session, clip(262_144), 0, 600_000)
    assert (answer.status, answer.headers.get("Range")) == (308, None)
    assert channel.put(session, clip(600_000), 0, 600_000).status == 200


# -- processing and files ---------------------------------------------------------------------------


def test_ready_comes_before_published_and_the_post_id_later_still(sandbox: Caller) -> None:
    page = FacebookPage.register(
        sandbox, processing_seconds=10, publish_delay_seconds=60, post_id_delay_seconds=60
    )
    started = page.upload_video(clip(3000))
    page.finish_video(started["upload_session_id"])
    fields = "status,published,post_id"
    sandbox.advance(11)
    seen = page.get(started["video_id"], fields=fields).json
    assert (seen["status"]["video_status"], seen["published"]) == ("ready", False)
    assert sandbox.effects() == []
    sandbox.advance(61)
    seen = page.get(started["video_id"], fields=fields).json
    assert (seen["published"], "post_id" in seen) == (True, False)
    assert len(sandbox.effects()) == 1
    sandbox.advance(61)
    assert page.get(started["video_id"], fields=fields).json["post_id"].isdigit()


def test_thumbnail_before_the_video_is_ready_is_refused_where_the_channel_is_strict(sandbox: Caller) -> None:
    channel = YouTubeChannel.register(sandbox, processing_seconds=60, thumbnail_waits_for_processing=True)
    video = channel.upload()
    path = f"/youtube/upload/youtube/v3/thumbnails/set?videoId={video}&uploadType=media"
    send = lambda: sandbox.send("POST", path, JPEG, {**channel.auth, "Content-Type": "image/jpeg"})  # noqa: E731
    assert of_youtube(send()) == (400, "failedPrecondition")
    sandbox.advance(61)
    assert send().status == 200


def test_zalo_video_over_50_mb_and_a_cut_one_are_refused(sandbox: Caller, oa: ZaloAccount) -> None:
    path = "/zalo/v2.0/article/upload_video/preparevideo"
    large = sandbox.multipart(path, {}, {"file": clip((50 << 20) + 1)}, oa.auth)
    assert (large.status, large.json["error"]) == (200, -210)
    cut = {**oa.auth, "Content-Type": "multipart/form-data; boundary=b"}
    body = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n' + clip(4000)
    assert sandbox.send("POST", path, body, cut).json["error"] == -201


def test_picture_over_one_megabyte_or_of_another_type_fails_when_zalo_fetches_it(
    sandbox: Caller, oa: ZaloAccount
) -> None:
    for name, why in (("to.jpg", "larger than 1MB"), ("chu.jpg", "file type"), ("mat.jpg", "HTTP 404")):
        cover = {"cover_type": "photo", "photo_url": f"https://media.lantoa.example/{name}", "status": "show"}
        answer = oa.verify(oa.create(cover=cover))
        assert (answer.json["error"], why in answer.json["message"]) == (-200, True)
    assert sandbox.effects() == []


def test_bare_post_number_is_refused_for_insights_too(sandbox: Caller, fb_page: FacebookPage) -> None:
    bare = page_with_post(fb_page).split("_")[1]
    assert of_facebook(fb_page.get(f"{bare}/insights", metric="post_clicks"))[1] == 12


@pytest.mark.parametrize(
    ("fields", "finding"),
    [
        ({"message": "a", "published": "False"}, "true hoặc false"),
        ({"message": "a", "attached_media": "media_fbid"}, "JSON"),
        ({"mesage": "a"}, "Tham số lạ"),
        ({"message": "a", "access_token": "trang-1"}, "tiêu đề Authorization"),
    ],
)
def test_wrong_calls_are_noted_with_a_reason_for_the_developer(
    sandbox: Caller, fb_page: FacebookPage, fields: dict[str, str], finding: str
) -> None:
    assert fb_page.post("feed", **fields).status == 400
    [noted] = sandbox.findings()
    assert finding in noted["finding"]
    assert sandbox.effects() == []
