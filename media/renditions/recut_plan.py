"""How an uploaded clip becomes a clip for a channel: pieces, and the ffmpeg filtergraph of each. Pure data and text.

A clip is cut piece by piece (opening card, at most a minute of the source each, end card), so that a stopped or killed
job goes on after its last finished piece. Every piece has a whole number of frames: the sound, made in one run over
the whole, stays in step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from .plan import Overlay
from .recipes import ClipRecipe

#: Seconds of the source in one piece; of the opening and of the end card.
PIECE_SECONDS = 60
CARD_SECONDS = 2.6
_FADE_FRAMES = 8
#: Shapes that differ less than this are the same: no ground shows beside the picture.
_SAME_SHAPE = 0.01


class Fit(StrEnum):
    """How a picture comes into another shape: whole on a blurred ground, or filling it, cut around the focal point."""

    WHOLE = "tron"
    FILL = "cat"


class PieceKind(StrEnum):
    INTRO = "mo-dau"
    SOURCE = "noi-dung"
    END = "ket"


@dataclass(frozen=True, slots=True)
class Piece:
    """`frames` frames of a card, or of the source from `start` seconds on."""

    kind: PieceKind
    start: float
    frames: int


def pieces(seconds: float, fps: int, *, intro: bool, end: bool) -> tuple[Piece, ...]:
    """Return the pieces of a clip of `seconds`, in order. Raises ValueError for a clip without a single frame."""
    whole = round(seconds * fps)
    if whole < 1:
        raise ValueError("a clip needs at least one frame")
    card = round(CARD_SECONDS * fps)
    found = [Piece(PieceKind.INTRO, 0.0, card)] if intro else []
    step = PIECE_SECONDS * fps
    found += [
        Piece(PieceKind.SOURCE, first / fps, min(step, whole - first)) for first in range(0, whole, step)
    ]
    if end:
        found.append(Piece(PieceKind.END, 0.0, card))
    return tuple(found)


def source_graph(
    recipe: ClipRecipe,
    width: int,
    height: int,
    fit: Fit,
    focal: tuple[float, float],
    overlays: Sequence[Overlay],
) -> str:
    """Return the graph from input 0 (the source, `width` × `height`) and the overlays' inputs to the pad [video]."""
    wide, high = recipe.width, recipe.height
    size = f"{wide}:{high}"
    if abs(width / height / recipe.ratio - 1) <= _SAME_SHAPE:
        chains = [f"[0:v]scale={size}[fitted]"]
    elif fit is Fit.FILL:
        x = f"clip(iw*{focal[0]:.4f}-ow/2,0,iw-ow)"
        y = f"clip(ih*{focal[1]:.4f}-oh/2,0,ih-oh)"
        chains = [
            f"[0:v]scale={size}:force_original_aspect_ratio=increase:force_divisible_by=2,"
            f"crop={size}:x='{x}':y='{y}'[fitted]"
        ]  # fmt: skip
    else:
        near, far = wide // 8 // 2 * 2, high // 8 // 2 * 2
        small, radius = f"{near}:{far}", max(1, min(6, min(near, far) // 4 - 1))
        chains = [
            "[0:v]split[near][far]",
            f"[far]scale={small}:force_original_aspect_ratio=increase,crop={small},boxblur={radius}:2,"
            f"eq=brightness=-0.15,scale={size}:flags=bilinear[ground]",
            f"[near]scale={size}:force_original_aspect_ratio=decrease:force_divisible_by=2[whole]",
            "[ground][whole]overlay=x=(W-w)/2:y=(H-h)/2:format=yuv420[fitted]",
        ]
    # What the source lacks at its end is its last frame: the piece has the frames it was promised.
    chains.append(f"[fitted]fps={recipe.fps},setsar=1,tpad=stop_mode=clone:stop_duration=4[p0]")
    return _over(chains, overlays)


def card_graph(recipe: ClipRecipe, frames: int) -> str:
    """Return the graph that shows input 0, a picture, for `frames` frames, fading in and out."""
    out = max(0, frames - _FADE_FRAMES)
    return (
        f"[0:v]loop=loop={frames}:size=1:start=0,setpts=N/{recipe.fps}/TB,fps={recipe.fps},"
        f"fade=t=in:s=0:n={_FADE_FRAMES},fade=t=out:s={out}:n={_FADE_FRAMES},setsar=1,format=yuv420p[video]"
    )


def _over(chains: list[str], overlays: Sequence[Overlay]) -> str:
    pad = "p0"
    for number, overlay in enumerate(overlays, 1):
        chains.append(
            f"[{pad}][{overlay.source}:v]overlay=x={overlay.x}:y={overlay.y}:format=yuv420:"
            f"enable='gte(t,{overlay.start:.3f})*lt(t,{overlay.end:.3f})'[p{number}]"
        )
        pad = f"p{number}"
    chains.append(f"[{pad}]format=yuv420p[video]")
    return ";".join(chains)


def sound_graph(levelled: str | None, before: float, seconds: float) -> str:
    """Return the graph from the sound of input 0 (`levelled`: its levelling filter; None: there is no sound) to the pad
    [audio]: `before` seconds of silence, the sound, silence until `seconds`."""
    if levelled is None:
        return f"anullsrc=r=48000:cl=stereo,atrim=end={seconds:.3f}[audio]"
    return (
        f"[0:a:0]aformat=channel_layouts=stereo,{levelled},asetpts=N/SR/TB,adelay={round(before * 1000)}:all=1,"
        f"apad=whole_dur={seconds:.3f},atrim=end={seconds:.3f}[audio]"
    )
