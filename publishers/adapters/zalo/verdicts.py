"""What a Zalo answer means, by `error` in the body: refusals come with HTTP 200 (PLATFORMS §3.6). Pure tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from publishers.adapters.seam import Outcome, ParkScope
from publishers.adapters.waits import FIVE_MINUTES, ONE_DAY, after_night_ban, next_minute, next_vietnam_day

RECONNECT = "Zalo không còn chấp nhận quyền truy cập của OA. Xin người phụ trách kênh bấm “Kết nối lại”."
TOO_FAST = "Zalo đang giới hạn số lần gọi trong một phút. Phần mềm sẽ tự gọi lại ngay sau đó."
QUOTA_SPENT = "OA đã dùng hết hạn mức của Zalo. Phần mềm sẽ tự thử lại vào ngày mai."
ARTICLES_SPENT = "OA đã tạo đủ số bài mà gói dịch vụ cho phép. Xin người phụ trách nâng gói hoặc chờ kỳ hạn mới; phần mềm sẽ thử lại sau."
NIGHT = "Zalo không cho gửi từ 22 giờ đến 6 giờ. Phần mềm sẽ tự gửi vào buổi sáng."
NOT_ALLOWED = (
    "OA hoặc ứng dụng Zalo chưa được phép làm việc này. Xin kiểm tra OA đã xác thực, gói dịch vụ còn hạn "
    "và đã cấp nhóm quyền “Quản lý bài viết”."
)
WRONG_ADDRESS = "Zalo không còn phục vụ địa chỉ này. Xin người quản trị cập nhật phần mềm."
BAD_FIELD = "Zalo không nhận nội dung này vì có trường không hợp lệ. Xin kiểm tra tiêu đề, tóm tắt, nội dung và ảnh bìa."
POLICY = "Zalo từ chối vì nội dung trái tiêu chuẩn của nền tảng. Xin sửa nội dung trước khi đăng lại."
BAD_MEDIA = "Zalo không lấy được ảnh của bài. Xin kiểm tra địa chỉ ảnh công khai mở được từ ngoài Internet và ảnh không quá 1 MB."
REFUSED = "Zalo từ chối yêu cầu này. Xin xem lời báo của Zalo ở chi tiết lần gửi."
BUSY = "Zalo đang bận, phần mềm sẽ thử lại."
UNCLEAR = "Zalo không trả lời đúng quy ước nên chưa rõ kết quả. Phần mềm sẽ đọc lại trước khi gửi tiếp."


@dataclass(frozen=True)
class Verdict:
    """A classified answer; `media` marks a picture that Zalo could not fetch, `field` a parameter it does not take."""

    outcome: Outcome
    sentence: str
    code: str = ""
    park: ParkScope = ParkScope.CHANNEL
    media: bool = False
    field: bool = False


RATE, TOKEN, CONFIG, CONTENT = Outcome.RATE, Outcome.TOKEN, Outcome.CONFIG, Outcome.CONTENT

CODES: dict[int, Verdict] = {
    -32: Verdict(RATE, TOO_FAST),
    -211: Verdict(RATE, QUOTA_SPENT),
    -234: Verdict(RATE, NIGHT),
    -214: Verdict(Outcome.PENDING, ""),
    -216: Verdict(TOKEN, RECONNECT),
    -220: Verdict(TOKEN, RECONNECT),
    **{
        code: Verdict(CONFIG, NOT_ALLOWED)
        for code in (-219, -204, -205, -212, -221, -223, -224, -235, -242, -320, -321)
    },
    -209: Verdict(CONFIG, WRONG_ADDRESS),
    -240: Verdict(CONFIG, WRONG_ADDRESS),
    -201: Verdict(CONTENT, BAD_FIELD, field=True),
    -210: Verdict(CONTENT, BAD_FIELD),
    -233: Verdict(CONTENT, BAD_FIELD),
    -248: Verdict(CONTENT, POLICY),
    -100: Verdict(CONTENT, BAD_MEDIA),
    -200: Verdict(CONTENT, BAD_MEDIA),
}
# Two codes carry two meanings each; only the documented words tell them apart.
OF_APPLICATION = "your application"
OF_ARTICLE_QUOTA = "limit quota create article"
FETCH_FAILED = "upload media failed"


def error_of(body: Any) -> int | None:
    """Return the `error` of an answer, 0 for success; None when the answer is not Zalo's envelope."""
    if not isinstance(body, Mapping) or "error" not in body:
        return None
    try:
        return int(body["error"])
    except (TypeError, ValueError):
        return None


def verdict(status: int, body: Any, *, writes: bool) -> Verdict:
    """Classify an answer that is not a success: the body first, HTTP only when there is none."""
    code = error_of(body)
    if not code or (status >= 500 and code not in CODES):
        if status == 401:
            return Verdict(TOKEN, RECONNECT, "http-401")
        label = f"http-{status}" if status >= 300 else "no-data"
        return Verdict(Outcome.UNKNOWN if writes else Outcome.RETRY, UNCLEAR if writes else BUSY, label)
    message = str(body.get("message") or "").casefold()
    if code == -32 and message.startswith(OF_APPLICATION):
        return Verdict(RATE, TOO_FAST, str(code), ParkScope.APP)
    if code == -223 and OF_ARTICLE_QUOTA in message:
        return Verdict(RATE, ARTICLES_SPENT, "-223/quota")
    found = CODES.get(code, Verdict(CONTENT, REFUSED))
    media = code == -200 and message.startswith(FETCH_FAILED)
    return Verdict(found.outcome, found.sentence, str(code), found.park, media, found.field)


def rest_until(found: Verdict, account: str, now: datetime) -> datetime | None:
    """Return when a RATE may be tried again."""
    if found.outcome is not RATE:
        return None
    match found.code:
        case "-32":
            return next_minute(now)
        case "-211":
            return next_vietnam_day(now)
        case "-223/quota":
            return now + ONE_DAY
        case "-234":
            return after_night_ban(now, account)
    return now + FIVE_MINUTES


# Status of a video that Zalo converts: 1 is the only one at which its id may be used.
VIDEO_READY, VIDEO_LOCKED, VIDEO_FAILED, VIDEO_DELETED = 1, 2, 4, 5
VIDEO_ENDED = frozenset({VIDEO_LOCKED, VIDEO_FAILED, VIDEO_DELETED})
BAD_VIDEO = "Zalo không chuyển đổi được video này. Xin xuất lại tệp MP4 không quá 50 MB rồi thử lại."
