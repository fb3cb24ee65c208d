"""Reads the letters in a picture with the `tesseract` program, where the house has it; without it a picture has none.

The program is not part of the installation (Apache-2.0, packaged by every system; `LANTOA_TESSERACT` names it or, empty,
switches it off). It gets a grey picture that Pillow drew again, over its stdin: never the stranger's file, no shell, no
secrets in its environment, and limits of time and memory."""

from __future__ import annotations

import io
import logging
import os
import resource
import shutil
import subprocess
from functools import lru_cache
from typing import Final

from django.conf import settings
from PIL import Image

_log = logging.getLogger(__name__)

#: Points of the longer side at which a picture is read: the number on a card held up in a photo is still legible.
LONGEST_SIDE: Final = 2000
#: Seconds one picture may take; the person who uploads it waits for that long at most.
SECONDS: Final = 8.0
#: Address space one run may take, in bytes: both languages need about a third of it.
MEMORY: Final = 1_000_000_000
_MOST_CHARACTERS: Final = 50_000
_WANTED: Final = ("vie", "eng")


def words_in(grey: Image.Image) -> str:
    """Return what stands written in a picture of mode "L", line by line, as the program reads it.

    Empty where the program is missing, fails, or takes longer than SECONDS: reading is a help, no gate."""
    program = _program()
    if program is None:
        return ""
    smaller = grey.copy()
    smaller.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    handed = io.BytesIO()
    smaller.save(handed, "PPM")
    # 11: text scattered over a picture, in no order (a card lies anywhere in a photo).
    order = [program, "stdin", "stdout", "-l", _languages(program), "--psm", "11"]
    return _answer(order, handed.getvalue(), SECONDS)[:_MOST_CHARACTERS]


def _program() -> str | None:
    return shutil.which(settings.TESSERACT) if settings.TESSERACT else None


@lru_cache(maxsize=4)
def _languages(program: str) -> str:
    """Return the languages to read in: Vietnamese and English as far as they are installed."""
    there = _answer([program, "--list-langs"], b"", SECONDS).split()
    return "+".join(language for language in _WANTED if language in there) or "eng"


def _answer(order: list[str], handed: bytes, seconds: float) -> str:
    # One thread: a picture must not take the processor from everybody else's pages.
    environment = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "OMP_THREAD_LIMIT": "1"}
    if "TESSDATA_PREFIX" in os.environ:
        environment["TESSDATA_PREFIX"] = os.environ["TESSDATA_PREFIX"]
    try:
        process = subprocess.Popen(  # noqa: S603 (a program the settings name, our own arguments, no shell)
            order, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
        )
    except OSError as error:
        _log.warning("the program that reads pictures did not start: %s", error)
        return ""
    with process:
        _limit(process.pid)
        try:
            said, _nothing = process.communicate(handed, timeout=seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            _log.warning("a picture was not read within %s s", seconds)
            return ""
    if process.returncode:
        _log.warning("the program that reads pictures ended with %s", process.returncode)
        return ""
    return said.decode("utf-8", errors="replace")


def _limit(pid: int) -> None:
    try:
        resource.prlimit(pid, resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (ProcessLookupError, PermissionError, ValueError, AttributeError):
        # Gone already, or a system without this limit: the time limit still holds.
        return
