"""Videos of a Page, in chunks the server chooses, and reels through the rupload host."""

import json
import socket

import pytest

from tests.publishers.sandbox.imitated import MEDIA, FacebookPage
from tests.publishers.sandbox.test_facebook_feed import refused
from tests.publishers.sandbox.wire import Answer, Caller, clip

MIB = 1 << 20


def test_wrong_offset_gets_the_right_one_back(sandbox: Caller, fb_page: FacebookPage) -> None:
    content = clip(MIB + 500)
    started = fb_page.start_video(len(content))
    session = started["upload_session_id"]
    wrong = fb_page.chunk(session, 10, content[10:MIB])
    assert refused(wrong) == (400, 6001, 1363037)
    assert wrong.json["error"]["error_data"] == {"start_offset": "0", "end_offset": str(MIB)}
    assert fb_page.chunk(session, 0, content[:MIB]).json == {
        "start_offset": str(MIB),
        "end_offset": str(MIB + 500),
    }
    again = fb_page.chunk(session, 0, content[:MIB])
    assert again.json["error"]["error_data"]["start_offset"] == str(MIB)
    assert fb_page.chunk(session, MIB, content[MIB:]).json == {
        "start_offset": str(MIB + 500),
        "end_offset": str(MIB + 500),
    }


def test_chunk_of_the_wrong_length_is_refused(sandbox: Caller, fb_page: FacebookPage) -> None:
    session = fb_page.start_video(2 * MIB)["upload_session_id"]
    assert refused(fb_page.chunk(session, 0, clip(1000))) == (400, 6001, 1363037)


def test_lost_chunk_is_offered_again(sandbox: Caller, fb_page: FacebookPage) -> None:
    content = clip(5000)
    session = fb_page.start_video(5000)["upload_session_id"]
    sandbox.rule(platform="facebook", op="videos.transfer", action="fate", fate={"chunk": "lost"})
    assert refused(fb_page.chunk(session, 0, content)) == (400, 6001, 1363037)
    assert fb_page.chunk(session, 0, content).json["start_offset"] == "5000"


def test_finish_before_the_bytes_and_finish_twice_are_refused(sandbox: Caller, fb_page: FacebookPage) -> None:
    started = fb_page.start_video(5000)
    assert refused(fb_page.finish_video(started["upload_session_id"])) == (400, 6000, 1363033)
    fb_page.chunk(started["upload_session_id"], 0, clip(5000))
    assert fb_page.finish_video(started["upload_session_id"]).status == 200
    assert refused(fb_page.finish_video(started["upload_session_id"])) == (400, 6000, 1363041)
    assert len(sandbox.effects()) == 1


def test_session_ends_after_a_day_and_when_cancelled(sandbox: Caller, fb_page: FacebookPage) -> None:
    session = fb_page.start_video(5000)["upload_session_id"]
    sandbox.advance(24 * 3600 + 1)
    assert refused(fb_page.chunk(session, 0, clip(5000))) == (400, 6000, 1363030)
    session = fb_page.start_video(5000)["upload_session_id"]
    fb_page.post("videos", host="graph-video", upload_phase="cancel", upload_session_id=session)
    assert refused(fb_page.chunk(session, 0, clip(5000))) == (400, 6000, 1363041)


def test_videos_edge_lives_on_the_graph_video_host_only(sandbox: Caller, fb_page: FacebookPage) -> None:
    assert refused(fb_page.post("videos", upload_phase="start", file_size="5000")) == (400, 2500, None)


def test_processing_steps_are_told_by_the_clock(sandbox: Caller) -> None:
    fb_page = FacebookPage.register(
        sandbox, processing_seconds=60, publish_delay_seconds=60, post_id_delay_seconds=60
    )
    started = fb_page.upload_video(clip(5000))
    fields = "status,published,post_id"
    assert fb_page.get(started["video_id"], fields=fields).json["status"]["video_status"] == "upload_complete"
    fb_page.finish_video(started["upload_session_id"])
    video = fb_page.get(started["video_id"], fields=fields).json
    assert (video["status"]["video_status"], video["published"]) == ("processing", False)
    sandbox.advance(61)
    video = fb_page.get(started["video_id"], fields=fields).json
    assert (video["status"]["video_status"], video["published"]) == ("ready", False)
    assert video["status"]["publishing_phase"]["status"] == "in_progress"
    assert sandbox.effects() == []
    sandbox.advance(60)
    video = fb_page.get(started["video_id"], fields=fields).json
    assert (video["published"], "post_id" in video) == (True, False)
    assert video["status"]["publishing_phase"]["publish_status"] == "published"
    assert len(sandbox.effects()) == 1
    sandbox.advance(60)
    assert "post_id" in fb_page.get(started["video_id"], fields=fields).json


def test_bytes_that_are_no_video_end_in_a_processing_error(sandbox: Caller, fb_page: FacebookPage) -> None:
    started = fb_page.upload_video(b"khong phai phim" * 100)
    assert fb_page.finish_video(started["upload_session_id"]).json == {"success": True}
    status = fb_page.get(started["video_id"], fields="status").json["status"]
    assert (status["video_status"], status["processing_phase"]["status"]) == ("error", "error")
    assert sandbox.effects() == []


def test_small_video_in_one_go(sandbox: Caller, fb_page: FacebookPage) -> None:
    path = f"/graph-video/v26.0/{fb_page.id}/videos"
    fields = {"title": "Ngắn", "description": "Mô tả"}
    video = sandbox.multipart(path, fields, {"source": clip(3000)}, fb_page.auth).json["id"]
    assert fb_page.get(video, fields="published").json["published"] is True
    assert refused(sandbox.multipart(path, {}, {"source": b"chu"}, fb_page.auth)) == (400, 352, None)
    assert refused(fb_page.post("videos", host="graph-video", file_url=f"{MEDIA}/mat.mp4")) == (
        400,
        389,
        None,
    )
    assert fb_page.post("videos", host="graph-video", file_url=f"{MEDIA}/clip.mp4").status == 200
    assert len(sandbox.effects()) == 2


def test_video_by_uploaded_handle(sandbox: Caller, fb_page: FacebookPage) -> None:
    content = clip(4000)
    form = {"file_name": "a.mp4", "file_length": "4000", "file_type": "video/mp4"}
    upload = sandbox.form("/graph/v26.0/100000000000001/uploads", fb_page.auth, **form).json["id"]
    send = {**fb_page.auth, "file_offset": "0", "Content-Type": "application/octet-stream"}
    first = sandbox.send("POST", f"/graph/v26.0/{upload}", content[:1000], send)
    assert first.json["file_offset"] == 1000
    assert fb_page.get(upload).json["file_offset"] == 1000
    handle = sandbox.send(
        "POST", f"/graph/v26.0/{upload}", content[1000:], {**send, "file_offset": "1000"}
    ).json["h"]
    assert (
        fb_page.post("videos", host="graph-video", fbuploader_video_file_chunk=handle, title="Tay cầm").status
        == 200
    )
    assert [row["title"] for row in sandbox.effects()] == ["Tay cầm"]


# -- reels ------------------------------------------------------------------------------------


def send_reel(fb_page: FacebookPage, url: str, content: bytes, start: int = 0, **headers: str) -> Answer:
    sent = {
        "Authorization": f"OAuth {fb_page.token}", "offset": str(start), "file_size": str(start + len(content)),
        "Content-Type": "application/octet-stream", **headers,
    }  # fmt: skip
    return fb_page.sandbox.send("POST", url, content, sent)


def finish_reel(fb_page: FacebookPage, video: str, **fields: str) -> Answer:
    fields = {
        "upload_phase": "finish",
        "video_id": video,
        "video_state": "PUBLISHED",
        "description": "Thước phim",
        **fields,
    }
    return fb_page.post("video_reels", **fields)


def test_reel_is_one_effect_after_finish(sandbox: Caller, fb_page: FacebookPage) -> None:
    started = fb_page.post("video_reels", upload_phase="start").json
    assert started["upload_url"] == f"{sandbox.base}/rupload/video-upload/v26.0/{started['video_id']}"
    assert send_reel(fb_page, started["upload_url"], clip(6000)).json == {"success": True}
    assert sandbox.effects() == []
    assert finish_reel(fb_page, started["video_id"]).json == {"success": True}
    (effect,) = sandbox.effects()
    assert (effect["kind"], effect["text"]) == ("reel", "Thước phim")
    assert sandbox.send("GET", effect["permalink"].removeprefix(sandbox.base)).status == 200


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ({"Authorization": "Bearer trang-1"}, "NotAuthorizedError"),
        ({"Authorization": "OAuth la-mat"}, "NotAuthorizedError"),
        ({"offset": "7"}, "OffsetInvalidError"),
        ({"file_size": "x"}, "MissingHeaderError"),
        ({"file_size": "9999"}, "PartialRequestError"),
        ({"Content-Type": "video/mp4"}, "ContentTypeError"),
    ],
)
def test_rupload_refuses_in_its_own_envelope(
    sandbox: Caller, fb_page: FacebookPage, headers: dict[str, str], kind: str
) -> None:
    url = fb_page.post("video_reels", upload_phase="start").json["upload_url"]
    answer = send_reel(fb_page, url, clip(6000), **headers)
    assert answer.status >= 400
    assert answer.json["debug_info"]["type"] == kind
    assert set(answer.json) == {"debug_info"}


def test_reel_upload_that_breaks_off_is_resumed_at_its_offset(sandbox: Caller, fb_page: FacebookPage) -> None:
    started = fb_page.post("video_reels", upload_phase="start").json
    content = clip(200_000)
    path = started["upload_url"].removeprefix(sandbox.base)
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: OAuth {fb_page.token}\r\noffset: 0\r\n"
        f"file_size: 200000\r\nContent-Type: application/octet-stream\r\nContent-Length: 200000\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", sandbox.port), timeout=5) as line:
        line.sendall(head.encode() + content[:50_000])
        line.shutdown(socket.SHUT_WR)
        assert line.recv(100) == b""
    status = fb_page.get(started["video_id"], fields="status").json["status"]
    assert status["uploading_phase"]["bytes_transfered"] == 50_000
    assert send_reel(fb_page, started["upload_url"], content[50_000:], start=50_000).json == {"success": True}
    assert sandbox.send("GET", f"/__sandbox/media/{started['video_id']}").status == 404
    finish_reel(fb_page, started["video_id"])
    assert sandbox.send("GET", f"/__sandbox/media/{started['video_id']}").body == content


def test_reel_from_an_address(sandbox: Caller, fb_page: FacebookPage) -> None:
    started = fb_page.post("video_reels", upload_phase="start").json
    headers = {
        "Authorization": f"OAuth {fb_page.token}",
        "offset": "0",
        "file_size": "5000",
        "file_url": f"{MEDIA}/clip.mp4",
    }
    assert sandbox.send("POST", started["upload_url"], b"", headers).json == {"success": True}
    assert finish_reel(fb_page, started["video_id"]).status == 200
    assert len(sandbox.effects()) == 1


def test_thirty_first_reel_in_a_day_is_refused(sandbox: Caller) -> None:
    fb_page = FacebookPage.register(sandbox, reels_per_day=2)
    for _ in range(2):
        started = fb_page.post("video_reels", upload_phase="start").json
        send_reel(fb_page, started["upload_url"], clip(600))
        assert finish_reel(fb_page, started["video_id"]).status == 200
    started = fb_page.post("video_reels", upload_phase="start").json
    send_reel(fb_page, started["upload_url"], clip(600))
    assert refused(finish_reel(fb_page, started["video_id"])) == (400, 368, 1390008)
    sandbox.advance(24 * 3600 + 1)
    assert finish_reel(fb_page, started["video_id"]).status == 200
    assert len(sandbox.effects()) == 3


def test_default_reel_limit_is_thirty(sandbox: Caller, fb_page: FacebookPage) -> None:
    (account,) = sandbox.control("GET", "accounts")
    assert account["reels_per_day"] == 30
    assert "access_token" not in json.dumps(account)
