"""Which connection dies next: pure rules at exact days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.core.clock import vietnam_time
from publishers.connections.forecast import Forecast, Standing, Urgency, forecast

NOW = vietnam_time(2026, 11, 25, 9)
DAY = timedelta(days=1)


def page(**more) -> Standing:
    return Standing("facebook", is_connected=True, checked=True, **more)


def oa(**more) -> Standing:
    return Standing("zalo", is_connected=True, checked=True, renewable=True, **more)


@pytest.mark.parametrize(
    ("left", "urgency"),
    [
        (8 * DAY, Urgency.FINE),
        (7 * DAY, Urgency.SOON),
        (2 * DAY + timedelta(seconds=1), Urgency.SOON),
        (2 * DAY, Urgency.NOW),
        (timedelta(0), Urgency.DEAD),
    ],
)
def test_end_of_facebooks_data_access_is_said_seven_and_two_days_ahead(left, urgency):
    seen = forecast(page(data_access_until=NOW + left), NOW)
    assert (seen.urgency, seen.at) == (urgency, NOW + left)


def test_end_nobody_names_is_unknown_and_not_for_ever():
    assert forecast(page(), NOW) == Forecast(
        Urgency.UNKNOWN, None, "Nền tảng không cho biết ngày hết hạn. Hệ thống kiểm tra lại mỗi ngày."
    )


@pytest.mark.parametrize(
    ("age", "urgency"),
    [(75, Urgency.FINE), (76, Urgency.CARE), (84, Urgency.SOON), (89, Urgency.NOW), (90, Urgency.DEAD)],
)
def test_refresh_token_of_zalo_older_than_75_days_is_said(age, urgency):
    seen = forecast(oa(refresh_token_since=NOW - age * DAY), NOW)
    assert seen.urgency == urgency
    assert seen.at == NOW + (90 - age) * DAY


@pytest.mark.parametrize(
    ("until", "urgency"),
    [
        (date(2026, 12, 26), Urgency.FINE),
        (date(2026, 12, 20), Urgency.CARE),
        (date(2026, 12, 1), Urgency.SOON),
        (date(2026, 11, 26), Urgency.NOW),
        (date(2026, 11, 24), Urgency.DEAD),
    ],
)
def test_package_of_an_oa_is_said_a_month_ahead(until, urgency):
    seen = forecast(oa(package_until=until), NOW)
    assert seen.urgency == urgency
    if urgency != Urgency.FINE:
        assert f"hết hạn ngày {until:%d/%m/%Y}" in seen.sentence


def test_google_consent_screen_that_may_be_in_testing_is_said_until_the_grant_outlives_it():
    young = Standing(
        "youtube", is_connected=True, checked=True, renewable=True, in_production=False, refresh_token_since=NOW - 3 * DAY
    )  # fmt: skip
    seen = forecast(young, NOW)
    assert (seen.urgency, seen.at) == (Urgency.SOON, NOW + 4 * DAY)
    assert forecast(young, NOW + 5 * DAY).urgency == Urgency.FINE


def test_what_stops_posting_now_comes_before_every_date():
    seen = forecast(oa(bad=("OA chưa được xác thực.",), package_until=date(2026, 11, 27)), NOW)
    assert (seen.urgency, seen.sentence, len(seen.also)) == (Urgency.DEAD, "OA chưa được xác thực.", 1)


def test_dead_and_missing_connections_say_so():
    assert forecast(Standing("zalo", is_connected=False), NOW).sentence == "Chưa kết nối với nền tảng."
    lost = page(needs_reconnect=True, sentence="Vui lòng kết nối lại.")
    assert forecast(lost, NOW) == Forecast(Urgency.DEAD, None, "Vui lòng kết nối lại.")


@given(
    st.builds(
        Standing,
        kind=st.sampled_from(["facebook", "youtube", "zalo"]),
        is_connected=st.booleans(),
        needs_reconnect=st.booleans(),
        renewable=st.booleans(),
        checked=st.booleans(),
        expires_at=st.none() | st.integers(-5, 400).map(lambda days: NOW + days * DAY),
        refresh_token_since=st.none() | st.integers(0, 100).map(lambda days: NOW - days * DAY),
        data_access_until=st.none() | st.integers(-5, 100).map(lambda days: NOW + days * DAY),
        package_until=st.none() | st.integers(-5, 100).map(lambda days: (NOW + days * DAY).date()),
        care=st.sampled_from([(), ("Chú ý.",)]),
    )
)
def test_nothing_that_has_ended_is_ever_called_fine_and_every_forecast_has_a_sentence(standing):
    seen = forecast(standing, NOW)
    assert seen.sentence
    if seen.urgency == Urgency.FINE:
        assert seen.at is None or seen.at > NOW + 2 * DAY
        assert standing.checked
        assert not standing.care
