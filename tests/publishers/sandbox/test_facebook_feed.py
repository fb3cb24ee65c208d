"""Posts on a Page: what Facebook takes and what it refuses."""

import json
import unicodedata

import pytest

from tests.publishers.sandbox.imitated import MEDIA, FacebookPage
from tests.publishers.sandbox.wire import Answer, Caller


def refused(answer: Answer) -> tuple[int, int, int | None]:
    """(HTTP status, code, subcode) of an error envelope."""
    error = answer.json["error"]
    assert {"message", "type", "code", "is_transient", "fbtrace_id"} <= set(error)
    return answer.status, error["code"], error.get("error_subcode")


def test_link_post_is_read_back_with_its_unshimmed_address(sandbox: Caller, fb_page: FacebookPage) -> None:
    link = "https://dichvucong.vidu.gov.vn/?utm_content=42"
    fb_page.post("feed", message="Xem", link=link)
    (row,) = fb_page.get(f"{fb_page.id}/feed", fields="attachments{media_type,url,unshimmed_url}").json[
        "data"
    ]
    (attachment,) = row["attachments"]["data"]
    assert (attachment["media_type"], attachment["unshimmed_url"]) == ("link", link)
    assert attachment["url"].startswith("https://l.facebook.com/")
    (effect,) = sandbox.effects()
    assert (effect["text"], effect["link"]) == ("Xem", link)
    assert f'href="{link}"' in sandbox.send("GET", "/tuong").body.decode()


def test_unpublished_post_is_not_an_effect_until_it_is_published(
    sandbox: Caller, fb_page: FacebookPage
) -> None:
    post = fb_page.post("feed", message="Chờ", published="false").json["id"]
    assert sandbox.effects() == []
    assert fb_page.get(f"{fb_page.id}/published_posts").json["data"] == []
    assert fb_page.edit(post, is_published="true").json == {"success": True}
    assert [row["object_id"] for row in sandbox.live()] == [post]


def test_natively_scheduled_post_goes_live_by_the_clock(sandbox: Caller, fb_page: FacebookPage) -> None:
    at = int(sandbox.control("GET", "clock")["timestamp"]) + 3600
    fields = {"published": "false", "scheduled_publish_time": str(at)}
    post = fb_page.post("feed", message="Hẹn giờ", **fields).json["id"]
    assert [row["id"] for row in fb_page.get(f"{fb_page.id}/scheduled_posts").json["data"]] == [post]
    assert sandbox.effects() == []
    sandbox.advance(3601)
    assert [row["object_id"] for row in sandbox.live()] == [post]
    assert fb_page.get(f"{fb_page.id}/scheduled_posts").json["data"] == []


@pytest.mark.parametrize("ahead", [60, 31 * 24 * 3600])
def test_scheduling_outside_facebooks_window_is_refused(
    sandbox: Caller, fb_page: FacebookPage, ahead: int
) -> None:
    at = int(sandbox.control("GET", "clock")["timestamp"]) + ahead
    answer = fb_page.post("feed", message="Hẹn", published="false", scheduled_publish_time=str(at))
    assert refused(answer) == (400, 100, 1363032)
    assert sandbox.effects() == []


@pytest.mark.parametrize(
    ("fields", "code", "subcode"),
    [
        ({"message": "a", "mesage": "b"}, 100, None),
        ({"message": "a", "published": "False"}, 100, None),
        ({"message": "a", "attached_media": "media_fbid"}, 100, None),
        ({"message": "a", "attached_media": '{"media_fbid":"1"}'}, 100, None),
        ({"message": "a", "attached_media": '[{"id":"1"}]'}, 100, None),
        ({"message": "a", "attached_media[0]": '{"media_fbid":"1"}'}, 100, None),
        ({"message": "a", "attached_media": '[{"media_fbid":"1"}]'}, 100, 33),
        ({"message": "a", "targeting": "VN"}, 100, None),
        ({}, 100, None),
        ({"message": "   "}, 100, None),
        ({"link": "http://127.0.0.1/x"}, 100, 1609005),
        ({"link": "http://may-trong-nha/x"}, 100, 1609005),
        ({"link": "ftp://vidu.gov.vn/x"}, 100, 1609005),
        ({"link": f"{MEDIA}/khong-co"}, 100, 1609005),
        ({"link": "https://www.facebook.com/x"}, 100, 1609008),
    ],
)
def test_wrong_feed_parameter_is_refused(
    sandbox: Caller, fb_page: FacebookPage, fields: dict[str, str], code: int, subcode: int | None
) -> None:
    assert refused(fb_page.post("feed", **fields)) == (400, code, subcode)
    assert sandbox.effects() == []


def test_link_to_the_mapped_host_is_really_scraped(
    sandbox: Caller, fb_page: FacebookPage, picture_host
) -> None:
    assert fb_page.post("feed", link=f"{MEDIA}/trang").status == 200
    assert picture_host.hits == [("media.lantoa.example", "/trang")]


def test_message_limit_is_63206_characters(sandbox: Caller, fb_page: FacebookPage) -> None:
    assert fb_page.post("feed", message="ế" * 63_206).status == 200
    assert refused(fb_page.post("feed", message="ế" * 63_207)) == (400, 100, None)
    assert refused(fb_page.post("feed", message=unicodedata.normalize("NFD", "ế" * 63_206))) == (
        400,
        100,
        None,
    )
    assert len(sandbox.effects()) == 1


@pytest.mark.parametrize("place", ["query", "body"])
def test_token_outside_the_header_is_refused_and_noted(
    sandbox: Caller, fb_page: FacebookPage, place: str
) -> None:
    path = f"/graph/v26.0/{fb_page.id}/feed"
    if place == "query":
        answer = sandbox.form(f"{path}?access_token={fb_page.token}", message="a")
    else:
        answer = sandbox.form(path, message="a", access_token=fb_page.token)
    assert refused(answer) == (400, 104, None)
    assert "Authorization" in sandbox.findings()[0]["finding"]
    assert sandbox.effects() == []


@pytest.mark.parametrize("header", [{}, {"Authorization": "OAuth trang-1"}, {"access_token": "trang-1"}])
def test_missing_or_misplaced_bearer_is_refused(
    sandbox: Caller, fb_page: FacebookPage, header: dict[str, str]
) -> None:
    assert refused(sandbox.form(f"/graph/v26.0/{fb_page.id}/feed", header, message="a")) == (400, 104, None)
    assert sandbox.effects() == []


def test_unknown_token_and_dead_token_are_190(sandbox: Caller, fb_page: FacebookPage) -> None:
    fb_page.token = "la-mat"
    assert refused(fb_page.post("feed", message="a")) == (400, 190, None)
    fb_page.token = "trang-1"
    sandbox.control("POST", "tokens", {"platform": "facebook", "account": fb_page.id, "action": "revoke"})
    assert refused(fb_page.post("feed", message="a")) == (400, 190, 460)


def test_token_of_another_page_may_not_publish(sandbox: Caller, fb_page: FacebookPage) -> None:
    other = FacebookPage.register(sandbox, id="900000000000002", token="trang-2")
    fb_page.token = other.token
    assert refused(fb_page.post("feed", message="a")) == (403, 200, None)
    assert sandbox.effects() == []


def test_page_without_the_scope_may_not_publish(sandbox: Caller) -> None:
    fb_page = FacebookPage.register(sandbox, scopes=["pages_show_list"])
    assert refused(fb_page.post("feed", message="a")) == (403, 200, None)


def test_unknown_path_and_unknown_page_are_refused(sandbox: Caller, fb_page: FacebookPage) -> None:
    assert refused(fb_page.post("feeds", message="a")) == (400, 2500, None)
    fb_page.id = "1"
    assert refused(fb_page.post("feed", message="a")) == (400, 100, 33)


def test_duplicate_guard_is_off_unless_the_page_has_a_window(sandbox: Caller, fb_page: FacebookPage) -> None:
    fb_page.post("feed", message="Hai lần")
    fb_page.post("feed", message="Hai  lần ")
    (group,) = sandbox.control("GET", "duplicates")
    assert (group["count"], group["account"]) == (2, fb_page.id)


def test_duplicate_text_in_the_window_is_506(sandbox: Caller) -> None:
    fb_page = FacebookPage.register(sandbox, duplicate_window_seconds=600)
    assert fb_page.post("feed", message="Hai lần").status == 200
    assert refused(fb_page.post("feed", message="Hai lần")) == (400, 506, None)
    sandbox.advance(601)
    assert fb_page.post("feed", message="Hai lần").status == 200
    assert len(sandbox.effects()) == 2


def test_photos_posted_again_in_the_window_are_1366051(sandbox: Caller) -> None:
    fb_page = FacebookPage.register(sandbox, duplicate_window_seconds=600)
    photo = fb_page.staged()
    assert fb_page.with_photos(photo).status == 200
    assert refused(fb_page.with_photos(photo, message="Lời khác")) == (400, 1, 1366051)
    assert len(sandbox.effects()) == 1


def test_list_lag_hides_a_new_post_from_lists_only(sandbox: Caller) -> None:
    fb_page = FacebookPage.register(sandbox, list_lag_seconds=120)
    post = fb_page.post("feed", message="Chậm").json["id"]
    assert fb_page.get(f"{fb_page.id}/published_posts").json["data"] == []
    assert fb_page.get(post, fields="message").json["message"] == "Chậm"
    assert len(sandbox.effects()) == 1
    sandbox.advance(121)
    assert [row["id"] for row in fb_page.get(f"{fb_page.id}/published_posts").json["data"]] == [post]


def test_usage_header_rises_and_the_page_is_stopped_at_its_budget(sandbox: Caller) -> None:
    fb_page = FacebookPage.register(sandbox, calls_per_day=10)
    seen = []
    for number in range(10):
        usage = json.loads(fb_page.post("feed", message=f"Bài {number}").headers["X-Business-Use-Case-Usage"])
        seen.append(usage[fb_page.id][0]["call_count"])
    assert seen == [10, 20, 30, 40, 50, 60, 70, 80, 90, 100]
    over = fb_page.post("feed", message="Quá")
    assert refused(over) == (400, 80001, 2446079)
    usage = json.loads(over.headers["X-Business-Use-Case-Usage"])[fb_page.id][0]
    assert 0 < usage["estimated_time_to_regain_access"] <= 60
    assert len(sandbox.effects()) == 10
    sandbox.advance(25 * 3600)
    assert fb_page.post("feed", message="Hôm sau").status == 200
