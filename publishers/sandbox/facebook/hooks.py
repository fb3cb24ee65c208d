"""Facebook as the frame sees it."""

from publishers.sandbox.facebook import clips, posts
from publishers.sandbox.facebook.callers import account_of, gate
from publishers.sandbox.facebook.envelope import error_reply, unknown_path
from publishers.sandbox.routing import FACEBOOK, Platform
from publishers.sandbox.world import World


def ripen(world: World, object_id: str) -> None:
    """The time of a scheduled post or of a processed video has come."""
    found = world.store.get(FACEBOOK, object_id, "post", "video")
    if found is not None:
        (posts.ripen_post if found.kind == "post" else clips.ripen_clip)(world, found)


PLATFORM = Platform(
    FACEBOOK,
    ("graph", "graph-video", "rupload", "facebook-www"),
    unknown_path,
    error_reply,
    account_of,
    gate,
    ripen,
)
