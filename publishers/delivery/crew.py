"""A small crew of threads that carry claims side by side, so that one slow channel never makes another wait."""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import SimpleQueue

from django.db import connections

from publishers.delivery.errand import Claim
from publishers.delivery.keeper import Keeper
from publishers.delivery.services.carrying import carry


class Crew:
    """`size` threads that carry what they are given; as a context manager it waits for all of them at the end.

    Each thread keeps one database connection for as long as the crew lives."""

    def __init__(self, size: int, keeper: Keeper) -> None:
        self._size = size
        self._keeper = keeper
        self._jobs: SimpleQueue[Claim | None] = SimpleQueue()
        self._changed = threading.Condition()
        self._busy = 0
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *error: object) -> None:
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join()

    @property
    def free(self) -> int:
        """How many more claims can be carried at once."""
        with self._changed:
            return self._size - self._busy

    @property
    def is_idle(self) -> bool:
        with self._changed:
            return self._busy == 0

    def give(self, claim: Claim) -> None:
        """Hand `claim` to a free thread; threads are started as they are needed."""
        self._keeper.hold(claim)
        with self._changed:
            self._busy += 1
            if self._busy > len(self._threads):
                thread = threading.Thread(
                    target=self._work, name=f"delivery-{len(self._threads) + 1}", daemon=True
                )
                self._threads.append(thread)
                thread.start()
        self._jobs.put(claim)

    def wait_for_change(self, seconds: float) -> None:
        """Wait until somebody has finished, at most `seconds`."""
        with self._changed:
            self._changed.wait(seconds)

    def _work(self) -> None:
        try:
            while (claim := self._jobs.get()) is not None:
                try:
                    carry(claim, self._beat_of(claim))
                finally:
                    self._keeper.drop(claim)
                    with self._changed:
                        self._busy -= 1
                        self._changed.notify_all()
        finally:
            connections.close_all()

    def _beat_of(self, claim: Claim) -> Callable[[], None]:
        return lambda: self._keeper.saw_progress(claim)
