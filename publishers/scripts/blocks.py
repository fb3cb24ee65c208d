"""What a composed script is made of, and its JSON form. Pure: no Django.

A script is an ordered list of blocks. A spoken block is one announcer's turn: sentences, each cut into breath groups,
each made of parts. A part knows the words to say and, where it differs, the written form the words stand for; so the
same block shows what to read and lets an approver check every number. A cue (music) is not spoken.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any, Final


class BlockKind(StrEnum):
    """The place of a block in the running order of a bulletin."""

    CUE = "nhac"
    OPENING = "loi-xuong"
    GREETING = "loi-chao"
    # Announces the next item of a session; no script holds one of its own.
    INTRODUCTION = "gioi-thieu"
    CONTENT = "noi-dung"
    REMINDER = "nhac-lai"
    CLOSING = "loi-ket"


class Voice(StrEnum):
    """Which announcer reads a block (phát thanh viên); nobody reads a cue."""

    FEMALE = "nu"
    MALE = "nam"
    NOBODY = ""


KIND_LABELS: Final[dict[str, str]] = {
    BlockKind.CUE: "Nhạc",
    BlockKind.OPENING: "Lời xướng",
    BlockKind.GREETING: "Lời chào",
    BlockKind.INTRODUCTION: "Giới thiệu",
    BlockKind.CONTENT: "Nội dung",
    BlockKind.REMINDER: "Nhắc lại",
    BlockKind.CLOSING: "Lời kết",
}
VOICE_LABELS: Final[dict[str, str]] = {Voice.FEMALE: "PTV nữ", Voice.MALE: "PTV nam", Voice.NOBODY: ""}


@dataclass(frozen=True, slots=True)
class Part:
    """Words to say; `written` is the written form they stand for, empty where both are the same."""

    spoken: str
    written: str = ""

    @property
    def shown(self) -> str:
        """The written form as it stands in brackets behind the words; empty where an approver learns nothing from it:
        a single digit, or a sign said as a word."""
        tells = any(sign.isalnum() for sign in self.written)
        return self.written if tells and not (len(self.written) == 1 and self.written.isdecimal()) else ""


Breath = tuple[Part, ...]
Sentence = tuple[Breath, ...]


class Keep(IntEnum):
    """How long a paragraph of the content stays when a bulletin is cut short (publishers/scripts/cuts.py)."""

    ALWAYS = 1
    USUAL = 3
    FIRST_TO_GO = 5


@dataclass(frozen=True, slots=True)
class Block:
    """One announcer's turn, or a cue. `cue` is set for cues only, `sentences` for spoken blocks only; `keep` counts
    for content only, every other block always stays."""

    kind: BlockKind
    voice: Voice = Voice.NOBODY
    sentences: tuple[Sentence, ...] = ()
    cue: str = ""
    keep: Keep = Keep.USUAL

    @property
    def spoken(self) -> str:
        """The words of the block as they are said; empty for a cue."""
        return _joined(part.spoken for part in self._parts())

    @property
    def written(self) -> str:
        """The same words as they were written; the cue's own text for a cue."""
        return self.cue or _joined(part.written or part.spoken for part in self._parts())

    @property
    def breaths(self) -> tuple[Breath, ...]:
        """The breath groups of all sentences in reading order."""
        return tuple(breath for sentence in self.sentences for breath in sentence)

    @property
    def label(self) -> str:
        return KIND_LABELS[self.kind]

    @property
    def voice_label(self) -> str:
        return VOICE_LABELS[self.voice]

    def _parts(self) -> Iterable[Part]:
        for breath in self.breaths:
            yield from breath
            yield Part(" ")


def _joined(words: Iterable[str]) -> str:
    return " ".join("".join(words).split())


def spoken_text(blocks: Iterable[Block]) -> str:
    """Return everything that is said, one paragraph per block with an empty line between; cues are left out."""
    return "\n\n".join(block.spoken for block in blocks if block.sentences)


def to_json(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """Return `blocks` as plain JSON, the form in which a version is stored and hashed."""
    return [
        cue_row(block.cue)
        if block.cue
        else spoken_row(block.kind, block.voice, sentence_rows(block.sentences), block.keep)
        for block in blocks
    ]


def cue_row(cue: str) -> dict[str, Any]:
    """Return the JSON form of a cue."""
    return {"kind": str(BlockKind.CUE), "cue": cue}


def spoken_row(kind: BlockKind, voice: Voice, rows: Sequence[Any], keep: Keep = Keep.USUAL) -> dict[str, Any]:
    """Return the JSON form of a spoken block whose sentences have the JSON form `rows`."""
    row: dict[str, Any] = {"kind": str(kind), "voice": str(voice), "sentences": rows}
    # Said only where an editor has marked it, so that versions issued before marks existed keep their hash.
    return row if keep is Keep.USUAL else {**row, "keep": int(keep)}


def sentence_rows(sentences: Iterable[Sentence]) -> list[Any]:
    """Return the JSON form of sentences: a list of breaths, each a list of [spoken] or [spoken, written]."""
    return [
        [
            [[part.spoken, part.written] if part.written else [part.spoken] for part in breath]
            for breath in sentence
        ]
        for sentence in sentences
    ]


def from_json(rows: Iterable[dict[str, Any]]) -> tuple[Block, ...]:
    """Return the blocks that `to_json` was given. Raises KeyError or ValueError for anything else."""
    return tuple(
        Block(
            kind=BlockKind(row["kind"]),
            voice=Voice(row.get("voice", "")),
            cue=row.get("cue", ""),
            keep=Keep(row.get("keep", Keep.USUAL)),
            sentences=tuple(
                tuple(tuple(Part(*part) for part in breath) for breath in sentence)
                for sentence in row.get("sentences", [])
            ),
        )
        for row in rows
    )
