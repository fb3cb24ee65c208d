"""`python -m benchmarks.parts.six_cuts PHOTO`: six renditions of a photograph in a process that does nothing else."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from media.renditions.cutting_together import cut_together
from media.renditions.recipes import CUTS

SIX = ("portal_link", "portal_square", "portal_story", "portal_small", "portal_webp", "portal_avif")


def megabytes() -> int:
    """Return this process's peak memory."""
    status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmHWM:"))


def main(photo: Path) -> None:
    """Cut the six and print seconds on the clock, seconds of processor, peak megabytes."""
    begun = time.perf_counter()
    made = cut_together(photo, [(CUTS[key], photo.with_name(f"cut-{key}")) for key in SIX])
    print(time.perf_counter() - begun, time.process_time(), megabytes())
    for refused in (cut for cut in made if isinstance(cut, Exception)):
        raise refused


if __name__ == "__main__":
    main(Path(sys.argv[1]))
