"""What a failure below HTTP says about the other side (PLATFORMS §0.2). Pure: exceptions in, verdicts out."""

from __future__ import annotations

import ssl

import requests
from urllib3.exceptions import MaxRetryError, NewConnectionError

from cms.core.outbound import HostNotAllowed
from publishers.adapters.seam import Outcome

UNREACHABLE = (
    "Chưa kết nối được tới {platform}. Phần mềm sẽ tự thử lại; nếu kéo dài, xin kiểm tra đường mạng ra ngoài."
)
NO_ANSWER = "{platform} không trả lời trọn vẹn nên chưa rõ kết quả. Phần mềm sẽ đọc lại trước khi gửi tiếp."
FOREIGN_ADDRESS = (
    "{platform} chỉ tới một địa chỉ ngoài danh sách được phép nên phần mềm không gửi. "
    "Xin người quản trị kiểm tra cấu hình địa chỉ nền tảng."
)
UNUSABLE_KEY = (
    "Mã truy cập {platform} đang lưu không dùng được (trống hoặc có ký tự lạ). "
    "Xin người phụ trách kênh bấm “Kết nối lại”."
)


def check_token(token: str) -> None:
    """Raise requests' InvalidHeader for a token that cannot stand in a header: empty, or with blanks or letters that
    no platform issues. Below, such a token would end in errors that are no RequestException."""
    if not token or not token.isascii() or not token.isprintable() or " " in token:
        raise requests.exceptions.InvalidHeader("the token cannot stand in a header")


def sent_nothing(failure: requests.RequestException) -> bool:
    """Say whether `failure` proves that no byte of the request reached the other side."""
    if isinstance(failure, HostNotAllowed | requests.ConnectTimeout):
        return True
    wrong = requests.exceptions
    if isinstance(failure, wrong.InvalidURL | wrong.MissingSchema | wrong.InvalidHeader):
        return True
    cause = failure.args[0] if failure.args else None
    reason = cause.reason if isinstance(cause, MaxRetryError) else cause
    if isinstance(failure, requests.exceptions.SSLError):
        return not _broke_off(reason)
    # NameResolutionError is a NewConnectionError.
    return isinstance(reason, NewConnectionError)


def _broke_off(reason: object) -> bool:
    """A TLS connection cut in mid-air may have carried the request; a refused handshake has not."""
    while isinstance(reason, BaseException):
        if isinstance(reason, ssl.SSLEOFError | ssl.SSLZeroReturnError):
            return True
        if isinstance(reason, ssl.SSLError):
            return reason.reason in {"UNEXPECTED_EOF_WHILE_READING", None}
        reason = reason.args[0] if reason.args else None
    return True


def verdict(failure: requests.RequestException, platform: str, *, writes: bool) -> tuple[Outcome, str, str]:
    """Return outcome, code and Vietnamese sentence for a call that got no usable answer.

    A read that failed is simply asked again; a write is RETRY only when nothing can have been sent."""
    if isinstance(failure, HostNotAllowed):
        return Outcome.CONFIG, "foreign-address", FOREIGN_ADDRESS.format(platform=platform)
    if isinstance(failure, requests.exceptions.InvalidHeader):
        return Outcome.TOKEN, "broken-token", UNUSABLE_KEY.format(platform=platform)
    if sent_nothing(failure):
        return Outcome.RETRY, "unreachable", UNREACHABLE.format(platform=platform)
    outcome = Outcome.UNKNOWN if writes else Outcome.RETRY
    code = "timeout" if isinstance(failure, requests.ReadTimeout) else "no-answer"
    return outcome, code, NO_ANSWER.format(platform=platform)
