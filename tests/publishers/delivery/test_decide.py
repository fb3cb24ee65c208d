"""From an answer to what happens next; waits and looks. Pure."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishers.adapters.seam import Look, Outcome, Sighting, Step
from publishers.delivery import backoff, decide
from publishers.delivery.decide import Act, Finding
from publishers.delivery.states import Reason

VISIBLE = Step("feed", visible=True, read_back_refusals=True)
IDEMPOTENT = Step("show", visible=True)
INVISIBLE = Step("photo-1")
PROCESSED = Step("processed", polls=3, poll_every=5.0)
COMMENT = Step("comment", optional=True)


def after(step: Step, outcome: Outcome, **known):
    known = {"tries": 0, "polls": 0, "renewed": False, **known}
    decision = decide.after_answer(step, outcome, **known)
    return decision.act, decision.reason


@pytest.mark.parametrize(
    ("step", "outcome", "known", "expected"),
    [
        (VISIBLE, Outcome.OK, {}, (Act.ADVANCE, Reason.NONE)),
        (VISIBLE, Outcome.UNKNOWN, {}, (Act.LOOK, Reason.NONE)),
        (COMMENT, Outcome.UNKNOWN, {}, (Act.LOOK, Reason.NONE)),
        (VISIBLE, Outcome.RETRY, {}, (Act.WAIT, Reason.NONE)),
        (VISIBLE, Outcome.RETRY, {"tries": 9}, (Act.HOLD, Reason.UNREACHABLE)),
        (COMMENT, Outcome.RETRY, {"tries": 9}, (Act.SKIP, Reason.NONE)),
        (VISIBLE, Outcome.RATE, {}, (Act.LOOK, Reason.NONE)),
        (VISIBLE, Outcome.RATE, {"read_back": True}, (Act.PARK, Reason.NONE)),
        (IDEMPOTENT, Outcome.RATE, {}, (Act.PARK, Reason.NONE)),
        (INVISIBLE, Outcome.RATE, {"tries": 9}, (Act.PARK, Reason.NONE)),
        (VISIBLE, Outcome.CONTENT, {}, (Act.LOOK, Reason.NONE)),
        (VISIBLE, Outcome.CONTENT, {"read_back": True}, (Act.HOLD, Reason.REFUSED)),
        (INVISIBLE, Outcome.CONTENT, {}, (Act.HOLD, Reason.REFUSED)),
        (COMMENT, Outcome.CONTENT, {}, (Act.SKIP, Reason.NONE)),
        (VISIBLE, Outcome.CONFIG, {}, (Act.LOOK, Reason.NONE)),
        (VISIBLE, Outcome.CONFIG, {"read_back": True}, (Act.HOLD, Reason.SETTINGS)),
        (IDEMPOTENT, Outcome.CONFIG, {}, (Act.HOLD, Reason.SETTINGS)),
        (COMMENT, Outcome.CONFIG, {}, (Act.SKIP, Reason.NONE)),
        (VISIBLE, Outcome.TOKEN, {}, (Act.LOOK, Reason.NONE)),
        (VISIBLE, Outcome.TOKEN, {"renewed": True}, (Act.LOOK, Reason.NONE)),
        (VISIBLE, Outcome.TOKEN, {"read_back": True}, (Act.WAIT, Reason.NONE)),
        (VISIBLE, Outcome.TOKEN, {"read_back": True, "renewed": True}, (Act.HOLD, Reason.RECONNECT)),
        (IDEMPOTENT, Outcome.TOKEN, {}, (Act.RENEW, Reason.NONE)),
        (IDEMPOTENT, Outcome.TOKEN, {"renewed": True}, (Act.HOLD, Reason.RECONNECT)),
        (INVISIBLE, Outcome.TOKEN, {}, (Act.RENEW, Reason.NONE)),
        (PROCESSED, Outcome.PENDING, {"polls": 2}, (Act.ASK_AGAIN, Reason.NONE)),
        (PROCESSED, Outcome.PENDING, {"polls": 3}, (Act.HOLD, Reason.UNREACHABLE)),
        (VISIBLE, Outcome.PENDING, {}, (Act.LOOK, Reason.NONE)),
    ],
)
def test_what_follows_an_answer(step, outcome, known, expected):
    assert after(step, outcome, **known) == expected


@given(st.sampled_from([VISIBLE, IDEMPOTENT, INVISIBLE, PROCESSED]), st.integers(0, 9), st.integers(0, 9))
def test_a_lost_answer_is_always_looked_for(step, tries, polls):
    assert after(step, Outcome.UNKNOWN, tries=tries, polls=polls)[0] is Act.LOOK


def found(look: Look, step: Step = VISIBLE, *, certain: bool = False, **known) -> Finding:
    known = {"negatives": 0, "blind": 0, "settled": True, **known}
    return decide.after_look(Sighting(look, certain=certain), step, **known)


def test_one_look_that_finds_is_enough():
    assert found(Look.DONE, settled=False) is Finding.FOUND


def test_the_look_made_at_once_may_find_but_not_deny():
    assert found(Look.NOT_DONE, settled=False) is Finding.LOOK_AGAIN


def test_two_settled_looks_deny():
    assert found(Look.NOT_DONE, negatives=0) is Finding.LOOK_AGAIN
    assert found(Look.NOT_DONE, negatives=1) is Finding.ABSENT


def test_a_look_by_exact_handle_denies_at_once():
    assert found(Look.NOT_DONE, certain=True, settled=False) is Finding.ABSENT


def test_what_a_machine_cannot_tell_goes_to_a_person():
    assert found(Look.UNSURE) is Finding.ASK_A_PERSON


def test_a_platform_that_cannot_be_asked_is_asked_twelve_times():
    assert found(Look.AGAIN, blind=10) is Finding.LOOK_AGAIN
    assert found(Look.AGAIN, blind=11) is Finding.ASK_A_PERSON


def test_looks_are_made_after_30_seconds_and_two_and_a_half_minutes_later():
    assert [decide.wait_before_look(VISIBLE, negatives) for negatives in (0, 1, 2)] == [30.0, 150.0, 150.0]


@given(st.integers(1, 10_000), st.integers())
def test_waits_grow_to_a_quarter_of_an_hour_and_stay_within_a_fifth(tries, seed):
    wait = backoff.wait_after(tries, Random(seed))
    middle = min(10.0 * 2 ** min(tries - 1, 20), 900.0)
    assert middle * 0.8 <= wait <= middle * 1.2


def test_there_is_no_wait_before_the_first_try():
    with pytest.raises(ValueError, match="first try"):
        backoff.wait_after(0, Random(1))


def test_a_plan_has_exactly_one_visible_step():
    assert decide.visible_position([INVISIBLE, VISIBLE, COMMENT]) == 1
    with pytest.raises(ValueError, match="exactly one"):
        decide.visible_position([INVISIBLE, COMMENT])


def test_the_step_after_the_last_is_none_and_an_unknown_one_is_an_error():
    plan = [INVISIBLE, VISIBLE]
    assert decide.step_after(plan, "photo-1") is VISIBLE
    assert decide.step_after(plan, "feed") is None
    with pytest.raises(KeyError):
        decide.step_after(plan, "bước cũ")


@pytest.mark.parametrize(("polls", "seconds"), [(0, 2.0), (1, 3.0), (2, 4.5), (3, 5.0), (10_000, 5.0)])
def test_a_processing_platform_is_asked_soon_at_first_and_never_less_often_than_its_step_says(polls, seconds):
    step = Step("processed", polls=20_000, poll_every=5.0)
    decision = decide.after_answer(step, Outcome.PENDING, tries=0, polls=polls, renewed=False)
    assert decision.seconds == seconds
