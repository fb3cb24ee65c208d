"""The three platforms from a caller's side: an account with its tokens, and its correct calls."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from tests.publishers.sandbox.wire import JPEG, Answer, Caller, clip

MEDIA = "https://media.lantoa.example"


@dataclass
class FacebookPage:
    """A Page and how one publishes on it."""

    sandbox: Caller
    id: str = "900000000000001"
    token: str = "trang-1"

    @classmethod
    def register(cls, sandbox: Caller, **more: Any) -> "FacebookPage":
        page = cls(sandbox, **{k: more.pop(k) for k in ("id", "token") if k in more})
        fields = {"name": "Trang thử nghiệm", "processing_seconds": 0, **more}
        sandbox.account(platform="facebook", id=page.id, access_token=page.token, **fields)
        return page

    @property
    def auth(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def post(self, edge: str, host: str = "graph", **fields: str) -> Answer:
        return self.sandbox.form(f"/{host}/v26.0/{self.id}/{edge}", self.auth, **fields)

    def get(self, path: str, **query: str) -> Answer:
        return self.sandbox.send("GET", f"/graph/v26.0/{path}?{urlencode(query)}", headers=self.auth)

    def edit(self, id_: str, **fields: str) -> Answer:
        return self.sandbox.form(f"/graph/v26.0/{id_}", self.auth, **fields)

    def delete(self, id_: str) -> Answer:
        return self.sandbox.send("DELETE", f"/graph/v26.0/{id_}", headers=self.auth)

    def photo(self, content: bytes = JPEG, **fields: str) -> Answer:
        fields = {"published": "false", **fields}
        return self.sandbox.multipart(
            f"/graph/v26.0/{self.id}/photos", fields, {"source": content}, self.auth
        )

    def staged(self, content: bytes = JPEG) -> str:
        return str(self.photo(content).json["id"])

    def with_photos(self, *ids: str, message: str = "Có ảnh") -> Answer:
        media = json.dumps([{"media_fbid": id_} for id_ in ids])
        return self.post("feed", message=message, attached_media=media)

    def start_video(self, size: int) -> dict[str, str]:
        answer = self.post("videos", host="graph-video", upload_phase="start", file_size=str(size))
        return dict(answer.json)

    def chunk(self, session: str, offset: int, content: bytes) -> Answer:
        fields = {"upload_phase": "transfer", "upload_session_id": session, "start_offset": str(offset)}
        path = f"/graph-video/v26.0/{self.id}/videos"
        return self.sandbox.multipart(path, fields, {"video_file_chunk": content}, self.auth)

    def upload_video(self, content: bytes) -> dict[str, str]:
        started = self.start_video(len(content))
        start, end = int(started["start_offset"]), int(started["end_offset"])
        while start < end:
            moved = self.chunk(started["upload_session_id"], start, content[start:end]).json
            start, end = int(moved["start_offset"]), int(moved["end_offset"])
        return started

    def finish_video(self, session: str, **fields: str) -> Answer:
        fields = {"upload_phase": "finish", "upload_session_id": session, "description": "Mô tả", **fields}
        return self.post("videos", host="graph-video", **fields)


@dataclass
class YouTubeChannel:
    """A channel and how one publishes on it."""

    sandbox: Caller
    id: str = "UCthunghiem0000000000001"
    token: str = "kenh-1"

    @classmethod
    def register(cls, sandbox: Caller, **more: Any) -> "YouTubeChannel":
        channel = cls(sandbox, **{k: more.pop(k) for k in ("id", "token") if k in more})
        fields = {"name": "Kênh thử nghiệm", "processing_seconds": 0, "client_id": "may-khach", "expires_in": 10**9,
                  "client_secret": "mat-may-khach", "refresh_token": f"lam-moi-{channel.token}", **more}  # fmt: skip
        sandbox.account(platform="youtube", id=channel.id, access_token=channel.token, **fields)
        return channel

    @property
    def auth(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    @staticmethod
    def body(title: str = "Hướng dẫn", privacy: str = "private", **status: Any) -> dict[str, Any]:
        return {"snippet": {"title": title, "description": "Mô tả", "categoryId": "27"},
                "status": {"privacyStatus": privacy, **status}}  # fmt: skip

    def open(self, size: int, body: dict[str, Any] | None = None, **query: str) -> Answer:
        query = {"uploadType": "resumable", "part": "snippet,status", **query}
        headers = {**self.auth, "X-Upload-Content-Length": str(size), "X-Upload-Content-Type": "video/mp4"}
        path = f"/youtube/upload/youtube/v3/videos?{urlencode(query)}"
        return self.sandbox.post_json(path, body or self.body(), headers)

    def session(self, size: int, body: dict[str, Any] | None = None) -> str:
        return str(self.open(size, body).headers["Location"])

    def put(self, session: str, content: bytes, start: int, total: int) -> Answer:
        headers = {**self.auth, "Content-Range": f"bytes {start}-{start + len(content) - 1}/{total}"}
        return self.sandbox.send("PUT", session, content, headers)

    def ask(self, session: str, total: int) -> Answer:
        headers = {**self.auth, "Content-Range": f"bytes */{total}", "Content-Length": "0"}
        return self.sandbox.send("PUT", session, b"", headers)

    def upload(self, body: dict[str, Any] | None = None, content: bytes = clip(4000)) -> str:
        session = self.session(len(content), body)
        return str(self.put(session, content, 0, len(content)).json["id"])

    def get(self, resource: str, **query: str) -> Answer:
        return self.sandbox.send(
            "GET", f"/youtube/youtube/v3/{resource}?{urlencode(query)}", headers=self.auth
        )

    def update(self, body: dict[str, Any], part: str = "snippet,status") -> Answer:
        return self.sandbox.post_json(
            f"/youtube/youtube/v3/videos?part={part}", body, self.auth, method="PUT"
        )

    def publish(self, id_: str) -> Answer:
        return self.update({"id": id_, **self.body(privacy="public")})


@dataclass
class ZaloAccount:
    """An OA and how one publishes on it."""

    sandbox: Caller
    id: str = "4000000000000000001"
    token: str = "oa-1"
    app: str = "7000000000000000001"

    @classmethod
    def register(cls, sandbox: Caller, **more: Any) -> "ZaloAccount":
        oa = cls(sandbox, **{k: more.pop(k) for k in ("id", "token") if k in more})
        fields = {"name": "OA thử nghiệm", "processing_polls": 0, "video_converting_seconds": 0, "app_id": oa.app,
                  "secret_key": "mat-ung-dung", "refresh_token": f"lam-moi-{oa.token}", **more}  # fmt: skip
        sandbox.account(platform="zalo", id=oa.id, access_token=oa.token, **fields)
        return oa

    @property
    def auth(self) -> dict[str, str]:
        return {"access_token": self.token}

    @staticmethod
    def article(**changes: Any) -> dict[str, Any]:
        article = {
            "type": "normal", "title": "Tiêu đề", "author": "Ban biên tập", "description": "Mô tả ngắn",
            "cover": {"cover_type": "photo", "photo_url": f"{MEDIA}/anh.jpg", "status": "show"},
            "body": [{"type": "text", "content": "<p>Nội dung</p>"}], "status": "show", "comment": "show",
        }  # fmt: skip
        return {**article, **changes}

    def post(self, path: str, document: Any) -> Answer:
        return self.sandbox.post_json(f"/zalo/v2.0/{path}", document, self.auth)

    def get(self, path: str, **query: str) -> Answer:
        return self.sandbox.send("GET", f"/zalo/v2.0/{path}?{urlencode(query)}", headers=self.auth)

    def create(self, **changes: Any) -> str:
        return str(self.post("article/create", self.article(**changes)).json["data"]["token"])

    def verify(self, token: str) -> Answer:
        return self.post("article/verify", {"token": token})

    def publish(self, **changes: Any) -> str:
        return str(self.verify(self.create(**changes)).json["data"]["id"])

    def refresh(self, refresh_token: str, secret: str = "mat-ung-dung") -> Answer:
        return self.sandbox.form(
            "/zalo-oauth/v4/oa/access_token", {"secret_key": secret}, grant_type="refresh_token",
            app_id=self.app, refresh_token=refresh_token,
        )  # fmt: skip
