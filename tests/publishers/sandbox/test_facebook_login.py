"""Tokens of Facebook: dialog, exchange, Pages of a person, health."""

import hashlib
import hmac
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.publishers.sandbox.imitated import FacebookPage
from tests.publishers.sandbox.test_facebook_feed import refused
from tests.publishers.sandbox.wire import Answer, Caller

APP, SECRET = "100000000000001", "mat-ung-dung"
BACK = "http://127.0.0.1:8000/ket-noi"


def exchange(sandbox: Caller, **query: str) -> Answer:
    query = {"client_id": APP, "client_secret": SECRET, **query}
    return sandbox.send("GET", "/graph/v26.0/oauth/access_token?" + urlencode(query))


def code_from_dialog(sandbox: Caller) -> str:
    query = {"client_id": APP, "redirect_uri": BACK, "state": "abc", "scope": "pages_manage_posts"}
    shown = sandbox.send("GET", "/facebook-www/v26.0/dialog/oauth?" + urlencode(query))
    assert "Đồng ý" in shown.body.decode()
    sent = sandbox.send(
        "GET", "/facebook-www/v26.0/dialog/oauth?" + urlencode({**query, "chon": "100000000000900"})
    )
    values = parse_qs(urlsplit(sent.headers["Location"]).query)
    assert (sent.status, values["state"]) == (302, ["abc"])
    return values["code"][0]


def test_from_dialog_to_page_token(sandbox: Caller) -> None:
    fb_page = FacebookPage.register(sandbox, app_secret=SECRET)
    code = code_from_dialog(sandbox)
    short = exchange(sandbox, redirect_uri=BACK, code=code).json
    assert (short["token_type"], short["expires_in"]) == ("bearer", 3600)
    long = exchange(sandbox, grant_type="fb_exchange_token", fb_exchange_token=short["access_token"]).json
    assert long["expires_in"] == 59 * 24 * 3600
    user = {"Authorization": f"Bearer {long['access_token']}"}
    (row,) = sandbox.send(
        "GET", "/graph/v26.0/me/accounts?fields=id,name,access_token,tasks", headers=user
    ).json["data"]
    assert (row["id"], row["access_token"]) == (fb_page.id, fb_page.token)
    assert "CREATE_CONTENT" in row["tasks"]
    assert refused(exchange(sandbox, redirect_uri=BACK, code=code)) == (400, 100, 36009)


def test_wrong_secret_is_refused(sandbox: Caller) -> None:
    FacebookPage.register(sandbox, app_secret=SECRET)
    answer = exchange(sandbox, client_secret="sai", redirect_uri=BACK, code="x")
    assert answer.json["error"]["message"] == "Error validating client secret."


def test_me_accounts_pages_through(sandbox: Caller) -> None:
    for number in range(3):
        FacebookPage.register(sandbox, id=f"90000000000000{number}", token=f"t{number}", app_secret=SECRET)
    short = exchange(sandbox, redirect_uri=BACK, code=code_from_dialog(sandbox)).json["access_token"]
    user = {"Authorization": f"Bearer {short}"}
    first = sandbox.send("GET", "/graph/v26.0/me/accounts?fields=id&limit=2", headers=user).json
    assert len(first["data"]) == 2
    second = sandbox.send("GET", first["paging"]["next"], headers=user).json
    assert ([row["id"] for row in second["data"]], "next" in second["paging"]) == (["900000000000002"], False)


def test_debug_token_tells_life_and_death(sandbox: Caller) -> None:
    fb_page = FacebookPage.register(sandbox, app_secret=SECRET, data_access_expires_at=2_000_000_000)
    app = {"Authorization": f"Bearer {APP}|{SECRET}"}
    path = f"/graph/v26.0/debug_token?input_token={fb_page.token}"
    data = sandbox.send("GET", path, headers=app).json["data"]
    assert (data["is_valid"], data["type"], data["profile_id"], data["expires_at"]) == (
        True,
        "PAGE",
        fb_page.id,
        0,
    )
    assert data["data_access_expires_at"] == 2_000_000_000
    sandbox.control("POST", "tokens", {"platform": "facebook", "account": fb_page.id, "action": "expire"})
    data = sandbox.send("GET", path, headers=app).json["data"]
    assert (data["is_valid"], data["error"]["subcode"]) == (False, 463)
    assert refused(sandbox.send("GET", path, headers=fb_page.auth)) == (400, 190, None)


def test_app_may_demand_the_proof(sandbox: Caller) -> None:
    fb_page = FacebookPage.register(sandbox, app_secret=SECRET)
    sandbox.account(platform="facebook", kind="app", id=APP, require_appsecret_proof=True)
    assert refused(fb_page.post("feed", message="a")) == (400, 100, None)
    assert refused(fb_page.post("feed", message="a", appsecret_proof="sai")) == (400, 100, None)
    proof = hmac.new(SECRET.encode(), fb_page.token.encode(), hashlib.sha256).hexdigest()
    assert fb_page.post("feed", message="a", appsecret_proof=proof).status == 200
    assert len(sandbox.effects()) == 1


def test_dialog_refuses_an_unregistered_way_back(sandbox: Caller) -> None:
    sandbox.account(platform="facebook", kind="app", id=APP, app_secret=SECRET, redirect_uris=[BACK])
    query = urlencode({"client_id": APP, "redirect_uri": "https://ke-gian.example/", "state": "x"})
    answer = sandbox.send("GET", f"/facebook-www/v26.0/dialog/oauth?{query}")
    assert (answer.status, answer.headers["Location"]) == (400, None)


def test_refusing_in_the_dialog_goes_back_without_a_code(sandbox: Caller) -> None:
    sandbox.account(platform="facebook", kind="app", id=APP, app_secret=SECRET)
    query = urlencode({"client_id": APP, "redirect_uri": BACK, "state": "x", "chon": "tu-choi"})
    values = parse_qs(
        urlsplit(sandbox.send("GET", f"/facebook-www/v26.0/dialog/oauth?{query}").headers["Location"]).query
    )
    assert (values["error"], values["state"], "code" in values) == (["access_denied"], ["x"], False)


def test_exchange_and_reading_of_a_token_also_take_their_fields_in_the_body(sandbox: Caller) -> None:
    fb_page = FacebookPage.register(sandbox, app_secret=SECRET)
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    sent = {
        "client_id": APP,
        "client_secret": SECRET,
        "redirect_uri": BACK,
        "code": code_from_dialog(sandbox),
    }
    short = sandbox.send(
        "POST", "/graph/v26.0/oauth/access_token", headers=form, body=urlencode(sent).encode()
    ).json
    assert short["token_type"] == "bearer"
    head = {**form, "Authorization": f"Bearer {APP}|{SECRET}"}
    asked = {"method": "get", "input_token": fb_page.token}
    data = sandbox.send(
        "POST", "/graph/v26.0/debug_token", headers=head, body=urlencode(asked).encode()
    ).json["data"]
    assert (data["is_valid"], data["profile_id"]) == (True, fb_page.id)
    asked.pop("method")
    answer = sandbox.send("POST", "/graph/v26.0/debug_token", headers=head, body=urlencode(asked).encode())
    assert refused(answer) == (400, 100, 33)
