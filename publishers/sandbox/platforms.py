"""Opens the imitations: importing their operations puts them into the catalogue."""

import importlib

from publishers.sandbox.routing import CATALOGUE

OPERATIONS = (
    "facebook.feed", "facebook.photos", "facebook.video", "facebook.reel", "facebook.comments", "facebook.listing",
    "facebook.uploads", "facebook.objects",
    "youtube.uploading", "youtube.videos",
    "zalo.grants", "zalo.articles", "zalo.reading", "zalo.oa",
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
