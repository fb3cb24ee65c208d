"""Captions: read as SRT or WebVTT, kept as WebVTT. Pure: no Django."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

MOST_CHARACTERS: Final = 500_000
_TIME: Final = re.compile(
    r"^(?:(\d{1,2}):)?(\d{1,2}):(\d{2})[.,](\d{3})\s*-->\s*(?:(\d{1,2}):)?(\d{1,2}):(\d{2})[.,](\d{3})"
)
_CUE_TIME: Final = re.compile(r"(\d{2}:\d{2}:\d{2})\.(\d{3})")
_SHORT_TIME: Final = re.compile(r"^(\d{2}:\d{2})\.(\d{3}) --> (\d{2}:\d{2})\.(\d{3})")
_MARKUP: Final = re.compile(r"</?[^<>]{1,60}>|\{\\[^{}]{1,60}\}")


def as_webvtt(text: str) -> str:
    """Return captions given as SRT or WebVTT as plain WebVTT: times and words, no styles.

    Raises ValueError with a Vietnamese sentence when no caption with a time can be read, or a caption ends before it
    begins."""
    if len(text) > MOST_CHARACTERS:
        raise ValueError("Tệp phụ đề quá dài.")
    cues: list[str] = []
    for block in re.split(
        r"\n\s*\n",
        unicodedata.normalize("NFC", text).lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n"),
    ):
        lines = [line.strip() for line in block.split("\n")]
        at = next((number for number, line in enumerate(lines) if _TIME.match(line)), None)
        if at is None:
            continue
        found = _TIME.match(lines[at])
        begin, end = _moment(found.groups()[:4]), _moment(found.groups()[4:])  # type: ignore[union-attr]
        if end <= begin:
            raise ValueError(f"Phụ đề có dòng kết thúc trước khi bắt đầu: {lines[at][:60]}")
        words = "\n".join(
            filter(None, (_MARKUP.sub("", line).replace("-->", "→") for line in lines[at + 1 :]))
        )
        if words:
            cues.append(f"{_stamp(begin)} --> {_stamp(end)}\n{words}")
    if not cues:
        raise ValueError("Tệp phụ đề không có dòng nào đọc được. Vui lòng dùng định dạng SRT hoặc WebVTT.")
    return "WEBVTT\n\n" + "\n\n".join(cues) + "\n"


def words_of(webvtt: str) -> str:
    """Return what is said in the captions, without times."""
    lines = [line for line in webvtt.split("\n")[1:] if line and not _TIME.match(line)]
    return "\n".join(lines)


def as_srt(webvtt: str) -> str:
    """Return plain WebVTT captions as SRT: numbered cues, commas in the times, hours always written."""
    cues = [block.strip() for block in webvtt.replace("\r\n", "\n").split("\n\n") if "-->" in block]
    numbered = []
    for number, cue in enumerate(cues, start=1):
        lines = cue.split("\n")
        start = next(index for index, line in enumerate(lines) if "-->" in line)
        time = _SHORT_TIME.sub(r"00:\1.\2 --> 00:\3.\4", lines[start])
        time = _CUE_TIME.sub(r"\1,\2", time)
        numbered.append("\n".join([str(number), time, *lines[start + 1 :]]))
    return "\n\n".join(numbered) + "\n"


def _moment(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths


def _stamp(moment: int) -> str:
    seconds, thousandths = divmod(moment, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{thousandths:03}"
