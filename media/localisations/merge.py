"""Three-way merge of a copy with its original: pure, whole values in, whole values out.

`base` is the original as the copy last took it, `upstream` the original as it stands now, `local` the copy. The rule
of the house: what the original changed and the place did not is taken; what the place wrote is never lost; where
both changed the same thing differently, a person decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

BLOCK: Final = "block:"


@dataclass(frozen=True)
class Block:
    """One part of the body; `id` stays the same in the original and in every copy."""

    id: str
    type: str
    value: Any


@dataclass(frozen=True)
class Content:
    """Everything of an asset that can be merged: plain fields, and the body as an ordered row of blocks."""

    fields: Mapping[str, Any] = field(default_factory=dict)
    blocks: tuple[Block, ...] = ()

    def flat(self) -> dict[str, Any]:
        """Return key → value; a block stands under "block:<id>", its type beside its value."""
        found: dict[str, Any] = dict(self.fields)
        found.update({BLOCK + block.id: (block.type, block.value) for block in self.blocks})
        return found


class Verdict(StrEnum):
    TAKE = "take"  # only the original changed it
    SAME = "same"  # both changed it to the same
    ASK = "ask"  # both changed it, differently


class Side(StrEnum):
    LOCAL = "local"
    UPSTREAM = "upstream"


@dataclass(frozen=True)
class Change:
    """One thing that the original changed since the copy last took it. A value of None: the block is not there."""

    key: str
    base: Any
    upstream: Any
    local: Any
    verdict: Verdict


@dataclass(frozen=True)
class Own:
    """A person's own wording in place of both sides."""

    value: Any


Choice = Side | Own


def changes(base: Content, upstream: Content, local: Content) -> list[Change]:
    """Return what the original changed, in the order of the original; nothing when it changed nothing."""
    was, is_now, here = base.flat(), upstream.flat(), local.flat()
    keys = [*is_now, *(key for key in was if key not in is_now)]
    found = []
    for key in keys:
        before, above, below = was.get(key), is_now.get(key), here.get(key)
        if before == above:
            continue
        if below == above:
            verdict = Verdict.SAME
        elif below == before:
            verdict = Verdict.TAKE
        else:
            verdict = Verdict.ASK
        found.append(Change(key, before, above, below, verdict))
    return found


def merged(
    base: Content, upstream: Content, local: Content, choices: Mapping[str, Choice] | None = None
) -> Content:
    """Return the copy with the original's changes in it.

    `choices` decides, per key, what both changed; without a choice the copy keeps its own. Blocks follow the order of
    the original; a block that only the copy has keeps its place behind the block it stood behind."""
    choices = choices or {}
    values = local.flat()
    for change in changes(base, upstream, local):
        chosen = choices.get(change.key, Side.LOCAL) if change.verdict is Verdict.ASK else Side.UPSTREAM
        if isinstance(chosen, Own):
            values[change.key] = _own(change, chosen.value)
        elif chosen is Side.UPSTREAM:
            values[change.key] = change.upstream
    values = {key: value for key, value in values.items() if not (key.startswith(BLOCK) and value is None)}
    fields = {key: value for key, value in values.items() if not key.startswith(BLOCK)}
    return Content(fields, tuple(_ordered(upstream, local, values)))


def _own(change: Change, value: Any) -> Any:
    if not change.key.startswith(BLOCK) or value is None:
        return value
    kind = (change.local or change.upstream or change.base)[0]
    return (kind, value)


def _ordered(upstream: Content, local: Content, values: Mapping[str, Any]) -> list[Block]:
    order = [block.id for block in upstream.blocks if BLOCK + block.id in values]
    known = set(order)
    previous: str | None = None
    for block in local.blocks:
        if BLOCK + block.id not in values:
            continue
        if block.id not in known:
            order.insert(order.index(previous) + 1 if previous is not None else 0, block.id)
            known.add(block.id)
        previous = block.id
    return [Block(each, *values[BLOCK + each]) for each in order]
