"""Daily quota of a Google project, in three buckets, back to zero at midnight Pacific time."""

from publishers.sandbox.clock import pacific_day
from publishers.sandbox.routing import YOUTUBE
from publishers.sandbox.world import World
from publishers.sandbox.youtube.envelope import refuse

_LIMIT_FIELD = {"inserts": "inserts_per_day", "searches": "searches_per_day", "units": "units_per_day"}


def spend(world: World, channel: str, units: int = 1, bucket: str = "units") -> None:
    """Take quota for a call (invalid calls cost too); refuses 403 quotaExceeded when it is used up."""
    project = project_of(world, channel)
    limit = world.register.settings(YOUTUBE, "project", project)[_LIMIT_FIELD[bucket]]
    key = f"yt:quota:{project}:{bucket}:{pacific_day(world.now())}"
    if world.store.counted(key) + units > limit:
        refuse("quotaExceeded", "The request cannot be completed because you have exceeded your quota.", 403,
               domain="youtube.quota")  # fmt: skip
    world.store.count(key, units)


def project_of(world: World, channel: str) -> str:
    """The Google project through which a channel was connected."""
    return str(world.register.settings(YOUTUBE, "channel", channel)["project"])


def used(world: World, project: str) -> dict[str, int]:
    """What the project has used today, by bucket."""
    day = pacific_day(world.now())
    return {bucket: int(world.store.counted(f"yt:quota:{project}:{bucket}:{day}")) for bucket in _LIMIT_FIELD}
