"""Can Zalo fetch our pictures? Asked with every daily look at an OA, long before an article with a picture is due.

PLATFORMS §3.3: Zalo fetches cover and pictures by itself from a public HTTPS address (PUBLIC_MEDIA_BASE), and says only
minutes after an article was sent that it could not. What only Zalo can know (a firewall that lets us in and Zalo out)
shows on the first article; an address nobody has set, or behind which nobody answers, shows here."""

from __future__ import annotations

import time
from urllib.parse import urlsplit

from django.conf import settings

from publishers.connections.probes import Finding, Level
from publishers.connections.wire import call

#: What we ask for: any answer below 500 means that a server stands behind the address.
PATH = "/suc-khoe/"
#: Seconds for which a closed door is not knocked at again: hundreds of OAs are looked at in one go.
REMEMBERED_FOR = 20.0

NOT_SET = Finding(
    Level.BAD, "media-base",
    "Địa chỉ công khai để Zalo lấy ảnh (PUBLIC_MEDIA_BASE) chưa được cài đặt đúng nên bài viết có ảnh không đăng được. "
    "Vui lòng nhờ quản trị hệ thống đặt địa chỉ https mở được từ Internet.",
)  # fmt: skip
CLOSED = Finding(
    Level.CARE, "media-door",
    "Không mở được địa chỉ công khai mà Zalo sẽ lấy ảnh: bài viết có ảnh sẽ phải chờ. "
    "Vui lòng nhờ quản trị hệ thống kiểm tra PUBLIC_MEDIA_BASE và máy chủ phía sau.",
)  # fmt: skip

_closed: dict[str, float] = {}


def trouble() -> Finding | None:
    """Return what keeps Zalo from our pictures as far as we can see, None when nothing does.

    An empty PUBLIC_MEDIA_CHECK_BASE means that our own workers can reach no address of the server: nothing is asked then."""
    if not is_set(settings.PUBLIC_MEDIA_BASE, settings.ZALO_API_BASE):
        return NOT_SET
    base = settings.PUBLIC_MEDIA_CHECK_BASE
    return CLOSED if base and not _answers(base) else None


def is_set(base: str, zalo: str) -> bool:
    """Return whether `base` can be an address of the Internet. Pure.

    Names under .example, .test, .invalid, .local and localhost never are (RFC 2606, RFC 6762); the default is one.
    An imitated Zalo (a `zalo` address without https) may fetch from wherever it was told."""
    parts = urlsplit(base)
    if urlsplit(zalo).scheme != "https":
        return bool(parts.hostname)
    name = (parts.hostname or "").rstrip(".")
    inner = ("example", "test", "invalid", "local", "localhost")
    return parts.scheme == "https" and "." in name and name.rpartition(".")[2] not in inner


def _answers(base: str) -> bool:
    if _closed.get(base, 0.0) > time.monotonic():
        return False
    found = call("GET", base, PATH).status
    if 0 < found < 500:
        _closed.pop(base, None)
        return True
    _closed[base] = time.monotonic() + REMEMBERED_FOR
    return False
