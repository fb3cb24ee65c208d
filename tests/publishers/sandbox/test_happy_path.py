"""One correct message on each platform leaves exactly one row in the ledger."""

import json

from tests.publishers.sandbox.imitated import FacebookPage, YouTubeChannel, ZaloAccount
from tests.publishers.sandbox.wire import JPEG, PNG, Caller, clip


def test_page_text_post_is_one_effect_and_is_read_back(sandbox: Caller, fb_page: FacebookPage) -> None:
    made = fb_page.post("feed", message="Xin chào bà con", fields="id,permalink_url").json
    rows = fb_page.get(f"{fb_page.id}/published_posts", fields="id,message,created_time,application").json[
        "data"
    ]
    assert [row["id"] for row in rows] == [made["id"]]
    assert rows[0]["message"] == "Xin chào bà con"
    assert made["id"].startswith(f"{fb_page.id}_")
    assert made["permalink_url"].startswith(sandbox.base + "/facebook-www/")
    (effect,) = sandbox.effects()
    assert (effect["kind"], effect["text"], effect["live"], effect["media_count"]) == (
        "post",
        "Xin chào bà con",
        True,
        0,
    )


def test_staged_photos_are_invisible_until_a_post_attaches_them(
    sandbox: Caller, fb_page: FacebookPage
) -> None:
    first, second = fb_page.staged(JPEG), fb_page.staged(PNG)
    assert sandbox.effects() == []
    post = fb_page.with_photos(first, second).json["id"]
    fields = "id,attachments{media_type,target{id},subattachments{target{id}}}"
    (row,) = fb_page.get(f"{fb_page.id}/published_posts", fields=fields).json["data"]
    (album,) = row["attachments"]["data"]
    assert [sub["target"]["id"] for sub in album["subattachments"]["data"]] == [first, second]
    (effect,) = sandbox.effects()
    assert (effect["object_id"], effect["kind"], effect["media_count"]) == (post, "photo_post", 2)


def test_chunked_video_becomes_one_effect_when_processing_ends(
    sandbox: Caller, fb_page: FacebookPage
) -> None:
    content = clip(2_500_000)
    started = fb_page.upload_video(content)
    assert started["end_offset"] == "1048576"
    assert sandbox.effects() == []
    assert fb_page.finish_video(started["upload_session_id"], title="Phim").json == {"success": True}
    video = fb_page.get(started["video_id"], fields="status,published,post_id,permalink_url").json
    assert (video["status"]["video_status"], video["published"]) == ("ready", True)
    (effect,) = sandbox.effects(platform="facebook", account=fb_page.id)
    assert (effect["kind"], effect["title"], effect["text"]) == ("video", "Phim", "Mô tả")
    assert effect["object_id"] == f"{fb_page.id}_{video['post_id']}"
    assert sandbox.send("GET", f"/__sandbox/media/{started['video_id']}").body == content


def test_youtube_video_is_an_effect_only_when_made_public(sandbox: Caller, channel: YouTubeChannel) -> None:
    video = channel.upload()
    assert len(video) == 11
    assert sandbox.effects() == []
    assert channel.publish(video).json["status"]["privacyStatus"] == "public"
    assert channel.publish(video).status == 200
    (effect,) = sandbox.effects()
    assert (effect["kind"], effect["object_id"], effect["title"]) == ("video", video, "Hướng dẫn")
    (item,) = channel.get("videos", part="status,fileDetails", id=video).json["items"]
    assert (item["status"]["uploadStatus"], item["fileDetails"]["fileSize"]) == ("processed", "4000")


def test_youtube_thumbnail_is_set(sandbox: Caller, channel: YouTubeChannel) -> None:
    path = f"/youtube/upload/youtube/v3/thumbnails/set?uploadType=media&videoId={channel.upload()}"
    answer = sandbox.send("POST", path, JPEG, {**channel.auth, "Content-Type": "image/jpeg"})
    assert answer.json["kind"] == "youtube#thumbnailSetResponse"
    assert sandbox.effects() == []


def test_zalo_article_hidden_then_shown_is_one_effect(sandbox: Caller, oa: ZaloAccount) -> None:
    article = oa.publish(status="hide")
    assert sandbox.effects() == []
    again = oa.post("article/update", {"id": article, **oa.article(status="show")}).json["data"]["token"]
    assert oa.verify(again).json["data"]["id"] == article
    (effect,) = sandbox.effects()
    assert (effect["kind"], effect["object_id"], effect["media_count"]) == ("article", article, 1)
    listed = oa.get("article/getslice", offset="0", limit="10", type="normal").json["data"]
    assert (listed["total"], listed["medias"][0]["status"]) == (1, "show")
    assert oa.get("article/getdetail", id=article).json["data"]["body"] == oa.article()["body"]


def test_reading_zalo_pictures_uses_the_mapped_host_name(
    sandbox: Caller, oa: ZaloAccount, picture_host
) -> None:
    oa.publish()
    assert picture_host.hits == [("media.lantoa.example", "/anh.jpg")]


def test_all_three_are_on_the_wall(
    sandbox: Caller, fb_page: FacebookPage, channel: YouTubeChannel, oa: ZaloAccount
) -> None:
    fb_page.post("feed", message="Bài của trang")
    channel.upload(channel.body(title="Phim của kênh", privacy="public"))
    oa.publish(title="Bài của OA")
    html = sandbox.send("GET", "/tuong").body.decode()
    for text in (
        "Bài của trang",
        "Phim của kênh",
        "Bài của OA",
        "Trang thử nghiệm",
        "Kênh thử nghiệm",
        "OA thử nghiệm",
    ):
        assert text in html
    assert json.dumps(sandbox.control("GET", "duplicates")) == "[]"
