"""The resumable protocol, byte by byte, and uploads in one go."""

import json
import socket

import pytest

from tests.publishers.sandbox.imitated import YouTubeChannel
from tests.publishers.sandbox.wire import JPEG, Answer, Caller, clip

GRAIN = 256 * 1024


def refused(answer: Answer) -> tuple[int, str]:
    """(HTTP status, reason) of an error envelope."""
    error = answer.json["error"]
    assert error["code"] == answer.status
    assert set(error["errors"][0]) == {"domain", "reason", "message"}
    return answer.status, error["errors"][0]["reason"]


def test_chunks_are_counted_and_the_last_gives_the_video(sandbox: Caller, channel: YouTubeChannel) -> None:
    content = clip(2 * GRAIN + 77)
    session = channel.session(len(content))
    assert session.startswith(sandbox.base + "/youtube/upload/youtube/v3/videos?")
    first = channel.put(session, content[:GRAIN], 0, len(content))
    assert (first.status, first.headers["Range"]) == (308, f"bytes=0-{GRAIN - 1}")
    second = channel.put(session, content[GRAIN : 2 * GRAIN], GRAIN, len(content))
    assert second.headers["Range"] == f"bytes=0-{2 * GRAIN - 1}"
    last = channel.put(session, content[2 * GRAIN :], 2 * GRAIN, len(content))
    assert (last.status, last.json["snippet"]["title"]) == (200, "Hướng dẫn")
    item = channel.get("videos", part="fileDetails", id=last.json["id"]).json["items"][0]
    assert item["fileDetails"]["fileSize"] == str(len(content))


def test_question_about_a_session_tells_where_it_stands(sandbox: Caller, channel: YouTubeChannel) -> None:
    content = clip(GRAIN + 5)
    session = channel.session(len(content))
    fresh = channel.ask(session, len(content))
    assert (fresh.status, fresh.headers["Range"]) == (308, None)
    channel.put(session, content[:GRAIN], 0, len(content))
    assert channel.ask(session, len(content)).headers["Range"] == f"bytes=0-{GRAIN - 1}"
    video = channel.put(session, content[GRAIN:], GRAIN, len(content)).json["id"]
    done = channel.ask(session, len(content))
    assert (done.status, done.json["id"]) == (200, video)
    assert (
        len(channel.get("playlistItems", part="id", playlistId="UUthunghiem0000000000001").json["items"]) == 1
    )


@pytest.mark.parametrize(
    ("start", "length", "total"),
    [(0, GRAIN - 1, 3 * GRAIN), (0, 1000, 3 * GRAIN), (GRAIN, GRAIN, 3 * GRAIN), (0, GRAIN, 4 * GRAIN)],
)
def test_wrong_chunk_is_refused_and_nothing_is_stored(
    sandbox: Caller, channel: YouTubeChannel, start: int, length: int, total: int
) -> None:
    session = channel.session(3 * GRAIN)
    assert refused(channel.put(session, clip(length), start, total)) == (400, "badRequest")
    assert channel.ask(session, 3 * GRAIN).headers["Range"] is None
    assert sandbox.findings()


def test_content_range_must_fit_the_body(sandbox: Caller, channel: YouTubeChannel) -> None:
    session = channel.session(3 * GRAIN)
    headers = {**channel.auth, "Content-Range": f"bytes 0-{2 * GRAIN - 1}/{3 * GRAIN}"}
    assert refused(sandbox.send("PUT", session, clip(GRAIN), headers)) == (400, "badRequest")
    headers["Content-Range"] = "0-9"
    assert refused(sandbox.send("PUT", session, clip(GRAIN), headers)) == (400, "badRequest")


def test_resent_chunk_changes_nothing(sandbox: Caller, channel: YouTubeChannel) -> None:
    content = clip(2 * GRAIN)
    session = channel.session(len(content))
    channel.put(session, content[:GRAIN], 0, len(content))
    again = channel.put(session, content[:GRAIN], 0, len(content))
    assert (again.status, again.headers["Range"]) == (308, f"bytes=0-{GRAIN - 1}")
    assert channel.put(session, content[GRAIN:], GRAIN, len(content)).status == 200


def test_server_may_keep_less_than_was_sent(sandbox: Caller, channel: YouTubeChannel) -> None:
    content = clip(3 * GRAIN)
    session = channel.session(len(content))
    sandbox.rule(platform="youtube", op="videos.insert.chunk", action="fate", fate={"store_bytes": GRAIN})
    short = channel.put(session, content[: 2 * GRAIN], 0, len(content))
    assert (short.status, short.headers["Range"]) == (308, f"bytes=0-{GRAIN - 1}")
    assert channel.put(session, content[GRAIN:], GRAIN, len(content)).status == 200


def test_server_may_move_the_session(sandbox: Caller, channel: YouTubeChannel) -> None:
    content = clip(2 * GRAIN)
    session = channel.session(len(content))
    sandbox.rule(platform="youtube", op="videos.insert.chunk", action="fate", fate={"move_session": True})
    moved = channel.put(session, content[:GRAIN], 0, len(content)).headers["Location"]
    assert moved != session
    assert refused(channel.ask(session, len(content))) == (404, "notFound")
    assert channel.put(moved, content[GRAIN:], GRAIN, len(content)).status == 200


@pytest.mark.parametrize("http", [404, 410])
def test_lost_session_is_gone_for_good(sandbox: Caller, channel: YouTubeChannel, http: int) -> None:
    session = channel.session(2 * GRAIN)
    sandbox.rule(
        platform="youtube", op="videos.insert.chunk", action="fate", fate={"session": "gone", "http": http}
    )
    assert channel.put(session, clip(GRAIN), 0, 2 * GRAIN).status == http
    assert channel.ask(session, 2 * GRAIN).status == 404
    assert sandbox.effects() == []


def test_session_dies_after_a_week(sandbox: Caller, channel: YouTubeChannel) -> None:
    session = channel.session(2 * GRAIN)
    sandbox.advance(7 * 24 * 3600 + 1)
    assert channel.ask(session, 2 * GRAIN).status == 404


def test_dropped_connection_keeps_whole_grains(sandbox: Caller, channel: YouTubeChannel) -> None:
    content = clip(4 * GRAIN)
    session = channel.session(len(content))
    head = (
        f"PUT {session.removeprefix(sandbox.base)} HTTP/1.1\r\nHost: 127.0.0.1:{sandbox.port}\r\n"
        f"Content-Length: {len(content)}\r\nContent-Range: bytes 0-{len(content) - 1}/{len(content)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", sandbox.port), timeout=5) as line:
        line.sendall(head.encode() + content[: 2 * GRAIN + 900])
        line.shutdown(socket.SHUT_WR)
        assert line.recv(100) == b""
    assert channel.ask(session, len(content)).headers["Range"] == f"bytes=0-{2 * GRAIN - 1}"


def test_dead_token_stops_a_chunk_and_a_new_one_continues(sandbox: Caller, channel: YouTubeChannel) -> None:
    content = clip(2 * GRAIN)
    session = channel.session(len(content))
    channel.put(session, content[:GRAIN], 0, len(content))
    sandbox.control("POST", "tokens", {"platform": "youtube", "account": channel.id, "action": "expire"})
    assert refused(channel.put(session, content[GRAIN:], GRAIN, len(content))) == (401, "authError")
    fresh = sandbox.form(
        "/google-token", None, grant_type="refresh_token", refresh_token="lam-moi-kenh-1", client_id="may-khach",
        client_secret="mat-may-khach",
    ).json  # fmt: skip
    assert (fresh["expires_in"], fresh["token_type"], "refresh_token" in fresh) == (3599, "Bearer", False)
    channel.token = fresh["access_token"]
    assert channel.put(session, content[GRAIN:], GRAIN, len(content)).status == 200


def test_large_body_in_one_piece_is_spooled_and_whole(sandbox: Caller, channel: YouTubeChannel) -> None:
    content = clip(5 << 20, b"\x07")
    video = channel.upload(channel.body(privacy="public"), content)
    (effect,) = sandbox.effects()
    assert effect["object_id"] == video
    html = sandbox.send("GET", f"/youtube-www/watch/{video}").body.decode()
    source = html.split('src="', 1)[1].split('"', 1)[0]
    assert sandbox.send("GET", source).body == content


def test_bytes_that_are_no_video_fail_in_processing(sandbox: Caller, channel: YouTubeChannel) -> None:
    video = channel.upload(channel.body(privacy="public"), b"khong phai phim")
    status = channel.get("videos", part="status", id=video).json["items"][0]["status"]
    assert (status["uploadStatus"], status["failureReason"]) == ("failed", "invalidFile")
    assert sandbox.live() == []


def test_multipart_upload_in_one_request(sandbox: Caller, channel: YouTubeChannel) -> None:
    body = (
        b"--g\r\nContent-Type: application/json\r\n\r\n" + json.dumps(channel.body()).encode()
        + b"\r\n--g\r\nContent-Type: video/mp4\r\n\r\n" + clip(900) + b"\r\n--g--"
    )  # fmt: skip
    path = "/youtube/upload/youtube/v3/videos?uploadType=multipart&part=snippet,status"
    headers = {**channel.auth, "Content-Type": 'multipart/related; boundary="g"'}
    assert len(sandbox.send("POST", path, body, headers).json["id"]) == 11
    assert refused(sandbox.send("POST", path, body[:300], headers)) == (400, "parseError")


@pytest.mark.parametrize(
    ("mime", "content", "expected"),
    [
        ("image/jpeg", JPEG, (200, "")),
        ("image/jpeg", b"chu", (400, "imageFormatUnsupported")),
        ("image/jpeg", b"", (400, "mediaBodyRequired")),
    ],
)
def test_thumbnail_bytes_are_looked_at(
    sandbox: Caller, channel: YouTubeChannel, mime: str, content: bytes, expected: tuple[int, str]
) -> None:
    path = f"/youtube/upload/youtube/v3/thumbnails/set?uploadType=media&videoId={channel.upload()}"
    answer = sandbox.send("POST", path, content, {**channel.auth, "Content-Type": mime})
    assert (answer.status, "" if answer.status == 200 else refused(answer)[1]) == expected


def test_thumbnail_needs_a_verified_phone_and_a_video(sandbox: Caller) -> None:
    channel = YouTubeChannel.register(sandbox, phone_verified=False)
    path = "/youtube/upload/youtube/v3/thumbnails/set?uploadType=media&videoId="
    headers = {**channel.auth, "Content-Type": "image/jpeg"}
    answer = sandbox.send("POST", path + channel.upload(), JPEG, headers)
    assert refused(answer) == (403, "forbidden")
    assert answer.json["error"]["errors"][0]["domain"] == "youtube.thumbnail"
    assert refused(sandbox.send("POST", path + "khongcophim", JPEG, headers)) == (404, "videoNotFound")


def test_upload_without_a_type_is_refused(sandbox: Caller, channel: YouTubeChannel) -> None:
    path = "/youtube/upload/youtube/v3/videos?part=snippet"
    assert refused(sandbox.post_json(path, channel.body(), channel.auth)) == (400, "badRequest")
