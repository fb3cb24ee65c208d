"""PLATFORMS §2.4, row by row."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from publishers.adapters.seam import Outcome, ParkScope
from publishers.adapters.youtube.verdicts import (
    FAILURES,
    REJECTIONS,
    processing,
    reason_of,
    rest_until,
    verdict,
)

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def error(reason: str, domain: str = "youtube.video") -> dict[str, Any]:
    return {"error": {"code": 400, "message": "x", "errors": [{"domain": domain, "reason": reason}]}}


@pytest.mark.parametrize(
    ("status", "reason", "outcome", "park"),
    [
        (403, "quotaExceeded", Outcome.RATE, ParkScope.PROJECT), (403, "dailyLimitExceeded", Outcome.RATE, ParkScope.PROJECT),
        (400, "uploadLimitExceeded", Outcome.RATE, ParkScope.CHANNEL), (403, "uploadLimitExceeded", Outcome.RATE, ParkScope.CHANNEL),
        (403, "rateLimitExceeded", Outcome.RATE, ParkScope.CHANNEL), (403, "userRateLimitExceeded", Outcome.RATE, ParkScope.CHANNEL),
        (429, "tooManyRequests", Outcome.RATE, ParkScope.CHANNEL),
    ],
)  # fmt: skip
def test_limits(status: int, reason: str, outcome: Outcome, park: ParkScope) -> None:
    found = verdict(status, error(reason), writes=True)
    assert (found.outcome, found.park) == (outcome, park)


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_server_errors_are_unknown_for_writes_and_asked_again_for_reads(status: int) -> None:
    for body in (error("backendError"), None, "x"):
        assert verdict(status, body, writes=True).outcome is Outcome.UNKNOWN
        assert verdict(status, body, writes=False).outcome is Outcome.RETRY


@pytest.mark.parametrize(
    ("status", "body"),
    [(401, error("authError")), (401, None), (400, {"error": "invalid_grant", "error_description": "x"})],
)
def test_dead_token(status: int, body: Any) -> None:
    assert verdict(status, body, writes=True).outcome is Outcome.TOKEN


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (403, "forbidden"), (403, "insufficientPermissions"), (401, "youtubeSignupRequired"), (403, "accountDelegationForbidden"),
        (403, "authenticatedUserAccountClosed"), (403, "authenticatedUserAccountSuspended"), (403, "channelSuspended"),
        (403, "somethingNew"),
    ],
)  # fmt: skip
def test_account_state_is_for_a_person(status: int, reason: str) -> None:
    assert verdict(status, error(reason), writes=True).outcome is Outcome.CONFIG


def test_unverified_phone_is_told_by_the_domain_of_the_thumbnail() -> None:
    assert verdict(403, error("anything", "youtube.thumbnail"), writes=True).outcome is Outcome.CONFIG


@pytest.mark.parametrize(
    "reason",
    [
        "invalidTitle", "invalidDescription", "invalidTags", "invalidCategoryId", "invalidPublishAt", "invalidVideoMetadata",
        "defaultLanguageNotSet", "mediaBodyRequired", "invalidFilename", "imageFormatUnsupported", "imageTooTall", "imageTooWide",
        "failedPrecondition", "somethingNew",
    ],
)  # fmt: skip
def test_bad_content_is_final(reason: str) -> None:
    assert verdict(400, error(reason), writes=True).outcome is Outcome.CONTENT


def test_missing_video_is_told_apart_from_a_missing_playlist() -> None:
    assert verdict(404, error("videoNotFound"), writes=True).gone
    assert not verdict(404, error("playlistNotFound"), writes=True).gone
    assert verdict(409, error("captionExists"), writes=True).exists


@pytest.mark.parametrize(
    "body", [None, [], {}, {"error": {}}, {"error": {"errors": []}}, {"error": {"errors": ["x"]}}]
)
def test_broken_envelope_has_no_reason(body: Any) -> None:
    assert reason_of(body) == ("", "")


def test_rest_follows_the_kind_of_limit() -> None:
    quota = verdict(403, error("quotaExceeded"), writes=True)
    assert rest_until(quota, {}, "k", NOW) == datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    uploads = verdict(400, error("uploadLimitExceeded"), writes=True)
    assert rest_until(uploads, {}, "k", NOW) == NOW + timedelta(days=1)
    fast = verdict(429, None, writes=True)
    assert rest_until(fast, {"Retry-After": "120"}, "k", NOW) == NOW + timedelta(seconds=120)
    assert NOW + timedelta(seconds=60) <= rest_until(fast, {}, "k", NOW) < NOW + timedelta(seconds=120)
    assert rest_until(verdict(500, None, writes=True), {}, "k", NOW) is None


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        ({"uploadStatus": "uploaded"}, Outcome.PENDING), ({}, Outcome.PENDING), ({"uploadStatus": "processed"}, Outcome.OK),
        ({"uploadStatus": "deleted"}, Outcome.CONTENT),
        *(({"uploadStatus": "failed", "failureReason": reason}, Outcome.CONTENT) for reason in [*FAILURES, "new"]),
        *(({"uploadStatus": "rejected", "rejectionReason": reason}, Outcome.CONTENT) for reason in [*REJECTIONS, "new"]),
        ({"uploadStatus": "rejected", "rejectionReason": "uploaderAccountSuspended"}, Outcome.CONFIG),
        ({"uploadStatus": "rejected", "rejectionReason": "uploaderAccountClosed"}, Outcome.CONFIG),
    ],
)  # fmt: skip
def test_processing_is_followed_to_its_end(status: dict[str, str], outcome: Outcome) -> None:
    found = processing(status)
    assert found.outcome is outcome
    assert bool(found.sentence) == (outcome not in (Outcome.OK, Outcome.PENDING))
