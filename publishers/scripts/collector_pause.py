"""Holds Python's cycle collector back while many objects are made that are all kept for a while."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Run the block without looking for reference cycles; afterwards the collector is as it was.

    Rows and readings of one chunk are alive until the chunk is written, so every search among them finds nothing:
    a fifth of the time of writing out a campaign for all stations. Keep the block bounded (one chunk), for cycles
    made inside wait until its end. Of several threads inside at once, the one that found the collector on turns it on
    again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
