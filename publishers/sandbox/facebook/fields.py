"""The Graph ``fields`` language: ``id,attachments{target{id}},comments.summary(true).limit(0)``."""

import re
from dataclasses import dataclass, field
from typing import Any

from publishers.sandbox.facebook.envelope import refuse
from publishers.sandbox.world import World

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_MODIFIER = re.compile(r"\.([a-z_]+)\(([^()]*)\)")


_ATTACHMENT = (
    "media_type",
    "type",
    "target",
    "url",
    "unshimmed_url",
    "title",
    "description",
    "media",
    "data",
)
#: What may be asked for inside a field, so that a misspelt inner name is refused as well.
INSIDE: dict[str, frozenset[str]] = {
    "attachments": frozenset({*_ATTACHMENT, "subattachments"}),
    "subattachments": frozenset(_ATTACHMENT),
    "target": frozenset({"id", "url"}),
    "media": frozenset({"image", "source"}),
    "image": frozenset({"src", "width", "height"}),
    "application": frozenset({"id", "name", "link", "category"}),
    "from": frozenset({"id", "name", "username", "picture"}),
    "status": frozenset({"video_status", "uploading_phase", "processing_phase", "publishing_phase"}),
    "comments": frozenset({"id", "message", "created_time", "from", "permalink_url", "is_hidden"}),
}


class BadFields(ValueError):
    """The text is not a list of fields."""


@dataclass
class Wanted:
    """One field that is asked for, with what is asked for inside it."""

    name: str
    inside: "list[Wanted]" = field(default_factory=list)
    modifiers: dict[str, str] = field(default_factory=dict)


def parse_fields(text: str) -> list[Wanted]:
    """Read a field list; raises BadFields."""
    wanted, rest = _list(text.replace(" ", ""))
    if rest:
        raise BadFields(rest)
    return wanted


def _list(text: str) -> tuple[list[Wanted], str]:
    wanted: list[Wanted] = []
    while True:
        name = _NAME.match(text)
        if not name:
            raise BadFields(text)
        item, text = Wanted(name.group()), text[name.end() :]
        while modifier := _MODIFIER.match(text):
            item.modifiers[modifier.group(1)] = modifier.group(2)
            text = text[modifier.end() :]
        if text.startswith("{"):
            item.inside, text = _list(text[1:])
            if not text.startswith("}"):
                raise BadFields(text)
            text = text[1:]
        wanted.append(item)
        if not text.startswith(","):
            return wanted, text
        text = text[1:]


def project(
    world: World,
    node: dict[str, Any],
    fields: str | None,
    default: str,
    kind: str,
) -> dict[str, Any]:
    """The part of ``node`` that is asked for; refuses with code 100 a field the node type does not have.

    Keys of ``node`` with the value None are absent from the answer, as Facebook leaves them out.
    """
    try:
        wanted = parse_fields(fields or default)
    except BadFields as bad:
        refuse(world, 2500, f"Syntax error \"Expected end of string instead of '{str(bad)[:20]}'.\"")
    for item in wanted:
        if item.name not in node:
            refuse(
                world, 100, f"(#100) Tried accessing nonexisting field ({item.name}) on node type ({kind})"
            )
        _check_inside(world, item)
    chosen = {item.name: _inside(node[item.name], item) for item in wanted if node.get(item.name) is not None}
    if "id" in node:
        chosen["id"] = node["id"]
    return chosen


def _check_inside(world: World, item: Wanted) -> None:
    for inner in item.inside:
        if item.name in INSIDE and inner.name not in INSIDE[item.name]:
            refuse(
                world,
                100,
                f"(#100) Tried accessing nonexisting field ({inner.name}) on ({item.name})",
                finding=f"Trường lạ: {item.name}{{{inner.name}}}.",
            )
        _check_inside(world, inner)


def _inside(value: Any, wanted: Wanted) -> Any:
    if isinstance(value, dict) and isinstance(value.get("data"), list):
        limit = wanted.modifiers.get("limit", "")
        rows = value["data"][: int(limit)] if limit.isdigit() else value["data"]
        shown: dict[str, Any] = {"data": [_inside(row, wanted) for row in rows]}
        if "summary" in wanted.modifiers and "summary" in value:
            shown["summary"] = value["summary"]
        return shown
    if not wanted.inside or not isinstance(value, dict):
        return value
    return {
        item.name: _inside(value[item.name], item)
        for item in wanted.inside
        if value.get(item.name) is not None
    }
