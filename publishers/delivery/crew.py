"""A small crew of threads that carry claims side by side, so that one slow channel never makes another wait.

So many *calls* are made at the same time; a few threads more write down the answers, so that a platform is never kept
waiting by our own database."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable

from django.db import connections

from publishers.delivery.errand import Claim
from publishers.delivery.keeper import Keeper
from publishers.delivery.services.carrying import carry, put_down
from publishers.delivery.services.dispatching import Job

#: Work may lie ready for as many as came free during this time (seconds): threads then never wait for the next
#: claim, and one claim serves several: a claim costs as much as twenty of its rows. Where every call hangs nobody
#: comes free, and nothing is taken ahead.
LOOK_BACK = 0.5
#: At most so many times the crew lie ready: what lies longer than FRESH_FOR has to be asked about again.
AHEAD = 4
#: What still lies there after this time (seconds) is given back, so that another worker may have it.
LIES_FOR = 2.0
#: Threads that write answers down while the others call: one for this many calls at once.
CALLS_PER_WRITER = 4


class Crew:
    """Threads that carry what they are given, `size` calls at the same time; as a context manager it waits for all of
    them at the end.

    A new job begins only where a call has ended. An errand that calls again does not wait: then there may be more
    calls at once, never more than threads. Each thread keeps one database connection for as long as the crew lives."""

    def __init__(self, size: int, keeper: Keeper) -> None:
        self._size = size
        self._most_threads = size + max(1, size // CALLS_PER_WRITER)
        self._keeper = keeper
        lock = threading.Lock()
        # Two ears on one lock: a finished thread wakes whoever fetches, new work wakes one thread, not all.
        self._changed, self._work_there = threading.Condition(lock), threading.Condition(lock)
        self._ready: deque[tuple[Job, float]] = deque()
        self._came_free: deque[float] = deque(maxlen=size * AHEAD)
        self._busy = self._calling = 0
        self._over = False
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *error: object) -> None:
        with self._changed:
            self._over = True
            self._work_there.notify_all()
        for thread in self._threads:
            thread.join()

    @property
    def room(self) -> int:
        """How many more jobs to fetch now: for idle threads at once, ahead only in worthwhile portions."""
        with self._changed:
            idle = self._size - self._calling - len(self._ready)
            since = time.monotonic() - LOOK_BACK
            ahead = sum(at > since for at in self._came_free)
            room = idle + ahead
            return room if idle > 0 or room > ahead // 2 else 0

    @property
    def is_idle(self) -> bool:
        with self._changed:
            return self._busy == 0 and not self._ready

    def give(self, job: Job) -> None:
        """Lay `job` ready; threads are started as they are needed."""
        self._keeper.hold(job.claim)
        with self._changed:
            self._ready.append((job, time.monotonic()))
            if self._busy + len(self._ready) > len(self._threads) < self._most_threads:
                name = f"delivery-{len(self._threads) + 1}"
                thread = threading.Thread(target=self._work, name=name, daemon=True)
                self._threads.append(thread)
                thread.start()
            self._work_there.notify()

    def give_back(self) -> None:
        """Give back what has been lying ready for too long because every thread is stuck in a slow call."""
        while (job := self._lying()) is not None:
            put_down(job.claim, job.brief)
            self._keeper.drop(job.claim)

    def wait_for_change(self, seconds: float) -> None:
        """Wait until somebody has finished, at most `seconds`."""
        with self._changed:
            self._changed.wait(seconds)

    def _lying(self) -> Job | None:
        with self._changed:
            if self._ready and self._ready[0][1] < time.monotonic() - LIES_FOR:
                return self._ready.popleft()[0]
        return None

    def _next(self) -> Job | None:
        with self._changed:
            while True:
                if self._ready and self._calling < self._size:
                    self._busy += 1
                    self._calling += 1
                    return self._ready.popleft()[0]
                if self._over and not self._ready:
                    # Whoever still waits has nothing to wait for either.
                    self._work_there.notify_all()
                    return None
                self._work_there.wait()

    def takes_the_wire(self) -> None:
        """One more call; nobody waits for it here."""
        with self._changed:
            self._calling += 1

    def leaves_the_wire(self) -> None:
        """A call is over: another thread may begin, and there is room for another claim."""
        with self._changed:
            self._calling -= 1
            self._changed.notify_all()
            self._work_there.notify()

    def _work(self) -> None:
        try:
            while (job := self._next()) is not None:
                turn = Turn(self)
                try:
                    carry(job.claim, self._beat_of(job.claim), job.brief, turn)
                finally:
                    turn.leave()
                    self._keeper.drop(job.claim)
                    with self._changed:
                        self._busy -= 1
                        # Counted by jobs: one of many steps goes on with the next call itself.
                        self._came_free.append(time.monotonic())
                        self._changed.notify_all()
        finally:
            connections.close_all()

    def _beat_of(self, claim: Claim) -> Callable[[], None]:
        return lambda: self._keeper.saw_progress(claim)


class Turn:
    """A job's place on the wire: held from its beginning, given up with every answer, taken again for another call."""

    def __init__(self, crew: Crew) -> None:
        self._crew = crew
        self._holds = True

    def take(self) -> None:
        """See `Wire.take`."""
        if not self._holds:
            self._holds = True
            self._crew.takes_the_wire()

    def leave(self) -> None:
        """See `Wire.leave`."""
        if self._holds:
            self._holds = False
            self._crew.leaves_the_wire()
