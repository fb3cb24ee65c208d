"""Opens the imitations: importing their operations puts them into the catalogue."""

import importlib

from publishers.sandbox.routing import CATALOGUE

OPERATIONS = (
    "facebook.feed", "facebook.photos", "facebook.video", "facebook.reel", "facebook.comments", "facebook.listing",
    "facebook.login", "facebook.insights", "facebook.uploads", "facebook.objects",
    "youtube.grants", "youtube.uploading", "youtube.videos", "youtube.playlists", "youtube.captions",
    "youtube.channels", "youtube.comments", "youtube.analytics",
    "zalo.login", "zalo.grants", "zalo.articles", "zalo.reading", "zalo.images", "zalo.videos", "zalo.broadcast",
    "zalo.oa",
)  # fmt: skip
PLATFORMS = ("facebook", "youtube", "zalo")


def open_platforms() -> None:
    """Make all operations known; doing it twice changes nothing."""
    if CATALOGUE.platforms:
        return
    for name in OPERATIONS:
        importlib.import_module(f"publishers.sandbox.{name}")
    for name in PLATFORMS:
        CATALOGUE.add_platform(importlib.import_module(f"publishers.sandbox.{name}.hooks").PLATFORM)
