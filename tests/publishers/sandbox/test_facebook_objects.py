"""Reading back, editing, deleting, commenting."""

import pytest

from tests.publishers.sandbox.imitated import FacebookPage
from tests.publishers.sandbox.test_facebook_feed import refused
from tests.publishers.sandbox.wire import Caller, clip


def test_edit_changes_the_text_and_not_the_count(sandbox: Caller, fb_page: FacebookPage) -> None:
    post = fb_page.post("feed", message="Sai").json["id"]
    assert fb_page.edit(post, message="Đúng").json == {"success": True}
    (effect,) = sandbox.effects()
    assert (effect["text"], effect["live"]) == ("Đúng", True)


def test_hidden_post_is_not_live_and_comes_back(sandbox: Caller, fb_page: FacebookPage) -> None:
    post = fb_page.post("feed", message="Ẩn").json["id"]
    fb_page.edit(post, is_hidden="true")
    assert [row["live"] for row in sandbox.effects()] == [False]
    fb_page.edit(post, is_hidden="false")
    assert [row["live"] for row in sandbox.effects()] == [True]


def test_second_delete_is_100_33(sandbox: Caller, fb_page: FacebookPage) -> None:
    post = fb_page.post("feed", message="Gỡ").json["id"]
    assert fb_page.delete(post).json == {"success": True}
    assert refused(fb_page.delete(post)) == (400, 100, 33)
    assert refused(fb_page.edit(post, message="x")) == (400, 100, 33)
    assert refused(fb_page.get(post)) == (400, 100, 33)
    assert [row["live"] for row in sandbox.effects()] == [False]


def test_deleting_a_video_takes_its_post_down(sandbox: Caller, fb_page: FacebookPage) -> None:
    started = fb_page.upload_video(clip(2000))
    fb_page.finish_video(started["upload_session_id"])
    assert len(sandbox.live()) == 1
    assert fb_page.delete(started["video_id"]).json == {"success": True}
    assert sandbox.live() == []


def test_post_made_by_another_app_cannot_be_edited(sandbox: Caller, fb_page: FacebookPage) -> None:
    native = sandbox.control(
        "POST", "native", {"platform": "facebook", "account": fb_page.id, "text": "Đăng tay"}
    )["id"]
    assert refused(fb_page.edit(native, message="Sửa")) == (403, 10, None)
    (row,) = fb_page.get(f"{fb_page.id}/published_posts", fields="id,message,application").json["data"]
    assert (row["id"], "application" in row) == (native, False)


def test_comment_is_an_effect_of_its_own(sandbox: Caller, fb_page: FacebookPage) -> None:
    post = fb_page.post("feed", message="Bài").json["id"]
    comment = sandbox.form(f"/graph/v26.0/{post}/comments", fb_page.auth, message="Xem thêm").json["id"]
    assert comment.startswith(post.split("_")[1] + "_")
    listed = fb_page.get(f"{post}/comments", filter="stream", order="reverse_chronological").json["data"]
    assert [(row["id"], row["from"]["id"]) for row in listed] == [(comment, fb_page.id)]
    assert [row["kind"] for row in sandbox.effects()] == ["post", "comment"]
    fb_page.delete(comment)
    assert [row["kind"] for row in sandbox.live()] == ["post"]


def test_comment_on_a_bare_post_id_is_12(sandbox: Caller, fb_page: FacebookPage) -> None:
    post = fb_page.post("feed", message="Bài").json["id"]
    bare = post.split("_")[1]
    assert refused(sandbox.form(f"/graph/v26.0/{bare}/comments", fb_page.auth, message="x")) == (
        400,
        12,
        None,
    )
    assert refused(fb_page.get(f"{bare}/comments")) == (400, 12, None)
    assert len(sandbox.effects()) == 1


def test_comment_needs_its_scope(sandbox: Caller) -> None:
    fb_page = FacebookPage.register(sandbox, scopes=["pages_manage_posts"])
    post = fb_page.post("feed", message="Bài").json["id"]
    assert refused(sandbox.form(f"/graph/v26.0/{post}/comments", fb_page.auth, message="x")) == (
        403,
        200,
        None,
    )


@pytest.mark.parametrize(
    "fields",
    [
        "id,khong_co",
        "attachments{taget{id}}",
        "attachments{target{ids}}",
        "application{ten}",
        "id,attachments{",
        "id,,message",
    ],
)
def test_bad_fields_are_refused(sandbox: Caller, fb_page: FacebookPage, fields: str) -> None:
    post = fb_page.post("feed", message="Bài").json["id"]
    assert fb_page.get(post, fields=fields).json["error"]["code"] in (100, 2500)


def test_summary_of_reactions_and_comments(sandbox: Caller, fb_page: FacebookPage) -> None:
    post = fb_page.post("feed", message="Bài").json["id"]
    sandbox.form(f"/graph/v26.0/{post}/comments", fb_page.auth, message="x")
    fields = "reactions.summary(total_count).limit(0),comments.summary(total_count).limit(0)"
    row = fb_page.get(post, fields=fields).json
    assert row["comments"] == {
        "data": [],
        "summary": {"total_count": 1, "order": "ranked", "can_comment": True},
    }
    assert row["reactions"] == {"data": [], "summary": {"total_count": 0}}


def test_paging_next_points_back_here_and_reaches_every_post_once(
    sandbox: Caller, fb_page: FacebookPage
) -> None:
    made = [fb_page.post("feed", message=f"Bài {number}").json["id"] for number in range(45)]
    found: list[str] = []
    address = f"/graph/v26.0/{fb_page.id}/published_posts?limit=20&fields=id"
    while address:
        answer = sandbox.send("GET", address, headers=fb_page.auth).json
        found += [row["id"] for row in answer["data"]]
        address = answer["paging"].get("next", "")
        assert address == "" or address.startswith(sandbox.base + "/graph/")
    assert sorted(found) == sorted(made)
    assert refused(fb_page.get(f"{fb_page.id}/published_posts", limit="101")) == (400, 100, None)


def test_since_cuts_older_posts(sandbox: Caller, fb_page: FacebookPage) -> None:
    fb_page.post("feed", message="Cũ")
    sandbox.advance(1000)
    now = int(sandbox.control("GET", "clock")["timestamp"])
    new = fb_page.post("feed", message="Mới").json["id"]
    rows = fb_page.get(f"{fb_page.id}/published_posts", since=str(now - 120), fields="id").json["data"]
    assert [row["id"] for row in rows] == [new]


def test_unversioned_and_old_version_paths_are_served(sandbox: Caller, fb_page: FacebookPage) -> None:
    for prefix in ("/graph", "/graph/v2.8"):
        answer = sandbox.send("GET", f"{prefix}/{fb_page.id}?fields=id,name", headers=fb_page.auth)
        assert answer.json == {"id": fb_page.id, "name": "Trang thử nghiệm"}


def test_insights_fail_whole_on_one_retired_metric(sandbox: Caller, fb_page: FacebookPage) -> None:
    post = fb_page.post("feed", message="Bài").json["id"]
    sandbox.advance(7200)
    good = fb_page.get(f"{post}/insights", metric="post_media_view,post_clicks").json["data"]
    assert [row["name"] for row in good] == ["post_media_view", "post_clicks"]
    assert good[0]["values"][0]["value"] >= 80
    assert refused(fb_page.get(f"{post}/insights", metric="post_media_view,post_impressions")) == (
        400,
        100,
        None,
    )
    assert refused(fb_page.get(f"{post.split('_')[1]}/insights", metric="post_clicks")) == (400, 12, None)
    assert (
        fb_page.get(f"{fb_page.id}/insights", metric="page_follows", period="day").json["data"][0]["period"]
        == "day"
    )


def test_video_numbers_come_from_their_own_edge(sandbox: Caller, fb_page: FacebookPage) -> None:
    started = fb_page.upload_video(clip(2000))
    fb_page.finish_video(started["upload_session_id"])
    video = started["video_id"]
    assert fb_page.get(f"{video}/video_insights", metric="total_video_views").status == 200
    assert refused(fb_page.get(f"{video}/insights", metric="post_video_views")) == (400, 100, None)
