"""What each YouTube call takes of a Google project's day, and what a plan will take. Pure tables (PLATFORMS §2.2, §2.5).

A project has three purses a day: 100 `videos.insert`, 100 `search.list` (never used here) and 10,000 units for
everything else. Refused calls cost as much as others, and every page of a list costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from publishers.adapters.seam import Step


class Bucket(StrEnum):
    """A purse of its own in the day of a project."""

    INSERTS = "inserts"  # calls of videos.insert
    SEARCHES = "searches"  # calls of search.list
    UNITS = "units"  # everything else


@dataclass(frozen=True, slots=True)
class Cost:
    """What one call takes out of which purse."""

    bucket: Bucket
    amount: int


API = "/youtube/v3/"
#: (method, under /upload/, resource) → cost. A call that is not named here reads and takes one unit.
CALLS: Mapping[tuple[str, bool, str], Cost] = {
    ("POST", True, "videos"): Cost(Bucket.INSERTS, 1),
    ("GET", False, "search"): Cost(Bucket.SEARCHES, 1),
    ("POST", True, "thumbnails/set"): Cost(Bucket.UNITS, 50),
    ("GET", False, "captions"): Cost(Bucket.UNITS, 50),
    ("POST", True, "captions"): Cost(Bucket.UNITS, 400),
    ("PUT", True, "captions"): Cost(Bucket.UNITS, 450),
    ("DELETE", False, "captions"): Cost(Bucket.UNITS, 50),
    ("POST", False, "playlistItems"): Cost(Bucket.UNITS, 50),
    ("DELETE", False, "playlistItems"): Cost(Bucket.UNITS, 50),
    ("PUT", False, "videos"): Cost(Bucket.UNITS, 50),
    ("DELETE", False, "videos"): Cost(Bucket.UNITS, 50),
    ("POST", False, "commentThreads"): Cost(Bucket.UNITS, 50),
}
ONE_UNIT = Cost(Bucket.UNITS, 1)

#: What a step of a plan takes. `processed` is asked again while YouTube works: ten questions are set aside for it.
STEPS: Mapping[str, Mapping[Bucket, int]] = {
    "open": {Bucket.INSERTS: 1},
    "upload": {},
    "processed": {Bucket.UNITS: 10},
    "thumbnail": {Bucket.UNITS: 50},
    "captions": {Bucket.UNITS: 50 + 400},
    "playlist": {Bucket.UNITS: 1 + 50},
    "publish": {Bucket.UNITS: 50},
}


def cost_of(method: str, address: str) -> Cost | None:
    """Return what a call to `address` takes; None for what is free: bytes of an upload that was announced before, and
    addresses that are no part of the Data API."""
    parts = urlsplit(address)
    if "upload_id=" in parts.query:
        return None
    before, found, resource = parts.path.rpartition(API)
    if not found:
        return None
    return CALLS.get((method.upper(), before.endswith("/upload"), resource), ONE_UNIT)


def planned(steps: Sequence[Step], start_at: str = "", *, without: str = "") -> dict[Bucket, int]:
    """Return what `steps` will take, from the one called `start_at` on ("" for all), leaving out the one called
    `without`. A step nobody has priced costs nothing."""
    names = [step.name for step in steps]
    first = names.index(start_at) if start_at in names else 0
    total: dict[Bucket, int] = {}
    for name in names[first:]:
        for bucket, amount in STEPS.get(name, {}).items() if name != without else ():
            total[bucket] = total.get(bucket, 0) + amount
    return total
