"""Keeps the leases of living threads alive, and lets go of those that show no progress."""

from __future__ import annotations

import logging
import threading
import time

from django.conf import settings
from django.db import DatabaseError, connections

from cms.core import clock
from publishers.delivery import pace
from publishers.delivery.errand import Claim
from publishers.delivery.models import Delivery

log = logging.getLogger(__name__)


class Keeper:
    """One thread per run that renews the leases of all claims in hand, every HEARTBEAT_EVERY seconds.

    A claim whose thread has shown no progress for LONGEST_SILENCE is no longer renewed: another worker may have it."""

    def __init__(self, worker: str) -> None:
        self.worker = worker
        self._held: dict[Claim, float] = {}
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="delivery-keeper", daemon=True)

    def __enter__(self) -> Keeper:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._over.set()
        self._thread.join()

    def hold(self, claim: Claim) -> None:
        with self._lock:
            self._held[claim] = time.monotonic()

    def saw_progress(self, claim: Claim) -> None:
        with self._lock:
            if claim in self._held:
                self._held[claim] = time.monotonic()

    def drop(self, claim: Claim) -> None:
        with self._lock:
            self._held.pop(claim, None)

    def renew(self) -> int:
        """Renew the leases of all claims that show progress; return how many rows were renewed."""
        oldest = time.monotonic() - pace.LONGEST_SILENCE
        with self._lock:
            living = [claim.delivery_id for claim, seen in self._held.items() if seen >= oldest]
        if not living:
            return 0
        end = pace.lease_end()
        return Delivery.objects.filter(pk__in=living, worker=self.worker, lease_until__isnull=False).update(
            lease_until=end, wake_at=end, heartbeat_at=clock.now()
        )

    def _run(self) -> None:
        try:
            while not self._over.wait(pace.HEARTBEAT_EVERY * settings.DELIVERY_PACE):
                try:
                    self.renew()
                except DatabaseError:
                    log.warning("leases not renewed", extra={"event": "leases_not_renewed"})
                    connections["default"].close_if_unusable_or_obsolete()
        finally:
            connections.close_all()
