"""A look at an account with the credential we hold: is the token alive, may it post, what is about to lapse.

Wire only. Facebook: debug_token and the Page itself; YouTube: channels.list mine, 1 unit of quota; Zalo: getoa
(PLATFORMS §1.1, §2.1, §3.2). Nothing visible happens on any of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from django.conf import settings

from publishers.adapters.seam import Credential
from publishers.connections.dialogs import FACEBOOK_SCOPES, NEEDED_FACEBOOK
from publishers.connections.wire import Heard, call


class Sight(StrEnum):
    """How the look ended."""

    SEEN = "seen"
    DEAD = "dead"  # the token no longer opens the door
    SILENT = "silent"  # nothing can be said now: no answer, a server fault, a limit


class Level(StrEnum):
    CARE = "care"
    BAD = "bad"  # nothing can be posted as it stands


@dataclass(frozen=True)
class Finding:
    """One thing a person should know: a Vietnamese sentence that says what to do."""

    level: Level
    code: str
    sentence: str


@dataclass(frozen=True)
class Probe:
    """What a look found. Dates are None where the platform names none: that is "unknown", never "for ever"."""

    sight: Sight
    code: str = ""
    findings: tuple[Finding, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    scopes: tuple[str, ...] | None = None
    expires_at: datetime | None = None
    data_access_until: datetime | None = None
    package_until: date | None = None


WRONG_ACCOUNT = Finding(
    Level.BAD, "wrong-account",
    "Mã truy cập đang lưu thuộc về một tài khoản khác với kênh này. Vui lòng kết nối lại bằng đúng tài khoản.",
)  # fmt: skip
LESSER_RIGHTS = {
    "pages_manage_engagement": "Chưa có quyền pages_manage_engagement nên không đăng được bình luận đầu tiên.",
    "read_insights": "Chưa có quyền read_insights nên không đọc được số liệu của Trang.",
    "publish_video": "Chưa có quyền publish_video nên có thể không đăng được video.",
}


# ------------------------------------------------------------------------------------------------ Facebook
def look_at_page(credential: Credential, page_id: str) -> Probe:
    """Ask about the token, then read the Page with it."""
    version = settings.FACEBOOK_API_VERSION
    app_token = f"{credential.app_id}|{credential.app_secret}"
    # A reading whose parameter is a token: sent in the body, with the method it stands for (Graph's own `method`).
    heard = call(
        "POST", settings.FACEBOOK_GRAPH_BASE, f"/{version}/debug_token",
        form={"method": "get", "input_token": credential.access_token},
        headers={"Authorization": f"Bearer {app_token}"},
    )  # fmt: skip
    data = (heard.body or {}).get("data")
    if heard.is_silence or not isinstance(data, dict):
        return Probe(Sight.SILENT, _facebook_code(heard))
    if not data.get("is_valid"):
        error = data.get("error") or {}
        return Probe(Sight.DEAD, f"{error.get('code', 190)}/{error.get('subcode', '')}".rstrip("/"))
    page = call(
        "GET", settings.FACEBOOK_GRAPH_BASE, f"/{version}/{page_id}", query={"fields": "id,name,link"},
        headers={"Authorization": f"Bearer {credential.access_token}"},
    )  # fmt: skip
    if page.is_silence:
        return Probe(Sight.SILENT, _facebook_code(page))
    if _facebook_code(page).split("/")[0] in ("190", "102"):
        return Probe(Sight.DEAD, _facebook_code(page))
    scopes = tuple(str(scope) for scope in data.get("scopes") or [])
    return Probe(
        Sight.SEEN,
        findings=tuple(_page_findings(data, page, page_id, scopes)),
        facts={"name": str((page.body or {}).get("name", "")), "scopes": list(scopes)},
        scopes=tuple(scope for scope in scopes if scope in FACEBOOK_SCOPES),
        expires_at=_moment(data.get("expires_at")),
        data_access_until=_moment(data.get("data_access_expires_at")),
    )


def _page_findings(data: dict[str, Any], page: Heard, page_id: str, scopes: tuple[str, ...]):
    if (
        str(data.get("profile_id", page_id)) != page_id
        or str((page.body or {}).get("id", page_id)) != page_id
    ):
        yield WRONG_ACCOUNT
    missing = [scope for scope in NEEDED_FACEBOOK if scope not in scopes]
    if missing:
        yield Finding(
            Level.BAD, "scopes",
            f"Người kết nối chưa cấp quyền {', '.join(missing)}, nên không đăng được bài. Vui lòng kết nối lại và đánh dấu đủ quyền.",
        )  # fmt: skip
    for scope, sentence in LESSER_RIGHTS.items():
        if scope not in scopes:
            yield Finding(Level.CARE, scope, sentence)
    if page.status >= 400:
        yield Finding(
            Level.BAD, "page-unread",
            "Không đọc được Trang bằng mã truy cập đang lưu. Vui lòng kiểm tra vai trò của người kết nối và tình trạng Trang.",
        )  # fmt: skip


def _facebook_code(heard: Heard) -> str:
    error = (heard.body or {}).get("error")
    if not isinstance(error, dict):
        return str(heard.status)
    return f"{error.get('code', '')}/{error.get('error_subcode') or ''}".rstrip("/")


def _moment(seconds: Any) -> datetime | None:
    """Facebook's 0 means that no end is named."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC) if int(seconds) > 0 else None
    except (TypeError, ValueError, OverflowError, OSError):
        return None


# ------------------------------------------------------------------------------------------------ YouTube
def look_at_channel(credential: Credential, channel_id: str) -> Probe:
    """Read the channel the token acts for."""
    heard = call(
        "GET", settings.YOUTUBE_BASE, "/youtube/v3/channels",
        query={"part": "id,snippet,contentDetails,status", "mine": "true"},
        headers={"Authorization": f"Bearer {credential.access_token}"}, project=credential.app_id,
    )  # fmt: skip
    if heard.is_silence:
        return Probe(Sight.SILENT, str(heard.status))
    if heard.status == 401:
        return Probe(Sight.DEAD, "401")
    if heard.status != 200:
        return Probe(Sight.SILENT, str(heard.status))
    items = (heard.body or {}).get("items") or []
    if not items:
        return Probe(
            Sight.SEEN,
            findings=(
                Finding(
                    Level.BAD, "no-channel",
                    "Tài khoản Google đã kết nối không có kênh YouTube. Vui lòng kết nối lại bằng tài khoản quản lý kênh.",
                ),
            ),
        )  # fmt: skip
    item, findings = items[0], []
    status = item.get("status") or {}
    if str(item.get("id", "")) != channel_id:
        findings.append(WRONG_ACCOUNT)
    long_uploads = str(status.get("longUploadsStatus", ""))
    if long_uploads and long_uploads != "allowed":
        findings.append(
            Finding(
                Level.CARE, "long-uploads",
                "Kênh chưa xác minh số điện thoại: chưa đăng được video dài hơn 15 phút và ảnh thu nhỏ riêng. "
                "Vui lòng xác minh tại youtube.com/verify.",
            )
        )  # fmt: skip
    if status.get("privacyStatus", "public") != "public":
        findings.append(
            Finding(
                Level.CARE, "not-public",
                "Kênh đang ở chế độ không công khai, người dân không nhìn thấy video. Vui lòng mở lại kênh trong YouTube Studio.",
            )
        )  # fmt: skip
    return Probe(
        Sight.SEEN,
        findings=tuple(findings),
        facts={
            "name": str((item.get("snippet") or {}).get("title", "")),
            "long_uploads": long_uploads,
            "uploads": str(
                ((item.get("contentDetails") or {}).get("relatedPlaylists") or {}).get("uploads", "")
            ),
        },
    )


# ------------------------------------------------------------------------------------------------ Zalo
def look_at_oa(credential: Credential, oa_id: str) -> Probe:
    """Read the OA's standing: verified, and with a package."""
    heard = call(
        "GET", settings.ZALO_API_BASE, "/v2.0/oa/getoa", headers={"access_token": credential.access_token}
    )
    body = heard.body or {}
    if heard.is_silence and heard.status != 401:
        return Probe(Sight.SILENT, str(heard.status))
    if heard.status == 401 or body.get("error") in (-216, -220):
        return Probe(Sight.DEAD, str(body.get("error", heard.status)))
    data = body.get("data")
    if body.get("error") not in (0, None) or not isinstance(data, dict):
        return Probe(Sight.SILENT, str(body.get("error", heard.status)))
    findings = []
    if str(data.get("oaid", "")) != oa_id:
        findings.append(WRONG_ACCOUNT)
    if not data.get("is_verified"):
        findings.append(
            Finding(
                Level.BAD, "not-verified",
                "OA chưa được Zalo xác thực nên không đăng được bài viết. Vui lòng hoàn tất xác thực tại oa.zalo.me.",
            )
        )  # fmt: skip
    if not data.get("package_name"):
        findings.append(
            Finding(
                Level.BAD, "no-package",
                "OA chưa có gói dịch vụ nên có thể không đăng được bài viết. Vui lòng đăng ký gói tại oa.zalo.me.",
            )
        )  # fmt: skip
    return Probe(
        Sight.SEEN,
        findings=tuple(findings),
        facts={
            "name": str(data.get("name", "")),
            "package": str(data.get("package_name", "")),
            "followers": data.get("num_follower"),
        },
        package_until=_day(data.get("package_valid_through_date")),
    )


def _day(text: Any) -> date | None:
    """Zalo writes 31/12/2027; anything else is unknown."""
    try:
        return datetime.strptime(str(text), "%d/%m/%Y").date()
    except ValueError:
        return None
