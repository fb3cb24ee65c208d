"""Is this really from them? What is told, and what is not."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from campaigns.schedule.models import Slot, SlotState
from cms.approvals import services as approvals
from cms.core import clock
from publishers.portal.verification import Standing, verify
from publishers.scripts.services import withdraw_scripts
from tests.factories.campaigns import PostFactory, SlotFactory, VariantFactory, approve_post
from tests.publishers.portal.conftest import MORNING, TEXT

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(at_five_twelve):
    post = PostFactory(title="Tên gọi nội bộ")
    variant = VariantFactory(post=post, text="Nộp hồ sơ trực tuyến tại nhà.")
    slot = SlotFactory(variant=variant, at=clock.now() + timedelta(hours=1))
    approval = approve_post(post)
    approval.approver_position = "Phó Giám đốc"
    approval.save()
    Slot.objects.filter(pk=slot.pk).update(state=SlotState.DONE)
    return post


@pytest.fixture(autouse=True)
def _channels_are_ready(monkeypatch):
    monkeypatch.setattr("cms.channels.sockets.channel_readiness", [])


def test_valid_script_names_body_text_and_station(client, morning):
    text = client.get(f"/xac-minh/{morning.script.code}/").content.decode()
    assert "<strong>Còn hiệu lực.</strong>" in text
    assert morning.script.issuer in text
    assert "Đài truyền thanh xã Ia Grai" in text
    assert "Cần giúp đỡ, xin gọi tổng đài 18001096 từ 7h30." in text


def test_corrected_script_leads_to_the_one_that_counts(client, morning):
    new = morning.issue(text=TEXT + "\nMiễn phí.")
    text = client.get(f"/xac-minh/{morning.script.code}/").content.decode()
    assert "<strong>Đã đính chính.</strong>" in text
    assert f'href="/xac-minh/{new.code}/"' in text
    assert "18001096" not in text


def test_withdrawn_script_says_why_and_does_not_repeat_the_text(client, morning):
    withdraw_scripts(morning.slot, "Số điện thoại trong bài chưa đúng.", MORNING)
    text = client.get(f"/xac-minh/{morning.script.code}/").content.decode()
    assert "<strong>Đã thu hồi.</strong>" in text
    assert "Số điện thoại trong bài chưa đúng." in text
    assert "18001096" not in text


def test_published_post_shows_position_and_channel_but_no_person_and_no_internal_name(client, published):
    text = client.get(f"/xac-minh/{published.verify_code}/").content.decode()
    assert "<strong>Còn hiệu lực.</strong>" in text
    assert "Phó Giám đốc, " in text
    assert "(Trang Facebook)" in text
    assert "Nộp hồ sơ trực tuyến tại nhà." in text
    assert "Cán bộ thử nghiệm" not in text
    assert "Tên gọi nội bộ" not in text


def test_post_whose_approval_ended_is_withdrawn(published):
    with time_machine.travel(MORNING + timedelta(hours=5), tick=False):
        approvals.void(published, "Cơ quan ban hành thu hồi.")
    verdict = verify(published.verify_code)
    assert verdict is not None
    assert (verdict.standing, verdict.reason) == (Standing.WITHDRAWN, "Cơ quan ban hành thu hồi.")
    assert all(item.text == "" for item in verdict.texts)


def test_nothing_is_told_about_a_post_that_has_not_gone_out(published):
    Slot.objects.update(state=SlotState.PLANNED)
    assert verify(published.verify_code) is None
    Slot.objects.update(state=SlotState.HELD)
    assert verify(published.verify_code) is None


def test_code_may_be_typed_with_dashes_spaces_and_small_letters(client, morning):
    code = morning.script.code
    typed = f" {code[:5].lower()}-{code[5:]} "
    response = client.get("/xac-minh/", {"ma": typed})
    assert (response.status_code, response.url) == (302, f"/xac-minh/{code}/")


def test_wrong_code_gets_a_kind_sentence(client, morning):
    response = client.get("/xac-minh/2222222222/")
    assert response.status_code == 404
    assert "Không tìm thấy thông tin nào đã ban hành với mã “2222222222”." in response.content.decode()


@pytest.mark.parametrize("typed", ["", "   ", "đđđ", "<script>", "'; DROP", "%00"])
def test_odd_codes_are_answered_calmly(client, db, typed):
    response = client.get("/xac-minh/", {"ma": typed}, follow=True)
    assert response.status_code in (200, 404)
    assert "<script>" not in response.content.decode()
