"""Google's token endpoint and its dialog."""

import base64
import hashlib
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.publishers.sandbox.imitated import YouTubeChannel
from tests.publishers.sandbox.wire import Answer, Caller

BACK = "http://127.0.0.1:8000/ket-noi"
VERIFIER = "v" * 43


def refresh(sandbox: Caller, token: str = "lam-moi-kenh-1", secret: str = "mat-may-khach") -> Answer:
    form = {
        "grant_type": "refresh_token",
        "refresh_token": token,
        "client_id": "may-khach",
        "client_secret": secret,
    }
    return sandbox.form("/google-token", None, **form)


def consent(sandbox: Caller, channel: str, **more: str) -> str:
    challenge = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")
    query = {
        "client_id": "may-khach", "redirect_uri": BACK, "response_type": "code", "state": "s", "access_type": "offline",
        "scope": "https://www.googleapis.com/auth/youtube", "code_challenge": challenge, "chon": channel,
        "code_challenge_method": "S256", **more,
    }  # fmt: skip
    answer = sandbox.send("GET", "/google-accounts/o/oauth2/v2/auth?" + urlencode(query))
    return parse_qs(urlsplit(answer.headers["Location"]).query)["code"][0]


def exchange(sandbox: Caller, code: str, verifier: str = VERIFIER) -> Answer:
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK, "client_id": "may-khach",
            "client_secret": "mat-may-khach", "code_verifier": verifier}  # fmt: skip
    return sandbox.form("/google-token/token", None, **form)


def test_refresh_does_not_rotate_and_keeps_older_access_tokens(
    sandbox: Caller, channel: YouTubeChannel
) -> None:
    first, second = refresh(sandbox).json["access_token"], refresh(sandbox).json["access_token"]
    for token in (channel.token, first, second):
        channel.token = token
        assert channel.get("channels", part="id", mine="true").json["items"][0]["id"] == channel.id


def test_access_token_dies_after_an_hour(sandbox: Caller, channel: YouTubeChannel) -> None:
    channel.token = refresh(sandbox).json["access_token"]
    sandbox.advance(3590)
    assert channel.get("channels", part="id", mine="true").status == 200
    sandbox.advance(10)
    assert channel.get("channels", part="id", mine="true").status == 401


def test_revoked_grant_is_invalid_grant(sandbox: Caller, channel: YouTubeChannel) -> None:
    assert sandbox.form("/google-token/revoke", None, token="lam-moi-kenh-1").status == 200
    answer = refresh(sandbox)
    assert (answer.status, answer.json["error"]) == (400, "invalid_grant")
    assert answer.json["error_description"] == "Token has been expired or revoked."
    assert channel.get("channels", part="id", mine="true").status == 401


def test_wrong_client_secret_is_invalid_client(sandbox: Caller, channel: YouTubeChannel) -> None:
    answer = refresh(sandbox, secret="sai")
    assert (answer.status, answer.json["error"]) == (401, "invalid_client")


def test_dialog_gives_a_code_bound_to_the_verifier_and_usable_once(
    sandbox: Caller, channel: YouTubeChannel
) -> None:
    code = consent(sandbox, channel.id)
    assert exchange(sandbox, code, "w" * 43).json["error"] == "invalid_grant"
    answer = exchange(sandbox, code).json
    assert {"access_token", "refresh_token", "expires_in", "scope", "token_type"} == set(answer)
    assert exchange(sandbox, code).json["error"] == "invalid_grant"


def test_second_consent_without_prompt_gives_no_refresh_token(
    sandbox: Caller, channel: YouTubeChannel
) -> None:
    assert "refresh_token" in exchange(sandbox, consent(sandbox, channel.id)).json
    assert "refresh_token" not in exchange(sandbox, consent(sandbox, channel.id)).json
    assert "refresh_token" in exchange(sandbox, consent(sandbox, channel.id, prompt="consent")).json
