"""The sandbox's own addresses: accounts, tokens, clock, records."""

import json
import time

import pytest

from tests.publishers.sandbox.imitated import FacebookPage, YouTubeChannel, ZaloAccount
from tests.publishers.sandbox.wire import JPEG, Caller


def test_health_says_ok(sandbox: Caller) -> None:
    assert sandbox.control("GET", "health")["status"] == "ok"


def test_accounts_are_upserted_and_listed_without_secrets(sandbox: Caller) -> None:
    FacebookPage.register(sandbox, app_secret="mat-trang")
    YouTubeChannel.register(sandbox)
    ZaloAccount.register(sandbox)
    sandbox.account(platform="facebook", id="900000000000001", name="Tên mới")
    answer = sandbox.control("GET", "accounts")
    names = {(row["platform"], row["kind"]): row["name"] for row in answer}
    assert names["facebook", "page"] == "Tên mới"
    assert {("youtube", "channel"), ("youtube", "client"), ("zalo", "oa"), ("zalo", "app")} <= set(names)
    text = json.dumps(answer)
    for secret in ("trang-1", "kenh-1", "oa-1", "mat-trang", "mat-may-khach", "mat-ung-dung", "lam-moi"):
        assert secret not in text


def test_several_accounts_at_once(sandbox: Caller) -> None:
    documents = [{"platform": "facebook", "id": str(n), "name": f"Trang {n}"} for n in range(3)]
    assert [row["id"] for row in sandbox.control("POST", "accounts", documents)] == ["0", "1", "2"]


@pytest.mark.parametrize(
    "document",
    [{}, {"platform": "tiktok", "id": "1"}, {"platform": "facebook"}, {"platform": "facebook", "id": "a/b"},
     {"platform": "facebook", "kind": "oa", "id": "1"}, {"platform": "facebook", "id": "1", "nmae": "x"},
     {"platform": "facebook", "id": "1", "name": 5}, {"platform": "zalo", "id": "1", "secret_key": "x"}],
)  # fmt: skip
def test_senseless_account_is_refused_whole(sandbox: Caller, document: dict[str, object]) -> None:
    answer = sandbox.post_json("/__sandbox/accounts", [{"platform": "facebook", "id": "9"}, document], {})
    assert (answer.status, answer.json["error"][-1]) == (400, ".")
    assert sandbox.control("GET", "accounts") == []


def test_token_cannot_belong_to_two_accounts(sandbox: Caller, fb_page: FacebookPage) -> None:
    document = {"platform": "facebook", "id": "2", "access_token": fb_page.token}
    answer = sandbox.post_json("/__sandbox/accounts", document, {})
    assert answer.status == 400
    assert fb_page.token not in answer.body.decode()


def test_reset_forgets_everything(sandbox: Caller, fb_page: FacebookPage) -> None:
    fb_page.with_photos(fb_page.staged())
    sandbox.advance(1000)
    sandbox.rule(action="delay")
    sandbox.control("POST", "reset", {})
    for name in ("accounts", "effects", "rules", "requests"):
        assert sandbox.control("GET", name) == []
    assert sandbox.control("GET", "clock")["offset_seconds"] == 0


def test_ids_depend_only_on_seed_and_order(sandbox: Caller) -> None:
    runs = []
    for _ in range(2):
        sandbox.control("POST", "reset", {})
        page, channel, oa = (kind.register(sandbox) for kind in (FacebookPage, YouTubeChannel, ZaloAccount))
        runs.append(
            [page.post("feed", message="a").json["id"], page.staged(), channel.upload(), oa.publish()]
        )
    assert runs[0] == runs[1]
    assert len(set(runs[0])) == 4


def test_every_answer_takes_as_long_as_asked(sandbox: Caller, fb_page: FacebookPage) -> None:
    sandbox.control("POST", "latency", {"milliseconds": 300})
    began = time.monotonic()
    sandbox.post_json(f"/graph/v26.0/{fb_page.id}/feed", {"message": "Chậm"}, {})
    assert time.monotonic() - began >= 0.3
    for wrong in ({}, {"milliseconds": -1}, {"milliseconds": "nhanh"}, {"milliseconds": True}):
        assert sandbox.post_json("/__sandbox/latency", wrong, {}).status == 400


def test_clock_is_set_and_pushed(sandbox: Caller) -> None:
    sandbox.control("POST", "clock", {"now": "2027-03-01T00:00:00+07:00"})
    assert sandbox.control("GET", "clock")["now"].startswith("2027-02-28T17:00:0")
    sandbox.advance(3600)
    assert sandbox.control("GET", "clock")["now"].startswith("2027-02-28T18:00:0")
    for wrong in (
        {},
        {"now": "2027-03-01T00:00:00"},
        {"now": "mai"},
        {"advance_seconds": "x"},
        {"now": None},
    ):
        assert sandbox.post_json("/__sandbox/clock", wrong, {}).status == 400


def test_effects_are_filtered_and_numbered(
    sandbox: Caller, fb_page: FacebookPage, channel: YouTubeChannel
) -> None:
    post = fb_page.post("feed", message="Một").json["id"]
    channel.upload(channel.body(privacy="public"))
    fb_page.delete(post)
    rows = sandbox.effects()
    assert [row["seq"] for row in rows] == [1, 2]
    assert [row["platform"] for row in sandbox.effects(platform="youtube")] == ["youtube"]
    assert [row["object_id"] for row in sandbox.effects(live="false")] == [post]
    assert [row["seq"] for row in sandbox.effects(after="1")] == [2]
    assert {"seq", "platform", "account", "kind", "object_id", "permalink", "at", "text", "title", "media_count", "live",
            "made_visible_at"} <= set(rows[0])  # fmt: skip


def test_duplicates_see_through_form_and_spacing_but_not_accounts(
    sandbox: Caller, fb_page: FacebookPage
) -> None:
    other = FacebookPage.register(sandbox, id="900000000000002", token="trang-2")
    fb_page.post("feed", message="Tiếng Việt")
    other.post("feed", message="Tiếng Việt")
    assert sandbox.control("GET", "duplicates") == []
    second = fb_page.post("feed", message="Tiê\u0301ng  Viê\u0323t").json["id"]
    (group,) = sandbox.control("GET", "duplicates")
    assert (group["count"], group["effects"][1]["object_id"]) == (2, second)
    fb_page.delete(second)
    assert sandbox.control("GET", "duplicates") == []


def test_same_text_with_another_picture_is_no_duplicate(sandbox: Caller, fb_page: FacebookPage) -> None:
    fb_page.with_photos(fb_page.staged())
    fb_page.with_photos(fb_page.staged(JPEG + b"khac"))
    assert sandbox.control("GET", "duplicates") == []
    fb_page.with_photos(fb_page.staged())
    assert [group["count"] for group in sandbox.control("GET", "duplicates")] == [2]


def test_native_posts_have_no_app(
    sandbox: Caller, fb_page: FacebookPage, channel: YouTubeChannel, oa: ZaloAccount
) -> None:
    sandbox.control("POST", "native", {"platform": "facebook", "account": fb_page.id, "text": "Tay"})
    sandbox.control("POST", "native", {"platform": "youtube", "account": channel.id, "title": "Phim tay"})
    sandbox.control("POST", "native", {"platform": "zalo", "account": oa.id, "title": "Bài viết tay"})
    assert [row["kind"] for row in sandbox.effects()] == ["post", "video", "article"]
    wrong = {"platform": "zalo", "account": "1", "text": "x"}
    assert sandbox.post_json("/__sandbox/native", wrong, {}).status == 400


def test_recorded_requests_carry_no_secret(
    sandbox: Caller, fb_page: FacebookPage, channel: YouTubeChannel, oa: ZaloAccount
) -> None:
    fb_page.with_photos(fb_page.staged())
    session = channel.session(1000)
    channel.ask(session, 1000)
    oa.refresh("lam-moi-oa-1")
    sandbox.form(
        "/google-token",
        None,
        client_id="may-khach",
        client_secret="mat-may-khach",
        refresh_token="lam-moi-kenh-1",
    )
    sandbox.send(
        "GET",
        f"/graph/v26.0/debug_token?input_token={fb_page.token}&access_token=lo-ra",
        headers=fb_page.auth,
    )
    text = json.dumps(sandbox.control("GET", "requests"))
    upload_id = session.rsplit("=", 1)[1]
    for secret in (
        fb_page.token,
        channel.token,
        "mat-may-khach",
        "mat-ung-dung",
        "lam-moi",
        "lo-ra",
        upload_id,
    ):
        assert secret not in text
    lines = sandbox.control("GET", "requests?platform=facebook&op=feed.create")
    assert [(line["account"], line["status"], line["headers"]["Authorization"]) for line in lines] == [
        (fb_page.id, 200, "***")
    ]


def test_findings_keep_only_calls_that_broke_the_contract(sandbox: Caller, fb_page: FacebookPage) -> None:
    fb_page.post("feed", message="Đúng")
    fb_page.post("feed", message="Sai", mesage="x")
    (finding,) = sandbox.findings()
    assert finding["finding"] == "Tham số lạ: mesage."


def test_unknown_control_and_unknown_platform_are_404(sandbox: Caller) -> None:
    assert sandbox.send("GET", "/__sandbox/gi-do").status == 404
    assert sandbox.send("GET", "/tiktok/v1").status == 404


def test_body_without_a_length_is_411(sandbox: Caller) -> None:
    answer = sandbox.send("POST", "/graph/v26.0/1/feed", None, {"Transfer-Encoding": "chunked"})
    assert answer.status == 411
