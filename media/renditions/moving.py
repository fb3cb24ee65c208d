"""Makes clips: scenes painted by Pillow and composed with moviepy, played and encoded by ffmpeg's
filtergraph.
"""

import hashlib
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from .captions import Cue, cues_for, write_captions
from .encoder import Progress, run_ffmpeg
from .errors import EncodingFailed, IncompleteContent
from .plan import CROSSFADE, LayerPlan, Overlay, ScenePlan, filtergraph, starts, total
from .recipes import ClipRecipe
from .scenery import Layer, Scenery, paint_caption, paint_label, paint_scene
from .scenes import Scene
from .sound import MACHINE_VOICE, RATE, lay_out, levelling, loudness_of, mix, read_samples, speak, write_wave

if TYPE_CHECKING:
    from moviepy.video.compositing.CompositeVideoClip import CompositeVideoClip

MOST_SCENES = 12
MOST_SECONDS = 180.0
#: A voice shall have ended this long before the next scene comes.
_BREATH = 0.7


@dataclass(frozen=True, slots=True)
class Clip:
    """A finished clip. `captions` are the paths of the .srt and .vtt files, if they were asked for."""

    path: Path
    width: int
    height: int
    duration: float
    size_bytes: int
    sha256: str
    cues: tuple[Cue, ...]
    captions: tuple[Path, ...]
    machine_voice: bool


@dataclass(frozen=True, slots=True)
class Narration:
    """A voice for a whole clip and the scenes, lengthened where the voice needed more time."""

    path: Path
    scenes: tuple[Scene, ...]
    label: str = MACHINE_VOICE


@dataclass(frozen=True, slots=True)
class Job:
    """One ffmpeg run: inputs, graph and encoder settings without program name and output path."""

    arguments: tuple[str, ...]
    seconds: float


def clip_cues(scenes: Sequence[Scene]) -> tuple[Cue, ...]:
    """The captions of all scenes on the clip's timeline; a caption never reaches into a crossfade's second
    half.
    """
    begun = starts([scene.seconds for scene in scenes])
    cues: list[Cue] = []
    for i, (scene, start) in enumerate(zip(scenes, begun, strict=True)):
        first = start + (0.3 if i == 0 else CROSSFADE / 2)
        last = start + scene.seconds - (0.3 if i == len(scenes) - 1 else CROSSFADE / 2)
        cues += cues_for(scene.caption, first, last)
    return tuple(cues)


def narrate(scenes: Sequence[Scene], target: Path, *, voice: str = "vi") -> Narration:
    """Lets the machine voice read every scene into one WAV file.

    Raises EncodingFailed when no voice is installed (ask `sound.can_speak` first).
    """
    with tempfile.TemporaryDirectory(prefix="giong-", dir=target.parent) as folder:
        spoken: list[tuple[Path, float] | None] = []
        for i, scene in enumerate(scenes):
            piece = Path(folder) / f"{i:02d}.wav"
            spoken.append((piece, speak(scene.spoken, piece, voice=voice)) if scene.spoken else None)
        fitted = tuple(
            scene
            if said is None
            else replace(scene, seconds=max(scene.seconds, round(said[1] + 2 * _BREATH, 2)))
            for scene, said in zip(scenes, spoken, strict=True)
        )
        lengths = [scene.seconds for scene in fitted]
        begun = starts(lengths)
        pieces = [(start + _BREATH * 0.7, said[0]) for start, said in zip(begun, spoken, strict=True) if said]
        part = target.with_name(f".{target.name}.part.wav")
        try:
            lay_out(pieces, total(lengths), part)
            os.replace(part, target)
        finally:
            part.unlink(missing_ok=True)
    return Narration(target, fitted)


def make_clip(
    scenes: Sequence[Scene],
    recipe: ClipRecipe,
    target: Path,
    *,
    captions: Path | None = None,
    narration: Path | None = None,
    machine_voice: bool = False,
    progress: Progress | None = None,
    timeout: float = 300.0,
) -> Clip:
    """Writes an MP4 (H.264 yuv420p, AAC, index in front) of the scenes with burnt-in captions.

    `captions` is where the caption files go (its suffix is replaced by .srt and .vtt). `narration` is a
    sound file laid under the whole clip; `machine_voice` adds the lasting label “Giọng đọc máy” and says
    so in the file. `progress` hears shares from 0 to 1; an exception it raises cancels the job. `target`
    appears complete or not at all. Raises TextDoesNotFit, IncompleteContent, EncodingFailed,
    EncodingTimedOut.
    """
    _require_sound_plan(scenes)
    tell = progress or (lambda share: None)
    cues = clip_cues(scenes)
    partial = target.with_name(f".{target.stem}.part.mp4")
    try:
        with tempfile.TemporaryDirectory(prefix="canh-", dir=target.parent) as folder:
            job = prepare(scenes, recipe, Path(folder), narration=narration, machine_voice=machine_voice)
            tell(0.1)
            run_ffmpeg(
                ["-y", *job.arguments, partial],
                timeout=timeout,
                seconds=job.seconds,
                progress=lambda share: tell(0.1 + 0.88 * share),
            )
        if not partial.exists() or partial.stat().st_size == 0:
            raise EncodingFailed("Không tạo được video. Vui lòng thử lại sau.")
        digest = hashlib.sha256()
        with partial.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
        written = write_captions(cues, captions) if captions else ()
        os.replace(partial, target)
    finally:
        partial.unlink(missing_ok=True)
    tell(1.0)
    return Clip(
        target,
        recipe.width,
        recipe.height,
        job.seconds,
        target.stat().st_size,
        digest.hexdigest(),
        cues,
        written,
        machine_voice,
    )


def _require_sound_plan(scenes: Sequence[Scene]) -> None:
    if not 1 <= len(scenes) <= MOST_SCENES:
        raise IncompleteContent(f"Video cần từ 1 đến {MOST_SCENES} cảnh, hiện có {len(scenes)}.")
    if min(scene.seconds for scene in scenes) <= 2 * CROSSFADE:
        raise IncompleteContent(f"Mỗi cảnh cần dài hơn {2 * CROSSFADE:g} giây.")
    seconds = total([scene.seconds for scene in scenes])
    if seconds > MOST_SECONDS:
        raise IncompleteContent(f"Video dài {seconds:.0f} giây, vượt mức {MOST_SECONDS:.0f} giây.")


def prepare(
    scenes: Sequence[Scene],
    recipe: ClipRecipe,
    folder: Path,
    *,
    narration: Path | None = None,
    machine_voice: bool = False,
) -> Job:
    """Paints every picture and mixes the sound into `folder`, and says how ffmpeg shall play them."""
    lengths = [scene.seconds for scene in scenes]
    seconds = total(lengths)
    inputs: list[str] = []

    def add(picture: Image.Image) -> int:
        path = folder / f"{len(inputs):03d}.png"
        # Read once by ffmpeg right away: small files are not worth the time to squeeze them.
        picture.save(path, "PNG", compress_level=1)
        inputs.append(str(path))
        return len(inputs) - 1

    plans: list[ScenePlan] = []
    for scene in scenes:
        scenery = paint_scene(scene, recipe)
        ground = add(scenery.ground)
        layers = tuple(LayerPlan(add(la.picture), la.x, la.y, la.entrance, la.delay) for la in scenery.layers)
        plans.append(ScenePlan(ground, layers, scene.seconds))
    overlays: list[Overlay] = []
    for cue in clip_cues(scenes):
        layer = paint_caption(cue, recipe)
        overlays.append(Overlay(add(layer.picture), layer.x, layer.y, cue.start, cue.end))
    if machine_voice:
        layer = paint_label("Giọng đọc máy", recipe)
        overlays.append(Overlay(add(layer.picture), layer.x, layer.y, 0.0, seconds + 1))

    sound = folder / "sound.wav"
    write_wave(mix(seconds, starts(lengths), read_samples(narration) if narration else None), sound)
    level = levelling(loudness_of(sound))

    arguments: list[str] = ["-filter_complex_threads", "2"]
    for path in inputs:
        arguments += [
            "-framerate",
            str(recipe.fps),
            "-f",
            "image2",
            "-threads",
            "1",
            "-c:v",
            "png",
            "-i",
            path,
        ]
    arguments += ["-i", str(sound)]
    graph = filtergraph(recipe, plans, overlays) + f";[{len(inputs)}:a]{level}[audio]"
    arguments += ["-filter_complex", graph, "-map", "[video]", "-map", "[audio]", "-t", f"{seconds:.3f}"]
    arguments += encoding(recipe)
    if machine_voice:
        arguments += ["-metadata", f"comment=Giọng đọc: {MACHINE_VOICE}"]
    return Job(tuple(arguments), seconds)


def encoding(recipe: ClipRecipe) -> list[str]:
    """x264 and AAC settings; a fixed number of threads and no dates, so the same input gives the same
    bytes.
    """
    return [
        *("-r", str(recipe.fps), "-c:v", "libx264", "-preset", recipe.preset, "-crf", str(recipe.crf)),
        *("-pix_fmt", "yuv420p", "-g", str(recipe.fps * 2), "-threads", "2", "-tune", "stillimage"),
        *("-c:a", "aac", "-b:a", "128k", "-ar", str(RATE), "-ac", "2"),
        *("-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact"),
        *("-movflags", "+faststart", "-f", "mp4"),
    ]


def staged(scenes: Sequence[Scene], recipe: ClipRecipe) -> "CompositeVideoClip":
    """The whole clip as a moviepy composition, captions included."""
    from .staging import stage  # moviepy: 60 MB that making a whole clip does not need

    sceneries: list[Scenery] = [paint_scene(scene, recipe) for scene in scenes]
    captions: list[tuple[float, float, Layer]] = [
        (cue.start, cue.end, paint_caption(cue, recipe)) for cue in clip_cues(scenes)
    ]
    return stage(sceneries, [scene.seconds for scene in scenes], recipe, captions)


def draw_poster(scenes: Sequence[Scene], recipe: ClipRecipe, target: Path, at: float = 1.5) -> Path:
    """Writes the frame at a moment as JPEG: the picture shown before the clip plays. Captions are left
    out.
    """
    from .staging import poster

    bare = [replace(scene, caption="", spoken="") for scene in scenes]
    return _write_picture(poster(staged(bare, recipe), at), target)


def draw_contact_sheet(scenes: Sequence[Scene], recipe: ClipRecipe, target: Path, columns: int = 3) -> Path:
    """Writes one small frame per scene as JPEG."""
    from .staging import contact_sheet

    lengths = [scene.seconds for scene in scenes]
    moments = [start + length * 0.6 for start, length in zip(starts(lengths), lengths, strict=True)]
    return _write_picture(contact_sheet(staged(scenes, recipe), moments, columns, 426), target)


def _write_picture(picture: Image.Image, target: Path) -> Path:
    partial = target.with_name(f".{target.name}.part")
    try:
        picture.save(partial, "JPEG", quality=88)
        os.replace(partial, target)
    finally:
        partial.unlink(missing_ok=True)
    return target
