"""PLATFORMS §3.6, row by row."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishers.adapters.seam import Outcome, ParkScope
from publishers.adapters.zalo.verdicts import error_of, rest_until, verdict

NOW = datetime(2026, 11, 23, 1, 0, 30, tzinfo=UTC)


def told(code: Any, message: str = "x") -> dict[str, Any]:
    return {"error": code, "message": message}


@pytest.mark.parametrize(
    ("body", "outcome", "park"),
    [
        (told(-32, "Your application reached limit call api"), Outcome.RATE, ParkScope.APP),
        (told(-32, "Your OA reached limit call api"), Outcome.RATE, ParkScope.CHANNEL),
        (told(-211), Outcome.RATE, ParkScope.CHANNEL), (told(-234), Outcome.RATE, ParkScope.CHANNEL),
        (told(-223, "Your OA has reach the limit quota create article"), Outcome.RATE, ParkScope.CHANNEL),
        (told(-223, "OA has not authorized"), Outcome.CONFIG, ParkScope.CHANNEL),
        (told(-214), Outcome.PENDING, ParkScope.CHANNEL), (told("-214"), Outcome.PENDING, ParkScope.CHANNEL),
        (told(-216), Outcome.TOKEN, ParkScope.CHANNEL), (told(-220), Outcome.TOKEN, ParkScope.CHANNEL),
        *((told(code), Outcome.CONFIG, ParkScope.CHANNEL)
          for code in (-219, -204, -205, -212, -221, -224, -235, -242, -320, -321, -209, -240)),
        *((told(code), Outcome.CONTENT, ParkScope.CHANNEL) for code in (-201, -210, -233, -248, -100, -200, -99999)),
    ],
)  # fmt: skip
def test_body_decides_although_http_says_200(body: dict[str, Any], outcome: Outcome, park: ParkScope) -> None:
    found = verdict(200, body, writes=True)
    assert (found.outcome, found.park) == (outcome, park)
    assert bool(found.sentence) == (outcome is not Outcome.PENDING)


def test_unknown_path_is_for_the_administrator() -> None:
    assert verdict(404, told(-209), writes=True).outcome is Outcome.CONFIG


@pytest.mark.parametrize(
    ("status", "body"), [(502, None), (500, told(-1)), (200, None), (200, {}), (200, told(0)), (504, "x")]
)
def test_anything_that_is_not_the_envelope_is_unknown_for_a_write(status: int, body: Any) -> None:
    assert verdict(status, body, writes=True).outcome is Outcome.UNKNOWN
    assert verdict(status, body, writes=False).outcome is Outcome.RETRY


def test_http_401_without_an_envelope_is_a_dead_token() -> None:
    assert verdict(401, None, writes=True).outcome is Outcome.TOKEN


def test_failed_fetch_is_told_apart_from_other_200s() -> None:
    assert verdict(200, told(-200, "Upload media failed: HTTP 404"), writes=False).media
    assert not verdict(200, told(-200, "create media fail"), writes=False).media
    assert verdict(200, told(-201, "id is invalid"), writes=True).field


def test_rest_follows_the_kind_of_limit() -> None:
    assert rest_until(verdict(200, told(-32), writes=True), "oa", NOW) == NOW.replace(minute=1, second=0)
    assert rest_until(verdict(200, told(-211), writes=True), "oa", NOW) == datetime(
        2026, 11, 23, 17, 5, tzinfo=UTC
    )
    quota = verdict(200, told(-223, "reach the limit quota create article"), writes=True)
    assert rest_until(quota, "oa", NOW) == NOW + timedelta(days=1)
    night = rest_until(verdict(200, told(-234), writes=True), "oa", NOW)
    assert night.astimezone(UTC).strftime("%d %H:%M") >= "23 23:05"
    assert rest_until(verdict(200, told(-201), writes=True), "oa", NOW) is None


@given(
    st.one_of(
        st.none(),
        st.text(),
        st.integers(),
        st.dictionaries(st.just("error"), st.one_of(st.text(), st.none())),
    )
)
def test_error_number_is_read_or_there_is_none(body: Any) -> None:
    assert error_of(body) is None or isinstance(error_of(body), int)
