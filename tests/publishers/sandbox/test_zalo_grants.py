"""Zalo's tokens: every refresh kills the pair before it."""

import base64
import hashlib
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.publishers.sandbox.imitated import ZaloAccount
from tests.publishers.sandbox.wire import Answer, Caller

BACK = "http://127.0.0.1:8000/ket-noi"
VERIFIER = "v" * 43


def test_refresh_gives_a_pair_and_kills_the_old_one_at_once(sandbox: Caller, oa: ZaloAccount) -> None:
    pair = oa.refresh("lam-moi-oa-1").json
    assert (set(pair), pair["expires_in"]) == ({"access_token", "refresh_token", "expires_in"}, "90000")
    assert oa.get("oa/getoa").json["error"] == -220
    oa.token = pair["access_token"]
    assert oa.get("oa/getoa").json["error"] == 0
    again = oa.refresh("lam-moi-oa-1")
    assert (again.status, again.json["error"]) == (200, -14020)
    assert {"error_name", "error_reason", "error_description", "ref_doc"} <= set(again.json)
    assert oa.get("oa/getoa").json["error"] == 0
    assert "access_token" in oa.refresh(pair["refresh_token"]).json


def test_registering_again_does_not_revive_a_rotated_token(sandbox: Caller, oa: ZaloAccount) -> None:
    oa.refresh("lam-moi-oa-1")
    ZaloAccount.register(sandbox)
    assert oa.get("oa/getoa").json["error"] == -220
    ZaloAccount.register(sandbox, reset_tokens=True)
    assert oa.get("oa/getoa").json["error"] == 0


def test_lost_answer_to_a_refresh_has_rotated_all_the_same(sandbox: Caller, oa: ZaloAccount) -> None:
    sandbox.rule(platform="zalo", op="token.refresh", action="html_502_after")
    assert oa.refresh("lam-moi-oa-1").status == 502
    assert oa.refresh("lam-moi-oa-1").json["error"] == -14020


def test_access_token_lives_25_hours_and_refresh_token_three_months(sandbox: Caller, oa: ZaloAccount) -> None:
    sandbox.advance(90_001)
    assert oa.get("oa/getoa").json["error"] == -220
    pair = oa.refresh("lam-moi-oa-1").json
    sandbox.advance(91 * 24 * 3600)
    assert oa.refresh(pair["refresh_token"]).json["error"] == -14014


def test_wrong_app_secret_and_unknown_token(sandbox: Caller, oa: ZaloAccount) -> None:
    assert oa.refresh("lam-moi-oa-1", secret="sai").json["error"] == -14004
    assert oa.refresh("khong-co").json["error"] == -14014
    oa.app = "1"
    assert oa.refresh("lam-moi-oa-1").json["error"] == -14002
    assert oa.get("oa/getoa").json["error"] == 0


def test_grant_of_another_app_is_refused(sandbox: Caller, oa: ZaloAccount) -> None:
    sandbox.account(platform="zalo", kind="app", id="7000000000000000002", secret_key="mat-ung-dung")
    oa.app = "7000000000000000002"
    assert oa.refresh("lam-moi-oa-1").json["error"] == -14012


def test_secret_belongs_in_the_header(sandbox: Caller, oa: ZaloAccount) -> None:
    form = {
        "grant_type": "refresh_token",
        "app_id": oa.app,
        "refresh_token": "lam-moi-oa-1",
        "secret_key": "mat-ung-dung",
    }
    assert sandbox.form("/zalo-oauth/v4/oa/access_token", None, **form).json["error"] == -14004


def code(sandbox: Caller, oa: ZaloAccount) -> str:
    challenge = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")
    query = {"app_id": oa.app, "redirect_uri": BACK, "state": "s", "code_challenge": challenge, "chon": oa.id}
    answer = sandbox.send("GET", "/zalo-oauth/v4/oa/permission?" + urlencode(query))
    values = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert (values["oa_id"], values["state"]) == ([oa.id], ["s"])
    return values["code"][0]


def exchange(sandbox: Caller, oa: ZaloAccount, code: str, verifier: str = VERIFIER) -> Answer:
    form = {"code": code, "app_id": oa.app, "grant_type": "authorization_code", "code_verifier": verifier}
    return sandbox.form("/zalo-oauth/v4/oa/access_token", {"secret_key": "mat-ung-dung"}, **form)


def test_permission_page_gives_a_code_for_one_exchange_within_ten_minutes(
    sandbox: Caller, oa: ZaloAccount
) -> None:
    first = code(sandbox, oa)
    assert exchange(sandbox, oa, first, "w" * 43).json["error"] == -14016
    oa.token = exchange(sandbox, oa, first).json["access_token"]
    assert oa.get("oa/getoa").json["error"] == 0
    assert exchange(sandbox, oa, first).json["error"] == -14015
    late = code(sandbox, oa)
    sandbox.advance(601)
    assert exchange(sandbox, oa, late).json["error"] == -14015


def test_permission_page_lists_only_the_apps_own_accounts(sandbox: Caller, oa: ZaloAccount) -> None:
    ZaloAccount.register(
        sandbox, id="4000000000000000002", token="oa-2", name="OA của ứng dụng khác", app_id="8"
    )
    html = sandbox.send(
        "GET", f"/zalo-oauth/v4/oa/permission?app_id={oa.app}&redirect_uri={BACK}"
    ).body.decode()
    assert "OA thử nghiệm" in html
    assert "OA của ứng dụng khác" not in html
