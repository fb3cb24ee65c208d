"""A commune's notice with words nobody can be sure of: one press puts the chosen words into the text."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cms.accounts.models import Role
from cms.core.home_panels import panels_for
from publishers.programmes.home_panel import NoticesWaiting, TodaysSessions
from publishers.programmes.models import LocalNotice
from publishers.programmes.notice_doubts import doubts_of, with_reading
from publishers.programmes.notice_services import submit_notice, write_notice
from tests.factories.cms import MembershipFactory

pytestmark = pytest.mark.django_db
DOUBTFUL = "Bà con đến TT xã làm thẻ. TT mở cửa từ 7h30."


@pytest.fixture
def officer(commune, client, settings):
    settings.TRAINING_MODE = True
    client.force_login(commune.officer, backend="cms.access.backends.MembershipBackend")
    return client


def sent(commune, action: str, text: str = DOUBTFUL) -> dict[str, str]:
    return {
        "action": action, "title": "Làm thẻ", "text": text, "priority": "thong-thuong",
        "first_day": "2026-11-23", "last_day": "2026-11-24",
    }  # fmt: skip


def test_doubts_are_offered_with_their_readings_and_digits_are_no_reading(commune):
    (doubt,) = doubts_of(commune.station, DOUBTFUL)
    assert (doubt.written, doubt.colour) == ("TT", "red")
    assert "trung tâm" in doubt.choices
    assert doubts_of(commune.station, "Bà con nộp hồ sơ tại nhà.") == []
    assert doubts_of(commune.station, "🎉") == []


def test_reading_stands_in_the_text_whole_words_only_and_capital_at_the_head(commune):
    assert (
        with_reading(commune.station, DOUBTFUL, "TT", "trung tâm")
        == "Bà con đến trung tâm xã làm thẻ. Trung tâm mở cửa từ 7h30."
    )
    assert with_reading(commune.station, "TTVH và TT", "TT", "trung tâm") == "TTVH và trung tâm"


def test_numbers_that_are_read_right_stay_when_a_reading_is_taken_for_one_that_is_not(commune):
    given = "Có 1/2 số hộ ký ngày 1/2/2026. Hẹn nhau 1/2 nhé."
    assert with_reading(commune.station, given, "1/2", "ngày mùng một tháng hai") == (
        "Có 1/2 số hộ ký ngày 1/2/2026. Hẹn nhau ngày mùng một tháng hai nhé."
    )
    assert with_reading(commune.station, given, "1/2", "một trên ba") == given


def test_one_press_takes_a_reading_and_keeps_what_was_typed_beside_it(commune, officer):
    notice = write_notice(commune.station, commune.text(title="Làm thẻ", text=DOUBTFUL), commune.officer)
    address = reverse("programme_notice", args=[notice.pk])
    page = officer.get(address).content.decode()
    assert 'value="take|TT|trung tâm"' in page
    typed = DOUBTFUL + " Xin mang theo thẻ cũ."
    officer.post(address, sent(commune, "take|TT|trung tâm", typed))
    notice.refresh_from_db()
    assert notice.text == "Bà con đến trung tâm xã làm thẻ. Trung tâm mở cửa từ 7h30. Xin mang theo thẻ cũ."
    # Nobody can put other words into the text through the button.
    officer.post(address, sent(commune, "take|7h30|tám giờ", notice.text))
    notice.refresh_from_db()
    assert "7h30" in notice.text
    submit_notice(notice, commune.officer)
    assert LocalNotice.objects.get().state == "waiting"


def test_first_page_tells_the_operator_today_and_the_leader_what_waits(commune):
    commune.issue()
    notice = submit_notice(write_notice(commune.station, commune.text(), commune.officer), commune.officer)
    (row,) = TodaysSessions().rows(commune.operator)
    assert row.text.startswith("Buổi sáng, 05:30–06:00 – 1 bản tin")
    assert row.address == f"{reverse('programme', args=[commune.station.pk])}?gio=0530"
    (row,) = NoticesWaiting().rows(commune.leader)
    assert row.address == reverse("programme_notice", args=[notice.pk])
    names = {
        person: [
            panel.name
            for panel in panels_for(person)
            if "chuong-trinh" in panel.name or "duyet" in panel.name
        ]
        for person in (commune.operator, commune.leader)
    }
    assert "chuong-trinh-hom-nay" in names[commune.operator]
    assert "thong-bao-cho-duyet" in names[commune.leader]
    stranger = MembershipFactory(role=Role.WARD_OPERATOR).user
    assert not TodaysSessions().is_for(stranger)
    assert not NoticesWaiting().is_for(commune.officer)
