"""PLATFORMS §1.5 and §1.6, row by row."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishers.adapters.facebook.verdicts import (
    NO_VIDEO_RIGHT,
    Usage,
    Verdict,
    offsets_in,
    reads_may_wait,
    rest_until,
    spent_park,
    usage,
    verdict,
)
from publishers.adapters.seam import Outcome, ParkScope

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def error(code: int = 100, subcode: int | None = None, **more: Any) -> dict[str, Any]:
    told: dict[str, Any] = {"message": "x", "type": "OAuthException", "code": code, "fbtrace_id": "A1"} | more
    return {"error": told | ({"error_subcode": subcode} if subcode else {})}


@pytest.mark.parametrize("code", [4, 17, 32, 613, *range(80000, 80015), 341, 368])
def test_limit_codes_rest_the_page(code: int) -> None:
    assert verdict(400, error(code, is_transient=True), writes=True).outcome is Outcome.RATE


def test_only_code_4_rests_the_whole_app() -> None:
    assert verdict(400, error(4), writes=True).park is ParkScope.APP
    assert {verdict(400, error(code), writes=True).park for code in (17, 32, 613, 80001, 368)} == {
        ParkScope.CHANNEL
    }


@pytest.mark.parametrize("subcode", [1390008, 1404112, 2494055])
def test_limit_subcodes_win_over_their_code(subcode: int) -> None:
    assert verdict(400, error(100, subcode), writes=True).outcome is Outcome.RATE


@pytest.mark.parametrize(
    ("code", "subcode"),
    [(102, None), (190, None), *((190, sub) for sub in (458, 459, 460, 463, 464, 467, 490, 492))],
)
def test_dead_token_is_told_for_reads_and_writes(code: int, subcode: int | None) -> None:
    for writes in (True, False):
        assert verdict(401, error(code, subcode), writes=writes).outcome is Outcome.TOKEN


@pytest.mark.parametrize(
    "body",
    [error(3), error(10), *(error(code) for code in (200, 250, 299)), error(100, 1404078), error(100, 4854002),
     error(100, message=NO_VIDEO_RIGHT)],
)  # fmt: skip
def test_missing_permission_is_for_a_person(body: dict[str, Any]) -> None:
    assert verdict(403, body, writes=True).outcome is Outcome.CONFIG


@pytest.mark.parametrize(
    "body",
    [
        error(100), error(506), error(352), error(356), error(382), error(389), error(6000), error(6001), error(9999),
        *(error(1, sub) for sub in (1366051, 1346003, 1404102, 1349125, 2061006, 2069019, 1366046, 1609005, 1609008)),
    ],
)  # fmt: skip
def test_refused_content_is_final(body: dict[str, Any]) -> None:
    found = verdict(400, body, writes=True)
    assert found.outcome is Outcome.CONTENT
    assert not found.gone


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, error(1)), (500, error(2)), (400, error(100, is_transient=True)), (503, error(9999)), (400, error(100, 1363047)),
        (400, error(100, 1609010)), (502, None), (500, {}), (403, None), (500, []), (400, "html"),
    ],
)  # fmt: skip
def test_transient_answer_is_unknown_for_a_write_and_asked_again_for_a_read(status: int, body: Any) -> None:
    assert verdict(status, body, writes=True).outcome is Outcome.UNKNOWN
    assert verdict(status, body, writes=False).outcome is Outcome.RETRY


def test_code_decides_over_http_status() -> None:
    assert verdict(500, error(100), writes=True).outcome is Outcome.CONTENT
    assert verdict(200, error(190), writes=True).outcome is Outcome.TOKEN


def test_missing_object_is_told_apart() -> None:
    assert verdict(400, error(100, 33), writes=True).gone
    assert not verdict(400, error(100, 34), writes=True).gone


@pytest.mark.parametrize("subcode", [1363030, 1363033, 1363041])
def test_ended_upload_session_is_begun_again(subcode: int) -> None:
    found = verdict(400, error(6000, subcode), writes=True)
    assert (found.outcome, found.session_ended) == (Outcome.RETRY, True)


@pytest.mark.parametrize(
    "data", [{"start_offset": "5", "end_offset": 9}, '{"start_offset": 5, "end_offset": "9"}']
)
def test_lost_chunk_carries_the_right_offsets_as_object_or_text(data: Any) -> None:
    found = verdict(400, error(6001, 1363037, error_data=data), writes=True)
    assert (found.outcome, found.offsets) == (Outcome.RETRY, (5, 9))


@pytest.mark.parametrize(
    "data", [None, "", "x", "[]", [], {}, {"start_offset": 1}, {"start_offset": "a", "end_offset": "b"}]
)
def test_broken_offsets_are_no_offsets(data: Any) -> None:
    assert offsets_in(data) is None


@pytest.mark.parametrize(
    ("status", "told", "outcome", "ended"),
    [
        (400, {"retriable": True, "type": "A"}, Outcome.RETRY, False), (500, {"retriable": False}, Outcome.RETRY, False),
        (404, {"type": "B"}, Outcome.RETRY, True), (400, {"retriable": False, "type": "C"}, Outcome.CONTENT, False),
    ],
)  # fmt: skip
def test_upload_host_speaks_its_own_envelope(
    status: int, told: dict[str, Any], outcome: Outcome, ended: bool
) -> None:
    found = verdict(status, {"debug_info": told}, writes=True)
    assert (found.outcome, found.session_ended) == (outcome, ended)


@given(
    st.integers(-10, 3_000_000),
    st.integers(0, 3_000_000),
    st.integers(200, 599),
    st.booleans(),
    st.booleans(),
)
def test_every_answer_has_a_class_and_a_sentence(
    code: int, sub: int, status: int, transient: bool, writes: bool
) -> None:
    found = verdict(status, error(code, sub, is_transient=transient), writes=writes)
    assert found.sentence.endswith(".")
    assert found.code.startswith(str(code))
    assert writes or found.outcome is not Outcome.UNKNOWN


def test_rest_is_the_longer_of_the_table_and_facebooks_estimate() -> None:
    limited = verdict(400, error(80001), writes=True)
    assert rest_until(limited, Usage(), NOW) == NOW + timedelta(minutes=5)
    assert rest_until(limited, Usage(page=100, minutes=19), NOW) == NOW + timedelta(minutes=19)
    assert rest_until(verdict(400, error(368), writes=True), Usage(minutes=19), NOW) == NOW + timedelta(
        hours=1
    )
    assert rest_until(verdict(400, error(1, 1404112), writes=True), Usage(), NOW) == NOW + timedelta(days=1)
    assert rest_until(Verdict(Outcome.CONTENT), Usage(minutes=19), NOW) is None


HEADERS = {
    "X-App-Usage": '{"call_count":28,"total_cputime":25,"total_time":31}',
    "X-Business-Use-Case-Usage": '{"1":[{"type":"pages","call_count":100,"total_cputime":25,"total_time":25,'
    '"estimated_time_to_regain_access":19}]}',
}


def test_usage_headers_are_read_and_broken_ones_count_for_nothing() -> None:
    assert usage(HEADERS) == Usage(page=100, app=31, minutes=19)
    assert usage({}) == Usage()
    broken = {"X-App-Usage": "[1]", "X-Business-Use-Case-Usage": '{"1": [3, {"call_count": "x"}], "2": 4}'}
    assert usage(broken) == Usage()


def test_spent_budget_parks_after_a_success() -> None:
    assert spent_park(usage(HEADERS), NOW) == (NOW + timedelta(minutes=19), ParkScope.CHANNEL)
    assert spent_park(Usage(app=100), NOW) == (NOW + timedelta(minutes=5), ParkScope.APP)
    slowly = NOW + timedelta(seconds=30)
    assert spent_park(Usage(page=75), NOW) == (slowly, ParkScope.CHANNEL)
    assert spent_park(Usage(page=99, app=75), NOW) == (slowly, ParkScope.APP)
    assert spent_park(Usage(page=74, app=74), NOW) is None
    assert [reads_may_wait(Usage(page=percent)) for percent in (89, 90)] == [False, True]
