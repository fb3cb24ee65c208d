"""Work in the background that one worker does at a time: it takes a lease, writes that it is alive, and ends.

A worker that is killed leaves a lease that runs out; the next takes the work over under a new fence. Whoever stops the
work takes it away from its worker, which hears of it when it next writes."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Any, ClassVar, Final, TypeVar

from django.db import models, transaction
from django.db.models import Q, QuerySet

from cms.core import clock


class WorkState(StrEnum):
    """The values of `state`; each room has its own words for them."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


#: What is not finished yet.
OPEN: Final = (WorkState.WAITING, WorkState.RUNNING)


class LeaseLost(Exception):
    """The work was stopped, or another worker took it over: this one ends without writing anything."""


class LeasedWork(models.Model):
    """What a table of such work has besides its `state`, a text with the values of `WorkState`."""

    #: A worker that has not written for this long is taken for dead; another goes on.
    LEASE: ClassVar[timedelta]
    #: Tries before a person must look.
    MOST_TRIES: ClassVar[int]

    state: Any
    tries = models.PositiveSmallIntegerField(default=0, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    fence = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


Work = TypeVar("Work", bound=LeasedWork)
Rows = TypeVar("Rows", bound="QuerySet[Any]")


def free(rows: Rows) -> Rows:
    """Return those of `rows` that are not finished, and that no living worker is at."""
    lapsed = Q(lease_until__isnull=True) | Q(lease_until__lt=clock.now())
    return rows.filter(lapsed, state__in=OPEN)


def take(rows: QuerySet[Work], given_up: dict[str, Any] | None = None, **begun: Any) -> Work | None:
    """Take the first free one of `rows`, write `begun` on it and return it; None when there is none to be had.

    With `given_up`, work that was tried too often ends as failed, with these fields, instead of being taken."""
    with transaction.atomic():
        work = free(rows).select_for_update(skip_locked=True).first()
        if work is None:
            return None
        if given_up is not None and work.tries >= work.MOST_TRIES:
            _write(work, state=WorkState.FAILED, lease_until=None, **given_up)
            return None
        _write(
            work, state=WorkState.RUNNING, lease_until=clock.now() + work.LEASE, fence=work.fence + 1,
            tries=work.tries + 1, **begun,
        )  # fmt: skip
    return work


def _write(work: LeasedWork, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(work, name, value)
    work.save()


def ours(work: Work) -> QuerySet[Work]:
    """Return the row of `work` for as long as it is this worker's."""
    rows: QuerySet[Work] = type(work)._default_manager.all()  # type: ignore[attr-defined]
    return rows.filter(pk=work.pk, fence=work.fence, state=WorkState.RUNNING)


def keep(work: LeasedWork, **fields: Any) -> None:
    """Say that this worker is alive, and write `fields`. Raises LeaseLost when the work is not ours any more."""
    if not ours(work).update(lease_until=clock.now() + work.LEASE, **fields):
        raise LeaseLost


def end(work: LeasedWork, state: WorkState, **fields: Any) -> bool:
    """Lay the work down in `state` and write `fields`; return False, with nothing written, when it was not ours."""
    return bool(ours(work).update(state=state, lease_until=None, updated_at=clock.now(), **fields))
