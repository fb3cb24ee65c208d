"""The files that go out: the library's own where the channel takes them, else a cut made for it. All by content."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

from cms.channels.kinds import ChannelKind
from cms.core.errors import InputRefused
from media.library.captions import as_srt
from media.library.marking import PACKET
from media.renditions.cutting import reencode_still
from media.renditions.errors import RenditionError
from media.renditions.recipes import FACEBOOK_PHOTO, YOUTUBE_THUMBNAIL, ZALO_PICTURE, CutRecipe
from publishers.adapters.seam import Media

#: Folder in the default storage for cuts and captions made for a channel.
FOLDER = "kenh"
#: What a channel takes as a picture; a kind that is not named takes the library's file as it is.
CUTS: dict[str, CutRecipe] = {
    ChannelKind.FACEBOOK: FACEBOOK_PHOTO,
    ChannelKind.YOUTUBE: YOUTUBE_THUMBNAIL,
    ChannelKind.ZALO: ZALO_PICTURE,
}
TAKEN_AS_THEY_ARE: dict[str, tuple[str, ...]] = {ChannelKind.FACEBOOK: ("image/jpeg", "image/png")}


def local_path(name: str) -> str:
    """Return a path on this machine under which the file `name` of the default storage can be read.

    A storage that is not a folder (S3) is copied from once. Raises OSError when the storage does not have it."""
    if not name:
        return ""
    try:
        return default_storage.path(name)
    except NotImplementedError:
        copy = Path(settings.VAR_DIR) / "outgoing" / name
        if not copy.exists():
            copy.parent.mkdir(parents=True, exist_ok=True)
            with (
                default_storage.open(name) as source,
                tempfile.NamedTemporaryFile(dir=copy.parent, delete=False) as target,
            ):
                for chunk in source.chunks():
                    target.write(chunk)
            Path(target.name).replace(copy)
        return str(copy)


def media_of(frozen_asset: Mapping[str, Any], kind: str) -> list[Media]:
    """Return what of a frozen asset (library.services.freeze) goes out on a channel of `kind`, in order.

    Pictures are cut where the channel would refuse them. `path` is a name in the default storage. Raises
    InputRefused with a sentence when a picture cannot be brought under the channel's limit or is gone."""
    found = []
    for file in frozen_asset["files"]:
        media_type = file["media_type"]
        if media_type.startswith("image/"):
            found.append(_picture(file, kind, bool(frozen_asset.get("machine_made"))))
        elif media_type.startswith("video/") and kind != ChannelKind.LOUDSPEAKER:
            captions = _captions(frozen_asset.get("captions", "")) if kind == ChannelKind.YOUTUBE else ""
            found.append(_as_it_is(file, captions))
        elif kind not in CUTS and kind != ChannelKind.LOUDSPEAKER:
            found.append(_as_it_is(file))
    has_clip = any(media.media_type.startswith("video/") for media in found)
    if has_clip and kind in (ChannelKind.FACEBOOK, ChannelKind.ZALO):
        # The poster of a clip is no picture of the post.
        found = [
            media for media in found if media.media_type.startswith("video/") or kind == ChannelKind.ZALO
        ]
    return found


def _as_it_is(file: Mapping[str, Any], captions_name: str = "") -> Media:
    return Media(
        sha256=file["sha256"],
        path=file["path"],
        media_type=file["media_type"],
        size=file["size"],
        alt_text=file.get("alt_text", ""),
        title=file.get("title", ""),
        captions_path=captions_name,
        seconds=file.get("seconds") or 0.0,
        width=file.get("width") or 0,
        height=file.get("height") or 0,
    )


def _picture(file: Mapping[str, Any], kind: str, machine_made: bool) -> Media:
    recipe = CUTS.get(kind)
    fits = (
        file["media_type"] in TAKEN_AS_THEY_ARE.get(kind, ()) and recipe and file["size"] <= recipe.max_bytes
    )
    if recipe is None or fits:
        return _as_it_is(file)
    try:
        with tempfile.TemporaryDirectory() as folder:
            mark = PACKET if machine_made else b""
            cut = reencode_still(Path(local_path(file["path"])), recipe, Path(folder) / "cut", mark=mark)
            name = f"{FOLDER}/{cut.sha256[:2]}/{cut.sha256}{cut.file_format.suffix}"
            with cut.path.open("rb") as content:
                _keep(name, File(content))
    except RenditionError as error:
        raise InputRefused(str(error)) from error
    except OSError as error:
        title = file.get("title") or "ảnh"
        raise InputRefused(f"Không đọc được tệp “{title}” trong kho. Vui lòng tải lại tài liệu.") from error
    return Media(
        sha256=cut.sha256,
        path=name,
        media_type=cut.file_format.mime,
        size=cut.size_bytes,
        alt_text=file.get("alt_text", ""),
        title=file.get("title", ""),
    )


def _captions(webvtt: str) -> str:
    """Keep captions as SRT, as YouTube wants them, and return their name in the storage; "" when there are none."""
    if not webvtt.strip():
        return ""
    content = as_srt(webvtt).encode()
    digest = hashlib.sha256(content).hexdigest()
    name = f"{FOLDER}/{digest[:2]}/{digest}.srt"
    _keep(name, ContentFile(content))
    return name


def _keep(name: str, content: File) -> None:
    """Store `content` under its own hash; a file that is there already is the same file."""
    if not default_storage.exists(name):
        default_storage.save(name, content)
