"""What a Graph answer means, by code and subcode, never by its wording (PLATFORMS §1.5). Pure tables."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from publishers.adapters.seam import Outcome, ParkScope
from publishers.adapters.shapes import whole
from publishers.adapters.waits import FIVE_MINUTES, ONE_DAY, ONE_HOUR

RECONNECT = "Facebook không còn chấp nhận quyền truy cập của Trang. Xin người phụ trách kênh bấm “Kết nối lại” và đăng nhập."
LIMITED = "Facebook đang giới hạn số lần gọi. Kênh được tạm dừng và sẽ tự đăng tiếp khi hết hạn chế."
TOO_FAST = (
    "Facebook cho rằng Trang đăng quá nhanh hoặc đang hạn chế Trang. Kênh được tạm dừng; "
    "xin người phụ trách mở Trang xem thông báo của Facebook."
)
NO_RIGHT = (
    "Ứng dụng chưa được quyền đăng lên Trang này. Xin kiểm tra vai trò của người kết nối, các quyền đã cấp "
    "và yêu cầu xác minh Trang trong phần cài đặt Facebook."
)
BAD_FIELD = "Facebook không nhận nội dung này vì có trường không hợp lệ. Xin mở bài, kiểm tra văn bản, liên kết và tệp."
GONE = "Bài này không còn trên Facebook hoặc Trang không có quyền với bài."
DUPLICATE = "Facebook cho rằng bài này trùng với bài vừa đăng trên Trang. Xin sửa nội dung rồi đăng lại nếu thật sự cần."
POLICY = "Facebook từ chối vì nội dung trái tiêu chuẩn cộng đồng. Xin sửa nội dung trước khi đăng lại."
BAD_LINK = (
    "Facebook không nhận liên kết này. Xin dùng địa chỉ công khai, không phải địa chỉ của facebook.com."
)
BAD_FILE = "Facebook không nhận tệp này. Xin dùng ảnh JPG hoặc PNG không quá 4 MB, video MP4."
SESSION_ENDED = (
    "Phiên tải video lên Facebook đã kết thúc; phần mềm sẽ tải lại từ đầu, chưa có gì hiện ra trên Trang."
)
BUSY = "Facebook đang bận, phần mềm sẽ thử lại."
UNCLEAR = (
    "Facebook báo lỗi tạm thời nên chưa rõ bài đã lên hay chưa. Phần mềm sẽ đọc lại Trang trước khi gửi tiếp."
)
STRANGE = (
    "Facebook trả lời không đúng quy ước nên chưa rõ kết quả. Phần mềm sẽ đọc lại Trang trước khi gửi tiếp."
)
REFUSED = "Facebook từ chối bài này. Xin xem lời báo của Facebook ở chi tiết lần gửi rồi sửa nội dung."


@dataclass(frozen=True)
class Verdict:
    """A classified answer. `hold` is the least time to keep still; `gone`, `session_ended` and `offsets` are the three
    refusals that a step can act on."""

    outcome: Outcome
    sentence: str = ""
    code: str = ""
    park: ParkScope = ParkScope.CHANNEL
    hold: timedelta | None = None
    gone: bool = False
    session_ended: bool = False
    offsets: tuple[int, int] | None = None


RATE, TOKEN, CONFIG, CONTENT = Outcome.RATE, Outcome.TOKEN, Outcome.CONFIG, Outcome.CONTENT

RATE_CODES: dict[int, Verdict] = {
    4: Verdict(RATE, LIMITED, park=ParkScope.APP, hold=FIVE_MINUTES),
    17: Verdict(RATE, LIMITED, hold=FIVE_MINUTES),
    32: Verdict(RATE, LIMITED, hold=FIVE_MINUTES),
    341: Verdict(RATE, TOO_FAST, hold=ONE_HOUR),
    368: Verdict(RATE, TOO_FAST, hold=ONE_HOUR),
    613: Verdict(RATE, LIMITED, hold=FIVE_MINUTES),
    **{code: Verdict(RATE, LIMITED, hold=FIVE_MINUTES) for code in range(80000, 80015)},
}
TOKEN_CODES: dict[int, Verdict] = {code: Verdict(TOKEN, RECONNECT) for code in (102, 190)}
# Subcodes say more than codes and are asked first.
SUBCODES: dict[int, Verdict] = {
    1390008: Verdict(RATE, TOO_FAST, hold=ONE_HOUR),
    1404112: Verdict(RATE, TOO_FAST, hold=ONE_DAY),
    2494055: Verdict(RATE, LIMITED, hold=FIVE_MINUTES),
    **{code: Verdict(TOKEN, RECONNECT) for code in (458, 459, 460, 463, 464, 467, 490, 492)},
    1404078: Verdict(CONFIG, NO_RIGHT),
    4854002: Verdict(CONFIG, NO_RIGHT),
    1366051: Verdict(CONTENT, DUPLICATE),
    1346003: Verdict(CONTENT, POLICY),
    1404102: Verdict(CONTENT, POLICY),
    1349125: Verdict(CONTENT, BAD_FIELD),
    2061006: Verdict(CONTENT, BAD_LINK),
    2069019: Verdict(CONTENT, BAD_FILE),
    1366046: Verdict(CONTENT, BAD_FILE),
    1609005: Verdict(CONTENT, BAD_LINK),
    1609008: Verdict(CONTENT, BAD_LINK),
    1363030: Verdict(Outcome.RETRY, SESSION_ENDED, session_ended=True),
    1363033: Verdict(Outcome.RETRY, SESSION_ENDED, session_ended=True),
    1363041: Verdict(Outcome.RETRY, SESSION_ENDED, session_ended=True),
}
UNAVAILABLE_SUBCODES = frozenset({1363047, 1609010})
CHUNK_LOST = 1363037
CONTENT_CODES: dict[int, Verdict] = {
    100: Verdict(CONTENT, BAD_FIELD),
    352: Verdict(CONTENT, BAD_FILE),
    356: Verdict(CONTENT, BAD_FILE),
    382: Verdict(CONTENT, BAD_FILE),
    389: Verdict(CONTENT, BAD_FILE),
    506: Verdict(CONTENT, DUPLICATE),
    6000: Verdict(CONTENT, BAD_FILE),
    6001: Verdict(CONTENT, BAD_FILE),
    **{code: Verdict(CONTENT, POLICY) for code in (1346003, 1404102)},
    **{code: Verdict(CONTENT, BAD_LINK) for code in (1609005, 1609008)},
}
# "API access blocked" has been seen to pass: worth one look and one more try before a person is called.
PASSING_BLOCK = "200"
CONFIG_CODES = frozenset({3, 10, *range(200, 300)})
# Facebook gives this one its own meaning only in words; the whole message is compared, not a part of it.
NO_VIDEO_RIGHT = "(#100) No permission to publish the video"
OBJECT_MISSING = 33


def verdict(status: int, body: Any, *, writes: bool) -> Verdict:
    """Classify an answer that is not a success: `status` is HTTP, `body` the decoded JSON or None."""
    error = body.get("error") if isinstance(body, Mapping) else None
    if isinstance(error, Mapping):
        return _of_error(status, error, writes=writes)
    told = body.get("debug_info") if isinstance(body, Mapping) else None
    if isinstance(told, Mapping):
        return _of_upload(status, told)
    unclear = Outcome.UNKNOWN if writes else Outcome.RETRY
    return Verdict(unclear, STRANGE if writes else BUSY, code=f"http-{status}")


def _of_error(status: int, error: Mapping[str, Any], *, writes: bool) -> Verdict:
    code, subcode = whole(error.get("code")), whole(error.get("error_subcode"))
    label = str(code) + (f"/{subcode}" if subcode else "")
    found = SUBCODES.get(subcode) or RATE_CODES.get(code) or TOKEN_CODES.get(code)
    if found:
        return _labelled(found, label)
    if subcode == CHUNK_LOST:
        return Verdict(Outcome.RETRY, BUSY, label, offsets=offsets_in(error.get("error_data")))
    transient = error.get("is_transient") is True or code in (1, 2) or subcode in UNAVAILABLE_SUBCODES
    known = code in CONTENT_CODES or code in CONFIG_CODES
    if transient or (status >= 500 and not known):
        unclear = Outcome.UNKNOWN if writes else Outcome.RETRY
        return Verdict(unclear, UNCLEAR if writes else BUSY, label)
    if code in CONFIG_CODES or error.get("message") == NO_VIDEO_RIGHT:
        return Verdict(CONFIG, NO_RIGHT, label)
    if code == 100 and subcode == OBJECT_MISSING:
        return Verdict(CONTENT, GONE, label, gone=True)
    return _labelled(CONTENT_CODES.get(code, Verdict(CONTENT, REFUSED)), label)


def _of_upload(status: int, told: Mapping[str, Any]) -> Verdict:
    """The other envelope, spoken by the reel upload host. Nothing is visible before the reel is finished."""
    label = str(told.get("type") or f"http-{status}")
    if told.get("retriable") is True or status >= 500:
        return Verdict(Outcome.RETRY, BUSY, label)
    if status in (404, 410):
        return Verdict(Outcome.RETRY, SESSION_ENDED, label, session_ended=True)
    return Verdict(CONTENT, BAD_FILE, label)


def _labelled(found: Verdict, label: str) -> Verdict:
    return Verdict(
        found.outcome, found.sentence, label, found.park, found.hold, found.gone, found.session_ended
    )


def offsets_in(data: Any) -> tuple[int, int] | None:
    """Return the corrected (start, end) of `error_data`, which may be an object or a JSON string; None if it has none."""
    if isinstance(data, str):
        try:
            data = json.loads(data)
        except ValueError:
            return None
    if not isinstance(data, Mapping) or "start_offset" not in data or "end_offset" not in data:
        return None
    try:
        return int(data["start_offset"]), int(data["end_offset"])
    except (TypeError, ValueError):
        return None


@dataclass(frozen=True)
class Usage:
    """How much of the call budget is spent, in percent, and when Facebook says it returns."""

    page: int = 0
    app: int = 0
    minutes: int = 0


def usage(headers: Mapping[str, str]) -> Usage:
    """Read the usage headers; missing or broken ones count as nothing spent."""
    app = _json(headers.get("X-App-Usage"))
    rows = _json(headers.get("X-Business-Use-Case-Usage"))
    pages = [
        row for group in rows.values() if isinstance(group, list) for row in group if isinstance(row, Mapping)
    ]
    return Usage(
        page=max((_percent(row) for row in pages), default=0),
        app=_percent(app),
        minutes=max((whole(row.get("estimated_time_to_regain_access")) for row in pages), default=0),
    )


def _json(text: str | None) -> dict[str, Any]:
    try:
        value = json.loads(text or "{}")
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _percent(row: Mapping[str, Any]) -> int:
    return max((whole(row.get(name)) for name in ("call_count", "total_cputime", "total_time")), default=0)


def rest_until(found: Verdict, spent: Usage, now: datetime) -> datetime | None:
    """Return when a RATE may be tried again: the longer of the table's rest and Facebook's own estimate."""
    if found.outcome is not RATE:
        return None
    return now + max(found.hold or FIVE_MINUTES, timedelta(minutes=spent.minutes))


# Percent of the call budget from which we slow down, from which nothing is read that can wait, and at which all rests.
SLOW_FROM, READS_END, SPENT = 75, 90, 100
SLOW_REST = timedelta(seconds=30)


def spent_park(spent: Usage, now: datetime) -> tuple[datetime, ParkScope] | None:
    """Return until when to keep still after a *successful* call, by what its headers say is spent: some seconds when the
    budget runs low, until it returns when nothing is left."""
    if spent.app >= SPENT:
        return now + FIVE_MINUTES, ParkScope.APP
    if spent.page >= SPENT:
        return now + max(FIVE_MINUTES, timedelta(minutes=spent.minutes)), ParkScope.CHANNEL
    if spent.app >= SLOW_FROM:
        return now + SLOW_REST, ParkScope.APP
    return (now + SLOW_REST, ParkScope.CHANNEL) if spent.page >= SLOW_FROM else None


def reads_may_wait(spent: Usage) -> bool:
    """Say whether so much is spent that only what a post depends on may still be read."""
    return max(spent.app, spent.page) >= READS_END
