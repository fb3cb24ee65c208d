"""YouTube as the frame sees it."""

from publishers.sandbox.routing import YOUTUBE, Platform
from publishers.sandbox.world import World
from publishers.sandbox.youtube import films
from publishers.sandbox.youtube.callers import account_of, gate
from publishers.sandbox.youtube.envelope import error_reply, unknown_path


def ripen(world: World, object_id: str) -> None:
    """The time of ``publishAt`` has come, or processing has failed."""
    film = world.store.get(YOUTUBE, object_id, "video")
    if film is not None:
        films.refresh(world, film)


PLATFORM = Platform(
    YOUTUBE, ("youtube", "google-token", "google-accounts", "youtube-analytics"), unknown_path, error_reply, account_of, gate,
    ripen,
)  # fmt: skip
