"""The timeline of a clip and the ffmpeg filtergraph that plays it: pure data and text, nothing is run
here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from .recipes import ClipRecipe

CROSSFADE = 0.5
ZOOM = 0.08
ENTRANCE = 0.55


class Entrance(StrEnum):
    """How a layer comes in: at rest, faded in, rising from below, sliding in from the left or the top."""

    NONE = "none"
    FADE = "fade"
    RISE = "rise"
    LEFT = "left"
    TOP = "top"


@dataclass(frozen=True, slots=True)
class LayerPlan:
    """Input number of a picture, where its upper left corner rests, how and when (seconds into the scene) it
    enters.
    """

    source: int
    x: int
    y: int
    entrance: Entrance = Entrance.NONE
    delay: float = 0.0


@dataclass(frozen=True, slots=True)
class ScenePlan:
    ground: int
    layers: tuple[LayerPlan, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class Overlay:
    """A picture over the finished scenes from `start` to `end` seconds."""

    source: int
    x: int
    y: int
    start: float
    end: float


def starts(seconds: Sequence[float], crossfade: float = CROSSFADE) -> tuple[float, ...]:
    """When each scene begins to appear: every scene overlaps its neighbour by the crossfade."""
    begun: list[float] = []
    at = 0.0
    for length in seconds:
        begun.append(round(at, 3))
        at += length - crossfade
    return tuple(begun)


def total(seconds: Sequence[float], crossfade: float = CROSSFADE) -> float:
    """Length of the whole clip in seconds. Raises ValueError for a scene that is all crossfade."""
    if not seconds or min(seconds) <= 2 * crossfade:
        raise ValueError("every scene must outlast its two crossfades")
    return round(sum(seconds) - crossfade * (len(seconds) - 1), 3)


def filtergraph(recipe: ClipRecipe, scenes: Sequence[ScenePlan], overlays: Sequence[Overlay]) -> str:
    """The video part of the graph; its result is the pad [video]."""
    chains: list[str] = []
    for i, scene in enumerate(scenes):
        chains += _scene_chains(recipe, i, scene)
    lengths = [scene.seconds for scene in scenes]
    begun = starts(lengths)
    pad = "s0"
    for i in range(1, len(scenes)):
        chains.append(f"[{pad}][s{i}]xfade=transition=fade:duration={CROSSFADE}:offset={begun[i]:.3f}[x{i}]")
        pad = f"x{i}"
    for i, overlay in enumerate(overlays):
        chains.append(
            f"[{pad}][{overlay.source}:v]overlay=x={overlay.x}:y={overlay.y}:format=yuv420:"
            f"enable='gte(t,{overlay.start:.3f})*lt(t,{overlay.end:.3f})'[c{i}]"
        )
        pad = f"c{i}"
    chains.append(f"[{pad}]format=yuv420p[video]")
    return ";".join(chains)


def _scene_chains(recipe: ClipRecipe, i: int, scene: ScenePlan) -> list[str]:
    frames = round(scene.seconds * recipe.fps)
    # Even scenes draw near, odd ones draw back, so the crossfade never jumps.
    grow = f"1+{ZOOM}*on/{frames}" if i % 2 == 0 else f"{1 + ZOOM}-{ZOOM}*on/{frames}"
    chains = [
        f"[{scene.ground}:v]zoompan=z='{grow}':x='(iw-iw/zoom)/2':y='(ih-ih/zoom)/2':"
        f"d={frames}:s={recipe.width}x{recipe.height}:fps={recipe.fps},format=yuv420p[g{i}]"
    ]
    pad = f"g{i}"
    for j, layer in enumerate(scene.layers):
        chains.append(_layer_source(recipe, layer, frames, f"l{i}_{j}"))
        x, y = _resting_place(recipe, layer)
        chains.append(
            f"[{pad}][l{i}_{j}]overlay=x='{x}':y='{y}':format=yuv420:eval=frame:eof_action=repeat[o{i}_{j}]"
        )
        pad = f"o{i}_{j}"
    chains.append(f"[{pad}]settb=AVTB,fps={recipe.fps}[s{i}]")
    return chains


def _layer_source(recipe: ClipRecipe, layer: LayerPlan, frames: int, pad: str) -> str:
    if layer.entrance is Entrance.NONE:
        return f"[{layer.source}:v]format=yuva420p[{pad}]"
    # Only the frames of the entrance differ; after the last of them the overlay repeats it by itself.
    moving = min(frames, round((layer.delay + ENTRANCE) * recipe.fps) + 2)
    return (
        f"[{layer.source}:v]format=yuva420p,loop=loop={moving}:size=1:start=0,setpts=N/{recipe.fps}/TB,"
        f"fade=t=in:st={layer.delay:.3f}:d={ENTRANCE}:alpha=1[{pad}]"
    )


def _resting_place(recipe: ClipRecipe, layer: LayerPlan) -> tuple[str, str]:
    """Expressions of t that end at the layer's place; the way is covered with a cubic ease-out."""
    left = f"pow(1-clip((t-{layer.delay:.3f})/{ENTRANCE},0,1),3)"
    x, y = str(layer.x), str(layer.y)
    if layer.entrance is Entrance.RISE:
        y = f"{layer.y}+{round(recipe.height * 0.06)}*{left}"
    elif layer.entrance is Entrance.LEFT:
        x = f"{layer.x}-{round(recipe.width * 0.10)}*{left}"
    elif layer.entrance is Entrance.TOP:
        y = f"{layer.y}-{round(recipe.height * 0.08)}*{left}"
    return x, y
