"""Articles: hidden until verified as shown, checked field by field, pictures really fetched."""

import unicodedata
from typing import Any

import pytest

from tests.publishers.sandbox.imitated import MEDIA, ZaloAccount
from tests.publishers.sandbox.wire import JPEG, Answer, Caller, clip


def refused(answer: Answer, code: int, text: str = "") -> bool:
    """True for HTTP 200 with this ``error`` and a message that contains ``text``."""
    return answer.status == 200 and answer.json["error"] == code and text in answer.json["message"]


def test_nothing_exists_before_verify(sandbox: Caller, oa: ZaloAccount) -> None:
    oa.create()
    assert oa.get("article/getslice", offset="0", limit="10", type="normal").json["data"] == {
        "medias": [],
        "total": 0,
    }
    assert sandbox.effects() == []


def test_verify_is_repeatable_and_makes_one_article(sandbox: Caller, oa: ZaloAccount) -> None:
    token = oa.create()
    assert oa.verify(token).json == oa.verify(token).json
    assert len(sandbox.effects()) == 1


def test_verify_is_in_progress_for_a_while(sandbox: Caller) -> None:
    oa = ZaloAccount.register(sandbox, processing_polls=2)
    token = oa.create()
    assert refused(oa.verify(token), -214)
    assert refused(oa.verify(token), -214)
    assert oa.verify(token).json["error"] == 0


def test_status_defaults_to_hide(sandbox: Caller, oa: ZaloAccount) -> None:
    article = oa.article()
    del article["status"]
    token = oa.post("article/create", article).json["data"]["token"]
    id_ = oa.verify(token).json["data"]["id"]
    assert oa.get("article/getdetail", id=id_).json["data"]["status"] == "hide"
    assert sandbox.effects() == []


def test_showing_twice_is_one_effect_and_hiding_takes_it_down(sandbox: Caller, oa: ZaloAccount) -> None:
    id_ = oa.publish()
    for status, live in (("show", True), ("hide", False), ("show", True)):
        token = oa.post("article/update", {"id": id_, **oa.article(status=status)}).json["data"]["token"]
        assert oa.verify(token).json["data"]["id"] == id_
        assert [row["live"] for row in sandbox.effects()] == [live]


def test_create_twice_is_a_duplicate(sandbox: Caller, oa: ZaloAccount) -> None:
    oa.publish()
    oa.publish()
    assert [group["count"] for group in sandbox.control("GET", "duplicates")] == [2]


def photo(url: str) -> dict[str, Any]:
    return {"cover": {"cover_type": "photo", "photo_url": url, "status": "show"}}


@pytest.mark.parametrize(
    ("changes", "code", "text"),
    [
        ({"title": "a" * 151}, -201, "title allow 1 to 150 characters"),
        ({"title": ""}, -201, "title"),
        ({"title": unicodedata.normalize("NFD", "ế" * 140)}, -201, "title"),
        ({"author": "a" * 51}, -201, "author"),
        ({"description": "a" * 301}, -201, "description"),
        ({"type": "photo"}, -201, "type accept only 2 value"),
        ({"status": "public"}, -201, "status"),
        ({"cover": None}, -201, "cover value is invalid"),
        ({"cover": {"cover_type": 1, "photo_url": f"{MEDIA}/anh.jpg", "status": "show"}}, -201, "cover_type"),
        ({"cover": {"cover_type": "photo", "photo_url": f"{MEDIA}/anh.jpg"}}, -200, "create media fail"),
        (photo("http://media.lantoa.example/anh.jpg"), -201, "photo_url is invalid"),
        (photo(f"{MEDIA}/ảnh đẹp.jpg"), -201, "photo_url is invalid"),
        (photo("abc123attachment"), -201, "photo_url is invalid"),
        ({"body": []}, -201, "body"),
        ({"body": [{"type": "image", "attachment_id": "abc"}]}, -201, "body"),
        ({"body": [{"type": "html", "content": "x"}]}, -201, "body"),
        (
            {"body": [{"type": "video", "video_id": "khong-co", "thumb": f"{MEDIA}/anh.jpg"}]},
            -201,
            "video_id",
        ),
        ({"schedule_time": 1}, -201, "schedule_time"),
        ({"related_medias": ["khong-co"]}, -201, "related_medias"),
        ({"id": "x"}, -201, "id is invalid"),
    ],
)
def test_wrong_article_is_refused_at_create(
    sandbox: Caller, oa: ZaloAccount, changes: dict[str, Any], code: int, text: str
) -> None:
    assert refused(oa.post("article/create", oa.article(**changes)), code, text)
    assert sandbox.effects() == []


def test_texts_at_their_exact_limits_are_taken(sandbox: Caller, oa: ZaloAccount) -> None:
    assert oa.publish(title="ế" * 150, author="ă" * 50, description="ợ" * 300)


@pytest.mark.parametrize(
    "url",
    [f"{MEDIA}/mat.jpg", f"{MEDIA}/to.jpg", f"{MEDIA}/chu.jpg", "https://127.0.0.1/anh.jpg", "https://10.0.0.4/a.jpg",
     "https://localhost/a.jpg", "https://khac.vidu.gov.vn/a.jpg"],
)  # fmt: skip
def test_picture_that_cannot_be_fetched_fails_in_verify(sandbox: Caller, oa: ZaloAccount, url: str) -> None:
    token = oa.create(**photo(url))
    assert refused(oa.verify(token), -200, "Upload media failed")
    assert refused(oa.verify(token), -200, "Upload media failed")
    assert oa.get("article/getslice", offset="0", limit="10", type="normal").json["data"]["total"] == 0
    assert sandbox.effects() == []


def test_address_that_failed_often_is_throttled(sandbox: Caller, oa: ZaloAccount) -> None:
    for _ in range(5):
        oa.verify(oa.create(**photo(f"{MEDIA}/mat.jpg")))
    assert refused(oa.verify(oa.create(**photo(f"{MEDIA}/mat.jpg"))), -200, "Too many failed attempts")


def test_body_pictures_are_fetched_too(sandbox: Caller, oa: ZaloAccount, picture_host) -> None:
    body = [
        {"type": "text", "content": "<p>a</p>"},
        {"type": "image", "url": f"{MEDIA}/anh2.png", "caption": "Chú thích"},
    ]
    oa.publish(body=body)
    assert sorted(path for _, path in picture_host.hits) == ["/anh.jpg", "/anh2.png"]
    assert sandbox.effects()[0]["media_count"] == 2


def test_update_is_a_full_payload_not_a_patch(sandbox: Caller, oa: ZaloAccount) -> None:
    id_ = oa.publish(status="hide")
    assert refused(oa.post("article/update", {"id": id_, "status": "show"}), -201)
    assert sandbox.effects() == []


def test_remove_then_remove_again(sandbox: Caller, oa: ZaloAccount) -> None:
    id_ = oa.publish()
    assert oa.post("article/remove", {"id": id_}).json == {"error": 0, "message": "Success"}
    assert refused(oa.post("article/remove", {"id": id_}), -201)
    assert sandbox.live() == []


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ({"data": '{"offset":0,"limit":5,"type":"normal"}'}, "type accept only 2 value normal and video."),
        ({"offset": "0", "limit": "11", "type": "normal"}, "maximum limit is 10"),
        ({"offset": "0", "limit": "x", "type": "normal"}, "invalid"),
        ({"offset": "0", "limit": "5", "type": "normal", "sort": "1"}, "sort"),
    ],
)
def test_getslice_takes_plain_parameters_up_to_ten(
    sandbox: Caller, oa: ZaloAccount, query: dict[str, str], text: str
) -> None:
    assert refused(oa.get("article/getslice", **query), -201, text)


def test_getslice_is_newest_first_pages_and_lags(sandbox: Caller) -> None:
    oa = ZaloAccount.register(sandbox, list_lag_seconds=60)
    made = [oa.publish(title=f"Bài {number}") for number in range(12)]
    assert oa.get("article/getslice", offset="0", limit="10", type="normal").json["data"]["total"] == 0
    sandbox.advance(61)
    first = oa.get("article/getslice", offset="0", limit="10", type="normal").json["data"]
    second = oa.get("article/getslice", offset="10", limit="10", type="normal").json["data"]
    found = [row["id"] for row in first["medias"] + second["medias"]]
    assert (first["total"], found) == (12, made[::-1])


@pytest.mark.parametrize(
    "path", ["/zalo/v3.0/article/create", "/zalo/v2.0/article/upload_image", "/zalo/v2.0/me/feed"]
)
def test_paths_that_do_not_exist_are_404_209(sandbox: Caller, oa: ZaloAccount, path: str) -> None:
    answer = sandbox.post_json(path, oa.article(), oa.auth)
    assert (answer.status, answer.json["error"]) == (404, -209)


@pytest.mark.parametrize(
    "headers", [{}, {"Authorization": "Bearer oa-1"}, {"access-token": "oa-1"}, {"access_token": "la"}]
)
def test_token_must_be_in_the_header_with_the_underscore(
    sandbox: Caller, oa: ZaloAccount, headers: dict[str, str]
) -> None:
    assert refused(sandbox.post_json("/zalo/v2.0/article/create", oa.article(), headers), -216)
    query = "/zalo/v2.0/article/create?access_token=oa-1"
    assert refused(sandbox.post_json(query, oa.article(), {}), -216)


def test_body_must_be_json(sandbox: Caller, oa: ZaloAccount) -> None:
    assert refused(
        sandbox.form("/zalo/v2.0/article/create", oa.auth, type="normal"), -201, "application/json"
    )


@pytest.mark.parametrize(("field", "code"), [("is_verified", -221), ("package_allows_articles", -224)])
def test_oa_without_standing_has_no_articles(sandbox: Caller, field: str, code: int) -> None:
    oa = ZaloAccount.register(sandbox, **{field: False})
    assert refused(oa.post("article/create", oa.article()), code)


def test_article_quota_has_its_own_text(sandbox: Caller) -> None:
    oa = ZaloAccount.register(sandbox, articles_per_day=1)
    oa.publish()
    assert refused(oa.post("article/create", oa.article()), -223, "reach the limit quota create article")


def test_app_rate_is_told_in_headers_and_ends_in_32(sandbox: Caller, oa: ZaloAccount) -> None:
    sandbox.account(platform="zalo", kind="app", id=oa.app, calls_per_minute=2)
    answer = oa.get("oa/getoa")
    assert (answer.headers["X-RateLimit-Limit"], answer.headers["X-RateLimit-Remain"]) == ("2", "1")
    assert answer.json["data"]["oaid"] == oa.id
    oa.get("oa/getoa")
    assert refused(oa.get("oa/getoa"), -32, "reached limit call api")
    sandbox.advance(60)
    assert oa.get("oa/getoa").json["error"] == 0


# -- pictures for messages, videos, broadcast -------------------------------------------------


def upload(oa: ZaloAccount, path: str, content: bytes) -> Answer:
    return oa.sandbox.multipart(f"/zalo/v2.0/{path}", {}, {"file": content}, oa.auth)


def test_image_upload_checks_bytes_and_size(sandbox: Caller, oa: ZaloAccount) -> None:
    assert upload(oa, "oa/upload/image", JPEG).json["data"]["attachment_id"]
    assert refused(upload(oa, "oa/upload/image", b"chu"), -201)
    assert refused(upload(oa, "oa/upload/image", JPEG + b"\x00" * (1 << 20)), -210)
    assert refused(sandbox.multipart("/zalo/v2.0/oa/upload/image", {}, {"anh": JPEG}, oa.auth), -201)
    cut = {**oa.auth, "Content-Type": "multipart/form-data; boundary=b"}
    body = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nabc'
    assert refused(sandbox.send("POST", "/zalo/v2.0/oa/upload/image", body, cut), -201)


def test_video_converts_and_then_serves_an_article(sandbox: Caller) -> None:
    oa = ZaloAccount.register(sandbox, video_converting_seconds=100)
    token = upload(oa, "article/upload_video/preparevideo", clip(4000)).json["data"]["token"]
    path = "/zalo/v2.0/article/upload_video/verify"
    sandbox.advance(50)
    state = sandbox.send("GET", path, headers={**oa.auth, "token": token}).json["data"]
    assert (state["status"], state["convert_percent"]) == (3, 50)
    article = {"type": "video", "title": "Phim", "description": "Mô tả", "video_id": state["video_id"],
               "avatar": f"{MEDIA}/anh.jpg", "status": "show", "comment": "show"}  # fmt: skip
    assert refused(oa.post("article/create", article), -201, "video_id")
    sandbox.advance(51)
    assert sandbox.send("GET", f"{path}?token={token}", headers=oa.auth).json["data"]["status"] == 1
    made = oa.post("article/create", article).json["data"]["token"]
    id_ = oa.verify(made).json["data"]["id"]
    assert (
        oa.get("article/getslice", offset="0", limit="1", type="video").json["data"]["medias"][0]["id"] == id_
    )


def test_video_that_fails_to_convert_and_bytes_that_are_no_video(sandbox: Caller, oa: ZaloAccount) -> None:
    assert refused(upload(oa, "article/upload_video/preparevideo", b"chu"), -201)
    sandbox.rule(platform="zalo", op="video.prepare", action="fate", fate={"processing": "error"})
    token = upload(oa, "article/upload_video/preparevideo", clip(4000)).json["data"]["token"]
    state = sandbox.send("GET", "/zalo/v2.0/article/upload_video/verify", headers={**oa.auth, "token": token})
    assert state.json["data"]["status"] == 4


def message(article: str, **target: Any) -> dict[str, Any]:
    element = {"media_type": "article", "attachment_id": article}
    payload = {"template_type": "media", "elements": [element]}
    return {
        "recipient": {"target": target},
        "message": {"attachment": {"type": "template", "payload": payload}},
    }


@pytest.mark.parametrize(("hour", "allowed"), [(5, False), (6, True), (21, True), (22, False)])
def test_broadcast_window_in_viet_nam_time(sandbox: Caller, hour: int, allowed: bool) -> None:
    sandbox.control("POST", "clock", {"now": f"2026-12-01T{hour:02d}:30:00+07:00"})
    oa = ZaloAccount.register(sandbox)
    answer = oa.post("oa/message", message(oa.publish(), gender="0", ages="2,3"))
    assert answer.json["error"] == (0 if allowed else -234)
    assert len(sandbox.effects(kind="broadcast")) == int(allowed)


def test_broadcast_quota_and_targets(sandbox: Caller) -> None:
    sandbox.control("POST", "clock", {"now": "2026-12-01T09:00:00+07:00"})
    oa = ZaloAccount.register(sandbox, broadcasts_per_month=1)
    article = oa.publish()
    assert refused(oa.post("oa/message", message(article, ages=["2"])), -201, "ages")
    assert refused(oa.post("oa/message", message(article, cities="64")), -201, "cities")
    assert refused(oa.post("oa/message", message("khong-co")), -201, "attachment_id")
    hidden = oa.publish(title="Ẩn", status="hide")
    assert refused(oa.post("oa/message", message(hidden)), -201, "attachment_id")
    assert oa.post("oa/quota/message", {}).json["data"] == {"type": "promotion", "remain": 1, "total": 1}
    assert oa.post("oa/message", message(article)).json["data"]["message_id"]
    assert oa.post("oa/quota/message", {}).json["data"]["remain"] == 0
    assert refused(oa.post("oa/message", message(article)), -211)
    assert len(sandbox.effects(kind="broadcast")) == 1
