"""Google's ``fields`` parameter: ``items(id,status/uploadStatus),nextPageToken``."""

import re
from typing import Any

from publishers.sandbox.youtube.envelope import refuse

_TOKEN = re.compile(r"[A-Za-z0-9_.*-]+|[(),/]")


def selected(document: Any, fields: str | None) -> Any:
    """The part of a document that ``fields`` names; all of it when there is none. Refuses bad syntax."""
    if not fields:
        return document
    tokens = _TOKEN.findall(fields.replace(" ", ""))
    if "".join(tokens) != fields.replace(" ", ""):
        _bad(fields)
    tree = _tree(tokens, fields)
    if tokens:
        _bad(fields)
    return _cut(document, tree)


def _tree(tokens: list[str], fields: str) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    while True:
        if not tokens or tokens[0] in "(),/":
            _bad(fields)
        branch = tree.setdefault(tokens.pop(0), {})
        while tokens and tokens[0] == "/":
            tokens.pop(0)
            if not tokens or tokens[0] in "(),/":
                _bad(fields)
            branch = branch.setdefault(tokens.pop(0), {})
        if tokens and tokens[0] == "(":
            tokens.pop(0)
            branch.update(_tree(tokens, fields))
            if not tokens or tokens.pop(0) != ")":
                _bad(fields)
        if not tokens or tokens[0] != ",":
            return tree
        tokens.pop(0)


def _cut(value: Any, tree: dict[str, Any]) -> Any:
    if not tree or "*" in tree:
        return value
    if isinstance(value, list):
        return [_cut(item, tree) for item in value]
    if isinstance(value, dict):
        return {name: _cut(value[name], branch) for name, branch in tree.items() if name in value}
    return value


def _bad(fields: str) -> None:
    refuse(
        "invalidParameter",
        f"Invalid field selection {fields}",
        domain="global",
        finding="fields sai cú pháp.",
    )
