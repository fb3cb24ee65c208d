"""What was asked of the sandbox, with every secret masked before it is written."""

import json
from typing import Any

from publishers.sandbox.multipart import BrokenMultipart
from publishers.sandbox.request import Request
from publishers.sandbox.store import Store, dump

KEPT = 20_000
MASK = "***"
SECRET_NAMES = frozenset(
    [
        "access_token", "refresh_token", "oauth_token", "client_secret", "app_secret", "secret_key", "secret", "code",
        "code_verifier", "fb_exchange_token", "input_token", "appsecret_proof", "authorization", "upload_id", "token",
        "key", "password", "state",
    ]
)  # fmt: skip
_HEADERS = ("Authorization", "access_token", "secret_key", "token", "Content-Type", "Content-Range", "offset", "file_size",
            "file_url", "X-Upload-Content-Length", "X-Upload-Content-Type", "User-Agent", "Content-Length")  # fmt: skip
_LONGEST = 2000


def mask(value: Any, name: str = "") -> Any:
    """The same value with secrets replaced, at any depth; long texts are cut."""
    if name.lower() in SECRET_NAMES:
        return MASK
    if isinstance(value, dict):
        return {key: mask(item, str(key)) for key, item in value.items()}
    if isinstance(value, list):
        return [mask(item) for item in value]
    if isinstance(value, str) and len(value) > _LONGEST:
        return value[:_LONGEST] + "…"
    return value


class Recorder:
    """Keeps the newest KEPT requests."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def record(
        self, request: Request, status: int, now: float, *, finding: str = "", fault: str = ""
    ) -> None:
        """Write one line; called inside the request's own transaction."""
        line = {
            "at": now, "method": request.method, "path": request.path, "platform": request.platform,
            "op": request.op, "account": request.account, "query": mask(request.query),
            "headers": {n: mask(request.headers[n], n) for n in _HEADERS if n in request.headers},
            "body": _body(request), "status": status, "fault": fault,
        }  # fmt: skip
        self.store.run("INSERT INTO requests (finding, data) VALUES (?, ?)", finding or None, dump(line))
        serial = int(self.store.rows("SELECT last_insert_rowid()")[0][0])
        if serial % 1000 == 0:
            self.store.run("DELETE FROM requests WHERE seq <= ?", serial - KEPT)

    def lines(self, *, after: int = 0, limit: int = 1000, platform: str = "", op: str = "", findings: bool = False
              ) -> list[dict[str, Any]]:  # fmt: skip
        """Recorded requests, oldest first; ``findings`` keeps only those that broke the contract."""
        sql = "SELECT seq, finding, data FROM requests WHERE seq > ? AND (finding IS NOT NULL OR ?) ORDER BY seq"
        chosen: list[dict[str, Any]] = []
        for seq, finding, data in self.store.rows(sql, after, not findings):
            line = json.loads(data)
            if (not platform or line["platform"] == platform) and (not op or line["op"] == op):
                chosen.append({"seq": seq, "finding": finding or "", **line})
                if len(chosen) == limit:
                    break
        return chosen

    def newest(self, limit: int) -> list[dict[str, Any]]:
        """The last ``limit`` recorded requests, newest first."""
        rows = self.store.rows("SELECT data FROM requests ORDER BY seq DESC LIMIT ?", limit)
        return [json.loads(data) for (data,) in rows]


def _body(request: Request) -> Any:
    if request.content_type in ("application/x-www-form-urlencoded", "multipart/form-data"):
        try:
            files = {name: f"<{part.size} byte>" for name, part in request.files.items()}
            return {**mask(request.fields), **files}
        except BrokenMultipart:
            return "<multipart bị cắt>"
    if "json" in request.content_type and request.body.size < 200_000:
        return mask(request.json)
    return f"<{request.body.size} byte>" if request.body.size else None
