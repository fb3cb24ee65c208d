"""An outcome is decided by code, subcode, reason and status: whatever a platform says in words changes nothing.

The exceptions are those of the platforms' own documents: two Zalo codes with two meanings each, Zalo's failed fetch, and one
message of Facebook that is compared whole."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from publishers.adapters.facebook import verdicts as facebook
from publishers.adapters.youtube import verdicts as youtube
from publishers.adapters.zalo import verdicts as zalo

WORDS = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "Success", "rate limit exceeded", "duplicate", "token expired", "not found", "permission denied", "timeout",
            "The post was published", "(#200) Permissions error", "Your OA reached limit call api", "try again later",
            "Upload media failed", "reach the limit quota create article", "has not authorized",
        ]
    ),
)  # fmt: skip
SUBCODES = st.sampled_from(
    [0, *facebook.SUBCODES, facebook.CHUNK_LOST, *facebook.UNAVAILABLE_SUBCODES, 33, 999]
)
STATUSES = st.sampled_from([200, 400, 401, 403, 404, 409, 429, 500, 503])
# Two meanings under one code; only the documented words tell them apart.
ZALO_BY_WORDS = {-32, -223, -200}


@given(
    st.integers(0, 700) | st.sampled_from([80001, 1346003, 1609005]),
    SUBCODES,
    STATUSES,
    WORDS,
    WORDS,
    st.booleans(),
)
def test_words_of_facebook_change_no_outcome(
    code: int, subcode: int, status: int, one: str, other: str, writes: bool
) -> None:
    def judged(words: str) -> Any:
        error = {
            "code": code,
            "error_subcode": subcode,
            "message": words,
            "error_user_msg": words,
            "type": words,
        }
        return facebook.verdict(status, {"error": error}, writes=writes)

    assert judged(one) == judged(other)


@given(st.sampled_from([*youtube.REASONS, "", "unheard"]), STATUSES, WORDS, WORDS, st.booleans())
def test_words_of_youtube_change_no_outcome(
    reason: str, status: int, one: str, other: str, writes: bool
) -> None:
    def judged(words: str) -> Any:
        error = {
            "code": status,
            "message": words,
            "status": words,
            "errors": [{"reason": reason, "message": words}],
        }
        return youtube.verdict(status, {"error": error}, writes=writes)

    assert judged(one) == judged(other)


@given(
    st.integers(-400, -1).filter(lambda code: code not in ZALO_BY_WORDS) | st.sampled_from(sorted(zalo.CODES)).filter(
        lambda code: code not in ZALO_BY_WORDS
    ),
    STATUSES, WORDS, WORDS, st.booleans(),
)  # fmt: skip
def test_words_of_zalo_change_no_outcome(code: int, status: int, one: str, other: str, writes: bool) -> None:
    def judged(words: str) -> Any:
        return zalo.verdict(status, {"error": code, "message": words}, writes=writes)

    assert judged(one) == judged(other)


@given(st.sampled_from(sorted(ZALO_BY_WORDS)), WORDS)
def test_two_meanings_of_a_zalo_code_are_both_refusals(code: int, words: str) -> None:
    """Whichever meaning the words choose, nothing was done: neither reading can lead to a second post."""
    found = zalo.verdict(200, {"error": code, "message": words}, writes=True)
    assert found.outcome in (zalo.RATE, zalo.CONFIG, zalo.CONTENT)
