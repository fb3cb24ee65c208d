"""Walks an adapter through its plan by the seam's own rules, as delivery does, with waiting turned into clock moves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from publishers.adapters.seam import (
    Adapter,
    Answer,
    Credential,
    Look,
    Outcome,
    Purpose,
    Receipt,
    Request,
    Sighting,
    Step,
)
from tests.contracts.platforms import Platforms
from tests.contracts.samples import Samples

# More calls than any good walk needs: a loop is a failure, not a hang.
MOST_CALLS = 120
MOST_TRIES = 6


@dataclass
class Walk:
    """What came of it: the answer that ended the walk, and everything on the way."""

    ended: Answer | None = None
    handles: dict[str, Any] = field(default_factory=dict)
    receipt: Receipt | None = None
    answers: list[tuple[str, Answer]] = field(default_factory=list)
    sightings: list[tuple[str, Sighting]] = field(default_factory=list)
    failed_options: list[str] = field(default_factory=list)

    @property
    def live(self) -> bool:
        """Every step done, with a receipt."""
        return self.ended is None and self.receipt is not None

    def outcomes(self, step: str) -> list[Outcome]:
        """The outcomes of the calls of one step, in order."""
        return [answer.outcome for name, answer in self.answers if name == step]


class Walker:
    """One delivery. `wait` moves the platforms' clock; `refreshed` gives a new credential once after a TOKEN."""

    def __init__(
        self, adapter: Adapter, request: Request, credential: Credential, wait: Callable[[float], None],
        refreshed: Callable[[], Credential] | None = None, after_rate: Callable[[], None] | None = None,
        killed_in: str = "", purpose: Purpose | None = None,
    ) -> None:  # fmt: skip
        self.adapter, self.request, self.credential = adapter, request, credential
        self.move_clock, self.refreshed, self.after_rate = wait, refreshed, after_rate
        self.waited = 0.0
        self.purpose = purpose
        self.first_tried: dict[str, datetime] = {}
        # The first call of this step is made, but the worker dies before its answer is kept.
        self.killed_in = killed_in
        self.walk = Walk()

    @property
    def plan(self) -> tuple[Step, ...]:
        """The steps to walk."""
        if self.purpose:
            return self.adapter.plan_for(self.purpose, self.request)
        return self.adapter.plan(self.request)

    def run(self, stop_before: str = "", start_at: str = "") -> Walk:
        """Walk on from where the handles stand."""
        plan = self.plan
        names = [step.name for step in plan]
        index, calls, tries = names.index(start_at) if start_at else 0, 0, 0
        while index < len(plan):
            step = plan[index]
            if step.name == stop_before:
                return self.walk
            calls += 1
            assert calls < MOST_CALLS, f"step {step.name} goes round in circles"
            answer = self.attempt(step)
            if answer.outcome is Outcome.OK:
                index, tries = index + 1, 0
                continue
            if answer.restart_from:
                index, tries = names.index(answer.restart_from), tries + 1
            elif answer.outcome is Outcome.PENDING:
                self.wait(step.poll_every)
                continue
            elif answer.outcome is Outcome.TOKEN and self.refreshed is not None:
                self.credential, self.refreshed = self.refreshed(), None
                continue
            elif answer.outcome is Outcome.RATE and self.after_rate is not None:
                self.after_rate()
                self.after_rate = None
                continue
            elif answer.outcome in (Outcome.RETRY, Outcome.UNKNOWN):
                tries += 1
            else:
                tries = MOST_TRIES + 1
            if tries > MOST_TRIES:
                if not step.optional:
                    self.walk.ended = answer
                    return self.walk
                self.walk.failed_options.append(step.name)
                index, tries = index + 1, 0
        return self.walk

    def wait(self, seconds: float) -> None:
        """Let time pass for the platforms."""
        self.waited += seconds
        self.move_clock(seconds)

    def attempt(self, step: Step) -> Answer:
        """Perform once, then reconcile what is unclear: the answer is never UNKNOWN unless nobody could tell."""
        since = self.first_tried.setdefault(step.name, datetime.now(UTC) + timedelta(seconds=self.waited))
        answer = self.perform(step)
        refused = step.read_back_refusals and answer.outcome in (
            Outcome.RATE,
            Outcome.CONTENT,
            Outcome.CONFIG,
        )
        if answer.outcome is Outcome.UNKNOWN or refused:
            return self.reconcile(step, since, answer)
        return answer

    def perform(self, step: Step) -> Answer:
        """Make the call and keep its handles."""
        answer = self.adapter.perform(step, self.request, self.walk.handles, self.credential, lambda: None)
        if step.name == self.killed_in:
            self.killed_in = ""
            answer = Answer(Outcome.UNKNOWN, code="killed")
        self.keep(answer)
        self.walk.answers.append((step.name, answer))
        return answer

    def keep(self, answer: Answer) -> None:
        """Merge handles; an empty value erases."""
        self.walk.handles.update({**answer.handles, **answer.sealed})
        self.walk.receipt = answer.receipt or self.walk.receipt

    def reconcile(self, step: Step, since: datetime, answer: Answer) -> Answer:
        """Look as often as the step asks for; a negative gives the refusal back, or leave to perform again."""
        negatives, looks = 0, 0
        while negatives < step.looks:
            self.wait(step.look_every[min(negatives, len(step.look_every) - 1)])
            looks += 1
            assert looks < MOST_TRIES * 2, (
                f"nobody could tell: {[(s.look, s.answer and s.answer.code) for _, s in self.walk.sightings]}"
            )
            seen = self.adapter.look(step, self.request, self.walk.handles, self.credential, since)
            self.walk.sightings.append((step.name, seen))
            if seen.look is Look.DONE:
                assert seen.answer is not None
                self.keep(seen.answer)
                return seen.answer
            if seen.look is Look.UNSURE:
                return Answer(Outcome.CONFIG, seen.sentence, "needs-a-look")
            if seen.look is Look.NOT_DONE:
                negatives = step.looks if seen.certain else negatives + 1
        if answer.outcome is Outcome.UNKNOWN:
            return Answer(Outcome.RETRY, answer.sentence, answer.code)
        return answer


def walker(platforms: Platforms, samples: Samples, form: str, **options: Any) -> Walker:
    """Return a walker for a request of this form ("text", "youtube-whole", "zalo" …) to a registered account."""
    request, credential = samples.of(form)
    kind = form.split("-")[0] if form.startswith(("youtube", "zalo")) else "facebook"
    return Walker(samples.adapter(kind), request, credential, platforms.advance, **options)
