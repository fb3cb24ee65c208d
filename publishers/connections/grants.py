"""The wire to the token endpoints of Google and Zalo, and how their answers are read. Facebook Pages have none.

Nothing here touches the database, and nothing here keeps, logs or raises a token."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import requests
from django.conf import settings

from cms.core.outbound import OutboundSession

# Seconds to connect, seconds to wait for the answer: a lease lasts longer than both together.
TIMEOUT = (5.0, 15.0)


class GrantOutcome(StrEnum):
    RENEWED = "renewed"
    REFUSED = "refused"  # the refresh token is dead: a person must reconnect
    NOT_SENT = "not-sent"  # certainly not performed: try later
    LOST = "lost"  # sent, but the answer never came: with a rotating token the grant may be gone


@dataclass(frozen=True, repr=False)
class GrantAnswer:
    """What a token endpoint said. `refresh_token` is "" when the platform keeps the old one."""

    outcome: GrantOutcome
    access_token: str = ""
    refresh_token: str = ""
    expires_at: datetime | None = None
    code: str = field(default="")

    def __repr__(self) -> str:
        return f"GrantAnswer({self.outcome}, code={self.code!r})"


def read_answer(status: int, body: Any, now: datetime) -> GrantAnswer:
    """Classify the parsed JSON `body` of a token endpoint (None: it was not JSON) that came with HTTP `status`.

    Zalo refuses with HTTP 200 and says `expires_in` as a string; a body without an access token is a refusal unless
    the server itself failed."""
    if isinstance(body, Mapping) and body.get("access_token"):
        return GrantAnswer(
            GrantOutcome.RENEWED,
            access_token=str(body["access_token"]),
            refresh_token=str(body.get("refresh_token") or ""),
            expires_at=_expiry(body.get("expires_in"), now),
        )
    if status >= 500 or not isinstance(body, Mapping) or not body:
        return GrantAnswer(GrantOutcome.LOST, code=str(status))
    return GrantAnswer(GrantOutcome.REFUSED, code=str(body.get("error", status))[:40])


def _expiry(expires_in: Any, now: datetime) -> datetime | None:
    try:
        seconds = int(expires_in)
    except (TypeError, ValueError):
        return None
    return now + timedelta(seconds=seconds) if seconds > 0 else None


def refresh_google(refresh_token: str, app_id: str, secret: str, now: datetime) -> GrantAnswer:
    """Ask Google for a new access token. The refresh token stays the same."""
    form = {
        "grant_type": "refresh_token",
        "refresh_token": refresh_token,
        "client_id": app_id,
        "client_secret": secret,
    }
    return _ask(settings.GOOGLE_TOKEN_BASE, "/token", form, {}, now)


def refresh_zalo(refresh_token: str, app_id: str, secret: str, now: datetime) -> GrantAnswer:
    """Ask Zalo for a new pair. The old refresh token and the old access token die with the answer."""
    form = {"grant_type": "refresh_token", "refresh_token": refresh_token, "app_id": app_id}
    return _ask(settings.ZALO_OAUTH_BASE, "/v4/oa/access_token", form, {"secret_key": secret}, now)


def _ask(base: str, path: str, form: dict[str, str], headers: dict[str, str], now: datetime) -> GrantAnswer:
    with OutboundSession([base], timeout=TIMEOUT) as session:
        try:
            response = session.post(f"{base}{path}", data=form, headers=headers)
        except requests.exceptions.ConnectTimeout:
            return GrantAnswer(GrantOutcome.NOT_SENT, code="connect-timeout")
        except requests.exceptions.ConnectionError as error:
            return GrantAnswer(
                GrantOutcome.NOT_SENT if _never_connected(error) else GrantOutcome.LOST, code="broken"
            )
        except requests.RequestException:
            return GrantAnswer(GrantOutcome.LOST, code="broken")
        try:
            body = response.json()
        except ValueError:
            body = None
        return read_answer(response.status_code, body, now)


def _never_connected(error: requests.exceptions.ConnectionError) -> bool:
    """Return whether no byte can have left: refused, unknown host, failed TLS."""
    if isinstance(error, requests.exceptions.SSLError):
        return True
    reason = getattr(error.args[0] if error.args else None, "reason", None)
    return type(reason).__name__ in ("NewConnectionError", "NameResolutionError", "ConnectTimeoutError")
