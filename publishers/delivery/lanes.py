"""Run a lane: claim what is due, give it to the crew, until nothing is due and everybody is done."""

from __future__ import annotations

import os
import socket
import threading
import uuid

from celery.worker import state as celery_state
from django.conf import settings

from publishers.delivery.crew import Crew
from publishers.delivery.keeper import Keeper
from publishers.delivery.services.dispatching import take
from publishers.delivery.services.pulse import beat_of_lane
from publishers.delivery.states import Lane

#: While somebody is busy and nothing is due, look again this often (seconds).
LOOK_EVERY = 0.25

_at_work: dict[Lane, threading.Lock] = {lane: threading.Lock() for lane in Lane}


def worker_name(lane: Lane) -> str:
    """Return a name that no other run has: machine, process, lane and a few random letters."""
    return f"{socket.gethostname()[:30]}:{os.getpid()}:{lane}:{uuid.uuid4().hex[:6]}"


def threads_of(lane: Lane) -> int:
    return settings.DELIVERY_UPLOAD_THREADS if lane is Lane.UPLOAD else settings.DELIVERY_PUBLISH_THREADS


def run(lane: Lane) -> int:
    """Work on `lane` until nothing in it is due any more; return how many claims were carried.

    As long as somebody is still busy (a long upload, a slow platform) the others go on taking what becomes due. One
    run per lane and process: a second call returns 0 at once, because the first one serves it too."""
    if not _at_work[lane].acquire(blocking=False):
        return 0
    try:
        return _run(lane, worker_name(lane))
    finally:
        _at_work[lane].release()


def _run(lane: Lane, worker: str) -> int:
    carried = 0
    with Keeper(worker) as keeper, Crew(threads_of(lane), keeper) as crew:
        while True:
            beat_of_lane(lane)
            crew.give_back()
            jobs = [] if _shutting_down() else take(lane, worker, crew.room)
            for job in jobs:
                crew.give(job)
            carried += len(jobs)
            if jobs:
                continue
            if crew.is_idle:
                return carried
            crew.wait_for_change(LOOK_EVERY)


def _shutting_down() -> bool:
    """Return whether Celery has been asked to stop: what is claimed is finished, nothing new is taken."""
    return celery_state.should_stop not in (None, False) or celery_state.should_terminate not in (None, False)
