"""Training mode: a trainer chooses a bad day in plain words, sees it on the wall, follows the calls, and ends it."""

from __future__ import annotations

import http.client
import re
from typing import Any

import pytest

from publishers.sandbox.faults import check_rule
from publishers.sandbox.incidents import BY_NAME, INCIDENTS, OP_NAMES, PLATFORMS
from tests.publishers.sandbox.imitated import FacebookPage, YouTubeChannel, ZaloAccount
from tests.publishers.sandbox.wire import Answer, Caller

PAGE = "/tuong/tap-huan"


def page(sandbox: Caller) -> str:
    answer = sandbox.send("GET", PAGE)
    assert answer.status == 200
    return answer.body.decode()


def act(sandbox: Caller, headers: dict[str, str] | None = None, **fields: str) -> Answer:
    return sandbox.form(PAGE, headers, **fields)


def begin(sandbox: Caller, incident: str, where: str = "facebook", times: str = "1") -> Answer:
    return act(sandbox, viec="bat-dau", **{"su-co": incident, "noi": where, "so-lan": times})


def test_every_incident_is_offered_with_what_the_product_should_do(
    sandbox: Caller, fb_page: FacebookPage, oa: ZaloAccount
) -> None:
    text = page(sandbox)
    for incident in INCIDENTS:
        assert incident.label in text
        assert incident.expected in text
    assert "Facebook: Trang thử nghiệm" in text
    assert "Zalo: OA thử nghiệm" in text
    assert not re.search(r"drop_after|feed\.create|<script|style=", text)


def test_chosen_incident_happens_is_on_the_wall_and_ends_by_itself(
    sandbox: Caller, fb_page: FacebookPage
) -> None:
    answer = begin(sandbox, "mat-cau-tra-loi", f"facebook:{fb_page.id}")
    assert (answer.status, answer.headers["Location"]) == (303, PAGE)
    wall = sandbox.send("GET", "/tuong").body.decode()
    assert "Chế độ tập huấn" in wall
    assert "Facebook Trang thử nghiệm, đăng bài: Bài đã lên nhưng mất câu trả lời" in wall
    with pytest.raises(http.client.RemoteDisconnected):
        fb_page.post("feed", message="Bài tập huấn")
    assert len(sandbox.effects()) == 1
    assert fb_page.post("feed", message="Bài sau").status == 200
    text = page(sandbox)
    assert "đã gặp 2 lần, còn 0 lần" in text
    assert "đăng bài – <strong>mất kết nối sau khi đã ghi nhận</strong>" in text
    assert "đăng bài – trả lời bình thường" in text


def test_incident_of_one_page_leaves_the_other_alone(sandbox: Caller, fb_page: FacebookPage) -> None:
    other = FacebookPage.register(sandbox, id="900000000000002", token="trang-2")
    begin(sandbox, "gioi-han", f"facebook:{fb_page.id}", "0")
    assert other.post("feed", message="Kênh khác").status == 200
    assert fb_page.post("feed", message="Kênh bị hạn chế").json["error"]["code"] == 80001
    assert [row["account"] for row in sandbox.effects()] == [other.id]


def test_incidents_are_ended_one_by_one_or_all_at_once(sandbox: Caller, fb_page: FacebookPage) -> None:
    begin(sandbox, "tu-choi-noi-dung", "tat-ca", "0")
    rules = sandbox.control("GET", "rules")
    assert {rule["platform"] for rule in rules} == set(PLATFORMS)
    act(sandbox, viec="dung", so=str(rules[0]["id"]))
    assert len(sandbox.control("GET", "rules")) == len(rules) - 1
    act(sandbox, viec="dung-tat-ca")
    assert sandbox.control("GET", "rules") == []
    assert "Chế độ tập huấn" not in sandbox.send("GET", "/tuong").body.decode()
    assert fb_page.post("feed", message="Bình thường").status == 200


def test_clock_is_pushed_by_a_button(sandbox: Caller) -> None:
    sandbox.control("POST", "clock", {"now": "2026-11-25T08:00:00+07:00"})
    act(sandbox, viec="tua", giay="3600")
    assert "09:00 ngày 25/11/2026" in page(sandbox)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"viec": "bat-dau"}, "Vui lòng chọn một sự cố."),
        (
            {"viec": "bat-dau", "su-co": "mat-ket-noi", "noi": "facebook:khong-co", "so-lan": "1"},
            "nền tảng hoặc kênh",
        ),
        ({"viec": "bat-dau", "su-co": "mat-ket-noi", "noi": "tat-ca:1", "so-lan": "1"}, "nền tảng hoặc kênh"),
        ({"viec": "bat-dau", "su-co": "mat-ket-noi", "noi": "zalo", "so-lan": "999"}, "số lần xảy ra"),
        ({"viec": "tua", "giay": "99"}, "thời gian tua"),
        ({"viec": "dung", "so": "x"}, "tải lại trang"),
        ({"viec": "xoa-het"}, "Không hiểu yêu cầu"),
        ({}, "Không hiểu yêu cầu"),
    ],
)
def test_odd_form_gets_a_sentence_and_changes_nothing(
    sandbox: Caller, fb_page: FacebookPage, fields: dict[str, str], sentence: str
) -> None:
    before = sandbox.control("GET", "clock")["offset_seconds"]
    answer = act(sandbox, **fields)
    assert answer.status == 400
    assert sentence in answer.body.decode()
    assert sandbox.control("GET", "rules") == []
    assert sandbox.control("GET", "clock")["offset_seconds"] == before


def test_form_keeps_what_was_chosen_when_something_is_missing(sandbox: Caller, oa: ZaloAccount) -> None:
    text = act(
        sandbox, viec="bat-dau", **{"su-co": "qua-tai", "noi": f"zalo:{oa.id}", "so-lan": "7"}
    ).body.decode()
    assert re.search(r'value="qua-tai" required checked', text)
    assert f'value="zalo:{oa.id}" selected' in text


@pytest.mark.parametrize("headers", [{"Origin": "https://la.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_form_sent_from_another_site_is_refused(sandbox: Caller, headers: dict[str, str]) -> None:
    fields = {"su-co": "qua-tai", "noi": "tat-ca", "so-lan": "0"}
    assert act(sandbox, headers, viec="bat-dau", **fields).status == 403
    assert sandbox.control("GET", "rules") == []


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_page_takes_nothing_but_forms(sandbox: Caller, method: str) -> None:
    assert sandbox.send(method, PAGE).status == 405


def test_page_allows_no_script_and_escapes_names(sandbox: Caller) -> None:
    FacebookPage.register(sandbox, name="<b>Trang</b>")
    answer = sandbox.send("GET", PAGE)
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "form-action 'self'" in answer.headers["Content-Security-Policy"]
    assert b"&lt;b&gt;Trang" in answer.body
    assert b"<b>Trang" not in answer.body


@pytest.mark.parametrize("name", sorted(BY_NAME))
def test_every_incident_makes_rules_that_name_real_calls(name: str) -> None:
    for platform in PLATFORMS:
        rules = BY_NAME[name].rules(platform, "1", 1)
        assert rules
        for rule in rules:
            check_rule(rule)
            assert rule["platform"] == platform
            assert "*" in rule["op"] or rule["op"] in OP_NAMES
            assert ("error" in rule) is rule["action"].startswith("error")


def test_each_incident_really_happens_on_each_platform(
    sandbox: Caller, fb_page: FacebookPage, channel: YouTubeChannel, oa: ZaloAccount
) -> None:
    id_ = oa.publish(status="hide")
    video = channel.upload()
    calls: dict[str, Any] = {
        "facebook": lambda: fb_page.post("feed", message="Tập huấn"),
        "youtube": lambda: channel.publish(video),
        "zalo": lambda: oa.post("article/update", {"id": id_, **oa.article()}),
    }
    for name in ("gioi-han", "het-han-ket-noi", "thieu-quyen", "tu-choi-noi-dung", "qua-tai", "mat-ket-noi"):
        for platform, call in calls.items():
            begin(sandbox, name, platform, "0")
            try:
                answer = call()
                assert answer.status >= 400 or answer.json["error"] != 0, (name, platform)
            except http.client.RemoteDisconnected:
                assert name == "mat-ket-noi"
            act(sandbox, viec="dung-tat-ca")
    assert sandbox.effects() == []
