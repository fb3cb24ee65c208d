"""A clip cut for a channel beside one hand-written ffmpeg command with the same filtergraph and loudnorm."""

from __future__ import annotations

import time
from pathlib import Path

from media.renditions.captions import Cue
from media.renditions.encoder import ffmpeg_path
from media.renditions.probing import probe
from media.renditions.recipes import ClipRecipe
from media.renditions.recut_plan import Fit, source_graph
from media.renditions.recutting import Recut, recut
from media.renditions.sound import RATE, levelling, loudness_of


def ours(source: Path, recipe: ClipRecipe, folder: Path) -> float:
    """Return the seconds that cutting `source` takes us, pieces, loudness and joining included."""
    folder.mkdir()
    begun = time.perf_counter()
    recut(
        source,
        Recut(recipe, captions=(Cue(1, 3, ("Mời bà con",)),)),
        folder,
        folder / "ours.mp4",
        timeout=1800,
        memory=6 * 10**9,
    )
    return time.perf_counter() - begun


def by_hand(source: Path, recipe: ClipRecipe, folder: Path) -> list[str]:
    """Return the command a person would write: no progress, no limits, no pieces."""
    found = probe(source)
    graph = source_graph(recipe, found.width, found.height, Fit.WHOLE, (0.5, 0.5), ())
    level = levelling(loudness_of(source))
    return [
        ffmpeg_path(), "-hide_banner", "-nostdin", "-v", "error", "-y", "-i", str(source), "-filter_complex_threads", "2",
        "-filter_complex", f"{graph};[0:a:0]{level}[audio]", "-map", "[video]", "-map", "[audio]", "-c:v", "libx264",
        "-preset", recipe.preset, "-crf", str(recipe.crf), "-g", str(recipe.fps * 2), "-bf", "2", "-threads", "2", "-t",
        f"{found.duration:.3f}", "-c:a", "aac", "-b:a", "128k", "-ar", str(RATE), "-movflags", "+faststart", str(folder / "hand.mp4"),
    ]  # fmt: skip
