"""What a YouTube answer means, by its first reason (PLATFORMS §2.4). Pure tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from publishers.adapters.seam import Outcome, ParkScope
from publishers.adapters.shapes import at, word
from publishers.adapters.waits import ONE_DAY, backoff, next_pacific_midnight

RECONNECT = (
    "Google không còn chấp nhận quyền truy cập của kênh YouTube. Xin người phụ trách kênh bấm “Kết nối lại”."
)
QUOTA_SPENT = (
    "Dự án Google đã dùng hết hạn mức trong ngày. Phần mềm sẽ tự tiếp tục sau 0 giờ theo giờ Thái Bình Dương "
    "(14 hoặc 15 giờ Việt Nam)."
)
UPLOADS_SPENT = "Kênh YouTube đã tải lên đủ số video của một ngày. Phần mềm sẽ tự tiếp tục sau 24 giờ."
TOO_FAST = "YouTube đang giới hạn số lần gọi. Phần mềm sẽ tự thử lại sau ít phút."
NO_RIGHT = (
    "Kênh YouTube chưa cho phép việc này. Xin kiểm tra tài khoản đã có kênh, đã xác minh số điện thoại "
    "và đã cấp đủ quyền, rồi kết nối lại."
)
BAD_CONTENT = "YouTube không nhận nội dung này. Xin kiểm tra tiêu đề, mô tả, thẻ và tệp video."
BAD_PICTURE = "YouTube không nhận ảnh bìa này. Xin dùng ảnh JPG 1280 × 720 không quá 2 MB."
GONE = "Video không còn trên YouTube."
NO_PLAYLIST = "Danh sách phát không còn trên YouTube. Xin chọn danh sách khác."
REFUSED = "YouTube từ chối yêu cầu này. Xin xem lời báo của YouTube ở chi tiết lần gửi."
BUSY = "YouTube đang bận, phần mềm sẽ thử lại."
UNCLEAR = "YouTube báo lỗi tạm thời nên chưa rõ kết quả. Phần mềm sẽ đọc lại trước khi gửi tiếp."


@dataclass(frozen=True)
class Verdict:
    """A classified answer; `gone` marks an object that no longer exists, `exists` one that was there already."""

    outcome: Outcome
    sentence: str
    code: str = ""
    park: ParkScope = ParkScope.CHANNEL
    gone: bool = False
    exists: bool = False


RATE, CONFIG, CONTENT = Outcome.RATE, Outcome.CONFIG, Outcome.CONTENT

REASONS: dict[str, Verdict] = {
    **{reason: Verdict(RATE, QUOTA_SPENT, park=ParkScope.PROJECT) for reason in ("quotaExceeded", "dailyLimitExceeded")},
    "uploadLimitExceeded": Verdict(RATE, UPLOADS_SPENT),
    **{reason: Verdict(RATE, TOO_FAST) for reason in ("rateLimitExceeded", "userRateLimitExceeded")},
    **{reason: Verdict(Outcome.TOKEN, RECONNECT) for reason in ("authError", "invalid_grant", "unauthorized")},
    **{
        reason: Verdict(CONFIG, NO_RIGHT)
        for reason in (
            "forbidden", "insufficientPermissions", "youtubeSignupRequired", "accountDelegationForbidden",
            "authenticatedUserAccountClosed", "authenticatedUserAccountSuspended", "channelSuspended", "channelClosed",
        )
    },
    **{
        reason: Verdict(CONTENT, BAD_CONTENT)
        for reason in (
            "invalidTitle", "invalidDescription", "invalidTags", "invalidCategoryId", "invalidPublishAt",
            "invalidVideoMetadata", "defaultLanguageNotSet", "mediaBodyRequired", "invalidFilename",
        )
    },
    **{
        reason: Verdict(CONTENT, BAD_PICTURE)
        for reason in ("imageFormatUnsupported", "imageTooTall", "imageTooWide", "failedPrecondition")
    },
    "videoNotFound": Verdict(CONTENT, GONE, gone=True),
    "playlistNotFound": Verdict(CONTENT, NO_PLAYLIST),
    "captionExists": Verdict(CONTENT, REFUSED, exists=True),
}  # fmt: skip
# Domain under which an unverified phone is told.
THUMBNAIL_DOMAIN = "youtube.thumbnail"


def reason_of(body: Any) -> tuple[str, str]:
    """Return (reason, domain) of the first error of an answer; token answers carry a bare word. ("", "") if none."""
    error = body.get("error") if isinstance(body, Mapping) else None
    if isinstance(error, str):
        return error, ""
    rows = error.get("errors") if isinstance(error, Mapping) else None
    first = rows[0] if isinstance(rows, list) and rows and isinstance(rows[0], Mapping) else {}
    return str(first.get("reason") or ""), str(first.get("domain") or "")


def verdict(status: int, body: Any, *, writes: bool) -> Verdict:
    """Classify an answer that is not a success."""
    reason, domain = reason_of(body)
    label = reason or f"http-{status}"
    if status == 403 and domain == THUMBNAIL_DOMAIN:
        return Verdict(CONFIG, NO_RIGHT, label)
    known = REASONS.get(reason)
    if known:
        return Verdict(known.outcome, known.sentence, label, known.park, known.gone, known.exists)
    if status == 401:
        return Verdict(Outcome.TOKEN, RECONNECT, label)
    if status == 429:
        return Verdict(RATE, TOO_FAST, label)
    if status >= 500 or not isinstance(body, Mapping) or "error" not in body:
        return Verdict(Outcome.UNKNOWN if writes else Outcome.RETRY, UNCLEAR if writes else BUSY, label)
    if status == 403:
        return Verdict(CONFIG, NO_RIGHT, label)
    return Verdict(CONTENT, REFUSED, label, gone=status == 404)


def rest_until(found: Verdict, headers: Mapping[str, str], account: str, now: datetime) -> datetime | None:
    """Return when a RATE may be tried again: Google's midnight, a day, its `Retry-After`, or about a minute."""
    if found.outcome is not RATE:
        return None
    if found.park is ParkScope.PROJECT:
        return next_pacific_midnight(now)
    if found.code == "uploadLimitExceeded":
        return now + ONE_DAY
    told = str(headers.get("Retry-After") or "")
    if told.isdigit():
        return now + timedelta(seconds=min(int(told), ONE_DAY.total_seconds()))
    return now + backoff(account)


FAILURES: dict[str, str] = {
    "conversion": "YouTube không chuyển đổi được video. Xin xuất lại tệp MP4 rồi thử lại.",
    "invalidFile": "Tệp video không đọc được. Xin xuất lại tệp MP4 rồi thử lại.",
    "emptyFile": "Tệp video rỗng. Xin tải lại tệp vào kho tài liệu.",
    "tooSmall": "Tệp video quá nhỏ. Xin kiểm tra lại tệp.",
    "codec": "YouTube không đọc được kiểu nén của video. Xin xuất lại tệp MP4 (H.264, AAC).",
    "uploadAborted": "Việc tải video lên đã bị hủy trên YouTube. Xin đăng lại.",
}
REJECTIONS: dict[str, str] = {
    "copyright": "YouTube gỡ video vì bản quyền. Xin kiểm tra hình ảnh và âm nhạc đã dùng.",
    "claim": "Video bị khiếu nại quyền trên YouTube. Xin kiểm tra hình ảnh và âm nhạc đã dùng.",
    "trademark": "Video bị gỡ vì nhãn hiệu. Xin kiểm tra nội dung.",
    "legal": "Video bị gỡ theo yêu cầu pháp lý. Xin liên hệ bộ phận pháp chế.",
    "inappropriate": "YouTube cho rằng nội dung không phù hợp. Xin xem lại nội dung.",
    "termsOfUse": "YouTube cho rằng video trái điều khoản sử dụng. Xin xem lại nội dung.",
    "duplicate": "YouTube cho rằng video trùng với video đã có trên kênh. Xin kiểm tra kênh.",
    "length": "Video dài quá mức kênh được phép. Xin xác minh kênh hoặc cắt ngắn video.",
}
ACCOUNT_REJECTIONS = frozenset({"uploaderAccountSuspended", "uploaderAccountClosed"})
SUSPENDED = "Tài khoản YouTube của kênh bị khóa hoặc đã đóng. Xin người phụ trách kênh liên hệ YouTube."
DELETED = "Video đã bị xóa trên YouTube trước khi công khai. Xin tạo bài khác."


def processing(status: Any) -> Verdict:
    """Say how far a video has come, from its `status` part: OK once processed, PENDING while it is only uploaded."""
    stage = word(at(status, "uploadStatus"))
    if stage == "processed":
        return Verdict(Outcome.OK, "", stage)
    if stage == "failed":
        reason = word(at(status, "failureReason"))
        return Verdict(CONTENT, FAILURES.get(reason, FAILURES["conversion"]), reason or stage)
    if stage == "rejected":
        reason = word(at(status, "rejectionReason"))
        if reason in ACCOUNT_REJECTIONS:
            return Verdict(CONFIG, SUSPENDED, reason)
        return Verdict(CONTENT, REJECTIONS.get(reason, REJECTIONS["termsOfUse"]), reason or stage)
    if stage == "deleted":
        return Verdict(CONTENT, DELETED, stage)
    return Verdict(Outcome.PENDING, "", stage or "uploaded")
