"""From an answer to what happens next: a pure table, no database, no clock, no wire."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from publishers.adapters.seam import Look, Outcome, Sighting, Step
from publishers.delivery import backoff
from publishers.delivery.backoff import MOST_BLIND_LOOKS, MOST_TRIES
from publishers.delivery.states import Reason


class Act(StrEnum):
    ADVANCE = "advance"  # the step is done: go to the next one
    ASK_AGAIN = "ask-again"  # accepted, still processing: ask the same step later
    WAIT = "wait"  # certainly nothing happened: try again after a back-off
    PARK = "park"  # certainly nothing happened: not before the limit ends
    RENEW = "renew"  # get a fresh token, once, then try again
    LOOK = "look"  # may have happened: read back
    HOLD = "hold"  # a person must act
    SKIP = "skip"  # an optional step failed: the publication goes on without it


@dataclass(frozen=True)
class Decision:
    act: Act
    reason: Reason = Reason.NONE
    seconds: float = 0.0


def after_answer(
    step: Step, outcome: Outcome, *, tries: int, polls: int, renewed: bool, read_back: bool = False
) -> Decision:
    """Return what follows the answer `outcome` to `step`.

    `tries` counts earlier tries that did nothing, `polls` how often a PENDING answer of this step was asked again,
    `renewed` whether the token was already replaced for this try, `read_back` whether a refusal has already been
    checked by looking."""
    if outcome is Outcome.OK:
        return Decision(Act.ADVANCE)
    if outcome is Outcome.PENDING:
        if polls < step.polls:
            return Decision(Act.ASK_AGAIN, seconds=backoff.wait_for_processing(polls, step.poll_every))
        if step.optional:
            return Decision(Act.SKIP)
        # Still not through after every question: the visible call may yet appear, an invisible one may be redone.
        return Decision(Act.LOOK) if step.visible else Decision(Act.HOLD, Reason.UNREACHABLE)
    if outcome is Outcome.UNKNOWN:
        return Decision(Act.LOOK)
    doubtful = step.read_back_refusals and not read_back
    if outcome is Outcome.TOKEN:
        if doubtful:
            return Decision(Act.LOOK)
        if read_back and not renewed:
            # It could be looked for, so there is a key that works by now: once more, with that one.
            return Decision(Act.WAIT)
        return Decision(Act.HOLD, Reason.RECONNECT) if renewed else Decision(Act.RENEW)
    if step.optional and outcome in (Outcome.CONTENT, Outcome.CONFIG):
        return Decision(Act.SKIP)
    if outcome is Outcome.RATE:
        return Decision(Act.LOOK) if doubtful else Decision(Act.PARK)
    if outcome is Outcome.CONTENT:
        return Decision(Act.LOOK) if doubtful else Decision(Act.HOLD, Reason.REFUSED)
    if outcome is Outcome.CONFIG:
        return Decision(Act.LOOK) if doubtful else Decision(Act.HOLD, Reason.SETTINGS)
    if tries + 1 >= MOST_TRIES:
        return Decision(Act.SKIP) if step.optional else Decision(Act.HOLD, Reason.UNREACHABLE)
    return Decision(Act.WAIT)


class Finding(StrEnum):
    """What a look means for the step that was looked for."""

    FOUND = "found"
    LOOK_AGAIN = "look-again"
    ABSENT = "absent"  # enough looks found nothing: it may be sent again
    ASK_A_PERSON = "ask-a-person"


def after_look(sighting: Sighting, step: Step, *, negatives: int, blind: int, settled: bool) -> Finding:
    """Return what the look means. `negatives` and `blind` count earlier looks that found nothing or could not be made.

    `settled` is False for the look made at once after the lost answer: lists of a platform lag, so that one may only
    find, never deny, unless it was made by exact handle."""
    look = sighting.look
    if look is Look.DONE:
        return Finding.FOUND
    if look is Look.UNSURE:
        return Finding.ASK_A_PERSON
    if look is Look.AGAIN:
        return Finding.ASK_A_PERSON if blind + 1 >= MOST_BLIND_LOOKS else Finding.LOOK_AGAIN
    if sighting.certain:
        return Finding.ABSENT
    if not settled:
        return Finding.LOOK_AGAIN
    return Finding.ABSENT if negatives + 1 >= max(step.looks, 1) else Finding.LOOK_AGAIN


def wait_before_look(step: Step, negatives: int) -> float:
    """Return the seconds until the next look that may deny, after `negatives` looks that found nothing."""
    waits = step.look_every or (0.0,)
    return waits[min(negatives, len(waits) - 1)]


def step_after(plan: Sequence[Step], name: str) -> Step | None:
    """Return the step that follows the step called `name`; None when it was the last.

    Raises KeyError when the plan has no such step."""
    for position, step in enumerate(plan):
        if step.name == name:
            return plan[position + 1] if position + 1 < len(plan) else None
    raise KeyError(name)


def step_named(plan: Sequence[Step], name: str) -> Step:
    """Return the step called `name`. Raises KeyError when the plan has none (an older release planned it)."""
    for step in plan:
        if step.name == name:
            return step
    raise KeyError(name)


def visible_position(plan: Sequence[Step]) -> int:
    """Return the position of the one visible step. Raises ValueError unless there is exactly one."""
    positions = [position for position, step in enumerate(plan) if step.visible]
    if len(positions) != 1:
        raise ValueError(f"a plan has exactly one visible step, this one has {len(positions)}")
    return positions[0]
