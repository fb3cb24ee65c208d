"""Carries out one order on files of this machine, within the offer's limits of time and memory."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from media.library import marking, recording_marks
from media.renditions.encoder import run_ffmpeg
from media.renditions.errors import EncodingFailed, EncodingTimedOut, RenditionError
from media.renditions.offers import LEVELLED, POSTER_FRAME, SHEET, WAVE
from media.renditions.orders import MACHINE_LABEL, Order
from media.renditions.overviews import contact_sheet, waveform
from media.renditions.recipes import WIDE, ClipRecipe
from media.renditions.recut_plan import Fit, source_graph
from media.renditions.recutting import Recut, fitting_card, recut
from media.renditions.sound import RATE, levelling, loudness_of

_ROOT: Final = Path(__file__).resolve().parents[2]
_ENDINGS: Final = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "image/avif": ".avif",
    "video/mp4": ".mp4",
    "audio/mpeg": ".mp3",
}
Progress = Callable[[float], None]


def ending_of(media_type: str) -> str:
    return _ENDINGS[media_type]


def carry_out(
    order: Order, source: Path, logo: Path | None, folder: Path, target: Path, alive: Progress
) -> str:
    """Write what `order` asks for to `target`, cut from the file `source`; return its media type.

    `folder` keeps pieces between tries. `alive` hears shares from 0 to 1; an exception it raises stops the work.
    Raises RenditionError with a sentence."""
    offer = order.offer
    if isinstance(offer.recipe, ClipRecipe):
        return _clip(order, offer.recipe, source, logo, folder, target, alive)
    if offer.key == POSTER_FRAME:
        return _frame(order, source, target)
    if offer.key == SHEET:
        contact_sheet(source, order.source.seconds or 0, target)
        return "image/jpeg"
    if offer.key == WAVE:
        waveform(source, order.source.seconds or 0, target)
        return "image/png"
    if offer.key == LEVELLED:
        return _levelled(order, source, target, alive)
    return _still(order, source, target)


def carry_out_together(orders: Sequence[tuple[Order, Path]], source: Path) -> list[str | RenditionError]:
    """Write several cuts of the one picture `source`, each to its target; return for each its media type or why there is
    none. Raises RenditionError with a sentence when the picture itself cannot be read."""
    first = orders[0][0]
    cuts = [{"recipe": order.offer.key, "target": str(target)} for order, target in orders]
    answer = _fenced(first, {"source": str(source), "target": "", "cuts": cuts})
    return [
        RenditionError(cut["refused"]) if "refused" in cut else str(cut["media_type"])
        for cut in answer["cuts"]
    ]


def _still(order: Order, source: Path, target: Path) -> str:
    answer = _fenced(
        order,
        {
            "source": str(source),
            "target": str(target),
            "recipe": order.offer.key,
            "sheet": asdict(order.sheet) if order.sheet is not None else None,
        },
    )
    if order.machine_made and order.sheet is not None:
        target.write_bytes(marking.marked(target.read_bytes()))
    return str(answer["media_type"])


def _fenced(order: Order, wanted: dict[str, Any]) -> dict[str, Any]:
    """Let the process that fears what strangers uploaded do it, within the offer's limits."""
    offer = order.offer
    wanted |= {
        "focal": order.focal,
        "mark": marking.PACKET.decode() if order.machine_made else "",
        "seconds": offer.seconds,
        "memory": offer.memory,
    }
    late = f"Cắt hình quá {offer.seconds} giây nên đã dừng. Vui lòng thu nhỏ hình rồi tải lên lại."
    command = [sys.executable, "-m", "media.renditions.fenced"]
    environment = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(_ROOT), "PATH": ""}
    try:
        done = subprocess.run(  # noqa: S603 (our own program)
            command, input=json.dumps(wanted), capture_output=True, text=True, timeout=offer.seconds, check=False,
            cwd=_ROOT, env=environment,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise EncodingTimedOut(late) from None
    if done.returncode:
        raise EncodingFailed("Không cắt được hình trong giới hạn thời gian và bộ nhớ.", done.stderr[-2000:])
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise RenditionError(answer["refused"])
    return dict(answer)


def _clip(
    order: Order,
    recipe: ClipRecipe,
    source: Path,
    logo: Path | None,
    folder: Path,
    target: Path,
    alive: Progress,
) -> str:
    assert order.wishes is not None
    wanted = Recut(
        recipe,
        fit=order.wishes.fit,
        focal=order.focal,
        captions=order.burnt,
        logo=logo,
        intro=fitting_card(order.intro, recipe) if order.intro is not None else None,
        end=fitting_card(order.end, recipe) if order.end is not None else None,
        label=MACHINE_LABEL if order.machine_made else "",
        comment=recording_marks.COMMENT if order.machine_made else "",
    )
    limit = order.offer.limit(order.source.seconds)
    recut(source, wanted, folder, target, progress=alive, timeout=limit, memory=order.offer.memory)
    return "video/mp4"


def _frame(order: Order, source: Path, target: Path) -> str:
    """A frame a little after the beginning, whole on a blurred ground where its shape is another."""
    recipe = ClipRecipe("", "", WIDE.width, WIDE.height)
    size = (order.source.width or recipe.width, order.source.height or recipe.height)
    graph = source_graph(recipe, *size, Fit.WHOLE, order.focal, ())
    start = min(1.0, (order.source.seconds or 0) / 2)
    _whole(
        ["-ss", f"{start:.2f}", "-i", source, "-filter_complex", graph, "-map", "[video]", "-frames:v", "1",
         "-q:v", "3", "-f", "image2", "-update", "1", "-c:v", "mjpeg"],
        order, target,
    )  # fmt: skip
    if order.machine_made:
        target.write_bytes(marking.marked(target.read_bytes()))
    return "image/jpeg"


def _levelled(order: Order, source: Path, target: Path, alive: Progress) -> str:
    measured = loudness_of(source, timeout=order.offer.limit(order.source.seconds))
    alive(0.3)
    arguments: list[str | Path] = [
        "-i", source, "-vn", "-map", "0:a:0", "-af", levelling(measured), "-ar", str(RATE), "-ac", "2", "-c:a", "libmp3lame",
        "-b:a", "128k", "-write_xing", "1", "-id3v2_version", "3",
    ]  # fmt: skip
    tail = ["-metadata", f"comment={recording_marks.COMMENT}"] if order.machine_made else []
    _whole([*arguments, *tail, "-f", "mp3"], order, target, lambda share: alive(0.3 + 0.7 * share))
    return "audio/mpeg"


def _whole(arguments: list[str | Path], order: Order, target: Path, alive: Progress | None = None) -> None:
    steady = ["-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact"]
    at = arguments.index("-f")
    run_ffmpeg(
        ["-y", "-protocol_whitelist", "file", *arguments[:at], *steady, *arguments[at:], target],
        timeout=order.offer.limit(order.source.seconds),
        seconds=order.source.seconds,
        progress=alive,
        memory=order.offer.memory,
    )
    if not target.exists() or not target.stat().st_size:
        raise EncodingFailed("Không tạo được tệp. Vui lòng thử lại sau.")
