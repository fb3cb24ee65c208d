"""The watchman: a thread in every worker process, whatever its queues, so that no single dead process silences the alarm.

It hears no bell: beat may be the one that is gone. Whoever finds that nobody has watched for a minute does."""

from __future__ import annotations

import logging
import threading
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connections

from publishers.delivery.services import watching

log = logging.getLogger(__name__)

#: How often each process asks whether it is time (seconds at pace 1).
ASK_EVERY = 20.0

_over = threading.Event()


def begin(sender: Any = None, **kwargs: Any) -> None:
    """Start watching; connected to Celery's `worker_ready`."""
    _over.clear()
    threading.Thread(target=_run, name="delivery-watchman", daemon=True).start()


def end(sender: Any = None, **kwargs: Any) -> None:
    """Stop watching; connected to Celery's `worker_shutting_down`."""
    _over.set()


def _run() -> None:
    try:
        while not _over.wait(ASK_EVERY * settings.DELIVERY_PACE):
            try:
                watching.watch()
            except DatabaseError:
                log.warning("nothing could be watched", extra={"event": "not_watched"})
                connections["default"].close_if_unusable_or_obsolete()
            except Exception:
                log.exception("the watch failed", extra={"event": "watch_failed"})
    finally:
        connections.close_all()
