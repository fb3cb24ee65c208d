"""Captions: who reads what when, written as SubRip (.srt) and WebVTT (.vtt), and read back from them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from .typefaces import clean
from .wrapping import break_lines

#: Two lines of 42 characters are what a viewer reads at a glance; a cue shorter than a second is not read
#: at all.
LINE_LENGTH = 42
MOST_LINES = 2
SHORTEST = 1.0


@dataclass(frozen=True, slots=True)
class Cue:
    """A caption from `start` to `end` in seconds, one or two lines."""

    start: float
    end: float
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.lines)


def cues_for(text: str, start: float, end: float) -> tuple[Cue, ...]:
    """Cuts a text into cues that share the time by their length; empty text gives no cue.

    Sentences are not joined unless both fit one line. When the time is too short for the text the cues
    get shorter than SHORTEST rather than lose words.
    """
    cleaned = clean(text)
    if not cleaned:
        return ()
    pieces: list[tuple[str, ...]] = []
    for sentence in re.split(r"(?<=[.!?…])\s+", cleaned):
        lines = break_lines(sentence, LINE_LENGTH, len)
        if lines is None:
            lines = (sentence,)
        pieces += [tuple(lines[i : i + MOST_LINES]) for i in range(0, len(lines), MOST_LINES)]
    weights = [max(8, sum(map(len, piece))) for piece in pieces]
    total = sum(weights)
    cues: list[Cue] = []
    at = start
    for i, (piece, weight) in enumerate(zip(pieces, weights, strict=True)):
        until = end if i == len(pieces) - 1 else at + (end - start) * weight / total
        cues.append(Cue(round(at, 3), round(until, 3), piece))
        at = until
    return tuple(cues)


def _clock(seconds: float, mark: str) -> str:
    milliseconds = round(seconds * 1000)
    hours, rest = divmod(milliseconds, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    whole, part = divmod(rest, 1000)
    return f"{hours:02d}:{minutes:02d}:{whole:02d}{mark}{part:03d}"


def srt(cues: Iterable[Cue]) -> str:
    """SubRip text: numbered cues, comma before the milliseconds."""
    blocks = [
        f"{number}\n{_clock(cue.start, ',')} --> {_clock(cue.end, ',')}\n" + "\n".join(cue.lines) + "\n"
        for number, cue in enumerate(cues, 1)
    ]
    return "\n".join(blocks)


def vtt(cues: Iterable[Cue]) -> str:
    """WebVTT text; what would be markup there is written out."""
    blocks = ["WEBVTT\n"]
    for cue in cues:
        words = "\n".join(cue.lines).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        blocks.append(f"{_clock(cue.start, '.')} --> {_clock(cue.end, '.')}\n{words}\n")
    return "\n".join(blocks)


def write_captions(cues: Sequence[Cue], target: Path) -> tuple[Path, Path]:
    """Writes `target` with .srt and, beside it, .vtt; both in UTF-8 with plain line feeds. Gives the two
    paths.
    """
    written = (target.with_suffix(".srt"), target.with_suffix(".vtt"))
    for path, text in zip(written, (srt(cues), vtt(cues)), strict=True):
        partial = path.with_name(f".{path.name}.part")
        try:
            partial.write_text(text, encoding="utf-8", newline="\n")
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
    return written


_TIME = re.compile(r"(\d+):(\d\d):(\d\d)[,.](\d{3})")


def read_srt(text: str) -> tuple[Cue, ...]:
    """Cues of a SubRip text. Raises ValueError with a Vietnamese sentence for a block without its time
    line.
    """
    cues: list[Cue] = []
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").strip()
    for number, block in enumerate(re.split(r"\n[ \t]*\n+", plain) if plain else [], 1):
        lines = block.split("\n")
        if lines and lines[0].strip().isdigit():
            lines = lines[1:]
        times = _TIME.findall(lines[0]) if lines else []
        if len(times) != 2:
            raise ValueError(
                f"Đoạn phụ đề thứ {number} thiếu dòng thời gian, ví dụ 00:00:01,000 --> 00:00:04,000."
            )
        start, end = (int(h) * 3600 + int(m) * 60 + int(s) + int(ms) / 1000 for h, m, s, ms in times)
        if end <= start:
            raise ValueError(f"Đoạn phụ đề thứ {number} kết thúc trước khi bắt đầu.")
        cues.append(Cue(start, end, tuple(clean(line) for line in lines[1:] if clean(line))))
    return tuple(cues)
