"""Zalo as the frame sees it."""

from publishers.sandbox.routing import ZALO, Platform
from publishers.sandbox.world import World
from publishers.sandbox.zalo.callers import account_of, gate
from publishers.sandbox.zalo.envelope import error_reply, unknown_path


def ripen(world: World, object_id: str) -> None:
    """Nothing at Zalo happens by time alone: there is no scheduling."""


PLATFORM = Platform(ZALO, ("zalo", "zalo-oauth"), unknown_path, error_reply, account_of, gate, ripen)
