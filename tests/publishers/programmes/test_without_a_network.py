"""The operator's phone without a network: the evening's copy is read and confirmed on, and sent once when it is back."""

from __future__ import annotations

import os
import shutil
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse

from cms.core import clock
from publishers.programmes.device_services import enrol, give_code
from publishers.programmes.models import AirLogEntry
from tests.publishers.programmes.conftest import AT, LONG, MORNING, TEXT

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PICTURES = os.environ.get("LANTOA_PICTURES", "")


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="không có Chromium trên máy này")
def test_confirmation_waits_on_the_phone_and_is_sent_once(live_server, commune, chromium):
    cache.clear()
    old = commune.issue(title="Nộp hồ sơ tại nhà", text=LONG)
    commune.approved_notice()
    device, token = enrol(commune.station, give_code(commune.station, commune.officer), "Máy trực", "2580")
    form = f"{live_server.url}/dai/xa-ia-grai/da-phat/"
    context = chromium.new_context(viewport={"width": 360, "height": 740})
    context.add_cookies([{"name": "may_truc", "value": token, "url": f"{live_server.url}/dai/xa-ia-grai/"}])
    complaints: list[str] = []
    context.on("weberror", lambda fault: complaints.append(str(fault.error)))
    page = context.new_page()
    page.goto(form)
    page.evaluate(
        """async () => {
          const pages = JSON.parse(document.getElementById('kept-addresses').textContent);
          const shelf = await caches.open('may-truc-1');
          for (let tries = 0; tries < 200; tries += 1) {
            const kept = await Promise.all(pages.map(address => shelf.match(address)));
            if (kept.every(Boolean) && navigator.serviceWorker.controller) { return; }
            await new Promise(done => setTimeout(done, 100));
          }
          throw new Error('the phone kept nothing');
        }"""
    )
    context.set_offline(True)
    page.goto(f"{live_server.url}/dai/xa-ia-grai/chuong-trinh/20261123-0530/")
    page.wait_for_selector("text=Máy đang mất mạng")
    assert "Bà con nộp hồ sơ tại nhà" in page.inner_text("main")
    page.goto(form)
    assert page.locator("input[name=item]:checked").count() == 2
    page.fill("#pin", "2580")
    page.click("text=Ghi nhật ký: đã phát")
    page.wait_for_selector("text=đã được giữ trong máy này")
    kept = page.evaluate("localStorage.getItem('chua-gui:xa-ia-grai')")
    assert "2580" not in kept
    assert old.code in kept
    assert AirLogEntry.objects.count() == 0
    _looked_at(page, "mat-mang")
    # The phone is switched off; meanwhile the bulletin is corrected.
    page.close()
    with time_machine.travel(AT + timedelta(hours=1), tick=False):
        newer = commune.issue(commune.slots[0], title="Nộp hồ sơ tại nhà", text=TEXT)
        context.set_offline(False)
        page = context.new_page()
        page.goto(f"{live_server.url}/dai/xa-ia-grai/")
        page.click("text=Mở để gửi")
        page.wait_for_selector("text=Thứ hai 23/11, buổi sáng, 05:30–06:00 · 2 mục")
        page.fill("#pin-again", "0000")
        page.click("text=Gửi ngay")
        page.wait_for_selector("text=PIN không đúng")
        assert AirLogEntry.objects.count() == 0
        page.fill("#pin-again", "2580")
        page.click("text=Gửi ngay")
        page.wait_for_url("**xong=2")
        assert page.evaluate("localStorage.getItem('chua-gui:xa-ia-grai')") == "[]"
        assert page.locator("input[name=item]:checked").count() == 0
        # The answer was lost on its way and the phone sends the very same once more.
        page.evaluate("kept => localStorage.setItem('chua-gui:xa-ia-grai', kept)", kept)
        page.goto(form)
        page.fill("#pin-again", "2580")
        page.click("text=Gửi ngay")
        page.wait_for_url("**xong=2")
        _looked_at(page, "da-gui")
    context.close()
    rows = AirLogEntry.objects.order_by("starts_at")
    assert [(row.kind, row.evidence, row.device) for row in rows] == [
        ("script", "a", device),
        ("notice", "a", device),
    ]
    assert rows[0].script == old != newer
    assert rows[0].text_sha256 == old.body_sha256
    assert complaints == []


def _looked_at(page, name: str) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)


@pytest.mark.django_db
def test_phone_is_told_why_what_it_kept_was_not_written(commune, client):
    cache.clear()
    commune.issue()
    form = reverse("portal:confirm", args=["xa-ia-grai"])
    ask = {"HTTP_ACCEPT": "application/json"}
    stranger = client.post(form, {"pin": "2580"}, **ask)
    assert (stranger.status_code, stranger.json()["field"]) == (401, "device")
    assert "vẫn được giữ trong máy" in stranger.json()["refusal"]
    _device, token = enrol(commune.station, give_code(commune.station, commune.officer), "Máy trực", "2580")
    client.cookies["may_truc"] = token
    sent = {
        "pin": "2580", "lan": "m1", "ngay": "20261123", "gio": "0530", "clusters": "6", "item": "script:0",
        "version-script:0": "LAAAAAAA", "starts-script:0": "05:30", "ends-script:0": "05:33",
    }  # fmt: skip
    answer = client.post(form, sent, **ask)
    assert (answer.status_code, answer.json()["field"]) == (422, "item")
    answer = client.post(form, {**sent, "ngay": "20261110"}, **ask)
    assert answer.json() == {"refusal": "Chỉ ghi được lượt phát trong 7 ngày gần đây.", "field": "ngay"}
    assert client.post(form, {**sent, "ngay": "20261110"}).status_code == 302
    assert AirLogEntry.objects.count() == 0


@pytest.mark.django_db
def test_yesterdays_sessions_are_confirmed_from_the_phone_today(commune, client):
    cache.clear()
    commune.issue()
    _device, token = enrol(commune.station, give_code(commune.station, commune.officer), "Máy trực", "2580")
    client.cookies["may_truc"] = token
    form = reverse("portal:confirm", args=["xa-ia-grai"])
    with time_machine.travel(MORNING + timedelta(days=1), tick=False):
        assert "ngay=20261123" in client.get(form).content.decode()
        page = client.get(form, {"ngay": "20261123"})
        assert "Đã phát, thứ hai 23/11" in page.content.decode()
        (row,) = page.context["rows"]
        sent = {
            "pin": "2580", "lan": "m1", "ngay": "20261123", "gio": "0530", "clusters": "6", "item": row["key"],
            f"version-{row['key']}": row["version"], f"starts-{row['key']}": "05:30", f"ends-{row['key']}": "05:33",
        }  # fmt: skip
        answer = client.post(form, sent, HTTP_ACCEPT="application/json")
        assert answer.json()["written"] == 1
    (entry,) = AirLogEntry.objects.all()
    assert (entry.evidence, clock.in_vietnam(entry.starts_at)) == ("b", AT)


@pytest.mark.django_db
def test_notice_of_the_morning_is_still_to_be_confirmed_in_the_evening(commune, client):
    cache.clear()
    commune.approved_notice()
    _device, token = enrol(commune.station, give_code(commune.station, commune.officer), "Máy trực", "2580")
    client.cookies["may_truc"] = token
    form = reverse("portal:confirm", args=["xa-ia-grai"])
    with time_machine.travel(AT + timedelta(hours=13), tick=False):
        (row,) = client.get(form, {"gio": "0530"}).context["rows"]
        sent = {
            "pin": "2580", "lan": "m1", "gio": "0530", "clusters": "6", "item": row["key"],
            f"starts-{row['key']}": "05:30", f"ends-{row['key']}": "05:33",
        }  # fmt: skip
        assert client.post(form, sent).status_code == 302
        marks = [
            client.get(form, {"gio": session}).context["rows"][0]["done"] for session in ("0530", "1700")
        ]
    assert marks == [True, False]


@pytest.mark.django_db
def test_what_came_after_the_session_is_not_ticked_and_an_hour_before_it_is_refused_keeping_what_was_typed(
    commune, client
):
    cache.clear()
    _device, token = enrol(commune.station, give_code(commune.station, commune.officer), "Máy trực", "2580")
    client.cookies["may_truc"] = token
    form = reverse("portal:confirm", args=["xa-ia-grai"])
    with time_machine.travel(AT + timedelta(minutes=10), tick=False):
        commune.approved_notice(title="Cắt điện")
    with time_machine.travel(AT + timedelta(hours=2), tick=False):
        commune.approved_notice()
        rows = {row["entry"].item.title: row for row in client.get(form, {"gio": "0530"}).context["rows"]}
        during, after = rows["Cắt điện"], rows["Cắt nước sáng thứ ba"]
        assert (during["ticked"], during["starts"]) == (True, "05:40:00")
        assert after["ticked"] is False
        sent = {
            "pin": "2580", "lan": "m1", "gio": "0530", "clusters": "4", "note": "cụm 3 mất tiếng",
            "item": after["key"], f"starts-{after['key']}": "05:41", f"ends-{after['key']}": "05:43",
        }  # fmt: skip
        answer = client.post(form, sent)
        assert answer.status_code == 422
        page = answer.content.decode()
        assert "“Cắt nước sáng thứ ba” đến 07:30 23/11/2026 mới có ở đài" in page
        assert 'value="05:41"' in page
        assert 'value="cụm 3 mất tiếng"' in page
        (kept,) = [row for row in answer.context["rows"] if row["ticked"]]
        assert kept["key"] == after["key"]
        assert AirLogEntry.objects.count() == 0
        mended = {**sent, f"starts-{after['key']}": "07:30", f"ends-{after['key']}": "07:30:30"}
    with time_machine.travel(AT + timedelta(hours=3), tick=False):
        assert client.post(form, mended).status_code == 302
    assert AirLogEntry.objects.count() == 1
