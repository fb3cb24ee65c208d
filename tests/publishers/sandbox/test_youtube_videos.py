"""Metadata, visibility, quota and the smaller resources of YouTube."""

import json
import unicodedata
from typing import Any

import pytest

from tests.publishers.sandbox.imitated import YouTubeChannel
from tests.publishers.sandbox.test_youtube_uploads import refused
from tests.publishers.sandbox.wire import Caller, clip


@pytest.mark.parametrize(
    ("snippet", "status", "reason"),
    [
        ({"title": ""}, {}, "invalidTitle"),
        ({"title": "a" * 101}, {}, "invalidTitle"),
        ({"title": "a < b"}, {}, "invalidTitle"),
        ({"description": "ế" * 1667}, {}, "invalidDescription"),
        ({"description": "<b>"}, {}, "invalidDescription"),
        ({"tags": ["a" * 501]}, {}, "invalidTags"),
        ({"tags": "a,b"}, {}, "invalidTags"),
        ({"categoryId": "21"}, {}, "invalidCategoryId"),
        ({"tittle": "x"}, {}, "badRequest"),
        ({}, {"privacyStatus": "hidden"}, "invalidVideoMetadata"),
        ({}, {"embeddable": "true"}, "invalidVideoMetadata"),
        ({}, {"privacyStatus": "public", "publishAt": "2030-01-01T00:00:00Z"}, "invalidPublishAt"),
        ({}, {"privacyStatus": "private", "publishAt": "ngày mai"}, "invalidPublishAt"),
    ],
)
def test_wrong_metadata_opens_no_session(
    sandbox: Caller, channel: YouTubeChannel, snippet: dict[str, Any], status: dict[str, Any], reason: str
) -> None:
    body = channel.body()
    body["snippet"].update(snippet)
    body["status"].update(status)
    answer = channel.open(1000, body)
    assert (refused(answer), answer.headers["Location"]) == ((400, reason), None)


def test_texts_at_their_exact_limits_are_taken(sandbox: Caller, channel: YouTubeChannel) -> None:
    body = channel.body(title="ế" * 100)
    body["snippet"]["description"] = "ế" * 1666 + "ab"
    assert len(body["snippet"]["description"].encode()) == 5000
    assert channel.open(1000, body).status == 200
    body["snippet"]["title"] = unicodedata.normalize("NFD", "ế" * 100)
    assert refused(channel.open(1000, body)) == (400, "invalidTitle")


@pytest.mark.parametrize(
    ("query", "reason"),
    [({"part": "snippet,statuss"}, "unknownPart"), ({"part": ""}, "missingRequiredParameter"), ({"notify": "1"}, "badRequest"),
     ({"part": "snippet"}, "unexpectedPart"), ({"notifySubscribers": "False"}, "invalidParameter")],
)  # fmt: skip
def test_wrong_query_opens_no_session(
    sandbox: Caller, channel: YouTubeChannel, query: dict[str, str], reason: str
) -> None:
    assert refused(channel.open(1000, **query)) == (400, reason)


@pytest.mark.parametrize("place", ["query", "scheme", "none", "unknown"])
def test_token_must_be_a_living_bearer(sandbox: Caller, channel: YouTubeChannel, place: str) -> None:
    path = "/youtube/youtube/v3/channels?part=id&mine=true"
    headers = {"scheme": {"Authorization": "OAuth kenh-1"}, "unknown": {"Authorization": "Bearer la"}}.get(
        place, {}
    )
    answer = sandbox.send("GET", path + ("&access_token=kenh-1" if place == "query" else ""), headers=headers)
    assert refused(answer) == (401, "authError" if place == "unknown" else "required")


def test_privacy_defaults_to_public(sandbox: Caller, channel: YouTubeChannel) -> None:
    session = channel.session(1000, {"snippet": {"title": "Quên"}})
    assert channel.put(session, clip(1000), 0, 1000).json["status"]["privacyStatus"] == "public"
    assert len(sandbox.live()) == 1


def test_private_again_is_not_live_and_public_again_is_no_second_effect(
    sandbox: Caller, channel: YouTubeChannel
) -> None:
    video = channel.upload()
    channel.publish(video)
    channel.update({"id": video, **channel.body(privacy="private")})
    assert [row["live"] for row in sandbox.effects()] == [False]
    channel.publish(video)
    assert [row["live"] for row in sandbox.effects()] == [True]


def test_unlisted_is_no_visible_effect(sandbox: Caller, channel: YouTubeChannel) -> None:
    channel.upload(channel.body(privacy="unlisted"))
    assert sandbox.effects() == []


def test_publish_at_makes_it_public_by_the_clock(sandbox: Caller, channel: YouTubeChannel) -> None:
    sandbox.control("POST", "clock", {"now": "2027-01-01T00:00:00Z"})
    video = channel.upload(channel.body(publishAt="2027-01-01T01:00:00Z"))
    assert sandbox.effects() == []
    sandbox.advance(3601)
    assert [row["object_id"] for row in sandbox.live()] == [video]
    refusal = channel.update({"id": video, **channel.body(publishAt="2027-02-01T00:00:00Z")})
    assert refused(refusal) == (400, "invalidPublishAt")


def test_publish_at_in_the_past_publishes_at_once(sandbox: Caller, channel: YouTubeChannel) -> None:
    channel.upload(channel.body(publishAt="2020-01-01T00:00:00Z"))
    assert len(sandbox.live()) == 1


@pytest.mark.parametrize(
    ("missing", "reason"), [("title", "invalidTitle"), ("categoryId", "invalidCategoryId")]
)
def test_update_replaces_the_snippet_whole(
    sandbox: Caller, channel: YouTubeChannel, missing: str, reason: str
) -> None:
    body = {"id": channel.upload(), **channel.body(privacy="public")}
    del body["snippet"][missing]
    assert refused(channel.update(body)) == (400, reason)
    assert sandbox.effects() == []


def test_update_loses_what_is_not_sent_again(sandbox: Caller, channel: YouTubeChannel) -> None:
    body = channel.body()
    body["snippet"]["tags"] = ["một"]
    video = channel.upload(body)
    channel.publish(video)
    assert "tags" not in channel.get("videos", part="snippet", id=video).json["items"][0]["snippet"]


def test_processing_goes_from_uploaded_to_processed(sandbox: Caller) -> None:
    channel = YouTubeChannel.register(sandbox, processing_seconds=100)
    video = channel.upload()
    sandbox.advance(50)
    item = channel.get("videos", part="status,processingDetails", id=video).json["items"][0]
    assert (item["status"]["uploadStatus"], item["processingDetails"]["processingStatus"]) == (
        "uploaded",
        "processing",
    )
    assert item["processingDetails"]["processingProgress"]["partsProcessed"] == "50"
    sandbox.advance(51)
    item = channel.get("videos", part="status,processingDetails", id=video).json["items"][0]
    assert (item["status"]["uploadStatus"], item["processingDetails"]["processingStatus"]) == (
        "processed",
        "succeeded",
    )


def test_rejected_video_is_taken_from_the_public(sandbox: Caller, channel: YouTubeChannel) -> None:
    fate = {"rejectionReason": "copyright", "processing_seconds": 30}
    sandbox.rule(platform="youtube", op="videos.insert.start", action="fate", fate=fate)
    video = channel.upload(channel.body(privacy="public"))
    assert len(sandbox.live()) == 1
    sandbox.advance(31)
    assert sandbox.live() == []
    status = channel.get("videos", part="status", id=video).json["items"][0]["status"]
    assert (status["uploadStatus"], status["rejectionReason"]) == ("rejected", "copyright")


def test_forced_private_channel_never_shows_anything(sandbox: Caller) -> None:
    channel = YouTubeChannel.register(sandbox, force_private=True)
    video = channel.upload(channel.body(privacy="public"))
    assert channel.publish(video).json["status"]["privacyStatus"] == "private"
    assert sandbox.effects() == []


def test_delete_is_204_then_404(sandbox: Caller, channel: YouTubeChannel) -> None:
    video = channel.upload(channel.body(privacy="public"))
    path = f"/youtube/youtube/v3/videos?id={video}"
    assert sandbox.send("DELETE", path, headers=channel.auth).status == 204
    assert refused(sandbox.send("DELETE", path, headers=channel.auth)) == (404, "videoNotFound")
    assert sandbox.live() == []


def test_other_channel_may_neither_change_nor_see_a_private_video(
    sandbox: Caller, channel: YouTubeChannel
) -> None:
    video = channel.upload()
    other = YouTubeChannel.register(sandbox, id="UCkhac", token="kenh-2")
    assert refused(other.publish(video)) == (403, "forbidden")
    assert other.get("videos", part="status", id=video).json["items"] == []
    assert sandbox.effects() == []


def test_fields_selects_parts_of_the_answer(sandbox: Caller, channel: YouTubeChannel) -> None:
    video = channel.upload()
    answer = channel.get("videos", part="status", id=video, fields="items(id,status/uploadStatus)").json
    assert answer == {"items": [{"id": video, "status": {"uploadStatus": "processed"}}]}
    assert refused(channel.get("videos", part="status", id=video, fields="items(")) == (
        400,
        "invalidParameter",
    )


# -- quota ------------------------------------------------------------------------------------


def test_buckets_are_counted_apart_and_come_back_at_pacific_midnight(sandbox: Caller) -> None:
    channel = YouTubeChannel.register(sandbox)
    sandbox.account(platform="youtube", kind="project", id="du-an-1", inserts_per_day=2, units_per_day=120)
    sandbox.control("POST", "clock", {"now": "2026-11-22T07:30:00Z"})
    first, _ = channel.upload(), channel.upload()
    assert refused(channel.open(1000)) == (403, "quotaExceeded")
    assert channel.publish(first).status == 200
    assert channel.publish(first).status == 200
    assert refused(channel.publish(first)) == (403, "quotaExceeded")
    assert sandbox.control("GET", "quota") == {"du-an-1": {"inserts": 2, "searches": 0, "units": 100}}
    sandbox.advance(1799)
    assert refused(channel.open(1000)) == (403, "quotaExceeded")
    sandbox.advance(2)
    assert channel.open(1000).status == 200


def test_invalid_calls_cost_too(sandbox: Caller, channel: YouTubeChannel) -> None:
    channel.update({"id": "khong-co", **channel.body()})
    assert sandbox.control("GET", "quota")["du-an-1"]["units"] == 50


def test_channel_has_a_daily_upload_limit_of_its_own(sandbox: Caller) -> None:
    channel = YouTubeChannel.register(sandbox, uploads_per_day=1)
    channel.upload()
    assert refused(channel.open(1000)) == (400, "uploadLimitExceeded")


# -- captions, playlists, channel, comments, analytics ----------------------------------------

SRT = b"1\r\n00:00:00,000 --> 00:00:02,000\r\nXin ch\xc3\xa0o\r\n"


def insert_caption(channel: YouTubeChannel, video: str, text: bytes = SRT, language: str = "vi") -> Any:
    meta = json.dumps({"snippet": {"videoId": video, "language": language, "name": "Phụ đề"}}).encode()
    body = (
        b"--g\r\nContent-Type: application/json\r\n\r\n" + meta
        + b"\r\n--g\r\nContent-Type: application/octet-stream\r\n\r\n" + text + b"\r\n--g--"
    )  # fmt: skip
    path = "/youtube/upload/youtube/v3/captions?uploadType=multipart&part=snippet"
    headers = {**channel.auth, "Content-Type": "multipart/related; boundary=g"}
    return channel.sandbox.send("POST", path, body, headers)


def test_caption_is_inserted_once_per_language_and_name(sandbox: Caller, channel: YouTubeChannel) -> None:
    video = channel.upload()
    made = insert_caption(channel, video).json
    assert refused(insert_caption(channel, video)) == (409, "captionExists")
    assert refused(insert_caption(channel, video, b"khong co gio", "en")) == (400, "invalidFile")
    (listed,) = channel.get("captions", part="snippet", videoId=video).json["items"]
    assert (listed["id"], listed["snippet"]["language"], listed["snippet"]["name"]) == (
        made["id"],
        "vi",
        "Phụ đề",
    )


def test_caption_needs_its_scope(sandbox: Caller) -> None:
    channel = YouTubeChannel.register(sandbox, scopes=["https://www.googleapis.com/auth/youtube"])
    assert refused(insert_caption(channel, channel.upload())) == (403, "insufficientPermissions")


def add_to_playlist(channel: YouTubeChannel, video: str, playlist: str = "PLmot") -> Any:
    body = {"snippet": {"playlistId": playlist, "resourceId": {"kind": "youtube#video", "videoId": video}}}
    return channel.sandbox.post_json("/youtube/youtube/v3/playlistItems?part=snippet", body, channel.auth)


def test_second_playlist_entry_is_a_visible_duplicate(sandbox: Caller) -> None:
    channel = YouTubeChannel.register(sandbox, playlists=[{"id": "PLmot", "title": "Chương trình"}])
    video = channel.upload(channel.body(privacy="public"))
    assert add_to_playlist(channel, video).status == 200
    assert sandbox.control("GET", "duplicates") == []
    assert add_to_playlist(channel, video).status == 200
    found = channel.get("playlistItems", part="snippet", playlistId="PLmot", videoId=video).json
    assert found["pageInfo"]["totalResults"] == 2
    assert [group["count"] for group in sandbox.control("GET", "duplicates")] == [2]
    assert len(sandbox.effects()) == 1
    assert len(sandbox.effects(secondary="true")) == 3


def test_playlist_and_video_must_exist(sandbox: Caller) -> None:
    channel = YouTubeChannel.register(sandbox, playlists=["PLmot"])
    assert refused(add_to_playlist(channel, channel.upload(), "PLla")) == (404, "playlistNotFound")
    assert refused(add_to_playlist(channel, "khongcophim")) == (404, "videoNotFound")


def test_uploads_playlist_lags_and_is_newest_first(sandbox: Caller) -> None:
    channel = YouTubeChannel.register(sandbox, uploads_lag_seconds=300)
    (own,) = channel.get("channels", part="id,contentDetails", mine="true").json["items"]
    uploads = own["contentDetails"]["relatedPlaylists"]["uploads"]
    first, second = channel.upload(), channel.upload()
    assert channel.get("playlistItems", part="contentDetails", playlistId=uploads).json["items"] == []
    sandbox.advance(301)
    items = channel.get("playlistItems", part="contentDetails", playlistId=uploads).json["items"]
    assert [item["contentDetails"]["videoId"] for item in items] == [second, first]


def test_account_without_a_channel(sandbox: Caller) -> None:
    channel = YouTubeChannel.register(sandbox, has_channel=False)
    assert "items" not in channel.get("channels", part="id", mine="true").json
    assert refused(channel.open(1000)) == (401, "youtubeSignupRequired")


def test_comment_under_a_public_video_only(sandbox: Caller, channel: YouTubeChannel) -> None:
    video = channel.upload()
    body = {"snippet": {"videoId": video, "topLevelComment": {"snippet": {"textOriginal": "Xem cổng"}}}}
    path = "/youtube/youtube/v3/commentThreads?part=snippet"
    assert refused(sandbox.post_json(path, body, channel.auth)) == (403, "forbidden")
    channel.publish(video)
    assert sandbox.post_json(path, body, channel.auth).status == 200
    assert [row["kind"] for row in sandbox.effects()] == ["video", "comment"]


def test_analytics_rows_are_two_days_late(sandbox: Caller, channel: YouTubeChannel) -> None:
    sandbox.control("POST", "clock", {"now": "2026-11-01T12:00:00Z"})
    channel.upload(channel.body(privacy="public"))
    sandbox.advance(10 * 86400)
    query = "ids=channel==MINE&startDate=2026-11-01&endDate=2026-11-11&metrics=views,likes&dimensions=day"
    answer = sandbox.send("GET", f"/youtube-analytics/v2/reports?{query}", headers=channel.auth).json
    assert [column["name"] for column in answer["columnHeaders"]] == ["day", "views", "likes"]
    assert [row[0] for row in answer["rows"]][-1] == "2026-11-09"
    assert answer["rows"][0][1] > 0
    wrong = query.replace("views", "reach")
    assert refused(sandbox.send("GET", f"/youtube-analytics/v2/reports?{wrong}", headers=channel.auth)) == (
        400,
        "badRequest",
    )
