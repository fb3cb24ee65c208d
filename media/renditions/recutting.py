"""Cuts an uploaded clip for a channel: another shape, logo, burnt-in captions, opening and end card, −16 LUFS.

Cards and overlays are painted by Pillow, frames are ffmpeg's. Finished pieces stay in the job's folder: begun again with
the same folder, a job goes on after the last of them, and the result has the same bytes as if nothing had happened."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image

from .canvas import Canvas
from .captions import Cue
from .cards import card_ground, foot_of, paint_card
from .content import CardContent
from .encoder import run_ffmpeg
from .errors import EncodingFailed, EncodingTimedOut, TextDoesNotFit
from .palette import Tone, palette_for
from .plan import Overlay
from .probing import Probe, demuxer_of, probe
from .recipes import ClipRecipe
from .recut_plan import Fit, Piece, PieceKind, card_graph, pieces, sound_graph, source_graph
from .scenery import paint_caption, paint_label
from .sound import RATE, levelling, loudness_of

#: Shares of the work: looking at the source, the pictures (the sound beside them), joining.
_LOOKED, _PAINTED = 0.02, 0.97
_STEADY = ("-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact")
Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Recut:
    """What is wanted of a clip. `logo` is a picture file; `captions` are burnt in; `label` stands on every frame of the
    source (“Hình hoặc giọng do máy tạo”); `comment` goes into the file."""

    recipe: ClipRecipe
    fit: Fit = Fit.WHOLE
    focal: tuple[float, float] = (0.5, 0.5)
    captions: tuple[Cue, ...] = ()
    logo: Path | None = None
    intro: CardContent | None = None
    end: CardContent | None = None
    label: str = ""
    comment: str = ""


class _Watch:
    """One time limit over several runs of ffmpeg."""

    def __init__(self, seconds: float) -> None:
        self.seconds, self._until = seconds, time.monotonic() + seconds

    def left(self) -> float:
        """Return the seconds that are left. Raises EncodingTimedOut when none are."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise EncodingTimedOut(
                f"Cắt video quá {self.seconds / 60:.0f} phút nên đã dừng. Vui lòng chọn video ngắn hơn."
            )
        return left


def recut(
    source: Path,
    wanted: Recut,
    folder: Path,
    target: Path,
    *,
    progress: Progress | None = None,
    timeout: float,
    memory: int,
) -> float:
    """Write the clip as MP4 to `target`, complete or not at all, and return its length in seconds.

    `folder` keeps finished pieces between tries. `progress` hears shares from 0 to 1; an exception it raises stops the
    work. `timeout` are seconds for everything, `memory` bytes for each ffmpeg. Raises UnreadableClip, TextDoesNotFit,
    UnknownCharacter, EncodingFailed, EncodingTimedOut."""
    tell, watch = progress or (lambda share: None), _Watch(timeout)
    found = probe(source)
    tell(_LOOKED)
    fps = wanted.recipe.fps
    plan = pieces(found.duration, fps, intro=wanted.intro is not None, end=wanted.end is not None)
    frames = sum(piece.frames for piece in plan)
    silence = plan[0].frames / fps if plan[0].kind is PieceKind.INTRO else 0.0
    stopped = threading.Event()
    with ThreadPoolExecutor(1) as beside:
        # The sound takes one core, the pictures the other.
        sound = beside.submit(_sound, source, found, silence, frames / fps, folder, watch, memory, stopped)
        try:
            made = _pictures(source, found, wanted, plan, folder, watch, memory, tell)
            while not sound.done():
                # Whoever stops the job is heard while only the sound is waited for.
                tell(_PAINTED)
                wait([sound], timeout=0.5)
            track = sound.result()
        except BaseException:
            stopped.set()
            raise
    _join(made, track, wanted, target, watch, memory, frames / fps, tell)
    tell(1.0)
    return frames / fps


def _pictures(
    source: Path, found: Probe, wanted: Recut, plan: Sequence[Piece], folder: Path, watch: _Watch, memory: int,
    tell: Progress,
) -> list[Path]:  # fmt: skip
    """Make the pieces that are not there yet; return all of them, in order."""
    painter = _Painter(source, found, wanted, folder)
    frames, fps = sum(piece.frames for piece in plan), wanted.recipe.fps
    made, done = [], 0
    for number, piece in enumerate(plan):
        path = folder / f"{number:04d}.mp4"
        made.append(path)
        if not path.exists():

            def heard(share: float, before: int = done, piece: Piece = piece) -> None:
                tell(_LOOKED + (_PAINTED - _LOOKED) * (before + share * piece.frames) / frames)

            _run_whole(
                [*painter.arguments(piece), *_frames_as(wanted.recipe, piece.frames)],
                path, watch.left(), memory, piece.frames / fps, heard,
            )  # fmt: skip
        done += piece.frames
        tell(_LOOKED + (_PAINTED - _LOOKED) * done / frames)
    return made


def _sound(
    source: Path, found: Probe, silence: float, seconds: float, folder: Path, watch: _Watch, memory: int,
    stopped: threading.Event,
) -> Path:  # fmt: skip
    """Write the whole clip's sound, levelled, if it is not there yet; return its path."""
    path = folder / "tieng.m4a"
    if path.exists():
        return path
    level = levelling(loudness_of(source, timeout=watch.left())) if found.audio_codec is not None else None

    def heard(share: float) -> None:
        if stopped.is_set():
            raise InterruptedError

    arguments: list[str | Path] = [
        "-protocol_whitelist", "file", "-f", demuxer_of(source), "-vn", "-i", source, "-filter_complex",
        sound_graph(level, silence, seconds), "-map", "[audio]", "-c:a", "aac", "-b:a", "128k", "-ar", str(RATE), "-ac", "2",
        "-t", f"{seconds:.3f}", *_STEADY, "-f", "mp4",
    ]  # fmt: skip
    _run_whole(arguments, path, watch.left(), memory, seconds, heard)
    return path


class _Painter:
    """Gives each piece its inputs and its graph; pictures are painted once, into the job's folder."""

    def __init__(self, source: Path, found: Probe, wanted: Recut, folder: Path) -> None:
        self.source, self.found, self.wanted, self.folder = source, found, wanted, folder
        self._painted = 0

    def arguments(self, piece: Piece) -> list[str | Path]:
        recipe = self.wanted.recipe
        if piece.kind is not PieceKind.SOURCE:
            card = self.wanted.intro if piece.kind is PieceKind.INTRO else self.wanted.end
            assert card is not None
            path = self._kept(_card_picture(card, recipe, self.wanted.logo))
            return [*_picture(path), "-filter_complex", card_graph(recipe, piece.frames)]
        seconds = piece.frames / recipe.fps
        pictures, overlays = self._overlays(piece.start, seconds)
        arguments: list[str | Path] = [
            "-protocol_whitelist", "file", "-f", demuxer_of(self.source), "-ss", f"{piece.start:.3f}",
            "-t", f"{seconds + 2:.3f}", "-i", self.source,
        ]  # fmt: skip
        for path in pictures:
            arguments += _picture(path)
        size = (self.found.width, self.found.height)
        graph = source_graph(recipe, *size, self.wanted.fit, self.wanted.focal, overlays)
        return [*arguments, "-filter_complex", graph]

    def _overlays(self, start: float, seconds: float) -> tuple[list[Path], list[Overlay]]:
        recipe, pictures, overlays = self.wanted.recipe, list[Path](), list[Overlay]()

        def lay(picture: Image.Image, x: int, y: int, begin: float, end: float) -> None:
            pictures.append(self._kept(picture))
            overlays.append(Overlay(len(pictures), x, y, begin, end))

        whole = seconds + 1
        if self.wanted.logo is not None:
            edge = round(recipe.width * 0.025)
            lay(
                _logo_picture(self.wanted.logo, round(min(recipe.width, recipe.height) * 0.11)),
                edge,
                edge,
                0.0,
                whole,
            )
        if self.wanted.label:
            layer = paint_label(self.wanted.label, recipe)
            lay(layer.picture, layer.x, layer.y, 0.0, whole)
        for cue in self.wanted.captions:
            if cue.end > start and cue.start < start + seconds and cue.lines:
                layer = paint_caption(cue, recipe)
                lay(layer.picture, layer.x, layer.y, max(0.0, cue.start - start), min(whole, cue.end - start))
        return pictures, overlays

    def _kept(self, picture: Image.Image) -> Path:
        self._painted += 1
        path = self.folder / f"hinh-{self._painted:04d}.png"
        picture.save(path, "PNG", compress_level=1)
        return path


def _card_picture(card: CardContent, recipe: ClipRecipe, logo: Path | None) -> Image.Image:
    colours = palette_for(Tone.GUIDE)
    canvas = card_ground(recipe, colours)
    side = round(min(recipe.width, recipe.height) * 0.13) if logo is not None else 0
    paint_card(canvas, card, recipe, foot=side + round(side * 0.5))
    picture = canvas.image.convert("RGB")
    if logo is not None:
        mark = _logo_picture(logo, side)
        margin = round(side * 0.5)
        picture.paste(mark, (recipe.width - mark.width - margin, recipe.height - mark.height - margin), mark)
    return picture


def _logo_picture(logo: Path, side: int) -> Image.Image:
    """Return the logo on a white tile, so that it can be seen on any ground."""
    with Image.open(logo) as opened:
        mark = opened.convert("RGBA")
    mark.thumbnail((side * 3 // 2, side), Image.Resampling.LANCZOS)
    pad = max(2, side // 10)
    tile = Canvas((mark.width + 2 * pad) // 2 * 2, (mark.height + 2 * pad) // 2 * 2, None)
    tile.rounded((0, 0, *tile.size), pad * 2, (255, 255, 255), 0.92)
    picture = tile.image.convert("RGBA")
    picture.alpha_composite(mark, ((picture.width - mark.width) // 2, (picture.height - mark.height) // 2))
    return picture


def fitting_card(card: CardContent, recipe: ClipRecipe) -> CardContent:
    """Return `card` with its title cut at a word, “…” behind it, where the whole of it has no room."""
    words = card.title.split()
    for count in range(len(words), 3, -1):
        title = card.title if count == len(words) else " ".join(words[:count]).rstrip(",;:.–-") + "…"
        shorter = replace(card, title=title)
        try:
            paint_card(Canvas(recipe.width, recipe.height, None), shorter, recipe, foot=foot_of(recipe))
        except TextDoesNotFit:
            continue
        return shorter
    return card


def _picture(path: Path) -> list[str | Path]:
    return ["-f", "image2", "-framerate", "25", "-threads", "1", "-c:v", "png", "-i", path]


def _frames_as(recipe: ClipRecipe, frames: int) -> list[str]:
    return [
        *("-map", "[video]", "-an", "-frames:v", str(frames), "-r", str(recipe.fps)),
        *("-c:v", "libx264", "-preset", recipe.preset, "-crf", str(recipe.crf), "-pix_fmt", "yuv420p"),
        *("-g", str(recipe.fps * 2), "-bf", "2", "-threads", "2", "-filter_complex_threads", "2"),
        *("-video_track_timescale", str(recipe.fps * 512), *_STEADY, "-f", "mp4"),
    ]


def _join(
    made: Sequence[Path], track: Path, wanted: Recut, target: Path, watch: _Watch, memory: int, seconds: float,
    tell: Progress,
) -> None:  # fmt: skip
    listed = made[0].with_name("pieces.txt")
    listed.write_text("".join(f"file '{path.name}'\n" for path in made), encoding="ascii")
    arguments: list[str | Path] = [
        "-protocol_whitelist", "file", "-f", "concat", "-i", listed, "-protocol_whitelist", "file", "-f", "mov", "-i", track,
        "-map", "0:v", "-map", "1:a", "-c", "copy", "-t", f"{seconds:.3f}", *_STEADY,
    ]  # fmt: skip
    if wanted.comment:
        arguments += ["-metadata", f"comment={wanted.comment}"]
    arguments += ["-movflags", "+faststart", "-f", "mp4"]
    heard = _share_of(tell, _PAINTED, 1.0)
    _run_whole(arguments, target, watch.left(), memory, seconds, heard)


def _share_of(tell: Progress, first: float, last: float) -> Progress:
    return lambda share: tell(first + (last - first) * share)


def _run_whole(
    arguments: Sequence[str | Path],
    target: Path,
    timeout: float,
    memory: int,
    seconds: float,
    progress: Progress,
) -> None:
    """Run ffmpeg into `target`, which appears complete or not at all."""
    partial = target.with_name(f".{target.stem}.part{target.suffix}")
    try:
        run_ffmpeg(
            ["-y", *arguments, partial], timeout=timeout, seconds=seconds, progress=progress, memory=memory
        )
        if not partial.exists() or not partial.stat().st_size:
            raise EncodingFailed("Không tạo được video. Vui lòng thử lại sau.")
        os.replace(partial, target)
    finally:
        partial.unlink(missing_ok=True)
