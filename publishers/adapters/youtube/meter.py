"""Where calls to YouTube are counted: an empty socket. This room keeps no table; whoever does plugs in from `ready`."""

from __future__ import annotations

from collections.abc import Callable

from publishers.adapters.youtube.costs import Cost, cost_of

#: Called with the client id of the Google project and the cost, before the call leaves. Never raises.
Meter = Callable[[str, Cost], None]
meters: list[Meter] = []


def count(app_id: str, method: str, address: str) -> None:
    """Say that a call is about to be made through the project `app_id` ("": nobody knows which, nothing is counted).

    Before and not after: what a killed worker had already sent is then counted too, and a call that never left
    makes the count at most a little too high."""
    cost = cost_of(method, address) if app_id else None
    if cost is not None:
        for meter in meters:
            meter(app_id, cost)
