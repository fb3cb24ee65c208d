"""What is really said in a session: the items' own texts put together, so that a station opens, greets and thanks once
and not once per item. Pure: no Django."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import cycle, takewhile
from typing import Final

from publishers.scripts.blocks import Block, BlockKind, Sentence, Voice
from publishers.scripts.composition import opens_with_salutation

#: How the sentences begin that greet and say the day (publishers/scripts/composition.py, notice_services.py).
DAY: Final = "Hôm nay là"
WELCOMES: Final = ("Kính chào", "Kính thưa", DAY)
#: How a closing thanks; what stands before it says who issued the item, and always stays.
THANKS: Final = "Cảm ơn"
BRIDGE: Final = Block(BlockKind.CUE, cue="Nhạc cắt, 5 giây")

Body = tuple[Block, ...]


def one_session(bodies: Sequence[Body]) -> list[Body]:
    """Return what is read of each item when they are read in this order, one tuple per item; empty ones stay empty.

    The first item carries the station's opening and the greeting with the day, wherever these came from; every other
    item is only announced. Who issued an item is said after each; thanks are given once, at the end. A session of one
    item is that item as it was approved. Voices take turns through the whole session."""
    spoken = [number for number, body in enumerate(bodies) if body]
    if len(spoken) < 2:
        return [tuple(body) for body in bodies]
    opening = next((block for body in bodies for block in body if block.kind is BlockKind.OPENING), None)
    welcome = _welcome(bodies)
    if welcome is not None and _greets_by_itself(bodies[spoken[0]]):
        day = tuple(row for row in welcome.sentences if _words(row).startswith(DAY))
        welcome = replace(welcome, sentences=day) if day else None
    first_cue, last_cue = _cues(bodies)
    said: list[Body] = [()] * len(bodies)
    for number in spoken:
        rows = _own(bodies[number], is_last=number == spoken[-1])
        if number == spoken[0]:
            rows = [block for block in (first_cue, opening, welcome) if block] + rows
        if number != spoken[-1]:
            rows.append(BRIDGE)
        elif last_cue is not None:
            rows.append(last_cue)
        said[number] = tuple(rows)
    turns = cycle((Voice.FEMALE, Voice.MALE))
    return [
        tuple(replace(block, voice=next(turns)) if block.sentences else block for block in body)
        for body in said
    ]


def _own(body: Body, *, is_last: bool) -> list[Block]:
    """An item without what belongs to the session."""
    rows = []
    for block in body:
        if block.kind in (BlockKind.CUE, BlockKind.OPENING):
            continue
        if block.kind is BlockKind.GREETING:
            told = block.sentences[len(_welcomes(block)) :]
            if told:
                rows.append(replace(block, kind=BlockKind.INTRODUCTION, sentences=told))
        elif block.kind is BlockKind.CLOSING and not is_last:
            kept = tuple(row for row in block.sentences if not _words(row).startswith(THANKS))
            if kept:
                rows.append(replace(block, sentences=kept))
        else:
            rows.append(block)
    return rows


def _welcome(bodies: Sequence[Body]) -> Block | None:
    """The fullest greeting among the items: a bulletin's says the day, a notice's does not."""
    found = [
        replace(block, sentences=_welcomes(block))
        for body in bodies
        for block in body
        if block.kind is BlockKind.GREETING and _welcomes(block)
    ]
    return max(found, key=lambda block: len(block.sentences), default=None)


def _greets_by_itself(body: Body) -> bool:
    content = next((block for block in body if block.kind is BlockKind.CONTENT and block.sentences), None)
    return content is not None and opens_with_salutation(_words(content.sentences[0]))


def _welcomes(block: Block) -> tuple[Sentence, ...]:
    return tuple(takewhile(lambda row: _words(row).startswith(WELCOMES), block.sentences))


def _cues(bodies: Sequence[Body]) -> tuple[Block | None, Block | None]:
    cues = [block for body in bodies for block in body if block.kind is BlockKind.CUE]
    return (cues[0], cues[-1]) if cues else (None, None)


def _words(sentence: Sentence) -> str:
    return "".join(part.spoken for breath in sentence for part in breath).strip()
