"""The month: its grid, its page, and how many questions it asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from campaigns.schedule.calendar import Month, month_grid
from campaigns.schedule.services import plan_slot
from tests.campaigns.conftest import noon


@dataclass
class Entry:
    at: datetime


def test_grid_of_november_2026_begins_on_monday_26_october():
    month = Month(2026, 11)
    assert (month.title, month.grid_start, month.grid_end) == (
        "Tháng 11 năm 2026",
        date(2026, 10, 26),
        date(2026, 12, 6),
    )


def test_entry_of_late_evening_utc_stands_on_the_next_day_in_viet_nam():
    days = month_grid(Month(2026, 11), [Entry(datetime(2026, 11, 22, 17, 0, tzinfo=UTC))], date(2026, 11, 22))
    assert [day.day for day in days if day.entries] == [date(2026, 11, 23)]


@given(st.integers(min_value=2, max_value=9000), st.integers(min_value=1, max_value=12))
def test_grid_is_whole_weeks_with_every_day_of_the_month_once(year, number):
    month = Month(year, number)
    days = month_grid(month, [], date(2026, 11, 22))
    assert len(days) % 7 == 0
    assert days[0].day.weekday() == 0
    inside = [day.day for day in days if day.in_month]
    assert inside == sorted(set(inside))
    assert inside[0] == month.first
    assert month.moved(1).moved(-1) == month


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "2026-1x", "../..", "9999999-01"])
def test_a_month_that_is_none_is_not_read(text):
    assert Month.read(text) is None


pages = pytest.mark.django_db


def month_of(moment) -> str:
    return moment.strftime("%Y-%m")


@pages
def test_page_shows_what_goes_out_when_for_bodies_in_reach(province, neighbour, signed_in):
    province.planned_post(noon(2))
    neighbour.planned_post(noon(2)).variants.update(title="x")
    page = (
        signed_in(province.editor)
        .get(reverse("schedule_calendar"), {"thang": month_of(noon(2))})
        .content.decode()
    )
    assert page.count('class="state-chip state-chip--planned"') == 1
    assert "12:00" in page
    assert province.page.name in page
    assert neighbour.page.name not in page


@pages
def test_page_is_filtered_by_kind(province, signed_in):
    province.planned_post(noon(2))
    client = signed_in(province.editor)
    asked = {"thang": month_of(noon(2)), "kenh": "zalo"}
    assert "không có giờ đăng nào." in client.get(reverse("schedule_calendar"), asked).content.decode()
    asked["kenh"] = "facebook"
    assert province.page.name in client.get(reverse("schedule_calendar"), asked).content.decode()


@pages
def test_empty_month_leads_to_the_next_time_something_goes_out(province, signed_in):
    later = noon(400)
    province.planned_post(later)
    client = signed_in(province.editor)
    page = client.get(reverse("schedule_calendar")).content.decode()
    assert f'?thang={month_of(later)}">12:00, {later:%d/%m/%Y}</a>' in page
    page = client.get(reverse("schedule_calendar"), {"thang": month_of(later)}).content.decode()
    assert "không có giờ đăng nào" not in page


@pages
def test_page_survives_nonsense_in_its_address(province, signed_in):
    response = signed_in(province.editor).get(
        reverse("schedule_calendar"), {"thang": "2026-99", "kenh": "'\"><script>", "co-quan": "1 OR 1=1"}
    )
    assert response.status_code == 200
    assert "<script>'" not in response.content.decode()


@pages
def test_page_costs_the_same_number_of_queries_for_one_slot_and_for_many(
    province, signed_in, django_assert_num_queries
):
    first = province.planned_post(noon(2))
    client = signed_in(province.editor)
    address = f"{reverse('schedule_calendar')}?thang={month_of(noon(2))}"
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for minute in range(1, 15):
        plan_slot(
            first.variants.get(), noon(2).replace(minute=minute), province.editor, channel=province.page
        )
    with django_assert_num_queries(len(few)):
        page = client.get(address).content.decode()
    assert page.count('class="state-chip state-chip--planned"') == 15
