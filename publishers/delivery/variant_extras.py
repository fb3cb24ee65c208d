"""What the extras of a variant become in the frozen request: its fields, and which files go along. Pure but for types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from cms.channels.kinds import ChannelKind
from cms.channels.specs import tags_of
from publishers.adapters.seam import Media


def fields_of(extras: Mapping[str, str]) -> dict[str, Any]:
    """Return the fields of the request that `extras` set; nothing for those that are as usual."""
    same = {
        name: extras[name]
        for name in ("form", "first_comment", "category", "playlist", "cover")
        if extras.get(name)
    }
    return same | ({"tags": tags_of(extras["tags"])} if extras.get("tags") else {})


def files_of(kind: str, extras: Mapping[str, str], assets: Sequence[Sequence[Media]]) -> list[Media]:
    """Return the files that go out, in order, of the files of each asset.

    YouTube gets its clip and one picture that stands for it: one that was chosen before the clip's own. The own
    picture of a clip does not go to Zalo where the clip itself is the cover."""
    if kind == ChannelKind.YOUTUBE:
        return _video(extras, assets)
    if kind == ChannelKind.ZALO and extras.get("cover"):
        return [each for files in assets for each in files if _is_clip(each) or not _has_clip(files)]
    return [each for files in assets for each in files]


def _video(extras: Mapping[str, str], assets: Sequence[Sequence[Media]]) -> list[Media]:
    clips = [each for files in assets for each in files if _is_clip(each)]
    if extras.get("captions") == "none":
        clips = [replace(clip, captions_path="") for clip in clips]
    chosen = [each for files in assets if not _has_clip(files) for each in files]
    own = [each for files in assets if _has_clip(files) for each in files if not _is_clip(each)]
    return clips if extras.get("thumbnail") == "none" else [*clips, *[*chosen, *own][:1]]


def _is_clip(media: Media) -> bool:
    return media.media_type.startswith("video/")


def _has_clip(files: Sequence[Media]) -> bool:
    return any(_is_clip(each) for each in files)
