"""Taking down, hiding and correcting as steps that delivery can walk: the call, then the proof by reading back.

What a platform must offer is `Recallable`; the order, the proof and what a lost answer means are the same for all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Protocol

from publishers.adapters.seam import (
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
from publishers.adapters.steps import unseen
from publishers.adapters.times import now

TAKE_DOWN, HIDE, AMEND = "take-down", "hide", "amend"
PROVE_GONE, PROVE_AMENDED = "prove-gone", "prove-amended"
PROOF_STEPS = frozenset({PROVE_GONE, PROVE_AMENDED})
STEPS = frozenset({TAKE_DOWN, HIDE, AMEND}) | PROOF_STEPS
# Platforms answer before every reader is told: ten minutes of proof, fifteen seconds apart.
PROOFS, PROOF_EVERY = 40, 15.0
NOT_VISIBLE = "Bài không còn hiện trên kênh nên không đính chính được. Xin đăng bài đính chính riêng."
STILL_SEEN = (
    "Nền tảng đã nhận lệnh nhưng bài vẫn còn hiện. Phần mềm sẽ đọc lại; nếu kéo dài, xin mở kênh kiểm tra."
)
OLD_TEXT = "Nền tảng đã nhận bản đính chính nhưng vẫn hiện nội dung cũ. Phần mềm sẽ đọc lại; nếu kéo dài, xin mở kênh kiểm tra."


class Recallable(Protocol):
    """The calls of one platform."""

    def take_down(self, request: Request, handles: Mapping[str, Any], credential: Credential) -> Answer:
        """Remove; already gone is OK."""
        ...

    def hide(self, request: Request, handles: Mapping[str, Any], credential: Credential) -> Answer:
        """Take out of sight; PENDING when `settle` must be asked for the rest."""
        ...

    def amend(self, request: Request, handles: Mapping[str, Any], credential: Credential) -> Answer:
        """Replace the text; PENDING when `settle` must be asked for the rest."""
        ...

    def settle(
        self, step: Step, request: Request, handles: Mapping[str, Any], credential: Credential
    ) -> Answer:
        """Carry through what `hide` or `amend` left pending, before `step` reads back."""
        ...

    def read(self, request: Request, handles: Mapping[str, Any], credential: Credential) -> Sighting:
        """DONE while citizens can see it."""
        ...

    def reads_so(self, request: Request, handles: Mapping[str, Any], credential: Credential) -> Sighting:
        """DONE while citizens can see it and it says what `request` says."""
        ...


def steps_for(purpose: Purpose, *, read_back_refusals: bool = False) -> tuple[Step, ...]:
    """Return the steps of `purpose`. One look decides: repeating any of them harms nobody."""
    call = {Purpose.TAKE_DOWN: TAKE_DOWN, Purpose.HIDE: HIDE, Purpose.CORRECT: AMEND}[purpose]
    proof = PROVE_AMENDED if purpose is Purpose.CORRECT else PROVE_GONE
    return (
        Step(call, visible=True, looks=1, look_every=(0.0,), read_back_refusals=read_back_refusals),
        unseen(proof, polls=PROOFS, poll_every=PROOF_EVERY),
    )


def perform(
    platform: Recallable, step: Step, request: Request, handles: Mapping[str, Any], credential: Credential
) -> Answer:
    """Do one step of a recall or correction."""
    match step.name:
        case "take-down":
            return platform.take_down(request, handles, credential)
        case "hide":
            return _accepted(platform.hide(request, handles, credential))
        case "amend":
            seen = platform.read(request, handles, credential)
            if seen.look is Look.NOT_DONE:
                return Answer(Outcome.CONTENT, NOT_VISIBLE, "not-visible", exchange=_record(seen))
            if seen.look is not Look.DONE:
                return seen.answer or Answer(Outcome.RETRY, seen.sentence)
            return _accepted(platform.amend(request, handles, credential))
        case "prove-gone":
            return _proved(
                platform, step, request, handles, credential, wanted=Look.NOT_DONE, waiting=STILL_SEEN
            )
        case "prove-amended":
            return _proved(platform, step, request, handles, credential, wanted=Look.DONE, waiting=OLD_TEXT)
    raise ValueError(f"no step {step.name!r} of a recall")


def _accepted(answer: Answer) -> Answer:
    """What the platform took but has not carried through is for the proof to wait for."""
    return replace(answer, outcome=Outcome.OK, sentence="") if answer.outcome is Outcome.PENDING else answer


def _proved(
    platform: Recallable, step: Step, request: Request, handles: Mapping[str, Any], credential: Credential, *,
    wanted: Look, waiting: str,
) -> Answer:  # fmt: skip
    settled = platform.settle(step, request, handles, credential)
    if settled.outcome is not Outcome.OK:
        return settled
    asked = platform.reads_so if step.name == PROVE_AMENDED else platform.read
    seen = asked(request, handles, credential)
    if seen.look is wanted:
        return _proof(seen, handles)
    if seen.look in (Look.DONE, Look.NOT_DONE):
        return Answer(Outcome.PENDING, waiting, step.name, exchange=_record(seen))
    return seen.answer or Answer(Outcome.RETRY, seen.sentence)


def look(
    platform: Recallable, step: Step, request: Request, handles: Mapping[str, Any], credential: Credential
) -> Sighting:
    """Read back whether a step of a recall has happened. Its handle is exact, so a negative is certain."""
    amends = step.name in (AMEND, PROVE_AMENDED)
    seen = (platform.reads_so if amends else platform.read)(request, handles, credential)
    if seen.look not in (Look.DONE, Look.NOT_DONE):
        return seen
    if (seen.look is Look.DONE) is not amends:
        return Sighting(Look.NOT_DONE, certain=True)
    proof = _proof(seen, handles)
    return Sighting(Look.DONE, proof if step.name in PROOF_STEPS else replace(proof, receipt=None))


def _proof(seen: Sighting, handles: Mapping[str, Any]) -> Answer:
    """What was read back, with the moment it was seen."""
    shown = seen.answer.receipt if seen.answer else None
    receipt = Receipt(shown.remote_id if shown else _name(handles), shown.permalink if shown else "", now())
    status = seen.answer.http_status if seen.answer else None
    return Answer(Outcome.OK, receipt=receipt, http_status=status, exchange=_record(seen))


def _record(seen: Sighting) -> Mapping[str, Any]:
    return seen.answer.exchange if seen.answer else {}


def _name(handles: Mapping[str, Any]) -> str:
    """The name the post had on its platform."""
    return next(
        (str(handles[name]) for name in ("post_id", "video_id", "article_id", "sha256") if handles.get(name)),
        "",
    )
