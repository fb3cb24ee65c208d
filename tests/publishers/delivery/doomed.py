"""A worker in a process of its own that is killed with SIGKILL at a chosen moment of a chosen step."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from typing import Any

from django.db import connections

from publishers.adapters.registry import adapter_for
from publishers.adapters.seam import Media
from publishers.delivery import frozen_request
from publishers.delivery.models import Delivery
from publishers.delivery.services.carrying import carry
from publishers.delivery.services.dispatching import take
from publishers.delivery.states import Lane, State
from tests.publishers.delivery.scene import again, wake

#: Rounds in which a delivery must have come to its end: each is a poll, a look or a step further.
ROUNDS = 30


class Moment(StrEnum):
    BEFORE = "its attempt is committed, nothing was sent"
    AFTER = "the platform has done it, nothing is written down"


def dress(delivery: Delivery, *media: Media, form: str = "", **extras: Any) -> Delivery:
    """Give a booked delivery other files, as booking would have frozen them, and let it begin with its first step."""
    request = replace(frozen_request.thaw(delivery.request), media=media, form=form, **extras)
    frozen = frozen_request.as_json(request)
    first = adapter_for(delivery.kind).plan(request)[0]
    Delivery.objects.filter(pk=delivery.pk).update(
        request=frozen, request_sha256=frozen_request.hash_of(frozen), next_step=first.name, reason="", sentence="",
        state=State.READY if first.visible else State.BOOKED, wake_at=delivery.due_at,
        lane=Lane.PUBLISH if first.visible else Lane.UPLOAD,
    )  # fmt: skip
    wake(delivery)
    return again(delivery)


def go_on(delivery: Delivery, worker: str, rounds: int = ROUNDS) -> Delivery:
    """Carry `delivery` through both lanes until it has ended or is held, or `rounds` are over."""
    for _ in range(rounds):
        delivery = again(delivery)
        if delivery.wake_at is None:
            break
        wake(delivery)
        for lane in (Lane.UPLOAD, Lane.PUBLISH):
            for job in take(lane, worker, 10):
                carry(job.claim, lambda: None, job.brief)
    return again(delivery)


def killed_at(delivery: Delivery, step: str, moment: Moment) -> bool:
    """Let a worker process carry `delivery` and kill it with SIGKILL at `moment` of `step`; return whether it died so."""

    def work() -> None:
        _die_at(type(adapter_for(delivery.kind)), step, moment)
        go_on(delivery, f"bộ xử lý {os.getpid()}")

    return killed_while(work)


def killed_while(work: Callable[[], None]) -> bool:
    """Do `work` in a process of its own; return whether it was killed with SIGKILL there."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            # Never back into the test run: whoever was not killed has not reached the step.
            os._exit(1)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def _die_at(adapter: Any, step: str, moment: Moment) -> None:
    real = adapter.perform

    def perform(self: Any, now: Any, *parts: Any) -> Any:
        if now.name == step and moment is Moment.BEFORE:
            os.kill(os.getpid(), signal.SIGKILL)
        answer = real(self, now, *parts)
        if now.name == step:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    adapter.perform = perform
