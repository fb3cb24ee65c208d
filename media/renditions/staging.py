"""The clip as a moviepy composition: single frames for posters and contact sheets, and the slow way for
comparison.

The same scenery is played by ffmpeg (`plan.filtergraph`) when a whole clip is made; here a moment can be
looked at without encoding anything.
"""

from collections.abc import Sequence

import numpy as np
from moviepy.video.compositing.CompositeVideoClip import CompositeVideoClip
from moviepy.video.fx.CrossFadeIn import CrossFadeIn
from moviepy.video.fx.Resize import Resize
from moviepy.video.VideoClip import ImageClip
from PIL import Image

from .plan import CROSSFADE, ENTRANCE, ZOOM, starts
from .recipes import ClipRecipe
from .scenery import BLEED, Layer, Scenery


def stage(
    sceneries: Sequence[Scenery],
    seconds: Sequence[float],
    recipe: ClipRecipe,
    captions: Sequence[tuple[float, float, Layer]],
) -> CompositeVideoClip:
    """All scenes with their layers and captions on moviepy's timeline; `captions` are (start, end,
    picture).
    """
    size = (recipe.width, recipe.height)
    parts = []
    for i, (scenery, length, begin) in enumerate(zip(sceneries, seconds, starts(seconds), strict=True)):
        scene = _scene(scenery, length, size, towards=i % 2 == 0)
        if i:
            scene = scene.with_effects([CrossFadeIn(CROSSFADE)])
        parts.append(scene.with_start(begin))
    for start, end, layer in captions:
        parts.append(_still(layer).with_start(start).with_duration(end - start))
    return CompositeVideoClip(parts, size=size)


def _still(layer: Layer) -> ImageClip:
    return ImageClip(np.asarray(layer.picture), transparent=True).with_position((layer.x, layer.y))


def _scene(scenery: Scenery, seconds: float, size: tuple[int, int], towards: bool) -> CompositeVideoClip:
    def zoom(t: float) -> float:
        share = t / seconds if towards else 1 - t / seconds
        return (1 + ZOOM * share) / BLEED

    ground = ImageClip(np.asarray(scenery.ground)).with_duration(seconds)
    moving = ground.with_effects([Resize(zoom)]).with_position("center")
    layers = [
        _still(layer)
        .with_duration(seconds - layer.delay)
        .with_start(layer.delay)
        .with_effects([CrossFadeIn(ENTRANCE)])
        for layer in scenery.layers
    ]
    return CompositeVideoClip([moving, *layers], size=size).with_duration(seconds)


def poster(composition: CompositeVideoClip, at: float) -> Image.Image:
    """The frame at a moment as a picture."""
    return Image.fromarray(np.asarray(composition.get_frame(at), dtype=np.uint8), "RGB")


def contact_sheet(
    composition: CompositeVideoClip, moments: Sequence[float], columns: int, width: int
) -> Image.Image:
    """Small frames of the moments in rows, on white, for a glance over a whole clip."""
    frames = [poster(composition, moment) for moment in moments]
    high = round(width * frames[0].height / frames[0].width)
    gap = 8
    rows = -(-len(frames) // columns)
    sheet = Image.new("RGB", (columns * (width + gap) + gap, rows * (high + gap) + gap), (255, 255, 255))
    for i, frame in enumerate(frames):
        at = (gap + i % columns * (width + gap), gap + i // columns * (high + gap))
        sheet.paste(frame.resize((width, high), Image.Resampling.LANCZOS), at)
    return sheet
