"""The light pack: everything of the assets in at most 5 MB, for a phone on 3G. What is heavy steps down; what is still
too heavy at the lowest step is left out, the largest first, and the read-me says so."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from media.library.marking import PACKET
from media.library.models import Asset
from media.library.versions import CLIP, PICTURE, SOUND, AssetFile, files_of
from media.packs.parts import Bench, Part
from media.packs.pieces import ROLES, folder_of, texts
from media.renditions.cutting import reencode_still
from media.renditions.encoder import run_ffmpeg
from media.renditions.errors import RenditionError
from media.renditions.focal import focal_shares
from media.renditions.recipes import CutRecipe, StillFormat

#: Bytes of the finished ZIP, never more.
MOST_BYTES: Final = 5_000_000
#: Kept free for the read-me, the page, the list of sums and the ZIP's own table.
RESERVE: Final = 250_000
#: What one file costs beside its content: its name twice, its line in the list, its line in the read-me.
PER_FILE: Final = 600

# Longest side in pixels and JPEG quality, the best first.
_PICTURE_STEPS: Final = ((1280, 82), (1080, 74), (800, 68), (640, 60), (480, 50))
# Width in pixels, x264's constant rate factor, sound in kbit/s.
_CLIP_STEPS: Final = ((640, 28, 64), (480, 31, 48), (320, 34, 32))
# kbit/s, one channel.
_SOUND_STEPS: Final = (48, 32, 24)
#: Below so many bytes a second no clip or sound of ours comes, so a longer one is not even tried.
_LEAST_CLIP, _LEAST_SOUND = 9_000, 3_000
_MOST_SECONDS: Final = 600.0


@dataclass(slots=True)
class _Item:
    """One file on its way down: which step it stands on, what it is now."""

    asset: Asset
    number: int
    file: AssetFile
    source: Path
    step: int
    part: Part | None


def light_parts(bench: Bench, assets: Sequence[Asset]) -> list[Part]:
    """Return parts that fit into MOST_BYTES together with the notes of the pack."""
    words = [part for number, asset in enumerate(assets, 1) for part in texts(bench, number, asset)]
    items = [
        _Item(asset, number, file, bench.fetched(file.path), 0, None)
        for number, asset in enumerate(assets, 1)
        for file in files_of(asset)
        if file.role != "anh-bia"
    ]
    for done, item in enumerate(items):
        item.part = _made(bench, item)
        bench.alive((done + 1) / len(items) * 0.6)
    while _weight(words, items) > MOST_BYTES - RESERVE:
        movable = [item for item in items if item.part is not None and _has_next(item)]
        if movable:
            largest = max(movable, key=lambda item: item.part.size if item.part else 0)
            largest.step += 1
            largest.part = _made(bench, largest) or largest.part
        else:
            _leave_out_largest(bench, items, words)
        bench.alive(0.7)
    return words + [item.part for item in items if item.part is not None]


def _weight(words: list[Part], items: list[_Item]) -> int:
    parts = words + [item.part for item in items if item.part is not None]
    return sum(part.size + PER_FILE for part in parts)


def _leave_out_largest(bench: Bench, items: list[_Item], words: list[Part]) -> None:
    kept = [item for item in items if item.part is not None]
    if kept:
        largest = max(kept, key=lambda item: item.part.size if item.part else 0)
        _note(bench, largest)
        largest.part = None
        return
    longest = max(words, key=lambda part: part.size)
    bench.notes.append(f"Không kèm tệp {longest.name} vì gói nhẹ không đủ chỗ.")
    words.remove(longest)


def _note(bench: Bench, item: _Item) -> None:
    role = ROLES.get(item.file.role, item.file.role).replace(" gốc", "").lower()
    megabytes = f"{item.file.blob.size / 1_000_000:.1f}".replace(".", ",")
    bench.notes.append(
        f"Không kèm {role} của “{item.asset.title}” (bản gốc {megabytes} MB) vì không thu nhỏ vừa gói nhẹ. "
        "Vui lòng tải gói đầy đủ khi có mạng tốt."
    )


def _has_next(item: _Item) -> bool:
    steps = {PICTURE: _PICTURE_STEPS, CLIP: _CLIP_STEPS, SOUND: _SOUND_STEPS}.get(item.file.role, ((),))
    return item.step + 1 < len(steps)


def _made(bench: Bench, item: _Item) -> Part | None:
    """Return the file at the item's step; the original where that is smaller; None, with a note, when it cannot be."""
    role, ending = item.file.role, item.file.ending
    target = bench.new_path(".tam")
    try:
        if role == PICTURE:
            ending = ".jpg"
            _picture(item, target)
        elif role == CLIP:
            ending = ".mp4"
            if not _may_fit(item, _LEAST_CLIP):
                _note(bench, item)
                return None
            _clip(item, target, bench)
        elif role == SOUND:
            ending = ".mp3"
            if not _may_fit(item, _LEAST_SOUND):
                _note(bench, item)
                return None
            _sound(item, target, bench)
        else:
            shutil.copyfile(item.source, target)
    except RenditionError:
        if item.part is None:
            _note(bench, item)
        return None
    if item.file.blob.size <= target.stat().st_size:
        target, ending = item.source, item.file.ending
    name = f"{folder_of(item.number, item.asset)}/{role}{ending}"
    return Part(name, target, f"{ROLES.get(role, role).replace(' gốc', '')} (thu nhỏ)", item.number)


def _may_fit(item: _Item, least: int) -> bool:
    return (item.file.seconds or 0) * least <= MOST_BYTES - RESERVE or item.file.blob.size < MOST_BYTES


def _picture(item: _Item, target: Path) -> None:
    side, quality = _PICTURE_STEPS[item.step]
    recipe = CutRecipe(
        "light", "gói nhẹ", side, side, (StillFormat.JPEG,), MOST_BYTES, quality=quality, lowest_quality=quality
    )  # fmt: skip
    mark = PACKET if item.asset.machine_made else b""
    reencode_still(item.source, recipe, target, focal=focal_shares(item.asset), mark=mark)


def _clip(item: _Item, target: Path, bench: Bench) -> None:
    width, factor, sound = _CLIP_STEPS[item.step]
    run_ffmpeg(
        [
            "-y", "-i", item.source, "-map", "0:v:0", "-map", "0:a:0?",
            "-vf", f"scale=w='min({width},iw)':h=-2,fps=15", "-c:v", "libx264", "-preset", "veryfast",
            "-crf", str(factor), "-pix_fmt", "yuv420p", "-threads", "2", "-c:a", "aac", "-b:a", f"{sound}k",
            "-ac", "1", "-map_metadata", "-1", *_STEADY, "-movflags", "+faststart", "-f", "mp4", target,
        ],
        timeout=_MOST_SECONDS,
        seconds=item.file.seconds,
        progress=lambda share: bench.alive(0.3),
    )  # fmt: skip


def _sound(item: _Item, target: Path, bench: Bench) -> None:
    run_ffmpeg(
        [
            "-y", "-i", item.source, "-map", "0:a:0", "-c:a", "libmp3lame", "-b:a", f"{_SOUND_STEPS[item.step]}k",
            "-ac", "1", "-ar", "24000", "-map_metadata", "-1", *_STEADY, "-f", "mp3", target,
        ],
        timeout=_MOST_SECONDS,
        seconds=item.file.seconds,
        progress=lambda share: bench.alive(0.3),
    )  # fmt: skip


_STEADY: Final = ("-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact")
