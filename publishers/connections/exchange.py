"""From the code a dialog gave to what we keep: tokens, and whose they are. Wire only; nothing is stored here.

Whatever is not needed afterwards (the person's own Facebook tokens) never leaves this module."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from cms.core.errors import LanToaError, OutsideUnreachable
from publishers.connections.grants import GrantAnswer, GrantOutcome, read_answer
from publishers.connections.wire import Heard, call

#: A person with more Pages than this is not a person (100 a call).
MOST_PAGES = 2000

SILENT = (
    "{platform} chưa trả lời trọn vẹn nên chưa kết nối được kênh. Vui lòng đợi ít phút rồi bấm “Kết nối” lại."
)
CODE_REFUSED = (
    "{platform} không chấp nhận mã cấp quyền (mã đã dùng hoặc đã hết hạn). Vui lòng bấm “Kết nối” lại từ đầu."
)
APP_REFUSED = (
    "{platform} từ chối ứng dụng: mã ứng dụng, khóa bí mật hoặc địa chỉ quay lại chưa khớp với đăng ký. "
    "Vui lòng nhờ quản trị kiểm tra phần “Ứng dụng trên nền tảng”."
)
PKCE_REFUSED = (
    "Zalo không chấp nhận mã kiểm chứng PKCE. Nếu ứng dụng cố định code_challenge trong trang Zalo Developers, "
    "hãy đặt ZALO_PKCE_MODE=console và dán đúng giá trị; nếu không, đặt ZALO_PKCE_MODE=request."
)
NO_CHANNEL = (
    "Tài khoản Google vừa chọn không có kênh YouTube. Vui lòng kết nối lại bằng tài khoản quản lý kênh."
)
NAMES = {"facebook": "Facebook", "google": "Google", "zalo": "Zalo"}

#: Google and Zalo name what is wrong; everything else is the code itself.
_APP_FAULTS = {
    "invalid_client", "unauthorized_client", "redirect_uri_mismatch", "-14002", "-14003", "-14004", "-14012", "-14024",
}  # fmt: skip
_PKCE_FAULT = "-14016"


class GrantRefused(LanToaError):
    """The platform gave nothing; the sentence says what the person can do."""


@dataclass(frozen=True, repr=False)
class Account:
    """One account that a person may act for: a Page, a channel, an OA."""

    id: str
    name: str
    access_token: str = ""
    may_post: bool = True

    def __repr__(self) -> str:
        return f"Account({self.id})"


# ------------------------------------------------------------------------------------------------ Facebook
def facebook_pages(*, code: str, app_id: str, secret: str, redirect_uri: str) -> list[Account]:
    """Exchange `code` and return the person's Pages with a token each that has no end of its own.

    Raises GrantRefused and OutsideUnreachable."""
    client = {"client_id": app_id, "client_secret": secret}
    short = _facebook_token({**client, "redirect_uri": redirect_uri, "code": code})
    long = _facebook_token({**client, "grant_type": "fb_exchange_token", "fb_exchange_token": short})
    return list(_pages_of(long))


def _graph(path: str) -> str:
    return f"/{settings.FACEBOOK_API_VERSION}{path}"


def _facebook_token(form: dict[str, str]) -> str:
    # Meta documents this call as GET; the Graph API takes the same fields in the body of a POST, and no secret of ours
    # ever stands in an address, where proxies and logs keep it.
    heard = call("POST", settings.FACEBOOK_GRAPH_BASE, _graph("/oauth/access_token"), form=form)
    if heard.is_silence:
        raise OutsideUnreachable(SILENT.format(platform="Facebook"))
    token = str((heard.body or {}).get("access_token") or "")
    if token:
        return token
    error = (heard.body or {}).get("error") or {}
    code = error.get("code") if isinstance(error, dict) else None
    subcode = error.get("error_subcode") if isinstance(error, dict) else None
    raise GrantRefused(
        (APP_REFUSED if code in (1, 101) or subcode == 36008 else CODE_REFUSED).format(platform="Facebook")
    )


def _pages_of(user_token: str) -> Iterator[Account]:
    after, seen = "", 0
    while seen < MOST_PAGES:
        query = {"fields": "id,name,access_token,tasks", "limit": "100"} | ({"after": after} if after else {})
        heard = call(
            "GET", settings.FACEBOOK_GRAPH_BASE, _graph("/me/accounts"), query=query,
            headers={"Authorization": f"Bearer {user_token}"},
        )  # fmt: skip
        rows = (heard.body or {}).get("data")
        if heard.is_silence or not isinstance(rows, list):
            raise OutsideUnreachable(SILENT.format(platform="Facebook"))
        for row in rows:
            yield Account(
                str(row.get("id", "")), str(row.get("name", "")), str(row.get("access_token") or ""),
                "CREATE_CONTENT" in (row.get("tasks") or []),
            )  # fmt: skip
        seen += len(rows)
        paging = (heard.body or {}).get("paging") or {}
        after = str((paging.get("cursors") or {}).get("after") or "") if paging.get("next") else ""
        if not after or not rows:
            return


# ------------------------------------------------------------------------------------------------ Google
def google_grant(
    *, code: str, app_id: str, secret: str, redirect_uri: str, verifier: str, now: datetime
) -> tuple[GrantAnswer, list[str]]:
    """Exchange `code`; return the tokens and the scopes granted. The refresh token is "" when Google kept it back."""
    form = {
        "grant_type": "authorization_code", "code": code, "client_id": app_id, "client_secret": secret,
        "redirect_uri": redirect_uri, "code_verifier": verifier,
    }  # fmt: skip
    heard = call("POST", settings.GOOGLE_TOKEN_BASE, "/token", form=form)
    return _granted("google", heard, now), str((heard.body or {}).get("scope") or "").split()


def youtube_channel(access_token: str, project: str) -> Account:
    """Return the channel that `access_token`, granted to `project`, acts for. Raises GrantRefused where the account has none."""
    heard = call(
        "GET", settings.YOUTUBE_BASE, "/youtube/v3/channels", query={"part": "id,snippet", "mine": "true"},
        headers={"Authorization": f"Bearer {access_token}"}, project=project,
    )  # fmt: skip
    if heard.is_silence or heard.status != 200:
        if _reason_of(heard) == "youtubeSignupRequired":
            raise GrantRefused(NO_CHANNEL)
        raise OutsideUnreachable(SILENT.format(platform="YouTube"))
    items = (heard.body or {}).get("items") or []
    if not items:
        raise GrantRefused(NO_CHANNEL)
    return Account(str(items[0].get("id", "")), str((items[0].get("snippet") or {}).get("title", "")))


def _reason_of(heard: Heard) -> str:
    error = (heard.body or {}).get("error")
    errors = error.get("errors") if isinstance(error, dict) else None
    return str(errors[0].get("reason", "")) if errors else ""


def revoke_google(token: str) -> bool:
    """Ask Google to end the grant behind `token` (RFC 7009; a refresh token ends its access tokens too).

    Returns whether it has ended: a token that Google no longer knows has. Once, with the timeout of `call`."""
    heard = call("POST", settings.GOOGLE_TOKEN_BASE, "/revoke", form={"token": token})
    return heard.status == 200 or (heard.body or {}).get("error") == "invalid_token"


# ------------------------------------------------------------------------------------------------ Zalo
def zalo_grant(*, code: str, app_id: str, secret: str, verifier: str, now: datetime) -> GrantAnswer:
    """Exchange `code`. From here on the pair the OA had before is dead, whatever we do with the new one."""
    form = {"grant_type": "authorization_code", "code": code, "app_id": app_id, "code_verifier": verifier}
    heard = call(
        "POST", settings.ZALO_OAUTH_BASE, "/v4/oa/access_token", form=form, headers={"secret_key": secret}
    )
    return _granted("zalo", heard, now)


def zalo_oa(access_token: str) -> Account:
    """Return the OA that `access_token` acts for; asked twice, because the pair before is gone already."""
    for _attempt in range(2):
        heard = call("GET", settings.ZALO_API_BASE, "/v2.0/oa/getoa", headers={"access_token": access_token})
        data = (heard.body or {}).get("data")
        if isinstance(data, dict) and data.get("oaid"):
            return Account(str(data["oaid"]), str(data.get("name", "")))
    raise OutsideUnreachable(SILENT.format(platform="Zalo"))


def _granted(platform: str, heard: Heard, now: datetime) -> GrantAnswer:
    body: Any = heard.body
    answer = read_answer(heard.status or 599, body, now)
    if answer.outcome is GrantOutcome.RENEWED:
        return answer
    if answer.outcome is GrantOutcome.LOST:
        raise OutsideUnreachable(SILENT.format(platform=NAMES[platform]))
    if answer.code == _PKCE_FAULT:
        raise GrantRefused(PKCE_REFUSED)
    sentence = APP_REFUSED if answer.code in _APP_FAULTS else CODE_REFUSED
    raise GrantRefused(sentence.format(platform=NAMES[platform]))
