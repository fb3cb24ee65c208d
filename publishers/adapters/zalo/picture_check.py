"""Can Zalo fetch the pictures? We ask ourselves first: Zalo says so only minutes later, and throttles what failed often.

PLATFORMS §3.3: pictures are public HTTPS addresses that Zalo fetches by itself; a bad one passes `create` and fails in
`verify`. Nothing is made at Zalo by this step, and no token goes along."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from urllib.parse import urlsplit

import requests

from cms.core.outbound import OutboundSession
from publishers.adapters.exchanges import exchange
from publishers.adapters.seam import Answer, Beat, Media, Outcome
from publishers.adapters.wording import ascii_address

PICTURES = "pictures"
PIECE = 64 * 1024
_ASK = "Xin nhờ quản trị hệ thống kiểm tra địa chỉ công khai PUBLIC_MEDIA_BASE rồi bấm “Gửi lại”."
NOT_REACHED = (
    "Chưa mở được ảnh{name} ở địa chỉ công khai mà Zalo sẽ lấy. Phần mềm sẽ tự thử lại; nếu kéo dài, xin nhờ quản trị "
    "hệ thống kiểm tra PUBLIC_MEDIA_BASE."
)
REFUSED = "Ảnh{name} không mở được ở địa chỉ công khai mà Zalo sẽ lấy (máy chủ trả lời {status}). " + _ASK
OTHER_BYTES = "Địa chỉ công khai của ảnh{name} trả về nội dung khác với ảnh đã duyệt. " + _ASK


def check(session: OutboundSession, base: str, pictures: Sequence[Media], beat: Beat) -> Answer:
    """Fetch every picture under `base` as a stranger would: OK when each is there, whole, and of its own type.

    RETRY while the door does not answer, CONFIG when it answers something else: a person must look at the address."""
    for picture in pictures:
        beat()
        found = _fetched(session, f"{base}{urlsplit(ascii_address(picture.public_url)).path}", picture)
        if found.outcome is not Outcome.OK:
            return found
    return Answer(
        Outcome.OK, exchange={"method": "GET", "fields": {"pictures": len(pictures)}, "status": 200}
    )


def _fetched(session: OutboundSession, address: str, picture: Media) -> Answer:
    name = f" “{picture.title}”" if picture.title else ""
    try:
        with session.get(address, stream=True) as reply:
            status, told = reply.status_code, reply.headers.get("Content-Type", "").split(";")[0].strip()
            same = status == 200 and told == picture.media_type and _is_whole(reply, picture)
    except requests.RequestException:
        return Answer(
            Outcome.RETRY, NOT_REACHED.format(name=name), "picture-unreachable", exchange=_record(name)
        )
    if same:
        return Answer(Outcome.OK)
    record = _record(name, status)
    if status >= 500:
        return Answer(
            Outcome.RETRY,
            NOT_REACHED.format(name=name),
            "picture-unreachable",
            http_status=status,
            exchange=record,
        )
    if status != 200:
        sentence, code = REFUSED.format(name=name, status=status), "picture-refused"
    else:
        sentence, code = OTHER_BYTES.format(name=name), "picture-differs"
    return Answer(Outcome.CONFIG, sentence, code, http_status=status, exchange=record)


def _is_whole(reply: requests.Response, picture: Media) -> bool:
    """Read at most one piece more than the picture has, and compare."""
    digest, size = hashlib.sha256(), 0
    for piece in reply.iter_content(PIECE):
        digest.update(piece)
        size += len(piece)
        if size > picture.size:
            return False
    return digest.hexdigest() == picture.sha256


def _record(name: str, status: int | None = None) -> dict[str, object]:
    """The record names the picture, not its address: that is unguessable for a reason."""
    return exchange("GET", "", {"picture": name.strip(" “”")}, status=status)
