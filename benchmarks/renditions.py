"""How long pictures and clips take, and what they cost beside a hand-written ffmpeg command.

`python -m benchmarks.renditions` draws every infographic, cuts six renditions of a 6000×4000 photograph and makes a
25-second clip at 1280×720; `--scale 0.01` makes everything small, to see that it runs. Last comes the same clip composed
and encoded by moviepy alone, which takes minutes. At full size a missed promise is an error.

The hand-written command has the same inputs, the same filtergraph and loudnorm, given to ffmpeg through a shell script;
what differs is our watching: progress, time limit, memory limit.
"""

import argparse
import resource
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from PIL import Image

from benchmarks.parts import recuts
from benchmarks.parts.six_cuts import SIX
from media.renditions.content import Callout, InfographicContent, Step
from media.renditions.encoder import ffmpeg_path, run_ffmpeg
from media.renditions.moving import make_clip, prepare, staged
from media.renditions.recipes import (
    CLIP_SQUARE,
    CLIP_WIDE,
    CUTS,
    STILLS,
    ClipRecipe,
    StillFormat,
)
from media.renditions.scenes import Scene, storyboard
from media.renditions.stills import draw_infographic


def sample() -> InfographicContent:
    """Words as long as real ones, of an invented body."""
    return InfographicContent(
        title="Nộp hồ sơ trực tuyến trên Cổng Dịch vụ công quốc gia",
        kicker="Dịch vụ công trực tuyến",
        lead="Năm bước, làm ngay trên điện thoại",
        steps=(
            Step("Mở dichvucong.gov.vn", "Gõ đúng địa chỉ, không bấm đường dẫn lạ", "globe"),
            Step("Đăng nhập bằng VNeID", "Dùng tài khoản định danh mức 2", "mobile"),
            Step("Tìm thủ tục cần làm", "Gõ tên việc, ví dụ: khai sinh", "magnifier"),
            Step("Điền tờ khai", "Tải ảnh giấy tờ rõ nét, đủ trang", "document"),
            Step("Theo dõi và nhận kết quả", "Xem mã hồ sơ, nhận bản điện tử", "check"),
        ),
        callouts=(Callout("Tổng đài hỗ trợ", "1800 0000"), Callout("Địa chỉ", "dichvucong.gov.vn", "globe")),
        issuer="Trung tâm Phục vụ hành chính công tỉnh Minh Họa",
        issued_on=date(2026, 11, 21),
        verify_address="https://lantoa.vidu.gov.vn/xac-minh/7KQ2MX",
    )


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds on the clock and the largest memory of a child in megabytes."""

    seconds: float
    child_megabytes: float


def _own_megabytes() -> float:
    """Peak memory of this process since it started; `ru_maxrss` would carry the parent's peak over."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _child(command: list[str]) -> Run:
    """Runs a command under a small watcher of its own, so that its peak memory is not mixed with earlier children."""
    watcher = (
        "import resource, subprocess, sys, time; t = time.perf_counter();"
        "subprocess.run(sys.argv[1:], check=True, timeout=1800, stdout=subprocess.DEVNULL);"
        "print(time.perf_counter() - t, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-c", watcher, *command], check=True, capture_output=True, text=True, timeout=1900
    )
    seconds, megabytes = done.stdout.split()
    return Run(float(seconds), float(megabytes))


def _missed(what: str, value: float, most: float) -> list[str]:
    """Return the sentence that a promise is missed; none when it is kept."""
    return [] if value <= most else [f"{what}: {value:.2f}, promised at most {most:g}"]


def draw_all(folder: Path) -> None:
    for recipe in STILLS.values():
        begun = time.perf_counter()
        drawn = draw_infographic(sample(), recipe, folder / f"{recipe.key}.png")
        spent = time.perf_counter() - begun
        print(f"infographic {recipe.key:<10} {spent:6.2f} s  {drawn.size_bytes / 1000:6.0f} kB")


def cut_six(folder: Path, scale: float, rounds: int) -> list[str]:
    """Each run is a process of its own; ours and libvips' take turns, and of each the quickest counts. Return what is
    missed."""
    width, height = max(60, round(6000 * scale**0.5)), max(40, round(4000 * scale**0.5))
    photo = folder / "photo.jpg"
    # Broad shapes with a fine grain over them weigh about what a camera's picture weighs.
    shapes = Image.effect_noise((width // 24, height // 24), 90).resize(
        (width, height), Image.Resampling.BICUBIC
    )
    grain = Image.effect_noise((width, height), 14)
    Image.merge("RGB", (shapes, grain, Image.blend(shapes, grain, 0.3))).save(photo, quality=88)
    ours, theirs, peak = [], [], 0
    for _ in range(rounds):
        command = [sys.executable, "-m", "benchmarks.parts.six_cuts", str(photo)]
        done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=300)
        seconds, processor, megabytes = done.stdout.split()
        ours.append((float(seconds), float(processor)))
        peak = max(peak, int(megabytes))
        if (run := _vips(photo)) is not None:
            theirs.append(run)
    print(
        f"six renditions of {width}×{height} ({photo.stat().st_size / 1e6:.1f} MB), inspection included: "
        f"{min(ours)[0]:.2f} s, {min(ours)[1]:.2f} s of processor, peak {peak} MB (promised at most 110)"
    )
    missed = _missed("six pictures, peak MB", peak, 110)
    if theirs:
        best = min(theirs, key=lambda run: run.seconds)
        ratio = min(ours)[0] / best.seconds
        print(
            f"the same six by libvips: {best.seconds:.2f} s, peak {best.child_megabytes:.0f} MB; "
            f"ratio: time {ratio:.2f} (promised at most 0.8)"
        )
        missed += _missed("six pictures, time of libvips", ratio, 0.8)
    return missed


def _vips(photo: Path) -> Run | None:
    """The same six by libvips (`vips thumbnail`, one process each, as a shell script would), where it is installed."""
    vips = shutil.which("vips")
    if vips is None:
        print("libvips is not installed: no comparison")
        return None
    run = Run(0.0, 0.0)
    for key in SIX:
        recipe = CUTS[key]
        file_format = recipe.formats[0]
        target = f"{photo.with_name(f'vips-{key}')}{file_format.suffix}[Q={recipe.quality}{_VIPS_OPTIONS[file_format]}]"
        command = [vips, "thumbnail", str(photo), target, str(recipe.width), "--height", str(recipe.height)]
        try:
            one = _child([*command, *(["--crop", "centre"] if recipe.crop else ["--size", "down"])])
        except subprocess.CalledProcessError:
            print(f"this libvips cannot write {file_format}: no comparison")
            return None
        run = Run(run.seconds + one.seconds, max(run.child_megabytes, one.child_megabytes))
    return run


#: What comes nearest to how ours are encoded.
_VIPS_OPTIONS = {
    StillFormat.JPEG: ",optimize_coding,interlace,strip",
    StillFormat.WEBP: ",effort=3,strip",
    StillFormat.AVIF: ",effort=1,strip",
    StillFormat.PNG: ",strip",
}


def clip_beside_ffmpeg(
    folder: Path, scenes: tuple[Scene, ...], recipe: ClipRecipe, rounds: int
) -> tuple[Path, list[str]]:
    """Return the clip and what is missed."""
    begun = time.perf_counter()
    made = make_clip(scenes, recipe, folder / "whole.mp4", captions=folder / "whole.srt")
    whole, own = time.perf_counter() - begun, _own_megabytes()
    print(
        f"clip {made.duration:g} s at {recipe.width}×{recipe.height}: {whole:.2f} s in all "
        f"(pictures, sound, encoding), {made.size_bytes / 1e6:.2f} MB, our process peak {own:.0f} MB (promised at most 150)"
    )
    job = prepare(scenes, recipe, folder)
    script = folder / "by-hand.sh"
    by_hand = [
        ffmpeg_path(), "-hide_banner", "-nostdin", "-v", "error", "-y", *job.arguments, str(folder / "hand.mp4"),
    ]  # fmt: skip
    script.write_text("exec " + shlex.join(by_hand) + "\n", encoding="utf-8")
    ours, theirs = [], []
    # They take turns, and of each the quickest counts: what else the machine does hits both.
    for _ in range(rounds):
        begun = time.perf_counter()
        run_ffmpeg(
            ["-y", *job.arguments, folder / "ours.mp4"],
            timeout=1800,
            seconds=job.seconds,
            progress=lambda s: None,
        )
        ours.append(time.perf_counter() - begun)
        theirs.append(_child(["sh", str(script)]))
    hand = min(theirs, key=lambda run: run.seconds)
    watched = _child(
        [sys.executable, "-c", _WATCHED, *map(str, ["-y", *job.arguments, folder / "watched.mp4"])]
    )
    same = (folder / "hand.mp4").read_bytes() == (folder / "ours.mp4").read_bytes()
    print(f"encoding, ours:         {min(ours):6.2f} s  ffmpeg peak {watched.child_megabytes:.0f} MB")
    print(f"encoding, hand-written: {hand.seconds:6.2f} s  ffmpeg peak {hand.child_megabytes:.0f} MB")
    time_ratio, memory_ratio = (
        min(ours) / hand.seconds,
        watched.child_megabytes / hand.child_megabytes,
    )
    print(
        f"ratio: time {time_ratio:.2f} (promised at most 1.15), memory {memory_ratio:.2f} (promised at most 1.05); "
        f"{'same bytes' if same else 'different bytes'}"
    )
    missed = _missed("clip, time of the hand-written command", time_ratio, 1.15)
    missed += _missed("clip, memory of the hand-written command", memory_ratio, 1.05)
    return made.path, missed + _missed("clip, MB of our own process", own, 150)


def recut_beside_ffmpeg(folder: Path, source: Path, recipe: ClipRecipe, rounds: int) -> None:
    """The same clip cut square for a Page, with what that costs beyond one hand-written command."""
    ours, theirs = [], []
    for number in range(rounds):
        ours.append(recuts.ours(source, recipe, folder / f"recut-{number}"))
        theirs.append(_child(recuts.by_hand(source, recipe, folder)).seconds)
    print(
        f"uploaded clip cut to {recipe.width}×{recipe.height}: ours {min(ours):.2f} s (looking, loudness, pieces, joining), "
        f"hand-written {min(theirs):.2f} s, loudness known; ratio {min(ours) / min(theirs):.2f}"
    )


_WATCHED = (
    "import sys; from media.renditions.encoder import run_ffmpeg;"
    "run_ffmpeg(sys.argv[1:], timeout=1800, seconds=1, progress=lambda share: None)"
)


def clip_by_moviepy(folder: Path, scenes: tuple[Scene, ...], recipe: ClipRecipe) -> None:
    begun = time.perf_counter()
    composition = staged(scenes, recipe)
    composition.write_videofile(
        str(folder / "plain.mp4"), fps=recipe.fps, preset=recipe.preset, threads=2, audio=False, logger=None
    )
    print(f"the same clip by moviepy alone, without sound: {time.perf_counter() - begun:.2f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--scale", type=float, default=1.0, help="1 is the full run, 0.01 a tiny one")
    options = parser.parse_args()
    scenes = storyboard(sample(), 25.0)
    recipe = CLIP_WIDE
    if options.scale < 1:
        side = max(0.125, options.scale**0.5)
        recipe = replace(recipe, width=round(1280 * side / 2) * 2, height=round(720 * side / 2) * 2, fps=10)
        scenes = tuple(replace(scene, seconds=1.2) for scene in scenes[:3])
    with tempfile.TemporaryDirectory(prefix="lantoa-bench-") as name:
        folder = Path(name)
        # In this order the peak of our own process is that of making the clip, not of the large photograph.
        rounds = 3 if options.scale >= 1 else 1
        made, missed = clip_beside_ffmpeg(folder, scenes, recipe, rounds)
        recut_beside_ffmpeg(folder, made, CLIP_SQUARE if options.scale >= 1 else recipe, rounds)
        draw_all(folder)
        missed += cut_six(folder, options.scale, rounds)
        clip_by_moviepy(folder, scenes, recipe)
    if missed and options.scale >= 1:
        print("Không đạt: " + "; ".join(missed))
        raise SystemExit(1)


if __name__ == "__main__":
    main()
